"""Measures over pages saved as text, and the pages that come with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import SourceRefused
from index.scraped_evaluation import GoldText, measure_texts, read_gold_texts
from index.sources import read_sources
from index.types import Reading
from tests.factories import make_article

PAGES = Path(__file__).parent / "sources" / "scraped_pages"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
GOLD = GoldText(
    name="a.txt",
    publisher="Le Clairon",
    language="fr",
    headline="Le moulin tourne",
    dek=None,
    byline=("Ida Corvo",),
    published_at="2023-03-06T18:42",
    updated_at=None,
    captions=(),
    body=("Le moulin tourne de nouveau.", "Trois ans de travaux."),
    headings=(),
)
FOUND = make_article(
    headline="Le moulin tourne",
    dek=None,
    byline=("Ida Corvo",),
    publisher="Le Clairon",
    published_at=datetime(2023, 3, 6, 18, 42, tzinfo=UTC),
    updated_at=None,
    collected_at=None,
    text="Le moulin tourne de nouveau.\nTrois ans de travaux.",
)


def read(article: object) -> Reading:
    """Return the reading of an article."""
    return Reading(source_path="a.txt", status="read", article=article)  # type: ignore[arg-type]  # built beside


def test_what_is_right_measures_one_and_nought() -> None:
    """Nothing kept, lost or invented, and every field right."""
    measures = measure_texts([(GOLD, read(FOUND))])
    assert (measures.furniture_kept, measures.body_lost, measures.invented) == (0, 0, 0)
    assert {measures.headline, measures.dek, measures.byline, measures.publisher, measures.published} == {1}


def test_furniture_and_losses_are_shares_of_characters() -> None:
    """A line too much counts against the text, a line too few against the gold."""
    article = replace(FOUND, text="Le moulin tourne de nouveau.\nAbonnez-vous !")
    measures = measure_texts([(GOLD, read(article))])
    assert measures.furniture_kept == len("Abonnez-vous !") / len(article.text)
    assert measures.body_lost == len("Trois ans de travaux.") / len("".join(GOLD.body))


def test_a_field_that_the_page_does_not_have_is_invented() -> None:
    """A dek made out of the first sentence is worse than none."""
    assert measure_texts([(GOLD, read(replace(FOUND, dek="Le moulin tourne de nouveau.")))]).invented == 1


def test_a_page_that_was_not_read_is_lost() -> None:
    """A refusal counts with all of its characters."""
    assert measure_texts([(GOLD, None)]).body_lost == 1


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    """A wrong folder is said, not measured as nothing."""
    with pytest.raises(SourceRefused):
        read_gold_texts(tmp_path)


def test_the_tuned_pages_are_read_whole() -> None:
    """On the outlets that the rules were tuned on, nothing is kept, lost or invented."""
    golds = read_gold_texts(PAGES / "tuned")
    paths = [PAGES / "tuned" / gold.name for gold in golds]
    readings = {r.source_path: r for r in read_sources(paths, max_bytes=100_000, now=NOW)}
    measures = measure_texts([(gold, readings.get(gold.name)) for gold in golds])
    assert (measures.furniture_kept, measures.body_lost, measures.invented) == (0, 0, 0)
    assert (measures.headline, measures.byline, measures.published) == (1, 1, 1)


@pytest.mark.parametrize(
    ("folder", "furniture", "lost", "headline", "publisher"),
    [("single_tuned", 0.005, 0.01, 1, 0.9), ("single_set_aside", 0.05, 0.01, 0.95, 0.9)],
)
def test_outlets_with_a_single_page_are_read_as_well_as_they_were(
    folder: str, furniture: float, lost: float, headline: float, publisher: float
) -> None:
    """Where nothing repeats, the page's own signs must do; what was reached is kept."""
    golds = read_gold_texts(PAGES / folder)
    paths = [PAGES / folder / gold.name for gold in golds]
    readings = {r.source_path: r for r in read_sources(paths, max_bytes=100_000, now=NOW)}
    measures = measure_texts([(gold, readings.get(gold.name)) for gold in golds])
    assert measures.furniture_kept <= furniture
    assert measures.body_lost <= lost
    assert measures.headline >= headline
    assert measures.publisher >= publisher
    assert measures.invented <= 1 / len(golds)
