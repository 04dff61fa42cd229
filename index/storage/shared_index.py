"""The index that machines share: which generation counts, and how it is opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import text

from index.errors import IndexDamaged, IndexMissing, IndexStale
from index.generation import Generation
from index.storage.database import DATABASE_LAYOUT, MEND, SCHEMA
from index.storage.layout import LAYOUT_VERSION
from index.storage.postgres_articles import PostgresArticles

if TYPE_CHECKING:
    from index.storage.database import Database

_GENERATION = TypeAdapter(Generation)
# A build may publish, and remove what was published before, while we open that.
_ATTEMPTS = 3
_CURRENT = f"""
SELECT layout, number, generation_id, manifest FROM {SCHEMA}.collection
    LEFT JOIN {SCHEMA}.generations ON current = number
"""


@dataclass(frozen=True, slots=True)
class _Current:
    layout: int
    number: int | None
    generation_id: str | None
    manifest: str | None


class SharedIndex:
    """The index in a database, to be read."""

    def __init__(self, database: Database) -> None:
        """Keep where it lies; nothing is connected here."""
        self._database = database
        self._engine = database.engine()

    @property
    def place(self) -> str:
        """The server and the database, for sentences."""
        return self._database.place

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def published_id(self) -> str | None:
        """Return the id of the published generation, None when nothing was ever published.

        Raises:
            IndexAway: the database does not answer.
            IndexDamaged: it holds another thing than an index.
        """
        try:
            return self._current().generation_id
        except IndexMissing:
            return None

    def identity(self) -> str:
        """Return the name that sets this index apart from others on the same Chroma server.

        Raises:
            IndexAway: the database does not answer.
            IndexMissing: it holds no index.
        """
        return str(self._rows(f"SELECT identity FROM {SCHEMA}.collection")[0][0])

    def open_published(self) -> tuple[Generation, PostgresArticles]:
        """Return the published generation and its articles; no build removes it while they are open.

        Raises:
            IndexAway: the database does not answer.
            IndexMissing: nothing is published.
            IndexStale: another version of the tables or of a generation was written.
            IndexDamaged: its manifest cannot be read.
        """
        for _ in range(_ATTEMPTS):
            current = self._current()
            if current.number is None or current.manifest is None:
                raise self._missing()
            engine = self._database.engine(holding=current.number)
            articles = PostgresArticles(self._database, engine, current.number)
            try:
                if articles.is_there():
                    return self._generation(current.manifest), articles
            except BaseException:
                articles.close()
                raise
            articles.close()
        msg = f"The database {self.place} is being built too quickly to be opened: ask again."
        raise IndexDamaged(msg)

    def _missing(self) -> IndexMissing:
        return IndexMissing(
            f"There is no index in the database {self.place}: build it with python scripts/rebuild_index.py SOURCE…"
        )

    def _generation(self, manifest: str) -> Generation:
        try:
            layout = json.loads(manifest)["layout"]
            if layout == LAYOUT_VERSION:
                return _GENERATION.validate_json(manifest)
        except (ValueError, KeyError, TypeError, ValidationError) as error:
            msg = f"The manifest in the database {self.place} cannot be read: {MEND}."
            raise IndexDamaged(msg) from error
        raise self._stale(layout, LAYOUT_VERSION)

    def _stale(self, layout: object, ours: int) -> IndexStale:
        return IndexStale(
            f"The index in the database {self.place} has layout {layout}, this version reads {ours}: "
            "build it again with python scripts/rebuild_index.py SOURCE…"
        )

    def _current(self) -> _Current:
        rows = self._rows(_CURRENT)
        if not rows:
            raise self._missing()
        current = _Current(*rows[0])
        if current.layout != DATABASE_LAYOUT:
            raise self._stale(current.layout, DATABASE_LAYOUT)
        return current

    def _rows(self, statement: str) -> list[Any]:
        with self._database.reading(), self._engine.connect() as connection:
            return list(connection.execute(text(statement)))
