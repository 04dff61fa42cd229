"""Sources that disagree, and articles that were corrected."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from bot.answering.date_joining import joined
from bot.answering.date_phrases import phrases_in
from bot.answering.date_words import folded
from bot.answering.figures import figures_in
from bot.answering.names import mentions, names_in
from index.retrieval.duplicates import REPRINTED, containment, is_reprint, shingles
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.answering.kinds import Kind
    from bot.answering.periods import Period
    from bot.types import Evidence
    from index.retrieval.duplicates import Shingles
    from index.types import Article, Query

# A newsroom corrects in days; what it prints again after months is another edition of a yearly piece.
_CORRECTED_WITHIN = timedelta(days=60)
# What two sources say of one thing is of one size: "17" and "23" injured, not 420 jobs and 3,000 employees.
_ONE_SIZE = 3
_LONG = 5  # letters: "blessés", "passagers"; of shorter words most are grammar
# Sentences that are compared with each other, best first.
_COMPARED = 8
_WITHDRAWN = re.compile(
    r"\b(?:une\s+(?:première|précédente)\s+version|an\s+earlier\s+version)\b.*"
    r"\b(?:indiquait|disait|annonçait|donnait|said|stated|gave|misstated)\b",
    re.IGNORECASE | re.DOTALL,
)
_CORRECTED = re.compile(
    r"^\W*(?:correction|rectificati(?:f|on)|erratum|corrig[ée]|clarification)\b"
    r"|\b(?:une\s+(?:première|précédente)\s+version\s+de\s+cet\s+article|an\s+earlier\s+version\s+of\s+this"
    r"|cet\s+article\s+a\s+été\s+(?:corrigé|rectifié)|this\s+article\s+(?:has\s+been|was)\s+corrected)\b",
    re.IGNORECASE | re.MULTILINE,
)
# One of these is in whatever that finds; to look for them first is a hundred times quicker.
_OF_CORRECTIONS = ("correct", "rectifi", "erratum", "corrig", "clarification", "version")


def is_corrected(article: Article) -> bool:
    """Tell whether an article says that it was corrected."""
    said = article.text.lower()
    return any(word in said for word in _OF_CORRECTIONS) and bool(_CORRECTED.search(article.text))


def without_outdated(evidence: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], dict[str, Article]]:
    """Leave out the passages of articles of which a newer version was found.

    Args:
        evidence: what was found.

    Returns:
        What is left, in order, and by id of each newer version the article that it replaces.
    """
    articles = {a.article_id: a for found in evidence for a in (found.article, *found.also_in)}
    replaced: dict[str, Article] = {}
    outdated: set[str] = set()
    for older in articles.values():
        newer = next((other for other in articles.values() if _replaces(other, older)), None)
        if newer is not None:
            outdated.add(older.article_id)
            replaced[newer.article_id] = older
    kept = (e for e in evidence if e.article.article_id not in outdated)
    return tuple(_without(e, outdated) for e in kept), replaced


def _without(found: Evidence, outdated: set[str]) -> Evidence:
    """Return evidence that names no outdated article as another voice."""
    if not any(article.article_id in outdated for article in found.also_in):
        return found
    return replace(found, also_in=tuple(a for a in found.also_in if a.article_id not in outdated))


def _replaces(newer: Article, older: Article) -> bool:
    """Tell whether an outlet printed an article again, later, nearly word for word."""
    if newer.publisher is None or newer.publisher != older.publisher or not _is_soon_after(newer, older):
        return False
    return containment(_shingles(older.text), _shingles(newer.text)) >= REPRINTED


def _is_soon_after(newer: Article, older: Article) -> bool:
    late, early = (article.updated_at or article.published_at for article in (newer, older))
    return late is not None and early is not None and early < late <= early + _CORRECTED_WITHIN


@lru_cache(maxsize=64)  # an article of a thousand words takes milliseconds, and is compared with several
def _shingles(text: str) -> Shingles:
    return shingles(text)


def is_withdrawn(sentence: str) -> bool:
    """Tell whether a sentence only repeats what a newsroom took back."""
    return bool(_WITHDRAWN.search(sentence))


def differing(
    near: Sequence[Candidate], kind: Kind | None, query: Query
) -> tuple[Candidate, Candidate] | None:
    """Return the first two sentences of different articles that give different figures or dates.

    They disagree only where they speak of the same thing: the question must name it, both articles mention what
    it names, neither repeats the other, and the figures are of one size.

    Args:
        near: the sentences that may be quoted, best first.
        kind: the kind of fact that was asked for; without one nothing is compared.
        query: what was asked.
    """
    names = names_in(query.text, query.language)
    if kind is None or not names:
        return None
    asked = _content(query, names)
    # Whether an article mentions a name takes longest to tell, and most sentences give no figure at all.
    telling = [c for c in near[:_COMPARED] if (_dates(c) if kind == "date" else figures_in(c.text, kind))]
    if len({c.article.article_id for c in telling}) < 2:
        return None
    named = [
        c
        for c in telling
        if _all_mentioned(names, c.article, query) and (kind == "amount" or _speaks_of(c, asked, query))
    ]
    return next(((a, b) for a, b in combinations(named, 2) if _disagree(a, b, kind)), None)


def _content(query: Query, names: Sequence[str]) -> frozenset[str]:
    """Return how a question's longer words begin, its names aside: what is counted, what happened."""
    named = {word for name in names for word in words(name)}
    return frozenset(word[:_LONG] for word in words(query.text) if len(word) >= _LONG and word not in named)


def _speaks_of(candidate: Candidate, asked: frozenset[str], query: Query) -> bool:
    """Tell whether a sentence shares a word with what is asked; in another language nobody can tell."""
    is_foreign = candidate.article.language != query.language
    return is_foreign or any(word[:_LONG] in asked for word in words(candidate.text))


def _disagree(one: Candidate, other: Candidate, kind: Kind) -> bool:
    if one.article.article_id == other.article.article_id or not _differ(one, other, kind):
        return False
    return not (_prints(other.article, one, kind) or _prints(one.article, other, kind))


def _prints(article: Article, candidate: Candidate, kind: Kind) -> bool:
    """Tell whether an article prints a sentence too, with its figures."""
    if not is_reprint(shingles(candidate.text), shingles(article.text)):
        return False
    return kind == "date" or figures_in(candidate.text, kind) <= figures_in(article.text, kind)


def _differ(one: Candidate, other: Candidate, kind: Kind) -> bool:
    """Tell whether two sentences give figures, or dates, of which none agree."""
    if kind == "date":
        mine, theirs = _dates(one), _dates(other)
        return bool(mine and theirs) and not any(_overlap(a, b) for a in mine for b in theirs)
    values, other_values = figures_in(one.text, kind), figures_in(other.text, kind)
    return not values & other_values and any(
        max(a, b) <= _ONE_SIZE * min(a, b) for a in values for b in other_values
    )


def _dates(candidate: Candidate) -> list[Period]:
    """Return the dates that a sentence names, as seen on the day when it was published."""
    published = candidate.article.published_at
    if published is None:
        return []
    text = folded(candidate.text)
    found = (phrase.read(published.date()) for phrase in joined(phrases_in(text), text))
    return [period for period in found if period]


def _overlap(one: Period, other: Period) -> bool:
    return (one.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
        one.last or date.max
    )


def _all_mentioned(names: Sequence[str], article: Article, query: Query) -> bool:
    return all(mentions(article, name, question_language=query.language) for name in names)
