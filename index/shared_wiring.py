"""Puts together what machines share; part of :mod:`index.wiring`, and asked only where the settings name a server."""

from __future__ import annotations

import secrets
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from index.errors import IndexNotWritable, SettingsError
from index.storage.articles import SqliteArticles
from index.storage.words import SqliteWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.build import Share
    from index.generation import Generation
    from index.settings import IndexSettings
    from index.sharing import BuiltGeneration, Sharing
    from index.storage.chroma_server import ChromaServer, ChromaServerVectors
    from index.storage.database import Database
    from index.storage.layout import GenerationFiles, IndexFiles
    from index.storage.shared_index import SharedIndex

# Beside the generations of a folder whose vectors are on a server.
_IDENTITY = "chroma-identity"


def shared_index(settings: IndexSettings) -> SharedIndex:
    """Return the index in the database of the settings; nothing is connected yet.

    Raises:
        SettingsError: no database is named, or what reaches it is not installed.
    """
    database = _database(settings)
    from index.storage.shared_index import SharedIndex

    return SharedIndex(database)


def shared_vectors(settings: IndexSettings, index: IndexFiles, generation: Generation) -> ChromaServerVectors:
    """Open the vectors of a generation on the Chroma server of the settings.

    Raises:
        IndexAway: it does not answer.
        IndexDamaged: it does not hold them.
    """
    from index.storage.chroma_server import ChromaServerVectors, collection_name

    name = collection_name(_identity(settings, index), generation.generation_id)
    return ChromaServerVectors.open_on(_chroma(settings), name)


@contextmanager
def sharing(settings: IndexSettings, index: IndexFiles, patience: float) -> Iterator[Sharing | None]:
    """Open what a build carries its generation to, None where nothing is shared.

    Args:
        settings: name the servers.
        index: the builder's own folder.
        patience: seconds to wait for another build on another machine.

    Raises:
        IndexAway: a server does not answer.
        IndexNotWritable: another build holds the database, or it may not be written.
        SettingsError: what reaches the database is not installed.
    """
    if not (settings.database_url or settings.chroma_url):
        yield None
        return
    from index.sharing import Sharing

    chroma = _chroma(settings) if settings.chroma_url else None
    if chroma:
        chroma.check()  # before hours of embedding, not after
    with ExitStack() as opened:
        build = None
        if settings.database_url:
            database = _database(settings)
            from index.storage.shared_build import building

            build = opened.enter_context(building(database, patience=patience))
        yield Sharing(build.identity() if build else _identity_of(index), build, chroma)


@contextmanager
def built_generation(files: GenerationFiles, generation: Generation) -> Iterator[BuiltGeneration]:
    """Open a generation in the builder's own folder, to carry it elsewhere.

    Raises:
        IndexDamaged: its files cannot be read.
    """
    from index.sharing import BuiltGeneration
    from index.storage.vectors import ChromaVectors

    with ExitStack() as opened:
        articles = opened.enter_context(closing(SqliteArticles.open(files.articles)))
        words = SqliteWords.open(files.words, generation.embedder_id, articles.text_digests)
        yield BuiltGeneration(
            generation,
            articles,
            opened.enter_context(closing(words)),
            opened.enter_context(closing(ChromaVectors.open(files.vectors))),
        )


def share_with(shared: Sharing | None) -> Share | None:
    """Return what carries a draft to where machines share it."""
    if shared is None:
        return None

    def share(draft: GenerationFiles, generation: Generation) -> None:
        with built_generation(draft, generation) as built:
            shared.share(built)

    return share


def finish_sharing(index: IndexFiles, shared: Sharing, generation: Generation, *, keep: int) -> None:
    """Share what was published here alone, before there were servers or by a build that changed nothing; sweep.

    Args:
        index: the builder's own folder.
        shared: where machines share.
        generation: the published one.
        keep: generations that stay where they are shared, the published one included.
    """
    published = index.generation(generation.generation_id)
    if not shared.holds(generation):
        with built_generation(published, generation) as built:
            shared.share(built)
    shared.sweep(keep, {folder.name for folder in published.folder.parent.iterdir()})


def _database(settings: IndexSettings) -> Database:
    try:
        from index.storage.database import Database
    except ModuleNotFoundError as error:
        msg = (
            f"DATELINE_DATABASE_URL needs {error.name}, which is not installed: "
            "pip install -e '.[shared]' -c scripts/constraints.txt"
        )
        raise SettingsError(msg) from error
    if settings.database_url is None:
        msg = "DATELINE_DATABASE_URL names no database."
        raise SettingsError(msg)
    return Database.at(settings.database_url.get_secret_value())


def _chroma(settings: IndexSettings) -> ChromaServer:
    from index.storage.chroma_server import ChromaServer

    token = settings.chroma_token.get_secret_value() if settings.chroma_token else None
    return ChromaServer(settings.chroma_url or "", token)


def _identity(settings: IndexSettings, index: IndexFiles) -> str:
    if settings.database_url is None:
        return _identity_of(index)
    with closing(shared_index(settings)) as shared:
        return shared.identity()


def _identity_of(index: IndexFiles) -> str:
    """Return the name of a folder on a Chroma server, giving it one where it has none."""
    file = index.folder / _IDENTITY
    try:
        if not file.exists():
            file.write_text(secrets.token_hex(4) + "\n", encoding="utf-8")
        return file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        msg = f"The file {file} cannot be read or written ({type(error).__name__})."
        raise IndexNotWritable(msg) from error
