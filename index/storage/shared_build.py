"""Builds in the index that machines share: one at a time, published in one step, swept without haste."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from index.errors import IndexAway, IndexNotWritable
from index.storage.database import DATABASE_LAYOUT, LOCKS, SCHEMA, TABLES, sqlstate
from index.storage.postgres_writer import PostgresWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from index.storage.database import Database

# The lock of the one build that runs; every other number is a generation's.
_BUILD = 0
_LOCK_NOT_AVAILABLE = "55P03"
# Rows that count for none of the generations that are left.
_NOBODYS = f"""
NOT EXISTS (SELECT FROM {SCHEMA}.generations
    WHERE number >= since AND (until IS NULL OR number < until))
"""
_FORGET = (
    f"""
    DELETE FROM {SCHEMA}.stem_places USING {SCHEMA}.passages, {SCHEMA}.articles
    WHERE stem_places.passage_key = passages.passage_key
        AND passages.article_key = articles.article_key AND {_NOBODYS}
    """,
    f"DELETE FROM {SCHEMA}.articles WHERE {_NOBODYS}",
    f"""
    DELETE FROM {SCHEMA}.stems WHERE NOT EXISTS
        (SELECT FROM {SCHEMA}.stem_counts WHERE stem_counts.stem_key = stems.stem_key)
    """,
)


class SharedBuild:
    """What the build that holds the lock may do; made by :func:`building`."""

    def __init__(self, database: Database, engine: Engine, connection: Connection) -> None:
        """Keep the connection that holds the lock: were it lost, nothing more could be written by it."""
        self._database = database
        self._engine = engine
        self._connection = connection

    @contextmanager
    def generation(self, shaping: str) -> Iterator[PostgresWriter]:
        """Write a generation, and publish it when the block ends well.

        Readers see nothing of it before, and everything at once then; when the block raises, or this process or the
        server dies, nothing of it stays.

        Args:
            shaping: what else than an article's text shapes its rows.

        Raises:
            IndexNotWritable: the database may not be written, or its disk is full.
            IndexAway: it does not answer.
            IndexDamaged: what was written is not what was meant.
        """
        with self._database.writing(), self._connection.begin():
            ((before,),) = self._connection.execute(text(f"SELECT current FROM {SCHEMA}.collection"))
            writer = PostgresWriter(self._connection, (before or 0) + 1, before, shaping)
            yield writer
            self._connection.execute(
                text(f"UPDATE {SCHEMA}.collection SET current = :number"), {"number": writer.number}
            )

    def identity(self) -> str:
        """Return the name that sets this index apart from others on the same Chroma server."""
        return str(self._scalars(f"SELECT identity FROM {SCHEMA}.collection")[0])

    def generation_ids(self) -> set[str]:
        """Return the generations that are kept."""
        return set(self._scalars(f"SELECT generation_id FROM {SCHEMA}.generations"))

    def published_id(self) -> str | None:
        """Return the id of the published generation, None where there is none."""
        published = (
            f"SELECT generation_id FROM {SCHEMA}.collection JOIN {SCHEMA}.generations ON current = number"
        )
        return next(iter(self._scalars(published)), None)

    def _scalars(self, statement: str) -> list[str]:
        with self._database.writing(), self._connection.begin():
            return [str(value) for value in self._connection.execute(text(statement)).scalars()]

    def sweep(self, *, keep: int) -> None:
        """Remove all but the newest generations, except those that somebody has open.

        Args:
            keep: how many stay, the published one among them; at least 1.

        Raises:
            IndexAway: the database does not answer; what is left goes with the next build.
        """
        with self._database.writing():
            with self._connection.begin():
                free = self._free(keep)
                self._connection.execute(
                    text(f"DELETE FROM {SCHEMA}.generations WHERE number = ANY (:free)"), {"free": free}
                )
                for statement in _FORGET if free else ():
                    self._connection.execute(text(statement))
            # Full text is read from its index alone where the database knows that all rows are settled.
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as vacuuming:
                vacuuming.execute(text(f"VACUUM {SCHEMA}.stem_places, {SCHEMA}.passages, {SCHEMA}.articles"))

    def _free(self, keep: int) -> list[int]:
        """Return the older generations that nobody has open; they stay locked until the transaction ends."""
        older = text(f"SELECT number FROM {SCHEMA}.generations ORDER BY number DESC OFFSET :keep")
        numbers = [number for (number,) in self._connection.execute(older, {"keep": keep})]
        lock = text("SELECT pg_try_advisory_xact_lock(:ours, :number)")
        return [
            number
            for number in numbers
            if self._connection.execute(lock, {"ours": LOCKS, "number": number}).scalar_one()
        ]


@contextmanager
def building(database: Database, *, patience: float) -> Iterator[SharedBuild]:
    """Hold the lock of the one build that runs, making the tables where they are not there.

    Args:
        database: where they are.
        patience: seconds to wait for another build.

    Raises:
        IndexAway: the database does not answer.
        IndexNotWritable: another build holds it, or it may not be written.
    """
    engine = database.engine(is_writing=True)
    try:
        with database.writing():
            connection = engine.connect()
        with connection:
            _take_lock(database, connection, patience)
            with database.writing(), connection.begin():
                _make_tables(database, connection)
            yield SharedBuild(database, engine, connection)
    finally:
        engine.dispose()


def _take_lock(database: Database, connection: Connection, patience: float) -> None:
    milliseconds = max(1, int(1000 * patience))  # 0 would be for ever
    try:
        with database.writing(), connection.begin():
            connection.execute(text(f"SET lock_timeout = {milliseconds}"))
            connection.execute(
                text("SELECT pg_advisory_lock(:ours, :build)"), {"ours": LOCKS, "build": _BUILD}
            )
            connection.execute(text("SET lock_timeout = 0"))
    except IndexAway as error:
        if sqlstate(error.__cause__) != _LOCK_NOT_AVAILABLE:
            raise
        msg = f"Another build holds the database {database.place}: wait until it ends, or stop it."
        raise IndexNotWritable(msg) from error


def _make_tables(database: Database, connection: Connection) -> None:
    ((encoding,),) = connection.execute(text("SHOW server_encoding"))
    if encoding != "UTF8":
        msg = f"The database {database.place} keeps {encoding}: make one with ENCODING 'UTF8'."
        raise IndexNotWritable(msg)
    if connection.execute(text(f"SELECT to_regclass('{SCHEMA}.collection')")).scalar() is not None:
        layout = connection.execute(text(f"SELECT layout FROM {SCHEMA}.collection")).scalar()
        if layout == DATABASE_LAYOUT:
            return
    for statement in TABLES.strip().rstrip(";").split(";\n"):
        connection.execute(text(statement))
    connection.execute(
        text(f"INSERT INTO {SCHEMA}.collection (layout, identity) VALUES (:layout, :identity)"),
        {"layout": DATABASE_LAYOUT, "identity": secrets.token_hex(4)},
    )
