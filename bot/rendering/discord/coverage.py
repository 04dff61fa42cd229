"""What is indexed, and what is set for a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import built_line, counted_articles, day, name_of_language, number, text
from bot.rendering.discord.markup import bold, small
from bot.rendering.discord.messages import parts
from bot.rendering.discord.sources import name, some
from bot.rendering.escape import escape
from bot.rendering.split import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.rendering.parts import Part
    from bot.types import GuildSettings
    from index.generation import Extent, Generation

_MOST_OUTLETS = 15


def render_coverage(extent: Extent, generation: Generation, language: str) -> tuple[Part, ...]:
    """Return what is indexed: how much, from when to when, whose, in which languages, built when.

    Args:
        extent: the figures.
        generation: the index.
        language: of the person.
    """
    counts = text(
        "counts",
        language,
        articles=counted_articles(generation.articles, language),
        passages=number(generation.passages, language),
    )
    languages = [f"{_language(code, language)} {number(count, language)}" for code, count in extent.languages]
    lines = [bold(text("coverage", language)), counts, _dates(extent, language)]
    if languages:
        lines.append(text("languages", language, names=some(languages, language)))
    return parts(["\n".join(lines), *_outlets(extent, language), small(built_line(generation, language))])


def render_narrowed_coverage(
    outlets: Sequence[tuple[str, int]], generation: Generation, language: str
) -> tuple[Part, ...]:
    """Return what is indexed of the outlets that count on a server, and nothing of others.

    Args:
        outlets: those outlets, each with its number of articles, most first.
        generation: the index.
        language: of the person.
    """
    lines = [
        bold(text("coverage", language)),
        counted_articles(sum(count for _, count in outlets), language),
        text("coverage:narrowed", language),
    ]
    return parts(
        ["\n".join(lines), _listed_outlets(outlets, 0, language), small(built_line(generation, language))]
    )


def render_settings(settings: GuildSettings, language: str) -> tuple[Part, ...]:
    """Return what those who manage a server have set for it.

    Args:
        settings: what is set.
        language: of the person.
    """
    outlets = [name(each) for each in settings.publishers]
    # A channel's mention is ours: it shows the name, and pings nobody.
    channels = [f"<#{channel}>" for channel in settings.channels]
    return parts(
        [
            bold(text("settings", language)),
            *_all_of("settings:publishers", outlets, language),
            *_all_of("settings:channels", channels, language),
            text("settings:private" if settings.private else "settings:public", language),
            small(text("settings:hint", language)),
        ],
        gap="\n",
    )


def _all_of(key: str, names: Sequence[str], language: str) -> Iterator[str]:
    """Return names with commas between them, none left out; that all are meant where there is none."""
    first, *others = names or [text("settings:all", language)]
    return pack([text(key, language, names=first), *others], gap=", ")


def _dates(extent: Extent, language: str) -> str:
    if extent.oldest_published_at is None or extent.newest_published_at is None:
        return text("dates-none", language)
    oldest, newest = day(extent.oldest_published_at, language), day(extent.newest_published_at, language)
    key = "dates-one-day" if oldest == newest else "dates-between"
    span = text(key, language, oldest=oldest, newest=newest)
    if not extent.undated:
        return span
    return f"{span} · {text('count-undated', language, count=number(extent.undated, language))}"


def _outlets(extent: Extent, language: str) -> list[str]:
    there = extent.publishers or extent.unnamed
    return [_listed_outlets(extent.publishers, extent.unnamed, language)] if there else []


def _listed_outlets(outlets: Sequence[tuple[str, int]], unnamed: int, language: str) -> str:
    """Return outlets, most articles first; of very many the first, and how many more there are."""
    shown = [f"{name(outlet)} · {number(count, language)}" for outlet, count in outlets]
    if len(shown) > _MOST_OUTLETS + 1:
        left = number(len(shown) - _MOST_OUTLETS, language)
        shown = [*shown[:_MOST_OUTLETS], text("and-others", language, count=left)]
    if unnamed:
        shown.append(text("count-unnamed", language, count=number(unnamed, language)))
    return "\n".join([bold(text("publishers", language)), *shown])


def _language(code: str, language: str) -> str:
    return escape(name_of_language(code, language))
