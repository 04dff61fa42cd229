"""A cache of vectors and of words in place, so that nothing is embedded twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np

from index.embedding.words_in_place import is_whole, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from index.protocols import Embedder, Vectors

_Row: TypeAlias = "tuple[Vectors, bytes]"
_LOG = logging.getLogger(__name__)
_SCHEMA = """
DROP TABLE IF EXISTS vectors;  -- what an older version kept: vectors alone
CREATE TABLE IF NOT EXISTS passages (
    embedder_id TEXT NOT NULL, text_sha256 BLOB NOT NULL, vector BLOB NOT NULL, words BLOB NOT NULL,
    PRIMARY KEY (embedder_id, text_sha256));
"""


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        # A build that is killed keeps every batch that it had embedded.
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _SCHEMA)
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise sqlite3.DatabaseError(state)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class VectorCache:
    """(embedder_id, SHA-256 of the text) -> vector and words, in one SQLite file that outlives generations."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection from :meth:`open`."""
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the cache, making it where it is missing, and anew where it is damaged: it is only a cache."""
        try:
            return cls(_connected(path))
        except sqlite3.OperationalError:  # the disk says no: another file would not do either
            raise
        except sqlite3.DatabaseError:
            _LOG.warning("the cache of vectors %s is damaged: everything is embedded anew", path)
            path.unlink()
            return cls(_connected(path))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def embed(self, embedder: Embedder, texts: Sequence[str]) -> tuple[Vectors, list[bytes], int]:
        """Return the passages' vectors and words, embedding only those that were never embedded.

        Args:
            embedder: the model.
            texts: passages.

        Returns:
            float32 (n, dimension) in the order of ``texts``; the packed words of each; and how many
            came from the cache.
        """
        digests = [hashlib.sha256(text.encode()).digest() for text in texts]
        known = self._known(embedder, digests)
        from_cache = sum(digest in known for digest in digests)
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if missing:
            vectors, words = embedder.read_passages(list(missing.values()))
            made = list(zip(vectors, map(packed, words), strict=True))
            self._store(embedder, missing, made)
            known |= dict(zip(missing, made, strict=True))
        rows = [known[digest] for digest in digests]
        together = (
            np.stack([row for row, _ in rows]) if rows else np.empty((0, embedder.dimension), np.float32)
        )
        return together, [words for _, words in rows], from_cache

    def _known(self, embedder: Embedder, digests: Sequence[bytes]) -> dict[bytes, _Row]:
        known: dict[bytes, _Row] = {}
        for digest in dict.fromkeys(digests):
            row = self._db.execute(
                "SELECT vector, words FROM passages WHERE embedder_id = ? AND text_sha256 = ?",
                (embedder.embedder_id, digest),
            ).fetchone()
            # A vector of another length is a damaged row: the text is embedded anew.
            if row and len(row[0]) == 4 * embedder.dimension and is_whole(row[1], embedder.dimension):
                known[digest] = np.frombuffer(row[0], dtype="<f4"), row[1]
        return known

    def _store(self, embedder: Embedder, digests: Iterable[bytes], rows: Sequence[_Row]) -> None:
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO passages VALUES (?, ?, ?, ?)",
                [
                    (embedder.embedder_id, digest, vector.astype("<f4").tobytes(), words)
                    for digest, (vector, words) in zip(digests, rows, strict=True)
                ],
            )
