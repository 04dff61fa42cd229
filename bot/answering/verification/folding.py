"""Text folded so that typography does not matter, each character with its place in the original."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from index.types import Span

_APOSTROPHES = frozenset("'’‘ʼ‛`´′")
_MARKS = frozenset('"«»“”„‟‹›″')
_OPENING = frozenset('«“„"‹‘')
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
_DASHES = frozenset("-‐‑‒–—―−")
_TIGHT = frozenset(",.;:!?%")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text: ``places[i]`` is the index in the original of the character behind ``text[i]``."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Return the span of the original that a non-empty range of the folded text came from."""
        return Span(self.places[start], self.places[end - 1] + 1)


def fold(text: str) -> Folded:
    """Fold case, quotation marks, apostrophes, dashes, blanks, soft hyphens and decomposed accents.

    Accents stay: «pécheur» and «pêcheur» are two words. Quotation marks go, so that quotations may be
    nested in whichever marks; an apostrophe stays inside a word only.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in _folded(character, text, place):
            if folded == " " and (not letters or letters[-1] in " '"):
                continue
            if folded in _TIGHT and letters and letters[-1] == " ":
                letters.pop()
                places.pop()
            letters.append(folded)
            places.append(place)
    return Folded("".join(letters), tuple(places))


def _folded(character: str, text: str, place: int) -> str:
    if character in _UNSEEN or character in _MARKS:
        return ""
    if character in _APOSTROPHES:
        inside = (
            0 < place < len(text) - 1
            and text[place - 1].isalnum()
            and (text[place + 1].isalnum() or text[place + 1] in _OPENING)
        )
        return "'" if inside else ""
    if character.isspace():
        return " "
    if character in _DASHES:
        return "-"
    return unicodedata.normalize("NFKD", character).casefold()
