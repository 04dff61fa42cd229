"""What a build takes, measured: the model alone on the passages of an index, and builds after which little is new."""

from __future__ import annotations

import time
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.build import BATCH
from index.build_wiring import build_index
from index.passages import embedded_text
from index.wiring import make_embedder, open_articles

if TYPE_CHECKING:
    from pathlib import Path

    from index.settings import IndexSettings

_NEW = (
    "The bridge over the Merle will be closed to lorries from day {0}, the county said. "
    "Work on pillar number {0} will cost {1} thousand crowns and take {0} weeks.\n\n"
    "Drivers were told to take road {1}, which leads past the old mill of Brackley."
)


def model_alone(settings: IndexSettings, _: Path) -> dict[str, Any]:
    """Read the passages of an index with the model, batch by batch as a build does, and keep nothing."""
    embedder = make_embedder(settings)
    embedder.read_passages(["The model is loaded before the clock starts."])
    seconds, passages = 0.0, 0
    with closing(open_articles(settings)) as store:
        texts = (
            embedded_text(store.article(passage.article_id), passage) for passage in store.all_passages()
        )
        while batch := list(islice(texts, BATCH)):
            started = time.perf_counter()
            embedder.read_passages(batch)
            seconds += time.perf_counter() - started
            passages += len(batch)
    return _row(passages, seconds)


def nothing_new(settings: IndexSettings, source: Path) -> dict[str, Any]:
    """Build again from sources that are as they were."""
    return _again(settings, source)


def ten_more(settings: IndexSettings, source: Path) -> dict[str, Any]:
    """Build from the same sources and ten articles more."""
    more = source.with_name("more")
    more.mkdir(exist_ok=True)
    for number in range(10):
        text = _NEW.format(number + 2, time.time_ns() % 10**6)
        (more / f"{number}.md").write_text(f"# Bridge work, part {number}\n\n{text}\n", encoding="utf-8")
    return _again(settings, source, more)


def _again(settings: IndexSettings, *sources: Path) -> dict[str, Any]:
    started = time.perf_counter()
    summary = build_index(settings, sources, _no_progress)
    seconds = time.perf_counter() - started
    stages = {name: round(spent, 2) for name, spent in summary.seconds.items()}
    return _row(summary.generation.passages, seconds) | {"embedded": summary.embedded, "stages": str(stages)}


def _row(passages: int, seconds: float) -> dict[str, Any]:
    return {
        "passages": passages,
        "seconds": round(seconds, 1),
        "passages/s": round(passages / seconds, 1),
    }


def _no_progress(stage: str, done: int, total: int | None, **more: int | None) -> None:
    """Take no note."""
