"""The files that a build must look into, in the ledger's own database: however many they are, they take no memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.storage.ledger import Ledger

_SCHEMA = """
CREATE TEMP TABLE places (file TEXT PRIMARY KEY, path BLOB NOT NULL);
CREATE TEMP TABLE due (file TEXT PRIMARY KEY, known BLOB);
"""
_AT_ONCE = 500


class DueFile(NamedTuple):
    """A file to look into: its source path, where it lies, and the digest of what is known of it already."""

    file: str
    path: Path
    known: bytes | None


class Due:
    """What is due in one build."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing."""
        self._db = ledger.connection
        self._db.executescript(_SCHEMA)

    def locate(self, file: str, path: Path) -> None:
        """Take note of where a file lies."""
        self._db.execute("INSERT INTO places VALUES (?, ?)", (file, os.fsencode(path)))

    def add(self, file: str, known: bytes | None) -> None:
        """Have a file read; not, where its digest is the known one."""
        self._db.execute("INSERT OR REPLACE INTO due VALUES (?, ?)", (file, known))

    def add_again(self, file: str) -> None:
        """Have a file read that was trusted to be what it was, all of its records included."""
        self.add(file, None)
        self._db.execute("UPDATE records SET is_open = 1 WHERE file = ?", (file,))

    def is_forced(self, file: str) -> bool:
        """Tell whether a file is read whatever its digest is."""
        return bool(self._db.execute("SELECT known IS NULL FROM due WHERE file = ?", (file,)).fetchone()[0])

    def drop(self, files: Iterable[str]) -> None:
        """Have files not read after all."""
        self._db.executemany("DELETE FROM due WHERE file = ?", ((file,) for file in files))

    def clear(self) -> None:
        """Begin again."""
        self._db.execute("DELETE FROM due")

    def files(self) -> Iterator[DueFile]:
        """Return the files in order of their names."""
        after = ""
        while rows := self._db.execute(
            "SELECT file, path, known FROM due JOIN places USING (file) WHERE file > ? ORDER BY file LIMIT ?",
            (after, _AT_ONCE),
        ).fetchall():
            for file, path, known in rows:
                yield DueFile(file, Path(os.fsdecode(path)), known)
            after = rows[-1][0]

    def units(self) -> int:
        """Return how many files and lines are to be read."""
        return sum(_lines_in(due.path) if due.path.suffix.lower() == ".jsonl" else 1 for due in self.files())


def _lines_in(path: Path) -> int:
    """Return about how many lines a file has; 1 where it cannot be read."""
    try:
        with path.open("rb") as file:
            return max(1, sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b"")))
    except OSError:
        return 1
