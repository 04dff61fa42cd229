"""Every version of every article that was ever read into an index, so that a citation to an older one still resolves."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from pydantic import TypeAdapter

from index.errors import IndexDamaged
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS versions (
    article_id TEXT NOT NULL, version_sha256 TEXT NOT NULL, first_read_at TEXT NOT NULL, article BLOB NOT NULL,
    PRIMARY KEY (article_id, version_sha256));
"""
_ARTICLE = TypeAdapter(Article)


@dataclass(frozen=True, slots=True)
class PastVersion:
    """One version of an article, and when it was first read."""

    article: Article
    first_read_at: datetime


class PastVersions:
    """The file of versions, beside the generations: it only ever grows."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection from :meth:`open`."""
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or make the file.

        Raises:
            IndexDamaged: it is no such file.
        """
        with _reading(path):
            connection = sqlite3.connect(path)
            connection.executescript(_SCHEMA)
        return cls(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def record(self, articles: Iterable[Article], *, now: datetime) -> None:
        """Keep those versions that are not there yet.

        Args:
            articles: as they were read, older versions of one article before newer ones.
            now: aware; when that was.
        """
        for article in articles:
            packed = zlib.compress(_ARTICLE.dump_json(article))
            values = (article.article_id, article.version_sha256, now.isoformat(), packed)
            self._db.execute("INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?)", values)
        self._db.commit()

    def of(self, article_id: str) -> tuple[PastVersion, ...]:
        """Return the versions of an article, oldest first; none where it was never read.

        Raises:
            IndexDamaged: what is stored is no article.
        """
        with _reading(None):
            rows = self._db.execute(
                "SELECT article, first_read_at FROM versions WHERE article_id = ? ORDER BY first_read_at, rowid",
                (article_id,),
            )
            found = [
                PastVersion(_article(zlib.decompress(packed)), datetime.fromisoformat(first))
                for packed, first in rows
            ]
        return tuple(sorted(found, key=_last_change))


def _article(facts: bytes) -> Article:
    return _ARTICLE.validate_json(facts)


def _last_change(version: PastVersion) -> datetime:
    return version.article.updated_at or version.article.published_at or version.first_read_at


@contextmanager
def _reading(path: Path | None) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, zlib.error, ValueError) as error:
        raise IndexDamaged(
            f"The file of versions {path or ''} cannot be read ({error}): remove it."
        ) from error
