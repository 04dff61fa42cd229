"""Measures over questions and judgements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with the articles that answer it (none: the collection does not).

    Args:
        question_id: its name in the set.
        text: the words.
        language: ISO 639-1 code.
        relevant: source paths of the articles that answer it.
        quotes: words that an answer holds, verbatim.
    """

    question_id: str
    text: str
    language: str
    relevant: frozenset[str]
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunMeasures:
    """Shares of all judged questions, 0 to 1: the right article first, among ten; mean reciprocal rank."""

    questions: int
    hit_at_1: float
    hit_at_10: float
    mrr_at_10: float


def measure_run(run: Mapping[str, Sequence[str]], questions: Sequence[JudgedQuestion]) -> RunMeasures:
    """Measure a run.

    Args:
        run: question id to articles found, best first, each once.
        questions: those without a relevant article do not count.

    Returns:
        hit@1, hit@10 and the reciprocal rank of the first relevant article, cut at ten
        (Voorhees, TREC-8 question answering track, 1999).
    """
    judged = [question for question in questions if question.relevant]
    ranks = [first_rank(run.get(q.question_id, ()), q.relevant) for q in judged]
    count = max(1, len(judged))
    return RunMeasures(
        questions=len(judged),
        hit_at_1=sum(rank == 1 for rank in ranks) / count,
        hit_at_10=sum(rank is not None and rank <= 10 for rank in ranks) / count,
        mrr_at_10=sum(1 / rank for rank in ranks if rank is not None and rank <= 10) / count,
    )


def first_rank(found: Sequence[str], relevant: frozenset[str]) -> int | None:
    """Return the rank, from 1, of the first relevant article; None when there is none."""
    return next((rank for rank, name in enumerate(found, start=1) if name in relevant), None)
