"""Runs of speed: indexing beside LangChain's quick-start, questions by stage, and builds after which little is new.

Every part runs in a process of its own. A machine's speed drifts by more than what is measured: ratios count.
"""

from __future__ import annotations

import gzip
import shutil
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.measuring import speed_parts
from bot.measuring.own_process import alone
from bot.progress import note
from index.sample_coverage import ARTICLES
from index.storage.layout import IndexFiles, open_published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

# Passages of a corpus among which questions are asked.
SIZES = (1_000, 40_000)
_PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "dateline": speed_parts.dateline,
    "quick-start": speed_parts.quick_start,
    "model": speed_parts.model_alone,
    "nothing-new": speed_parts.nothing_new,
    "ten-more": speed_parts.ten_more,
    "fill": speed_parts.fill,
    "ask": speed_parts.ask,
}


def indexing(corpus: Path | None, count: int, work: Path) -> list[dict[str, Any]]:
    """Index the same articles with Dateline and with the quick-start, each from nothing.

    Dateline runs before the quick-start and after it.

    Args:
        corpus: records, one a line; None for the sample collection.
        count: how many of its articles.
        work: folder for what is built.

    Returns:
        A row for each run, and one for both of Dateline; ``ratio`` is in rates of the quick-start.

    Raises:
        CollectionError: the corpus cannot be read, or the index not be built.
        ModuleNotFoundError: the quick-start is not installed.
    """
    source, folder = _articles(corpus, work, count), work / "indexing"
    shutil.rmtree(folder, ignore_errors=True)
    before, quick_start, after = (
        _run(part, folder / name, source)
        for part, name in (("dateline", "dateline"), ("quick-start", "dateline"), ("dateline", "again"))
    )
    both = {"what": "Dateline, both", "passages": before["passages"] + after["passages"]}
    both["seconds"] = round(before["seconds"] + after["seconds"], 1)
    both["passages/s"] = round(both["passages"] / both["seconds"], 1)
    both["peak MB"] = max(before["peak MB"], after["peak MB"])
    rows = [before, after, both, quick_start]
    for row in rows:
        row["ratio"] = round(row["passages/s"] / quick_start["passages/s"], 2)
    return rows


def asking(corpus: Path | None, sizes: Sequence[int], work: Path) -> list[dict[str, Any]]:
    """Ask among collections of some sizes; call :func:`indexing` first, it tells how long articles are.

    Args:
        corpus: as there; the sample collection has one size.
        sizes: in passages.
        work: the same folder.

    Returns:
        A row for each size: milliseconds of each stage of a question.
    """
    indexed = work / "indexing" / "dateline"
    if corpus is None:
        note("dateline: benchmark: no --corpus, so the small sample collection is measured")
        return [_run("ask", indexed, ARTICLES)]
    rows = []
    for size in sizes:
        index = work / f"asking-{size}"
        _run("fill", index, _articles(corpus, work, _articles_for(size, indexed)))
        rows.append(_run("ask", index, ARTICLES))
    return rows


def building(corpus: Path | None, count: int, work: Path) -> list[dict[str, Any]]:
    """Build from nothing, beside the model alone and the quick-start on the same passages; then add ten articles.

    Takes and raises what :func:`indexing` does; ``share`` is how fast a build is beside each.
    """
    source, index = _articles(corpus, work, count), work / "building" / "dateline"
    shutil.rmtree(work / "building", ignore_errors=True)
    rows = [_run(part, index, source) for part in ("dateline", "model", "quick-start")]
    for row in rows:
        row["share"] = round(rows[0]["passages/s"] / row["passages/s"], 2)
    rows += [_run(part, index, source) for part in ("nothing-new", "ten-more")]
    columns = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name, "") for name in columns} for row in rows]


def lines_of(corpus: Path) -> Iterator[str]:
    """Return the lines of a file; ``.gz`` is read too."""
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        yield from lines


def _run(part: str, index: Path, source: Path) -> dict[str, Any]:
    note(f"dateline: benchmark: {part} …")
    return alone(_PARTS[part], index, source)


def _articles(corpus: Path | None, work: Path, count: int) -> Path:
    """Return a file of the first articles of a corpus, or the sample collection."""
    if corpus is None:
        return ARTICLES
    part = work / f"articles-{count}.jsonl"
    part.write_text("".join(islice(lines_of(corpus), count)), encoding="utf-8")
    return part


def _articles_for(size: int, indexed: Path) -> int:
    """Return how many articles give about so many passages, by what the indexed sample gave."""
    generation, _ = open_published(IndexFiles(indexed))
    return max(1, round(size * generation.articles / generation.passages))
