"""Routes of interactions: the first reply, and what follows through the interaction's webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_simulator import interactions, messaging, payloads
from tests.discord_simulator.errors import Refusal, unknown
from tests.discord_simulator.rest import Asked, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.discord_simulator.interactions import Interaction
    from tests.discord_simulator.world import Json, Message, World

_ORIGINAL = "@original"


class Replies:
    """The bot's replies to what people did.

    Args:
        world: the simulated Discord.
    """

    def __init__(self, world: World) -> None:
        """Keep the world."""
        self._world = world

    def routes(self) -> Iterator[Route]:
        """Yield the routes."""
        webhook = "/webhooks/{application_id}/{token}"
        yield Route("POST", "/interactions/{interaction_id}/{token}/callback", self._respond)
        yield Route("POST", webhook, self._noting(self._follow_up))
        for method, answer in (("GET", self._read), ("PATCH", self._edit), ("DELETE", self._delete)):
            yield Route(method, f"{webhook}/messages/{{message_id}}", self._noting(answer))

    def _respond(self, asked: Asked) -> Json | None:
        interaction = interactions.respond(
            self._world, asked.id("interaction_id"), asked.ids["token"], asked.draft()
        )
        return _callback(interaction) if asked.says("with_response") else None

    def _noting(self, answer: Callable[[Interaction, Asked], Json | None]) -> Callable[[Asked], Json | None]:
        """Find the interaction, and note with it what was refused."""

        def answering(asked: Asked) -> Json | None:
            token = asked.ids["token"]
            try:
                interaction = interactions.by_webhook(self._world, asked.id("application_id"), token)
                return answer(interaction, asked)
            except Refusal as refusal:
                if token in self._world.interactions:
                    self._world.interactions[token].refused.append(refusal)
                raise

        return answering

    def _follow_up(self, interaction: Interaction, asked: Asked) -> Json:
        return payloads.message(interactions.follow_up(interaction, asked.draft()))

    def _read(self, interaction: Interaction, asked: Asked) -> Json:
        return payloads.message(_message(interaction, asked))

    def _edit(self, interaction: Interaction, asked: Asked) -> Json:
        message = _message(interaction, asked)
        messaging.edit(message, asked.draft())
        interaction.answer()
        return payloads.message(message)

    def _delete(self, interaction: Interaction, asked: Asked) -> None:
        messaging.delete(_message(interaction, asked))


def _message(interaction: Interaction, asked: Asked) -> Message:
    wanted = asked.ids["message_id"]
    own = [interaction.original] if interaction.original else []
    if wanted != _ORIGINAL:
        number = asked.id("message_id")
        own = [each for each in (*own, *interaction.follow_ups) if each.id == number]
    if not own or own[0].deleted:
        raise unknown("Message")
    return own[0]


def _callback(interaction: Interaction) -> Json:
    original = interaction.original
    told: Json = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "channel_id": str(interaction.channel.id),
    }
    if interaction.channel.guild:
        told["guild_id"] = str(interaction.channel.guild.id)
    resource: Json = {"type": interaction.first_reply}
    if original:
        told["response_message_id"] = str(original.id)
        told["response_message_loading"] = original.thinking
        told["response_message_ephemeral"] = original.ephemeral
    if original and interaction.first_reply in interactions.SHOWN:
        resource["message"] = payloads.message(original)
    return {"interaction": told, "resource": resource}
