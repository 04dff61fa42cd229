"""Periods of whole days, and how the calendar divides them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

Unit = Literal["day", "week", "month", "year"]
Third = Literal["early", "middle", "late"]
Season = Literal["spring", "summer", "autumn", "winter"]

_FIRST_MONTH: dict[Season, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_THIRDS: tuple[Third, ...] = ("early", "middle", "late")
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; None is an open end.

    Raises:
        ValueError: it ends before it begins, or both ends are open.
    """

    first: date | None
    last: date | None

    def __post_init__(self) -> None:
        """Refuse a period that holds no day, or every day."""
        if self.first is None and self.last is None:
            msg = "a period needs an end"
            raise ValueError(msg)
        if self.first and self.last and self.first > self.last:
            msg = f"a period cannot end ({self.last}) before it begins ({self.first})"
            raise ValueError(msg)


def of_day(day: date) -> Period:
    """Return one day."""
    return Period(day, day)


def of_week(day: date) -> Period:
    """Return the week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def of_month(year: int, month: int) -> Period:
    """Return a month."""
    return _months(year, month, 1)


def of_year(year: int) -> Period:
    """Return a year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def of_share(year: int, number: int, shares: int) -> Period:
    """Return the ``number``-th (from 1) of 2 halves, 3 thirds or 4 quarters of a year."""
    months = 12 // shares
    return _months(year, (number - 1) * months + 1, months)


def of_season(year: int, season: Season) -> Period:
    """Return a season as meteorologists count: the winter of a year begins in the December before it."""
    return _months(year - 1 if season == "winter" else year, _FIRST_MONTH[season], 3)


def third(period: Period, which: Third) -> Period:
    """Return the early, middle or late part: ten days of a month, four months of a year."""
    if period.first is None or period.last is None:
        return period
    first, last, place = period.first, period.last, _THIRDS.index(which)
    if (last - first).days < _LONGEST_MONTH:
        begin, end = first + timedelta(days=10 * place), first + timedelta(days=10 * place + 9)
        return Period(min(begin, last), last if which == "late" else min(end, last))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    share = max(1, months // 3)
    month = first + relativedelta(months=place * share)
    return _months(month.year, month.month, share)


def half(period: Period, number: int) -> Period:
    """Return the first or second half of a month or a year."""
    if period.first is None or period.last is None:
        return period
    first, last = period.first, period.last
    if (last - first).days >= _LONGEST_MONTH:
        return of_share(first.year, number, 2)
    middle = first + timedelta(days=14)
    return Period(first, middle) if number == 1 else Period(middle + timedelta(days=1), last)


def back(day: date, count: int, unit: Unit) -> date:
    """Return the day that lies so many units before another.

    Raises:
        ValueError: there is no such day: the calendar begins in the year 1.
    """
    try:
        before: date = day - relativedelta(**{f"{unit}s": count})
    except OverflowError as error:
        raise ValueError(str(error)) from error
    return before


def of_unit(day: date, unit: Unit) -> Period:
    """Return the day, week, month or year that holds a day."""
    if unit == "day":
        return of_day(day)
    if unit == "week":
        return of_week(day)
    return of_month(day.year, day.month) if unit == "month" else of_year(day.year)


def _months(year: int, month: int, count: int) -> Period:
    """Return so many whole months from a first one."""
    begin = date(year, month, 1)
    end = begin + relativedelta(months=count - 1)
    return Period(begin, end.replace(day=calendar.monthrange(end.year, end.month)[1]))
