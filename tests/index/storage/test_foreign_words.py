"""Names of a question are found among words of another script."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from index.storage.foreign_words import ForeignWords
from tests.factories import make_article, make_query
from tests.index.storage.test_full_text import store_of, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

TERMS = ("delm", "joukovtchenko", "pont", "zhukovchenko", "жуковченк", "2022")


@pytest.mark.parametrize(
    ("question", "languages", "found"),
    [
        ("Что сказал Жуковченко о мосте?", ("fr", "en"), ("joukovtchenko", "zhukovchenko")),
        ("Что известно о Жуковченко?", ("fr",), ("joukovtchenko", "zhukovchenko")),
        ("что сказал жуковченко", ("fr",), ("joukovtchenko", "zhukovchenko")),
        ("Que dit Joukovtchenko ?", ("fr", "ru"), ("жуковченк",)),
        ("Que dit Joukovtchenko ?", ("fr", "en"), ()),
        ("Что сказал Вандермолен?", ("fr",), ()),
        ("谁修了桥？", ("fr", "ru"), ()),
        ("", ("ru",), ()),
    ],
)
def test_names_are_found_by_their_sound(
    question: str, languages: Sequence[str], found: tuple[str, ...]
) -> None:
    """In another script alone: within one, full text has its own words."""
    assert ForeignWords(lambda: TERMS).of(question, languages) == found


def test_the_words_are_read_when_a_question_needs_them_and_once() -> None:
    """Most questions are in the script of the collection, and pay nothing."""
    asked = []

    def terms() -> tuple[str, ...]:
        asked.append(1)
        return TERMS

    foreign = ForeignWords(terms)
    foreign.of("Que dit Delmas ?", ("fr", "en"))
    assert asked == []
    foreign.of("Что сказал Жуковченко?", ("fr",))
    foreign.of("Что сказал Делмас?", ("fr",))
    assert asked == [1]


def test_full_text_finds_a_name_in_another_script() -> None:
    """The passages that name the person, not those that share nothing."""
    with closing(store_of(["Joukovtchenko a parlé du pont.", "Le ferry a un retard."], ("fr",))) as store:
        found = store.search(make_query("Что сказал Жуковченко?", language="ru"), 5)
        (named, _) = store.all_passages()
        assert list(found) == [named.passage_id]


def test_full_text_knows_the_words_of_what_was_added_since() -> None:
    """A store that is asked while it is written must not keep what it knew before."""
    with closing(store_of(["Le ferry a un retard."], ("fr",))) as store:
        query = make_query("Что сказал Жуковченко?", language="ru")
        assert store.search(query, 5) == {}
        article = make_article("added", text="Joukovtchenko a parlé.", language="fr")
        store.add(article, [whole(article)])
        assert list(store.search(query, 5)) == [whole(article).passage_id]
