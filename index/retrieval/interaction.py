"""Comparing a question with passages word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.products import products

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.protocols import Vectors


def best_matches(question: Vectors, texts: Sequence[Vectors]) -> Vectors:
    """Return how near each piece of a question comes to the nearest word of each text.

    This is the late interaction of Khattab and Zaharia (ColBERT, SIGIR 2020) with a model that was not
    trained for it: a vector for each word tells what one vector for the passage averages away.

    Args:
        question: one row of length one per piece (m, dimension).
        texts: of each text one row of length one per word (n, dimension).

    Returns:
        Cosines, float32 (m, number of texts); -1 where a text has no word.
    """
    found = np.full((len(question), len(texts)), -1.0, np.float32)
    if len(question):
        for place, text in enumerate(texts):  # put together, they would be megabytes to copy
            if len(text):
                found[:, place] = products(text, question).max(axis=0)
    return found


def weighed(matches: Vectors) -> Vectors:
    """Return one nearness per text: the mean over the question's pieces, weighted by what they tell.

    A piece that every text matches alike ("how", "the") tells nothing; the weight is the root of the
    standard deviation over the texts.

    Args:
        matches: from :func:`best_matches`.
    """
    if not matches.size:
        return np.full(matches.shape[1], -1.0, np.float32)
    weights = np.sqrt(matches.std(axis=1)) + np.finfo(np.float32).eps
    mean: Vectors = (weights @ matches / weights.sum()).astype(np.float32)
    return mean
