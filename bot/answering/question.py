"""What a person asked, made a query."""

from __future__ import annotations

import calendar
import difflib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import (
    DatesReversed,
    DateUnreadable,
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

LONGEST_QUESTION = 1000
# The languages that a short question is most likely in.
LIKELY = ("fr", "en")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def read_question(
    text: str,
    *,
    since: str | None = None,
    until: str | None = None,
    publisher: str | None = None,
    publishers: Sequence[str] = (),
    top_k: int,
) -> Query:
    """Make a query of what was asked.

    Args:
        text: the question as it was typed.
        since: first day that counts: YYYY, YYYY-MM or YYYY-MM-DD.
        until: last day that counts, in the same forms; its whole year, month or day counts.
        publisher: the one outlet that counts, in any case and without accents too.
        publishers: the outlets of the collection.
        top_k: how many passages are wanted.

    Raises:
        QuestionRefused: the question is empty, too long, or holds no word.
        FilterRefused: a date is malformed or reversed, or no such outlet is there.
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
    published_from = _first_moment(since) if since else None
    published_to = _last_moment(until) if until else None
    if since and until and published_from and published_to and published_from > published_to:
        raise DatesReversed(since, until)
    return Query(
        text=asked,
        language=detect_language(asked, likely=LIKELY),
        published_from=published_from,
        published_to=published_to,
        publishers=known_publishers(publisher, publishers) if publisher else (),
        top_k=top_k,
    )


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
