"""The sample collection, whose articles and gold were written apart from the rules."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import index
from index.sources import read_sources
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from index.types import Reading

SAMPLE = Path(index.__file__).parent / "sample_coverage"
GOLD = [
    json.loads(line) for line in (SAMPLE / "expected_articles.jsonl").read_text(encoding="utf-8").splitlines()
]
# "03/07/2023" in an English record: the person who wrote the gold knew the day, a reader cannot.
TWO_WAYS = "articles/agence-afi-fil.jsonl#5"


def path_of(gold: dict[str, Any]) -> str:
    """Return the source path of a gold article."""
    return f"{gold['source_path']}#{gold['record']}" if "record" in gold else gold["source_path"]


@cache
def readings() -> dict[str, Reading]:
    """Read the sample once."""
    found = read_sources([SAMPLE / "articles"], max_bytes=5_000_000, now=NOW)
    return {reading.source_path: reading for reading in found}


@pytest.mark.parametrize("gold", GOLD, ids=path_of)
class TestGold:
    """Each article as a person read it."""

    def test_the_facts_are_the_gold_s(self, gold: dict[str, Any]) -> None:
        """Headline, dek, authors, outlet, language and address are exactly what the source says."""
        article = article_of(readings()[path_of(gold)])
        assert article.headline == gold["headline"]
        assert article.dek == gold["dek"]
        assert list(article.byline) == gold["byline"]
        assert (article.publisher, article.language, article.url) == (
            gold["publisher"],
            gold["language"],
            gold["url"],
        )

    @pytest.mark.parametrize("field", ["published_at", "updated_at"])
    def test_the_dates_are_the_gold_s(self, gold: dict[str, Any], field: str) -> None:
        """Dates are what is printed, on the clock that is printed; and None where nothing is."""
        if path_of(gold) == TWO_WAYS:
            pytest.skip("this date can be read two ways")
        moment = getattr(article_of(readings()[path_of(gold)]), field)
        printed = moment.replace(tzinfo=None) if moment else None
        assert printed == (datetime.fromisoformat(gold[field]) if gold[field] else None)

    def test_the_text_is_the_article_s(self, gold: dict[str, Any]) -> None:
        """The body is whole, its headings are known, and no string of furniture is left."""
        article = article_of(readings()[path_of(gold)])
        assert gold["body_starts"] in article.text
        assert article.text.endswith(gold["body_ends"])
        assert [heading.of(article.text) for heading in article.headings] == gold["section_headings"]
        assert [line for line in gold["furniture"] if line in article.text] == []
