"""What a person asks, made a query: with what it follows, and within what a guild's managers decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answering.answerer import TOP_K
from bot.answering.follow_up import follow_up
from bot.answering.question import LIKELY, read_question
from bot.errors import ChannelClosed
from index.sources.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.types import GuildSettings
    from index.generation import Extent
    from index.types import Article, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question as it reaches the desk.

    Args:
        text: what the person wrote.
        person: who asks, for the fair share alone; it is kept nowhere.
        guild: where its managers have a say; None in a direct message.
        channel: where it is asked; None where no channel can be closed.
        places: where an earlier answer may stand that this follows: a message that is replied to, a thread.
        since, until, publisher: filters, as :func:`bot.answering.question.read_question` reads them.
    """

    text: str
    person: int
    guild: int | None = None
    channel: int | None = None
    places: tuple[int, ...] = ()
    since: str | None = None
    until: str | None = None
    publisher: str | None = None


def query_of(
    asking: Asking,
    *,
    previous: Query | None,
    settings: GuildSettings,
    publishers: Sequence[str],
    rewritten: str | None = None,
    today: date | None = None,
    extent: Extent | None = None,
) -> Query:
    """Return what is searched for a question.

    A follow-up keeps the filters of what it follows, as far as it sets none of its own.

    Args:
        asking: the question.
        previous: what was searched where it is asked, if anything was.
        settings: what the guild's managers set.
        publishers: the outlets of the collection.
        rewritten: the question as a chat model put it, so that it stands by itself.
        today: the day that "hier" is the day before; None to read no filter from the words.
        extent: what the collection holds.

    Raises:
        QuestionRefused: it cannot be searched.
        FilterRefused: a date cannot be meant, or the outlet is not there or not one of the guild's.
    """
    text = rewritten or asking.text
    if previous is not None and text == asking.text:
        text = follow_up(text, previous.text, detect_language(text, likely=LIKELY))
    query = read_question(
        text,
        since=asking.since,
        until=asking.until,
        publisher=asking.publisher,
        publishers=settings.publishers or publishers,
        today=today,
        extent=extent,
        top_k=TOP_K,
    )
    if previous is not None and text != asking.text:
        query = _with_filters_of(query, previous)
    return narrowed(query, settings)


def narrowed(query: Query, settings: GuildSettings) -> Query:
    """Return a query within the outlets of a guild; whatever outlets it names, it is never widened.

    That holds for what is left of it, too, where what was read from its words is set aside.
    """
    if not settings.publishers:
        return query
    named, given = (
        tuple(name for name in names if name in settings.publishers)
        for names in (query.publishers, query.publishers_given)
    )
    return replace(
        query,
        publishers=named or settings.publishers,
        publishers_given=given or settings.publishers,
        source_words=query.source_words if named or query.languages else "",
    )


def counts(article: Article, settings: GuildSettings) -> bool:
    """Tell whether an article is of an outlet that the guild's managers chose."""
    return not settings.publishers or article.publisher in settings.publishers


def check_channel(channel: int | None, settings: GuildSettings) -> None:
    """Let pass what is asked in a channel that the guild's managers chose.

    Raises:
        ChannelClosed: they chose others.
    """
    if settings.channels and channel is not None and channel not in settings.channels:
        msg = "Dateline answers in other channels of this server."
        raise ChannelClosed(msg)


def _with_filters_of(query: Query, previous: Query) -> Query:
    dates = query if query.has_period else previous
    sources = query if query.publishers or query.languages else previous
    return replace(
        query,
        published_from=dates.published_from,
        published_to=dates.published_to,
        days_after=dates.days_after,
        period_words=dates.period_words,
        publishers=sources.publishers,
        languages=sources.languages,
        source_words=sources.source_words,
        publishers_given=sources.publishers_given,
    )
