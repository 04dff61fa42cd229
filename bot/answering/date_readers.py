"""What a phrase of time means, as seen on a day: each reader takes the match of its pattern.

What names no year is the last one that has begun by then, so "mars 2022" is "mars" as seen on the last day of 2022.
A reader returns None, or lets the calendar's ValueError out, where there are no such days.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.answering import periods
from bot.answering.date_words import (
    EN_WEEKDAYS,
    FR_LONG,
    FR_MONTH,
    FR_WEEKDAYS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    UNITS,
)
from bot.answering.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.periods import Unit

# How many "ces derniers jours" and "recent weeks" are.
_A_FEW: dict[Unit, int] = {"day": 7, "week": 4, "month": 3, "year": 3}


def day(match: re.Match[str], today: date) -> Period | None:
    """Read "9 décembre", "March 3"."""
    return _parsed(f"{match['day']} {match['month']}", _looking_from(match, today, today))


def days(match: re.Match[str], today: date) -> Period | None:
    """Read "3 au 9 mars", "March 3-9"."""
    last = _parsed(f"{match['to']} {match['month']}", today)
    first = _parsed(f"{match['from']} {match['month']}", last.last) if last and last.last else None
    return Period(first.first, last.last) if first and last else None


def month(match: re.Match[str], today: date) -> Period | None:
    """Read "mars", "last March"."""
    return _parsed(match["month"], _looking_from(match, today, today.replace(day=1)))


def months(match: re.Match[str], today: date) -> Period | None:
    """Read "mars-mai": the last "mai", and the "mars" before it."""
    last = _parsed(match["to"], today)
    first = _parsed(match["from"], last.first) if last and last.first else None
    return Period(first.first, last.last) if first and last else None


def numeric(match: re.Match[str], _today: date) -> Period | None:
    """Read "9/12/2022", the day first unless it cannot be."""
    first, second, year = int(match["day"]), int(match["month"]), int(match["year"])
    if second > 12 >= first:
        first, second = second, first
    return periods.of_day(date(year + 2000 if year < 100 else year, second, first))


def figures(match: re.Match[str], today: date) -> Period | None:
    """Read "9/12", the day first."""
    names, number = FR_LONG.split("|"), int(match["month"])
    return _parsed(f"{match['day']} {names[number - 1]}", today) if 1 <= number <= 12 else None


def iso(match: re.Match[str], _today: date) -> Period | None:
    """Read "2022-12-09" and "2022-12"."""
    year, number, dated = int(match["year"]), int(match["month"]), _said(match, "day")
    return periods.of_day(date(year, number, int(dated))) if dated else periods.of_month(year, number)


def year(match: re.Match[str], _today: date) -> Period | None:
    """Read "2022"."""
    return periods.of_year(int(match["year"]))


def years(match: re.Match[str], _today: date) -> Period | None:
    """Read "2021-2022" and "2021-22"."""
    first, until = match["year"], match["to"]
    last = first[: 4 - len(until)] + until
    return Period(periods.of_year(int(first)).first, periods.of_year(int(last)).last)


def season(match: re.Match[str], today: date) -> Period | None:
    """Read "printemps", "l'été dernier", "hiver 2022-2023", which is the winter of 2023."""
    named = SEASONS[match["season"]]
    following = _said(match, "year")
    if following:
        return periods.of_season(int(following) + 1, named)
    years = range(min(today.year + 1, 9999), max(today.year - 3, 1), -1)
    seasons = [periods.of_season(number, named) for number in years]
    begun = [p for p in seasons if p.last and p.first and (p.last if _is_over(match) else p.first) <= today]
    return None if _said(match, "this") and _is_nearer(seasons, begun[0], today) else begun[0]


def _is_nearer(seasons: Sequence[Period], last: Period, today: date) -> bool:
    """Tell whether "this winter" is the coming one: it is nearer than the last one."""
    coming = min(p.first for p in seasons if p.first and p.first > today)
    return last.last is not None and last.last < today and coming - today < today - last.last


def share(match: re.Match[str], today: date) -> Period | None:
    """Read "premier trimestre", "second half", "Q3": of this year, or of the last where it has not begun."""
    shares = 4 if match["share"][0] in "tq" else 2
    number = ORDINALS.get(match["ordinal"]) or int(match["ordinal"])
    if number > shares:
        return None
    period = periods.of_share(today.year, number, shares)
    is_ahead = period.first is not None and period.first > today
    return periods.of_share(today.year - 1, number, shares) if is_ahead else period


def past_share(match: re.Match[str], today: date) -> Period | None:
    """Read "le trimestre dernier", "last quarter"."""
    shares = 4 if re.search(r"trimestre|quarter", match[0]) else 2
    over = (today.month - 1) // (12 // shares)
    return periods.of_share(today.year if over else today.year - 1, over or shares, shares)


def near_today(match: re.Match[str], today: date) -> Period | None:
    """Read "avant-hier", "last night", "ce matin"."""
    if re.search(r"avant-hier|before yesterday", match[0]):
        return periods.of_day(today - timedelta(days=2))
    is_yesterday = re.search(r"hier|yesterday|last|derniere", match[0])
    return periods.of_day(today - timedelta(days=1 if is_yesterday else 0))


def weekday(match: re.Match[str], today: date) -> Period | None:
    """Read "lundi dernier", "last Monday": the last such day before today; "ce lundi" may be today."""
    names = FR_WEEKDAYS if match["weekday"] in FR_WEEKDAYS else EN_WEEKDAYS
    distance = (today.weekday() - names.index(match["weekday"])) % 7
    return periods.of_day(today - timedelta(days=distance or (7 if _is_over(match) else 0)))


def this_unit(match: re.Match[str], today: date) -> Period | None:
    """Read "cette semaine" and the like; a week that has just begun reaches back over seven days."""
    unit = UNITS[match["unit"]]
    period = periods.of_unit(today, unit)
    if unit == "week" and period.first:
        return Period(min(period.first, today - timedelta(days=6)), today)
    return period


def last_unit(match: re.Match[str], today: date) -> Period | None:
    """Read "la semaine dernière", "last year": the whole one before this."""
    unit = UNITS[match["unit"]]
    return periods.of_unit(periods.back(today, 1, unit), unit)


def weekend(match: re.Match[str], today: date) -> Period | None:
    """Read "ce week-end", "last weekend": the last that has begun, or that is over."""
    since_saturday = (today.weekday() - 5) % 7
    if since_saturday < 2 and _is_over(match):
        since_saturday += 7
    saturday = today - timedelta(days=since_saturday)
    return Period(saturday, saturday + timedelta(days=1))


def recent(match: re.Match[str], today: date) -> Period | None:
    """Read "ces trois derniers mois", "the past week": so many units up to today."""
    unit, counted = UNITS[match["unit"]], _said(match, "count")
    a_few = _A_FEW[unit] if match["unit"].endswith("s") else 1
    return Period(periods.back(today, _count(counted) if counted else a_few, unit), today)


def ago(match: re.Match[str], today: date) -> Period | None:
    """Read "il y a deux semaines", "two weeks ago": the day, week, month or year around that day."""
    unit = UNITS[match["unit"]]
    return periods.of_unit(periods.back(today, _count(match["count"]), unit), unit)


def _parsed(text: str, today: date) -> Period | None:
    """Return the day or month that a date in words names: dateparser reads it."""
    from dateparser.date import DateDataParser  # a third of a second: only a question with a date needs it

    language = "fr" if re.search(rf"\b{FR_MONTH}(?!\w)", text) else "en"
    base = datetime(today.year, today.month, today.day)  # noqa: DTZ001  # a day has no zone
    parser = DateDataParser(
        languages=[language], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    )
    read = parser.get_date_data(text)
    if read.date_obj is None:
        return None
    return periods.of_unit(read.date_obj.date(), "day" if read.period == "day" else "month")


def _looking_from(match: re.Match[str], today: date, begun: date) -> date:
    """Return the day to look back from: "mars dernier" is over, and so not this March."""
    return begun - timedelta(days=1) if _is_over(match) else today


def _is_over(match: re.Match[str]) -> bool:
    return bool(_said(match, "past") or _said(match, "last"))


def _said(match: re.Match[str], group: str) -> str | None:
    said: str | None = match.groupdict().get(group)
    return said


def _count(word: str) -> int:
    return NUMBERS.get(word) or int(word)
