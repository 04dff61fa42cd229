"""A query without filters that were read from its words: who asked may not have meant them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.types import Removable
    from index.types import Query


def widened(query: Query, removed: Removable) -> Query:
    """Return a query without the period, or without the outlets and languages, that its words name.

    Args:
        query: what was searched. Filters that were given apart stay, and so do those of the other kind.
        removed: "date" for the period, "source" for outlets and languages.
    """
    if removed == "date":
        given = replace(query, source_words="").as_given()
        return replace(given, source_words=query.source_words)
    given = replace(query, period_words="").as_given()
    return replace(given, period_words=query.period_words)
