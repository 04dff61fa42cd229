"""The database in trouble: every fault has a sentence, no sentence has a password, and what was cut off comes back."""

from __future__ import annotations

import socket
import traceback
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: pip install -e '.[shared]'")

from sqlalchemy import text

from index.errors import CollectionError, IndexAway, IndexDamaged, IndexMissing, IndexNotWritable, IndexStale
from index.storage import database as database_module
from index.storage.database import Database
from index.storage.shared_build import building
from index.storage.shared_index import SharedIndex
from tests.contracts.article_store import BRIDGE, HARBOUR, with_passages
from tests.factories import make_query
from tests.servers.postgres import PASSWORD, free_port
from tests.servers.shared import publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.postgres import PostgresServer


@pytest.fixture(scope="module")
def address(postgres: PostgresServer) -> str:
    """Return the address of a database with a generation of one article."""
    made = postgres.make_database("trouble")
    publish(Database.at(made), [with_passages(BRIDGE)])
    return made


@pytest.fixture
def database(address: str) -> Database:
    """Return that database."""
    return Database.at(address)


def _alter(database: Database, statement: str) -> None:
    engine = database.engine()
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@contextmanager
def _said(kind: type[CollectionError], *parts: str) -> Iterator[None]:
    """Expect an error whose sentence says so much, and no password, not even in its traceback."""
    with pytest.raises(kind) as caught:
        yield
    assert all(part in str(caught.value) for part in parts), caught.value
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


class TestFaults:
    """What a person reads when it does not work."""

    def test_nobody_listens(self, postgres: PostgresServer) -> None:
        """A server that is not started must be told from an index that is not built."""
        with closing(SharedIndex(Database.at(postgres.address(port=free_port())))) as shared:
            with _said(IndexAway, "does not answer", "DATELINE_DATABASE_URL"):
                shared.published_id()
            with _said(IndexAway, "does not answer"):
                shared.open_published()

    def test_a_wrong_password(self, postgres: PostgresServer) -> None:
        """The reason is named, the password is not."""
        shared = SharedIndex(Database.at(postgres.address(password=PASSWORD + "x")))
        with closing(shared), _said(IndexAway, "password authentication failed"):
            shared.published_id()

    def test_a_database_that_is_not_there(self, postgres: PostgresServer) -> None:
        """A misspelt name is named."""
        shared = SharedIndex(Database.at(postgres.address("nowhere")))
        with closing(shared), _said(IndexAway, "nowhere"):
            shared.published_id()

    def test_a_server_that_says_nothing(
        self, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A firewall that swallows everything must not hold a person for minutes."""
        monkeypatch.setattr(database_module, "_SECONDS_TO_CONNECT", 2)
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            port = silent.getsockname()[1]
            with closing(SharedIndex(Database.at(postgres.address(port=port)))) as shared, _said(IndexAway):
                shared.published_id()

    def test_an_empty_database_holds_no_index(self, postgres: PostgresServer) -> None:
        """Nothing was built yet: that is no fault, and opening says what builds it."""
        with closing(SharedIndex(Database.at(postgres.make_database("nothing")))) as shared:
            assert shared.published_id() is None
            with _said(IndexMissing, "rebuild_index.py"):
                shared.open_published()

    def test_another_encoding_is_refused_before_anything_is_written(self, postgres: PostgresServer) -> None:
        """Half the letters of the coverage would not fit in."""
        database = Database.at(postgres.make_database("latin", encoding="LATIN1"))
        with _said(IndexNotWritable, "LATIN1", "UTF8"), building(database, patience=1):
            pass

    def test_somebody_who_may_only_read(self, database: Database) -> None:
        """Bots need no right to write, and a build by their name is refused with the reason."""
        name = database.url.set(username="reader", password=PASSWORD)
        for statement in (
            f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'",
            "GRANT USAGE ON SCHEMA dateline TO reader",
            "GRANT SELECT ON ALL TABLES IN SCHEMA dateline TO reader",
        ):
            _alter(database, statement)
        with closing(SharedIndex(Database(name))) as shared, closing(shared.open_published()[1]) as articles:
            assert articles.article(BRIDGE.article_id) == BRIDGE
        with _said(IndexNotWritable, "permission denied"):
            publish(Database(name), [with_passages(HARBOUR)])

    def test_two_builds_do_not_meet(self, database: Database) -> None:
        """A builder on another machine waits, and says what it waited for."""
        second = building(database, patience=0)
        with building(database, patience=1), _said(IndexNotWritable, "Another build"):
            second.__enter__()

    def test_a_builder_that_is_cut_off_publishes_nothing(self, database: Database) -> None:
        """Its lock went with its connection, so another build may already be writing."""
        with closing(SharedIndex(database)) as shared:
            before = shared.published_id()
            with _said(IndexAway), building(database, patience=1) as build:
                _cut_off(database)
                with build.generation("cut off") as writer:
                    writer.add(*with_passages(HARBOUR), lambda names: dict.fromkeys(names, b""))
            assert shared.published_id() == before
        publish(database, [with_passages(BRIDGE)])

    def test_tables_of_another_shape_are_named(self, postgres: PostgresServer) -> None:
        """A person may have been at the tables."""
        database = Database.at(postgres.make_database("reshaped"))
        publish(database, [with_passages(BRIDGE)])
        _alter(database, "ALTER TABLE articles RENAME COLUMN facts TO matters")
        with _said(IndexDamaged, "facts", "DROP SCHEMA"):
            _read(database)

    @pytest.mark.parametrize(
        ("statement", "kind"),
        [
            ("UPDATE collection SET layout = 99", IndexStale),
            ("UPDATE generations SET manifest = '{}'", IndexDamaged),
            (
                "UPDATE generations SET manifest = regexp_replace(manifest, '(layout.{2})[0-9]+', '\\1 99')",
                IndexStale,
            ),
            ("UPDATE articles SET facts = '[]'", IndexDamaged),
            ("DROP TABLE collection", IndexMissing),
        ],
    )
    def test_what_was_altered_is_named_and_built_anew(
        self, database: Database, statement: str, kind: type[CollectionError]
    ) -> None:
        """Another version, or a person, may have been at the tables; the next build mends it."""
        _alter(database, statement)
        with _said(kind):
            _read(database)
        if (
            kind is IndexDamaged
        ):  # rows that did not change are not written again: the sentence says what to do
            _alter(database, "DROP SCHEMA dateline CASCADE")
        publish(database, [with_passages(BRIDGE)], keep=1)
        _read(database)


class TestComingBack:
    """What was cut off answers again by itself."""

    def test_a_lost_connection_is_made_again(self, database: Database) -> None:
        """A database that is started anew must not need every bot to be started anew."""
        with closing(SharedIndex(database)) as shared, closing(shared.open_published()[1]) as articles:
            assert articles.search(make_query("pont"), 5)
            _cut_off(database)
            assert articles.search(make_query("pont"), 5)
            assert shared.published_id()

    def test_a_generation_is_held_again(self, database: Database) -> None:
        """Its lock went with the connection: a build must not remove what the bot still answers from."""
        with closing(SharedIndex(database)) as shared, closing(shared.open_published()[1]) as articles:
            _cut_off(database)
            assert articles.article(BRIDGE.article_id) == BRIDGE
            publish(database, [with_passages(HARBOUR)], keep=1)
            assert articles.is_there()
        publish(database, [with_passages(BRIDGE)], keep=1)


def _read(database: Database) -> None:
    with closing(SharedIndex(database)) as shared, closing(shared.open_published()[1]) as articles:
        assert articles.article(BRIDGE.article_id) == BRIDGE


def _cut_off(database: Database) -> None:
    """End every connection but the one that says so."""
    _alter(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dateline'"
        " AND pid <> pg_backend_pid() AND datname = current_database()",
    )
