"""Whole builds for tests, with the fake model."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from index.build import BuildLine, BuildSummary
from index.embedding.vector_cache import VectorCache
from index.storage.layout import IndexFiles
from index.types import Reading
from tests.factories import NOW, make_reading
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from index.protocols import Embedder
    from index.types import Article


def no_progress(stage: str, done: int, total: int | None) -> None:
    """Take no note."""


def build(
    folder: Path,
    readings: Iterable[Reading | Article],
    *,
    embedder: Embedder | None = None,
    passage_characters: int = 150,
    now: datetime = NOW,
) -> BuildSummary:
    """Publish a generation in ``folder``; an article stands for a source that was simply read."""
    folder.mkdir(parents=True, exist_ok=True)
    index = IndexFiles(folder)
    with closing(VectorCache.open(index.vector_cache)) as cache:
        line = BuildLine(
            index=index,
            embedder=embedder or FakeEmbedder(),
            cache=cache,
            passage_characters=passage_characters,
            progress=no_progress,
        )
        return line.run(_readings(readings), now=now)


def _readings(given: Iterable[Reading | Article]) -> list[Reading]:
    return [item if isinstance(item, Reading) else make_reading(item) for item in given]
