"""Blocks made messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import index_line, text
from bot.rendering.discord.markup import small
from bot.rendering.escape import escape
from bot.rendering.parts import Part
from bot.rendering.split import LIMIT, length, pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.rendering.parts import Button, File
    from index.generation import Generation


def parts(
    blocks: Iterable[str],
    *,
    gap: str = "\n\n",
    buttons: tuple[tuple[Button, ...], ...] = (),
    files: tuple[File, ...] = (),
) -> tuple[Part, ...]:
    """Return blocks as messages; buttons and files are on the last.

    Args:
        blocks: in order, none longer than a message, at least one.
        gap: what stands between two of them.
        buttons: of the last message.
        files: of the last message.
    """
    *others, last = pack(blocks, gap=gap)
    return (*(Part(content) for content in others), Part(last, buttons, files))


def under(heading: str, blocks: list[str], *, gap: str = "\n") -> list[str]:
    """Return blocks with a heading on the first, so that no message ends with a heading."""
    if not blocks:
        return [heading]
    first = f"{heading}{gap}{blocks[0]}"
    return [first, *blocks[1:]] if length(first) <= LIMIT else [heading, *blocks]


def foot(generation: Generation, language: str) -> str:
    """Return the line that says of which index all this is."""
    return small(index_line(generation, language))


def say(key: str, language: str, **values: object) -> tuple[Part, ...]:
    """Return a sentence of the catalogue as a message.

    Args:
        key: an entry of the catalogue.
        language: of the person.
        values: what the sentence names; it is escaped.
    """
    return (Part(text(key, language, **{name: escape(str(value)) for name, value in values.items()})),)
