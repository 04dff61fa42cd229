"""Does the coverage say? The sentences that may be quoted, or the reason not to answer."""

from __future__ import annotations

import math
import statistics
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from bot.answering.dates import years_in
from bot.answering.kinds import holds, kind_asked
from bot.answering.names import is_about_year, mentions, must_be_mentioned, names_in
from bot.types import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.types import Evidence
    from index.types import Article, Query


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells an answer from a near miss.

    Args:
        sentence: how near the words of the best sentence are.
        ahead_of_articles: by how much the best passage's cosine leads the mean of other articles' passages.
    """

    sentence: float
    ahead_of_articles: float


# Logistic regression on 2,276 questions: XQuAD in English, Spanish and German, with and without the answering
# article and asked of a French collection, and NoMIRACL in the same languages. French was not fitted on. The
# best passage's cosine, the language, shared words and names and the least matched words were tried too: the
# first two cost answers in other sets, the others added nothing.
WEIGHTS = Signs(sentence=7.37, ahead_of_articles=61.91)
BIAS = -5.53
# The mean of ahead_of_articles over the fitted questions: where only one article is found, this sign is silent.
TYPICAL_LEAD = 0.033
# Answered from this probability on: 95 in 100 answerable questions of the fitted sets are. A quote beside
# the point is there for everyone to see; what silence hides is not.
THRESHOLD = 0.189


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
    eligible = _naming(query, ranked)
    if kind in ("amount", "number"):
        eligible = tuple(c for c in eligible if holds(kind, c.text))
        if not eligible:
            return Reason("kind-missing", (kind,))
    if probability(signs(ranked, evidence)) < THRESHOLD:
        return Reason("not-said")
    return eligible


def signs(ranked: Sequence[Candidate], evidence: Sequence[Evidence]) -> Signs:
    """Measure what was found for a question; the arguments are those of :func:`judge`."""
    return Signs(
        sentence=ranked[0].cosine,
        ahead_of_articles=_lead(evidence),
    )


def probability(found: Signs) -> float:
    """Return the probability, 0 to 1, that the evidence answers."""
    logit = BIAS + sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(found), strict=True))
    return 1 / (1 + math.exp(-logit))


def _lead(evidence: Sequence[Evidence]) -> float:
    best = max(evidence, key=lambda found: found.cosine)
    others = [e.cosine for e in evidence if e.article.article_id != best.article.article_id]
    return best.cosine - statistics.fmean(others) if others else TYPICAL_LEAD


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
