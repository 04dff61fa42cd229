"""Carries a generation that was built and verified here to where machines share it."""

from __future__ import annotations

import hashlib
import logging
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index.errors import CollectionError, IndexDamaged
from index.storage.chroma_server import ChromaServerVectors, collection_name, sweep_collections
from index.storage.vectors import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from index.generation import Generation
    from index.protocols import AllArticles, VectorStore, WordStore
    from index.storage.chroma_server import ChromaServer
    from index.storage.shared_build import SharedBuild
    from index.types import Article, Passage

SplitArticle: TypeAlias = "tuple[Article, tuple[Passage, ...]]"

_LOG = logging.getLogger(__name__)
_VECTORS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class BuiltGeneration:
    """A generation as it lies in the builder's own folder.

    Args:
        generation: its manifest.
        articles: articles and passages.
        words: the words of passages in place.
        vectors: their vectors.
    """

    generation: Generation
    articles: AllArticles
    words: WordStore
    vectors: VectorStore


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where machines share the index: a database, a Chroma server, or both.

    Args:
        identity: sets this index apart from others on the same Chroma server.
        build: the database, whose build lock is held; None where articles stay in the folder.
        chroma: the server of vectors; None where they stay in the folder.
    """

    identity: str
    build: SharedBuild | None
    chroma: ChromaServer | None

    def share(self, built: BuiltGeneration) -> None:
        """Write a generation where it is shared, and publish it there where the pointer is there.

        Vectors come first: when the pointer moves, everything that it points to is there.

        Args:
            built: what was built; only what the database does not hold yet is sent to it.

        Raises:
            IndexAway: a server does not answer; what is published stays.
            IndexNotWritable: it does not take more.
            IndexDamaged: what arrived is not what was sent.
        """
        if self.chroma:
            _share_vectors(self.chroma, self.identity, built)
        generation = built.generation
        if self.build and self.build.published_id() != generation.generation_id:
            shaping = f"{generation.layout} {generation.settings_sha256} {generation.embedder_id}"
            with self.build.generation(shaping) as writer:
                for article, passages in split_articles(built.articles):
                    writer.add(article, passages, built.words.packed_words)
                writer.finish(generation)

    def holds(self, generation: Generation) -> bool:
        """Tell whether a generation was shared.

        Raises:
            IndexAway: a server does not answer.
        """
        if self.build and self.build.published_id() != generation.generation_id:
            return False
        return not self.chroma or _holds_vectors(self.chroma, self.identity, generation)

    def sweep(self, keep: int, in_folder: Set[str]) -> None:
        """Remove what is older, but nothing that a bot has open; what cannot go now goes with the next build.

        Args:
            keep: generations that stay in the database.
            in_folder: those that stay in the folder, which count where there is no database.
        """
        try:
            if self.build:
                self.build.sweep(keep=keep)
            if self.chroma:
                kept = self.build.generation_ids() if self.build else in_folder
                sweep_collections(self.chroma, self.identity, kept)
        except CollectionError as error:  # the new generation is published, and that is what matters
            _LOG.warning("%s Older generations are removed with the next build.", error)


def split_articles(store: AllArticles) -> Iterator[SplitArticle]:
    """Yield each article of a store with its passages, never all at once.

    Raises:
        IndexDamaged: a passage belongs to no article.
    """
    passages = store.all_passages()
    following = next(passages, None)
    for article in store.articles():
        mine: list[Passage] = []
        while following is not None and following.article_id == article.article_id:
            mine.append(following)
            following = next(passages, None)
        yield article, tuple(mine)
    if following is not None:
        msg = f"Passage {following.passage_id} belongs to no article: build the index again."
        raise IndexDamaged(msg)


def _holds_vectors(chroma: ChromaServer, identity: str, generation: Generation) -> bool:
    try:
        store = ChromaServerVectors.open_on(chroma, collection_name(identity, generation.generation_id))
    except IndexDamaged:
        return False
    with closing(store):
        return store.written_sha256() is not None and store.count() == generation.passages


def _share_vectors(chroma: ChromaServer, identity: str, built: BuiltGeneration) -> None:
    if _holds_vectors(chroma, identity, built.generation):
        return
    name = collection_name(identity, built.generation.generation_id)
    pairs = ((a, passage) for a, passages in split_articles(built.articles) for passage in passages)
    digest = hashlib.sha256()
    with closing(ChromaServerVectors.create_on(chroma, name)) as store:
        for batch in _batches(pairs):
            names = [passage.passage_id for _, passage in batch]
            stored = built.vectors.vectors(names)
            vectors = np.stack([stored[passage_id] for passage_id in names])
            store.add(names, vectors, [facts_of(article, passage.span) for article, passage in batch])
            digest.update(vectors.tobytes())
        if store.count() != built.generation.passages:
            msg = f"The collection {name} holds {store.count()} vectors, not {built.generation.passages}."
            raise IndexDamaged(msg)
        store.finish(digest.hexdigest())


def _batches(pairs: Iterable[tuple[Article, Passage]]) -> Iterator[list[tuple[Article, Passage]]]:
    coming = iter(pairs)
    while batch := list(islice(coming, _VECTORS_AT_ONCE)):
        yield batch
