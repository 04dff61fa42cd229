"""The only place that talks to Chroma."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index.errors import IndexDamaged, IndexNotWritable
from index.storage.vector_rows import VectorRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

    from index.protocols import PassageFacts, Vectors
    from index.types import Article, Query, Span

_Searched: TypeAlias = "Callable[[Vectors, int], dict[str, float]]"

_COLLECTION = "passages"
_MOST_IDS = 2000
_ROWS = "rows"
# A filtered search fetches this many times what it needs if the filter does not know the question.
_MARGIN = 2
# Looking at so many rows costs what fetching one more from Chroma costs.
_ROWS_FOR_ONE_FETCHED = 26
# Vectors have length one, so the inner product is the cosine, and Chroma keeps them bit for bit.
# ef_search stays above the number of candidates that a question asks for.
CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {
        "space": "ip",
        "ef_construction": 128,
        "ef_search": 256,
        "max_neighbors": 24,
        # The graph is kept after each batch. A smaller one than the threshold Chroma never keeps: it makes the files
        # anew whenever it opens them, cuts them short where the disk is full, and says nothing.
        "batch_size": 2,
        "sync_threshold": 2,
    }
}


class ChromaVectors:
    """The vectors of one generation in Chroma's embedded store.

    Chroma's folder belongs to one writing process; a published one is only read.
    """

    def __init__(self, client: ClientAPI, collection: Collection, rows: VectorRows | None = None) -> None:
        """Take what :meth:`create` or :meth:`open` made; without rows Chroma alone narrows a search."""
        self._client = client
        self._collection = collection
        self._rows = rows

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make a new store in ``folder``.

        Raises:
            IndexNotWritable: the folder cannot be written.
        """
        with _writing():
            client = _client(folder)
            collection = client.create_collection(
                _COLLECTION, configuration=CONFIGURATION, embedding_function=None
            )
            return cls(client, collection, VectorRows.create(folder / _ROWS))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store that :meth:`create` made.

        Raises:
            IndexDamaged: it is not there or cannot be read.
        """
        if not (folder / "chroma.sqlite3").is_file():  # Chroma would make an empty one
            msg = f"The vectors in {folder} are missing: build the index again."
            raise IndexDamaged(msg)
        with _reading():
            client = _client(folder)
            rows = None
            try:
                rows = VectorRows.open(folder / _ROWS)
                collection = client.get_collection(_COLLECTION, embedding_function=None)
                # Without its graph Chroma searches what is left in its database and says nothing; one
                # vector asked for shows it. The first question loads the graph anyway.
                collection.get(limit=1, include=["embeddings"])
            except BaseException:  # panics too; what cannot be opened is tried again, and must not pile up
                if rows:
                    rows.close()
                client.close()  # type: ignore[attr-defined]  # on the client, not yet on its interface
                raise
            return cls(client, collection, rows)

    def close(self) -> None:
        """Let go of the files.

        Raises:
            IndexNotWritable: what was added last cannot be written.
        """
        try:
            if self._rows:
                with _writing():
                    self._rows.close()
        finally:
            self._client.close()  # type: ignore[attr-defined]  # on the client, not yet on its interface

    def add(self, passage_ids: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> None:
        """Store vectors (n, dimension) with the facts that a search may be narrowed by.

        Raises:
            IndexNotWritable: the disk is full, or an id comes twice. (One that is stored already is skipped.)
        """
        with _writing():
            for batch in self._batches(len(passage_ids)):
                self._collection.add(
                    ids=list(passage_ids[batch]),
                    embeddings=vectors[batch],
                    metadatas=[dict(fact) or None for fact in facts[batch]],  # type: ignore[misc]  # None is what Chroma wants for "no facts"
                )
            if self._rows and len(passage_ids):
                self._rows.add(passage_ids, vectors, facts)

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Take vectors out.

        Raises:
            IndexNotWritable: the disk is full.
        """
        with _writing():
            for batch in self._batches(len(passage_ids)):
                self._collection.delete(ids=list(passage_ids[batch]))
            if self._rows:
                self._rows.remove(passage_ids)

    def nearest(self, vector: Vectors, top_k: int, query: Query) -> dict[str, float]:
        """Return at most ``top_k`` passage ids with their cosine, narrowed by the query's filters.

        Raises:
            IndexDamaged: the vectors cannot be read.
        """
        if top_k < 1:
            return {}
        with _reading():
            if self._rows and query.is_filtered:
                return _narrowed(self._rows, self._searched, vector, top_k, query)
            return self._searched(vector, top_k, _filters(query))

    def exact(self, vector: Vectors, top_k: int, query: Query) -> tuple[dict[str, float], int]:
        """Return the nearest of all that pass, each looked at, and how many pass: what a search is measured by.

        Raises:
            IndexDamaged: the vectors cannot be read.
        """
        with _reading():
            if self._rows is None:
                msg = "there are no rows beside Chroma"
                raise LookupError(msg)
            rows = np.flatnonzero(self._rows.passing(query))
            return self._rows.nearest(vector, top_k, rows), len(rows)

    def _searched(self, vector: Vectors, top_k: int, where: Any = None) -> dict[str, float]:
        found = self._collection.query(
            query_embeddings=vector[np.newaxis], n_results=top_k, where=where, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return {name: 1.0 - distance for name, distance in zip(found["ids"][0], distances[0], strict=True)}

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the stored vectors of those ids that are there.

        Raises:
            IndexDamaged: the vectors cannot be read.
        """
        with _reading():
            return self._rows.vectors(passage_ids) if self._rows else self._indexed(passage_ids)

    def _indexed(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors that Chroma's graph holds."""
        stored: dict[str, Vectors] = {}
        with _reading():
            for batch in self._batches(len(passage_ids)):
                found = self._collection.get(ids=list(passage_ids[batch]), include=["embeddings"])
                rows = np.asarray(found["embeddings"], dtype=np.float32)
                stored.update(zip(found["ids"], rows, strict=True))
        return stored

    def facts(self, passage_ids: Sequence[str]) -> dict[str, PassageFacts]:
        """Return the stored facts of those ids that are there.

        Raises:
            IndexDamaged: they cannot be read.
        """
        stored: dict[str, PassageFacts] = {}
        with _reading():
            for batch in self._batches(len(passage_ids)):
                found = self._collection.get(ids=list(passage_ids[batch]), include=["metadatas"])
                facts = [dict(fact or {}) for fact in found["metadatas"] or []]
                stored.update(zip(found["ids"], facts, strict=True))  # type: ignore[arg-type]  # we store no other kind of fact
        return stored

    def written_sha256(self) -> str | None:
        """Return the digest that was noted when all vectors were written, None where none was."""
        noted = (self._collection.metadata or {}).get("vectors_sha256")
        return None if noted is None else str(noted)

    def at_odds(self, passage_ids: Sequence[str]) -> list[str]:
        """Return those ids of which Chroma and the rows beside it do not hold the same vector and facts.

        Raises:
            IndexDamaged: they cannot be read.
        """
        if self._rows is None:
            return []
        with _reading():
            vectors, indexed = self._rows.vectors(passage_ids), self._indexed(passage_ids)
            facts, stored = self._rows.facts(passage_ids), self.facts(passage_ids)
        return [
            name
            for name in passage_ids
            if facts.get(name) != stored.get(name)
            or (name in vectors) != (name in indexed)
            or (name in vectors and vectors[name].tobytes() != indexed[name].tobytes())
        ]

    def count(self) -> int:
        """Return how many vectors are stored.

        Raises:
            IndexDamaged: they cannot be counted.
        """
        with _reading():
            return self._collection.count()

    def rows_count(self) -> int:
        """Return how many rows are beside Chroma's vectors, or of these where there are none beside.

        Raises:
            IndexDamaged: they cannot be counted.
        """
        with _reading():
            return self._rows.count() if self._rows else self._collection.count()

    def _batches(self, count: int) -> Iterator[slice]:
        """Chroma takes so many ids at once and no more; and none it takes for "all"."""
        size = min(_MOST_IDS, self._client.get_max_batch_size())
        return (slice(start, min(start + size, count)) for start in range(0, count, size))


def facts_of(article: Article, span: Span) -> PassageFacts:
    """Return what a search may be narrowed by; what the article does not say is left out.

    Args:
        article: whose passage it is.
        span: of the passage: it may be in another language than most of the article.
    """
    facts: dict[str, str | float] = {"language": article.language_of(span)}
    if article.publisher:
        facts["publisher"] = article.publisher
    if article.published_at:
        facts["published_at"] = article.published_at.timestamp()
    return facts


def _narrowed(
    rows: VectorRows, searched: _Searched, vector: Vectors, top_k: int, query: Query
) -> dict[str, float]:
    """Search among what passes the filters, in the cheaper of two ways.

    Chroma evaluates a filter in its database to a list of all ids that pass, looks each up and hands them
    to its graph, which costs more the more pass, ten times an unfiltered search of 100,000. Here many
    that pass are found in an unfiltered search that fetches more, and few are all looked at.
    """
    passes = rows.passing(query)
    passing = int(np.count_nonzero(passes))
    fetched = math.ceil(_MARGIN * top_k * len(passes) / max(passing, 1))
    if passing > _ROWS_FOR_ONE_FETCHED * fetched:
        found = searched(vector, fetched)
        row_of = rows.rows_of(found)
        kept = [(name, cosine) for name, cosine in found.items() if name in row_of and passes[row_of[name]]]
        if len(kept) >= top_k:
            return dict(kept[:top_k])
    return rows.nearest(vector, top_k, np.flatnonzero(passes))


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except (ChromaError, OSError) as error:
        msg = f"The vectors cannot be written ({error}): is the disk full or read-only?"
        raise IndexNotWritable(msg) from error


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    # A damaged file of its own is a ValueError to Chroma; one of the rows may be missing.
    except (ChromaError, OSError, LookupError, TypeError, ValueError) as error:
        raise _damaged(error) from error
    except BaseException as error:
        # Chroma's compiled half panics over some damage; that class cannot be imported, and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(error) from error


def _damaged(error: BaseException) -> IndexDamaged:
    return IndexDamaged(f"The vectors cannot be read ({type(error).__name__}): build the index again.")


def _client(folder: Path) -> ClientAPI:
    try:
        return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    except BaseException:
        _forget(str(folder))
        raise


def _forget(folder: str) -> None:
    """Make Chroma forget what it could not start: it would take that for started the next time.

    Chroma has one system a folder, shared and counted by its clients; only one that nobody uses is forgotten.
    """
    if folder not in SharedSystemClient._identifier_to_refcount:  # noqa: SLF001  # it offers to forget all alone
        SharedSystemClient._identifier_to_system.pop(folder, None)  # noqa: SLF001


def _filters(query: Query) -> Any:
    conditions: list[dict[str, Any]] = []
    if query.published_from:
        conditions.append({"published_at": {"$gte": query.published_from.timestamp()}})
    if query.published_to:
        conditions.append({"published_at": {"$lte": query.published_to.timestamp()}})
    if query.publishers:
        conditions.append({"publisher": {"$in": list(query.publishers)}})
    if query.languages:
        conditions.append({"language": {"$in": list(query.languages)}})
    return {"$and": conditions} if len(conditions) > 1 else (conditions[0] if conditions else None)
