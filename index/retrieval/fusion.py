"""Dense and lexical scores of the same passages, made one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def standardised(scores: Mapping[str, float]) -> dict[str, float]:
    """Return z-scores: mean 0, standard deviation 1; all 0 where all scores are equal."""
    if not scores or min(scores.values()) == max(scores.values()):
        return dict.fromkeys(scores, 0.0)
    mean = math.fsum(scores.values()) / len(scores)
    deviation = math.sqrt(math.fsum((score - mean) ** 2 for score in scores.values()) / len(scores))
    return {name: (score - mean) / deviation for name, score in scores.items()}


def fused(
    dense: Mapping[str, float], lexical: Mapping[str, float], lexical_weight: Mapping[str, float]
) -> dict[str, float]:
    """Add both scores, each standardised over the candidates, best first.

    Rank fusion, the usual way, lets a passage that shares one rare word with the question win over
    the right passage in another language. Here each passage has a lexical weight of its own.

    Args:
        dense: cosine by passage id, for every candidate.
        lexical: BM25 by passage id; a candidate without a shared word is left out and counts 0.
        lexical_weight: by passage id, 0 to 1, for every candidate.

    Returns:
        Fused score by passage id, in descending order, ties by id.
    """
    dense_z = standardised(dense)
    lexical_z = standardised({name: lexical.get(name, 0.0) for name in dense})
    scores = {name: dense_z[name] + lexical_weight[name] * lexical_z[name] for name in dense}
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
