"""The period that a question speaks of, and whether it is meant as a filter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.answering.date_joining import joined, together
from bot.answering.date_phrases import Phrase, phrases_in
from bot.answering.date_words import PAST, YEAR, folded
from bot.answering.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period that a question asks for, and the words that say so.

    Args:
        period: the days.
        words: as they stand in the question.
        is_of_event: whether something happened then; otherwise articles that were published then are meant.
    """

    period: Period
    words: str
    is_of_event: bool


_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
# What may stand between a preposition and the date that it governs.
_THE = r"(?:(?:le|la|les|the|ces|ce|cet|cette|this|mois|month|annee|year|courant|de|of|du|nuit|soir|matin)\s+|[ld]')*"


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{words})\s*{_THE}$")


_CONTENT = _before(
    r"d'ici(?:\s+(?:a|au))?|by|a\s+l'horizon|horizon|pour|for|en\s+vue\s+de|par\s+rapport\s+au?|compare\w*\s+(?:a|to|with)"
    r"|qu'(?:en|au|a)|comme\s+en|(?:as|like)\s+in|les\s+annees|celles?|celui|rue|avenue|place|boulevard|square|station"
)
_SINCE = _before(
    r"depuis|a\s+partir\s+d[eu']?|a\s+compter\s+d[eu']?|since|starting(?:\s+(?:in|on|from))?|from|as\s+of"
)
_DES = re.compile(r"\b[Dd]ès\s+(?:le\s+|la\s+|l['’])?$")  # without its accent it is an article
_AFTER = _before(r"apres|after|posterieurs?\s+a|later\s+than")
_UNTIL = _before(r"jusqu'(?:a|au|en|aux)|until|till|til|up\s+to|through")
_EARLIER = _before(r"avant|before|prior\s+to|anterieurs?\s+a|earlier\s+than")
_WITHIN_YEAR = re.compile(
    r"(?<![\w'])(?:en|in|durant|pendant|during|throughout|courant|within|au\s+(?:cours|long)\s+de)"
    r"(?:\s+(?:l'annee|the\s+year))?\s*$"
)
_WITHIN_MONTH = re.compile(
    r"(?<![\w'])(?:en|in|durant|pendant|during|throughout|courant|within|mois\s+d[e']|month\s+of)\s*$"
)
_NAMING = re.compile(r"(?<![\w'])(?:de|du|des|of|d')\s*(?:(?:la|le|les|the)\s+|l')*$")
# Behind these "de" names a stretch of time and no event: "dans la nuit du 9 décembre", "au cours de mars".
_STRETCH = re.compile(
    r"\b(?:cours|long|lors|mois|nuit|soir|soiree|matin|matinee|journee|annee|month|week|night|morning|evening|day|year)"
    r"\s+(?:de|du|des|of|d')\s*(?:(?:la|le|les|the)\s+|l')*$"
)
# Words after which a date says when something was published, and not when it happened.
_PUBLISHED = re.compile(
    r"\b(?:articles?|presse|medias?|journa\w+|couverture|depeches?|coverage|press|news|stories|reports|newspapers?"
    r"|publi\w+|paru\w*|ecrit\w*|written|reported)(?:\s+\w+){0,2}\s+(?:de|du|d'|of|from)\s*"
    + _THE + "$"
)  # fmt: skip
# "Are prices higher than they were a year ago?"
_COMPARED = re.compile(r"\bthan\b[^.,;?!]*$")
# "La pire crue depuis 1976": the date says how far back nothing was worse.
_RECORD = re.compile(
    r"\b(?:record|pire|worst|best|most|least|largest|biggest|highest|lowest|first|premiere?|dernier\w*|(?:le|la|les)\s+(?:plus|moins))\b"
    r"[^,.;?!]*$"
)
_OPENS_RANGE = _before(r"entre|between|from|de|du|d'|depuis|in|en|over|during|pendant|since|dans|durant")


def years_in(question: str) -> tuple[str, ...]:
    """Return the years that a question names, for whatever purpose."""
    return tuple(dict.fromkeys(_YEAR.findall(question)))


def asked_period(
    question: str, *, today: date, oldest: date | None = None, newest: date | None = None
) -> AskedPeriod | None:
    """Return the period in which the articles that a question asks for were published.

    A date can also be part of what is asked ("le budget 2024", "le 11 septembre 2001", "d'ici à 2030"), and then
    it is no filter: years that stand without a preposition, deadlines, comparisons, what is quoted, what lies
    ahead, and what was over before the collection begins.

    Args:
        question: as it was asked, French or English.
        today: the day that "hier" is the day before.
        oldest: day of the collection's oldest dated article, None when none is dated.
        newest: day of its newest.

    Returns:
        The period with the words that say it, or None. "L'accident du 9 décembre" names an event, about
        which articles are written from that day on.
    """
    text = folded(_QUOTED.sub(lambda quoted: "_" * len(quoted[0]), question))
    found = joined(_dates_in(text, question), text)
    uses = _narrowest([use for phrase in found if (use := _use(phrase, text, question, today)) is not None])
    period = together([period for _, period in uses])
    if period is None or not _can_be_meant(period, today, oldest, newest):
        return None
    first, last = uses[0][0], uses[-1][0]
    is_of_event = not _PUBLISHED.search(text[: first.start])
    return AskedPeriod(period, question[first.start : last.end], is_of_event)


def _narrowest(uses: Sequence[tuple[Phrase, Period]]) -> list[tuple[Phrase, Period]]:
    """Leave out the periods that hold another: "this week", not "in recent years"."""
    return [use for use in uses if not any(_holds(use[1], other[1]) for other in uses)]


def _holds(wide: Period, narrow: Period) -> bool:
    if wide == narrow or None in (wide.first, wide.last, narrow.first, narrow.last):
        return False
    return wide.first <= narrow.first and narrow.last <= wide.last  # type: ignore[operator]  # none of them is open


def _dates_in(text: str, question: str) -> list[Phrase]:
    """Return the phrases of time; "Mars" with a capital is a planet or a chocolate bar."""
    return [p for p in phrases_in(text) if question[p.start : p.end] != "Mars"]


def _use(phrase: Phrase, text: str, question: str, today: date) -> tuple[Phrase, Period] | None:
    """Return the days in which what is asked for was published, None where the phrase is no filter."""
    period = phrase.read(today)
    before = text[: phrase.start]
    if period is None or _CONTENT.search(before) or _COMPARED.search(before):
        return None
    if _PUBLISHED.search(before) or phrase.kind == "range":
        return phrase, period
    if phrase.kind == "years":
        return (phrase, period) if _OPENS_RANGE.search(before) else None
    bounded = _bounded(period, before, question)
    if bounded is not None:
        return None if _RECORD.search(before) else (phrase, bounded)
    if _is_naming(phrase, text) and not _WITHIN_YEAR.search(before):
        return (phrase, Period(period.first, None)) if _can_name(phrase) and period.first else None
    return (phrase, period) if _is_when(phrase, text) else None


def _bounded(period: Period, before: str, question: str) -> Period | None:
    """Return the period that a preposition opens or closes, None without one."""
    day = timedelta(days=1)
    is_from = _SINCE.search(before) or _DES.search(question[: len(before)])
    if is_from and period.first:
        return Period(period.first, None)
    if _AFTER.search(before) and period.last:
        return Period(period.last + day, None)
    if _UNTIL.search(before) and period.last:
        return Period(None, period.last)
    if _EARLIER.search(before) and period.first:
        return Period(None, period.first - day)
    return None


def _is_naming(phrase: Phrase, text: str) -> bool:
    """Tell whether a date says which event is meant: "l'accident du 9 décembre", "last week's strike"."""
    before, after = text[: phrase.start], text[phrase.end :]
    return after.startswith("'s ") or (bool(_NAMING.search(before)) and not _STRETCH.search(before))


def _can_name(phrase: Phrase) -> bool:
    return phrase.kind not in ("year", "season", "figures") or (
        phrase.kind == "season" and phrase.is_complete
    )


def _is_when(phrase: Phrase, text: str) -> bool:
    """Tell whether a date without any of those says when."""
    before, words = text[: phrase.start], text[phrase.start : phrase.end]
    if phrase.kind == "year":
        return bool(_WITHIN_YEAR.search(before))
    if phrase.kind == "figures":
        return before.endswith(("le ", "au ", "du "))
    if (
        phrase.kind == "season"
        and not phrase.is_complete
        and not re.search(rf"{PAST}|last|past|^(?:cet?|this)\b", words)
    ):
        return before.endswith(("l'", "en ", "au ", "in the ", "in ", "during the "))
    if phrase.kind == "month" and not phrase.is_complete and not re.search(rf"{PAST}|last|past", words):
        return bool(_WITHIN_MONTH.search(before)) or text[phrase.start : phrase.start + 2] == "mi"
    return True


def _can_be_meant(period: Period, today: date, oldest: date | None, newest: date | None) -> bool:
    """Tell whether a period can narrow the search: nothing is published in what is yet to come."""
    if period.first and period.first > today:
        return False
    if oldest and period.last and period.last < oldest:
        return False
    if period.last is None:
        return not (oldest and period.first and period.first <= oldest)
    if period.first is None:
        return period.last < today and not (newest and period.last >= newest)
    return True
