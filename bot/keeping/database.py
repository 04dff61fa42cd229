"""The SQLite file of what the bot remembers: made, opened, and its errors told in one place."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bot.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA_VERSION = 1
# "Dtln": by it a file of ours is told from another program's.
_APPLICATION = 0x44746C6E
# Which answer a kept one digs further into, out of its record; SQLite finds the index by these very words.
FOLLOWS = (
    "CASE WHEN json_valid(CAST(record AS TEXT)) THEN json_extract(CAST(record AS TEXT), '$.follows') END"
)
# What older files of the same schema have not yet, and what they can do without.
_ADDED = f"CREATE INDEX IF NOT EXISTS answers_by_follows ON answers ({FOLLOWS})"
# An answer and what hangs on it go together. An article is written once, whichever answers quote it.
_SCHEMA = (
    "CREATE TABLE articles (article_sha256 TEXT PRIMARY KEY, article BLOB NOT NULL)",
    "CREATE TABLE answers (answer_key TEXT PRIMARY KEY, asked_at REAL NOT NULL, record BLOB NOT NULL)",
    "CREATE INDEX answers_by_moment ON answers (asked_at)",
    """CREATE TABLE answer_articles (
        answer_key TEXT NOT NULL REFERENCES answers ON DELETE CASCADE,
        article_sha256 TEXT NOT NULL REFERENCES articles,
        PRIMARY KEY (answer_key, article_sha256)) WITHOUT ROWID""",
    "CREATE INDEX answers_by_article ON answer_articles (article_sha256)",
    """CREATE TABLE places (
        place_id INTEGER NOT NULL, answer_key TEXT NOT NULL REFERENCES answers ON DELETE CASCADE,
        PRIMARY KEY (place_id, answer_key)) WITHOUT ROWID""",
    "CREATE INDEX places_by_answer ON places (answer_key)",
    """CREATE TABLE feedback (
        answer_key TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, person_hmac BLOB NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('helpful', 'not-helpful')),
        PRIMARY KEY (answer_key, person_hmac)) WITHOUT ROWID""",
    "CREATE TABLE guilds (guild_id INTEGER PRIMARY KEY, settings TEXT NOT NULL)",
    "CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE salt (value BLOB NOT NULL)",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
# A killed bot loses nothing that it had written; what is forgotten is overwritten, not only unlinked.
_MANNERS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
# Seconds to wait for another process's lock; Discord wants to be answered within three.
_PATIENCE = 2.0
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SALT_BYTES = 32
_UNNAMED = "the file of DATELINE_STATE_FILE"


def open_database(path: Path) -> sqlite3.Connection:
    """Open what the bot remembers, and make the file where there is none, for its owner alone.

    The connection belongs to the thread that opens it: the event loop's. Its statements are so small
    that nobody waits for them.

    Raises:
        StateError: the file cannot be opened or written, is damaged, another program's, or a newer Dateline's.
    """
    with remembering(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
        database = sqlite3.connect(path, timeout=_PATIENCE)
        try:
            is_empty = _is_empty(database, path)
            for manner in _MANNERS:
                database.execute(manner)
            if is_empty:
                _make_tables(database)
            _refuse_damage(database, path)
            database.execute(_ADDED)
        except (sqlite3.Error, StateError):
            database.close()
            raise
    return database


def read_database(path: Path) -> sqlite3.Connection | None:
    """Open what a bot remembers to read it, beside a running bot too; None where that is nothing yet.

    Raises:
        StateError: the file cannot be read, is damaged, another program's, or a newer Dateline's.
    """
    with remembering(path):
        if not path.exists():
            return None
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
        try:
            is_empty = _is_empty(database, path)
            _refuse_damage(database, path)
        except (sqlite3.Error, StateError):
            database.close()
            raise
    if is_empty:
        database.close()
        return None
    return database


@contextmanager
def remembering(path: Path | None = None) -> Iterator[None]:
    """Turn what SQLite and the disk say into the sentence that a person reads.

    Args:
        path: the file; None where only its setting is known.

    Raises:
        StateError: something was said.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            raise damaged(error, path) from error
        msg = (
            f"What the bot remembers, {path or _UNNAMED}, cannot be opened or written ({error}):"
            " see that it belongs to the bot and that the disk has room."
        )
        raise StateError(msg) from error


def damaged(fault: object, path: Path | None = None) -> StateError:
    """Return the error that says what to do about a damaged file.

    Args:
        fault: what was found.
        path: the file; None where only its setting is known.
    """
    return StateError(
        f"What the bot remembers, {path or _UNNAMED}, is damaged ({fault}): move the file away,"
        " with those of the same name that end in -wal and -shm, and a new one is begun."
    )


def salt(database: sqlite3.Connection) -> bytes:
    """Return what people's digests are keyed with: random, and made with the file.

    Raises:
        StateError: it cannot be read, or is gone.
    """
    with remembering():
        row = database.execute("SELECT value FROM salt").fetchone()
    if row is None:
        msg = "it holds no salt"
        raise damaged(msg)
    value: bytes = row[0]
    return value


def _is_empty(database: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the file holds nothing yet, and refuse what is not ours to change."""
    ((tables,),) = database.execute("SELECT count(*) FROM sqlite_master")
    ((application,),) = database.execute("PRAGMA application_id")
    ((version,),) = database.execute("PRAGMA user_version")
    if not tables and not application and not version:
        return True
    if application != _APPLICATION:
        msg = f"{path} belongs to another program: set DATELINE_STATE_FILE to another file."
        raise StateError(msg)
    if version > SCHEMA_VERSION:
        msg = (
            f"{path} was written by a newer Dateline (schema {version}, this one knows {SCHEMA_VERSION}):"
            " run the newer one, or move the file away."
        )
        raise StateError(msg)
    return False


def _make_tables(database: sqlite3.Connection) -> None:
    """Make all tables or none: a bot may be killed, or two be started, at any moment."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        if database.execute("SELECT 1 FROM sqlite_master").fetchone():
            return
        for statement in _SCHEMA:
            database.execute(statement)
        database.execute("INSERT INTO salt VALUES (?)", (secrets.token_bytes(_SALT_BYTES),))


def _refuse_damage(database: sqlite3.Connection, path: Path) -> None:
    ((state,),) = database.execute("PRAGMA quick_check(1)")
    if state != "ok":
        raise damaged(state, path)
