"""Which sentences to quote: the best, and others that add something."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answering.kinds import holds
from bot.types import Citation, Statement
from index.words import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.answering.kinds import Kind
    from index.types import Article

MOST_QUOTES = 3
# Cosines of this model lie close together; what trails the best by more than this is beside the point.
# On XQuAD the answer stood in one of the quotes in .91 of the questions, of 1.7 quotes each.
_MARGIN = 0.06
# What a sentence's passage scored counts too: a lead that only names the topic is near the question,
# but the passage that answers it is nearer. On XQuAD the answer stood in the first quote in .79 of the
# questions with both, in .76 without.
_PASSAGE_WEIGHT = 0.02
_KIND_BONUS = 0.03
# "Combien va vraiment coûter le pont ?" is nearer to the question than any answer, and is none.
_ASKS = re.compile(r"\?[\s»”\"'’)\]]*$")
# Shared words, of all words of both (Jaccard), from which two sentences say the same in the same words.
_SAME_WORDS = 0.6


def choose(ranked: Sequence[Candidate], kind: Kind | None) -> tuple[Candidate, ...]:
    """Choose one to three sentences: the best first, then those near it that are not told already.

    Args:
        ranked: sentences that could be quoted, in any order; at least one.
        kind: the kind of fact that was asked for.
    """
    telling = [candidate for candidate in ranked if not _ASKS.search(candidate.text)] or ranked
    scored = sorted(telling, key=lambda c: -quote_score(c, kind))
    best = quote_score(scored[0], kind)
    chosen: list[Candidate] = []
    for candidate in scored:
        if len(chosen) == MOST_QUOTES or quote_score(candidate, kind) < best - _MARGIN:
            break
        if not any(says_the_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


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


def quote_score(candidate: Candidate, kind: Kind | None) -> float:
    """Return how well a sentence answers: by itself, by its passage, and by the kind of fact it holds."""
    bonus = _KIND_BONUS if kind and holds(kind, candidate.text) else 0.0
    return candidate.cosine + _PASSAGE_WEIGHT * candidate.evidence.score + bonus


def state(chosen: Sequence[Candidate]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Make statements and citations of chosen sentences: the statement is the quote itself."""
    citations = tuple(
        Citation(label, candidate.article, candidate.span, candidate.text)
        for label, candidate in enumerate(chosen, start=1)
    )
    return tuple(Statement(c.quote, (c.label,)) for c in citations), citations


def says_the_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two sentences say the same in nearly the same words."""
    return _alike(one.text, one.article, other.text, other.article)


def _alike(one: str, article: Article, other: str, of_other: Article) -> bool:
    if one == other:
        return True
    mine, theirs = _stems(one, article.language), _stems(other, of_other.language)
    return len(mine & theirs) > _SAME_WORDS * len(mine | theirs)


@lru_cache(maxsize=4096)
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stems(text, language))
