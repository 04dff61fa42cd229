"""Why a line is furniture: the rules of ``furniture_rules``, captions and ways around the site."""

from __future__ import annotations

import re

from index.sources.furniture_rules import MENU_WORDS, PICTURE_AGENCIES, PRESS_AGENCIES, RULES, SECTIONS

_LONGEST_CAPTION = 400
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
_CAPTION_WITH_CREDIT = re.compile(
    r"^.{15,400}(?:"
    + "|".join(
        (
            rf"[(\[|] ?(?:(?i:{_PICTURE})\b|©|\(c\))[^()]{{0,80}}[)\]]?",
            r" (?:©|\(c\)|ⓒ) ?[^!?]{2,70}",
            rf" \((?:{_NAME} ){{1,5}}/ ?[A-ZÀ-Þ][\w '.-]{{1,50}}\)",
            r" / ?[A-ZÀ-Þ][A-ZÀ-Þ '.-]{6,50}",
            r"[.!?»\"] (?i:photos?|crédits?(?: photo)?|photograph|picture|image|foto) ?: ?.{2,80}",
            rf"[.!?)»\"] ?[–—-]? ?(?:{PICTURE_AGENCIES})(?:[ /|–-].{{0,40}})?",
            rf"\w ?/ ?(?:{_AGENCIES})(?:[ /].{{0,30}})?",
            rf"[.!?)»\"] (?:{_NAME} ){{1,3}}{_NAME} ?/ ?[A-Z][\w .'-]{{1,40}}",
            r"[.!?)»\"] +[A-ZÀ-Þ][A-ZÀ-Þ './&«»\"|-]{6,60}",
            r" \| [A-ZÀ-Þ][A-ZÀ-Þ '.&/-]{3,60}",
            r"[.!?»\"] [–—-] .{0,3}[^!?]{3,60}?/ ?[^.!?]{2,40}",
        )
    )
    + r") ?\.?$"
)
_LABELLED_CAPTION = re.compile(
    r"^(?:légende|caption|sur (?:la|cette) photo|pictured) ?:.{5,300}$", re.IGNORECASE
)
_AGENCY_ENDING = re.compile(rf"[.!?»\")] ?[(–—-]? ?(?:{PRESS_AGENCIES}|[A-Z]{{3,5}})\)?\.?$")
_MENU_LINE = re.compile(
    rf"^(?:{MENU_WORDS}|{SECTIONS})(?: *[|>›/•·,–—-] *(?:{MENU_WORDS}|{SECTIONS}))*$", re.IGNORECASE
)
_BREADCRUMB = re.compile(
    r"^[^|>›»/•·.]{1,40}(?: (?:[>›|•·/]|») [^|>›»/•·.]{1,40}){2,9}(?: [>›»|/] ?.{0,150})?$"
    r"|^(?:accueil|home|une|inicio|startseite|à la une) ?[>›»/|].{1,200}$"
    r"|^[^|>›»/•·.]{1,30} [>›] [^|>›»/•·.]{1,40}$|^(?:vous êtes ici|you are here)\b.{0,150}$",
    re.IGNORECASE,
)
_URL_LINE = re.compile(
    r"^(?:(?:source|lien|url|link|permalien|via|adresse) ?:? ?)?<?(https?://\S+?)>?$", re.IGNORECASE
)


def furniture_of(seen: str) -> str | None:
    """Return why a line is furniture, None where it is not.

    Args:
        seen: one line in plain view, see ``lines.plain``.
    """
    length = len(seen)
    for rule in RULES:
        if length <= rule.longest and rule.pattern.match(seen):
            return rule.reason
    if length <= _LONGEST_CAPTION and (_LABELLED_CAPTION.match(seen) or _CAPTION_WITH_CREDIT.match(seen)):
        return "caption"
    return _way_around(seen) if length <= _LONGEST_MENU and not seen.endswith(".") else None


def address_of(seen: str) -> str | None:
    """Return the web address that a line consists of, None where it is something else."""
    found = _URL_LINE.match(seen)
    return found.group(1) if found else None


def ends_with_agency(seen: str) -> bool:
    """Tell whether an agency's name stands behind the last sentence, as under a picture or a report."""
    return _AGENCY_ENDING.search(seen) is not None


def _way_around(seen: str) -> str | None:
    if _URL_LINE.match(seen):
        return "url"
    return "menu" if _MENU_LINE.match(seen) or _BREADCRUMB.match(seen) or _in_columns(seen) else None


def _in_columns(seen: str) -> bool:
    """Whether a line is three or more short pieces with wide gaps between them."""
    pieces = _WIDE_GAP.split(seen)
    return len(pieces) >= _FEWEST_COLUMNS and all(len(piece) <= _WIDEST_COLUMN for piece in pieces)
