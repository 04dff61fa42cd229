"""Which sentences to quote: the best, and others that add something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.kinds import holds
from bot.types import Citation, Statement
from index.words import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.answering.kinds import Kind

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
        if not any(_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


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


def _same(one: Candidate, other: Candidate) -> bool:
    if one.article.article_id == other.article.article_id and one.span == other.span:
        return True
    mine, theirs = (set(stems(c.text, c.article.language)) for c in (one, other))
    return len(mine & theirs) > _SAME_WORDS * len(mine | theirs)
