"""A period as people say it: "de décembre 2022", "from 3 to 9 March 2022"."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from babel.dates import format_date

from bot.rendering.catalogue import day, spoken

if TYPE_CHECKING:
    from datetime import datetime

_VOWELS = "aeiou"


def period(first: datetime | None, last: datetime | None, language: str) -> str:
    """Return the words for a period behind "articles", with a blank before them; empty for no period.

    Args:
        first: its first moment; None for an open end.
        last: its last moment; None for an open end.
        language: ISO 639-1 code.
    """
    if first and last:
        return f" {_between(first, last, language)}"
    if first:
        return _since(first, language)
    return _until(last, language) if last else ""


def _between(first: datetime, last: datetime, language: str) -> str:
    begin, end = _begin(first, last, language), _end(first, last, language)
    if begin == end:
        return _of(end, language, is_day=first.date() == last.date())
    is_day = not (_opens_month(first) and _closes_month(last))
    if spoken(language) == "en":
        return f"from {begin} to {end}"
    return f"du {begin} au {end}" if is_day else f"{_of(begin, language, is_day=False)} à {end}"


def _begin(first: datetime, last: datetime, language: str) -> str:
    """Return the first day, month or year, without what the end says again."""
    if _opens_year(first) and _closes_year(last):
        return str(first.year)
    same_year = first.year == last.year
    if _opens_month(first) and _closes_month(last):
        if (first.year, first.month) == (last.year, last.month):
            return _month(first, language)
        return format_date(first, "LLLL", locale=spoken(language)) if same_year else _month(first, language)
    if first.date() == last.date():
        return day(last, language)
    if same_year and first.month == last.month:
        return _number(first, language)
    return day(first, language).removesuffix(f" {first.year}") if same_year else day(first, language)


def _end(first: datetime, last: datetime, language: str) -> str:
    if _opens_year(first) and _closes_year(last):
        return str(last.year)
    return _month(last, language) if _opens_month(first) and _closes_month(last) else day(last, language)


def _since(first: datetime, language: str) -> str:
    if _opens_year(first):
        date = str(first.year)
    elif _opens_month(first):
        date = _month(first, language)
    else:
        date = day(first, language)
        return f" parus depuis le {date}" if spoken(language) == "fr" else f" published since {date}"
    return f" parus depuis {date}" if spoken(language) == "fr" else f" published since {date}"


def _until(last: datetime, language: str) -> str:
    if _closes_year(last):
        date, before = str(last.year), "jusqu’en"
    elif _closes_month(last):
        date, before = _month(last, language), "jusqu’en"
    else:
        date, before = day(last, language), "jusqu’au"
    return f" parus {before} {date}" if spoken(language) == "fr" else f" published until {date}"


def _of(date: str, language: str, *, is_day: bool) -> str:
    if spoken(language) == "en":
        return f"of {date}"
    if is_day:
        return f"du {date}"
    return f"d’{date}" if date[0] in _VOWELS else f"de {date}"


def _month(moment: datetime, language: str) -> str:
    return format_date(moment, "LLLL y", locale=spoken(language))


def _number(moment: datetime, language: str) -> str:
    return "1er" if moment.day == 1 and spoken(language) == "fr" else str(moment.day)


def _opens_month(moment: datetime) -> bool:
    return moment.day == 1


def _closes_month(moment: datetime) -> bool:
    return moment.day == calendar.monthrange(moment.year, moment.month)[1]


def _opens_year(moment: datetime) -> bool:
    return moment.month == 1 and _opens_month(moment)


def _closes_year(moment: datetime) -> bool:
    return moment.month == 12 and _closes_month(moment)
