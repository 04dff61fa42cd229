"""What a collection costs by its size: building, memory and disk, and a question with and without filters."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import time
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from bot.answering.answerer import TOP_K, Answerer
from bot.measuring.opening import timed_build
from bot.measuring.own_process import alone, peak_megabytes
from bot.progress import shown_progress
from bot.settings import BotSettings
from index.derived_collection import derive
from index.settings import load_settings
from index.storage.articles import SqliteArticles
from index.storage.layout import IndexFiles, open_published
from index.types import Query
from index.wiring import make_embedder, open_retriever

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from index.retrieval.retriever import HybridRetriever
    from index.storage.vectors import ChromaVectors
    from index.types import Article

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUESTIONS = 40
# Passages that are embedded; what is larger is derived from them.
_REAL = 10_000
_PASSAGES_AN_ARTICLE = 30
_OUTLETS = 40
_AROUND = timedelta(days=30)
_BEST = 10


def measure(
    lines: Callable[[], Iterable[str]], sizes: Sequence[int], work: Path
) -> dict[str, list[dict[str, Any]]]:
    """Index and ask at each size, one after the other, each part in a process of its own.

    Args:
        lines: opens records, one a line; those that name no outlet are given one.
        sizes: in passages. What is larger than the largest real collection is derived from it by rule.
        work: folder for what is built; a large collection goes when it has been measured.

    Returns:
        By table its rows: ``scale`` has one for each size, ``scale questions`` one for each size and filter.
    """
    largest = min(_REAL, max(sizes))
    real = work / f"scale-{largest}"
    built, asked = [], []
    # The largest real collection comes first: all are asked its headlines, and the larger ones are derived from it.
    for size in (largest, *sorted(set(sizes) - {largest})):
        index = work / f"scale-{size}"
        if size <= _REAL:
            source = _source(
                islice(lines(), max(1, size // _PASSAGES_AN_ARTICLE)), work / f"scale-{size}.jsonl"
            )
            made = alone(_built, index, source)
        else:
            made = alone(_derived, index, real, size)
        figures = alone(_asked, index, real)
        asked += figures.pop("rows")
        built.append(made | figures)
        if index != real:
            shutil.rmtree(index)
    return {
        "scale": sorted(built, key=lambda row: int(row["passages"])),
        "scale questions": _with_ratios(sorted(asked, key=lambda row: int(row["passages"]))),
    }


def _source(lines: Iterable[str], path: Path) -> Path:
    records = []
    for line in lines:
        outlet = {"publisher": f"Outlet {zlib.crc32(line.encode()) % _OUTLETS}"}
        records.append(json.dumps(outlet | json.loads(line)))
    path.write_text("\n".join(records), encoding="utf-8")
    return path


def _built(index: Path, source: Path) -> dict[str, Any]:
    """Index real articles as ``rebuild_index.py`` does."""
    summary, seconds = timed_build(index, source)
    return _built_row(f"embedded, {summary.from_cache} from the cache", seconds)


def _derived(index: Path, real: Path, passages: int) -> dict[str, Any]:
    started = time.perf_counter()
    with shown_progress() as progress:
        derive(IndexFiles(real), IndexFiles(index), passages, progress)
    return _built_row("derived; written alone", time.perf_counter() - started)


def _built_row(vectors: str, seconds: float) -> dict[str, Any]:
    return {
        "vectors": vectors,
        "build s": round(seconds, 1),
        "build CPU s": round(time.process_time(), 1),
        "build peak MB": peak_megabytes(),
    }


def _with_ratios(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what a question costs in questions of the same filter at the real collection's full size."""
    usual = {row["filter"]: row for row in rows if row["passages"] <= 1.3 * _REAL}
    ratios = {"ratio": "answer", "CPU ratio": "CPU"}
    return [
        row | {name: round(row[of] / usual[row["filter"]][of], 2) for name, of in ratios.items()}
        for row in rows
    ]


def _asked(index: Path, real: Path) -> dict[str, Any]:
    """Ask headlines of a real collection as questions in the published one, one after the other.

    The first is asked of files that are not in memory, the model being loaded. Filters are made of the facts of the
    article whose headline is asked: a month before and after its day, and its outlet.
    """
    settings = load_settings(BotSettings, index_dir=index)
    queries = [_by_filter(article) for article in _spread(real, QUESTIONS + 1)]
    embedder = make_embedder(settings)
    embedder.read_question("warm")
    megabytes = round(sum(path.stat().st_size for path in _files(index)) / 1e6)
    _forget(index)
    started = time.perf_counter()
    retriever = open_retriever(settings, embedder)
    opened = time.perf_counter()
    asyncio.run(Answerer(retriever).answer(queries[0]["none"]))
    answered = time.perf_counter()
    with closing(asyncio.new_event_loop()) as loop:  # one for all, as the bot has
        rows = [_row(retriever, name, [each[name] for each in queries[1:]], loop) for name in queries[0]]
    facts = {"passages": retriever.generation.passages, "disk MB": megabytes}
    cold = {"open s": round(opened - started, 1), "first answer ms": round(1000 * (answered - opened))}
    return {**facts, **cold, "ask peak MB": peak_megabytes(), "rows": rows}


def _spread(real: Path, wanted: int) -> list[Article]:
    """Return articles from all over a collection that say their headline, day and outlet."""
    _, files = open_published(IndexFiles(real))
    with closing(SqliteArticles.open(files.articles)) as store:
        found = [a for a in store.articles() if a.headline and a.published_at and a.publisher]
    return found[:: max(1, len(found) // wanted)][:wanted]


def _by_filter(article: Article) -> dict[str, Query]:
    query = Query(text=article.headline or "", language=article.language, top_k=TOP_K)
    moment = article.published_at
    dated = moment and replace(query, published_from=moment - _AROUND, published_to=moment + _AROUND)
    named = (article.publisher or "",)
    return {
        "none": query,
        "date": dated or query,
        "publisher": replace(query, publishers=named),
        "both": replace(dated or query, publishers=named),
    }


def _row(
    retriever: HybridRetriever, name: str, queries: Sequence[Query], loop: asyncio.AbstractEventLoop
) -> dict[str, Any]:
    """Time questions of one filter, and compare what dense search finds with a look at all that pass."""
    answerer, times, spent, dense, recalls, shares = Answerer(retriever), [], [], [], [], []
    vectors = cast("ChromaVectors", retriever.vectors)  # what open_retriever opens
    for query in queries:
        started, on_processors = time.perf_counter(), time.process_time()
        loop.run_until_complete(answerer.answer(query))
        times.append(1000 * (time.perf_counter() - started))
        spent.append(1000 * (time.process_time() - on_processors))
        vector, _ = retriever.embedder.read_question(query.text)
        started = time.perf_counter()
        found = vectors.nearest(vector, retriever.candidates, query)
        dense.append(1000 * (time.perf_counter() - started))
        exact, passing = vectors.exact(vector, _BEST, query)
        if exact:
            recalls.append(len(set(list(found)[:_BEST]) & set(exact)) / len(exact))
        shares.append(passing / retriever.generation.passages)
    return {
        "passages": retriever.generation.passages,
        "filter": name,
        "passing": round(float(np.median(shares)), 4),
        "dense": round(statistics.median(dense), 1),
        "answer": round(statistics.median(times), 1),
        "p95": round(statistics.quantiles(times, n=20)[-1], 1),
        "CPU": round(statistics.median(spent), 1),
        "recall@10": round(statistics.fmean(recalls), 3),
    }


def _files(folder: Path) -> list[Path]:
    """Return the files of the published generation and all beside it but the cache of a build."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "vectors.db"]


def _forget(folder: Path) -> None:
    """Have the system drop the files from memory, where it can be asked to."""
    if hasattr(os, "posix_fadvise"):
        for path in _files(folder):
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
