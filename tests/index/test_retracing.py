"""An index is compared with the sources that it was built from."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.retracing import source_faults
from index.sources import read_sources
from index.sources.kinds import ReadingRules
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
