"""Messages as a person reads them, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.escape import clean
from tests.bot.rendering.discord_markdown import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.parts import Part


def content_of(parts: Sequence[Part]) -> str:
    """Return what is sent."""
    return "\n".join(part.content for part in parts)


def seen_in(parts: Sequence[Part]) -> str:
    """Return what is seen, without blanks: messages break lines where an article does not."""
    return squeezed("".join(read(part.content).seen for part in parts))


def squeezed(words: str) -> str:
    """Return what can be seen of words, without blanks."""
    lines = (clean(line) for line in words.splitlines())
    return "".join("".join(lines).split())
