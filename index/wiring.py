"""The only place of the collection where parts are made and put together."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.embedding.bundled_model import EMBEDDER_ID, unpacked_model
from index.embedding.onnx_model import OnnxEmbedder
from index.embedding.sentence_transformers_model import SentenceTransformersEmbedder
from index.embedding.vector_cache import VectorCache
from index.errors import IndexMissing, IndexNotWritable, IndexStale
from index.progress import Clock
from index.retrieval.retriever import HybridRetriever
from index.settings import BUNDLED, KEPT
from index.shared_wiring import finish_sharing, share_with, shared_index, shared_vectors, sharing
from index.storage.articles import SqliteArticles
from index.storage.layout import IndexFiles, open_published, published_files, read_manifest, rebuild_command
from index.storage.past_versions import PastVersions
from index.storage.publishing import empty_drafts, known_segments
from index.storage.words import SqliteWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from index.build import BuildSummary
    from index.progress import Progress
    from index.protocols import Embedder
    from index.settings import IndexSettings
    from index.sources.fetching import Fetched, Fetcher
    from index.sources.kinds import ReadingRules
    from index.storage.postgres_articles import PostgresArticles
    from index.storage.vectors import ChromaVectors
    from index.types import Generation, Reading

    PublishedArticles: TypeAlias = SqliteArticles | PostgresArticles
    PublishedWords: TypeAlias = SqliteWords | PostgresArticles

# Seconds that a second build waits for the first: two first questions at once both build the sample.
_PATIENCE = 600
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EDQUOT)


def make_embedder(settings: IndexSettings) -> Embedder:
    """Return the model that the settings name; the bundled one is loaded when it is first used.

    Raises:
        ModelError: it is not installed, damaged, or does not load.
    """
    return embedder_of(settings.embedding_model, settings.cache_dir)


def embedder_of(model: str, cache_dir: Path) -> Embedder:
    """Return a model by its name or path, for :func:`make_embedder` and for workers. Raises what that raises."""
    if model == BUNDLED:
        return OnnxEmbedder(unpacked_model(cache_dir), EMBEDDER_ID)
    return SentenceTransformersEmbedder(model)


@contextmanager
def _builder_s_embedder(settings: IndexSettings) -> Iterator[Embedder]:
    """Return the model that a build embeds with: this process's, or the workers' of the settings."""
    here = make_embedder(settings)
    if settings.workers is None:
        yield here
        return
    from index.embedding.spread import SpreadEmbedder, workers

    with workers(settings.workers):
        yield SpreadEmbedder(here, partial(embedder_of, settings.embedding_model, settings.cache_dir))


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
    embedder = embedder or make_embedder(settings)
    index = IndexFiles(settings.index_dir)
    with ExitStack() as half_open:  # a bot tries again what does not open, and must not run out of files
        generation, articles, words = _open_texts(settings, half_open)
        _check_model(settings, generation, embedder)
        vectors = _open_vectors(settings, index, generation)
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


def _open_texts(
    settings: IndexSettings, opened: ExitStack
) -> tuple[Generation, PublishedArticles, PublishedWords]:
    if settings.database_url:
        with closing(shared_index(settings)) as shared:
            generation, texts = shared.open_published()
        opened.callback(texts.close)
        return generation, texts, texts
    generation, files = open_published(IndexFiles(settings.index_dir))
    articles = opened.enter_context(closing(SqliteArticles.open(files.articles)))
    words = SqliteWords.open(files.words, generation.embedder_id, articles.text_digests)
    return generation, articles, opened.enter_context(closing(words))


def _open_vectors(settings: IndexSettings, index: IndexFiles, generation: Generation) -> ChromaVectors:
    from index.storage.vectors import ChromaVectors as Embedded  # a second to import, not for all commands

    if settings.chroma_url:
        return shared_vectors(settings, index, generation)
    return Embedded.open(index.generation(generation.generation_id).vectors)


def _check_model(settings: IndexSettings, generation: Generation, embedder: Embedder) -> None:
    if generation.embedder_id != embedder.embedder_id:
        msg = (
            f"The index in {place_of(settings)} was made by the model {generation.embedder_id}, the setting "
            f"says {embedder.embedder_id}: build it again with {rebuild_command(settings.index_dir)}"
        )
        raise IndexStale(msg)


def place_of(settings: IndexSettings) -> str:
    """Return where the index is, for sentences: the folder, or the database without its password."""
    return shared_index(settings).place if settings.database_url else str(settings.index_dir)


def published_by(settings: IndexSettings) -> Callable[[], str | None]:
    """Return what tells, each time, which generation is published, None when none is.

    Raises:
        SettingsError: what reaches the database of the settings is not installed.
    """
    if settings.database_url:
        return shared_index(settings).published_id
    return IndexFiles(settings.index_dir).published_id


@contextmanager
def published_faults(settings: IndexSettings) -> Iterator[tuple[Generation, Iterator[str]]]:
    """Open the published generation, wherever it is kept, and what is untrue about it.

    Raises:
        CollectionError: nothing is published, or it cannot be opened.
    """
    index = IndexFiles(settings.index_dir)
    with ExitStack() as opened:
        if settings.database_url:
            generation, articles, _ = _open_texts(settings, opened)
            yield generation, _shared_faults(settings, index, generation, articles, opened)
            return
        from index.storage.verification import faults

        files = published_files(index)
        generation = read_manifest(index, files)  # what is damaged is told, not refused
        found = faults(files, generation)
        if settings.chroma_url:
            articles = opened.enter_context(closing(SqliteArticles.open(files.articles)))
            found = chain(found, _shared_faults(settings, index, generation, articles, opened))
        yield generation, found


def _shared_faults(
    settings: IndexSettings,
    index: IndexFiles,
    generation: Generation,
    articles: PublishedArticles,
    opened: ExitStack,
) -> Iterator[str]:
    from index.storage.shared_verification import text_faults, vector_faults

    if not isinstance(articles, SqliteArticles):
        yield from text_faults(articles, generation)
    vectors = opened.enter_context(closing(_open_vectors(settings, index, generation)))
    yield from vector_faults(vectors, articles, generation)


def open_articles(settings: IndexSettings) -> PublishedArticles:
    """Open the articles of the published generation alone: neither the model nor Chroma is needed.

    Raises:
        IndexMissing: nothing is published.
        IndexStale: another layout wrote it.
        IndexDamaged: its files cannot be read.
        IndexAway: the database that keeps them does not answer.
    """
    if settings.database_url:
        with closing(shared_index(settings)) as shared:
            return shared.open_published()[1]
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
    from index.coverage import Coverage, open_ledger
    from index.previous import previous_of
    from index.reading import SourceReader, processors
    from index.sources.web import read_web

    index, now, clock, rules = (
        IndexFiles(settings.index_dir),
        datetime.now(UTC),
        Clock(),
        reading_rules(settings),
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


def open_past_versions(settings: IndexSettings) -> PastVersions:
    """Open the versions of every article that was ever read into the index.

    Raises:
        IndexDamaged: the file is no such file.
        IndexMissing: the index is shared, and was built on another machine.
    """
    file = IndexFiles(settings.index_dir).past_versions
    if settings.database_url and not file.is_file():
        msg = f"Older versions stay with the machine that builds, in its index folder; {file} is not there: ask there."
        raise IndexMissing(msg)
    return PastVersions.open(file)


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
        ca_file=settings.fetch_ca_file,
    )
    with closing(FetchedPages.open(index.fetched_pages)) as pages:
        yield Fetcher(rules, pages)


@contextmanager
def kept_pages(settings: IndexSettings) -> Iterator[Callable[[str], Fetched | None]]:
    """Lend what gives the page of an address as it was fetched last, None where it is not kept."""
    from index.sources.fetching import FetchedPages

    path = IndexFiles(settings.index_dir).fetched_pages
    if not path.is_file():
        yield lambda _address: None
        return
    with closing(FetchedPages.open(path)) as pages:
        yield lambda address: found[0] if (found := pages.get(address)) else None


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
