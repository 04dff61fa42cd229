"""Lines that say when an article was published, updated or collected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from index.sources.bylines import authors_in
from index.sources.dates import dates_in, time_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LONGEST_DATE_LINE = 170
_SAME_DATE = timedelta(hours=36)  # a day, and the difference between zones
_MOST_BESIDE_DATES = 90  # characters: words like "Published on" and a byline
Event = Literal["published", "updated", "collected"]

_CUES: dict[Event, str] = {
    "updated": (
        r"(?:dernière )?(?:mise?s? à jour|modification|actualisation)|modifiée?|actualisée?|corrigée?"
        r"|(?:last |most recently )?(?:updated|modified)|last update|update|corrected"
        r"|actualizad[oa]|(?:zuletzt )?aktualisiert|stand|aggiornato|atualizado"
    ),
    "collected": (
        r"consultée?|collectée?|récupérée?|archivée?|capturée?|enregistrée? le"
        r"|retrieved|accessed|scraped|captured|collected|archived|crawled"
    ),
    "published": (
        r"(?:première )?publi(?:ée?|cation)|postée?|parue?|mise? en ligne|créée?|rédigée?|écrite?|édition du"
        r"|(?:first )?published|posted|created|date(?: de publication)?|issued|edition of"
        r"|publicad[oa]|(?:erstmals )?veröffentlicht|erstellt|erschienen|pubblicato"
    ),
}
_CUE = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{event}>{words})" for event, words in _CUES.items())
    + r")\b(?!\s(?:par|by|dans|in|sur|that|que)\b)",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(rf"(?:{_CUE.pattern})(?: le| on| am| el| at)?\s?:?$", re.IGNORECASE)
_TIME_AGO = (
    r"\b(?:il y a|hace|vor) (?:environ )?\d+ \w+"
    r"|\b\d+ (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|h) ago\b"
)
_AGO = re.compile(_TIME_AGO, re.IGNORECASE)
_WHEN_FROM_NOW = re.compile(
    rf"{_TIME_AGO}|\b(?:hier|aujourd'hui|yesterday|today|hoy|ayer|heute|gestern)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_SMALL_WORDS = re.compile(
    r"\b(?:le|la|les|du|de|à|a|at|on|the|el|am|um|en|ce|this|et|and|vers|by|par|date|ago|pm|p\.m|a\.m"
    r"|min|mins|minutes?|mn|heures?|h|uhr|gmt|utc|cet|cest|est|edt|bst|heure de paris"
    r"|read(?:ing time)?|(?:temps |durée )?de lecture|lecture"
    r"|lun(?:di)?|mar(?:di)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?"
    r"|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}\s?[:h.]\s?(?:\d{2})?(?::\d{2})?(?:[ap]\.?m\.?)?\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|[\s,|·•–—-])((?:par|by|por|von)\s.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """What happened to the article, and when."""

    event: Event
    moment: datetime


def is_date_line(seen: str) -> bool:
    """Tell whether a line says nothing but when (and perhaps by whom) the article came out.

    Args:
        seen: one line in plain view.
    """
    if len(seen) > LONGEST_DATE_LINE or (len(seen) > 60 and seen.endswith((".", "?", "»"))):
        return False
    if not _DIGIT.search(seen):
        return _ANNOUNCEMENT.match(seen) is not None  # the date stands in the next line
    dates = dates_in(seen, "fr")  # how 12/09 is to be read does not matter here
    if not dates and not _only_from_now(seen):
        cue = _CUE.match(seen)
        if not cue or not (_CLOCK.search(seen) or _WHEN_FROM_NOW.search(seen)):
            return False
    if len(seen) - sum(date.end - date.start for date in dates) > _MOST_BESIDE_DATES:
        return False
    return len(_residue(seen, [(date.start, date.end) for date in dates])) <= 3


def events_in(seen: str, language: str) -> tuple[DatedEvent, ...]:
    """Read a date line.

    Args:
        seen: the line in plain view.
        language: decides 12/09/2022, see ``dates.dates_in``.

    Returns:
        What is dated, in order. A date that no word announces is the date of publishing; an update of
        which only the time is printed happened on the day printed before it.
    """
    found: list[DatedEvent] = []
    cues = [(match.start(), _event(match)) for match in _CUE.finditer(seen)]
    for printed in dates_in(seen, language):
        before = [event for start, event in cues if start < printed.end]
        found.append(DatedEvent(before[-1] if before else "published", printed.moment))
    return tuple(found) + update_of_the_same_day(seen, found)


def announced_by(seen: str) -> Event | None:
    """Return what the line says has happened, for the date that stands in the next line."""
    cue = _CUE.match(seen)
    return _event(cue) if cue else None


def _event(cue: re.Match[str]) -> Event:
    return next(event for event in _CUES if event == cue.lastgroup)


def author_part(seen: str) -> str | None:
    """Return the byline that stands in a date line, None where none does."""
    found = _SIGNED.search(seen)
    return found.group(1) if found else None


def update_of_the_same_day(seen: str, found: Sequence[DatedEvent]) -> tuple[DatedEvent, ...]:
    """Return the update, or the publishing, of which a line prints only the time.

    Args:
        seen: the line in plain view.
        found: what was dated so far; only a single moment says which day it was.
    """
    other: Event = "updated" if found and found[0].event == "published" else "published"
    if len(found) != 1 or found[0].event == "collected":
        return ()
    cue = next((match for match in _CUE.finditer(seen) if match.lastgroup == other), None)
    time = time_in(seen[cue.end() :]) if cue else None
    if time is None:
        return ()
    return (DatedEvent(other, found[0].moment.replace(hour=time[0] % 24, minute=time[1])),)


def _only_from_now(seen: str) -> bool:
    return len(seen) <= 40 and _AGO.search(seen) is not None


def _residue(seen: str, dates: list[tuple[int, int]]) -> str:
    """Return the letters and digits of a line that neither date it nor sign it."""
    for start, end in reversed(dates):
        seen = f"{seen[:start]} | {seen[end:]}"
    signed = author_part(seen)
    if signed and authors_in(signed.split(" | ")[0]) is not None:
        seen = seen.replace(signed.split(" | ")[0], " ")
    for pattern in (_CUE, _WHEN_FROM_NOW, _CLOCK, _SMALL_WORDS):
        seen = pattern.sub(" ", seen)
    return re.sub(r"[\W_]", "", seen)


def contradiction(said: Sequence[tuple[str, datetime | None]]) -> str | None:
    """Return the sentence that names two sources which date the publishing more than a day apart.

    Args:
        said: each source, named as in a sentence, with its moment; the first is the one that is taken.
    """
    dated = [(source, moment) for source, moment in said if moment]
    for source, moment in dated[1:]:
        if abs(moment - dated[0][1]) > _SAME_DATE:
            first = f"{dated[0][0]} {dated[0][1].date()}"
            return f"Published dates contradict each other: {first}, {source} {moment.date()}; the first is taken."
    return None
