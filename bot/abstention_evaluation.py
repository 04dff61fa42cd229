"""Measures of silence: is a question answered where the coverage answers it, and only there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.coverage import judge, probability, signs
from bot.answering.evidence import candidates
from bot.answering.question import read_question
from bot.evaluation import evidence_among, evidence_for, passages_by_source
from bot.types import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.types import Evidence
    from index.evaluation import JudgedQuestion
    from index.protocols import AllArticles, Retriever
    from index.retrieval.retriever import HybridRetriever


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a question: the probability that it is answered, 0 to 1, and why it was not.

    A question about a name that the evidence does not hold has the probability 0. ``reason`` is None
    where it is answered.
    """

    probability: float
    reason: str | None


@dataclass(frozen=True, slots=True)
class AbstentionMeasures:
    """Shares of the questions, 0 to 1.

    Args:
        questions: how many were asked.
        answered: of all.
        not_said, name_missing, kind_missing: of all, silent for that reason.
        auroc: how well the probability tells questions that are answered there from the others; None
            where there is only one of both.
        balanced_accuracy: mean of the shares of answered and of other questions that were taken for
            what they are; None as above.
    """

    questions: int
    answered: float
    not_said: float
    name_missing: float
    kind_missing: float
    auroc: float | None
    balanced_accuracy: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was found for it.

    Args:
        question: what was asked.
        evidence: what was found, best first.
        answerable: whether the evidence answers it.
    """

    question: JudgedQuestion
    evidence: tuple[Evidence, ...]
    answerable: bool


def asked_at_home(questions: Iterable[JudgedQuestion], retriever: Retriever) -> Iterator[Asked]:
    """Ask a collection questions that it answers."""
    yield from (Asked(question, evidence_for(question, retriever), True) for question in questions)


def asked_without_its_article(questions: Iterable[JudgedQuestion], retriever: Retriever) -> Iterator[Asked]:
    """Ask the same with the article that answers taken away: the hardest to be silent on."""
    for question in questions:
        yield Asked(question, evidence_for(question, retriever, without_its_article=True), False)


def asked_abroad(questions: Iterable[JudgedQuestion], retriever: Retriever) -> Iterator[Asked]:
    """Ask a collection questions of another one."""
    yield from (Asked(question, evidence_for(question, retriever), False) for question in questions)


def asked_of_candidates(
    questions: Iterable[JudgedQuestion],
    source_paths: Mapping[str, str],
    retriever: HybridRetriever,
    articles: AllArticles,
) -> Iterator[Asked]:
    """Ask each question of its own candidates alone, as people judged it.

    Args:
        questions: with candidates.
        source_paths: of the set's documents, by their name in the set.
        retriever: over an index of all candidates.
        articles: of that index.
    """
    passages = passages_by_source(articles)
    for question in questions:
        paths = (source_paths[name] for name in question.candidates if name in source_paths)
        own = [passage_id for path in paths for passage_id in passages.get(path, ())]
        yield Asked(question, evidence_among(question, own, retriever), question.answerable)


def verdict_on(asked: Asked, retriever: Retriever) -> Verdict:
    """Return what an answerer would decide on a question with that evidence."""
    if not asked.evidence:
        return Verdict(0.0, "not-said")
    query = read_question(asked.question.text, top_k=1)
    ranked = candidates(asked.evidence, query, retriever)
    verdict = judge(query, ranked, asked.evidence)
    if not isinstance(verdict, Reason):
        return Verdict(probability(signs(query, ranked)), None)
    likely = probability(signs(query, ranked)) if verdict.kind == "not-said" else 0.0
    return Verdict(likely, verdict.kind)


def measure_abstention(
    verdicts: Sequence[tuple[Verdict, bool]], answered: Sequence[tuple[Verdict, bool]] = ()
) -> AbstentionMeasures:
    """Measure verdicts on judged questions.

    Args:
        verdicts: each with whether the question's evidence answers it.
        answered: verdicts on answerable questions to tell these from, where none of these is answerable.
    """
    reasons = Counter(verdict.reason for verdict, _ in verdicts)
    count = max(1, len(verdicts))
    return AbstentionMeasures(
        questions=len(verdicts),
        answered=reasons[None] / count,
        not_said=reasons["not-said"] / count,
        name_missing=reasons["name-missing"] / count,
        kind_missing=reasons["kind-missing"] / count,
        auroc=_auroc([*verdicts, *answered]),
        balanced_accuracy=_balanced_accuracy([*verdicts, *answered]),
    )


def _auroc(compared: Sequence[tuple[Verdict, bool]]) -> float | None:
    from sklearn.metrics import roc_auc_score  # comes with sentence-transformers, and takes a second

    truth = [answerable for _, answerable in compared]
    if len(set(truth)) < 2:
        return None
    return float(roc_auc_score(truth, [verdict.probability for verdict, _ in compared]))


def _balanced_accuracy(compared: Sequence[tuple[Verdict, bool]]) -> float | None:
    right = {
        truth: [(verdict.reason is None) == truth for verdict, answerable in compared if answerable == truth]
        for truth in (True, False)
    }
    if not all(right.values()):
        return None
    return sum(sum(found) / len(found) for found in right.values()) / 2
