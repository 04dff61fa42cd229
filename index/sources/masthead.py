"""What a page says of the article outside of it: outlet, section, authors, dates, address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.sources.bylines import agencies_in, authors_in, is_bare_byline
from index.sources.date_lines import (
    DatedEvent,
    Event,
    announced_by,
    author_part,
    contradiction,
    events_in,
    update_of_the_same_day,
)
from index.sources.furniture import address_of
from index.sources.furniture_words import SECTIONS
from index.sources.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from index.sources.drafts import Draft
    from index.sources.layout import Marks
    from index.sources.proof import Proof

_BESIDE_NAMES = frozenset({"date-line", "reading-time"})
_FOOT = 5  # lines below the text that may sign and date it
_BESIDE = 3  # lines around a bare name among which something else signs or dates
_BELOW = 5  # lines from headline or dek to a bare name
_PIECES = re.compile(r"\s*[>›|•·/]\s*|\s»\s")
_SECTION = re.compile(rf"^(?:{SECTIONS})$", re.IGNORECASE)
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
        publisher: see ``outlets.publisher_of``.
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
