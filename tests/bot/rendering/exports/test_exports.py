"""Which files there are, and under which names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keeping.records import articles_of, read_answer, write_answer, write_article
from bot.rendering.exports import export
from bot.types import Search
from tests.bot.asking import make_answer
from tests.bot.keeping.making import KEY, answers, kepts, make_kept, silences
from tests.bot.rendering.exports.reading import LANGUAGES, files
from tests.factories import make_query

if TYPE_CHECKING:
    from bot.types import Kept


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_question_gives_a_safe_name(asked: str) -> None:
    """A path, a device or a dot file in a question must not decide where evidence is saved."""
    for file in export(make_kept(asked=asked), "fr"):
        assert re.fullmatch(r"2026-11-24(-[a-z0-9]+)+\.(md|csv|ris)", file.name)
        assert len(file.name) <= 60


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (
            "Où l'Iran a-t-il acheté ses cœurs d'acier ?",
            "2026-11-24-ou-l-iran-a-t-il-achete-ses-coeurs-d-acier",
        ),
        ("../../etc/passwd", "2026-11-24-etc-passwd"),
        ("Сколько стоит мост?", f"2026-11-24-{KEY}"),
        ("a" * 300, "2026-11-24-" + "a" * 40),
        ("mot " * 100, "2026-11-24" + "-mot" * 11),
    ],
)
def test_a_name_is_the_day_and_the_first_words(asked: str, name: str) -> None:
    """Among many files a person finds the question again."""
    assert export(make_kept(asked=asked), "fr")[0].name == f"{name}.md"


@given(kepts(answers() | silences()), st.sampled_from(LANGUAGES))
def test_the_same_answer_gives_the_same_files_after_a_restart(kept: Kept, language: str) -> None:
    """Evidence that is exported twice can be compared byte by byte: nothing but the answer goes in."""
    articles = {write_article(article)[0]: article for article in articles_of(kept.answer)}
    assert export(read_answer(kept.key, write_answer(kept), articles), language) == export(kept, language)


def test_other_languages_read_english() -> None:
    """A Spanish reader gets the English words around the same quotes."""
    assert export(make_kept(), "es") == export(make_kept(), "en") != export(make_kept(), "fr")


def test_the_filters_named_are_those_within_which_the_answer_was_found() -> None:
    """What was set aside narrowed nothing: in a bibliography it would be a false account of the search."""
    asked = make_query(publishers=("AFI",), languages=("en",))
    within = make_answer(search=Search(query=asked))
    without = make_answer(search=Search(query=make_query(), set_aside=asked))
    for ending in ("md", "ris"):
        assert "AFI, anglais" in files(make_kept(within, query=asked))[ending]
        lines = files(make_kept(without, query=asked))[ending].replace("\\", "").splitlines()
        (named,) = [line for line in lines if "AFI" in line]
        assert "Filtres abandonnés, car rien n’y répondait\u00a0: AFI, anglais" in named
