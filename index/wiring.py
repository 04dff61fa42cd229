"""The only place of the collection where parts are made and put together; builds have :mod:`index.build_wiring`."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from index.embedding.bundled_model import EMBEDDER_ID, unpacked_model
from index.embedding.onnx_model import OnnxEmbedder
from index.embedding.sentence_transformers_model import SentenceTransformersEmbedder
from index.errors import IndexMissing, IndexStale
from index.retrieval.retriever import HybridRetriever
from index.settings import BUNDLED
from index.shared_wiring import shared_index, shared_vectors
from index.storage.articles import SqliteArticles
from index.storage.layout import IndexFiles, open_published, published_files, read_manifest, rebuild_command
from index.storage.past_versions import PastVersions
from index.storage.words import SqliteWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from index.generation import Generation
    from index.protocols import Embedder
    from index.settings import IndexSettings
    from index.sources.fetching import Fetched
    from index.sources.kinds import ReadingRules
    from index.storage.postgres_articles import PostgresArticles
    from index.storage.vectors import ChromaVectors

    PublishedArticles: TypeAlias = SqliteArticles | PostgresArticles
    PublishedWords: TypeAlias = SqliteWords | PostgresArticles


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
def kept_pages(settings: IndexSettings) -> Iterator[Callable[[str], Fetched | None]]:
    """Lend what gives the page of an address as it was fetched last, None where it is not kept."""
    from index.sources.fetching import FetchedPages

    path = IndexFiles(settings.index_dir).fetched_pages
    if not path.is_file():
        yield lambda _address: None
        return
    with closing(FetchedPages.open(path)) as pages:
        yield lambda address: found[0] if (found := pages.get(address)) else None
