"""What was searched for an answer, in words: the period, and what was left out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from babel import Locale
from babel.lists import format_list

from bot.rendering.catalogue import spoken, text
from bot.rendering.periods import period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.types import Search
    from index.types import Query

_MOST_NAMES = 3


def search_lines(search: Search | None, language: str, *, is_answered: bool) -> Iterator[str]:
    """Return the sentences that say within what was searched, and what was left out; none without filters.

    Args:
        search: what was searched; None where nothing is known of it.
        language: ISO 639-1 code of the question.
        is_answered: whether something answered.
    """
    if search is None:
        return
    if search.set_aside:
        key = "search:set-aside" if is_answered else "search:set-aside-too"
        yield text(key, language, scope=scope(search.set_aside, language))
    elif search.query.is_filtered:
        yield text("search:searched", language, scope=scope(search.query, language))
    yield from left_out(search, language)


def left_out(search: Search | None, language: str) -> Iterator[str]:
    """Return the sentence that says how many articles were left out because they give no date; else none."""
    if search and search.undated:
        key = "search:undated-one" if search.undated == 1 else "search:undated-many"
        yield text(key, language, count=search.undated)


def scope(query: Query, language: str) -> str:
    """Return a query's filters behind "articles", each with a blank before it."""
    last = query.published_to
    named = period(query.published_from, last - timedelta(days=query.days_after) if last else None, language)
    parts = [f"{named} {text('search:days-after', language)}" if query.days_after else named]
    if query.publishers:
        parts.append(f" {text('search:by-outlets', language, names=_outlets(query.publishers, language))}")
    if query.languages:
        names = format_list([_spoken(code, language) for code in query.languages], locale=spoken(language))
        parts.append(f" {text('search:in-language', language, name=names)}")
    return ",".join(part for part in parts if part)


def _outlets(names: Sequence[str], language: str) -> str:
    """Return outlets one after another; of many only how many they are."""
    if len(names) > _MOST_NAMES:
        return text("search:outlets", language, count=len(names))
    return format_list(list(names), locale=spoken(language))


def _spoken(code: str, language: str) -> str:
    name: str | None = Locale.parse(spoken(language)).languages.get(code)
    return name or code
