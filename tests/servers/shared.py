"""Generations in a database, made in one call."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from index.storage.shared_build import building
from tests.factories import make_generation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.generation import Generation
    from index.storage.database import Database
    from index.types import Article, Passage

_NUMBERS = count(1)
SHAPING = "made by the tests"


def publish(
    database: Database,
    split_articles: Sequence[tuple[Article, Sequence[Passage]]],
    *,
    words: Mapping[str, bytes] | None = None,
    shaping: str = SHAPING,
    keep: int | None = None,
) -> tuple[Generation, int]:
    """Publish a generation of articles.

    Args:
        database: where.
        split_articles: articles with their passages.
        words: of each passage; without them, its name.
        shaping: what else shapes rows.
        keep: generations that stay; all, unless it is given.

    Returns:
        The generation, and how many articles were written for it.
    """
    generation = make_generation(
        generation_id=f"20230301T083000Z-{next(_NUMBERS):06x}",
        articles=len(split_articles),
        passages=sum(len(passages) for _, passages in split_articles),
    )

    def words_of(names: Sequence[str]) -> dict[str, bytes]:
        return {name: words[name] if words else name.encode() for name in names}

    with building(database, patience=5) as build:
        with build.generation(shaping) as writer:
            written = sum(writer.add(article, passages, words_of) for article, passages in split_articles)
            writer.finish(generation)
        if keep is not None:
            build.sweep(keep=keep)
    return generation, written
