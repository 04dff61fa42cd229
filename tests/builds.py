"""Whole builds for tests, with the fake model."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from index.build import BuildLine, BuildSummary
from index.embedding.vector_cache import VectorCache
from index.errors import NothingRead
from index.previous import previous_of
from index.progress import Clock
from index.storage.layout import IndexFiles
from index.storage.ledger import Told
from index.storage.publishing import empty_drafts, known_segments
from index.storage.rows import stored
from index.types import Article, Reading
from tests.factories import NOW, make_reading
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from index.protocols import Embedder


def no_progress(stage: str, done: int, total: int | None, **more: int | None) -> None:
    """Take no note."""


class GivenCoverage:
    """Readings that a test made, settled already."""

    def __init__(self, readings: Iterable[Reading | Article]) -> None:
        """Keep them; an article stands for a source that was simply read."""
        self._readings = [item if isinstance(item, Reading) else make_reading(item) for item in readings]
        read = [r.article for r in self._readings if r.status == "read" and r.article]
        self._articles = {article.article_id: article for article in read}

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Return ids and digests in order of id."""
        for article_id in sorted(self._articles):
            yield article_id, stored(self._articles[article_id]).digest

    def article(self, article_id: str) -> Article | None:
        """Return the article."""
        return self._articles[article_id]

    def counts(self) -> dict[str, int]:
        """Return how many readings have each status."""
        statuses = [reading.status for reading in self._readings]
        return {status: statuses.count(status) for status in statuses}

    def told(self, status: str) -> Iterator[Told]:
        """Return the readings of a status that have a reason."""
        for r in self._readings:
            if r.status == status and r.reason:
                yield Told(r.source_path, r.status, r.reason)

    def refuse_nothing(self) -> None:
        """Raise NothingRead without an article."""
        if not self._articles:
            reasons = "; ".join(f"{r.source_path}: {r.reason}" for r in self._readings[:3])
            raise NothingRead(f"No source could be read, the published index stays as it is ({reasons}).", ())

    def keep(self, path: Path) -> None:
        """Leave nothing: the next build is given its readings too."""


def build(
    folder: Path,
    readings: Iterable[Reading | Article],
    *,
    embedder: Embedder | None = None,
    passage_characters: int = 150,
    now: datetime = NOW,
    keep: int = 2,
) -> BuildSummary:
    """Publish a generation in ``folder``; an article stands for a source that was simply read."""
    folder.mkdir(parents=True, exist_ok=True)
    index = IndexFiles(folder)
    empty_drafts(index)
    with (
        closing(VectorCache.open(index.vector_cache, known_segments(index))) as cache,
        previous_of(index) as previous,
    ):
        line = BuildLine(
            index=index,
            embedder=embedder or FakeEmbedder(),
            cache=cache,
            passage_characters=passage_characters,
            progress=no_progress,
            clock=Clock(),
            keep=keep,
        )
        return line.run(GivenCoverage(readings), previous, now=now)
