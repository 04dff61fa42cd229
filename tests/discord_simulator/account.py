"""Routes about the bot itself, where the gateway is, and whom and what it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_simulator import payloads
from tests.discord_simulator.access import channel
from tests.discord_simulator.errors import Refusal, missing_access, unknown
from tests.discord_simulator.form import malformed
from tests.discord_simulator.rest import Asked, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.discord_simulator.world import Json, User, World


class Account:
    """The bot's account.

    Args:
        world: the simulated Discord.
    """

    def __init__(self, world: World) -> None:
        """Keep the world."""
        self._world = world

    def routes(self) -> Iterator[Route]:
        """Yield the routes."""
        yield Route("GET", "/users/@me", lambda _: payloads.own_user(self._world))
        yield Route("POST", "/users/@me/channels", self._direct)
        yield Route("GET", "/users/{user_id}", self._user)
        yield Route("GET", "/applications/@me", lambda _: payloads.application(self._world))
        yield Route("GET", "/oauth2/applications/@me", lambda _: payloads.application(self._world))
        yield Route("GET", "/gateway", lambda _: {"url": self._world.gateway_address})
        yield Route("GET", "/gateway/bot", self._gateway)
        yield Route("GET", "/guilds/{guild_id}", self._guild)
        yield Route(
            "GET", "/channels/{channel_id}", lambda asked: payloads.channel(channel(self._world, asked))
        )

    def _gateway(self, asked: Asked) -> Json:
        starts = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._world.gateway_address, "shards": 1, "session_start_limit": starts}

    def _user(self, asked: Asked) -> Json:
        return payloads.user(self._known(asked.id("user_id")))

    def _guild(self, asked: Asked) -> Json:
        guild = self._world.guilds.get(asked.id("guild_id"))
        if guild is None:
            raise missing_access()
        return payloads.guild_facts(guild)

    def _direct(self, asked: Asked) -> Json:
        recipient = str(asked.form().get("recipient_id"))
        if not recipient.isdecimal():
            raise malformed(("recipient_id",), "NUMBER_TYPE_COERCE", f'Value "{recipient}" is not snowflake.')
        person = self._known(int(recipient))
        if person.is_bot:
            raise Refusal(400, 50007, "Cannot send messages to this user")
        return payloads.channel(self._world.direct_messages(person))

    def _known(self, user_id: int) -> User:
        user = self._world.user(user_id)
        if user is None:
            raise unknown("User")
        return user
