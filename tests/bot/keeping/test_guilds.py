"""What managers set holds until they set it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StateError
from bot.keeping.guilds import KeptGuilds
from bot.types import GuildSettings
from tests.bot.keeping.making import WORDS

if TYPE_CHECKING:
    import sqlite3

GUILD = 1_100_000_000_000_000_001
_SETTINGS = st.builds(
    GuildSettings,
    publishers=st.lists(WORDS, max_size=3).map(tuple),
    channels=st.lists(st.integers(0, 10**20), max_size=3).map(tuple),
    private=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example replaces the one before
@given(chosen=_SETTINGS)
def test_any_settings_come_back(database: sqlite3.Connection, chosen: GuildSettings) -> None:
    """An outlet or channel that came back otherwise would open what managers had closed."""
    guilds = KeptGuilds(database)
    guilds.set(GUILD, chosen)
    assert guilds.settings(GUILD) == chosen


def test_nothing_is_set_at_first(database: sqlite3.Connection) -> None:
    """A guild that never used /settings is answered everywhere from everything."""
    assert KeptGuilds(database).settings(GUILD) == GuildSettings()


def test_guilds_do_not_touch_each_other(database: sqlite3.Connection) -> None:
    """What one guild's managers set must not close another's channels."""
    guilds = KeptGuilds(database)
    guilds.set(GUILD, GuildSettings(private=True))
    assert guilds.settings(GUILD + 1) == GuildSettings()


@pytest.mark.parametrize("written", ["{", '{"channels": "all"}', "7"])
def test_settings_that_cannot_be_read_are_an_error(database: sqlite3.Connection, written: str) -> None:
    """To take the defaults instead would answer in channels that managers had closed."""
    with database:
        database.execute("INSERT INTO guilds VALUES (?, ?)", (GUILD, written))
    with pytest.raises(StateError, match=rf"settings of server {GUILD}.*move the file away"):
        KeptGuilds(database).settings(GUILD)
