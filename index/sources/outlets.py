"""Which outlet a page is of: a logo, a motto, a name that its furniture repeats or that heads it, its owner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.sources.bylines import is_desk
from index.sources.furniture import reason_of
from index.sources.furniture_words import SECTIONS
from index.sources.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.sources.layout import Marks
    from index.sources.proof import Proof

_LOGO = re.compile(
    r"^logo\b\s*:?\s*(?:(?:de |of )(?:the )?|d['’])?(?P<name>.+)$|^(?P<before>.+?)\slogo$", re.IGNORECASE
)
_TAGLINE = re.compile(r"^(?P<name>.+?)\s[-–—|:]\s")
_YEARS = r"(?:(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)?\d\d)*)"
_OWNER = re.compile(
    rf"(?:©|\(c\)|copyright)[\s©]*(?:copyright\s*)?(?:{_YEARS}\s*[,–—-]?\s*)?(?:by\s+)?"
    rf"(?P<name>[^\d\s.|,–—©][^.|,–—©]{{1,60}}?)[\s,]*(?:{_YEARS})?\s*"
    r"(?:[.|,–—]|-\s|\btous droits|\ball rights|\balle rechte|\btodos los|$)",
    re.IGNORECASE,
)
_NO_OWNER = re.compile(r"tous droits|all rights|reproduction|alle rechte|todos los", re.IGNORECASE)
_TOP_LINES = 12
_NAMES_OUTLET = (
    *("credit", "caption", "copyright", "newsletter", "subscription", "share", "notice", "comments"),
    *("footer", "repeated"),
)
_NAME_OF_OUTLET = 4  # lines
_SMALL_WORD = 3  # letters: "del", "the"
_LONGEST_NAME = 45
_COMMON_WORDS = frozenset(
    {"copyright", "rights", "reserved", "droits", "réservés", "reproduction", "société"}
)
_TOP_NAME_END = re.compile(
    r"\s+[|–—:·-]\s+|\s{3,}|,\s+(?:toute?s?|l[ea]s?|l['’]|votre|your|the|el|die|das)\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:l['’]|(?:the|le|la|les|el)\s)", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r",?\s(?:Ltd|Limited|Inc|LLC|plc|SAS|SA|SARL|GmbH|AG|S\.A\.|Media Group|Group|Network|Company|Tous|All)\.?$"
)
_SECTION = re.compile(rf"^(?:{SECTIONS})$", re.IGNORECASE)
_CALL = re.compile(
    r"(?:watch|read|listen|sign|log|subscribe|join|follow|get|skip|see|view|download|donate|support|shop|play)\b",
    re.IGNORECASE,
)


def publisher_of(proof: Proof, marks: Marks) -> str | None:
    """Return the outlet: the logo's text or the motto's first half, else a name on top that furniture repeats, else the owner."""
    for index in _struck(proof, "site-name"):
        wording = proof.wording(index)
        logo = _LOGO.match(wording)
        if logo:
            return str(logo["name"] or logo["before"]).strip(" :")
        tagline = _TAGLINE.match(wording)
        if tagline and not _SECTION.match(tagline["name"].strip()):
            return tagline["name"].strip()
    names = [name for name in (_name_on_top(proof, marks), _first_repeated(proof, marks)) if name]
    sure = next(filter(_is_capitalised, names), None)
    return sure or _first_name(proof, marks, below=names) or next(iter(names), None) or _owner(proof)


def _first_repeated(proof: Proof, marks: Marks) -> str | None:
    """Return the first line on top that the outlet prints on all of its pages and that reads like a name.

    One with capitals throughout ("El Eco del Litoral") wins over one that may be a call ("Escuchar la radio").
    """
    above = min(marks.lede if marks.headline is None else marks.headline, _TOP_LINES)
    again = [i for i, reason in enumerate(proof.reasons[:above]) if reason == "repeated"]
    names = {index: _TOP_NAME_END.split(proof.wording(index))[0].strip() for index in again}
    likely = {index: name for index, name in names.items() if _may_be_outlet(name)}
    first = next((name for index, name in likely.items() if index < _NAME_OF_OUTLET), None)
    return next(filter(_is_capitalised, likely.values()), first)


def _first_name(proof: Proof, marks: Marks, below: Sequence[str]) -> str | None:
    """Return what heads the page where it reads like an outlet's name, and nothing above the article denies it.

    Of two lines that read so, neither is certain: then one that another line repeats, or that has in it a single word
    which the furniture repeats (``below``).
    """
    above = min(marks.lede if marks.headline is None else marks.headline, _NAME_OF_OUTLET)
    likely = [
        name
        for name in (proof.wording(index).strip() for index in range(above))
        if _may_be_outlet(name) and _is_capitalised(name) and not _CALL.match(name)
    ]
    again = [name for name in likely if _is_repeated(proof, name) or any(word in name for word in below)]
    if not again and likely and _ARTICLE.match(likely[0]):
        return likely[0]  # no call and no section begins with "The"
    certain = list(dict.fromkeys(again or likely))
    return certain[0] if len(certain) == 1 else None


def _is_repeated(proof: Proof, name: str) -> bool:
    return sum(plain(name) in line.seen for line in proof.lines) > 1


def _may_be_outlet(name: str) -> bool:
    if (
        not 4 <= len(name) <= _LONGEST_NAME
        or not name[0].isalnum()
        or name[0].islower()
        or name[-1] in ".?!:"
    ):
        return False
    return not _SECTION.match(name) and reason_of(plain(name)) is None


def _is_capitalised(name: str) -> bool:
    """Whether several words begin with capitals, small ones apart."""
    words = re.findall(r"[^\W\d_]+", name)
    capitals = sum(word[0].isupper() for word in words)
    return capitals > 1 and all(word[0].isupper() or len(word) <= _SMALL_WORD for word in words)


def _name_on_top(proof: Proof, marks: Marks) -> str | None:
    """Return a name above the headline that the page's furniture repeats, spelled as it is there.

    Of several one with capitals throughout: a single word may be a place that the page has among its topics.
    """
    above = marks.lede if marks.headline is None else marks.headline
    found: list[str] = []
    for index in range(min(above, _TOP_LINES)):
        name = _TOP_NAME_END.split(proof.wording(index))[0].strip()
        if not 4 <= len(name) <= _LONGEST_NAME or reason_of(proof.lines[index].seen) or _SECTION.match(name):
            continue
        repeated = list(_repetitions(proof, index, name))
        if repeated and name.isupper():
            found.append(next((other for other in repeated if not other.isupper()), repeated[0]))
        elif repeated:
            found.append(name)
    return next(filter(_is_capitalised, found), next(iter(found), None))


def _repetitions(proof: Proof, index: int, name: str) -> Iterator[str]:
    """Find a name without its article in credits, calls and copyright; or in a line of its own at the foot."""
    bare = _ARTICLE.sub("", name)
    core = plain(bare).casefold()
    pattern = re.compile(rf"\b(?:l['’]|(?:the|le|la|les|el)\s)?{re.escape(bare)}\b", re.IGNORECASE)
    for other in _struck(proof, *_NAMES_OUTLET):
        if core not in proof.lines[other].seen.casefold() and proof.reasons[other] != "copyright":
            continue  # nearly every line: its wording need not be looked at
        wording = proof.wording(other)
        is_loose = proof.reasons[other] == "footer" and not _is_capitalised(name)
        found = pattern.fullmatch(wording) if is_loose else pattern.search(wording)
        if found and other != index:
            yield found.group()
        elif proof.reasons[other] == "copyright" and _name_in_common(name, wording):
            yield name


def _name_in_common(name: str, owner: str) -> bool:
    """Whether the owner is called after the outlet: "Ledger Newspapers Ltd", "The Tessbury Ledger"."""
    words = set(re.findall(r"[\w-]{6,}", name.lower()))
    return bool(words & set(re.findall(r"[\w-]{6,}", owner.lower())) - _COMMON_WORDS)


def _owner(proof: Proof) -> str | None:
    for index in _struck(proof, "copyright"):
        found = _OWNER.search(proof.wording(index))
        name = _LEGAL_FORM.sub("", found["name"].strip()) if found else ""
        if name and not _NO_OWNER.match(name) and not _is_agency(name):
            return name
    return None


def _is_agency(name: str) -> bool:
    return is_desk(name) and name.isupper()


def _struck(proof: Proof, *reasons: str) -> Iterator[int]:
    return (index for index, reason in enumerate(proof.reasons) if reason in reasons)
