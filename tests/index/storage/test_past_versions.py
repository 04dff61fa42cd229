"""Every version of every article that was read stays at hand."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from index.changes import changes
from index.errors import IndexDamaged
from index.storage.past_versions import PastVersions
from tests.factories import make_article

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
FIRST = make_article(text="Dix-sept blessés à Port-Sablon.\nLa ligne est interrompue.", updated_at=None)
SECOND = replace(FIRST, text="Dix-neuf blessés à Port-Sablon.\nLa ligne est interrompue.", updated_at=NOW)


def test_versions_come_back_whole_and_oldest_first(tmp_path: Path) -> None:
    """A citation names a version, and its words must still stand at their place there."""
    with closing(PastVersions.open(tmp_path / "versions.db")) as store:
        store.record([FIRST], now=NOW)
        store.record([SECOND, FIRST], now=NOW + timedelta(days=1))
    with closing(PastVersions.open(tmp_path / "versions.db")) as store:
        versions = store.of(FIRST.article_id)
    assert [version.article for version in versions] == [FIRST, SECOND]
    assert [version.first_read_at for version in versions] == [NOW, NOW + timedelta(days=1)]


def test_what_was_never_read_has_no_version(tmp_path: Path) -> None:
    """An unknown article is told by an empty answer."""
    with closing(PastVersions.open(tmp_path / "versions.db")) as store:
        assert store.of("nothing") == ()


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    """A damaged file is an error with a way out, not a traceback."""
    (tmp_path / "versions.db").write_bytes(b"not a database, whatever its name says" * 40)
    with pytest.raises(IndexDamaged, match=r"versions\.db"):
        PastVersions.open(tmp_path / "versions.db")


def test_the_change_is_shown_paragraph_by_paragraph() -> None:
    """What went and what came, and nothing of what stayed."""
    assert changes(FIRST, SECOND) == (
        f"updated_at: – → {NOW}",
        "- Dix-sept blessés à Port-Sablon.",
        "+ Dix-neuf blessés à Port-Sablon.",
    )
    assert changes(FIRST, FIRST) == ()
