"""Small facts stay under their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.keeping.marks import KeptMarks

if TYPE_CHECKING:
    import sqlite3


def test_the_last_value_of_each_name_stands(database: sqlite3.Connection) -> None:
    """Commands are synced again only when the mark of their shape says that it changed."""
    marks = KeptMarks(database)
    marks.set("commands-synced", "a")
    marks.set("other", "x")
    marks.set("commands-synced", "b")
    assert marks.mark("commands-synced") == "b"
    assert marks.mark("other") == "x"


def test_a_name_that_was_never_set_is_none(database: sqlite3.Connection) -> None:
    """The first start has synced nothing."""
    assert KeptMarks(database).mark("commands-synced") is None
