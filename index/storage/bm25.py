"""The arithmetic of full text: BM25, k1 = 1.2 and b = 0.75, as SQLite defines it.

https://www.sqlite.org/fts5.html#the_bm25_function
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


K1, B = 1.2, 0.75
# A headline says what the whole article is about, a passage's own words what it says itself.
BODY, HEADLINE = 1.0, 0.5
_LEAST_WEIGHT = 1e-6


def rarest(counts: Mapping[str, int], most: int) -> Iterator[str]:
    """Yield the rarest words, one at least, that stand in no more passages together than ``most``."""
    total = 0
    for word, count in sorted(counts.items(), key=lambda pair: (pair[1], pair[0])):
        if total and total + count > most:
            return
        total += count
        yield word


def weight_of(passages: int, with_word: int) -> float:
    """Return how much a word tells: more, the fewer passages have it."""
    weight = math.log((passages - with_word + 0.5) / (with_word + 0.5))
    return weight if weight > 0 else _LEAST_WEIGHT


def bm25(weights: Mapping[str, float], body: Sequence[str], headline: Sequence[str], length: float) -> float:
    """Return the sum over words of weight and saturated frequency.

    Args:
        weights: by word.
        body: the words of the passage.
        headline: those of the headline of its article.
        length: of the passage, in lengths of the usual one.
    """
    score = 0.0
    for word, weight in weights.items():
        # Few words are asked for: to count these is quicker than to count all.
        often = BODY * body.count(word) + HEADLINE * headline.count(word)
        score += weight * often * (K1 + 1) / (often + K1 * (1 - B + B * length))
    return score


def sum_of_varints(varints: bytes) -> int:
    """Return the sum of numbers as SQLite writes them: seven bits a byte, the first bit set on all but the last.

    Of one passage's columns: each has fewer words than nine bytes of a number would count.
    """
    total = number = 0
    for byte in varints:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            total, number = total + number, 0
    return total
