"""What the parts of the bundled model were seen to hold, channel by channel: least and most.

``scripts/fit_ranges.py`` writes the file, from texts alone: no question and no judgement has a part in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

RANGES_FILE = Path(__file__).with_name("activation_ranges.npz")


@dataclass(frozen=True, slots=True)
class Ranges:
    """Least and most of what goes into the products of each layer, float32.

    Args:
        entering: what enters a layer, (layers, 2, hidden).
        attended: what attention gives, without the bias of the values, (layers, 2, hidden).
        between: what goes from attention into the feed-forward part, (layers, 2, hidden).
        after_gelu: what its middle gives, over all channels, (layers, 2).
    """

    entering: npt.NDArray[np.float32]
    attended: npt.NDArray[np.float32]
    between: npt.NDArray[np.float32]
    after_gelu: npt.NDArray[np.float32]


def read_ranges(path: Path = RANGES_FILE) -> Ranges:
    """Return the ranges that a file of :func:`write_ranges` holds."""
    with np.load(path, allow_pickle=False) as file:
        return Ranges(**{name: file[name].astype(np.float32) for name in Ranges.__slots__})


def write_ranges(ranges: Ranges, path: Path) -> None:
    """Write ranges in half precision: steps of a thousandth are fine enough."""
    np.savez_compressed(path, **{name: getattr(ranges, name).astype(np.float16) for name in Ranges.__slots__})
