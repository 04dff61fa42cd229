"""What Discord is to show, before any of Discord: messages, their buttons, their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.rendering.split import LIMIT, length

Style = Literal["primary", "secondary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message.

    Args:
        label: what stands on it, at most 80 characters.
        style: its colour.
        custom_id: what it does, to which answer: ``dateline:VERB:KEY`` or ``dateline:source:KEY:N``.
    """

    label: str
    style: Style
    custom_id: str


@dataclass(frozen=True, slots=True)
class File:
    """A file on a message."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One message.

    Args:
        content: as Discord takes it: never blank, at most 2000 UTF-16 code units.
        buttons: rows from above, at most five of at most five.
        files: at most ten.

    Raises:
        ValueError: Discord would not take the content.
    """

    content: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[File, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what Discord would refuse: here the fault can still be found."""
        if not self.content.strip() or length(self.content) > LIMIT:
            msg = f"a message holds 1 to {LIMIT} code units, not {length(self.content)}"
            raise ValueError(msg)
