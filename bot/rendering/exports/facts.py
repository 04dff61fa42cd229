"""What all files of evidence say of an answer and of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.rendering.catalogue import day, name_of_language, text
from bot.rendering.terminal import one_line
from bot.types import Answer

if TYPE_CHECKING:
    from datetime import datetime

    from bot.types import Kept
    from index.types import Article, Query

_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def named(value: str | None) -> str:
    """Return the text of a stranger as one line without signs to obey; nothing for None."""
    return one_line(value or "")


def is_address(url: str) -> bool:
    """Tell whether a program may follow an address, and what is seen of it is all that there is."""
    return bool(_ADDRESS.fullmatch(url)) and url.isprintable()


def iso(moment: datetime | None) -> str:
    """Return a moment for programs; nothing for None."""
    return moment.isoformat() if moment else ""


def articles(kept: Kept) -> tuple[Article, ...]:
    """Return the articles that are quoted, or else came nearest, each once."""
    answer = kept.answer
    found = [c.article for c in answer.citations] if isinstance(answer, Answer) else answer.nearest
    return tuple(dict.fromkeys(found))


def filters(query: Query, language: str) -> str:
    """Return what narrowed a search; nothing where nothing did."""
    since = day(query.published_from, language) if query.published_from else ""
    until = day(query.published_to, language) if query.published_to else ""
    if since and until:
        dates = text("filter:between", language, since=since, until=until)
    elif since:
        dates = text("filter:since", language, since=since)
    else:
        dates = text("filter:until", language, until=until) if until else ""
    languages = (name_of_language(code, language) for code in query.languages)
    return ", ".join(filter(None, (dates, *map(named, query.publishers), *languages)))
