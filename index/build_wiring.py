"""Puts together what a build needs; part of :mod:`index.wiring`, of which a command that only asks loads nothing."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index import wiring
from index.embedding.vector_cache import VectorCache
from index.errors import IndexNotWritable
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
    from index.progress import Progress
    from index.protocols import Embedder
    from index.settings import IndexSettings
    from index.sources.fetching import Fetcher
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
    from index.build import BuildLine  # it brings Chroma and the readers along
    from index.coverage import Coverage, open_ledger
    from index.previous import previous_of
    from index.reading import SourceReader, processors
    from index.sources.web import read_web

    index, now, clock, rules = (
        IndexFiles(settings.index_dir),
        datetime.now(UTC),
        Clock(),
        wiring.reading_rules(settings),
    )
    with _build_lock(index), _told_when_full(index), ExitStack() as parts:
        shared = parts.enter_context(sharing(settings, index, _PATIENCE))
        embedder = parts.enter_context(_builder_s_embedder(settings))
        cache = parts.enter_context(_vector_cache(index))
        previous = parts.enter_context(previous_of(index))
        ledger, path = parts.enter_context(open_ledger(index.scratch, previous.ledger()))
        fetcher = parts.enter_context(_fetcher(settings, index, addresses))
        coverage = Coverage(ledger, path)
        with clock.stage("read"):
            reader = SourceReader(
                ledger,
                rules,
                now=now,
                processes=processors(),
                progress=progress,
                check_content=check_content,
                everything=report is not None,
            )
            reader.read(
                roots, read_web(addresses, fetcher, rules, most=settings.fetch_most_pages) if fetcher else ()
            )
            reader.require(previous.rows())
        if report is not None:
            report(coverage.readings())
        line = BuildLine(
            index=index,
            embedder=embedder,
            cache=cache,
            passage_characters=settings.passage_characters,
            progress=progress,
            clock=clock,
            processes=processors(),
            keep=keep,
            share=share_with(shared),
        )
        summary = line.run(coverage, previous, now=now)
        with closing(PastVersions.open(index.past_versions)) as versions:
            versions.record(coverage.versions(), now=now)
        if shared:
            finish_sharing(index, shared, summary.generation, keep=keep)
        return summary


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
def _fetcher(
    settings: IndexSettings, index: IndexFiles, addresses: Sequence[str]
) -> Iterator[Fetcher | None]:
    """Open what fetches, where something is to be fetched."""
    if not addresses:
        yield None
        return
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
