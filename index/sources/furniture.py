"""Why a line is furniture: bylines, dates, the rules of ``furniture_rules``, captions, ways around a site."""

from __future__ import annotations

import re
from functools import lru_cache

from index.sources.bylines import authors_in
from index.sources.date_lines import is_date_line
from index.sources.furniture_rules import RULES
from index.sources.furniture_words import MENU_WORDS, PICTURE_AGENCIES, PRESS_AGENCIES, SECTIONS

_LONGEST_FURNITURE = 700
_LONGEST_CAPTION = 400
_SHORTEST_CAPTION = 15  # characters before its credit
_LONGEST_CREDIT = 110
_LONGEST_MENU = 250
_FEWEST_COLUMNS = 3
_WIDEST_COLUMN = 32
_WIDE_GAP = re.compile(r" {2,}")
_NAME = r"[A-ZÀ-Þ][\w'.-]*"
_AGENCIES = f"{PRESS_AGENCIES}|{PICTURE_AGENCIES}"
_PICTURE = (
    r"(?:(?:file|archive|stock|handout|courtesy|AP|AFP) )?"
    r"(?:photos?|images?|crédits?|credit|illustration|picture)"
)
# How captions end that name the photographer in the same line; an agency alone may end any report.
_CREDIT_AT_THE_END = re.compile(
    r"(?:"
    + "|".join(
        (
            rf"[(\[|] ?(?:(?i:{_PICTURE})\b|©|\(c\))[^()]{{0,80}}[)\]]?",
            r" (?:©|\(c\)|ⓒ) ?[^!?]{2,70}",
            rf"{_NAME}(?: {_NAME}){{1,3}} ?[(/] ?(?:[^()]{{0,30}}[ /])?(?:{_AGENCIES})\b[^()]{{0,40}}\)?",
            r"[(\[](?i:foto|photo|bild|image|imagen)s? [^()]{2,50}[)\]]",
            r" // ?(?i:sources?|crédits?|credits?) ?: ?.{2,60}",
            r"(?<=[a-zà-ÿ\d.!?»\"])(?:Credit|Crédit|Photo) ?: ?[A-ZÀ-Þ].{1,60}",
            rf" [(\[](?:{_NAME} ?){{1,5}}/ ?[A-ZÀ-Þ][\w '.-]{{1,50}}[)\]]",
            r" / ?[A-ZÀ-Þ][A-ZÀ-Þ '.-]{6,50}",
            r"[.!?»\"] (?i:photos?|crédits?(?: photo)?|credit|photograph|picture|image|foto) ?: ?.{2,80}",
            r"[.!?»\"] (?i:photos?|image|foto) [A-ZÀ-Þ][^.!?]{2,50} ?/ ?[A-ZÀ-Þ][^.!?]{2,40}",
            rf"[.!?)»\"] ?[–—-]? ?(?:{PICTURE_AGENCIES})(?:[ /|–-].{{0,40}})?",
            rf"\w ?/ ?(?:{_AGENCIES})(?:[ /].{{0,30}})?",
            rf"[.!?)»\"] (?:{_NAME} ){{1,3}}{_NAME} ?/ ?[A-Z][\w .'-]{{1,40}}",
            r"[.!?)»\"] +[A-ZÀ-Þ][A-ZÀ-Þ './&«»\"|-]{6,60}",
            r" \| [A-ZÀ-Þ][A-ZÀ-Þ '.&/-]{3,60}",
            rf"[.!?»\"] (?:{_NAME} ){{1,4}}[–—-] {_NAME}(?: {_NAME}){{1,2}}",
            r"[.!?»\"] [(\[](?i:source) ?: ?[^()]{2,60}[)\]]",
            rf"[.!?)»\"] [A-Z]{{2,5}} ?/ ?{_NAME}(?: {_NAME}){{1,3}}",
            r"[.!?»\"] [–—-] .{0,3}[^!?]{3,60}?/ ?[^.!?]{2,40}",
        )
    )
    + r") ?\.?$"
)
_LABELLED_CAPTION = re.compile(
    r"^(?:légende|caption|sur (?:la|cette) photo|pictured) ?:.{5,300}$", re.IGNORECASE
)
_AGENCY_ENDING = re.compile(rf"[.!?»\")] ?[(–—-]? ?(?:{PRESS_AGENCIES}|[A-Z]{{3,5}})\)?\.?$")
_MENU_WORD = re.compile(rf"(?:{MENU_WORDS}|{SECTIONS})$", re.IGNORECASE)
_NAME_AND_SECTION = re.compile(
    rf"(?:{_NAME}|[LldD]'{_NAME})(?: (?:{_NAME}|(?:d'|l'){_NAME}|d[eu]s?|l[ae]s?|et|of|the|and|&)){{0,5}}"
    rf" [|] (?i:{SECTIONS})$"
)
_MENU_JOINT = re.compile(r" *[|>›/•·,] *| [–—-] ")
_BREADCRUMB = re.compile(
    r"^[^|>›»/•·.]{1,40}(?: (?:[>›|•·/]|») [^|>›»/•·.]{1,40}){2,9}(?: [>›»|/] ?.{0,150})?$"
    r"|^(?:accueil|home|une|inicio|startseite|à la une) ?[>›»/|].{1,200}$"
    r"|^[^|>›»/•·.]{1,30} [>›] [^|>›»/•·.]{1,40}$|^(?:vous êtes ici|you are here)\b.{0,150}$",
    re.IGNORECASE,
)
_URL_LINE = re.compile(
    r"^(?:(?:source|lien|url|link|permalien|via|adresse) ?:? ?)?<?(https?://\S+?)>?$", re.IGNORECASE
)


@lru_cache(
    maxsize=20_000
)  # an outlet's pages repeat their furniture, and a page's lines are asked about twice
def reason_of(seen: str) -> str | None:
    """Return why a line is no part of any article, None where it may be.

    Args:
        seen: one line in plain view, see ``lines.plain``.
    """
    if len(seen) > _LONGEST_FURNITURE:
        return None
    if authors_in(seen) is not None:
        return "byline"
    if is_date_line(seen):
        return "date-line"
    return _by_rule(seen) or _by_shape(seen)


def address_of(seen: str) -> str | None:
    """Return the web address that a line consists of, None where it is something else."""
    found = _URL_LINE.match(seen)
    return found.group(1) if found else None


def ends_with_agency(seen: str) -> bool:
    """Tell whether an agency's name stands behind the last sentence, as under a picture or a report."""
    return _AGENCY_ENDING.search(seen) is not None


def _by_rule(seen: str) -> str | None:
    length = len(seen)
    return next((rule.reason for rule in RULES if length <= rule.longest and rule.pattern.match(seen)), None)


def _by_shape(seen: str) -> str | None:
    if len(seen) <= _LONGEST_CAPTION and (_LABELLED_CAPTION.match(seen) or _ends_with_credit(seen)):
        return "caption"
    return _way_around(seen) if len(seen) <= _LONGEST_MENU and not seen.endswith(".") else None


def _way_around(seen: str) -> str | None:
    if _NAME_AND_SECTION.match(seen):
        return "site-name"
    if _URL_LINE.match(seen):
        return "url"
    return "menu" if _is_menu(seen) or _BREADCRUMB.match(seen) or _in_columns(seen) else None


def _ends_with_credit(seen: str) -> bool:
    tail = seen[max(_SHORTEST_CAPTION, len(seen) - _LONGEST_CREDIT) :]
    return _CREDIT_AT_THE_END.search(tail) is not None


def _is_menu(seen: str) -> bool:
    pieces = _MENU_JOINT.split(seen)
    return len(pieces[0]) <= _WIDEST_COLUMN and all(_MENU_WORD.match(piece) for piece in pieces)


def _in_columns(seen: str) -> bool:
    """Whether a line is three or more short pieces with wide gaps between them."""
    pieces = _WIDE_GAP.split(seen)
    return len(pieces) >= _FEWEST_COLUMNS and all(len(piece) <= _WIDEST_COLUMN for piece in pieces)
