"""Phrases of time that belong together: a date and its year, a part of a month, two ends of a period."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.answering import periods
from bot.answering.date_phrases import Phrase
from bot.answering.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answering.date_phrases import Kind, Read
    from bot.answering.periods import Third

_PART = re.compile(
    r"(?<!\w)(?P<part>debut|milieu|mi|fin|beginning|start|middle|end|early|mid|late)(?:\s*-\s*|\s+)"
    r"(?:(?:de|of|in|du)\s+|d')?(?:la\s+|l'|le\s+|the\s+)?(?:mois\s+(?:de\s+|d'))?$"
)
_PARTS: dict[str, Third] = {
    "debut": "early", "beginning": "early", "start": "early", "early": "early", "milieu": "middle", "mi": "middle",
    "middle": "middle", "mid": "middle", "fin": "late", "end": "late", "late": "late",
}  # fmt: skip
_OF = re.compile(r",?\s*(?:(?:de|d'|of|du|in)\s*)?(?:l'annee\s+|the\s+year\s+|l'|mois\s+de\s+)?")
_LINK = re.compile(
    r"\s*(?:et|and|a|au|to|until|till|through|jusqu'(?:a|au|en)|-|ou|or)\s*(?:(?:le|la|the|en|in|on|fin)\s+|l')?"
    r"(?:mois\s+(?:de\s+|d'))?"
)
# What a date becomes with the year that it is of.
_WITH_YEAR: dict[Kind, Kind] = {"half": "share", "short-month": "month"}


def joined(found: Sequence[Phrase], text: str) -> list[Phrase]:
    """Return phrases of time in order, those that belong together as one.

    Args:
        found: from :func:`bot.answering.date_phrases.phrases_in`.
        text: the folded question in which they stand.
    """
    return _linked(_parted(_with_years(found, text), text), text)


def together(found: Sequence[Period]) -> Period | None:
    """Return the days from the first to the last; "depuis mars" and "jusqu'en mai" close each other."""
    since = [p for p in found if p.first and p.last is None]
    until = [p for p in found if p.first is None]
    within = [p for p in found if p.first and p.last]
    if since and until and not within:
        first, last = min(p.first for p in since if p.first), max(p.last for p in until if p.last)
        return Period(first, last) if first <= last else None
    if within:
        return Period(min(p.first for p in within if p.first), max(p.last for p in within if p.last))
    if since:
        return Period(min(p.first for p in since if p.first), None)
    return Period(None, max(p.last for p in until if p.last)) if until else None


def _with_years(found: Sequence[Phrase], text: str) -> list[Phrase]:
    """Join each date with the year that follows it: "mars" with "2022", "de l'an dernier"."""
    dated: list[Phrase] = []
    for phrase in reversed(found):
        if dated and _joins(phrase, dated[-1], text):
            dated[-1] = _of_year(phrase, dated[-1], text)
        else:
            dated.append(phrase)
    return [p for p in reversed(dated) if p.kind not in ("half", "short-month")]


def _joins(phrase: Phrase, following: Phrase, text: str) -> bool:
    if phrase.is_complete or phrase.kind == "figures" or not _OF.fullmatch(text, phrase.end, following.start):
        return False
    is_year = following.kind == "year" or bool(
        re.search(r"\b(?:an|annee|year)\b", text[following.start : following.end])
    )
    return is_year or (phrase.kind == "half" and following.kind == "month")


def _of_year(phrase: Phrase, whole: Phrase, text: str) -> Phrase:
    kind, read = phrase.kind, partial(_read_within, phrase, whole)
    if phrase.kind == "half" and whole.kind == "month":
        number = 2 if re.match(r"deux|sec|2", text[phrase.start :]) else 1
        read = partial(_read_half, whole.read, number)
    return Phrase(phrase.start, whole.end, _WITH_YEAR.get(kind, kind), True, read)


def _read_within(phrase: Phrase, whole: Phrase, today: date) -> Period | None:
    """Read a date as seen on the last day of its year; of winters the one that ends in it."""
    year = whole.read(today)
    if year is None or year.first is None or year.last is None:
        return None
    seen_from = date(year.last.year, 11, 30) if phrase.kind == "season" else year.last
    period = phrase.read(seen_from)
    return period if period and period.last and period.last >= year.first else None


def _read_half(read: Read, number: int, today: date) -> Period | None:
    period = read(today)
    return periods.half(period, number) if period else None


def _parted(found: Iterable[Phrase], text: str) -> list[Phrase]:
    """Narrow "début mars", "fin 2022", "early last year" to the part that is meant."""
    parted: list[Phrase] = []
    for phrase in found:
        part = _PART.search(text, parted[-1].end if parted else 0, phrase.start)
        if part and phrase.kind not in ("day", "figures", "share", "range"):
            read = partial(_read_part, phrase.read, _PARTS[part["part"]])
            kind: Kind = "share" if phrase.kind in ("year", "unit") else phrase.kind
            parted.append(replace(phrase, start=part.start(), kind=kind, read=read))
        elif phrase.kind != "unit":
            parted.append(phrase)
    return parted


def _read_part(read: Read, part: Third, today: date) -> Period | None:
    period = read(today)
    return periods.third(period, part) if period else None


def _linked(found: Sequence[Phrase], text: str) -> list[Phrase]:
    """Join "mars" and "mai 2022" in "entre mars et mai 2022"; a year that one lacks is the other's."""
    linked: list[Phrase] = []
    for phrase in found:
        if linked and _LINK.fullmatch(text, linked[-1].end, phrase.start):
            first = linked[-1]
            kind: Kind = "years" if {first.kind, phrase.kind} == {"year"} else "range"
            linked[-1] = Phrase(first.start, phrase.end, kind, True, partial(_read_range, first, phrase))
        else:
            linked.append(phrase)
    return linked


def _read_range(first: Phrase, last: Phrase, today: date) -> Period | None:
    end = last.read(today)
    if first.is_complete and not last.is_complete:
        begin = first.read(today)
        end = last.read(begin.first + timedelta(days=364)) if begin and begin.first else None
    elif end and end.first and not first.is_complete:
        begin = first.read(end.first)
    else:
        begin = first.read(today)
    return together([begin, end]) if begin and end else None
