"""The words of passages where they stand, packed, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from index.errors import IndexDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# A passage's words are some ten kilobytes: larger pages than usual keep one together.
_SCHEMA = """
PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE passage_words (passage_id TEXT PRIMARY KEY, words BLOB NOT NULL);
"""


class SqliteWords:
    """The packed words of one generation's passages."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection from :meth:`create` or :meth:`open`."""
        self._db = connection

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new file to write to; it is published only when it is whole, so it keeps no journal."""
        connection = sqlite3.connect(path, check_same_thread=False)
        connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a published file, which nobody changes any more, to read.

        Raises:
            IndexDamaged: there is no such file, or it holds no words.
        """
        with _reading():
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            try:
                connection.execute("SELECT passage_id FROM passage_words LIMIT 1").fetchone()
            except sqlite3.Error:
                connection.close()
                raise
        return cls(connection)

    def close(self) -> None:
        """Write what is pending and let go of the file."""
        self._db.commit()
        self._db.close()

    def add(self, passage_ids: Sequence[str], packed_words: Sequence[bytes]) -> None:
        """Store the words of passages."""
        self._db.executemany(
            "INSERT INTO passage_words VALUES (?, ?)", zip(passage_ids, packed_words, strict=True)
        )

    def packed_words(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Return the stored words of those ids that are there.

        Raises:
            IndexDamaged: they cannot be read.
        """
        with _reading():
            found = self._db.execute(
                "SELECT passage_id, words FROM passage_words"
                " WHERE passage_id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(passage_ids)),),
            )
            return dict(found.fetchall())

    def count(self) -> int:
        """Return of how many passages words are stored.

        Raises:
            IndexDamaged: they cannot be counted.
        """
        with _reading():
            ((count,),) = self._db.execute("SELECT count(*) FROM passage_words").fetchall()
            return int(count)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        msg = f"The words of the passages cannot be read ({type(error).__name__}): build the index again."
        raise IndexDamaged(msg) from error
