"""Products of vectors, block by block, are those of the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.products import products


@given(rows=st.integers(0, 900), vectors=st.integers(0, 40), seed=st.integers(0, 9))
def test_blocks_give_what_the_whole_gives(rows: int, vectors: int, seed: int) -> None:
    """No row may be lost or doubled where two blocks meet, nor behind the last whole one."""
    numbers = np.random.default_rng(seed)
    left = numbers.standard_normal((rows, 384)).astype(np.float32)
    right = numbers.standard_normal((vectors, 384)).astype(np.float32)
    found = products(left, right)
    assert found.dtype == np.float32
    assert found == pytest.approx(left @ right.T, abs=1e-3)


def test_vectors_of_another_length_are_refused() -> None:
    """A question of another model must not be compared with anything."""
    with pytest.raises(ValueError, match="mismatch"):
        products(np.ones((50, 8), np.float32), np.ones((1, 7), np.float32))
