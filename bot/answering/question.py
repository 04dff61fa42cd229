"""What a person asked, made a query."""

from __future__ import annotations

import calendar
import difflib
import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.answering.dates import asked_period
from bot.answering.sources import asked_sources, language_codes
from bot.errors import (
    DatesReversed,
    DateUnreadable,
    FilterRefused,
    PublisherUnknown,
    QuestionEmpty,
    QuestionTooLong,
    QuestionUnreadable,
    QuestionWithoutWords,
)
from index.sources.language import detect_language
from index.types import Query
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from index.generation import Extent

LONGEST_QUESTION = 1000
# The languages that a short question is most likely in.
LIKELY = ("fr", "en")
# What happens on a day is told on that day and the next ones.
_DAYS_AFTER = 2
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def read_question(
    text: str,
    *,
    since: str | None = None,
    until: str | None = None,
    publisher: str | None = None,
    publishers: Sequence[str] = (),
    language: str | None = None,
    today: date | None = None,
    any_date: bool = False,
    any_source: bool = False,
    extent: Extent | None = None,
    top_k: int,
) -> Query:
    """Make a query of what was asked.

    Args:
        text: the question as it was typed.
        since: first day that counts: YYYY, YYYY-MM or YYYY-MM-DD.
        until: last day that counts, in the same forms; its whole year, month or day counts.
        publisher: the one outlet that counts, in any case and without accents too.
        publishers: the outlets of the collection.
        language: the one language that counts, by its code or its name in French or English.
        today: the day that "hier" is the day before; None to read no filter from the words.
        any_date: read no period from the words.
        any_source: read no outlet and no language from them.
        extent: what the collection holds, so that a date which lies outside is not taken for a filter.
        top_k: how many passages are wanted.

    Raises:
        QuestionRefused: the question is empty, too long, or holds no word.
        FilterRefused: a date is malformed or reversed, or no such outlet or language is there.
    """
    asked = _checked(text)
    published_from, published_to = _given_period(since, until)
    outlets = known_publishers(publisher, publishers) if publisher else ()
    query = Query(
        text=asked,
        language=detect_language(asked.lower() if asked.isupper() else asked, likely=LIKELY),
        published_from=published_from,
        published_to=published_to,
        publishers=outlets,
        publishers_given=outlets,
        languages=known_languages(language, extent) if language else (),
        top_k=top_k,
    )
    if today is None:
        return query
    query = query if any_date else _with_period(query, today, extent)
    return query if any_source else _with_sources(query, publishers)


def _given_period(since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    """Return the first and the last moment that count, of what was given apart from the words.

    Raises:
        FilterRefused: a date is malformed, or the first is after the last.
    """
    first = _first_moment(since) if since else None
    last = _last_moment(until) if until else None
    if since and until and first and last and first > last:
        raise DatesReversed(since, until)
    return first, last


def _checked(text: str) -> str:
    """Return the question in one line.

    Raises:
        QuestionRefused: it is empty, too long, or holds no word.
    """
    asked = " ".join(text.split())
    if not asked:
        msg = "The question is empty: ask, for example, “Who was quoted about the strike?”"
        raise QuestionEmpty(msg)
    if len(asked) > LONGEST_QUESTION:
        msg = f"The question has {len(asked)} characters, more than {LONGEST_QUESTION}: put it in a sentence."
        raise QuestionTooLong(msg)
    try:
        asked.encode()
    except UnicodeEncodeError:
        msg = "The question holds bytes that are no text: set the terminal to UTF-8."
        raise QuestionUnreadable(msg) from None
    if not words(asked):
        msg = "The question holds no word that could be searched: put it in words."
        raise QuestionWithoutWords(msg)
    return asked


def _with_period(query: Query, today: date, extent: Extent | None) -> Query:
    """Return the query within the period that its words name; one that was given apart holds."""
    if query.has_period:
        return query
    oldest, newest = (extent.oldest_published_at, extent.newest_published_at) if extent else (None, None)
    asked = asked_period(
        query.text,
        today=today,
        oldest=oldest.date() if oldest else None,
        newest=newest.date() if newest else None,
    )
    if asked is None:
        return query
    first, last = asked.period.first, asked.period.last
    days_after = _DAYS_AFTER if first == last and asked.is_of_event else 0
    return replace(
        query,
        published_from=datetime.combine(first, time.min, UTC) if first else None,
        published_to=datetime.combine(last + timedelta(days=days_after), time.max, UTC) if last else None,
        days_after=days_after,
        period_words=asked.words,
    )


def _with_sources(query: Query, publishers: Sequence[str]) -> Query:
    """Return the query to the outlets and languages that its words name; what was given apart holds."""
    asked = None if query.publishers or query.languages else asked_sources(query.text, publishers)
    if asked is None:
        return query
    return replace(query, publishers=asked.publishers, languages=asked.languages, source_words=asked.words)


def read_day(written: str) -> date:
    """Return the day that is written as YYYY-MM-DD; of a month or a year its last.

    Raises:
        FilterRefused: it is no date.
    """
    return _last_moment(written).date()


def _first_moment(date: str) -> datetime:
    year, month, day = _parts(date)
    return _moment(date, year, 1 if month is None else month, 1 if day is None else day)


def _last_moment(date: str) -> datetime:
    year, month, day = _parts(date)
    month = 12 if month is None else month
    if day is None:
        day = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    return _moment(date, year, month, day).replace(hour=23, minute=59, second=59, microsecond=999_999)


def _parts(date: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(date.strip())
    if not match or match[1] == "0000":
        raise _not_a_date(date)
    return int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None


def _moment(date: str, year: int, month: int, day: int) -> datetime:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        raise _not_a_date(date) from None


def _not_a_date(date: str) -> DateUnreadable:
    return DateUnreadable(date[:40])


def known_publishers(publisher: str, publishers: Sequence[str]) -> tuple[str, ...]:
    """Return the outlets that are meant: case and accents do not matter, so there may be several.

    Args:
        publisher: as a person wrote it.
        publishers: the outlets of the collection.

    Raises:
        PublisherUnknown: no such outlet is there; names the nearest.
    """
    by_words: dict[str, tuple[str, ...]] = {}
    for name in publishers:
        folded = " ".join(words(name))
        by_words[folded] = (*by_words.get(folded, ()), name)
    asked = " ".join(words(publisher))
    if asked in by_words:
        return by_words[asked]
    near = difflib.get_close_matches(asked, by_words, n=3) or list(by_words)[:8]
    raise PublisherUnknown(publisher[:60], [name for folded in near for name in by_words[folded]])


def known_languages(language: str, extent: Extent | None) -> tuple[str, ...]:
    """Return the code of the language that is meant.

    Args:
        language: as a person wrote it: its code, or its name in French or English.
        extent: what the collection holds.

    Raises:
        FilterRefused: nothing is in that language; names those that are there.
    """
    there = tuple(code for code, _ in extent.languages) if extent else ()
    meant = tuple(code for code in language_codes(language) if code in there)
    if meant:
        return meant
    msg = f"No article in “{language[:60]}” is in the index. Languages that are there: {', '.join(there) or 'none'}."
    raise FilterRefused(msg)
