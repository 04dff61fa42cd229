"""Dates, weekdays, seasons and times of day: what a sentence says of when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import Locale

from bot.answering.verification.relative_words import RELATIVE, SEASON_FROM
from index.types import Span
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.answering.verification.relative_words import Unit

_LANGUAGES = ("fr", "en", "de", "es", "it")
_DAY = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|º|\.)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_WORD = re.compile(r"[^\W\d_]+\.?")
_BARE_YEAR = re.compile(
    rf"(?<![\d.,$£€/-])(?<!\d[ \u00a0\u202f]){_YEAR}(?![\d/]|[.,]\d|[ \u00a0\u202f]\d{{3}}\b|\s?[%€$])"
)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d.,])(?P<hour>[01]?\d|2[0-4])\s?(?:(?:h(?:eures?)?\b|Uhr\b)[ \u00a0\u202f]?(?P<minute>[0-5]\d)?(?!\d)"
    r"|[:.](?P<minutes>[0-5]\d)(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?!\d)|\s?(?P<only>[ap])\.?\s?m\b\.?)",
    re.IGNORECASE,
)
# "À 4 heures" is a time, "quatre heures" a stretch of it.
_AT = re.compile(
    r"(?:\b(?:à|a|vers|avant|après|dès|entre|et|um|ab|gegen|las|at|by|from|until|ou|lieu\sde|partir\sde|starting|plutôt\sque|instead\sof|than)|,|['’]à)\s$|^\W*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:de|from)\s$", re.IGNORECASE)
_UNTIL = re.compile(r"\s?(?:à|to)\s")
_NOON = {"midi": 12, "noon": 12, "minuit": 0, "midnight": 0}
_SEASONS = {
    "printemps": "spring", "spring": "spring", "fruhjahr": "spring", "fruhling": "spring", "primavera": "spring",
    "automne": "autumn", "autumn": "autumn", "herbst": "autumn", "otono": "autumn", "hiver": "winter",
    "winter": "winter", "invierno": "winter", "ete": "summer", "summer": "summer", "sommer": "summer",
    "noel": "christmas", "christmas": "christmas", "weihnachten": "christmas", "paques": "easter", "easter": "easter",
}  # fmt: skip
# "été" is a verb far more often than a season.
_SUMMER = re.compile(r"(?:\bl['’]|\bcet\s|\bd['’]|\bdeux\s|\ben\s|\bdès\sl['’])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as far as a text names it; what it does not name is None.

    Args:
        span: where it stands.
        year, month, day: of the calendar.
        weekday: 0 for Monday.
        season: also a feast: "christmas".
        minute: of the day, from midnight.
        relative: unit and distance from another day: ("week", -1) for "last week".
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    minute: int | None = None
    relative: tuple[Unit, int] | None = None


def moments_in(text: str, language: str) -> tuple[Moment, ...]:
    """Return what a text says of when, in order, as far as it is written out.

    The names of months and weekdays come from CLDR.
    """
    found: list[Moment] = []
    finders = (_calendar_days(text, language), _clock_times(text), _named(text, language), _bare_years(text))
    for finder in finders:
        taken = tuple(moment.span for moment in found)
        found.extend(moment for moment in finder if not any(_overlap(moment.span, span) for span in taken))
    return tuple(sorted(found, key=lambda moment: moment.span))


def resolved(text: str, moments: Iterable[Moment], published: date | None) -> tuple[Moment, ...]:
    """Return what may be meant: the moments, and what they and words like "hier" come to from the day of publishing.

    Args:
        text: where the moments stand.
        moments: of that text.
        published: day of publishing; without it only what is written is returned.
    """
    own = (*moments, *relative_moments(text))
    if published is None:
        return own
    return (
        *own,
        *_season_years(text, published),
        *(other for moment in own for other in _from_day(moment, published)),
    )


def _season_years(text: str, published: date) -> Iterator[Moment]:
    """Yield the years that "next spring" may be in."""
    for match in SEASON_FROM.finditer(text):
        step = 1 if (match["next"] or match["next2"]) else -1
        for year in (published.year, published.year + step):
            yield Moment(Span(match.start(), match.end()), year=year)


@lru_cache(maxsize=4096)
def relative_moments(text: str) -> tuple[Moment, ...]:
    """Return the moments that a text names from another day: "hier", "next year"."""
    return tuple(
        Moment(Span(match.start(), match.end()), relative=(unit, distance))
        for pattern, unit, distance in RELATIVE
        for match in pattern.finditer(text)
    )


def is_when(drafted: Moment, there: Iterable[Moment], published: date | None) -> bool:
    """Tell whether something of a source happens when a draft's "last week" is, as seen from the day of publishing.

    Args:
        drafted: with a unit and a distance.
        there: the source's moments.
        published: day of publishing; without it the source must say the same words.
    """
    if drafted.relative is None:
        return False
    others = tuple(there)
    if any(other.relative == drafted.relative for other in others):
        return True
    if published is None:
        return False
    unit, distance = drafted.relative
    if unit in ("month", "year"):  # a weekday is one of the days around, and tells no month
        days = {other.span for other in others if other.weekday is not None and other.day is None}
        others = tuple(other for other in others if other.span not in days)
    return any(_distance(other, unit, published) == distance for other in others)


def _distance(moment: Moment, unit: Unit, published: date) -> int | None:
    """Return how many days, weeks, months or years lie between the day of publishing and a moment, if it tells."""
    if moment.year is not None and unit == "year":
        return moment.year - published.year
    if moment.year is not None and moment.month is not None and unit == "month":
        return 12 * (moment.year - published.year) + moment.month - published.month
    day = _calendar_day(moment)
    if day is None or unit not in ("day", "week"):
        return None
    days = (day - published).days
    return days if unit == "day" else (days + published.weekday() - day.weekday()) // 7


def _calendar_day(moment: Moment) -> date | None:
    if moment.year is None or moment.month is None or moment.day is None:
        return None
    try:
        return date(moment.year, moment.month, moment.day)
    except ValueError:
        return None


def says_the_same(drafted: Moment, there: Moment) -> bool:
    """Tell whether a moment names everything that the drafted one does, and the same."""
    return all(
        getattr(drafted, part) is None or getattr(drafted, part) == getattr(there, part)
        for part in ("year", "month", "day", "weekday", "season", "minute")
    )


def missing_moments(drafted: Iterable[Moment], there: Sequence[Moment]) -> tuple[Moment, ...]:
    """Return the drafted moments that no moment there carries."""
    return tuple(moment for moment in drafted if not any(says_the_same(moment, other) for other in there))


def _from_day(moment: Moment, published: date) -> Iterator[Moment]:
    if moment.relative is not None:
        yield from _at_distance(moment, *moment.relative, published)
    if moment.weekday is not None and moment.day is None:
        for distance in range(-7, 8):
            near = published + timedelta(days=distance)
            if near.weekday() == moment.weekday:
                yield _on(moment.span, near)
    if moment.month is not None and moment.year is None:
        for year in (published.year - 1, published.year, published.year + 1):
            yield from _in_year(moment, year, published)


def _at_distance(moment: Moment, unit: Unit, distance: int, published: date) -> Iterator[Moment]:
    if unit == "year":
        yield Moment(moment.span, year=published.year + distance)
    elif unit == "month":
        months = 12 * published.year + published.month - 1 + distance
        yield Moment(moment.span, year=months // 12, month=months % 12 + 1)
    elif unit == "day":
        yield _on(moment.span, published + timedelta(days=distance))


def _in_year(moment: Moment, year: int, published: date) -> Iterator[Moment]:
    """Yield a date of a year, where it lies within a year of publishing."""
    try:
        day = date(year, moment.month or 1, moment.day or 15)
    except ValueError:
        return
    if abs((day - published).days) <= 330:
        yield _on(moment.span, day) if moment.day else replace(moment, year=year)


def _on(span: Span, day: date) -> Moment:
    return Moment(span, day.year, day.month, day.day, day.weekday())


def _calendar_days(text: str, language: str) -> Iterator[Moment]:
    for match in _ISO.finditer(text):
        yield _checked(match, int(match["month"]), "day")
    months = _month_names(language)
    for match in _WORD.finditer(text):
        month = months.get(_key(match.group()))
        if month is None or not (match.group()[0].isupper() or language in ("fr", "es")):
            continue
        if _key(match.group()) not in _full_names(language, "months") and not _is_short_month(text, match):
            continue  # "sept" is seven far more often
        yield from _around_month(text, match, month)


def _is_short_month(text: str, match: re.Match[str]) -> bool:
    """Tell whether a short name is written as one: "Dec. 14", "9 déc. 2022", "14 Dec 2022"."""
    return bool(re.match(r"\s\d", text[match.end() :])) and (
        match.group().endswith(".")
        or bool(re.search(r"\d\s$", text[: match.start()]))
        or match.group()[0].isupper()
    )


def _around_month(text: str, match: re.Match[str], month: int) -> Iterator[Moment]:
    """Read "9 décembre 2022", "du 17 au 20 août 2023", "Feb. 3, 1996" and "June 2022" around a month's name."""
    before = re.search(
        rf"(?:{_DAY}\s?(?:au|to|–|-|et|and)\s)?(?<!\d){_DAY.replace('day', 'last')}\s(?:de\s)?$",
        text[: match.start()],
    )
    after = re.match(
        rf"\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?(?:%|h\b))(?:,?\s{_YEAR})?", text[match.end() :]
    )
    year = re.match(rf",?\s(?:de\s)?{_YEAR}\b", text[match.end() :])
    if before:
        days = [(int(before[name]), before.start(name)) for name in ("day", "last") if before[name]]
        end = match.end() + (year.end() if year else 0)
        for day, start in days:
            yield _day(Span(start, end), year, month, day)
    elif after:
        yield _day(
            Span(match.start(), match.end() + after.end()),
            after if after["year"] else None,
            month,
            int(after["day"]),
        )
    else:
        end = match.end() + (year.end() if year else 0)
        yield Moment(Span(match.start(), end), int(year["year"]) if year else None, month)


def _day(span: Span, year: re.Match[str] | None, month: int, day: int) -> Moment:
    return Moment(span, int(year["year"]) if year else None, month, day)


def _checked(match: re.Match[str], month: int, name: str) -> Moment:
    return Moment(Span(match.start(), match.end()), int(match["year"]), month, int(match[name]))


def _clock_times(text: str) -> Iterator[Moment]:
    for match in _CLOCK.finditer(text):
        hour, half = int(match["hour"]), (match["half"] or match["only"] or "").lower()
        minutes = match["minute"] or match["minutes"]
        before, after = text[: match.start()], text[match.end() :]
        is_at = _AT.search(before) or (_FROM.search(before) and _UNTIL.match(after))
        if not minutes and not half and not is_at:
            continue
        if not half and match["minutes"] and "." in match.group():
            continue  # "4.85" is a number
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        yield Moment(Span(match.start(), match.end()), minute=60 * hour + int(minutes or 0))


def _named(text: str, language: str) -> Iterator[Moment]:
    weekdays = _weekday_names(language)
    for match in _WORD.finditer(text):
        word, span = _key(match.group()), Span(match.start(), match.end())
        if word in weekdays:
            yield Moment(span, weekday=weekdays[word])
        elif word in _SEASONS and (word != "ete" or _SUMMER.search(text[: match.start()])):
            yield Moment(span, season=_SEASONS[word])
        elif word in _NOON:
            yield Moment(span, minute=60 * _NOON[word])


def _bare_years(text: str) -> Iterator[Moment]:
    for match in _BARE_YEAR.finditer(text):
        yield Moment(Span(match.start(), match.end()), year=int(match["year"]))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@lru_cache(maxsize=1 << 15)
def _key(word: str) -> str:
    return " ".join(words(word))


@cache
def _month_names(language: str) -> dict[str, int]:
    """Return the names of months, long and short, folded."""
    names = _locale(language).months["format"]
    return {_key(name): number for number, name in names["abbreviated"].items()} | _full_names(
        language, "months"
    )


@cache
def _weekday_names(language: str) -> dict[str, int]:
    names = _full_names(language, "days")
    return names | {f"{name}s": day for name, day in names.items() if len(name) > 4}


@cache
def _full_names(language: str, what: str) -> dict[str, int]:
    names = getattr(_locale(language), what)["format"]["wide"]
    return {_key(name): number for number, name in names.items()}


def _locale(language: str) -> Locale:
    return Locale.parse(language if language in _LANGUAGES else "en")
