"""What narrows a search to some articles, as SQLite is asked for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.types import Query

ANY = "(SELECT value FROM json_each(?))"


def filters(query: Query) -> tuple[str, list[object]]:
    """Return the conditions on articles that a query's filters make, and their values."""
    where = ""
    values: list[object] = []
    if query.published_from:
        where += " AND published_at >= ?"
        values.append(query.published_from.timestamp())
    if query.published_to:
        where += " AND published_at <= ?"
        values.append(query.published_to.timestamp())
    if query.publishers:
        where += f" AND publisher IN {ANY}"
        values.append(json.dumps(query.publishers))
    return where, values


def spoken_in(query: Query) -> tuple[str, list[object]]:
    """Return the condition on passages that a query's languages make, and its value."""
    if not query.languages:
        return "", []
    return f" AND passages.language IN {ANY}", [json.dumps(query.languages)]
