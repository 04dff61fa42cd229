"""What people do: write, use commands and buttons, react; only what Discord's own program lets them do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_simulator import messaging, offered, payloads, reactions, sight
from tests.discord_simulator.access import shares_a_guild
from tests.discord_simulator.commands import ON_MESSAGE, SLASH
from tests.discord_simulator.components import Kind
from tests.discord_simulator.errors import NotOffered, Refusal
from tests.discord_simulator.interactions import Did, begin
from tests.discord_simulator.messaging import Draft, Upload
from tests.discord_simulator.permissions import Permission
from tests.discord_simulator.threads import open_thread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.discord_simulator.commands import Commands
    from tests.discord_simulator.components import Button
    from tests.discord_simulator.interactions import Interaction
    from tests.discord_simulator.offered import Value
    from tests.discord_simulator.world import Channel, Json, Message, User, World

_LINK = 5


class People:
    """The people of a simulated Discord, as their own programs serve them.

    Every method raises :class:`NotOffered` for what a person could not do.

    Args:
        world: where they are.
        commands: that the bot has synced.
    """

    def __init__(self, world: World, commands: Commands) -> None:
        """Keep where they are."""
        self._world, self._commands = world, commands

    def write(
        self,
        person: User,
        place: Channel | User,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Mapping[str, bytes] | None = None,
    ) -> Message:
        """Let a person write a message; it mentions whom its words mention.

        Args:
            person: who writes.
            place: a channel, a thread, direct messages, or the bot itself for those.
            text: the words.
            reply_to: a message there.
            ping: whether the author of that message is mentioned by the reply.
            files: their bytes, by name.
        """
        where = self.direct_messages(person) if place is self._world.bot else place
        where = self._place(person, where)
        if reply_to is not None and (reply_to.channel is not where or not sight.is_seen(person, reply_to)):
            msg = f"{person} cannot reply to {reply_to} there"
            raise NotOffered(msg)
        uploads = {number: Upload(name, data) for number, (name, data) in enumerate((files or {}).items())}
        draft = Draft(
            payload={"content": text, "allowed_mentions": _people_mention(ping=ping)}, uploads=uploads
        )
        try:
            return messaging.write(where, person, draft, reply_to=reply_to)
        except Refusal as refusal:
            raise NotOffered(str(refusal)) from refusal

    def direct_messages(self, person: User) -> Channel:
        """Return the direct messages of a person and the bot."""
        if not shares_a_guild(self._world, person):
            msg = f"{person} is in no server with the bot, and cannot write to it"
            raise NotOffered(msg)
        return self._world.direct_messages(person)

    def open_thread(self, person: User, message: Message, name: str) -> Channel:
        """Let a person open a thread at a message."""
        self._need(person, message)
        if message.channel.is_thread or message.channel.guild is None or message.ephemeral:
            msg = f"no thread can be opened at {message}"
            raise NotOffered(msg)
        try:
            return open_thread(message.channel, person, {"name": name}, starter=message)
        except Refusal as refusal:
            raise NotOffered(str(refusal)) from refusal

    def commands_for(self, person: User, place: Channel) -> list[Json]:
        """Return the commands that a person is shown in a place, as synced."""
        there = self._commands.offered(place.guild.id if place.guild else None)
        return offered.commands_for(there, person, place)

    def use(self, person: User, place: Channel, command: str, /, **options: Value) -> Interaction:
        """Let a person use a slash command.

        Args:
            person: who.
            place: where.
            command: its name, in their language or as the bot calls it, a subcommand after a blank.
            options: by their names, in their language or as the bot calls them.
        """
        return self._fill_in(person, place, command, options)

    def complete(
        self, person: User, place: Channel, command: str, option: str, /, **options: Value
    ) -> Interaction:
        """Let a person type at an option that offers completions.

        Args:
            person: who.
            place: where.
            command: as for ``use``.
            option: the option's name; what is typed at it stands in ``options``, and is nothing without.
            options: what is filled in so far.

        Returns:
            The interaction; its ``choices`` are there once it is settled.
        """
        return self._fill_in(person, place, command, options, focused=option)

    def use_on(self, person: User, message: Message, command: str) -> Interaction:
        """Let a person use a command of a message's context menu."""
        self._need(person, message)
        if message.ephemeral:
            msg = "a message that one person alone sees has no such menu"
            raise NotOffered(msg)
        found = self._command(person, message.channel, ON_MESSAGE, command)
        handed = {str(message.id): payloads.message(message, readable=True)}
        data = {**_named(found), "target_id": str(message.id), "resolved": {"messages": handed}}
        return begin(message.channel, person, Did.COMMAND, data)

    def press(self, person: User, message: Message, button: str) -> Interaction:
        """Let a person press a button.

        Args:
            person: who.
            message: it stands under.
            button: its label, or its custom id.
        """
        self._need(person, message)
        found = _button(message, button)
        data = {"custom_id": found.custom_id, "component_type": int(Kind.BUTTON), "id": 1}
        return begin(message.channel, person, Did.COMPONENT, data, message)

    def choose(self, person: User, message: Message, custom_id: str, *labels: str) -> Interaction:
        """Let a person choose in a menu of texts, by the labels or the values of its options."""
        self._need(person, message)
        menu = next((each for each in message.selects if each.custom_id == custom_id), None)
        if menu is None or menu.disabled or menu.kind != Kind.SELECT:
            msg = f"{message} has no menu {custom_id!r} to choose from"
            raise NotOffered(msg)
        values = [value for label, value in menu.options if label in labels or value in labels]
        if len(values) != len(labels) or not menu.least <= len(values) <= menu.most:
            msg = f"the menu offers {menu.least} to {menu.most} of {menu.options}, not {labels}"
            raise NotOffered(msg)
        data = {"custom_id": custom_id, "component_type": menu.kind, "id": 1, "values": values}
        return begin(message.channel, person, Did.COMPONENT, data, message)

    def react(self, person: User, message: Message, emoji: str) -> None:
        """Let a person add a reaction."""
        self._need(person, message)
        if message.ephemeral:
            msg = "nobody reacts to what one person alone sees"
            raise NotOffered(msg)
        reactions.react(message, person, emoji)

    def delete(self, person: User, message: Message) -> None:
        """Let a person delete a message of their own."""
        self._need(person, message)
        if message.author is not person:
            msg = f"{message} is not {person}'s"
            raise NotOffered(msg)
        messaging.delete(message)

    def seen_by(self, person: User, place: Channel) -> tuple[sight.Seen, ...]:
        """Return what a person sees in a place, from the oldest."""
        return sight.seen_by(person, place)

    def _fill_in(
        self,
        person: User,
        place: Channel,
        typed: str,
        values: Mapping[str, Value],
        *,
        focused: str | None = None,
    ) -> Interaction:
        name, *further = typed.split()
        command = self._command(person, place, SLASH, name)
        part, way = offered.part_named(command, further, person.locale)
        at = offered.option_named(part, focused, person.locale)["name"] if focused is not None else None
        options = offered.fill_in(part, values, person.locale, focused=at)
        for step in reversed(way):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        data = {**_named(command), "options": options}
        told = offered.resolved(values.values(), place)
        data |= {"resolved": told} if told else {}
        return begin(place, person, Did.COMMAND if focused is None else Did.AUTOCOMPLETE, data)

    def _command(self, person: User, place: Channel, kind: int, name: str) -> Json:
        self._place(person, place)
        if place.guild and not place.guild.may(person) & Permission.USE_APPLICATION_COMMANDS:
            msg = f"{person} may use no commands in {place.guild.name}"
            raise NotOffered(msg)
        return offered.command_named(self.commands_for(person, place), kind, name, person.locale)

    def _place(self, person: User, place: Any) -> Channel:
        if not place.is_seen_by(person):
            msg = f"{person} does not see {place.name}"
            raise NotOffered(msg)
        found: Channel = place
        return found

    def _need(self, person: User, message: Message) -> None:
        if not sight.is_seen(person, message):
            msg = f"{person} does not see {message}"
            raise NotOffered(msg)


def _people_mention(*, ping: bool) -> Json:
    return {"parse": ["users", "roles", "everyone"], "replied_user": ping}


def _named(command: Json) -> Json:
    return {name: command[name] for name in ("id", "name", "type", "guild_id") if name in command}


def _button(message: Message, wanted: str) -> Button:
    found = [each for each in message.buttons if wanted in (each.label, each.custom_id) and wanted]
    if len(found) != 1:
        there = _labels(message.buttons)
        msg = f"{len(found)} buttons {wanted!r} under {message}; there: {there}"
        raise NotOffered(msg)
    (button,) = found
    if button.disabled or button.style == _LINK or not button.custom_id:
        msg = f"the button {wanted!r} cannot be pressed: {button}"
        raise NotOffered(msg)
    return button


def _labels(buttons: Sequence[Button]) -> str:
    return ", ".join(each.label for each in buttons) or "none"
