"""Interactions: what a person did with the bot, and what the bot made of it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tests.discord_simulator import messaging, payloads
from tests.discord_simulator.errors import Refusal, unknown
from tests.discord_simulator.form import Form
from tests.discord_simulator.limits import FILE_BYTES, check_choices
from tests.discord_simulator.messaging import Draft
from tests.discord_simulator.permissions import EVERYTHING, Flag

if TYPE_CHECKING:
    from datetime import datetime

    from tests.discord_simulator.world import Channel, Json, Message, User, World

FIRST_REPLY_WITHIN = timedelta(seconds=3)
TOKEN_LIVES = timedelta(minutes=15)


class Did(IntEnum):
    """What a person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Reply(IntEnum):
    """How the bot replied first."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


# Those whose message Discord returns with its answer.
SHOWN = (Reply.MESSAGE, Reply.UPDATE)
_REPLIES = {
    Did.COMMAND: (Reply.MESSAGE, Reply.DEFER, Reply.MODAL),
    Did.COMPONENT: (Reply.MESSAGE, Reply.DEFER, Reply.DEFER_UPDATE, Reply.UPDATE, Reply.MODAL),
    Did.AUTOCOMPLETE: (Reply.CHOICES,),
    Did.MODAL: (Reply.MESSAGE, Reply.DEFER, Reply.DEFER_UPDATE, Reply.UPDATE),
}


@dataclass(eq=False, kw_only=True)
class Interaction:
    """A command, a press, a choice in a menu or an autocompletion, and all that came of it.

    Attributes:
        kind: what the person did, see ``Did``.
        data: what the bot is told about it.
        message: that a component stands on.
        created_at: in the simulated Discord's time.
        created_tick: real seconds, monotonic.
        acknowledged_at: when the first reply came, None before.
        first_reply: its kind, None before.
        original: what ``@original`` is.
        follow_ups: what came after, deleted messages too.
        choices: of an autocompletion.
        modal: the form that the bot showed.
        refused: the bot's calls about it that Discord refused.
    """

    id: int
    token: str
    kind: Did
    person: User
    channel: Channel
    data: Json
    created_at: datetime
    created_tick: float
    message: Message | None = None
    acknowledged_at: datetime | None = None
    acknowledged_tick: float | None = None
    first_reply: Reply | None = None
    original: Message | None = None
    follow_ups: list[Message] = field(default_factory=list)
    choices: list[tuple[str, str | float]] | None = None
    modal: Json | None = None
    refused: list[Refusal] = field(default_factory=list)
    _answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def world(self) -> World:
        """Where it happened."""
        return self.channel.world

    @property
    def seconds_to_first_reply(self) -> float | None:
        """Real seconds until the first reply, None before."""
        return None if self.acknowledged_tick is None else self.acknowledged_tick - self.created_tick

    @property
    def answered(self) -> bool:
        """Whether the person has what they asked for, or were told why not."""
        return self._answered.is_set()

    @property
    def reply(self) -> Message:
        """The message that answers, or that was changed.

        Raises:
            LookupError: there is none yet.
        """
        if self.original is None or self.original.thinking:
            msg = f"{self!r} has no reply"
            raise LookupError(msg)
        return self.original

    @property
    def messages(self) -> tuple[Message, ...]:
        """What the bot wrote because of it and still stands, in order; not a message it changed."""
        own = [self.original] if self.original and self.original.interaction is self else []
        return tuple(m for m in (*own, *self.follow_ups) if not (m.deleted or m.thinking))

    async def settled(self, timeout: float = 10) -> Interaction:  # noqa: ASYNC109  # the caller reads better
        """Wait until it is answered: replied to, or deferred and then edited or followed up.

        Args:
            timeout: real seconds.

        Returns:
            Itself.

        Raises:
            TimeoutError: it was not answered in time; the message says how far it came.
        """
        try:
            async with asyncio.timeout(timeout):
                await self._answered.wait()
        except TimeoutError:
            msg = f"not answered in {timeout} s: {self!r}"
            raise TimeoutError(msg) from None
        return self

    def answer(self) -> None:
        """Note that the person has an answer."""
        self._answered.set()
        self.world.bell.ring()

    def __repr__(self) -> str:
        did = self.data.get("name") or self.data.get("custom_id")
        return f"<{self.person.name} {self.kind.name.lower()} {did!r}, first reply {self.first_reply!r}>"


def begin(
    channel: Channel, person: User, kind: Did, data: Json, message: Message | None = None
) -> Interaction:
    """Let the bot know what a person did.

    Args:
        channel: where.
        person: who.
        kind: what.
        data: the facts of it, as Discord sends them.
        message: that a component stands on.
    """
    world = channel.world
    interaction = Interaction(
        id=world.ids.new(),
        token=secrets.token_urlsafe(48),
        kind=kind,
        person=person,
        channel=channel,
        data=data,
        message=message,
        created_at=world.clock.now(),
        created_tick=world.clock.tick(),
    )
    world.interactions[interaction.token] = interaction
    world.announce("INTERACTION_CREATE", None, _payload(interaction))
    return interaction


def respond(world: World, interaction_id: int, token: str, draft: Draft) -> Interaction:
    """Take the bot's first reply.

    Args:
        world: the simulated Discord.
        interaction_id: as the bot says.
        token: as the bot says.
        draft: of the whole callback: its type and data.

    Returns:
        The interaction that was replied to.

    Raises:
        Refusal: 10062 unknown or too late, 40060 replied to already, 50035 a wrong form.
    """
    interaction = world.interactions.get(token)
    if interaction is None or interaction.id != interaction_id:
        raise unknown("interaction")
    try:
        _respond(interaction, draft)
    except Refusal as refusal:
        interaction.refused.append(refusal)
        raise
    return interaction


def _respond(interaction: Interaction, draft: Draft) -> None:
    world = interaction.world
    if interaction.first_reply is not None:
        raise Refusal(400, 40060, "Interaction has already been acknowledged.")
    if world.clock.now() - interaction.created_at > FIRST_REPLY_WITHIN:
        raise unknown("interaction")
    form = Form()
    kind = draft.payload.get("type")
    if not form.choice(("type",), kind, [int(each) for each in _REPLIES[interaction.kind]]):
        form.refuse_if_wrong()
    reply = Reply(int(kind or 0))
    data = draft.payload.get("data") or {}
    _carry_out(interaction, reply, Draft(payload=data, uploads=draft.uploads, path=("data",)))
    interaction.first_reply = reply
    interaction.acknowledged_at, interaction.acknowledged_tick = world.clock.now(), world.clock.tick()
    if reply not in (Reply.DEFER, Reply.DEFER_UPDATE):
        interaction.answer()
    world.bell.ring()


def _carry_out(interaction: Interaction, reply: Reply, draft: Draft) -> None:
    world, place = interaction.world, interaction.channel
    if reply == Reply.MESSAGE:
        interaction.original = messaging.write(place, world.bot, draft, interaction=interaction)
    elif reply == Reply.DEFER:
        interaction.original = messaging.think(place, world.bot, interaction, draft.flags & Flag.EPHEMERAL)
    elif reply in (Reply.UPDATE, Reply.DEFER_UPDATE):
        interaction.original = interaction.message
        if reply == Reply.UPDATE and interaction.message:
            messaging.edit(interaction.message, draft)
    elif reply == Reply.CHOICES:
        form = Form()
        check_choices(form, draft.payload)
        form.refuse_if_wrong()
        interaction.choices = [(each["name"], each["value"]) for each in draft.payload["choices"]]
    else:
        interaction.modal = _checked_modal(draft.payload)


def _checked_modal(data: Any) -> Json:
    form = Form()
    form.text(("data", "title"), data.get("title"), least=1, most=45)
    form.text(("data", "custom_id"), data.get("custom_id"), least=1, most=100)
    form.count(("data", "components"), data.get("components") or [], least=1, most=5)
    form.refuse_if_wrong()
    return dict(data)


def by_webhook(world: World, application_id: int, token: str) -> Interaction:
    """Return the interaction whose token a webhook call uses.

    Raises:
        Refusal: 10015 nothing was replied yet or nobody knows the token, 50027 it is older than 15 minutes.
    """
    interaction = world.interactions.get(token)
    if interaction is None or application_id != world.bot.id:
        raise unknown("Webhook")
    if world.clock.now() - interaction.created_at > TOKEN_LIVES:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    if interaction.first_reply is None:
        raise unknown("Webhook")
    return interaction


def follow_up(interaction: Interaction, draft: Draft) -> Message:
    """Write one more message; the first after a deferral takes the place of "is thinking…"."""
    if interaction.original is not None and interaction.original.thinking:
        message = interaction.original
        messaging.edit(message, draft)
    else:
        message = messaging.write(interaction.channel, interaction.world.bot, draft, interaction=interaction)
        interaction.follow_ups.append(message)
    interaction.answer()
    return message


def _payload(interaction: Interaction) -> Json:
    place, person = interaction.channel, interaction.person
    guild = place.guild
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(interaction.world.bot.id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(place.id),
        "channel": payloads.channel(place, permissions=guild.may(person) if guild else EVERYTHING),
        "locale": person.locale,
        "app_permissions": str(int(place.bot_permissions())),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": payloads.owners(place),
        "context": 0 if guild else 1,
        "attachment_size_limit": FILE_BYTES,
    }
    if interaction.message:
        payload["message"] = payloads.message(interaction.message)
    if guild is None:
        return payload | {"user": payloads.user(person)}
    return payload | {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": list(guild.features)},
        "guild_locale": guild.locale,
        "member": payloads.member(guild, person) | {"permissions": str(int(guild.may(person)))},
    }
