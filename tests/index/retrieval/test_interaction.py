"""A question is compared with texts word by word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.words_in_place import of_length_one
from index.retrieval.interaction import best_matches, weighed


def rows(count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return rows of length one."""
    made = np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32)
    return of_length_one(made)


@given(st.integers(1, 4), st.lists(st.integers(0, 5), max_size=5))
def test_each_piece_is_matched_with_the_nearest_word_of_each_text(pieces: int, counts: list[int]) -> None:
    """A text without a word, in whatever place, must not shift the others."""
    question, texts = rows(pieces, 0), [rows(count, place + 1) for place, count in enumerate(counts)]
    found = best_matches(question, texts)
    assert found.shape == (pieces, len(texts))
    for place, text in enumerate(texts):
        expected = (question @ text.T).max(axis=1) if len(text) else np.full(pieces, -1)
        assert found[:, place] == pytest.approx(expected, abs=1e-5)


def test_what_every_text_matches_alike_counts_for_less() -> None:
    """The article before a name must not outweigh the name."""
    matches = np.array([[0.90, 0.89, 0.91], [0.2, 0.9, 0.3]], np.float32)
    near = weighed(matches)
    assert near.argmax() == 1
    assert near[1] - near[0] > (matches[:, 1] - matches[:, 0]).mean()


def test_texts_that_match_alike_are_equally_near() -> None:
    """Without any difference there is no weight to divide by, and no order."""
    assert weighed(np.full((3, 4), 0.5, np.float32)) == pytest.approx([0.5] * 4)
    assert weighed(np.empty((0, 2), np.float32)).tolist() == [-1, -1]
    assert weighed(np.empty((2, 0), np.float32)).tolist() == []
