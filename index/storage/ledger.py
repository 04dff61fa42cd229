"""What was read of each source, in one SQLite file that goes from generation to generation.

What did not change need not be read again. The articles themselves are not in it: those just read lie in a second
file, which lives as long as the build.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, NamedTuple, Self

from index.sources.repetition import FEWEST, PageEvidence, repeated_on
from index.storage.settling import ORDERED, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from index.sources.taking import Finished, Taken

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (file TEXT PRIMARY KEY, stamp TEXT, sha256 BLOB, page TEXT);
CREATE TABLE IF NOT EXISTS page_outlets (
    outlet TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (outlet, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outlets_by_file ON page_outlets (file);
CREATE TABLE IF NOT EXISTS outlets (outlet TEXT PRIMARY KEY, lines TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS records (
    file TEXT NOT NULL, number INTEGER NOT NULL, piece BLOB, name TEXT NOT NULL,
    raw_status TEXT NOT NULL, raw_reason TEXT, status TEXT NOT NULL, reason TEXT, is_open INTEGER NOT NULL,
    article_id TEXT, row_digest BLOB, story BLOB, words BLOB, changed_at REAL,
    own_id TEXT, id_digest TEXT, id_date TEXT, id_place TEXT, PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS records_by_article ON records (status, article_id, row_digest);
CREATE INDEX IF NOT EXISTS records_by_words ON records (status, words);
CREATE INDEX IF NOT EXISTS records_by_id ON records (file, own_id) WHERE own_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS open_records ON records (file) WHERE is_open;
"""
_SCRATCH = """
CREATE TABLE fresh.articles (
    file TEXT NOT NULL, number INTEGER NOT NULL, article_id TEXT, facts TEXT, text TEXT, removals TEXT,
    PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE INDEX fresh.fresh_by_article ON articles (article_id);
CREATE TEMP TABLE walked (file TEXT PRIMARY KEY, place INTEGER NOT NULL);
CREATE TEMP TABLE touched (outlet TEXT PRIMARY KEY);
"""
_QUICK = "PRAGMA {0}.journal_mode = OFF; PRAGMA {0}.synchronous = OFF; PRAGMA {0}.cache_size = -32000;"
_COLUMNS = "file, number, name, raw_status, raw_reason, status, reason"


class Told(NamedTuple):
    """What became of one source: its path, its status and the reason."""

    source_path: str
    status: str
    reason: str | None


class Known(NamedTuple):
    """What is known of a file: its stamp, its digest, and whether it must be read again whatever they say."""

    stamp: str | None
    sha256: bytes | None
    is_open: bool


class Ledger:
    """The sources of one build, while it reads."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take a connection from :meth:`open`."""
        self._db = db

    @classmethod
    def open(cls, path: Path, scratch: Path) -> Self:
        """Open a ledger to go on with, or begin one.

        Args:
            path: the ledger: a copy of the published one, or not there yet.
            scratch: a file for what is read; not there yet.

        Raises:
            sqlite3.Error: it is damaged, or the disk says no.
        """
        db = sqlite3.connect(path, check_same_thread=False)
        try:
            db.execute("ATTACH ? AS fresh", (str(scratch),))
            db.executescript(_QUICK.format("main") + _QUICK.format("fresh") + _SCHEMA + _SCRATCH)
        except sqlite3.Error:
            db.close()
            raise
        return cls(db)

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, for what is remembered while one build reads."""
        return self._db

    def close(self) -> None:
        """Write what is pending and let go of the files."""
        self._db.commit()
        self._db.close()

    def save(self, to: Callable[[], None]) -> None:
        """Have the file copied while everything is in it."""
        self._db.commit()
        to()

    def rules(self) -> str | None:
        """Return the digest of the rules that it was read by, None where it is new."""
        return next((value for (value,) in self._rows("SELECT value FROM meta WHERE name = 'rules'")), None)

    def follow(self, rules: str) -> None:
        """Say by which rules is read; what was read by others is forgotten."""
        if self.rules() != rules:
            for table in ("files", "page_outlets", "outlets", "records"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('rules', ?)", (rules,))

    # Files

    def walk(self, file: str, place: int) -> bool:
        """Take note that a file is there, and of its place among all; False where it was there already."""
        return self._db.execute("INSERT OR IGNORE INTO walked VALUES (?, ?)", (file, place)).rowcount == 1

    def known(self, file: str) -> Known | None:
        """Return what is known of a file, None where nothing is."""
        for stamp, sha256 in self._rows("SELECT stamp, sha256 FROM files WHERE file = ?", file):
            is_open = bool(list(self._rows("SELECT 1 FROM records WHERE file = ? AND is_open LIMIT 1", file)))
            return Known(stamp, sha256, is_open)
        return None

    def forget_missing(self) -> list[str]:
        """Forget the files that are not there any more; return the outlets whose pages they were."""
        gone = [
            file
            for (file,) in self._rows("SELECT file FROM files WHERE file NOT IN (SELECT file FROM walked)")
        ]
        outlets = [outlet for file in gone for outlet in self._forget_page(file)]
        for file in gone:
            self.forget_records(file)
            self._db.execute("DELETE FROM files WHERE file = ?", (file,))
        return outlets

    def forget_records(self, file: str) -> None:
        """Forget what was read of a file."""
        self._db.execute("DELETE FROM records WHERE file = ?", (file,))
        self._db.execute("DELETE FROM fresh.articles WHERE file = ?", (file,))

    def finish(self, done: Finished) -> None:
        """Take note that a file was read to its end."""
        stamp = done.stamp.told() if done.stamp else None
        self._db.execute(
            "INSERT INTO files (file, stamp, sha256) VALUES (?, ?, ?) ON CONFLICT (file)"
            " DO UPDATE SET stamp = excluded.stamp, sha256 = excluded.sha256",
            (done.file, stamp, done.sha256),
        )

    # Lines

    def piece(self, file: str, number: int) -> tuple[bytes, bool] | None:
        """Return the digest of a line that was read, and whether it must be read again; None for none."""
        rows = self._rows("SELECT piece, is_open FROM records WHERE file = ? AND number = ?", file, number)
        return next(((piece, bool(is_open)) for piece, is_open in rows), None)

    def keep_lines(self, file: str, numbers: set[int]) -> None:
        """Forget the records of a file's lines but for these."""
        had = {number for (number,) in self._rows("SELECT number FROM records WHERE file = ?", file)}
        for number in had - numbers:
            self._db.execute("DELETE FROM records WHERE file = ? AND number = ?", (file, number))

    def has_records(self, file: str) -> bool:
        """Tell whether anything was read of a file."""
        return any(self._rows("SELECT 1 FROM records WHERE file = ? LIMIT 1", file))

    # Records

    def take(self, taken: Taken) -> None:
        """Write a reading down."""
        name, status, reason = taken.reading
        row, claim = taken.row, taken.claim or (None, None, None)
        date = taken.named.date.isoformat() if taken.named and taken.named.date else None
        named = (*taken.named[:2], date, taken.named.place) if taken.named else (None,) * 4
        self._db.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(taken.file, taken.number, taken.piece, name, status, reason, status, reason, taken.is_open),
                *((row.article_id, row.digest) if row else (None, None)),
                *claim,
                *named,
            ),
        )
        self._db.execute(
            "INSERT OR REPLACE INTO fresh.articles VALUES (?, ?, ?, ?, ?, ?)",
            (taken.file, taken.number, *((row[0], row[1], row[2]) if row else (None,) * 3), taken.removals),
        )

    # Outlets

    def change_page(self, file: str, page: PageEvidence | None) -> list[str]:
        """Take note of what a page tells of its outlet; return the outlets that this concerns."""
        concerned = self._forget_page(file)
        if page is None:
            return concerned
        told = json.dumps([page.article, page.outlets, sorted(page.lines)])
        self._db.execute(
            "INSERT INTO files (file, page) VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET page = excluded.page",
            (file, told),
        )
        self._db.executemany("INSERT INTO page_outlets VALUES (?, ?)", [(one, file) for one in page.outlets])
        return [*concerned, *page.outlets]

    def _forget_page(self, file: str) -> list[str]:
        outlets = [name for (name,) in self._rows("SELECT outlet FROM page_outlets WHERE file = ?", file)]
        self._db.execute("DELETE FROM page_outlets WHERE file = ?", (file,))
        self._db.execute("UPDATE files SET page = NULL WHERE file = ?", (file,))
        return outlets

    def recount_later(self, outlets: Iterable[str]) -> None:
        """Take note of outlets whose pages changed."""
        self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", ((outlet,) for outlet in outlets))

    def recount(self) -> set[str]:
        """Count anew which lines these outlets repeat; return the files on whose pages another line is repeated now."""
        concerned: set[str] = set()
        outlets = [outlet for (outlet,) in self._rows("SELECT outlet FROM touched")]
        self._db.execute("DELETE FROM touched")
        for outlet in outlets:
            before, now = self._repeated(outlet), self._count(outlet)
            if before != now:
                self._db.execute("DELETE FROM outlets WHERE outlet = ?", (outlet,))
                if now:
                    self._db.execute("INSERT INTO outlets VALUES (?, ?)", (outlet, json.dumps(sorted(now))))
                concerned |= {file for file, page in self._pages(outlet) if page.lines & (before ^ now)}
        return concerned

    def repeated_for(self, file: str) -> dict[str, frozenset[str]]:
        """Return the lines that the outlets of a page repeat."""
        found = self._rows(
            "SELECT outlet, lines FROM page_outlets JOIN outlets USING (outlet) WHERE file = ?", file
        )
        return {outlet: frozenset(json.loads(lines)) for outlet, lines in found}

    def _count(self, outlet: str) -> frozenset[str]:
        ((count,),) = self._rows("SELECT count(*) FROM page_outlets WHERE outlet = ?", outlet)
        return repeated_on(page for _, page in self._pages(outlet)) if count >= FEWEST else frozenset()

    def _repeated(self, outlet: str) -> frozenset[str]:
        rows = self._rows("SELECT lines FROM outlets WHERE outlet = ?", outlet)
        return next((frozenset(json.loads(lines)) for (lines,) in rows), frozenset())

    def _pages(self, outlet: str) -> Iterator[tuple[str, PageEvidence]]:
        rows = self._rows(
            "SELECT file, page FROM page_outlets JOIN files USING (file) WHERE outlet = ?", outlet
        )
        for file, told in rows:
            article, outlets, lines = json.loads(told)
            yield file, PageEvidence(article, tuple(outlets), frozenset(lines))

    # Settling

    def settle(self) -> None:
        """Decide which readings of the same article count, see :mod:`index.storage.settling`."""
        settle(self._db)

    # What came of it

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Return the id of each article that counts, and the digest of its row, in order of id."""
        yield from self._rows(
            "SELECT article_id, row_digest FROM records WHERE status = 'read' ORDER BY article_id"
        )

    def counts(self) -> dict[str, int]:
        """Return how many readings have each status."""
        return dict(self._rows("SELECT status, count(*) FROM records GROUP BY status"))

    def told(self, status: str) -> Iterator[Told]:
        """Return the readings of a status of which there is something to say, in order."""
        rows = self._rows(
            f"SELECT name, status, reason {ORDERED} WHERE status = ? AND reason IS NOT NULL"
            " ORDER BY place, number",
            status,
        )
        yield from map(Told._make, rows)

    def is_fresh(self, article_id: str) -> bool:
        """Tell whether an article that counts was read just now."""
        return self.fresh(article_id) is not None

    def fresh(self, article_id: str) -> tuple[str, str] | None:
        """Return facts and text of an article that counts, where it was read just now."""
        rows = self._rows(
            "SELECT facts, text FROM fresh.articles CROSS JOIN records USING (file, number)"  # looked up in this order
            " WHERE fresh.articles.article_id = ? AND status = 'read'",
            article_id,
        )
        return next(((facts, text) for facts, text in rows), None)

    def file_of(self, article_id: str) -> str:
        """Return the file that an article which counts was read from."""
        ((file,),) = self._rows(
            "SELECT file FROM records WHERE status = 'read' AND article_id = ?", article_id
        )
        return str(file)

    def fresh_readings(self) -> Iterator[tuple[Told, tuple[str, str] | None, str]]:
        """Return what was read just now, in order: what became of it, facts and text, and the removals' JSON."""
        rows = self._rows(
            f"SELECT name, status, reason, facts, text, removals {ORDERED}"
            " JOIN fresh.articles USING (file, number) ORDER BY place, number"
        )
        for name, status, reason, facts, text, removals in rows:
            yield Told(name, status, reason), (facts, text) if facts is not None else None, removals

    def _rows(self, statement: str, *values: object) -> Iterator[tuple]:  # type: ignore[type-arg]  # of whatever the columns hold
        yield from self._db.execute(statement, values)
