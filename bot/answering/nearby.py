"""What the coverage has near a question that it does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.types import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.types import Evidence
    from index.types import Article

# A passage whose cosine trails the best by no more than this comes near. Cosines of this model lie close together:
# of the 40 passages nearest to a question most trail by more.
_NEAR = 0.04


def gap(evidence: Sequence[Evidence]) -> Gap:
    """Return how many articles come near a question, from when to when, and whose they are.

    Args:
        evidence: the passages that were found, those of reprints folded into them.
    """
    best = max((found.cosine for found in evidence), default=0.0)
    near: dict[str, Article] = {}
    for found in evidence:
        if found.cosine >= best - _NEAR:
            near |= {article.article_id: article for article in (found.article, *found.also_in)}
    moments = [article.published_at for article in near.values() if article.published_at]
    publishers = dict.fromkeys(article.publisher for article in near.values() if article.publisher)
    return Gap(
        articles=len(near),
        publishers=tuple(sorted(publishers)),
        oldest=min(moments, default=None),
        newest=max(moments, default=None),
        undated=len(near) - len(moments),
    )
