"""What is to be known of sources, in words: that they disagree, who speaks, that an article was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.lists import format_list

from bot.rendering.catalogue import day, spoken, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.types import Answer, Citation


def difference(answer: Answer, language: str) -> str:
    """Return the sentence that says which citations differ, each with its outlet and date.

    Args:
        answer: with citations that differ.
        language: of the person; whoever shows the sentence makes it harmless.
    """
    differing = [c for c in answer.citations if c.label in answer.differing]
    named = [f"[{c.label}] ({_source(c, language)})" for c in differing]
    return text("search:differ", language, sources=format_list(named, locale=spoken(language)))


def speaker(citation: Citation, language: str) -> Iterator[str]:
    """Return the line that says whose words are quoted, where these do not name that person themselves.

    Whoever shows the line makes it harmless: the name is an article's.
    """
    if citation.speaker and citation.speaker not in citation.quote:
        yield text("search:speaker", language, name=citation.speaker)


def changes(citation: Citation, language: str) -> Iterator[str]:
    """Return the sentences that say that the cited article was corrected, and what it replaces."""
    if citation.is_corrected:
        yield text("search:corrected", language)
    replaced = citation.replaces
    if replaced and replaced.published_at:
        yield text("search:replaces", language, date=day(replaced.published_at, language))


def _source(citation: Citation, language: str) -> str:
    article = citation.article
    moment = article.published_at
    name = article.publisher or text("unnamed", language)
    return f"{name}, {day(moment, language) if moment else text('undated', language)}"
