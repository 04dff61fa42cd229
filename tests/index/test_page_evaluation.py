"""Measures over saved pages: what counts as right, and how gold files are read."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceRefused
from index.page_evaluation import (
    FoundPage,
    GoldPage,
    f1,
    found_by_trafilatura,
    measure_pages,
    read_gold_pages,
)

if TYPE_CHECKING:
    from pathlib import Path

MORNING = datetime(2023, 9, 4, 6, 30, tzinfo=UTC)
GOLD = GoldPage("fr/A", "", "L’essai", frozenset({"Léa Dor"}), MORNING, "un deux trois quatre")
BAGS = st.lists(st.sampled_from("abcd")).map(Counter)


def test_what_is_right_measures_one() -> None:
    """The same words, names and moment are right, whatever the look of the apostrophe."""
    found = FoundPage("L'essai", frozenset({"Léa Dor"}), "2023-09-04", MORNING, "Un deux, trois quatre.")
    measures = measure_pages([(GOLD, found)])
    assert (measures.headline, measures.date, measures.moment) == (1, 1, 1)
    assert (measures.authors_f1, measures.text_f1, measures.text_over_85) == (1, 1, 1)


def test_what_is_missing_measures_nought() -> None:
    """A page of which nothing was read counts in every mean."""
    measures = measure_pages([(GOLD, FoundPage())])
    assert (measures.pages, measures.headline, measures.date, measures.text_f1) == (1, 0, 0, 0)


@given(BAGS, BAGS)
def test_f1_is_a_share_and_knows_no_sides(one: Counter[str], other: Counter[str]) -> None:
    """It lies between nought and one, is one exactly for equal bags, and swaps precision for recall."""
    assert 0 <= f1(one, other) <= 1
    assert f1(one, other) == f1(other, one)
    assert (f1(one, other) == 1) == (one == other)


def test_gold_files_hold_a_version_for_each_page(tmp_path: Path) -> None:
    """The n-th page of an outlet goes with the n-th version of its gold file."""
    folder = tmp_path / "fr"
    folder.mkdir()
    for day, title in (("01", "Un"), ("02", "Deux")):
        page = f"<html><body><h1>{title}</h1></body></html>"
        (folder / f"Courrier_2023_09_{day}.html.gz").write_bytes(gzip.compress(page.encode()))
    versions = {
        "V1": {"title": "Un", "authors": ["Léa Dor"], "publishing_date": "2023-09-01 08:00:00+00:00"},
        "V2": {
            "title": "Deux",
            "body": {"summary": ["S"], "sections": [{"headline": ["T"], "paragraphs": ["P"]}]},
        },
    }
    (folder / "Courrier.json").write_text(json.dumps(versions), encoding="utf-8")
    first, second = read_gold_pages(tmp_path)
    assert "<h1>Un</h1>" in first.html
    assert first.published_at == datetime(2023, 9, 1, 8, tzinfo=UTC)
    assert (second.headline, second.text, second.published_at) == ("Deux", "S\nT\nP", None)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    """A wrong folder is said, not measured as nothing."""
    with pytest.raises(SourceRefused):
        list(read_gold_pages(tmp_path))


def test_the_baseline_says_nothing_of_a_page_it_cannot_read() -> None:
    """A page that trafilatura refuses is a row of nothing, not an error."""
    assert found_by_trafilatura("<p></p>") == FoundPage()
