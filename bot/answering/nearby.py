"""What the coverage has near a question that it does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.types import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.types import Evidence
    from index.types import Article, Hit

# A passage whose cosine trails the best by no more than this comes near. Cosines of this model lie close together:
# of the 40 passages nearest to a question most trail by more.
_NEAR = 0.04


def near(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the passages that come near a question, in order."""
    best = max((hit.cosine for hit in hits), default=0.0)
    return tuple(hit for hit in hits if hit.cosine >= best - _NEAR)


def gap(evidence: Sequence[Evidence]) -> Gap:
    """Return how many articles come near a question, from when to when, and whose they are.

    Args:
        evidence: the passages that come near, those of reprints folded into them.
    """
    told: dict[str, Article] = {}
    for found in evidence:
        told |= {article.article_id: article for article in (found.article, *found.also_in)}
    moments = [article.published_at for article in told.values() if article.published_at]
    publishers = dict.fromkeys(article.publisher for article in told.values() if article.publisher)
    return Gap(
        articles=len(told),
        publishers=tuple(sorted(publishers)),
        oldest=min(moments, default=None),
        newest=max(moments, default=None),
        undated=len(told) - len(moments),
    )
