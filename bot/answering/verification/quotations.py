"""Words in quotation marks: which they are, and where exactly they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.verification.folding import fold
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.verification.folding import Folded

_CLOSING = {"«": "»", "“": "”", "„": "“”", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_SINGLE = "‘'"
_CUT = re.compile(r"\s*(?:[\[(]\s?(?:…|\.\s?\.\s?\.)\s?[\])]|…|\.{3})\s*")
_EDGE = " ,.;:!?-"
# A quotation with a cut in it leaves out some sentences at most.
_LONGEST_CUT = 600


def quotations(text: str) -> tuple[Span, ...]:
    """Return what stands in quotation marks, marks left aside, outermost first; in order.

    A mark that is never closed quotes until the end of the text.
    """
    found: list[Span] = []
    place = 0
    while place < len(text):
        if text[place] in _CLOSING and _opens(text, place):
            end = _end(text, place)
            inner = _without_blanks(text, place + 1, end)
            if inner:
                found.append(inner)
            place = end
        place += 1
    return tuple(found)


def find_quotation(quotation: str, text: str) -> Span | None:
    """Return where quoted words stand in a text, whatever the typography; None where they do not.

    Args:
        quotation: the words, without their marks; "[…]" and "…" stand for words left out, and what is
            around them must follow in this order.
        text: the text to look in.

    Returns:
        The span from the first quoted character to the last.
    """
    pieces = pieces_of(quotation)
    if not pieces:
        return None
    folded = fold(text)
    starts = _occurrences(folded, pieces[0])
    return next((span for start in starts if (span := _chain(folded, pieces, start))), None)


def is_stitched(quotation: str, texts: tuple[str, ...]) -> bool:
    """Tell whether quoted words are put together of two stretches that stand apart in some texts."""
    said = " ".join(pieces_of(quotation)).split(" ")
    folded = [fold(text) for text in texts]
    return any(
        _stands(folded, " ".join(said[:cut])) and _stands(folded, " ".join(said[cut:]))
        for cut in range(2, len(said) - 1)
    )


def pieces_of(quotation: str) -> list[str]:
    """Return the folded stretches of a quotation between its cuts, without punctuation at their edges."""
    stretches = (fold(piece).text.strip(_EDGE) for piece in _CUT.split(quotation))
    return [stretch for stretch in stretches if stretch]


def _opens(text: str, place: int) -> bool:
    if text[place] not in _SINGLE:
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not before.isalnum() and after.isalnum() and _end(text, place) < len(text)


def _end(text: str, place: int) -> int:
    """Return where a quotation that opens at a place closes; the end of the text where it never does."""
    mark, closing, depth = text[place], _CLOSING[text[place]], 0
    for other in range(place + 1, len(text)):
        character = text[other]
        if character in closing and not (mark in _SINGLE and text[other + 1 : other + 2].isalnum()):
            if depth == 0:
                return other
            depth -= 1
        elif character == mark:
            depth += 1
    return len(text)


def _without_blanks(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _occurrences(folded: Folded, piece: str, start: int = 0) -> Iterator[int]:
    """Yield where a piece stands as whole words."""
    place = folded.text.find(piece, start)
    while place >= 0:
        before, after = folded.text[place - 1 : place], folded.text[place + len(piece) :][:1]
        if not (before.isalnum() and piece[0].isalnum()) and not (after.isalnum() and piece[-1].isalnum()):
            yield place
        place = folded.text.find(piece, place + 1)


def _chain(folded: Folded, pieces: list[str], start: int) -> Span | None:
    end = start + len(pieces[0])
    for piece in pieces[1:]:
        following = next(_occurrences(folded, piece, end), None)
        if following is None or following - end > _LONGEST_CUT:
            return None
        end = following + len(piece)
    return folded.original(start, end)


def _stands(texts: list[Folded], piece: str) -> bool:
    return any(next(_occurrences(folded, piece.strip(_EDGE)), None) is not None for folded in texts)
