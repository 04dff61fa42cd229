"""The levels of the bundled model's int8 products."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.embedding.activation_ranges import Ranges, read_ranges, write_ranges
from index.embedding.onnx_graph import TOP_LEVEL, steps

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

_CHANNELS = 6
_PART = arrays(np.float32, _CHANNELS, elements=st.floats(0, 50, width=32))


@given(
    below=_PART, above=_PART, weights=arrays(np.float32, (_CHANNELS, 3), elements=st.floats(-1, 1, width=32))
)
def test_whatever_lies_in_the_range_comes_back_to_a_step(
    below: npt.NDArray[np.float32], above: npt.NDArray[np.float32], weights: npt.NDArray[np.float32]
) -> None:
    """Least, most and zero of each channel have a level of their own, however unlike the channels are."""
    low, high = -below - np.float32(0.1), above + np.float32(0.1)
    by = steps(low, high, weights)
    assert 0 <= by.zero <= TOP_LEVEL
    for numbers in (low, high, np.zeros_like(low)):
        levels = np.clip(np.rint(numbers / by.factors / by.scale) + by.zero, 0, TOP_LEVEL)
        back = (levels - by.zero) * by.scale
        # zero itself lies on a whole level, which moves the ends by up to half a step
        assert np.all(np.abs(back - numbers / by.factors) <= 1.01 * by.scale)


def test_one_wide_channel_does_not_coarsen_the_others() -> None:
    """A channel that holds ten times what the others do takes less than ten times their steps."""
    high = np.array([1, 1, 1, 1, 1, 10], np.float32)
    by = steps(-high, high, np.ones((_CHANNELS, 2), np.float32))
    assert by.scale * by.factors[0] < 0.5 * (20 / TOP_LEVEL)


def test_ranges_are_read_as_they_were_written(tmp_path: Path) -> None:
    """The bundled file holds twelve layers, low below high, and writing it again changes nothing."""
    ranges = read_ranges()
    write_ranges(ranges, tmp_path / "ranges.npz")
    again = read_ranges(tmp_path / "ranges.npz")
    for name in Ranges.__slots__:
        found = getattr(ranges, name)
        assert len(found) == 12
        assert np.all(found[:, 0] < found[:, 1])
        assert np.array_equal(found, getattr(again, name))
