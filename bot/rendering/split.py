"""Long texts cut into messages: at borders of sentences where there are any, and nothing is lost."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from index.passages import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# What Discord takes in one message. It is not said in which unit it counts; UTF-16 gives the most.
LIMIT = 2000
# A sign of several characters is kept whole; nobody writes one of more than these.
_LONGEST_SIGN = 16
_BLANK = re.compile(r"\s")


def length(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pack(blocks: Iterable[str], *, gap: str = "\n\n") -> Iterator[str]:
    """Fill as few messages as hold some blocks in order; no block is cut.

    Args:
        blocks: none longer than :data:`LIMIT`.
        gap: what stands between two blocks of one message.
    """
    message = ""
    for block in blocks:
        longer = f"{message}{gap}{block}" if message else block
        if message and length(longer) > LIMIT:
            yield message
            message = block
        else:
            message = longer
    if message:
        yield message


def together(*lines: str) -> list[str]:
    """Return lines as one block, or each as its own where one message cannot hold them."""
    whole = "\n".join(lines)
    return [whole] if length(whole) <= LIMIT else list(lines)


def pieces(words: str, language: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Cut words that do not fit: between sentences, else between words, else between signs.

    Args:
        words: one line; each character of it takes at least one unit when it is written out.
        language: ISO 639-1 code of the words.
        fits: tells whether words fit; what begins words that fit must fit too.

    Returns:
        Pieces that fit, in order; only blanks between two of them are left out.
    """
    rest = words
    while len(rest) > LIMIT or not fits(rest):
        end = _end(rest[: LIMIT + 1], language, fits)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()
    if rest:
        yield rest


def shortened(words: str, most: int) -> str:
    """Return words cut at a border of words and closed with an ellipsis where they are longer than allowed."""
    if len(words) <= most:
        return words
    kept = words[:most]
    blank = kept.rfind(" ")
    return f"{(kept[:blank] if blank > most // 2 else kept[: _whole(words, most)]).rstrip()}…"


def last_of(words: str, most: int) -> str:
    """Return the end of words, opened with an ellipsis where something is left out before it."""
    if len(words) <= most:
        return words
    kept = words[-most:]
    blank = kept.find(" ")
    return f"…{(kept[blank:] if 0 <= blank < most // 2 else kept).lstrip()}"


def _end(words: str, language: str, fits: Callable[[str], bool]) -> int:
    """Return where to cut words of which not all fit."""
    most = _most(words, fits)
    # What seems to be the last sentence may go on behind the words that are looked at.
    ends = [span.end for span in sentences(words, language)[:-1] if span.end <= most]
    if ends:
        return ends[-1]
    blanks = [match.start() for match in _BLANK.finditer(words, 1, most + 1)]
    return blanks[-1] if blanks else _whole(words, most)


def _most(words: str, fits: Callable[[str], bool]) -> int:
    """Return how many characters fit, at least one."""
    most, too_many = 1, len(words)
    while too_many - most > 1:
        middle = (most + too_many) // 2
        if fits(words[:middle]):
            most = middle
        else:
            too_many = middle
    return most


def _whole(words: str, end: int) -> int:
    """Return an end at or before another that parts no accent from its letter, no emoji from its colour."""
    for earlier in range(end, max(0, end - _LONGEST_SIGN), -1):
        if not _goes_on(words, earlier):
            return earlier
    return end


def _goes_on(words: str, place: int) -> bool:
    """Tell whether the sign before a place goes on behind it."""
    if place >= len(words):
        return False
    after = words[place]
    return (
        unicodedata.combining(after) != 0
        or unicodedata.category(after) in {"Mn", "Mc", "Me", "Sk"}
        or after in "\u200c\u200d"
        or words[place - 1] == "\u200d"
    )
