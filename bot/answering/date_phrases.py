"""Where in a question phrases of time stand, French and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from bot.answering import date_readers as readers
from bot.answering.date_words import (
    EN_LONG,
    EN_MONTH,
    FR_LONG,
    MONTH,
    NUMBER,
    ORDINALS,
    PAST,
    SEASONS,
    UNIT,
    WEEKDAY,
    YEAR,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from bot.answering.periods import Period

Kind = Literal[
    "day",
    "figures",
    "month",
    "short-month",
    "year",
    "years",
    "season",
    "share",
    "half",
    "relative",
    "unit",
    "range",
]
Read: TypeAlias = "Callable[[date], Period | None]"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a question that name days.

    Args:
        start: where they begin in the question.
        end: one past their end.
        kind: ``year`` is a bare year, ``years`` several; ``range`` reaches from one date to another;
            ``figures`` is a day and month in figures alone. ``short-month`` (an
            abbreviated month) and ``half`` (a half or "Q3") are dates only with the year that they are of,
            ``unit`` ("l'année") only with the part of it that is meant.
        is_complete: whether they say which year, or count from today.
        read: the days as seen on a day; None where the calendar has no such days.
    """

    start: int
    end: int
    kind: Kind
    is_complete: bool
    read: Read


def phrases_in(text: str) -> tuple[Phrase, ...]:
    """Return the phrases of time in a text, in order; of those that overlap the first and longest.

    Args:
        text: folded (:func:`bot.answering.date_words.folded`).
    """
    found = sorted(_matches(text), key=lambda phrase: (phrase.start, -phrase.end))
    kept: list[Phrase] = []
    for phrase in found:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return tuple(kept)


def _matches(text: str) -> Iterator[Phrase]:
    for kind, is_complete, read, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Phrase(match.start(), match.end(), kind, is_complete, partial(_guarded, read, match))


def _guarded(read: _Reader, match: re.Match[str], today: date) -> Period | None:
    try:
        return read(match, today)
    except (ValueError, OverflowError):  # 31 February, a day before the calendar begins
        return None


_Reader: TypeAlias = "Callable[[re.Match[str], date], Period | None]"


def _row(
    kind: Kind, pattern: str, read: _Reader, *, complete: bool
) -> tuple[Kind, bool, _Reader, re.Pattern[str]]:
    return kind, complete, read, re.compile(rf"(?<![\w/.])(?:{pattern})(?![\w/])")


_LAST = r"(?P<last>(?:last|this past)\s+)?"
_OVER = rf"(?:\s+(?P<past>{PAST}))?"
_TH = r"(?:er|st|nd|rd|th)?"
_TO = r"\s*(?:au|et(?:\s+le)?|to|and|through|-)\s*"
_DAY = rf"(?P<day>\d{{1,2}}){_TH}"
_DAYS = rf"(?P<from>\d{{1,2}}){_TH}{_TO}(?P<to>\d{{1,2}}){_TH}"
_WEEKDAY = rf"(?:{WEEKDAY},?\s+)?"
_COUNT = rf"(?:(?P<count>{NUMBER})\s+)?"
_NEAR_TODAY = (
    r"avant-hier|day\s+before\s+yesterday|hier(?:\s+(?:soir|matin))?|nuit\s+derniere|yesterday"
    r"|last\s+(?:night|evening)|aujourd'hui|today|ce\s+(?:matin|soir)|cette\s+nuit|tonight"
    r"|this\s+(?:morning|evening|afternoon)"
)
_PATTERNS = (
    _row("day", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", readers.iso, complete=True),
    _row("month", r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?!-)", readers.iso, complete=True),
    _row(
        "day",
        r"(?P<day>\d{1,2})(?P<mark>[/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)",
        readers.numeric,
        complete=True,
    ),
    _row("figures", r"(?P<day>\d{1,2})/(?P<month>\d{1,2})", readers.figures, complete=False),
    _row("range", rf"{_DAYS}\s+(?:of\s+)?(?P<month>{MONTH})", readers.days, complete=False),
    _row("range", rf"(?P<month>{EN_MONTH})\s+{_DAYS}", readers.days, complete=False),
    _row(
        "day", rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_LAST}(?P<month>{MONTH}){_OVER}", readers.day, complete=False
    ),
    _row("day", rf"{_WEEKDAY}(?P<month>{EN_MONTH})\s+(?:the\s+)?{_DAY}", readers.day, complete=False),
    _row("month", rf"{_LAST}(?P<month>{FR_LONG}|{EN_LONG}){_OVER}(?!\s+\d\d(?!\d))", readers.month, complete=False),
    _row("short-month", rf"(?P<month>{MONTH})", readers.month, complete=False),
    _row("range", rf"(?P<from>{MONTH})\s?-\s?(?P<to>{MONTH})", readers.months, complete=False),
    _row(
        "years",
        rf"(?<!-)(?P<year>{YEAR})\s?-\s?(?P<to>{YEAR}|\d\d(?!-\d))",
        readers.years,
        complete=True,
    ),
    _row("year", rf"(?:(?<!-)|(?<=mi-)|(?<=mid-))(?P<year>{YEAR})", readers.year, complete=True),
    _row("season", rf"{_LAST}(?P<this>(?:this|cet|ce)\s+)?(?P<season>{'|'.join(SEASONS)}){_OVER}", readers.season, complete=False),
    _row(
        "season",
        r"(?P<season>hiver|winter)\s+(?:of\s+|de\s+)?(?P<year>20\d\d)\s?[-/]\s?(?:20)?\d\d",
        readers.season,
        complete=True,
    ),
    _row(
        "share",
        rf"(?P<ordinal>{'|'.join(ORDINALS)})\s+(?P<share>trimestre|semestre)",
        readers.share,
        complete=False,
    ),
    _row(
        "half",
        rf"(?P<ordinal>{'|'.join(ORDINALS)})\s+(?P<share>moitie|quarter|half)",
        readers.share,
        complete=False,
    ),
    _row("half", r"(?P<share>[tqsh])(?P<ordinal>[1-4])", readers.share, complete=False),
    _row(
        "relative", rf"(?:trimestre|semestre)\s+{PAST}|last\s+quarter", readers.past_share, complete=True
    ),
    _row("relative", _NEAR_TODAY, readers.near_today, complete=True),
    _row("relative", rf"(?P<last>last\s+)(?P<weekday>{WEEKDAY})", readers.weekday, complete=True),
    _row("relative", rf"(?P<weekday>{WEEKDAY})\s+(?P<past>{PAST})", readers.weekday, complete=True),
    _row("relative", rf"(?:ce|this|on)\s+(?P<weekday>{WEEKDAY})", readers.weekday, complete=True),
    _row(
        "relative",
        r"(?:cette|ce|this)\s+(?P<unit>semaine|mois|annee|week|month|year)(?:-ci)?",
        readers.this_unit,
        complete=True,
    ),
    _row("relative", r"(?P<unit>semaine|mois|annee)\s+en\s+cours", readers.this_unit, complete=True),
    _row("relative", rf"(?P<unit>semaine|mois|an|annee)\s+{PAST}", readers.last_unit, complete=True),
    _row("relative", r"last\s+(?P<unit>week|month|year)", readers.last_unit, complete=True),
    _row("relative", r"(?:ce|this)\s+week-?end", readers.weekend, complete=True),
    _row("relative", rf"week-?end\s+(?P<past>{PAST})", readers.weekend, complete=True),
    _row("relative", r"(?P<last>last\s+)weekend", readers.weekend, complete=True),
    _row(
        "relative", rf"(?:ces|les|des)\s+{_COUNT}derniere?s\s+(?P<unit>{UNIT})", readers.recent, complete=True
    ),
    _row("relative", rf"(?:last|past|recent)\s+{_COUNT}(?P<unit>days|weeks|months|years)", readers.recent, complete=True),
    _row("relative", r"(?:(?:the|this)\s+past|the\s+last)\s+(?P<unit>week|month|year)", readers.recent, complete=True),
    _row("unit", r"(?P<unit>annee|mois|year|month)", readers.this_unit, complete=True),
    _row("relative", rf"il\s+y\s+a\s+(?P<count>{NUMBER})\s+(?P<unit>{UNIT})", readers.ago, complete=True),
    _row("relative", rf"(?P<count>{NUMBER})\s+(?P<unit>{UNIT})\s+ago", readers.ago, complete=True),
)  # fmt: skip
