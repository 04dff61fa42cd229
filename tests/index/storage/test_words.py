"""The words of passages are kept by passage, and a damaged file is named."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from index.errors import IndexDamaged
from index.storage.words import SqliteWords
from tests.contracts.word_store import MakeWords, WordStoreContract

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from index.protocols import WordStore


class TestSqliteWords(WordStoreContract):
    """The real store, written, closed and opened again."""

    @pytest.fixture
    def store_of(self, tmp_path: Path) -> Iterator[MakeWords]:
        """Return what writes a file and opens it to read."""
        opened: list[SqliteWords] = []

        def make(words: Mapping[str, bytes]) -> WordStore:
            with closing(SqliteWords.create(tmp_path / "words.db")) as written:
                written.add(list(words), list(words.values()))
            opened.append(SqliteWords.open(tmp_path / "words.db"))
            return opened[-1]

        yield make
        for store in opened:
            store.close()


def test_words_are_counted(tmp_path: Path) -> None:
    """A generation says of how many passages it has words."""
    with closing(SqliteWords.create(tmp_path / "words.db")) as store:
        store.add(["a.1.0", "b.1.0"], [b"one", b""])
        assert store.count() == 2


@pytest.mark.parametrize("content", [None, b"", b"garbage" * 5000])
def test_a_file_that_holds_no_words_is_named_damage(tmp_path: Path, content: bytes | None) -> None:
    """A traceback of SQLite would tell nobody to build the index again."""
    if content is not None:
        (tmp_path / "words.db").write_bytes(content)
    with pytest.raises(IndexDamaged, match="build the index again"):
        SqliteWords.open(tmp_path / "words.db")
