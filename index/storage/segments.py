"""What was embedded, by its text: immutable SQLite files that generations share by hard links.

A segment holds the vector and the words of many texts. A generation lists those that together hold all of its
texts; a new one takes over the files of the one before, and adds one of what is new.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from index.storage.rows import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

# A passage's words are some sixteen kilobytes: larger pages than usual keep one together.
PAGES = "PRAGMA page_size = 16384;"
SCHEMA = """
CREATE TABLE IF NOT EXISTS embedded (
    embedder_id TEXT NOT NULL, text_sha256 BLOB NOT NULL, vector BLOB NOT NULL, words BLOB NOT NULL,
    row_digest BLOB NOT NULL, PRIMARY KEY (embedder_id, text_sha256));
"""
SUFFIX = ".db"
_UNFINISHED = ".new"
# Dead rows are carried along while they are fewer than this share of a segment.
_DEAD = 1 / 3


class EmbeddedRow(NamedTuple):
    """What one text came to: its vector's bytes, float32 little-endian, and its packed words."""

    vector: bytes
    words: bytes


def row_digest(row: EmbeddedRow) -> bytes:
    """Return what proves that a row is as it was written."""
    return digest(row.vector, row.words)


def open_segment(path: Path) -> sqlite3.Connection:
    """Open a published segment, which nobody changes any more, to read.

    Raises:
        sqlite3.Error: there is no such file, or it is none.
    """
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        connection.execute("SELECT embedder_id FROM embedded LIMIT 1").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def create_segment(path: Path) -> sqlite3.Connection:
    """Make a new file to write rows to; it is used only when it is whole, so a journal would save nothing."""
    connection = sqlite3.connect(path.resolve().as_uri(), uri=True)
    connection.executescript(PAGES + "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
    return connection


def store_rows(db: sqlite3.Connection, embedder_id: str, rows: Mapping[bytes, EmbeddedRow]) -> None:
    """Write what texts came to, by the digests of the texts."""
    with db:
        db.executemany(
            "INSERT OR REPLACE INTO embedded VALUES (?, ?, ?, ?, ?)",
            [(embedder_id, text, *row, row_digest(row)) for text, row in rows.items()],
        )


def rows_of(db: sqlite3.Connection, embedder_id: str, digests: Iterable[bytes]) -> dict[bytes, EmbeddedRow]:
    """Return the rows of those texts that are there and as they were written.

    Raises:
        sqlite3.Error: the file is damaged.
    """
    found: dict[bytes, EmbeddedRow] = {}
    for text in digests:
        fetched = db.execute(
            "SELECT vector, words, row_digest FROM embedded WHERE embedder_id = ? AND text_sha256 = ?",
            (embedder_id, text),
        ).fetchone()
        if fetched and row_digest(row := EmbeddedRow(*fetched[:2])) == fetched[2]:
            found[text] = row
    return found


def link(source: Path, target: Path) -> None:
    """Share a file that nobody changes any more; copy it where the disk cannot share."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def live_count(path: Path, articles: Path) -> tuple[int, int]:
    """Return how many texts a segment holds, and how many of them a file of articles needs."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        db.execute("ATTACH ? AS here", (f"{articles.resolve().as_uri()}?mode=ro",))
        ((rows,),) = db.execute("SELECT count(*) FROM embedded").fetchall()
        ((live,),) = db.execute(
            "SELECT count(*) FROM embedded WHERE text_sha256 IN (SELECT text_sha256 FROM here.passages)"
        ).fetchall()
    return rows, live


def merged(paths: Sequence[Path], into: Path, articles: Path, embedder_id: str) -> None:
    """Write one segment of those rows of several that a file of articles needs.

    Args:
        paths: the segments; each must be closed.
        into: the new file; it has its name when it is whole.
        articles: the file of articles whose texts are live.
        embedder_id: rows of other models are left behind.
    """
    unfinished = into.with_suffix(_UNFINISHED)
    unfinished.unlink(missing_ok=True)
    with closing(create_segment(unfinished)) as db:
        db.execute("ATTACH ? AS here", (f"{articles.resolve().as_uri()}?mode=ro",))
        for path in paths:
            db.execute("ATTACH ? AS old", (f"{path.resolve().as_uri()}?mode=ro",))
            db.execute(
                "INSERT OR IGNORE INTO embedded SELECT * FROM old.embedded WHERE embedder_id = ?"
                " AND text_sha256 IN (SELECT text_sha256 FROM here.passages)",
                (embedder_id,),
            )
            db.commit()
            db.execute("DETACH old")
    os.replace(unfinished, into)


def to_merge(sizes: Sequence[int]) -> int:
    """Return how many of the last segments become one, so that there are few and each row is seldom copied.

    Args:
        sizes: rows of each segment, the oldest first.
    """
    count, together = 1, sizes[-1] if sizes else 0
    while count < len(sizes) and sizes[-count - 1] < 2 * together:
        together += sizes[-count - 1]
        count += 1
    return count


def is_mostly_dead(rows: int, live: int) -> bool:
    """Tell whether a segment is worth writing anew without its dead rows."""
    return rows - live > _DEAD * rows


def segments_in(folder: Path) -> list[Path]:
    """Return the finished segments of a folder, in order of their names."""
    with suppress(FileNotFoundError):
        return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    return []
