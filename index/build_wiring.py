"""Puts together what a build needs; part of :mod:`index.wiring`, of which a command that only asks loads nothing."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index import wiring
from index.embedding.vector_cache import VectorCache
from index.errors import IndexNotWritable
from index.processor import processors
from index.progress import Clock
from index.settings import KEPT
from index.shared_wiring import finish_sharing, share_with, sharing
from index.storage.layout import IndexFiles
from index.storage.past_versions import PastVersions
from index.storage.publishing import empty_drafts, known_segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.build import BuildSummary
    from index.coverage import Coverage
    from index.previous import Previous
    from index.progress import Progress
    from index.protocols import Embedder
    from index.settings import IndexSettings
    from index.sharing import Sharing
    from index.sources.fetching import Fetcher
    from index.sources.kinds import ReadingRules
    from index.storage.ledger import Ledger
    from index.types import Reading

# Seconds that a second build waits for the first: two first questions at once both build the sample.
_PATIENCE = 600
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EDQUOT)


def build_index(
    settings: IndexSettings,
    roots: Sequence[Path],
    progress: Progress,
    addresses: Sequence[str] = (),
    *,
    keep: int = KEPT,
    check_content: bool = False,
    report: Callable[[Iterator[Reading]], None] | None = None,
) -> BuildSummary:
    """Read what is new or changed, build a generation beside the published one, publish it.

    Args:
        settings: where the index lies and what shapes it.
        roots: files and folders.
        progress: told how far each stage is.
        addresses: of pages, feeds and sitemaps on the web.
        keep: generations that stay, the published one included.
        check_content: whether files are trusted to be what they were by their content alone.
        report: given every reading; all sources are read then, whether or not they changed.

    Raises:
        SourceNotFound: a root is not there.
        NothingRead: nothing could be read.
        IndexNotWritable: the folder cannot be written, or another build holds it.
        ModelError: the model cannot be used.
        RulesMalformed: the rules file of the settings cannot be read.
    """
    rules = wiring.reading_rules(settings)
    with _begun(settings, progress, fetches=bool(addresses)) as build:
        build.read(roots, addresses, rules, check_content=check_content, everything=report is not None)
        if report is not None:
            report(build.coverage.readings())
        summary = build.write(keep)
        build.remember()
        if build.shared:
            finish_sharing(build.index, build.shared, summary.generation, keep=keep)
        return summary


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """One build: what it was told, and its parts, all of them open."""

    settings: IndexSettings
    index: IndexFiles
    now: datetime
    clock: Clock
    progress: Progress
    shared: Sharing | None
    embedder: Embedder
    cache: VectorCache
    previous: Previous
    ledger: Ledger
    coverage: Coverage
    fetcher: Fetcher | None

    def read(
        self,
        roots: Sequence[Path],
        addresses: Sequence[str],
        rules: ReadingRules,
        *,
        check_content: bool,
        everything: bool,
    ) -> None:
        """Read what is new or changed into the ledger, and what only the published generation held."""
        from index.reading import SourceReader  # it brings the readers along
        from index.sources.web import read_web

        most = self.settings.fetch_most_pages
        with self.clock.stage("read"):
            reader = SourceReader(
                self.ledger,
                rules,
                now=self.now,
                processes=processors(),
                progress=self.progress,
                check_content=check_content,
                everything=everything,
            )
            reader.read(roots, read_web(addresses, self.fetcher, rules, most=most) if self.fetcher else ())
            reader.require(self.previous.rows())

    def write(self, keep: int) -> BuildSummary:
        """Write a generation of what counts, and publish it."""
        from index.build import BuildLine  # it brings Chroma along

        line = BuildLine(
            index=self.index,
            embedder=self.embedder,
            cache=self.cache,
            passage_characters=self.settings.passage_characters,
            progress=self.progress,
            clock=self.clock,
            processes=processors(),
            keep=keep,
            share=share_with(self.shared),
        )
        return line.run(self.coverage, self.previous, now=self.now)

    def remember(self) -> None:
        """Keep the versions of articles that were read just now."""
        with closing(PastVersions.open(self.index.past_versions)) as versions:
            versions.record(self.coverage.versions(), now=self.now)


@contextmanager
def _begun(settings: IndexSettings, progress: Progress, *, fetches: bool) -> Iterator[_Build]:
    """Hold the index folder and open the parts of a build, in the order in which they need each other."""
    from index.coverage import Coverage, open_ledger
    from index.previous import previous_of

    index, now, clock = IndexFiles(settings.index_dir), datetime.now(UTC), Clock()
    with _build_lock(index), _told_when_full(index), ExitStack() as parts:
        shared = parts.enter_context(sharing(settings, index, _PATIENCE))
        embedder = parts.enter_context(_builder_s_embedder(settings))
        cache = parts.enter_context(_vector_cache(index))
        previous = parts.enter_context(previous_of(index))
        ledger, path = parts.enter_context(open_ledger(index.scratch, previous.ledger()))
        yield _Build(
            settings=settings,
            index=index,
            now=now,
            clock=clock,
            progress=progress,
            shared=shared,
            embedder=embedder,
            cache=cache,
            previous=previous,
            ledger=ledger,
            coverage=Coverage(ledger, path),
            fetcher=parts.enter_context(_fetcher(settings, index)) if fetches else None,
        )


@contextmanager
def _builder_s_embedder(settings: IndexSettings) -> Iterator[Embedder]:
    """Return the model that a build embeds with: this process's, or the workers' of the settings."""
    here = wiring.make_embedder(settings)
    if settings.workers is None:
        yield here
        return
    from index.embedding.spread import SpreadEmbedder, workers

    with workers(settings.workers):
        yield SpreadEmbedder(here, partial(wiring.embedder_of, settings.embedding_model, settings.cache_dir))


@contextmanager
def _fetcher(settings: IndexSettings, index: IndexFiles) -> Iterator[Fetcher]:
    from index.sources.fetching import FetchedPages, Fetcher, FetchRules

    rules = FetchRules(
        max_bytes=settings.max_source_bytes,
        seconds_between=settings.fetch_seconds_between,
        allow_private=settings.fetch_private,
        ca_file=settings.fetch_ca_file,
    )
    with closing(FetchedPages.open(index.fetched_pages)) as pages:
        yield Fetcher(rules, pages)


@contextmanager
def _build_lock(index: IndexFiles) -> Iterator[None]:
    lock = FileLock(index.build_lock, timeout=_PATIENCE)
    try:
        index.folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        msg = f"Another build holds {index.build_lock}: wait until it ends, or stop it."
        raise IndexNotWritable(msg) from None
    except OSError as error:
        msg = f"The index folder {index.folder} cannot be written: {error.strerror}."
        raise IndexNotWritable(msg) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _told_when_full(index: IndexFiles) -> Iterator[None]:
    """Say in one sentence that the disk of the index takes no more, wherever that is noticed."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if isinstance(error, OSError) and error.errno not in _FULL:
            raise
        msg = f"The index folder {index.folder} cannot be written: {error}."
        raise IndexNotWritable(msg) from error


@contextmanager
def _vector_cache(index: IndexFiles) -> Iterator[VectorCache]:
    try:
        empty_drafts(index)
        cache = VectorCache.open(index.vector_cache, known_segments(index))
    except (OSError, sqlite3.Error) as error:
        msg = f"The cache of vectors {index.vector_cache} cannot be written: {error}."
        raise IndexNotWritable(msg) from error
    try:
        yield cache
    finally:
        cache.close()
