"""Shared words are scored as SQLite scores them, however large the collection is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import passage_id_of
from index.storage import full_text
from index.storage.articles import SqliteArticles
from index.storage.bm25 import rarest, sum_of_varints
from index.types import Passage, Span
from tests.factories import make_article, make_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article

_MEMORY = Path(":memory:")
_WORDS = ("pont", "ferry", "harbour", "orvane", "wolf", "camion", "été", "school", "17")
_TEXTS = st.lists(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=200).map(" ".join), min_size=1, max_size=12
)


def whole(article: Article) -> Passage:
    """Return an article as one passage."""
    span = Span(0, len(article.text))
    return Passage(passage_id_of(article, 0), article.article_id, 0, span, article.text)


def store_of(texts: Sequence[str], languages: Sequence[str] = ("fr", "en")) -> SqliteArticles:
    """Return a store of an article of one passage for each text, in one language after the other."""
    store = SqliteArticles.create(_MEMORY)
    for place, text in enumerate(texts):
        article = make_article(
            str(place), text=text, language=languages[place % len(languages)], headline=text[:8]
        )
        store.add(article, [whole(article)])
    return store


def ids(store: SqliteArticles) -> list[str]:
    """Return all passages of a store."""
    return [passage.passage_id for passage in store.all_passages()]


@given(texts=_TEXTS, asked=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join))
def test_scores_are_those_of_sqlite(texts: list[str], asked: str) -> None:
    """Its own function is the measure; ours is only faster."""
    with closing(store_of(texts, ("en",))) as store:
        found = store.scores(make_query(asked, language="en"), ids(store))
        matched = store._full_text._match(asked)
        either = " OR ".join(f'"{word}"' for word in matched.counts["en"])
        rows = store._db.execute(
            "SELECT passage_id, -bm25(passage_words, 1.0, 0.5, 0.0) FROM passage_words"
            " JOIN passages ON passage_key = passage_words.rowid WHERE passage_words MATCH ?",
            (f"{{body headline}} : ({either})" if either else '"nowhere"',),
        )
        assert found == pytest.approx(dict(rows))


@given(texts=_TEXTS, asked=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join))
def test_scores_do_not_depend_on_the_bound(texts: list[str], asked: str) -> None:
    """Where too many passages share a word fewer are found, but each has the score that it would have had."""
    query = make_query(asked)
    with closing(store_of(texts)) as store, pytest.MonkeyPatch.context() as patch:
        everything, all_found = store.scores(query, ids(store)), store.search(query, 99)
        patch.setattr(full_text, "_ALL_READ", 0)
        patch.setattr(full_text, "_MOST_READ", 1)
        store._full_text._matched = None
        assert store.scores(query, ids(store)) == pytest.approx(everything)
        found = store.search(query, 99)
        assert found == pytest.approx({name: all_found[name] for name in found})
        assert list(found.values()) == sorted(found.values(), reverse=True)
        assert bool(found) == bool(all_found)


def test_the_rarest_word_is_looked_for_whatever_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one passage that has the name that was asked for must not get lost among those about schools."""
    monkeypatch.setattr(full_text, "_ALL_READ", 0)
    with closing(store_of(["school wolf", *["school ferry"] * 30, "school orvane"], ("en",))) as store:
        best = next(iter(store.search(make_query("the school of Orvane", language="en"), 5)))
        assert store.passages([best])[best].text == "school orvane"


def test_frequent_words_are_counted_when_the_file_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was counted once gives what counting anew gives."""
    monkeypatch.setattr(full_text, "_FREQUENT", 3)
    texts, query = ["pont ferry", "pont wolf", "pont camion", "ferry ferry school"], make_query("pont ferry")
    with closing(store_of(texts)) as fresh:
        expected = fresh.search(query, 9)
    with closing(SqliteArticles.create(tmp_path / "articles.db")) as written:
        for place, text in enumerate(texts):
            article = make_article(str(place), text=text, language=("fr", "en")[place % 2], headline=text[:8])
            written.add(article, [whole(article)])
    with closing(SqliteArticles.open(tmp_path / "articles.db")) as store:
        assert dict(store._db.execute("SELECT word, passages FROM frequent_words")).keys() >= {"pont"}
        assert store.search(query, 9) == expected


def test_the_rarest_words_come_first_and_one_at_least() -> None:
    """A question of frequent words alone must still find something."""
    assert list(rarest({"b": 5, "a": 5, "c": 1}, most=6)) == ["c", "a"]
    assert list(rarest({"a": 900, "b": 1000}, most=6)) == ["a"]
    assert list(rarest({}, most=6)) == []


@pytest.mark.parametrize(
    ("written", "total"), [(b"", 0), (b"\x05\x02\x01", 8), (b"\x81\x00\x03", 131), (b"\x87\x68", 1000)]
)
def test_numbers_are_read_as_sqlite_writes_them(written: bytes, total: int) -> None:
    """A long passage has more words than one byte counts."""
    assert sum_of_varints(written) == total
