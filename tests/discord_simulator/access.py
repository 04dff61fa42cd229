"""What the bot may reach: channels and messages by their ids, and what it may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_simulator.errors import missing_access, missing_permissions, unknown
from tests.discord_simulator.permissions import Permission

if TYPE_CHECKING:
    from tests.discord_simulator.rest import Asked
    from tests.discord_simulator.world import Channel, Message, User, World


def channel(world: World, asked: Asked) -> Channel:
    """Return the channel that a call is about.

    Raises:
        Refusal: 10003 there is none, 50001 the bot does not see it.
    """
    place = world.channels.get(asked.id("channel_id"))
    if place is None:
        raise unknown("Channel")
    if not place.bot_permissions() & Permission.VIEW_CHANNEL:
        raise missing_access()
    return place


def need(place: Channel, permission: Permission) -> None:
    """Refuse what the bot may not do.

    Raises:
        Refusal: 50013.
    """
    if permission & ~place.bot_permissions():
        raise missing_permissions()


def message(place: Channel, message_id: int) -> Message:
    """Return a message that the bot can reach by its channel: no ephemeral one.

    Raises:
        Refusal: 10008.
    """
    found = place.written.get(message_id)
    if found is None or found.ephemeral:
        raise unknown("Message")
    return found


def shares_a_guild(world: World, person: User) -> bool:
    """Tell whether a person is in a server with the bot: the two may write to each other then."""
    return any(person.id in guild.members for guild in world.guilds.values())
