"""The words of passages are found by passage, and a damaged file of them is left out and told."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from index.embedding.vector_cache import VectorCache
from index.storage.article_writing import text_digest
from index.storage.rows import digest
from index.storage.segments import EmbeddedRow, create_segment, store_rows
from index.storage.words import SqliteWords
from tests.contracts.word_store import MakeWords, WordStoreContract
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from index.protocols import WordStore

_TEXTS = {"a.1.0": "Le pont ferme.", "b.1.0": "Le port rouvre."}


class TestSqliteWords(WordStoreContract):
    """The real store, written, closed and opened again."""

    @pytest.fixture
    def store_of(self, tmp_path: Path) -> Iterator[MakeWords]:
        """Return what writes a file and opens it to read."""
        opened: list[SqliteWords] = []

        def make(words: Mapping[str, bytes]) -> WordStore:
            with closing(create_segment(tmp_path / "1.db")) as segment:
                rows = {text_digest(name): EmbeddedRow(b"", packed) for name, packed in words.items()}
                store_rows(segment, "model", rows)
            opened.append(
                SqliteWords.open(
                    tmp_path, "model", lambda names: {n: text_digest(n) for n in names if n in words}
                )
            )
            return opened[-1]

        yield make
        for store in opened:
            store.close()


def kept(folder: Path, name: str, texts: list[str]) -> list[bytes]:
    """Write a segment; return the digests of the words in it."""
    folder.mkdir(exist_ok=True)
    cache = VectorCache.open(folder / "vectors.new")
    digests = cache.keep(cache.read(FakeEmbedder(), texts))
    cache.becomes(folder / name)
    return digests


def opened(folder: Path) -> SqliteWords:
    """Open the segments of a folder."""
    model = FakeEmbedder().embedder_id
    return SqliteWords.open(
        folder, model, lambda names: {n: text_digest(_TEXTS[n]) for n in names if n in _TEXTS}
    )


def test_words_are_found_by_passage_in_whichever_segment(tmp_path: Path) -> None:
    """A generation has several files, and what is not there is left out."""
    one = kept(tmp_path / "words", "1.db", [_TEXTS["a.1.0"]])
    two = kept(tmp_path / "words", "2.db", [_TEXTS["b.1.0"]])
    with closing(opened(tmp_path / "words")) as store:
        found = store.packed_words(["b.1.0", "nobody", "a.1.0"])
        assert store.packed_words([]) == {}
    assert {name: digest(words) for name, words in found.items()} == {"a.1.0": one[0], "b.1.0": two[0]}


@pytest.mark.parametrize("content", [b"", b"garbage" * 5000])
def test_a_damaged_segment_is_left_out_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    """What the other files hold is found all the same."""
    kept(tmp_path / "words", "1.db", [_TEXTS["a.1.0"]])
    kept(tmp_path / "words", "2.db", [_TEXTS["b.1.0"]])
    (tmp_path / "words" / "2.db").write_bytes(content)
    with closing(opened(tmp_path / "words")) as store:
        assert store.packed_words(["a.1.0", "b.1.0"]).keys() == {"a.1.0"}
    assert "2.db" in caplog.text
