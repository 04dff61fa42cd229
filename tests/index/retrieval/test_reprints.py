"""Who else prints an article, and who may have written it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from index.passages import split
from index.retrieval.reprints import original_first, reprints_of
from index.storage.articles import SqliteArticles
from tests.factories import make_article, make_english_article

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article

DISPATCH = make_article("dispatch", publisher="AFI", published_at=datetime(2022, 12, 9, 14, tzinfo=UTC))
PAPER = replace(
    make_article("paper", publisher="La Gazette", published_at=datetime(2022, 12, 9, tzinfo=UTC)),
    agencies=("AFI",),
)
LATER = make_article("later", publisher="L’Écho", published_at=datetime(2022, 12, 10, tzinfo=UTC))
UNDATED = make_article("undated", publisher="Le Phare", published_at=None)


def test_the_credited_agency_is_the_likely_original() -> None:
    """A paper that gives no hour is not before the agency that it credits; later and undated ones follow."""
    assert original_first([UNDATED, LATER, PAPER, DISPATCH]) == (DISPATCH, PAPER, LATER, UNDATED)


def test_of_one_moment_the_fuller_text_comes_first() -> None:
    """Who prints less has shortened."""
    whole, part = make_article("whole"), make_article("part", text=make_article().text[:120])
    assert original_first([part, whole]) == (whole, part)


@given(st.permutations([DISPATCH, PAPER, LATER, UNDATED]))
def test_the_order_does_not_hang_on_how_they_were_found(found: list[Article]) -> None:
    """The same articles always come in the same order."""
    assert original_first(found) == (DISPATCH, PAPER, LATER, UNDATED)


def test_reprints_are_found_in_the_store(tmp_path: Path) -> None:
    """Shortened and corrected copies are found, other articles are not, and the article is not its own reprint."""
    article = make_article()
    corrected = make_article("corrected", text=article.text.replace("3,5", "4,1"), publisher="La Gazette")
    with closing(SqliteArticles.create(tmp_path / "articles.db")) as store:
        for one in (article, corrected, make_english_article()):
            store.add(one, split(one, target=150))
    with closing(SqliteArticles.open(tmp_path / "articles.db")) as store:
        assert reprints_of(article, store) == (corrected,)
        assert reprints_of(make_english_article(), store) == ()
