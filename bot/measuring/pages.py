"""Runs of reading: saved pages, and pages saved as text, beside what people found in them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING, Any

from index.page_evaluation import (
    found_by_dateline,
    found_by_trafilatura,
    found_in_text,
    measure_pages,
    read_gold_pages,
)
from index.scraped_evaluation import measure_texts, read_gold_texts
from index.sources import read_sources
from index.sources.drafts import Origin
from index.sources.language import detect_language
from index.sources.pages import parse_html
from index.sources.scraped import parse_scraped_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.page_evaluation import FoundPage, GoldPage


def pages(data: Path) -> list[dict[str, Any]]:
    """Read each page with trafilatura alone and with Dateline; half of them was never tuned on.

    Args:
        data: a folder of ``*/NAME_DATE.html.gz`` and ``*/NAME.json``.

    Returns:
        A row for each part of the pages and each reader.
    """
    golds = list(read_gold_pages(data))
    parts = {"all": golds, "not tuned on": [gold for gold in golds if not gold.is_for_tuning]}
    for gold in golds:
        parts.setdefault(detect_language(gold.text), []).append(gold)
    found = {name: _read(golds, read) for name, read in _READERS.items()}
    return [
        {
            "which": part,
            "read by": name,
            **asdict(measure_pages([(gold, by_name[gold.name]) for gold in some])),
            "pages/s": speed,
        }
        for part, some in parts.items()
        for name, (by_name, speed) in found.items()
    ]


def _read(
    golds: Sequence[GoldPage], read: Callable[[GoldPage], FoundPage]
) -> tuple[dict[str, FoundPage], int]:
    """Return what is found in each page by its name, and how many are read in a second of processor time."""
    begun = process_time()
    found = {gold.name: read(gold) for gold in golds}
    return found, round(len(golds) / (process_time() - begun))


def _by_dateline(gold: GoldPage) -> FoundPage:
    return found_by_dateline(parse_html(gold.html, _origin(gold.name)))


def _from_lines(gold: GoldPage) -> FoundPage:
    return found_in_text(gold.html, lambda text: parse_scraped_text(text, _origin(gold.name)))


def _origin(name: str) -> Origin:
    return Origin(source_path=name, sha256="", now=datetime.now(UTC))


_READERS: dict[str, Callable[[GoldPage], FoundPage]] = {
    "trafilatura alone": lambda gold: found_by_trafilatura(gold.html),
    "Dateline": _by_dateline,
    "Dateline, from the lines alone": _from_lines,
}


def scraped(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """Read each folder's pages saved as text together, so that what an outlet repeats is known.

    Args:
        folders: of ``NAME.txt`` and ``NAME.json``.

    Returns:
        A row for each folder and language, and one for all languages of a folder.
    """
    rows = []
    for folder in folders:
        golds = read_gold_texts(folder)
        paths = [folder / gold.name for gold in golds]
        speed = _texts_a_second(paths)  # before any of their lines is known
        readings = {r.source_path: r for r in read_sources(paths, max_bytes=10**7, now=datetime.now(UTC))}
        pairs = [(gold, readings.get(gold.name)) for gold in golds]
        for language in ("all", *sorted({gold.language for gold in golds})):
            some = [pair for pair in pairs if language in ("all", pair[0].language)]
            measures = asdict(measure_texts(some))
            rows.append({"folder": folder.name, "language": language, **measures, "texts/s": speed})
    return rows


def _texts_a_second(paths: Sequence[Path]) -> int:
    """Return how many pages saved as text one processor reads in a second of its time, each page for itself."""
    detect_language("bonjour")  # reads the identifier's model, once in a run
    origin = _origin("page.txt")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    begun = process_time()
    for text in texts:
        parse_scraped_text(text, origin)
    return round(len(texts) / (process_time() - begun))
