"""The only place that talks to Chroma."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index.errors import IndexDamaged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

    from index.protocols import PassageFacts, Vectors
    from index.types import Article, Query

_COLLECTION = "passages"
# Vectors have length one, so the inner product is the cosine, and Chroma keeps them bit for bit.
# ef_search stays above the number of candidates that a question asks for.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "ip", "ef_construction": 128, "ef_search": 256, "max_neighbors": 24}
}


class ChromaVectors:
    """The vectors of one generation in Chroma's embedded store.

    Chroma's folder belongs to one writing process; a published one is only read.
    """

    def __init__(self, client: ClientAPI, collection: Collection) -> None:
        """Take what :meth:`create` or :meth:`open` made."""
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make a new store in ``folder``."""
        client = _client(folder)
        return cls(
            client,
            client.create_collection(_COLLECTION, configuration=_CONFIGURATION, embedding_function=None),
        )

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store that :meth:`create` made.

        Raises:
            IndexDamaged: it is not there or cannot be read.
        """
        if not (folder / "chroma.sqlite3").is_file():  # Chroma would make an empty one
            msg = f"The vectors in {folder} are missing: build the index again."
            raise IndexDamaged(msg)
        try:
            client = _client(folder)
            return cls(client, client.get_collection(_COLLECTION, embedding_function=None))
        except (ChromaError, ValueError) as error:
            msg = f"The vectors in {folder} cannot be opened ({type(error).__name__}): build the index again."
            raise IndexDamaged(msg) from error

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()  # type: ignore[attr-defined]  # on the client, not yet on its interface

    def add(self, passage_ids: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> None:
        """Store vectors (n, dimension) with the facts that a search may be narrowed by."""
        size = self._client.get_max_batch_size()
        for start in range(0, len(passage_ids), size):
            batch = slice(start, start + size)
            self._collection.add(
                ids=list(passage_ids[batch]),
                embeddings=vectors[batch],
                metadatas=[dict(fact) or None for fact in facts[batch]],  # type: ignore[misc]  # None is what Chroma wants for "no facts"
            )

    def nearest(self, vector: Vectors, top_k: int, query: Query) -> dict[str, float]:
        """Return at most ``top_k`` passage ids with their cosine, narrowed by the query's filters."""
        found = self._collection.query(
            query_embeddings=vector[np.newaxis], n_results=top_k, where=_filters(query), include=["distances"]
        )
        distances = found["distances"] or [[]]
        return {name: 1.0 - distance for name, distance in zip(found["ids"][0], distances[0], strict=True)}

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the stored vectors of those ids that are there."""
        found = self._collection.get(ids=list(passage_ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    def count(self) -> int:
        """Return how many vectors are stored."""
        return self._collection.count()


def facts_of(article: Article) -> PassageFacts:
    """Return what a search may be narrowed by; what the article does not say is left out."""
    facts: dict[str, str | int] = {}
    if article.publisher:
        facts["publisher"] = article.publisher
    if article.published_at:
        facts["published_at"] = int(article.published_at.timestamp())
    return facts


def _client(folder: Path) -> ClientAPI:
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _filters(query: Query) -> Any:
    conditions: list[dict[str, Any]] = []
    if query.published_from:
        conditions.append({"published_at": {"$gte": int(query.published_from.timestamp())}})
    if query.published_to:
        conditions.append({"published_at": {"$lte": int(query.published_to.timestamp())}})
    if query.publishers:
        conditions.append({"publisher": {"$in": list(query.publishers)}})
    return {"$and": conditions} if len(conditions) > 1 else (conditions[0] if conditions else None)
