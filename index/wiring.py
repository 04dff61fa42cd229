"""The only place of the collection where parts are made and put together."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.embedding.bundled_model import EMBEDDER_ID, unpacked_model
from index.embedding.onnx_model import OnnxEmbedder
from index.embedding.sentence_transformers_model import SentenceTransformersEmbedder
from index.embedding.vector_cache import VectorCache
from index.errors import IndexNotWritable, IndexStale
from index.progress import Clock
from index.retrieval.retriever import HybridRetriever
from index.settings import BUNDLED, KEPT
from index.storage.articles import SqliteArticles
from index.storage.layout import IndexFiles, open_published, rebuild_command
from index.storage.past_versions import PastVersions
from index.storage.publishing import empty_drafts, known_segments
from index.storage.words import SqliteWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.build import BuildSummary
    from index.progress import Progress
    from index.protocols import Embedder
    from index.settings import IndexSettings
    from index.sources.fetching import Fetcher
    from index.sources.kinds import ReadingRules
    from index.types import Reading

# Seconds that a second build waits for the first: two first questions at once both build the sample.
_PATIENCE = 600
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EDQUOT)


def make_embedder(settings: IndexSettings) -> Embedder:
    """Return the model that the settings name; the bundled one is loaded when it is first used.

    Raises:
        ModelError: it is not installed, damaged, or does not load.
    """
    if settings.embedding_model == BUNDLED:
        return OnnxEmbedder(unpacked_model(settings.cache_dir), EMBEDDER_ID)
    return SentenceTransformersEmbedder(settings.embedding_model)


def open_retriever(settings: IndexSettings, embedder: Embedder | None = None) -> HybridRetriever:
    """Open the published generation for questions.

    Args:
        settings: where it lies and how it is searched.
        embedder: the model of the settings, where one is loaded already.

    Raises:
        IndexMissing: nothing is published.
        IndexStale: another model or another layout made it.
        IndexDamaged: its files cannot be read.
        ModelError: the model cannot be used.
    """
    from index.storage.vectors import ChromaVectors  # a second to import, and not all commands need it

    index = IndexFiles(settings.index_dir)
    generation, files = open_published(index)
    embedder = embedder or make_embedder(settings)
    if generation.embedder_id != embedder.embedder_id:
        msg = (
            f"The index in {index.folder} was made by the model {generation.embedder_id}, the setting "
            f"says {embedder.embedder_id}: build it again with {rebuild_command(index.folder)}"
        )
        raise IndexStale(msg)
    with ExitStack() as half_open:  # a bot tries again what does not open, and must not run out of files
        articles = half_open.enter_context(closing(SqliteArticles.open(files.articles)))
        words = half_open.enter_context(
            closing(SqliteWords.open(files.words, generation.embedder_id, articles.text_digests))
        )
        vectors = ChromaVectors.open(files.vectors)
        half_open.pop_all()
    return HybridRetriever(
        generation,
        articles,
        vectors,
        words,
        embedder,
        candidates=settings.candidates,
        lexical_weight=settings.lexical_weight,
        lexical_weight_across=settings.lexical_weight_across,
    )


def open_articles(settings: IndexSettings) -> SqliteArticles:
    """Open the articles of the published generation alone: neither the model nor Chroma is needed.

    Raises:
        IndexMissing: nothing is published.
        IndexStale: another layout wrote it.
        IndexDamaged: its files cannot be read.
    """
    _, files = open_published(IndexFiles(settings.index_dir))
    return SqliteArticles.open(files.articles)


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
    from index.previous import previous_of
    from index.reading import Coverage, SourceReader, open_ledger, processors
    from index.sources.web import read_web

    index, now, clock, rules = (
        IndexFiles(settings.index_dir),
        datetime.now(UTC),
        Clock(),
        reading_rules(settings),
    )
    with _build_lock(index), _told_when_full(index), ExitStack() as parts:
        embedder = make_embedder(settings)
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
        )
        summary = line.run(coverage, previous, now=now)
        with closing(PastVersions.open(index.past_versions)) as versions:
            versions.record(coverage.versions(), now=now)
        return summary


def open_past_versions(settings: IndexSettings) -> PastVersions:
    """Open the versions of every article that was ever read into the index.

    Raises:
        IndexDamaged: the file is no such file.
    """
    return PastVersions.open(IndexFiles(settings.index_dir).past_versions)


def reading_rules(settings: IndexSettings) -> ReadingRules:
    """Return what the settings say about reading.

    Raises:
        RulesMalformed: their rules file cannot be read.
    """
    from index.sources.kinds import ReadingRules  # it brings the readers along
    from index.sources.overrules import read_overrules

    return ReadingRules(
        max_bytes=settings.max_source_bytes,
        fields={str(ours): theirs for ours, theirs in settings.fields.items()},
        overrules=read_overrules(settings.rules_file) if settings.rules_file else {},
    )


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
