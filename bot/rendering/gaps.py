"""What the coverage has near an unanswered question, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import day, text

if TYPE_CHECKING:
    from bot.types import Gap


def gap_line(gap: Gap, language: str) -> str:
    """Return the sentence: "12 articles de 3 médias s’en approchent, du 9 octobre 2022 au 3 mars 2023".

    Args:
        gap: with at least one article.
        language: ISO 639-1 code of the question.
    """
    key = "search:near-one" if gap.articles == 1 else "search:near-many"
    return text(
        key, language, count=gap.articles, outlets=_outlets(gap, language), dates=_dates(gap, language)
    )


def _outlets(gap: Gap, language: str) -> str:
    if not gap.publishers:
        return ""
    if len(gap.publishers) == 1:
        return f", {text('search:from-outlet', language, name=gap.publishers[0])}"
    return f", {text('search:from-outlets', language, count=len(gap.publishers))}"


def _dates(gap: Gap, language: str) -> str:
    said = ""
    if gap.oldest and gap.newest:
        first, last = day(gap.oldest, language), day(gap.newest, language)
        said = f", {text('search:dated-on' if first == last else 'search:dated-between', language, first=first, last=last)}"
    if gap.undated:
        said += f", {text('search:some-undated', language, count=gap.undated)}"
    return said
