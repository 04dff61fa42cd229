"""Vectors on a Chroma server, or on a cluster of them, which speaks the same language."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings
from chromadb.errors import ChromaError, NotFoundError

from index.errors import IndexAway, IndexDamaged
from index.storage.vectors import CONFIGURATION, ChromaVectors

if TYPE_CHECKING:
    from collections.abc import Collection as Names
    from collections.abc import Iterator, Sequence

    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

    from index.protocols import PassageFacts, Vectors
    from index.types import Query

_PREFIX = "dateline"
_PORTS = {"http": 8000, "https": 443}
# A sign of life and a question wait so long; a batch of vectors takes longer to write.
_SECONDS = httpx.Timeout(5)
_SECONDS_TO_ASK = httpx.Timeout(20, connect=5)
_SECONDS_TO_WRITE = httpx.Timeout(300, connect=5)


@dataclass(frozen=True, slots=True, repr=False)
class ChromaServer:
    """Where a server is, and as whom it is asked.

    Args:
        url: ``http://host:port``, or ``https://host/tenant/database`` where the default ones are not meant.
        token: what the server wants to see, if it does.
    """

    url: str
    token: str | None = None

    def check(self) -> None:
        """Ask the server for a sign of life.

        Raises:
            IndexAway: it gives none.
        """
        with self.asking():
            # Chroma's client has no time-out of its own, and is already asking when it can be given one.
            httpx.get(self._heartbeat, headers=self._headers, timeout=_SECONDS).raise_for_status()

    @property
    def _heartbeat(self) -> str:
        place = urlsplit(self.url)
        return f"{place.scheme}://{place.hostname}:{place.port or _PORTS[place.scheme]}/api/v2/heartbeat"

    @property
    def _headers(self) -> dict[str, str]:
        return {"x-chroma-token": self.token} if self.token else {}

    def client(self, timeout: httpx.Timeout) -> ClientAPI:
        """Connect.

        Raises:
            IndexAway: it does not answer, or lets nobody in.
        """
        place = urlsplit(self.url)
        names = place.path.strip("/").split("/")
        tenant, database = names if len(names) == 2 else (DEFAULT_TENANT, DEFAULT_DATABASE)
        self.check()
        with self.asking():
            client = chromadb.HttpClient(
                host=place.hostname or "",
                port=place.port or _PORTS[place.scheme],
                ssl=place.scheme == "https",
                headers=self._headers,
                settings=Settings(anonymized_telemetry=False),
                tenant=tenant,
                database=database,
            )
        for session in _sessions(client):
            session.timeout = timeout
        return client

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Make what goes wrong on the way ours.

        Raises:
            IndexAway: the server does not answer, or a proxy answers in its place.
        """
        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._away(type(error).__name__) from error
        except ValueError as error:  # so Chroma calls a server that it cannot reach when it connects
            raise self._away("no Chroma there") from error
        except ChromaError as error:
            raise self._away(error.name()) from error
        except Exception as error:
            if type(error) is not Exception:  # so Chroma calls an answer that is not Chroma's
                raise
            raise self._away("not Chroma's answer") from error

    def _away(self, reason: str) -> IndexAway:
        return IndexAway(
            f"The Chroma server {self.url} does not answer ({reason}): see that it runs (chroma run), and that "
            "DATELINE_CHROMA_URL names it."
        )


def _sessions(client: ClientAPI) -> tuple[httpx.Client, ...]:
    """Return what a client asks by, itself and to look up its database: without a time-out, and never closed."""
    asking: Any = client  # it offers no other way
    return tuple(one._server._session for one in (asking, asking._admin_client))  # noqa: SLF001


def _close(client: ClientAPI) -> None:
    client.close()  # type: ignore[attr-defined]  # on the client, not yet on its interface
    for session in _sessions(client):
        session.close()


def collection_name(identity: str, generation_id: str) -> str:
    """Return what the collection of a generation is called.

    Args:
        identity: of the index, so that several may use one server.
        generation_id: of the generation.
    """
    return f"{_PREFIX}-{identity}-{generation_id}"


class ChromaServerVectors(ChromaVectors):
    """The vectors of one generation: a collection of a server."""

    def __init__(self, server: ChromaServer, client: ClientAPI, collection: Collection) -> None:
        """Take what :meth:`create_on` or :meth:`open_on` made."""
        super().__init__(client, collection)
        self._server = server

    @classmethod
    def create_on(cls, server: ChromaServer, name: str) -> Self:
        """Make a collection, in the place of one that was left half written.

        Raises:
            IndexAway: the server does not answer, or makes none.
        """
        client = server.client(_SECONDS_TO_WRITE)
        try:
            with server.asking():
                if any(collection.name == name for collection in client.list_collections()):
                    client.delete_collection(name)
                made = client.create_collection(name, configuration=CONFIGURATION, embedding_function=None)
        except IndexAway:
            _close(client)
            raise
        return cls(server, client, made)

    @classmethod
    def open_on(cls, server: ChromaServer, name: str) -> Self:
        """Open a collection.

        Raises:
            IndexAway: the server does not answer.
            IndexDamaged: it has no such collection.
        """
        client = server.client(_SECONDS_TO_ASK)
        try:
            with server.asking():
                return cls(server, client, client.get_collection(name, embedding_function=None))
        except IndexAway as error:
            _close(client)
            if isinstance(error.__cause__, NotFoundError):
                msg = f"The Chroma server {server.url} has no collection {name}: build the index again."
                raise IndexDamaged(msg) from error
            raise

    def close(self) -> None:
        """Let go of the connection."""
        _close(self._client)

    def add(self, passage_ids: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> None:
        """Store vectors as :meth:`ChromaVectors.add` does.

        Raises:
            IndexAway: the server does not answer.
            IndexNotWritable: it does not take them.
        """
        with self._server.asking():
            super().add(passage_ids, vectors, facts)

    def finish(self, vectors_sha256: str) -> None:
        """Note the digest of all vectors, so that they can be proved later.

        Raises:
            IndexAway: the server does not answer.
        """
        with self._server.asking():
            self._collection.modify(metadata={"vectors_sha256": vectors_sha256})

    def nearest(self, vector: Vectors, top_k: int, query: Query) -> dict[str, float]:
        """Return the nearest as :meth:`ChromaVectors.nearest` does.

        Raises:
            IndexAway: the server does not answer.
            IndexDamaged: it cannot read the vectors.
        """
        with self._server.asking():
            return super().nearest(vector, top_k, query)

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return stored vectors as :meth:`ChromaVectors.vectors` does. Raises what :meth:`nearest` raises."""
        with self._server.asking():
            return super().vectors(passage_ids)

    def facts(self, passage_ids: Sequence[str]) -> dict[str, PassageFacts]:
        """Return stored facts as :meth:`ChromaVectors.facts` does. Raises what :meth:`nearest` raises."""
        with self._server.asking():
            return super().facts(passage_ids)

    def count(self) -> int:
        """Return how many vectors are stored. Raises what :meth:`nearest` raises."""
        with self._server.asking():
            return super().count()


def sweep_collections(server: ChromaServer, identity: str, keep: Names[str]) -> None:
    """Drop the collections of an index whose generations are no longer kept.

    Args:
        server: where they are.
        identity: of the index; collections of others are not touched.
        keep: ids of the generations that are kept.

    Raises:
        IndexAway: the server does not answer; what is left goes with the next build.
    """
    client = server.client(_SECONDS_TO_WRITE)
    kept = {collection_name(identity, generation_id) for generation_id in keep}
    try:
        with server.asking():
            for collection in client.list_collections():
                if collection.name.startswith(collection_name(identity, "")) and collection.name not in kept:
                    client.delete_collection(collection.name)
    finally:
        _close(client)
