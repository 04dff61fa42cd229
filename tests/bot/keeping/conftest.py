"""What the tests of keeping share."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.keeping.database import open_database

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return what a bot remembers that has only just begun."""
    with closing(open_database(tmp_path / "bot.db")) as opened:
        yield opened
