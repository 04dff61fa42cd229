"""What a page says of the article outside of it: outlet, section, authors, dates, address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.sources.bylines import agencies_in, authors_in, is_bare_byline, is_desk
from index.sources.date_lines import (
    DatedEvent,
    Event,
    announced_by,
    author_part,
    contradiction,
    events_in,
    update_of_the_same_day,
)
from index.sources.furniture import address_of, reason_of
from index.sources.furniture_words import SECTIONS
from index.sources.language import detect_language
from index.sources.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from index.sources.drafts import Draft
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
_BESIDE_NAMES = frozenset({"date-line", "reading-time"})
_TOP_LINES = 12
_NAMES_OUTLET = (
    *("credit", "caption", "copyright", "newsletter", "subscription", "share", "notice", "comments"),
    *("footer", "repeated"),
)
_FOOT = 5  # lines below the text that may sign and date it
_BESIDE = 3  # lines around a bare name among which something else signs or dates
_BELOW = 5  # lines from headline or dek to a bare name
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
_PIECES = re.compile(r"\s*[>›|•·/]\s*|\s»\s")
_SECTION = re.compile(rf"^(?:{SECTIONS})$", re.IGNORECASE)
_CALL = re.compile(
    r"(?:watch|read|listen|sign|log|subscribe|join|follow|get|skip|see|view|download|donate|support|shop|play)\b",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"^(?:accueil|home|la une|une|à la une|inicio|startseite|menu|vous êtes ici|you are here).{0,3}$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"^(?P<headline>.{15,}?)\s(?P<mark>[|–—-])\s(?P<name>[^|–—]{2,40})$")


def read_masthead(
    proof: Proof, marks: Marks, draft: Draft, publisher: str | None, byline: tuple[str, ...]
) -> Draft:
    """Add to the draft what stands above and below the article.

    Args:
        proof: the page, marked.
        marks: what stands where.
        draft: what was found in the article itself.
        publisher: see ``publisher_of``.
        byline: see ``byline_of``.
    """
    headline, suffix = _split_headline(draft.headline, publisher, proof)
    publisher = publisher or suffix
    events, doubts = _dated(proof, marks, detect_language(draft.text))
    return replace(
        draft,
        headline=headline,
        publisher=publisher,
        section=_section(proof, marks),
        byline=tuple(name for name in byline if name != publisher),
        agencies=_agencies(proof, marks),
        url=_url(proof, marks),
        published_at=_first(events, "published"),
        updated_at=_first(events, "updated"),
        collected_at=_first(events, "collected"),
        doubts=doubts,
    )


def _struck(proof: Proof, *reasons: str) -> Iterator[int]:
    return (index for index, reason in enumerate(proof.reasons) if reason in reasons)


def _outside(proof: Proof, marks: Marks, *reasons: str) -> Iterator[int]:
    """Struck lines between headline and text, then those above the headline, then those right below the text.

    The ones inside belong to other articles, and those further below to what is offered there.
    """
    top = marks.lede if marks.dek is None else max(marks.lede, marks.dek)
    headline = -1 if marks.headline is None else marks.headline
    struck = list(_struck(proof, *reasons))
    yield from (index for index in struck if headline < index < top)
    yield from (index for index in struck if index < min(headline, top))
    yield from (index for index in struck if marks.end <= index < marks.end + _FOOT)


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


def _split_headline(
    headline: str | None, publisher: str | None, proof: Proof
) -> tuple[str | None, str | None]:
    """Take the outlet's name off a page title such as "Headline | Outlet"."""
    found = _SUFFIX.match(headline) if headline else None
    if not headline or not found:
        return headline, None
    name = found["name"].strip()
    repeated = any(line.seen == found["headline"].strip() for line in proof.lines)
    if name == publisher or repeated or (found["mark"] == "|" and len(name.split()) <= 4):
        return found["headline"].strip(), name
    return headline, None


def _section(proof: Proof, marks: Marks) -> str | None:
    """The last step of the breadcrumb, else a section's name that stands by itself above the article."""
    for index in _struck(proof, "menu"):
        if index >= marks.lede:
            break
        wording = proof.wording(index)
        pieces = [piece.strip() for piece in _PIECES.split(wording) if piece.strip()]
        if (
            len(pieces) > 1
            and _HOME.match(pieces[0])
            and (">" in wording or "›" in wording or "/" in wording or "»" in wording)
        ):
            return next((piece for piece in pieces[1:2] if len(piece) <= 40), None)
    names = (proof.wording(index) for index in _struck(proof, "menu") if index < marks.lede)
    alone = [name for name in names if _SECTION.match(name)]
    return alone[0] if len(alone) == 1 else None


def byline_of(proof: Proof, marks: Marks) -> tuple[str, ...]:
    """Return who signs the article, above it or else below it; "By" before a name wins over a name alone."""
    places = list(_outside(proof, marks, "byline", "date-line"))
    above = [index for index in places if index < marks.end]
    for some in (above, places[len(above) :]):
        announced = (_announced_authors(proof, index) for index in some)
        bare = (authors_in(f"Par {proof.wording(index)}") for index in some if _signs(proof, marks, index))
        names = next(filter(None, announced), None) or next(filter(None, bare), None)
        if names:
            return names
    return ()


def _announced_authors(proof: Proof, index: int) -> tuple[str, ...] | None:
    wording = proof.wording(index)
    if proof.reasons[index] == "byline":
        return authors_in(wording)
    signed = author_part(wording)
    return authors_in(signed) if signed else None


def _signs(proof: Proof, marks: Marks, index: int) -> bool:
    """Whether a bare name stands where one signs: beside a date, not far below headline or dek, right below the text.

    Several of them, each in a line below the text, are what it is about.
    """
    seen = proof.lines[index].seen
    if proof.reasons[index] != "byline" or (" " in seen and seen.isupper()):
        return False
    around = range(max(0, index - _BESIDE), min(len(proof.lines), index + _BESIDE + 1))
    if any(proof.reasons[i] in _BESIDE_NAMES or authors_in(proof.lines[i].seen) for i in around):
        return True
    if index == marks.end:
        return index + 1 == len(proof.lines) or not is_bare_byline(proof.lines[index + 1].seen)
    return any(mark is not None and 0 < index - mark <= _BELOW for mark in (marks.headline, marks.dek))


def _agencies(proof: Proof, marks: Marks) -> tuple[str, ...]:
    lines = (proof.wording(index) for index in _outside(proof, marks, "byline", "date-line"))
    return tuple(dict.fromkeys(agency for line in lines for agency in agencies_in(line)))


def _url(proof: Proof, marks: Marks) -> str | None:
    addresses = (
        address_of(proof.wording(index))
        for index in _struck(proof, "url")
        if index < marks.lede or index >= marks.end
    )
    return next((address for address in addresses if address), None)


def _dated(proof: Proof, marks: Marks, language: str) -> tuple[list[DatedEvent], tuple[str, ...]]:
    events: list[DatedEvent] = []
    unread: list[str] = []
    announced: Event | None = None
    for index in _outside(proof, marks, "date-line", "byline"):
        seen = proof.lines[index].seen
        found = events_in(seen, language)
        if announced and found and announced_by(seen) is None:
            found = (replace(found[0], event=announced), *found[1:])
        announced = announced_by(seen) if not found else None
        events += found or update_of_the_same_day(seen, events)
        if not found and events_in(seen, "fr"):
            unread.append(f"date “{seen}” can be read two ways; read as undated.")
    published = [("one line says", event.moment) for event in events if event.event == "published"]
    doubt = contradiction([*published[:1], *(("another", moment) for _, moment in published[1:])])
    return events, (doubt,) if doubt else () if events else tuple(unread)


def _first(events: list[DatedEvent], event: Event) -> datetime | None:
    return next((dated.moment for dated in events if dated.event == event), None)
