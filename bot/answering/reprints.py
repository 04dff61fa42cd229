"""One wire story in several outlets: nearly the same words, printed by others."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.retrieval.duplicates import REPRINTED, containment, shingles
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.retrieval.duplicates import Shingles
    from index.types import Article

# Words in a row that are compared of whole articles. In the sample collection reprints share .87 and more of
# the shorter text's rows, unrelated articles under .02.
_ROW = 4


def fold(articles: Iterable[Article]) -> tuple[tuple[Article, ...], ...]:
    """Put reprints of one story together.

    Args:
        articles: each once, in any order.

    Returns:
        The stories in the order of their first article; the articles of each in the given order.
    """
    stories: list[list[Article]] = []
    for article in articles:
        story = next((one for one in stories if is_reprint(one[0], article)), None)
        if story is None:
            stories.append([article])
        else:
            story.append(article)
    return tuple(tuple(story) for story in stories)


def is_reprint(one: Article, other: Article) -> bool:
    """Tell whether two articles print nearly the same text.

    What one outlet prints twice with other words is a correction or an update, and that is news. What another
    prints with a figure more, in a paragraph of its own, is the same story.
    """
    if words(one.text) == words(other.text):
        return True
    if one.publisher is not None and one.publisher == other.publisher:
        return False
    return containment(_shingles(one.text), _shingles(other.text)) >= REPRINTED


@lru_cache(maxsize=512)
def _shingles(text: str) -> Shingles:
    return shingles(text, _ROW)
