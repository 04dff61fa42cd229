"""What was embedded is kept by its text, so that nothing is embedded twice."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from index.embedding.words_in_place import is_whole, packed
from index.storage.article_writing import text_digest
from index.storage.rows import digest
from index.storage.segments import PAGES, SCHEMA, EmbeddedRow, open_segment, rows_of, store_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from index.embedding.words_in_place import WordsInPlace
    from index.protocols import Embedder, Vectors

_LOG = logging.getLogger(__name__)
_OLDER = "DROP TABLE IF EXISTS vectors; DROP TABLE IF EXISTS passages;"  # what older versions kept


class ReadTexts(NamedTuple):
    """What texts came to, not all of it written down yet.

    Args:
        embedder_id: the model.
        digests: SHA-256 of each text.
        vectors: float32 (n, dimension) in the same order.
        made: what the model just made, by digest.
        known: digests of the packed words of those that were kept already, by digest.
        from_cache: how many texts were known already.
    """

    embedder_id: str
    digests: list[bytes]
    vectors: Vectors
    made: dict[bytes, tuple[Vectors, WordsInPlace]]
    known: dict[bytes, bytes]
    from_cache: int


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60, check_same_thread=False)
    try:
        # A build that is killed keeps every batch that it had embedded.
        connection.executescript(
            PAGES + "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _OLDER + SCHEMA
        )
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise sqlite3.DatabaseError(state)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class VectorCache:
    """(embedder_id, SHA-256 of the text) -> vector and words: of the running build, and of generations before it.

    What a build embeds is written to one SQLite file; when the build is published, that file becomes a segment of its
    generation, and nothing is written twice.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, segments: Sequence[Path] = ()) -> None:
        """Take a connection from :meth:`open`."""
        self._path = path
        self._db = connection
        self._segments = _opened(segments)
        self._shared: set[str] = set()
        self._lock = Lock()
        # Made by the model and not written down yet.
        self._waiting: dict[bytes, tuple[Vectors, WordsInPlace]] = {}

    @classmethod
    def open(cls, path: Path, segments: Sequence[Path] = ()) -> Self:
        """Open the cache, making it where it is missing, and anew where it is damaged: it is only a cache.

        Args:
            path: the file of what no generation has yet.
            segments: the files of generations that may know a text; a damaged one is left out.
        """
        try:
            return cls(path, _connected(path), segments)
        except sqlite3.OperationalError:  # the disk says no: another file would not do either
            raise
        except sqlite3.DatabaseError:
            _LOG.warning("the cache of vectors %s is damaged: what is in it is embedded anew", path)
            for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
                name.unlink(missing_ok=True)
            return cls(path, _connected(path), segments)

    def close(self) -> None:
        """Let go of the files."""
        self._db.close()
        for segment in self._segments.values():
            segment.close()

    def share(self, names: Iterable[str]) -> None:
        """Say which segments, by name, the new generation has: their rows need not be kept once more."""
        self._shared = set(names)

    def read(self, embedder: Embedder, texts: Sequence[str]) -> ReadTexts:
        """Return the passages' vectors, embedding only those that were never embedded.

        What is new is kept by :meth:`keep`, which another thread may do while this one reads on.

        Args:
            embedder: the model.
            texts: passages.
        """
        digests = [text_digest(text) for text in texts]
        with self._lock:
            vectors = {found: self._waiting[found][0] for found in digests if found in self._waiting}
            wanted = [found for found in digests if found not in vectors]
            known = self._known(embedder, wanted)
        vectors |= {found: np.frombuffer(row.vector, "<f4") for found, row in known.items()}
        from_cache = sum(found in vectors for found in digests)
        missing = {found: text for found, text in zip(digests, texts, strict=True) if found not in vectors}
        made: dict[bytes, tuple[Vectors, WordsInPlace]] = {}
        if missing:
            rows, words = embedder.read_passages(list(missing.values()))
            made = dict(zip(missing, zip(rows, words, strict=True), strict=True))
            vectors |= {found: row for found, (row, _) in made.items()}
            with self._lock:
                self._waiting |= made
        together = np.array([vectors[found] for found in digests], np.float32)
        together = together.reshape(-1, embedder.dimension)
        words_of_known = {found: digest(row.words) for found, row in known.items()}
        return ReadTexts(embedder.embedder_id, digests, together, made, words_of_known, from_cache)

    def keep(self, texts: ReadTexts) -> list[bytes]:
        """Write down what is new of texts that were read; return the digest of each text's packed words."""
        rows = {
            found: EmbeddedRow(vector.astype("<f4").tobytes(), packed(words))
            for found, (vector, words) in texts.made.items()
        }
        with self._lock:
            store_rows(self._db, texts.embedder_id, rows)
            for found in rows:
                self._waiting.pop(found, None)
            words = texts.known | {found: digest(row.words) for found, row in rows.items()}
            # The rest was being made for the batch before, and has been written down with it.
            before = rows_of(self._db, texts.embedder_id, (one for one in texts.digests if one not in words))
            words |= {found: digest(row.words) for found, row in before.items()}
        return [words[found] for found in texts.digests]

    def becomes(self, segment: Path) -> None:
        """Make the file of what is new a segment; nothing can be embedded any more.

        It is moved, not shared: what is published is never written to again.
        """
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.execute("PRAGMA journal_mode = DELETE")
        self.close()
        os.replace(self._path, segment)

    def count(self) -> int:
        """Return how many texts are new."""
        ((count,),) = self._db.execute("SELECT count(*) FROM embedded").fetchall()
        return int(count)

    def _known(self, embedder: Embedder, digests: Sequence[bytes]) -> dict[bytes, EmbeddedRow]:
        wanted = dict.fromkeys(digests)
        known = _whole(rows_of(self._db, embedder.embedder_id, wanted), embedder.dimension)
        for path, segment in list(self._segments.items()):
            missing = [found for found in wanted if found not in known]
            if not missing:
                break
            try:
                rows = _whole(rows_of(segment, embedder.embedder_id, missing), embedder.dimension)
            except sqlite3.Error as error:
                _LOG.warning("%s is damaged (%s): what is in it is embedded anew", path, error)
                self._segments.pop(path).close()
                continue
            if path.name not in self._shared:
                store_rows(self._db, embedder.embedder_id, rows)
            known |= rows
        return known


def rows_in(path: Path) -> int:
    """Return how many texts a segment holds, 0 where it cannot be read."""
    try:
        with closing(open_segment(path)) as db:
            ((count,),) = db.execute("SELECT count(*) FROM embedded").fetchall()
            return int(count)
    except sqlite3.Error:
        return 0


def _opened(segments: Sequence[Path]) -> dict[Path, sqlite3.Connection]:
    """Open each segment once, by its name: generations share them."""
    opened: dict[Path, sqlite3.Connection] = {}
    names: set[str] = set()
    for path in segments:
        if path.name in names:
            continue
        try:
            opened[path] = open_segment(path)
        except sqlite3.Error as error:
            _LOG.warning("%s is damaged (%s): what is in it is embedded anew", path, error)
            continue
        names.add(path.name)
    return opened


def _whole(rows: Mapping[bytes, EmbeddedRow], dimension: int) -> dict[bytes, EmbeddedRow]:
    """Leave out rows of another length than the model's: their texts are embedded anew."""
    return {
        text: row
        for text, row in rows.items()
        if len(row.vector) == 4 * dimension and is_whole(row.words, dimension)
    }
