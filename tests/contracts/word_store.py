"""What every :class:`index.protocols.WordStore` must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.protocols import WordStore

MakeWords: TypeAlias = "Callable[[Mapping[str, bytes]], WordStore]"

# All that a byte can be, nothing at all, and as much as a long passage has.
WORDS = {"a.12345678.0": bytes(range(256)), "a.12345678.1": b"", "b.12345678.0": b"\x00\xff" * 20_000}


class WordStoreContract:
    """Subclass it as ``Test…`` with a fixture ``store_of``."""

    @pytest.fixture
    def store_of(self) -> MakeWords:
        """Return what makes a store that holds the given words by passage id."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, store_of: MakeWords) -> WordStore:
        """Return a store of the words of three passages."""
        return store_of(WORDS)

    def test_words_come_back_byte_for_byte(self, store: WordStore) -> None:
        """They are numbers packed tightly: one changed byte is another word."""
        assert store.packed_words(list(WORDS)) == WORDS

    def test_unknown_passages_are_left_out(self, store: WordStore) -> None:
        """Whoever asks counts what came back, and says that the index is damaged."""
        assert set(store.packed_words(["nobody", "b.12345678.0"])) == {"b.12345678.0"}
        assert store.packed_words([]) == {}
