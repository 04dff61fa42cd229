"""Vectors on a Chroma server: as in a folder, and with a sentence for every way in which a server can be away."""

from __future__ import annotations

import socket
import traceback
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import pytest

from index.errors import IndexAway, IndexDamaged
from index.storage import chroma_server as module
from index.storage.chroma_server import (
    ChromaServer,
    ChromaServerVectors,
    collection_name,
    sweep_collections,
)
from tests.contracts.vector_store import FACTS, NAMES, MakeVectors, VectorStoreContract, unit_rows
from tests.factories import make_query
from tests.servers.chroma import RunningChroma
from tests.servers.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.protocols import PassageFacts, Vectors, VectorStore

pytestmark = pytest.mark.slow

_NUMBERS = count(1)
_TOKEN = "geheim-token-7"  # noqa: S105  # nobody's


def _identity() -> str:
    return f"test{next(_NUMBERS)}"


@pytest.fixture(scope="module")
def server(chroma_server: RunningChroma) -> ChromaServer:
    """Return where the running server is."""
    return ChromaServer(chroma_server.url)


class TestChromaServerVectors(VectorStoreContract):
    """The same contract as the embedded store's."""

    @pytest.fixture(scope="class")
    @classmethod
    def store_of(cls, chroma_server: RunningChroma) -> Iterator[MakeVectors]:
        """Return what fills a collection."""
        made: list[ChromaServerVectors] = []

        def make(names: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> VectorStore:
            store = ChromaServerVectors.create_on(
                ChromaServer(chroma_server.url), collection_name(_identity(), "contract")
            )
            made.append(store)
            store.add(names, vectors, facts)
            return store

        yield make
        for store in made:
            store.close()


class TestCollections:
    """One collection a generation, of one index among others."""

    def test_what_one_wrote_another_reads(self, server: ChromaServer) -> None:
        """A builder writes, and bots on other machines read the same bits."""
        name = collection_name(_identity(), "g1")
        with closing(ChromaServerVectors.create_on(server, name)) as store:
            store.add(NAMES, unit_rows(len(NAMES)), FACTS)
        with closing(ChromaServerVectors.open_on(server, name)) as store:
            assert store.vectors(["p4"])["p4"].tobytes() == unit_rows(len(NAMES))[4].tobytes()
            assert store.facts(NAMES) == dict(zip(NAMES, FACTS, strict=True))

    def test_a_collection_that_is_not_there_is_named(self, server: ChromaServer) -> None:
        """The generation is published, but somebody emptied the server."""
        name = collection_name(_identity(), "g1")
        with pytest.raises(IndexDamaged, match=name):
            ChromaServerVectors.open_on(server, name)

    def test_one_left_half_written_is_begun_anew(self, server: ChromaServer) -> None:
        """A build that was killed must not leave vectors among those of the next."""
        name = collection_name(_identity(), "g1")
        with closing(ChromaServerVectors.create_on(server, name)) as store:
            store.add(NAMES, unit_rows(len(NAMES)), FACTS)
        with closing(ChromaServerVectors.create_on(server, name)) as store:
            assert store.count() == 0

    def test_only_ours_and_only_old_ones_go(self, server: ChromaServer) -> None:
        """Several indexes may use one server; none may lose what another one's housekeeping drops."""
        ours, theirs = _identity(), _identity()
        for identity, generation in ((ours, "g1"), (ours, "g2"), (theirs, "g1")):
            ChromaServerVectors.create_on(server, collection_name(identity, generation)).close()
        sweep_collections(server, ours, {"g2"})
        for identity, generation in ((ours, "g2"), (theirs, "g1")):
            ChromaServerVectors.open_on(server, collection_name(identity, generation)).close()
        with pytest.raises(IndexDamaged):
            ChromaServerVectors.open_on(server, collection_name(ours, "g1"))

    def test_a_collection_dropped_under_a_reader_is_named(self, server: ChromaServer) -> None:
        """A traceback of Chroma would tell nobody what to do."""
        identity = _identity()
        with closing(ChromaServerVectors.create_on(server, collection_name(identity, "g1"))) as store:
            sweep_collections(server, identity, set())
            with pytest.raises(IndexDamaged, match="build the index again"):
                store.nearest(unit_rows(1)[0], 3, make_query())


class TestAway:
    """Every way in which a server can be away."""

    def test_nobody_listens(self) -> None:
        """The sentence names the address, the command and the setting."""
        server = ChromaServer(f"http://127.0.0.1:{free_port()}")
        with pytest.raises(IndexAway, match=r"127\.0\.0\.1.*chroma run.*DATELINE_CHROMA_URL"):
            ChromaServerVectors.open_on(server, "dateline-x-g1")

    def test_one_that_says_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A firewall that swallows everything must not hold a person for ever, as Chroma's client would."""
        monkeypatch.setattr(module, "_SECONDS", httpx.Timeout(0.2))
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            server = ChromaServer(f"http://127.0.0.1:{silent.getsockname()[1]}")
            with pytest.raises(IndexAway, match="ReadTimeout"):
                server.check()

    def test_a_proxy_that_answers_in_its_place(self) -> None:
        """“502 Bad Gateway” is no damaged index; and the token is in no sentence and no traceback."""
        with closing(_proxy()) as proxy:
            server = ChromaServer(f"http://127.0.0.1:{proxy.server_port}", _TOKEN)
            with pytest.raises(IndexAway) as caught:
                ChromaServerVectors.open_on(server, "dateline-x-g1")
        assert _TOKEN not in "".join(traceback.format_exception(caught.value))
        assert _TOKEN not in repr(server)
        assert proxy.tokens == {_TOKEN}

    def test_one_that_hung_or_was_stopped_answers_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every question has a time-out; and a server started anew must not need every bot to be started anew."""
        monkeypatch.setattr(module, "_SECONDS_TO_ASK", httpx.Timeout(3))
        running = RunningChroma()
        try:
            running.start()
            running.wait()
            server, question = ChromaServer(running.url), unit_rows(1)[0]
            with closing(ChromaServerVectors.create_on(server, "dateline-x-g1")) as written:
                written.add(NAMES, unit_rows(len(NAMES)), FACTS)
            with closing(ChromaServerVectors.open_on(server, "dateline-x-g1")) as store:
                with running.hanging(), pytest.raises(IndexAway, match="Timeout"):
                    store.nearest(question, 3, make_query())
                running.stop()
                with pytest.raises(IndexAway, match="does not answer"):
                    store.nearest(question, 3, make_query())
                running.start()
                running.wait()
                assert store.nearest(question, 1, make_query()) == {"p0": pytest.approx(1.0)}
        finally:
            running.remove()


class _Proxy(HTTPServer):
    """Answers in the place of a server that is down, and notes what tokens it is shown."""

    def __init__(self) -> None:
        """Listen."""
        super().__init__(("127.0.0.1", 0), _BadGateway)
        self.tokens: set[str | None] = set()

    def close(self) -> None:
        """Stop listening."""
        self.shutdown()
        self.server_close()


class _BadGateway(BaseHTTPRequestHandler):
    server: _Proxy

    def do_GET(self) -> None:
        """Say what proxies say."""
        self.server.tokens.add(self.headers.get("x-chroma-token"))
        self.send_error(502)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        """Say nothing."""


def _proxy() -> _Proxy:
    proxy = _Proxy()
    Thread(target=proxy.serve_forever, daemon=True).start()
    return proxy
