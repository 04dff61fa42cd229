"""An index is compared with the sources that it was built from."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.retracing import page_of, source_faults, web_faults
from index.sources import read_sources
from index.sources.fetching import Fetched
from index.sources.kinds import ReadingRules
from index.sources.web import read_page
from index.types import Span
from tests.index.sources.conftest import NOW
from tests.index.sources.making import HEADLINE, PAGE, SECOND, SENTENCE, mhtml, zipped

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article

RULES = ReadingRules(max_bytes=100_000)


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    """Return a folder with an article of several kinds."""
    folder = tmp_path / "coverage"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{HEADLINE}\nPartager\n{SENTENCE}\n{SECOND}\n", encoding="utf-8")
    (folder / "b.md").write_text(f"# {HEADLINE} deux\n\n{SENTENCE} **Deux.**\n", encoding="utf-8")
    (folder / "c.jsonl").write_text(
        json.dumps({"title": "c", "text": f"{SENTENCE} Trois."}), encoding="utf-8"
    )
    (folder / "d.mhtml").write_bytes(mhtml(PAGE.replace("lundi", "mardi")))
    (folder / "e.zip").write_bytes(zipped({"f.txt": f"{HEADLINE}\n{SECOND}\n{SENTENCE} Quatre.".encode()}))
    return folder


def articles_of(folder: Path) -> list[Article]:
    """Return what is read from a folder."""
    readings = read_sources([folder], max_bytes=100_000, now=NOW)
    return [reading.article for reading in readings if reading.article]


def test_what_was_built_from_the_sources_is_true_to_them(coverage: Path) -> None:
    """Every kind reads the same again, and each stretch of a plain text stands at its place."""
    articles = articles_of(coverage)
    assert len(articles) == 5
    assert list(source_faults(articles, [coverage], RULES, now=NOW)) == []


def test_a_source_that_changed_or_went_is_named(coverage: Path) -> None:
    """An index that is older than its sources is told from one that lies."""
    articles = articles_of(coverage)
    (coverage / "a.txt").unlink()
    (coverage / "b.md").write_text(f"# {HEADLINE}\n\n{SENTENCE} Changé.\n", encoding="utf-8")
    faults = list(source_faults(articles, [coverage], RULES, now=NOW))
    assert any("a.txt" in fault and "any more" in fault for fault in faults)
    assert any("b.md" in fault and "another version" in fault for fault in faults)
    assert len(faults) == 2


def test_a_span_that_was_moved_is_named(coverage: Path) -> None:
    """A span one character off would show other words as the source's."""
    first, *_ = articles_of(coverage)
    moved = replace(first, kept=tuple(Span(span.start + 1, span.end + 1) for span in first.kept))
    assert len(list(source_faults([moved], [coverage], RULES, now=NOW))) == 1


ADDRESS = "https://calvieres.example/pont"
FETCHED = Fetched(ADDRESS, "text/html; charset=utf-8", PAGE.encode(), NOW)


def from_the_web(fetched: Fetched = FETCHED) -> Article:
    """Return the article of a page that was fetched."""
    (reading,) = read_page(ADDRESS, fetched, RULES)
    assert reading.article
    return reading.article


def test_an_article_from_the_web_is_compared_with_its_page_as_it_was_fetched(tmp_path: Path) -> None:
    """It has no file among the sources, which is no fault; its page is kept and read again."""
    article = from_the_web()
    assert list(source_faults([article], [tmp_path], RULES, now=NOW)) == []
    assert list(web_faults([article], lambda _address: FETCHED, RULES)) == []


def test_a_kept_page_that_says_something_else_is_named() -> None:
    """An index whose text its own page does not give would cite words that nobody published."""
    other = replace(FETCHED, body=PAGE.replace("lundi", "mardi").encode())
    (fault,) = web_faults([from_the_web()], lambda _address: other, RULES)
    assert ADDRESS in fault


def test_a_page_that_is_not_kept_is_no_fault() -> None:
    """What cannot be compared is passed over here; whoever asks counts it."""
    assert list(web_faults([from_the_web()], lambda _address: None, RULES)) == []


def test_a_record_in_a_page_belongs_to_the_page() -> None:
    """The number of a record is no part of the address; a place within a page is."""
    article = from_the_web()
    assert page_of(replace(article, source_path=f"{ADDRESS}#3")) == ADDRESS
    assert page_of(replace(article, source_path=f"{ADDRESS}#avis")) == f"{ADDRESS}#avis"
