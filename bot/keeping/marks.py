"""Small facts about the bot itself that outlive a run, each under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.keeping.database import remembering

if TYPE_CHECKING:
    import sqlite3


class KeptMarks:
    """Values by name.

    Called from the thread that opened the database alone. Every method raises StateError where the
    file cannot be read or written.

    Args:
        database: from :func:`bot.keeping.database.open_database`.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._db = database

    def mark(self, name: str) -> str | None:
        """Return what stands under a name; None where nothing does."""
        with remembering():
            row = self._db.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Put a value under a name, in place of what stood there."""
        with remembering(), self._db:
            self._db.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))
