"""The database that machines share: how it is reached, its tables, and its errors made ours.

Articles and passages stand there once, however many generations hold them: a row counts for the generations
from ``since`` until before ``until``. A build adds and ends rows in one transaction and then moves the pointer,
so a reader of a generation sees the same rows whatever is built meanwhile.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from index.errors import IndexAway, IndexDamaged, IndexMissing, IndexNotWritable, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

# Raise it when tables of an older version can no longer be read: the next build makes them anew.
DATABASE_LAYOUT = 2
SCHEMA = "dateline"
# Advisory locks have two numbers: this one is ours, the other is a generation's, or 0 for the one build that runs.
LOCKS = 0x6461_7465
# Rows that did not change are not written again, so a build alone does not mend what was altered.
MEND = f"drop its schema (DROP SCHEMA {SCHEMA} CASCADE) and build the index again"
_SECONDS_TO_CONNECT = 5
_READ_MILLISECONDS = 20_000
# SQLSTATE classes and codes: no such table or schema, and what stands against writing.
_NO_TABLES = ("3F000", "42P01")
_NO_WRITING = ("53100", "25006", "42501")

# What SQLite finds by its full-text engine is found here by tables of our own stems, scored as SQLite scores.
# Words in place hold numbers that do not compress.
TABLES = f"""
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
CREATE SCHEMA {SCHEMA};
CREATE TABLE {SCHEMA}.generations (
    number integer PRIMARY KEY, generation_id text NOT NULL UNIQUE, manifest text NOT NULL,
    passages bigint NOT NULL, tokens bigint NOT NULL);
CREATE TABLE {SCHEMA}.collection (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), layout integer NOT NULL, identity text NOT NULL,
    current integer REFERENCES {SCHEMA}.generations);
CREATE TABLE {SCHEMA}.articles (
    article_key bigint PRIMARY KEY, article_id text NOT NULL,
    version_sha256 text NOT NULL, language text NOT NULL, publisher text, published_at double precision,
    facts text NOT NULL, text text NOT NULL, shaping text NOT NULL, row_sha256 bytea NOT NULL, since integer NOT NULL, until integer);
CREATE INDEX articles_by_id ON {SCHEMA}.articles (article_id);
CREATE TABLE {SCHEMA}.passages (
    passage_key bigint PRIMARY KEY, article_key bigint NOT NULL REFERENCES {SCHEMA}.articles ON DELETE CASCADE,
    passage_id text NOT NULL, ordinal integer NOT NULL, span_start integer NOT NULL, span_end integer NOT NULL,
    tokens integer NOT NULL, language text NOT NULL, words bytea NOT NULL);
ALTER TABLE {SCHEMA}.passages ALTER COLUMN words SET STORAGE EXTERNAL;
CREATE INDEX passages_by_id ON {SCHEMA}.passages (passage_id);
CREATE INDEX passages_by_article ON {SCHEMA}.passages (article_key, ordinal);
CREATE TABLE {SCHEMA}.stems (
    stem_key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stem text NOT NULL, language text NOT NULL,
    UNIQUE (stem, language));
CREATE TABLE {SCHEMA}.stem_places (
    stem_key integer NOT NULL, passage_key bigint NOT NULL, frequency real NOT NULL,
    PRIMARY KEY (stem_key, passage_key) INCLUDE (frequency));
CREATE TABLE {SCHEMA}.stem_counts (
    number integer NOT NULL REFERENCES {SCHEMA}.generations ON DELETE CASCADE, stem_key integer NOT NULL,
    passages bigint NOT NULL, PRIMARY KEY (number, stem_key));
"""


@dataclass(frozen=True, slots=True)
class Database:
    """Where the shared index lies; nothing is connected yet."""

    url: URL

    @classmethod
    def at(cls, address: str) -> Database:
        """Read an address, as ``postgresql://name:password@host:port/database``.

        Raises:
            SettingsError: it is none; it is not repeated, as it may hold a password.
        """
        try:
            return cls(make_url(address).set(drivername="postgresql+psycopg"))
        except (ArgumentError, ValueError):
            msg = "DATELINE_DATABASE_URL is no address of a database: postgresql://NAME:PASSWORD@HOST:PORT/DATABASE"
            raise SettingsError(msg) from None

    @property
    def place(self) -> str:
        """The server and the database, without who asks and the password."""
        return f"{self.url.host or 'localhost'}:{self.url.port or 5432}/{self.url.database or ''}"

    def engine(self, *, holding: int | None = None, is_writing: bool = False) -> Engine:
        """Return what connects, when it is first asked, and again after a connection was lost.

        Args:
            holding: number of a generation that no build may remove while a connection of this engine stands.
            is_writing: a build's statements take as long as they take; a question's do not.
        """
        waiting = 0 if is_writing else _READ_MILLISECONDS
        engine = create_engine(
            self.url,
            pool_size=2,
            max_overflow=0,
            pool_timeout=_SECONDS_TO_CONNECT,
            pool_pre_ping=True,
            hide_parameters=True,
            use_native_hstore=False,  # one question less with every connection
            connect_args={
                "connect_timeout": _SECONDS_TO_CONNECT,
                "application_name": "dateline",
                "options": f"-c search_path={SCHEMA} -c statement_timeout={waiting}",
                "keepalives_idle": 30,
                "tcp_user_timeout": 2 * _READ_MILLISECONDS,
            },
            **({} if is_writing else {"isolation_level": "AUTOCOMMIT"}),
        )
        if holding is not None:
            event.listen(engine, "connect", _hold(holding))
        return engine

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Make the database's errors ours, where it is read.

        Raises:
            IndexAway: it cannot be reached, or breaks off.
            IndexMissing: it holds no index.
            IndexDamaged: it holds another thing than an index.
        """
        try:
            yield
        except (OperationalError, InterfaceError, NoConnectionFree) as error:
            raise self._away(error) from error
        except DBAPIError as error:
            if sqlstate(error) in _NO_TABLES:
                msg = (
                    f"There is no index in the database {self.place}: build it with scripts/rebuild_index.py"
                )
                raise IndexMissing(msg) from error
            msg = f"The index in the database {self.place} cannot be read ({_reason(error)}): {MEND}."
            raise IndexDamaged(msg) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make the database's errors ours, where it is written.

        Raises:
            IndexNotWritable: its disk is full, it is read-only, or we may not write.
            IndexAway: it cannot be reached, or breaks off.
            IndexDamaged: it holds another thing than an index.
        """
        try:
            with self.reading():
                yield
        except (IndexAway, IndexDamaged) as error:
            if sqlstate(error.__cause__) in _NO_WRITING:
                msg = f"The database {self.place} cannot be written: {_reason(error.__cause__)}."
                raise IndexNotWritable(msg) from error
            raise

    def _away(self, error: Exception) -> IndexAway:
        return IndexAway(
            f"The database {self.place} does not answer ({_reason(error)}): see that it runs, and that "
            "DATELINE_DATABASE_URL names it and a person who may use it."
        )


def _hold(number: int) -> Any:
    """Return what makes each new connection hold a generation, so that a lost one is held again."""

    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", (LOCKS, number))
        cursor.close()
        connection.commit()

    return connected


def sqlstate(error: BaseException | None) -> str | None:
    """Return the SQLSTATE of what the database said, None where it said nothing."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def _reason(error: BaseException | None) -> str:
    """Return the first line of what went wrong; drivers name hosts and people in it, never a password."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0].strip(" .") if said else type(error).__name__
