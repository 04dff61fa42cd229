"""A cache of vectors, so that nothing is embedded twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.protocols import Embedder, Vectors

_LOG = logging.getLogger(__name__)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    embedder_id TEXT NOT NULL, text_sha256 BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (embedder_id, text_sha256)) WITHOUT ROWID;
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
    """(embedder_id, SHA-256 of the text) -> vector, in one SQLite file that outlives generations."""

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

    def embed(self, embedder: Embedder, texts: Sequence[str]) -> tuple[Vectors, int]:
        """Return the passages' vectors, embedding only those that were never embedded.

        Args:
            embedder: the model.
            texts: passages.

        Returns:
            float32 (n, dimension) in the order of ``texts``, and how many came from the cache.
        """
        digests = [hashlib.sha256(text.encode()).digest() for text in texts]
        known = self._known(embedder, digests)
        from_cache = sum(digest in known for digest in digests)
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if missing:
            vectors = embedder.embed_passages(list(missing.values()))
            self._store(embedder, missing, vectors)
            known |= dict(zip(missing, vectors, strict=True))
        rows = [known[digest] for digest in digests]
        return np.stack(rows) if rows else np.empty((0, embedder.dimension), np.float32), from_cache

    def _known(self, embedder: Embedder, digests: Sequence[bytes]) -> dict[bytes, Vectors]:
        known: dict[bytes, Vectors] = {}
        for digest in dict.fromkeys(digests):
            row = self._db.execute(
                "SELECT vector FROM vectors WHERE embedder_id = ? AND text_sha256 = ?",
                (embedder.embedder_id, digest),
            ).fetchone()
            # A vector of another length is a damaged row: the text is embedded anew.
            if row and len(row[0]) == 4 * embedder.dimension:
                known[digest] = np.frombuffer(row[0], dtype="<f4")
        return known

    def _store(self, embedder: Embedder, texts: dict[bytes, str], vectors: Vectors) -> None:
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [
                    (embedder.embedder_id, digest, vector.astype("<f4").tobytes())
                    for digest, vector in zip(texts, vectors, strict=True)
                ],
            )
