"""Threads: opened by the bot or by people, from a message or without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_simulator import payloads
from tests.discord_simulator.access import channel, message, need
from tests.discord_simulator.errors import Refusal, no_such_place, unknown
from tests.discord_simulator.form import Form
from tests.discord_simulator.limits import check_thread
from tests.discord_simulator.permissions import Flag, Intent, Permission
from tests.discord_simulator.rest import Asked, Route
from tests.discord_simulator.world import PRIVATE_THREAD, PUBLIC_THREAD, TEXT, Channel, hears

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.discord_simulator.world import Json, Message, User, World

_MINUTES = 1440


class Threads:
    """The bot's threads.

    Args:
        world: the simulated Discord.
    """

    def __init__(self, world: World) -> None:
        """Keep the world."""
        self._world = world

    def routes(self) -> Iterator[Route]:
        """Yield the routes."""
        members = "/channels/{channel_id}/thread-members"
        yield Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", self._from_message)
        yield Route("POST", "/channels/{channel_id}/threads", self._without)
        yield Route("PUT", f"{members}/@me", self._join)
        yield Route("PUT", f"{members}/{{user_id}}", self._add)
        yield Route("PATCH", "/channels/{channel_id}", self._change)

    def _from_message(self, asked: Asked) -> Json:
        place = channel(self._world, asked)
        if place.kind != TEXT:
            raise no_such_place()
        starter = message(place, asked.id("message_id"))
        need(place, Permission.CREATE_PUBLIC_THREADS)
        opened = open_thread(place, self._world.bot, _checked(asked), starter=starter)
        return payloads.channel(opened)

    def _without(self, asked: Asked) -> Json:
        place = channel(self._world, asked)
        if place.kind != TEXT:
            raise no_such_place()
        facts = _checked(asked)
        is_public = facts.get("type", PRIVATE_THREAD) == PUBLIC_THREAD
        need(place, Permission.CREATE_PUBLIC_THREADS if is_public else Permission.CREATE_PRIVATE_THREADS)
        return payloads.channel(open_thread(place, self._world.bot, facts, is_public=is_public))

    def _join(self, asked: Asked) -> None:
        if not channel(self._world, asked).is_thread:
            raise no_such_place()

    def _add(self, asked: Asked) -> None:
        place, person = channel(self._world, asked), self._world.people.get(asked.id("user_id"))
        if not place.is_thread:
            raise no_such_place()
        if person is None:
            raise unknown("User")
        need(place, Permission.SEND_MESSAGES_IN_THREADS)
        place.added.add(person.id)

    def _change(self, asked: Asked) -> Json:
        place, facts = channel(self._world, asked), asked.form()
        if not place.is_thread:
            raise Refusal(403, 50013, "Missing Permissions")
        if place.owner_id != self._world.bot.id:
            need(place, Permission.MANAGE_THREADS)
        _check({"name": place.name, **facts})
        place.name = facts.get("name", place.name)
        place.archived = bool(facts.get("archived", place.archived))
        place.minutes = facts.get("auto_archive_duration") or place.minutes
        self._world.announce("THREAD_UPDATE", Intent.GUILDS, payloads.channel(place))
        return payloads.channel(place)


def open_thread(
    parent: Channel, owner: User, facts: Json, *, starter: Message | None = None, is_public: bool = True
) -> Channel:
    """Open a thread, and tell the bot.

    Args:
        parent: the channel it is in.
        owner: who opens it.
        facts: its name, and after how many minutes of silence it is archived.
        starter: the message it starts from, whose id it takes.
        is_public: seen by all who see the channel.

    Raises:
        Refusal: 160004, the message has one already.
    """
    world = parent.world
    if starter and starter.thread:
        raise Refusal(400, 160004, "A thread has already been created for this message")
    thread = Channel(
        id=starter.id if starter else world.ids.new(),
        kind=PUBLIC_THREAD if is_public else PRIVATE_THREAD,
        name=facts["name"],
        world=world,
        guild=parent.guild,
        parent=parent,
        starter=starter,
        owner_id=owner.id,
        minutes=facts.get("auto_archive_duration") or _MINUTES,
        added={owner.id},
    )
    parent.threads[thread.id] = world.channels[thread.id] = thread
    opened = payloads.channel(thread) | {"newly_created": True}
    world.announce("THREAD_CREATE", Intent.GUILDS, opened)
    if starter:
        starter.thread, starter.flags = thread, starter.flags | Flag.HAS_THREAD
        world.announce("MESSAGE_UPDATE", hears(parent), payloads.message_event(starter))
    world.bell.ring()
    return thread


def _checked(asked: Asked) -> Json:
    facts = dict(asked.form())
    _check(facts)
    return facts


def _check(facts: Mapping[str, Any]) -> None:
    form = Form()
    check_thread(form, facts)
    form.refuse_if_wrong()
