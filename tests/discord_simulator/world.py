"""What there is in the simulated Discord: servers, channels, who is in them, and what is written there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_simulator import payloads
from tests.discord_simulator.components import Button, Select, buttons, selects
from tests.discord_simulator.permissions import EVERYTHING, ORDINARY, Flag, Intent, Permission

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.discord_simulator.bell import Bell
    from tests.discord_simulator.clock import Clock, Snowflakes
    from tests.discord_simulator.interactions import Interaction
    from tests.discord_simulator.mentions import Pinged

Json = dict[str, Any]
TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12


@dataclass(eq=False, kw_only=True)
class User:
    """A person or a bot.

    Attributes:
        locale: the language of their Discord, such as "fr" or "en-GB".
    """

    id: int
    name: str
    is_bot: bool = False
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """What others write to mention them."""
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(eq=False, kw_only=True)
class Guild:
    """A server.

    Attributes:
        locale: ``preferred_locale``; Discord says "en-US" of every server that is no community.
        features: such as "COMMUNITY".
        members: the people in it, by id; the bot is always there.
        owner_id: of somebody who is never there; never the bot, which would be allowed everything.
        managers: ids of those who may manage the server.
    """

    id: int
    owner_id: int
    name: str
    locale: str
    features: tuple[str, ...]
    world: World = field(repr=False)
    channels: dict[int, Channel] = field(default_factory=dict, repr=False)
    members: dict[int, User] = field(default_factory=dict, repr=False)
    managers: set[int] = field(default_factory=set, repr=False)

    def add_channel(self, name: str, *, bot_may: Permission = ORDINARY) -> Channel:
        """Add a text channel; the bot is told if it is connected.

        Args:
            name: without "#".
            bot_may: what the bot may do there, such as ``ORDINARY & ~Permission.SEND_MESSAGES``.
        """
        channel = Channel(
            id=self.world.ids.new(), kind=TEXT, name=name, guild=self, world=self.world, bot_may=bot_may
        )
        self.channels[channel.id] = self.world.channels[channel.id] = channel
        self.world.announce("CHANNEL_CREATE", Intent.GUILDS, payloads.channel(channel))
        return channel

    def may(self, user: User) -> Permission:
        """Return what a member may do."""
        return ORDINARY | (Permission.MANAGE_GUILD if user.id in self.managers else Permission(0))


@dataclass(eq=False, kw_only=True)
class Channel:
    """A text channel, a thread or direct messages.

    Attributes:
        parent: of a thread, the channel it is in.
        starter: of a thread, the message it was started from.
        recipient: of direct messages, the person.
        added: ids of the people in a private thread.
        typing: how often the bot has said that it is typing.
        minutes: of a thread, after how much silence it is archived.
    """

    id: int
    kind: int
    name: str
    world: World = field(repr=False)
    guild: Guild | None = None
    parent: Channel | None = field(default=None, repr=False)
    starter: Message | None = field(default=None, repr=False)
    recipient: User | None = None
    owner_id: int = 0
    bot_may: Permission = ORDINARY
    minutes: int = 1440
    archived: bool = False
    typing: int = 0
    added: set[int] = field(default_factory=set, repr=False)
    written: dict[int, Message] = field(default_factory=dict, repr=False)
    threads: dict[int, Channel] = field(default_factory=dict, repr=False)

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread."""
        return self.kind in (PUBLIC_THREAD, PRIVATE_THREAD)

    @property
    def mention(self) -> str:
        """What others write to mention it."""
        return f"<#{self.id}>"

    @property
    def messages(self) -> tuple[Message, ...]:
        """What stands there, ephemeral messages too, from the oldest."""
        return tuple(self.written.values())

    @property
    def last_message_id(self) -> int | None:
        """The id of the newest message that all may see."""
        return next((m.id for m in reversed(self.written.values()) if m.seen_only_by is None), None)

    def is_seen_by(self, person: User) -> bool:
        """Tell whether a person can read there."""
        if self.guild is None:
            return self.recipient is person
        return person.id in self.guild.members and (self.kind != PRIVATE_THREAD or person.id in self.added)

    def bot_permissions(self) -> Permission:
        """Return what the bot may do there."""
        if self.kind == DIRECT:
            return EVERYTHING
        return self.parent.bot_may if self.parent else self.bot_may


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message, with its bytes."""

    id: int
    filename: str
    data: bytes = field(repr=False)
    content_type: str
    description: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a message showed from some moment on."""

    at: datetime
    content: str
    embeds: tuple[Json, ...]
    components: tuple[Json, ...]
    files: tuple[Attachment, ...]


@dataclass(eq=False, kw_only=True)
class Message:
    """A message as it stands, and what it showed before.

    Attributes:
        seen_only_by: of an ephemeral message, the one person who sees it.
        versions: what it has shown, the newest last.
        pinged: ids of those whom it pinged, and "everyone".
        mentions: the people it mentions in a way that Discord tells the bot.
        reply_to: the message it replies to.
        interaction: that it answers.
        deleted: gone for everybody.
    """

    id: int
    channel: Channel
    author: User
    versions: list[Version]
    kind: int = 0
    flags: int = 0
    seen_only_by: User | None = None
    pinged: Pinged = frozenset()
    mentions: tuple[User, ...] = ()
    reply_to: Message | None = None
    interaction: Interaction | None = None
    thread: Channel | None = None
    nonce: str | None = None
    deleted: bool = False
    reactions: dict[str, set[int]] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """Its words, as markdown."""
        return self.versions[-1].content

    @property
    def embeds(self) -> tuple[Json, ...]:
        """Its embeds, as sent."""
        return self.versions[-1].embeds

    @property
    def components(self) -> tuple[Json, ...]:
        """Its components, as sent."""
        return self.versions[-1].components

    @property
    def files(self) -> tuple[Attachment, ...]:
        """Its files, with their bytes."""
        return self.versions[-1].files

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Its buttons, row by row."""
        return buttons(self.components)

    @property
    def selects(self) -> tuple[Select, ...]:
        """Its menus."""
        return selects(self.components)

    @property
    def edited(self) -> bool:
        """Whether Discord shows "(edited)": filling in "is thinking…" is no edit."""
        return len(self.versions) > 1

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.seen_only_by is not None

    @property
    def thinking(self) -> bool:
        """Whether Discord shows "is thinking…"."""
        return bool(self.flags & Flag.LOADING)

    @property
    def embeds_suppressed(self) -> bool:
        """Whether links show no card."""
        return bool(self.flags & Flag.SUPPRESS_EMBEDS)

    def __repr__(self) -> str:
        return f"<message {self.id} of {self.author.name}: {self.content[:60]!r}>"


@dataclass(eq=False, kw_only=True)
class World:
    """Everything that the parts of the simulator share.

    Attributes:
        token: the bot's.
        bot: the bot's user; its id is the application's too.
        address: "http://127.0.0.1:PORT", once it listens.
        announce: sends the bot an event, if it listens for such: its name, the intent that it needs, its facts.
        reads_content: whether the bot has asked for message content, and may have it.
        bell: rung when anything has changed.
        nonces: the bot's messages that were sent with one, by their nonce.
    """

    token: str
    granted: Intent
    clock: Clock
    ids: Snowflakes
    bell: Bell
    bot: User
    announce: Callable[[str, Intent | None, Json], None]
    address: str = ""
    reads_content: bool = False
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    direct: dict[int, Channel] = field(default_factory=dict)
    people: dict[int, User] = field(default_factory=dict)
    files: dict[int, Attachment] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    nonces: dict[str, Message] = field(default_factory=dict)

    @property
    def gateway_address(self) -> str:
        """Where the gateway listens."""
        return f"ws{self.address.removeprefix('http')}/gateway"

    def user(self, user_id: int) -> User | None:
        """Return who has an id."""
        return self.bot if user_id == self.bot.id else self.people.get(user_id)

    def direct_messages(self, person: User) -> Channel:
        """Return the channel of a person and the bot; it is made where there is none."""
        if person.id not in self.direct:
            made = Channel(id=self.ids.new(), kind=DIRECT, name=person.name, recipient=person, world=self)
            self.channels[made.id] = self.direct[person.id] = made
        return self.direct[person.id]


def hears(channel: Channel) -> Intent:
    """Return the intent that messages of a channel need."""
    return Intent.GUILD_MESSAGES if channel.guild else Intent.DIRECT_MESSAGES
