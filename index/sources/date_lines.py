"""Lines that say when an article was published, updated or collected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from index.sources.bylines import authors_in, is_bare_byline
from index.sources.dates import LANGUAGES, dates_in, time_in

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
        r"|(?:última )?(?:actualización|atualização|modificación|modificação)|actualizad[oa]|atualizad[oa]|modificad[oa]"
        r"|(?:zuletzt )?(?:aktualisiert|geändert)|(?:letzte )?aktualisierung|stand"
        r"|(?:ultimo )?aggiornamento|(?:ultima )?modifica|aggiornat[oa]|modificat[oa]"
        r"|(?:laatst )?(?:bijgewerkt|gewijzigd)|laatste update|actualitzat|actualitzada|zaktualizowano|aktualizacja"
        r"|actualizat|senast uppdaterad|uppdaterad|opdateret|обновлен[оа]?|изменен[оа]?|оновлено|güncelleme|güncellendi"
        r"|آخر تحديث|تحديث"
    ),
    "collected": (
        r"consultée?|collectée?|récupérée?|archivée?|capturée?|enregistrée? le"
        r"|retrieved|accessed|scraped|captured|collected|archived|crawled"
        r"|consultad[oa]|recuperad[oa]|archivad[oa]|arquivad[oa]|capturad[oa]|acedido|acessado"
        r"|abgerufen|archiviert|consultato|archiviato|recuperato|geraadpleegd|gearchiveerd|opgehaald"
        r"|zarchiwizowano|hämtad|hentet|arkiverad|arkiveret|архивировано|дата обращения|отримано"
    ),
    "published": (
        r"(?:première )?publi(?:ée?|cation)|postée?|parue?|mise? en ligne|créée?|rédigée?|écrite?|édition du"
        r"|(?:first )?published|posted|created|date(?: de publication)?|issued|edition of"
        r"|publicad[oa]|publicación|publicação|(?:erstmals )?veröffentlicht|erstellt|erschienen|pubblicat[oa]|pubblicazione"
        r"|gepubliceerd|geplaatst|publicat|opublikowano|data publikacji|publicerad|publiceret|udgivet"
        r"|опубликован[оа]?|дата публикации|опубліковано|yayınlan\w+|yayın tarihi|نشر في|نُشر"
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
    r"\b(?:il y a|hace|vor|há) (?:environ )?\d+ \w+|\b\d+ (?:ore|giorni|uur|dagen|horas|dias) (?:fa|geleden|atrás)\b"
    r"|\b\d+ (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|h) ago\b"
)
_AGO = re.compile(_TIME_AGO, re.IGNORECASE)
_WHEN_FROM_NOW = re.compile(
    rf"{_TIME_AGO}|\b(?:hier|aujourd'hui|yesterday|today|hoy|ayer|heute|gestern|oggi|ieri|hoje|ontem|vandaag|gisteren)\b",
    re.IGNORECASE,
)
_ABBREVIATED_YEAR = (" г.", " р.", " r.")  # "10 декабря 2022 г."
_DIGIT = re.compile(r"\d")
_SMALL_WORDS = (
    r"le|la|les|du|de|à|a|at|on|the|el|am|um|en|ce|this|et|and|vers|by|par|date|ago|pm|p\.m|a\.m"
    r"|min|mins|minutes?|mn|heures?|h|uhr|gmt|utc|cet|cest|est|edt|bst|heure de paris|hs?|hrs?"
    r"|read(?:ing time)?|(?:temps |durée )?de lecture|lecture|lesezeit|(?:minuti )?di lettura|leestijd|(?:minutos )?de lectura"
    r"|alle|ore|ora|il|del|della|às|as|em|do|da|di|e|y|las|op|om|uur|het|kl|klockan|den|o|godz|godzina|r|roku|pe|la ora"
    r"|в|г|года|от|о|року|р|мск|saat|في|الساعة"
)
_CLOCK = re.compile(r"\b\d{1,2}\s?[:h.]\s?(?:\d{2})?(?::\d{2})?(?:[ap]\.?m\.?)?\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|[\s,|·•–—-])((?:par|by|por|von|di|door)\s.+)$", re.IGNORECASE)
_PIECES = re.compile(r"\s*(?:[·•|]\s+)+")
_COUNT = re.compile(
    r"(?:\d+|no|aucun) (?:comment|commentaire|comentario|kommentar|reply|replie)s?", re.IGNORECASE
)
_PLACE = re.compile(r"^[A-ZÀ-Þ][^\W\d_]+(?:[ '’-][^\W\d_]+){0,3} [-–—] +(?=\|)")  # "Bruselas - 15 oct 2024"
# "10:14Actualizado", "Updated20:49": elements of a page that stood apart.
_GLUED = re.compile(r"(?<=\d)(?=[^\W\d_]{4,})|(?<=[^\W\d_]{3})(?=\d{1,2}:\d\d)")


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
    seen = _apart(seen)
    is_sentence = seen.endswith((".", "?", "»")) and not seen.endswith(_ABBREVIATED_YEAR)
    if len(seen) > LONGEST_DATE_LINE or (len(seen) > 60 and is_sentence):
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
    seen = _apart(seen)
    found: list[DatedEvent] = []
    cues = [(match.start(), _event(match)) for match in _CUE.finditer(seen)]
    for printed in dates_in(seen, language):
        before = [event for start, event in cues if start < printed.end]
        found.append(DatedEvent(before[-1] if before else "published", printed.moment))
    return tuple(found) + update_of_the_same_day(seen, found)


def _apart(seen: str) -> str:
    """Put blanks between a time and the word that a page's markup set apart from it."""
    return _GLUED.sub(" ", seen) if _DIGIT.search(seen) and len(seen) <= LONGEST_DATE_LINE else seen


def announced_by(seen: str) -> Event | None:
    """Return what the line says has happened, for the date that stands in the next line."""
    cue = _CUE.match(seen)
    return _event(cue) if cue else None


def _event(cue: re.Match[str]) -> Event:
    return next(event for event in _CUES if event == cue.lastgroup)


def author_part(seen: str) -> str | None:
    """Return the byline that stands in a date line, None where none does."""
    found = _SIGNED.search(seen)
    if found:
        return found.group(1)
    names = [piece for piece in _PIECES.split(seen) if _is_signed(piece)] if _PIECES.search(seen) else []
    return f"by {', '.join(names)}" if names else None


def _is_signed(piece: str) -> bool:
    """Whether a piece of a date line is names and nothing else: "9 December 2022 · Tom Alder · 3 comments"."""
    return is_bare_byline(piece) and not _COUNT.fullmatch(piece) and not dates_in(piece, "fr")


def update_of_the_same_day(seen: str, found: Sequence[DatedEvent]) -> tuple[DatedEvent, ...]:
    """Return the update, or the publishing, of which a line prints only the time.

    Args:
        seen: the line in plain view.
        found: what was dated so far; only a single moment says which day it was.
    """
    other: Event = "updated" if found and found[0].event == "published" else "published"
    if len(found) != 1 or found[0].event == "collected" or _AGO.search(seen):
        return ()  # "2 hours ago" is no time of day
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
    pieces = _PIECES.split(seen)
    seen = " | ".join(piece for piece in pieces if not (_COUNT.fullmatch(piece) or _is_signed(piece)))
    signed = author_part(seen)
    if signed and authors_in(signed.split(" | ")[0]) is not None:
        seen = seen.replace(signed.split(" | ")[0], " ")
    seen = _PLACE.sub("", seen)
    for pattern in (_CUE, _WHEN_FROM_NOW, _CLOCK, _beside_dates()):
        seen = pattern.sub(" ", seen)
    return re.sub(r"[\W_]", "", seen)


@cache
def _beside_dates() -> re.Pattern[str]:
    """Return what takes the small words and the names of days that stand beside dates, in every language we read."""
    from babel.dates import get_day_names  # here: only a line with a date in it needs the names

    days = {
        re.escape(str(name).rstrip(".").lower())
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=language).values()
        if len(str(name)) > 1
    }
    longest_first = sorted(days, key=len, reverse=True)
    return re.compile(rf"\b(?:{_SMALL_WORDS}|{'|'.join(longest_first)}|tues?|thurs?|weds?)\b", re.IGNORECASE)


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
