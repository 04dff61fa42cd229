"""What each person sees: the messages of a place, with what is for them alone and without what is for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord_simulator.mentions import EVERYONE

if TYPE_CHECKING:
    from tests.discord_simulator.components import Button, Select
    from tests.discord_simulator.world import Attachment, Channel, Json, Message, User


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as one person sees it now.

    Attributes:
        message: what is seen; it may change, this does not.
        author: name of who wrote it.
        content: its words, as markdown.
        embeds: none where they are suppressed.
        only_you: "Only you can see this".
        thinking: "is thinking…": there is nothing to read yet.
        pinged: the person was called by it.
        edited: "(edited)" stands behind it.
    """

    message: Message
    author: str
    content: str
    embeds: tuple[Json, ...]
    buttons: tuple[Button, ...]
    selects: tuple[Select, ...]
    files: tuple[Attachment, ...]
    only_you: bool
    thinking: bool
    pinged: bool
    edited: bool


def seen_by(person: User, place: Channel) -> tuple[Seen, ...]:
    """Return what a person sees in a place, from the oldest; nothing where they may not look."""
    if not place.is_seen_by(person):
        return ()
    return tuple(see(person, each) for each in place.messages if is_seen(person, each))


def is_seen(person: User, message: Message) -> bool:
    """Tell whether a person sees a message."""
    return (
        not message.deleted and message.channel.is_seen_by(person) and message.seen_only_by in (None, person)
    )


def see(person: User, message: Message) -> Seen:
    """Return a message as a person who may see it sees it."""
    return Seen(
        message=message,
        author=message.author.name,
        content=message.content,
        embeds=() if message.embeds_suppressed else message.embeds,
        buttons=message.buttons,
        selects=message.selects,
        files=message.files,
        only_you=message.ephemeral,
        thinking=message.thinking,
        pinged=bool({person.id, EVERYONE} & message.pinged),
        edited=message.edited,
    )
