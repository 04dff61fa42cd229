"""Words are put together from the right pieces, and come out of the store as they went in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.words_in_place import (
    WordsInPlace,
    is_whole,
    of_length_one,
    packed,
    unpacked,
    words_in_place,
)

DIMENSION = 16


def states(count: int, seed: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return rows that differ."""
    return np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)


def test_the_pieces_of_a_word_become_one_row() -> None:
    """A name that the tokenizer cut in three must be compared whole."""
    rows = states(5)
    found = words_in_place("Le pont-levis", [(0, 2), (2, 5), (5, 7), (7, 8), (8, 13)], rows)
    assert found.starts.tolist() == [0, 3, 8]
    assert found.vectors[1] == pytest.approx(of_length_one(rows[1:3].sum(axis=0, keepdims=True))[0])


def test_what_is_no_word_is_left_out() -> None:
    """A full stop, and the ends that the tokenizer adds, are near to every question's own."""
    found = words_in_place("Oui .", [(0, 0), (-9, 0), (0, 3), (4, 5), (0, 0)], states(5))
    assert found.starts.tolist() == [0]
    assert len(words_in_place("…", [(0, 1)], states(1)).vectors) == 0
    assert len(words_in_place("", [], states(0)).vectors) == 0


def test_a_language_without_blanks_keeps_its_pieces() -> None:
    """A Chinese sentence is not one word."""
    found = words_in_place("大桥关闭。", [(0, 2), (2, 4), (4, 5)], states(3))
    assert found.starts.tolist() == [0, 2]


@given(st.lists(st.integers(0, 12), max_size=6), st.integers(0, 99))
def test_words_come_out_of_the_store_as_they_went_in(counts: list[int], seed: int) -> None:
    """Starts exactly, rows nearly, and none with another text's."""
    texts = [
        WordsInPlace(np.arange(count, dtype=np.int32) * 7, of_length_one(states(count, seed + place)))
        for place, count in enumerate(counts)
    ]
    found = unpacked([packed(text) for text in texts], DIMENSION)
    assert len(found) == len(texts)
    for before, after in zip(texts, found, strict=True):
        assert after.starts.tolist() == before.starts.tolist()
        assert after.vectors.shape == before.vectors.shape
        assert ((after.vectors * before.vectors).sum(axis=1) > 0.95).all()
        assert np.linalg.norm(after.vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_stored_row_cut_short_is_seen() -> None:
    """A damaged row of the cache is embedded anew."""
    stored = packed(WordsInPlace(np.array([0], np.int32), of_length_one(states(1))))
    assert is_whole(stored, DIMENSION)
    assert not is_whole(stored[:-1], DIMENSION)
