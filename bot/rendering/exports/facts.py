"""What all files of evidence say of an answer and of an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.rendering.catalogue import day, name_of_language, published, text
from bot.rendering.changes import difference, speaker
from bot.rendering.gaps import gap_line
from bot.rendering.search import left_out
from bot.rendering.terminal import one_line
from bot.types import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.types import Citation, Gap, Kept
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


def reference(article: Article, language: str) -> str:
    """Return what another article is found by: outlet, day, headline and its id."""
    outlet = named(article.publisher) or text("unnamed", language)
    headline = named(article.headline) or text("no-headline", language)
    return " · ".join((outlet, published(article, language), headline, article.article_id))


def beside(citation: Citation, language: str) -> Iterator[str]:
    """Return what is to be known of a source beside its facts: who speaks, its correction, and who prints the same."""
    for line in speaker(citation, language):
        yield named(line)
    if citation.is_corrected:
        yield text("search:corrected", language)
    if citation.replaces:
        yield text("export:replaces", language, article=reference(citation.replaces, language))
    for other in citation.also_in:
        yield text("export:also-in", language, article=reference(other, language))


def within(kept: Kept, language: str) -> Iterator[str]:
    """Return the lines that say within what was searched, what was set aside, and what was left out."""
    if held := filters(kept.held, language):
        yield text("filters", language, filters=held)
    if aside := set_aside(kept, language):
        yield text("export:set-aside", language, filters=aside)
    yield from left_out(kept.answer.search, language)


def set_aside(kept: Kept, language: str) -> str:
    """Return the filters that were read from the words, where nothing answered within them; else nothing."""
    search = kept.answer.search
    return filters(search.set_aside, language) if search and search.set_aside else ""


def contradiction(answer: Answer, language: str) -> str:
    """Return the sentence that says which citations of an answer differ."""
    return named(difference(answer, language))


def near(gap: Gap, language: str) -> str:
    """Return the sentence that says what comes near a question that nothing answers."""
    return named(gap_line(gap, language))
