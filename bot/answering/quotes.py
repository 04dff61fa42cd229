"""Which sentences to quote: the best, and others that add something."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answering.changes import differing, is_corrected, is_withdrawn
from bot.answering.figures import figures_in
from bot.answering.kinds import holds
from bot.answering.said import quotes_asked
from bot.types import Citation, Statement
from index.retrieval.duplicates import is_reprint, shingles
from index.words import stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.answering.evidence import Candidate
    from bot.answering.kinds import Kind
    from index.retrieval.duplicates import Shingles
    from index.types import Article, Query

MOST_QUOTES = 3
# What trails the best by more than this is beside the point.
_MARGIN = 0.15
# What a sentence's passage scored counts too: a lead that only names the topic is near the question,
# but the passage that answers it is nearer.
_PASSAGE_WEIGHT = 0.03
_KIND_BONUS = 0.05
# Where somebody's words are asked for, a sentence that quotes them answers better than one that speaks of them.
_SPEAKER_BONUS = 0.1
# "Combien va vraiment coûter le pont ?" is nearer to the question than any answer, and is none.
_ASKS = re.compile(r"\?[\s»”\"'’)\]]*$")
# Shared words, of all words of both (Jaccard), from which two sentences say the same in the same words.
_SAME_WORDS = 0.6


def choose(
    ranked: Sequence[Candidate], kind: Kind | None, query: Query | None = None
) -> tuple[Candidate, ...]:
    """Choose one to three sentences: the best first, then those near it that are not told already.

    Args:
        ranked: sentences that could be quoted, in any order; at least one.
        kind: the kind of fact that was asked for.
        query: what was asked; with it, of sentences that contradict each other both are chosen.
    """
    telling = [c for c in ranked if not _ASKS.search(c.text) and not is_withdrawn(c.text)] or ranked
    scored = sorted(telling, key=lambda c: -quote_score(c, kind, query))
    best = quote_score(scored[0], kind, query)
    near = [candidate for candidate in scored if quote_score(candidate, kind, query) >= best - _MARGIN]
    pair = differing(near, kind, query) if query else None
    chosen = [near[0], *(c for c in pair or () if c is not near[0])]
    for candidate in near:
        if len(chosen) == MOST_QUOTES:
            break
        if not any(says_the_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(_with_reprints(candidate, ranked) for candidate in chosen)


def _with_reprints(candidate: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """Return a sentence with the other articles that print it nearly word for word, in order of date."""
    mine = _shingles(candidate.text)
    near = {a.article_id: a for a in candidate.evidence.also_in if is_reprint(mine, shingles(a.text))}
    near |= {c.article.article_id: c.article for c in ranked if is_reprint(mine, _shingles(c.text))}
    near.pop(candidate.article.article_id, None)
    near = {name: a for name, a in near.items() if _figures(candidate.text) <= _figures(a.text)}
    return replace(candidate, also_in=tuple(sorted(near.values(), key=_by_date)))


def _by_date(article: Article) -> tuple[bool, float]:
    moment = article.published_at
    return moment is None, moment.timestamp() if moment else 0.0


def untold(ranked: Sequence[Candidate], told: Sequence[Citation]) -> tuple[Candidate, ...]:
    """Return the sentences that tell something which those that were quoted before do not, in order.

    Words are compared, not places: an article that was published anew since says the same again.

    Args:
        ranked: sentences that could be quoted, those that were quoted before among them.
        told: what was quoted before.
    """
    return tuple(
        candidate
        for candidate in ranked
        if not _ASKS.search(candidate.text)
        and not any(_alike(candidate.text, candidate.article, one.quote, one.article) for one in told)
    )


def quote_score(candidate: Candidate, kind: Kind | None, query: Query | None = None) -> float:
    """Return how well a sentence answers: by itself, by its passage, by the kind of fact it holds, and who speaks."""
    bonus = _KIND_BONUS if kind and holds(kind, candidate.text) else 0.0
    bonus += _SPEAKER_BONUS if query and quotes_asked(query, candidate) else 0.0
    return candidate.cosine + _PASSAGE_WEIGHT * candidate.evidence.score + bonus


def speakers(candidate: Candidate) -> tuple[str, ...]:
    """Return the names of those whom a sentence quotes, each once."""
    quoted = candidate.article.quoted_in(candidate.span)
    return tuple(dict.fromkeys(quotation.speaker for quotation in quoted))


def state(
    chosen: Sequence[Candidate], replaced: Mapping[str, Article] | None = None
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Make statements and citations of chosen sentences: the statement is the quote itself.

    Args:
        chosen: the sentences.
        replaced: by id of an article the earlier version that it replaces.
    """
    citations = tuple(
        Citation(
            label,
            candidate.article,
            candidate.span,
            candidate.text,
            candidate.also_in,
            is_corrected(candidate.article),
            (replaced or {}).get(candidate.article.article_id),
        )
        for label, candidate in enumerate(chosen, start=1)
    )
    return tuple(Statement(c.quote, (c.label,)) for c in citations), citations


@lru_cache(maxsize=4096)
def _figures(text: str) -> frozenset[float]:
    return figures_in(text, "number") | figures_in(text, "amount")


def says_the_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two sentences say the same in nearly the same words, with the same figures."""
    return _alike(one.text, one.article, other.text, other.article)


def _alike(one: str, article: Article, other: str, of_other: Article) -> bool:
    if one == other:
        return True
    if _figures(one) != _figures(other):
        return False
    mine, theirs = _stems(one, article.language), _stems(other, of_other.language)
    return len(mine & theirs) > _SAME_WORDS * len(mine | theirs)


@lru_cache(maxsize=4096)  # every sentence is compared with each that is quoted
def _shingles(sentence: str) -> Shingles:
    return shingles(sentence)


@lru_cache(maxsize=4096)
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(text, language))
