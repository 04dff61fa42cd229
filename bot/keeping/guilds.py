"""What those who manage a guild have set for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.keeping.database import damaged, remembering
from bot.types import GuildSettings

if TYPE_CHECKING:
    import sqlite3

_SETTINGS = TypeAdapter(GuildSettings)


class KeptGuilds:
    """Settings by guild.

    Called from the thread that opened the database alone. Every method raises StateError where the
    file cannot be read or written.

    Args:
        database: from :func:`bot.keeping.database.open_database`.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._db = database

    def settings(self, guild_id: int) -> GuildSettings:
        """Return what is set for a guild, the defaults where nothing is.

        Raises:
            StateError: what was set cannot be read: to go on without it would undo what managers decided.
        """
        with remembering():
            row = self._db.execute("SELECT settings FROM guilds WHERE guild_id = ?", (guild_id,)).fetchone()
        try:
            return _SETTINGS.validate_json(row[0]) if row else GuildSettings()
        except ValueError as error:
            msg = f"settings of server {guild_id}"
            raise damaged(msg) from error

    def set(self, guild_id: int, settings: GuildSettings) -> None:
        """Set what holds for a guild from now on."""
        written = _SETTINGS.dump_json(settings).decode()
        with remembering(), self._db:
            self._db.execute("INSERT OR REPLACE INTO guilds VALUES (?, ?)", (guild_id, written))
