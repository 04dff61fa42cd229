"""Products of vectors on one processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.protocols import Vectors

# OpenBLAS hands a larger product to its threads, which go on waiting busily when it is done: where other work
# keeps the processors, the model's own threads first of all, a product of a millisecond took fifteen.
_MATRIX_ALONE = 262_144
_VECTOR_ALONE = 9_216


def products(rows: Vectors, vectors: Vectors) -> Vectors:
    """Return the product of each row with each vector: cosines, where both are of length one.

    Args:
        rows: float32 (n, dimension).
        vectors: float32 (m, dimension), a few.

    Returns:
        float32 (n, m).
    """
    found = np.empty((len(rows), len(vectors)), np.float32)
    if not found.size:
        return found
    block = max(1, (_VECTOR_ALONE if len(vectors) == 1 else _MATRIX_ALONE) // vectors.size)
    whole = len(rows) // block * block
    blocks = rows[:whole].reshape(-1, block, rows.shape[1])
    np.matmul(blocks, vectors.T, out=found[:whole].reshape(-1, block, len(vectors)))
    np.matmul(rows[whole:], vectors.T, out=found[whole:])
    return found
