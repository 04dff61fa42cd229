"""Lists of articles: found by words, in order of date, near to a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import day, quoted, text
from bot.rendering.discord.markup import bold, quotation, small
from bot.rendering.discord.messages import foot, parts, under
from bot.rendering.discord.sources import also_in, headline, listed, name, publisher
from bot.rendering.escape import clean, escape
from bot.rendering.split import shortened, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.parts import Part
    from bot.types import Listing
    from index.generation import Generation

_LONGEST_WORDS, _LONGEST_CLAIM = 200, 300


def render_search(
    listings: Sequence[Listing], words: str, language: str, generation: Generation
) -> tuple[Part, ...]:
    """Return articles, each with its words that are nearest to what was searched.

    Args:
        listings: nearest first.
        words: what was searched.
        language: of the person.
        generation: the index that they are of.
    """
    heading = bold(text("search-of", language, words=quoted(_cut(words, _LONGEST_WORDS), language)))
    return _list(heading, _nearest(listings, language), foot(generation, language))


def render_timeline(
    listings: Sequence[Listing], words: str, language: str, generation: Generation
) -> tuple[Part, ...]:
    """Return the coverage of a topic in order of date, a line an event.

    Args:
        listings: earliest first; reprints are folded into them already.
        words: the topic.
        language: of the person.
        generation: the index that they are of.
    """
    heading = bold(text("timeline-of", language, words=quoted(_cut(words, _LONGEST_WORDS), language)))
    dated = [block for each in listings if each.article.published_at for block in _event(each, language)]
    undated = [
        block for each in listings if not each.article.published_at for block in _event(each, language)
    ]
    last = under(bold(text("undated-last", language)), undated) if undated else []
    events = [*dated, *last] or [text("nothing-listed", language)]
    return parts([*under(heading, events, gap="\n\n"), foot(generation, language)])


def render_check(
    listings: Sequence[Listing], claim: str, language: str, generation: Generation
) -> tuple[Part, ...]:
    """Return the passages nearest to what a message claims, and no verdict.

    Args:
        listings: nearest first.
        claim: the message.
        language: of the person.
        generation: the index that they are of.
    """
    said = text("claimed", language, claim=quoted(_cut(claim, _LONGEST_CLAIM), language))
    heading = f"{bold(text('check-of', language))}\n{small(said)}"
    last = f"{small(text('no-verdict', language))}\n{foot(generation, language)}"
    return _list(heading, _nearest(listings, language), last)


def _list(heading: str, blocks: Sequence[str], last: str) -> tuple[Part, ...]:
    return parts([*under(heading, list(blocks), gap="\n\n"), last])


def _nearest(listings: Sequence[Listing], language: str) -> list[str]:
    blocks = [block for listing in listings for block in listed(listing, language)]
    return blocks or [text("nothing-listed", language)]


def _event(listing: Listing, language: str) -> list[str]:
    """Return the line of an event: when, what, and who printed it."""
    article = listing.article
    when = f"{bold(day(article.published_at, language))} · " if article.published_at else ""
    who = publisher(article, language)
    if listing.also_in:
        who = f"{who} ({also_in(listing.also_in, language)})"
    if name(article.headline or ""):
        return [f"{when}{headline(article, language)} · {who}"]
    return together(f"{when}{who}", *quotation(listing.citation.quote, language, article.language))


def _cut(words: str, most: int) -> str:
    return escape(shortened(clean(words).strip(), most))
