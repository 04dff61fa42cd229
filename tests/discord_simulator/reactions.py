"""Reactions to messages, by the bot and by people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.discord_simulator import payloads
from tests.discord_simulator.access import channel, message, need
from tests.discord_simulator.errors import unknown
from tests.discord_simulator.permissions import Intent, Permission
from tests.discord_simulator.rest import Asked, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.discord_simulator.world import Json, Message, User, World


class Reactions:
    """The bot's reactions.

    Args:
        world: the simulated Discord.
    """

    def __init__(self, world: World) -> None:
        """Keep the world."""
        self._world = world

    def routes(self) -> Iterator[Route]:
        """Yield the routes."""
        path = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}"
        yield Route("PUT", f"{path}/@me", self._add)
        yield Route("DELETE", f"{path}/@me", self._remove)
        yield Route("GET", path, self._who)

    def _add(self, asked: Asked) -> None:
        written, emoji = self._found(asked)
        if emoji not in written.reactions:
            need(written.channel, Permission.ADD_REACTIONS)
        need(written.channel, Permission.READ_MESSAGE_HISTORY)
        react(written, self._world.bot, emoji)

    def _remove(self, asked: Asked) -> None:
        written, emoji = self._found(asked)
        take_back(written, self._world.bot, emoji)

    def _who(self, asked: Asked) -> list[Json]:
        written, emoji = self._found(asked)
        found = (self._world.user(each) for each in sorted(written.reactions.get(emoji, ())))
        return [payloads.user(each) for each in found if each]

    def _found(self, asked: Asked) -> tuple[Message, str]:
        written = message(channel(self._world, asked), asked.id("message_id"))
        emoji = unquote(asked.ids["emoji"])
        if emoji.isascii():  # neither a character nor an emoji of a server that the bot is in
            raise unknown("Emoji")
        return written, emoji


def react(written: Message, user: User, emoji: str) -> None:
    """Add a reaction, and tell the bot.

    Args:
        written: the message.
        user: who reacts.
        emoji: the character.
    """
    if user.id not in written.reactions.setdefault(emoji, set()):
        written.reactions[emoji].add(user.id)
        _tell("MESSAGE_REACTION_ADD", written, user, emoji)


def take_back(written: Message, user: User, emoji: str) -> None:
    """Take a reaction back, and tell the bot; where there is none, nothing happens."""
    by = written.reactions.get(emoji, set())
    if user.id in by:
        by.discard(user.id)
        if not by:
            del written.reactions[emoji]
        _tell("MESSAGE_REACTION_REMOVE", written, user, emoji)


def _tell(event: str, written: Message, user: User, emoji: str) -> None:
    place = written.channel
    told: Json = {
        "user_id": str(user.id),
        "channel_id": str(place.id),
        "message_id": str(written.id),
        "emoji": payloads.emoji(emoji),
        "message_author_id": str(written.author.id),
        "burst": False,
        "type": 0,
    }
    if place.guild:
        told["guild_id"] = str(place.guild.id)
        told["member"] = payloads.member(place.guild, user)
    intent = Intent.GUILD_MESSAGE_REACTIONS if place.guild else Intent.DIRECT_MESSAGE_REACTIONS
    place.world.announce(event, intent, told)
    place.world.bell.ring()
