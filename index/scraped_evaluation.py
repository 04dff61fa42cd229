"""Measures over pages saved as text and their gold files: what was kept, lost, found and made up."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from index.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.types import Article, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """What a person found on a page saved as text; ``published_at`` as printed, with or without an hour."""

    name: str
    publisher: str
    language: str
    headline: str
    dek: str | None
    byline: tuple[str, ...]
    published_at: str | None
    updated_at: str | None
    captions: tuple[str, ...]
    body: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextMeasures:
    """Shares, 0 to 1: of characters, of pages, or of fields that have no value."""

    pages: int
    furniture_kept: float
    body_lost: float
    headline: float
    dek: float
    byline: float
    publisher: float
    published: float
    updated: float
    invented: float


def read_gold_texts(folder: Path) -> list[GoldText]:
    """Read the gold files (``NAME.json``) beside the pages (``NAME.txt``) of a folder.

    Raises:
        SourceRefused: the folder holds none.
    """
    files = [file for file in sorted(folder.glob("*.json")) if file.with_suffix(".txt").is_file()]
    if not files:
        raise SourceRefused(f"There is no NAME.txt with a NAME.json in {folder}.")
    return [_gold_text(file) for file in files]


def measure_texts(pairs: Sequence[tuple[GoldText, Reading | None]]) -> TextMeasures:
    """Measure readings.

    Furniture kept is the share of all characters of the texts that are in no line of dek or body; body lost the
    share of the characters of dek and body that are not in the texts. A field is right when it is what the page
    prints; a moment when hour and minute are right too, where the page prints them. Invented is the share of pages
    with a dek, a byline, a date of change or a time of collecting that their page does not have.
    """
    read = [(gold, reading.article if reading else None) for gold, reading in pairs]
    kept = sum(
        _surplus(article.text.split("\n") if article else [], _text_of(gold)) for gold, article in read
    )
    lost = sum(
        _surplus(_text_of(gold), article.text.split("\n") if article else []) for gold, article in read
    )
    found = [(gold, article) for gold, article in read if article]
    count = max(1, len(pairs))
    return TextMeasures(
        pages=len(pairs),
        furniture_kept=kept / max(1, sum(len(article.text) for _, article in found)),
        body_lost=lost / max(1, sum(len("".join(_text_of(gold))) for gold, _ in read)),
        headline=sum(article.headline == gold.headline for gold, article in found) / count,
        dek=sum(article.dek == gold.dek for gold, article in found) / count,
        byline=sum(set(article.byline) == set(gold.byline) for gold, article in found) / count,
        publisher=sum(article.publisher == gold.publisher for gold, article in found) / count,
        published=sum(_same(article.published_at, gold.published_at) for gold, article in found) / count,
        updated=sum(_same(article.updated_at, gold.updated_at) for gold, article in found) / count,
        invented=sum(_has_invented(article, gold) for gold, article in found) / count,
    )


def _gold_text(file: Path) -> GoldText:
    fields = json.loads(file.read_text(encoding="utf-8"))
    for name in ("byline", "captions", "body", "headings"):
        fields[name] = tuple(fields[name])
    return GoldText(name=file.with_suffix(".txt").name, **fields)


def _text_of(gold: GoldText) -> list[str]:
    return [gold.dek, *gold.body] if gold.dek else list(gold.body)


def _surplus(lines: Sequence[str], others: Sequence[str]) -> int:
    """Return how many characters the lines have that the others do not."""
    more = Counter(lines) - Counter(others)
    return sum(len(line) * times for line, times in more.items())


def _same(found: datetime | None, printed: str | None) -> bool:
    if found is None or printed is None:
        return found is None and printed is None
    local = found.replace(tzinfo=None)
    return local == datetime.fromisoformat(printed) if "T" in printed else local.date().isoformat() == printed


def _has_invented(article: Article, gold: GoldText) -> bool:
    pairs = ((article.dek, gold.dek), (article.byline, gold.byline), (article.updated_at, gold.updated_at))
    return article.collected_at is not None or any(found and not printed for found, printed in pairs)
