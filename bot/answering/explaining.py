"""How an answer came about, told by running its stages once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.changes import without_outdated
from bot.answering.coverage import THRESHOLD, judge, probability, signs
from bot.answering.evidence import QUOTED_FROM, candidates, find
from bot.answering.further import judge_further
from bot.answering.kinds import kind_asked
from bot.answering.quotes import choose, quote_score, speakers
from bot.types import Explanation, Reason, Step, Weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.types import Citation, Evidence
    from index.protocols import Retriever
    from index.types import Query

# Passages and sentences that are shown of each stage.
_SHOWN = 5


def explain(query: Query, retriever: Retriever, *, told: Sequence[Citation] = ()) -> Explanation:
    """Return why a question is answered as it is.

    The stages are those of :class:`bot.answering.answerer.Answerer`, run again: an answer that nobody asks the
    reasons of must not pay for them.

    Args:
        query: as :func:`bot.answering.question.read_question` made it.
        retriever: the one that answered.
        told: what earlier answers quoted, where it is asked of one that digs further into them.
    """
    first = _step(query, retriever, told)
    if told or first.reason is None or not query.is_understood:
        return Explanation((first,))
    return Explanation((first, _step(query.as_given(), retriever, told)))


def _step(query: Query, retriever: Retriever, told: Sequence[Citation]) -> Step:
    found = find(query, retriever)
    evidence, replaced = without_outdated(found)
    ranked = candidates(evidence, query, retriever, passages=len(evidence) if told else QUOTED_FROM)
    verdict = _judged(query, ranked, evidence, told)
    shown = replace(query, top_k=_SHOWN)
    return Step(
        query=query,
        dense=retriever.dense(shown),
        lexical=retriever.lexical(shown),
        evidence=evidence,
        outdated=tuple(replaced.values()),
        weighed=_weighed(query, ranked, verdict),
        probability=probability(signs(query, ranked)) if ranked else 0.0,
        threshold=THRESHOLD,
        reason=verdict if isinstance(verdict, Reason) else None,
    )


def _judged(
    query: Query, ranked: Sequence[Candidate], evidence: Sequence[Evidence], told: Sequence[Citation]
) -> tuple[Candidate, ...] | Reason:
    if not ranked:
        return Reason("nothing-found")
    return judge_further(query, ranked, evidence, told) if told else judge(query, ranked, evidence)


def _weighed(
    query: Query, ranked: Sequence[Candidate], verdict: tuple[Candidate, ...] | Reason
) -> tuple[Weighed, ...]:
    kind = kind_asked(query.text)
    chosen = () if isinstance(verdict, Reason) else choose(verdict, kind, query)
    quoted = {candidate.place for candidate in chosen}
    best = sorted(ranked, key=lambda candidate: -quote_score(candidate, kind, query))
    shown = [c for place, c in enumerate(best) if place < _SHOWN or c.place in quoted]
    return tuple(
        Weighed(c.article, c.text, c.cosine, quote_score(c, kind, query), c.place in quoted, speakers(c))
        for c in shown
    )
