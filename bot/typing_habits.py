"""The same question as people type it in a hurry."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SLIPS = 2


def in_capitals(text: str) -> str:
    """Return a text in capitals."""
    return text.upper()


def without_accents(text: str) -> str:
    """Return a text without accents: "blessés" as "blesses"."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def with_slips(text: str, slips: int = _SLIPS) -> str:
    """Return a text with two neighbouring letters swapped inside some of its words, always the same ones.

    Args:
        text: what was meant.
        slips: in how many words; only words of four letters and more have one.
    """
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    chosen = random.Random(text)  # noqa: S311  # the same slips in each run, nothing secret
    for place in chosen.sample(long, min(slips, len(long))):
        words[place] = _swapped(words[place], chosen.randrange(1, len(words[place]) - 2))
    return " ".join(words)


def _swapped(word: str, place: int) -> str:
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


HABITS: Mapping[str, Callable[[str], str]] = {
    "as it was written": str,
    "in capitals": in_capitals,
    "without accents": without_accents,
    "with two slips": with_slips,
}
