"""Does the coverage say anything beside what was quoted already?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.coverage import judge
from bot.answering.quotes import untold
from bot.types import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.types import Citation, Evidence
    from index.types import Query


def judge_further(
    query: Query, ranked: Sequence[Candidate], evidence: Sequence[Evidence], told: Sequence[Citation]
) -> tuple[Candidate, ...] | Reason:
    """Judge what is left of the sentences that may be quoted, as if nothing nearer had been found.

    Args:
        query: what was asked.
        ranked: sentences of all the evidence, nearest first; at least one.
        evidence: the passages that were found; at least one.
        told: what was quoted already.

    Returns:
        The sentences that may be quoted, or that there is nothing more.
    """
    verdict = judge(query, ranked, evidence)
    left = () if isinstance(verdict, Reason) else untold(verdict, told)
    further = judge(query, left, evidence) if left else ()
    return Reason("nothing-more") if isinstance(further, Reason) or not further else further
