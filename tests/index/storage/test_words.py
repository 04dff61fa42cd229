"""The words of passages are kept by passage, and a damaged file is named."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from index.errors import IndexDamaged
from index.storage.words import SqliteWords

if TYPE_CHECKING:
    from pathlib import Path


def test_words_are_found_again_by_passage(tmp_path: Path) -> None:
    """Another process reads what a build wrote; what is not there is left out."""
    with closing(SqliteWords.create(tmp_path / "words.db")) as store:
        store.add(["a.1.0", "b.1.0"], [b"one", b""])
    with closing(SqliteWords.open(tmp_path / "words.db")) as store:
        assert store.packed_words(["b.1.0", "nobody", "a.1.0"]) == {"a.1.0": b"one", "b.1.0": b""}
        assert store.packed_words([]) == {}
        assert store.count() == 2


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 5000])
def test_a_file_that_holds_no_words_is_named_damage(tmp_path: Path, content: bytes | None) -> None:
    """A traceback of SQLite would tell nobody to build the index again."""
    if content is not None:
        (tmp_path / "words.db").write_bytes(content)
    with pytest.raises(IndexDamaged, match="build the index again"):
        SqliteWords.open(tmp_path / "words.db")
