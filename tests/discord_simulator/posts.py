"""Routes of messages in channels, threads and direct messages, and of the files in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.discord_simulator import messaging, payloads
from tests.discord_simulator.access import channel, message, need, shares_a_guild
from tests.discord_simulator.errors import Refusal, missing_access
from tests.discord_simulator.form import malformed
from tests.discord_simulator.permissions import Permission
from tests.discord_simulator.rest import Asked, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.discord_simulator.world import Channel, Json, Message, World

# How long Discord knows a nonce: "the past few minutes".
_NONCE_LIVES = timedelta(minutes=5)
_MOST_READ = 100


class Posts:
    """What the bot writes and reads.

    Args:
        world: the simulated Discord.
    """

    def __init__(self, world: World) -> None:
        """Keep the world."""
        self._world = world

    def routes(self) -> Iterator[Route]:
        """Yield the routes."""
        written = "/channels/{channel_id}/messages"
        yield Route("POST", written, self._write)
        yield Route("GET", written, self._list)
        yield Route("GET", f"{written}/{{message_id}}", self._read)
        yield Route("PATCH", f"{written}/{{message_id}}", self._edit)
        yield Route("DELETE", f"{written}/{{message_id}}", self._delete)
        yield Route("POST", "/channels/{channel_id}/typing", self._type)

    def _write(self, asked: Asked) -> Json:
        place, draft = channel(self._world, asked), asked.draft()
        _need_to_write(place, asked)
        nonce = draft.payload.get("nonce")
        if nonce is not None and draft.payload.get("enforce_nonce"):
            before = self._world.nonces.get(str(nonce))
            if before and self._world.clock.now() - before.versions[0].at < _NONCE_LIVES:
                return payloads.message(before)
        written = messaging.write(place, self._world.bot, draft, reply_to=_replied_to(place, asked))
        if written.nonce is not None:
            self._world.nonces[written.nonce] = written
        return payloads.message(written)

    def _list(self, asked: Asked) -> list[Json]:
        place = channel(self._world, asked)
        if not place.bot_permissions() & Permission.READ_MESSAGE_HISTORY:
            return []
        most = asked.query.get("limit", "50")
        if not (most.isdecimal() and 1 <= int(most) <= _MOST_READ):
            raise malformed(("limit",), "NUMBER_TYPE_RANGE", f"Value should be between 1 and {_MOST_READ}.")
        open_ = [each for each in place.messages if not each.ephemeral]
        return [payloads.message(each) for each in _page(open_, asked, int(most))]

    def _read(self, asked: Asked) -> Json:
        place = channel(self._world, asked)
        if not place.bot_permissions() & Permission.READ_MESSAGE_HISTORY:
            raise missing_access()
        return payloads.message(message(place, asked.id("message_id")))

    def _edit(self, asked: Asked) -> Json:
        written = message(channel(self._world, asked), asked.id("message_id"))
        if written.author is not self._world.bot:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        messaging.edit(written, asked.draft())
        return payloads.message(written)

    def _delete(self, asked: Asked) -> None:
        place = channel(self._world, asked)
        written = message(place, asked.id("message_id"))
        if place.guild is None and written.author is not self._world.bot:
            raise Refusal(403, 50003, "Cannot execute action on a DM channel")
        if written.author is not self._world.bot:
            need(place, Permission.MANAGE_MESSAGES)
        messaging.delete(written)

    def _type(self, asked: Asked) -> None:
        place = channel(self._world, asked)
        need(place, _sending(place))
        place.typing += 1


def _need_to_write(place: Channel, asked: Asked) -> None:
    if place.recipient and not shares_a_guild(place.world, place.recipient) and not place.written:
        raise Refusal(403, 50007, "Cannot send messages to this user")
    need(place, _sending(place))
    if asked.uploads:
        need(place, Permission.ATTACH_FILES)
    if asked.form().get("embeds"):
        need(place, Permission.EMBED_LINKS)


def _sending(place: Channel) -> Permission:
    return Permission.SEND_MESSAGES_IN_THREADS if place.is_thread else Permission.SEND_MESSAGES


def _replied_to(place: Channel, asked: Asked) -> Message | None:
    reference = asked.form().get("message_reference")
    if not reference:
        return None
    if not place.bot_permissions() & Permission.READ_MESSAGE_HISTORY:
        raise Refusal(400, 160002, "Cannot reply without permission to read message history")
    found = place.written.get(int(reference.get("message_id") or 0))
    if found is not None and not found.ephemeral:
        return found
    if reference.get("fail_if_not_exists", True):
        raise malformed(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    return None


def _page(written: list[Message], asked: Asked, most: int) -> list[Message]:
    """Return the messages that are asked for, the newest first."""
    before, after = asked.query.get("before"), asked.query.get("after")
    if after:
        return [each for each in written if each.id > int(after)][:most][::-1]
    return [each for each in written if not before or each.id < int(before)][-most:][::-1]
