"""Dates as outlets print them, read without a clock: what is not printed is not filled in.

The months' names come from CLDR (babel). A general parser is no help here: it fills what is missing from
the clock, takes milliseconds, and does not know "9 décembre 2022 à 14 h 30".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = (
    "fr",
    "en",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "ca",
    "pl",
    "ro",
    "sv",
    "da",
    "el",
    "ru",
    "uk",
    "tr",
    "ar",
)
EARLIEST_YEAR = 1700
LATEST_AHEAD = timedelta(days=2)  # clocks of outlets and zones differ, but not by more

_ISO_MOMENT = re.compile(
    r"(?<!\d)\d{4}-\d\d-\d\dT\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?(?!\d)"
)
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])")
_DAY_MONTH = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})(?:er|re|st|nd|rd|th|ten|º|ª|°|\.)?[\s-]+(?:de\s+|d')?"
    r"(?P<name>[^\W\d_]{3,12})\.?,?[\s-]+(?:del?\s+)?(?P<year>\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(
    r"\b(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d/.])(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\d/.]\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?:[/.]|年)(?P<month>\d{1,2})(?:[/.]|月)(?P<day>\d{1,2})(?:日|(?!\d))"
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-4])\s?(?:[:.]|h(?:eures?)?\s?|Uhr\s?)(?P<minute>[0-5]\d)?(?::(?P<second>[0-5]\d))?"
    r"(?:\s?(?:min|mn))?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?!\d)",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    rf"(?P<time>{_TIME.pattern})(?:\s?\(?[A-Z]{{2,4}}\)?)?\W{{1,4}}(?:(?:on|le|am)\s)?(?:[^\W\d_]{{3,9}}\.?,?\s)?$",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(r"(?<!\d)(?P<hour>1[0-2]|0?\d)\s?(?P<half>[ap])\.?\s?m\b\.?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:\b(?:GMT|UTC)\s?)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?!\d)")
_ZONE_NAME = re.compile(
    r"\b(?:GMT|UTC|Z|BST|CES?T|MES?Z|EES?T|WES?T|MSK|МСК|мск|[ECMP][SD]?T|AE[SD]T|BRT|IDT|TRT|JST|KST|HKT"
    r"|heure de Paris|hora de Brasília|horário de Brasília|hora peninsular|ora italiana|по московскому времени)\b"
    r"(?!\s?[+-]\d)"
)
_FIXED_HOURS = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "МСК": 3, "мск": 3, "TRT": 3, "IDT": 3, "WET": 0, "WEST": 1, "BRT": -3, "JST": 9, "KST": 9, "HKT": 8,
    "AEST": 10, "AEDT": 11, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "heure de Paris": "Europe/Paris",
    "hora de Brasília": "America/Sao_Paulo",
    "horário de Brasília": "America/Sao_Paulo",
    "hora peninsular": "Europe/Madrid",
    "ora italiana": "Europe/Rome",
    "по московскому времени": "Europe/Moscow",
}
_ZONE_LENGTH = 32  # characters after a time in which a zone may stand
_AMERICAN_ZONE = re.compile(r"\b[ECMP][SD]?T\b(?<!CET)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as it stands in a line.

    Args:
        moment: aware; midnight UTC where no time is printed.
        start: where it begins in the line.
        end: one past its end, time and zone included.
    """

    moment: datetime
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int
    start: int
    end: int


def dates_in(line: str, language: str = "") -> tuple[PrintedDate, ...]:
    """Find the dates printed in a line, in order.

    Args:
        line: one line in plain view; not a text, whose sentences name dates of all kinds.
        language: ISO 639-1 code, with a region where one is known: "en-US" puts the month first, "en-GB" and
            every other language the day; for plain "en", 12/09/2022 is not decided and not found.
    """
    exact = tuple(_iso_moments(line))
    if exact:
        return exact
    days = sorted(_days_in(line, language), key=lambda day: day.start)
    found: list[PrintedDate] = []
    for index, day in enumerate(days):
        if found and day.start < found[-1].end:
            continue
        past = days[index + 1].start if index + 1 < len(days) else len(line)
        printed = _with_time(line, day, found[-1].end if found else 0, past)
        if printed:
            found.append(printed)
    return tuple(found)


def parse_date(text: str, language: str = "") -> datetime | None:
    """Return the first date printed in a short text, aware, or None."""
    found = dates_in(text.strip(), language)
    return found[0].moment if found else None


def time_in(line: str) -> tuple[int, int] | None:
    """Return hour and minute of the first time of day in ``line``, or None."""
    found = _TIME.search(line)
    return _clock_time(found)[:2] if found and (found["minute"] or "h" in found.group().lower()) else None


def is_believable(moment: datetime, now: datetime) -> bool:
    """Tell whether something can have been published then, as seen at ``now``."""
    return (
        moment.year >= EARLIEST_YEAR
        and moment.replace(tzinfo=None) <= now.replace(tzinfo=None) + LATEST_AHEAD
    )


@cache
def month_numbers() -> dict[str, int]:
    """Return the months' names and abbreviations in every language we read, in lower case."""
    from babel.dates import get_month_names  # here: only a line with a year in it needs the names

    numbers = {"sept": 9, "june": 6, "july": 7, "fev": 2, "fevrier": 2, "aout": 8, "decembre": 12, "mrt": 3}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, locale=language)
                for number, name in names.items():
                    word = name.lower().removeprefix("de ").removeprefix("d’").rstrip(".")
                    numbers.setdefault(word, number)
    return numbers


def _iso_moments(line: str) -> Iterator[PrintedDate]:
    for match in _ISO_MOMENT.finditer(line):
        try:
            moment = datetime.fromisoformat(match.group())
        except ValueError:  # 31 February, hour 25
            continue
        yield PrintedDate(moment if moment.tzinfo else moment.replace(tzinfo=UTC), *match.span())


def _days_in(line: str, language: str) -> list[_Day]:
    found: list[_Day] = []
    if _FOUR_DIGITS.search(line):
        found += [_year_first_day(match) for match in (*_ISO_DAY.finditer(line), *_YEAR_FIRST.finditer(line))]
        for match in (*_DAY_MONTH.finditer(line), *_MONTH_DAY.finditer(line)):
            month = month_numbers().get(match["name"].lower())
            if month:
                found.append(_Day(int(match["year"]), month, int(match["day"]), *match.span()))
    numeric = (_numeric_day(match, language, line) for match in _NUMERIC.finditer(line))
    return found + [day for day in numeric if day]


def _year_first_day(match: re.Match[str]) -> _Day:
    return _Day(int(match["year"]), int(match["month"]), int(match["day"]), match.start(), match.end("day"))


def _numeric_day(match: re.Match[str], language: str, line: str) -> _Day | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        year += 2000
    month_first = _puts_month_first(first, second, match["mark"], language, line)
    if month_first is None:
        return None
    day, month = (second, first) if month_first else (first, second)
    return _Day(year, month, day, *match.span())


def _puts_month_first(first: int, second: int, mark: str, language: str, line: str) -> bool | None:
    """Decide 12/09/2022; None where nothing decides it."""
    if first > 12 or first == second or mark == ".":
        return False
    if second > 12:
        return True
    language = language.lower().replace("_", "-")
    if language == "en-us" or _AMERICAN_ZONE.search(line):
        return True
    undecided = language in ("en", "") and not re.search(r"\b(?:GMT|BST|CES?T)\b", line)
    return None if undecided else False


def _with_time(line: str, day: _Day, since: int, past: int) -> PrintedDate | None:
    """Join the day with the time printed right after or right before it."""
    after = line[day.end : min(past, day.end + 45)]
    found = _TIME.search(after) or _HOUR_ONLY.search(after)
    if found and re.search(r"[^\W\d_]{7,}|[()]", after[: found.start()]):
        found = None  # words in between: the time belongs to something else
    end, start, zone_from = day.end, day.start, day.end
    if found:
        end = zone_from = day.end + found.end()
    else:
        found = _TIME_BEFORE.search(line[since : day.start])
        if found:
            start, zone_from = since + found.start(), since + found.end("time")
    zone, zone_end = _zone(line[zone_from : zone_from + _ZONE_LENGTH]) if found else (UTC, 0)
    moment = _moment(day, found, zone)
    return PrintedDate(moment, start, max(end, zone_from + zone_end)) if moment else None


def _zone(after: str) -> tuple[timezone | ZoneInfo, int]:
    """Return the zone that opens ``after`` and where its name ends; UTC where none is printed."""
    offset = re.match(rf"\s?\(?{_OFFSET.pattern}", after)
    if offset:
        shift = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        if shift < timedelta(hours=15):
            return timezone(-shift if offset["sign"] == "-" else shift), offset.end()
    named = re.match(rf"[\s(,]*(?:Uhr|uur|hs?)?[\s(,]*({_ZONE_NAME.pattern})\)?", after)
    if not named:
        return UTC, 0
    name = named.group(1)
    if name in _PLACES:
        return ZoneInfo(_PLACES[name]), named.end()
    hours = _FIXED_HOURS.get(name, 0)
    return (timezone(timedelta(hours=hours)) if hours else UTC), named.end()


def _moment(day: _Day, time: re.Match[str] | None, zone: timezone | ZoneInfo) -> datetime | None:
    hour, minute, second = _clock_time(time) if time else (0, 0, 0)
    try:
        return datetime(day.year, day.month, day.day, hour % 24, minute, second, tzinfo=zone)
    except ValueError:  # 31 February, month 13, year 0
        return None


def _clock_time(time: re.Match[str]) -> tuple[int, int, int]:
    parts = time.groupdict()
    hour = int(parts["hour"])
    if parts.get("half"):
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    return hour, int(parts.get("minute") or 0), int(parts.get("second") or 0)
