"""What is to be indexed: the articles that count, and what became of each source, as the ledger has it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.errors import NothingRead
from index.storage.ledger import Ledger
from index.storage.rows import article_of
from index.types import Reading, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.storage.ledger import Told
    from index.types import Article, ReadingStatus

_REMOVALS = TypeAdapter(tuple[Removal, ...])


class Coverage:
    """What is to be indexed, as the ledger has it."""

    def __init__(self, ledger: Ledger, path: Path) -> None:
        """Take the ledger and its file."""
        self._ledger = ledger
        self._path = path

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Return the id of each article that counts, and the digest of its row, in order of id."""
        return self._ledger.rows()

    def article(self, article_id: str) -> Article | None:
        """Return an article that counts, where it was read just now."""
        found = self._ledger.fresh(article_id)
        return article_of(*found) if found else None

    def counts(self) -> dict[str, int]:
        """Return how many sources have each status."""
        return self._ledger.counts()

    def told(self, status: str) -> Iterator[Told]:
        """Return the sources of a status of which there is something to say, in order."""
        return self._ledger.told(status)

    def readings(self) -> Iterator[Reading]:
        """Return what was read just now, in order of the sources."""
        for told, article, removals in self._ledger.fresh_readings():
            status: ReadingStatus = told.status  # type: ignore[assignment]  # nothing else is written down
            yield Reading(
                source_path=told.source_path,
                status=status,
                article=article_of(*article) if article else None,
                reason=told.reason,
                removals=_REMOVALS.validate_json(removals),
            )

    def versions(self) -> Iterator[Article]:
        """Return the versions that were read just now, those that a newer one replaced before those that count."""
        for status in ("superseded", "read"):
            for told, article, _ in self._ledger.fresh_readings():
                if told.status == status and article:
                    yield article_of(*article)

    def keep(self, path: Path) -> None:
        """Leave a copy of the ledger for the next build."""
        self._ledger.save(lambda: _copied(self._path, path))

    def refuse_nothing(self) -> None:
        """Refuse to go on without a single article.

        Raises:
            NothingRead: no source could be read; its readings are those of this run.
        """
        if self.counts().get("read"):
            return
        found = list(self.readings())
        reasons = "; ".join(f"{r.source_path}: {r.reason}" for r in found[:3]) or "the folder is empty"
        msg = f"No source could be read, the published index stays as it is ({reasons})."
        raise NothingRead(msg, found)


@contextmanager
def open_ledger(scratch: Path, before: Path | None) -> Iterator[tuple[Ledger, Path]]:
    """Open a ledger to read into, with its file: a copy of the one before, or a new one.

    Args:
        scratch: a folder for it, which is removed in the end.
        before: the ledger of the published generation, where there is one.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    path = scratch / "sources.db"
    try:
        ledger = _opened(path, before)
        try:
            yield ledger, path
        finally:
            ledger.close()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _opened(path: Path, before: Path | None) -> Ledger:
    fresh = path.with_name("fresh.db")
    if before is not None and before.is_file():
        _copied(before, path)
        try:
            return Ledger.open(path, fresh)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # it is damaged: everything is read again
            path.unlink()
            fresh.unlink(missing_ok=True)
    return Ledger.open(path, fresh)


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
