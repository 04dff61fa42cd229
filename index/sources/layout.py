"""Where the article is on the page: headline, dek, body, section headings; all the rest is struck.

The rules about single lines are in ``furniture``; those about a line and its neighbours in ``head`` and
``body``. A line that no rule knows counts by its shape: a title, running text, or something short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.sources.body import mark_body
from index.sources.bylines import is_bare_byline
from index.sources.furniture import reason_of
from index.sources.head import (
    find_dek,
    find_headline,
    find_lede,
    strike_bare_bylines,
    strike_captions,
    strike_head,
)
from index.sources.lines import BULLET, plain

if TYPE_CHECKING:
    from index.sources.proof import Proof

_LIKE_HEADINGS = frozenset(
    {"menu", "credit", "date-line", "byline", "site-name"}
)  # marked headings resemble them
_ABOVE_A_HEADLINE = frozenset(
    {"site-name", "menu", "share", "reading-time", "date-line", "cookie-banner", "alt-text", "byline"}
)
_TOP_OF_PAGE = 8  # lines
_NAME_OF_OUTLET = 3  # lines among which an outlet names itself, and no reporter


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands where.

    Args:
        headline: index of the headline's line, None where there is none.
        dek: index of the dek's line, None where there is none.
        lede: index of the first line of the body.
        end: one past the index of its last line.
    """

    headline: int | None
    dek: int | None
    lede: int
    end: int


def mark_page(proof: Proof, repeated: frozenset[int] = frozenset()) -> Marks:
    """Strike everything on a page but dek, body and section headings.

    Args:
        proof: the page.
        repeated: indexes of the lines that stand on other pages of the outlet too; a line of names among them
            signs, unless it is one of the first, and what a rule knows keeps its reason.
    """
    _strike_furniture(proof)
    for index in repeated:
        if index < _NAME_OF_OUTLET or not is_bare_byline(proof.lines[index].seen):
            proof.strike(index, "repeated")
    headline = find_headline(proof)
    strike_captions(proof, headline)
    if headline is not None:
        proof.strike(headline, "headline")
        strike_bare_bylines(proof, headline)
    lede = find_lede(proof, 0 if headline is None else headline + 1)
    dek = find_dek(proof, headline, lede)
    strike_head(proof, headline, dek, lede)
    return _marked(proof, headline, dek, lede, is_page=True)


def mark_clean_text(proof: Proof, headline: str | None, dek: str | None = None) -> Marks:
    """Strike furniture in a text that claims to be an article: only lines known to be furniture go.

    Args:
        proof: the text.
        headline: the article's headline; where the text repeats it on top, it goes.
        dek: its dek, which stays where the text repeats it.
    """
    _strike_furniture(proof)
    for index, line in enumerate(proof.lines):
        if proof.reasons[index] == "menu" and len(line.seen.split()) == 1:
            proof.reasons[index] = None  # "Sport" heads a section here, not a menu
    repeated = _repeated(proof, headline)
    if repeated is not None:
        proof.strike(repeated, "headline")
    strike_captions(proof, repeated)
    lede = next(proof.staying(), len(proof.lines))
    return _marked(proof, repeated, _repeated(proof, dek), lede, is_page=False)


def looks_like_page(proof: Proof) -> bool:
    """Tell whether a text opens with what is printed above an article, and so is a whole page."""
    return any(reason_of(line.seen) in _ABOVE_A_HEADLINE for line in proof.lines[:_TOP_OF_PAGE])


def _strike_furniture(proof: Proof) -> None:
    for index, line in enumerate(proof.lines):
        reason = reason_of(line.seen) if proof.stays(index) else None
        if reason is None and line.is_listed and proof.stays(index):
            reason = reason_of(BULLET.sub("", line.seen))
        if reason and not (line.is_heading and reason in _LIKE_HEADINGS):
            proof.strike(index, reason)


def _repeated(proof: Proof, words: str | None) -> int | None:
    """Return the first line that stays where it says just these words."""
    first = next(proof.staying(), None)
    if first is None or not words or proof.lines[first].seen.casefold() != plain(words).casefold():
        return None
    return first


def _marked(proof: Proof, headline: int | None, dek: int | None, lede: int, *, is_page: bool) -> Marks:
    body = lede if dek != lede else next(proof.staying(lede + 1), lede)
    mark_body(proof, body, is_page=is_page)
    last = max(proof.staying(), default=lede)
    return Marks(headline, dek, body, last + 1)
