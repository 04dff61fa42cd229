"""The few marks that our messages are made of. Whoever calls these has escaped the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import marks_around
from bot.rendering.escape import clean, escape
from bot.rendering.split import LIMIT, length, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rendering.links import Link


def bold(escaped: str) -> str:
    """Return escaped words in bold; nothing for nothing."""
    return f"**{escaped}**" if escaped else ""


def small(escaped: str) -> str:
    """Return an escaped line as small print."""
    return f"-# {escaped}"


def labels(*numbers: int) -> str:
    """Return labels of citations: ``[1][2]``, which a bracket of ours or of a stranger could make a link."""
    return "".join(rf"\[{number}\]" for number in numbers)


def linked(words: str, link: Link) -> str:
    """Return words of ours as a link.

    The angle brackets keep Discord from showing the page; the host must be said beside it.
    """
    return f"[{words}](<{link.target}>)"


def lines_of(words: str) -> tuple[str, ...]:
    """Return the lines of a text that show anything, as they can be seen."""
    return tuple(line for line in (clean(each).strip() for each in words.splitlines()) if line)


def quotation(words: str, reader: str, language: str, tail: str = "") -> list[str]:
    """Return words as a quotation: one block, or several where one message cannot hold them.

    Args:
        words: verbatim.
        reader: language of the person, whose quotation marks are used unless the words bring their own.
        language: of the words.
        tail: escaped; stands behind the words.
    """
    opening, closing = marks_around(words, reader)
    lines = [escape(line) for line in lines_of(words)] or [""]
    lines[0] = f"{opening}{lines[0]}"
    lines[-1] = f"{lines[-1]}{closing}{tail}"
    whole = "\n".join(f"> {line}" for line in lines)
    return (
        [whole]
        if length(whole) <= LIMIT
        else list(_long_quotation(words, (opening, closing + tail), language))
    )


def _long_quotation(words: str, marks: tuple[str, str], language: str) -> Iterator[str]:
    """Yield each piece of a quotation as one of its own, with the marks on the first and the last."""
    front, back = marks
    room = LIMIT - length(f"> {front}{back}")
    cut = [
        escape(piece)
        for line in lines_of(words)
        for piece in pieces(line, language, lambda piece: length(escape(piece)) <= room)
    ]
    for number, piece in enumerate(cut, start=1):
        yield f"> {front if number == 1 else ''}{piece}{back if number == len(cut) else ''}"
