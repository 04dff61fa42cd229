"""The values of showing an article: a version of it, and what is known beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from index.types import Article

# Whether the index holds the version that is shown, another one, or none of that article any more.
Standing = Literal["current", "replaced", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A version of an article, and what is to be known of it.

    Args:
        article: the version.
        standing: whether the index holds it.
        current: the version that the index holds; None where it holds none.
        others: how many other versions were read.
        prints: the articles of the index that print the same text, this one among them, the likely original
            first; empty where no other does.
    """

    article: Article
    standing: Standing
    current: Article | None
    others: int
    prints: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version of an article, and when it was first read."""

    article: Article
    first_read_at: datetime
