"""Does the coverage say? The sentences that may be quoted, or the reason not to answer."""

from __future__ import annotations

import math
import statistics
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from bot.answering.dates import years_in
from bot.answering.kinds import holds, kind_asked
from bot.answering.names import is_about_year, mentions, must_be_mentioned, names_in
from bot.answering.said import is_told, of_speaker
from bot.types import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.answering.kinds import Kind
    from bot.types import Evidence
    from index.types import Article, Query


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells an answer from a near miss.

    Args:
        sentence: how near the words of the best sentence are.
        lead: by how much the words of its passage are nearer than those of all passages are on the average.
    """

    sentence: float
    lead: float


# Fitted by scripts/fit_coverage.py on 2,350 questions: XQuAD in English, Spanish and German, with and without
# the answering article and asked of a French collection, and NoMIRACL in the same languages. French was not
# fitted on. The best passage's cosine, its lead, the language, shared words and names and the least matched
# words were tried too: each helped on one of the sets and cost answers in another.
WEIGHTS = Signs(sentence=9.09, lead=9.09)
BIAS = -5.73
# The mean of lead over the fitted questions: where only one passage is found, this sign is silent.
TYPICAL_LEAD = 0.076
# Answered from this probability on: 92 in 100 questions that the fitted collections answer are, 5 in 100 of
# other collections (95 and 14 from .102 on). A quote beside the point is there for everyone to see; what
# silence hides is not.
THRESHOLD = 0.140


def judge(
    query: Query, ranked: Sequence[Candidate], evidence: Sequence[Evidence]
) -> tuple[Candidate, ...] | Reason:
    """Decide whether the evidence answers a question.

    Args:
        query: what was asked.
        ranked: sentences that could be quoted, nearest first; at least one.
        evidence: the passages that were found; at least one.

    Returns:
        The sentences that may be quoted, or why none may.
    """
    missing = _missing_names(query, evidence)
    if missing:
        return Reason("name-missing", missing)
    kind = kind_asked(query.text)
    eligible = of_speaker(query, _naming(query, ranked))
    if not eligible:
        return Reason("not-said")
    eligible = _of_the_kind(kind, eligible)
    if kind and not eligible:
        return Reason("kind-missing", (kind,))
    if not is_told(query, eligible) and probability(signs(query, ranked)) < THRESHOLD:
        return Reason("not-said")
    return eligible


def signs(query: Query, ranked: Sequence[Candidate]) -> Signs:
    """Measure what was found for a question.

    Where a number is asked for, the nearest sentence that holds one counts: one that only repeats the
    question answers nothing.

    Args:
        query: what was asked.
        ranked: sentences that could be quoted, nearest first; at least one.
    """
    passages = {c.evidence.passage.passage_id: c.passage_cosine for c in ranked}.values()
    best = (_of_the_kind(kind_asked(query.text), of_speaker(query, ranked)) or ranked)[0]
    lead = best.passage_cosine - statistics.fmean(passages) if len(passages) > 1 else TYPICAL_LEAD
    return Signs(sentence=best.cosine, lead=lead)


def probability(found: Signs) -> float:
    """Return the probability, 0 to 1, that the evidence answers."""
    logit = BIAS + sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(found), strict=True))
    return 1 / (1 + math.exp(-logit))


def _missing_names(query: Query, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the names and years of the question that no article found could answer about."""
    articles = {found.article.article_id: found.article for found in evidence}.values()
    names = _names(query)
    return (
        *(n for n in names if not any(_may_answer_about(article, n, query) for article in articles)),
        *(y for y in years_in(query.text) if not any(_is_about(article, y, query) for article in articles)),
    )


def _naming(query: Query, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Keep the sentences of articles that could answer about every name and year; all, where none is left."""
    names, years = _names(query), years_in(query.text)
    articles = {c.article.article_id: c.article for c in ranked}
    kept = {
        article_id
        for article_id, article in articles.items()
        if all(_may_answer_about(article, name, query) for name in names)
        and all(_is_about(article, year, query) for year in years)
    }
    return tuple(c for c in ranked if c.article.article_id in kept) or tuple(ranked)


def _of_the_kind(kind: Kind | None, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Keep the sentences that hold what is asked for; a date can be told without one: "the day after"."""
    return tuple(c for c in found if kind not in ("amount", "number") or holds(kind, c.text))


def _names(query: Query) -> tuple[str, ...]:
    """Return the names that are asked about; an outlet that is only to tell it need not name itself."""
    about = (
        query.text.replace(query.source_words, query.source_words.lower())
        if query.source_words
        else query.text
    )
    return names_in(about, query.language)


def _is_about(article: Article, year: str, query: Query) -> bool:
    """Tell whether an article speaks of a year; one of the period that was asked for need not say so."""
    return query.in_period(article.published_at) or is_about_year(article, year)


def _may_answer_about(article: Article, name: str, query: Query) -> bool:
    language = query.language
    required = must_be_mentioned(name, article, question_language=language)
    return not required or mentions(article, name, question_language=language)
