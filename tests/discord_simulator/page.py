"""The page in the terminal: one person in a server with the bot, who types and sees what Discord would show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.discord_simulator import offered, shown
from tests.discord_simulator.commands import BOOLEAN, INTEGER, NUMBER, ON_MESSAGE, SLASH
from tests.discord_simulator.errors import NotOffered
from tests.discord_simulator.sight import is_seen, see
from tests.discord_simulator.typed import HELP, Act, Press, Say, Speak, Use, Write, filled_in, truth, typeable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from rich.console import Console

    from tests.discord_simulator.components import Button
    from tests.discord_simulator.interactions import Interaction
    from tests.discord_simulator.offered import Value
    from tests.discord_simulator.simulator import DiscordSimulator
    from tests.discord_simulator.world import Channel, Json, Message, User

# Seconds without a change after which what the bot says is taken for said.
_QUIET = 0.5


class Page:
    """Does what one person types, and shows what they then see.

    Args:
        discord: entered, with the bot in it.
        person: who types.
        channel: where they are.
        console: where it is shown.
        folder: where files are saved.
        patience: seconds to wait for an answer.
    """

    def __init__(
        self,
        discord: DiscordSimulator,
        person: User,
        channel: Channel,
        console: Console,
        *,
        folder: Path,
        patience: float,
    ) -> None:
        """Keep them; nothing is shown yet."""
        self._discord, self._person, self._channel = discord, person, channel
        self._console, self._folder, self._patience = console, folder, patience
        self._known: dict[int, int] = {}
        self._last_written: Message | None = None

    async def enter(self, act: Act) -> bool:
        """Do what was typed, and show what came of it.

        Args:
            act: what a line asks for.

        Returns:
            Whether there was an answer in time, where one was due.
        """
        try:
            answered = await self._do(act)
        except NotOffered as refused:
            self._console.print(f"Discord does not offer that: {refused}", style="yellow", markup=False)
            return True
        await self._until_quiet()
        self._show_news()
        if not answered:
            self._console.print(f"No answer within {self._patience:.0f} s.", style="red")
        return answered

    async def _do(self, act: Act) -> bool:
        if isinstance(act, Use):
            return await self._settle(await self._use(act))
        if isinstance(act, Press):
            return await self._settle(self._press(act.label))
        if isinstance(act, Write):
            return await self._write(act)
        if isinstance(act, Speak):
            self._person.locale = act.locale
            self._console.print(f"Your Discord is in {act.locale} now.", style="dim")
        elif act == Say("check"):
            return await self._settle(self._check())
        else:
            self._console.print(HELP, markup=False, highlight=False)
        return True

    async def _use(self, act: Use) -> Interaction:
        commands = self._discord.commands_for(self._person, self._channel)
        command = offered.command_named(commands, SLASH, act.command, self._person.locale)
        declared = command.get("options") or []
        names = [name for each in declared for name in (each["name"], self._named(each))]
        options = {
            name: await self._value(command, offered.option_named(command, name, self._person.locale), text)
            for name, text in filled_in(act.words, names).items()
        }
        return self._discord.use(self._person, self._channel, act.command, **options)

    async def _value(self, command: Json, option: Json, text: str) -> Value:
        if option["type"] == BOOLEAN:
            meant = truth(text)
            return text if meant is None else meant
        if option["type"] in (INTEGER, NUMBER) and text.lstrip("-").isdecimal():
            return int(text)
        text = self._with_mentions(text)
        return await self._pick(command, option, text) if option.get("autocomplete") else text

    async def _pick(self, command: Json, option: Json, text: str) -> str:
        """Return what stands behind the first choice that the bot offers, if nobody could type that."""
        typed: Mapping[str, Value] = {option["name"]: text}
        asked = self._discord.complete(self._person, self._channel, command["name"], option["name"], **typed)
        if not await self._settle(asked):
            return text
        choices = [(name, str(value)) for name, value in asked.choices or () if name != str(value)]
        if not choices or text in {value for _, value in choices}:
            return text
        for name, _ in choices[1:]:
            self._console.print(f"  also offered: {shown.harmless(name)}", style="dim", markup=False)
        name, value = choices[0]
        self._console.print(f"  {self._named(option)}: {shown.harmless(name)}", style="dim", markup=False)
        return value

    async def _write(self, act: Write) -> bool:
        words = self._with_mentions(act.words)
        if act.where == "direct":
            written = self._discord.write(self._person, self._discord.bot, words)
        elif act.where == "reply":
            last = self._last(lambda message: not message.ephemeral)
            written = self._discord.write(self._person, last.channel, words, reply_to=last)
        else:
            call = f"{self._discord.bot.mention} " if act.where == "mention" else ""
            written = self._discord.write(self._person, self._channel, call + words)
        self._last_written = written
        if act.where == "channel":
            return True
        try:
            await self._discord.reply_to(written, self._patience)
        except TimeoutError:
            return False
        return True

    def _press(self, typed: str) -> Interaction:
        def meant(message: Message) -> list[Button]:
            return [each for each in message.buttons if typed in (typeable(each.label), each.custom_id)]

        last = self._last(lambda message: bool(meant(message)))
        button = meant(last)[0]
        return self._discord.press(self._person, last, button.custom_id or button.label)

    def _check(self) -> Interaction:
        if self._last_written is None:
            msg = "nobody has written a message yet: say something first, as in  say words"
            raise NotOffered(msg)
        commands = self._discord.commands_for(self._person, self._last_written.channel)
        menu = [each for each in commands if each["type"] == ON_MESSAGE]
        if not menu:
            msg = "the bot has put nothing into the menu of messages"
            raise NotOffered(msg)
        return self._discord.use_on(self._person, self._last_written, menu[0]["name"])

    async def _settle(self, interaction: Interaction) -> bool:
        try:
            await interaction.settled(self._patience)
        except TimeoutError:
            return False
        return True

    async def _until_quiet(self) -> None:
        while True:
            before = self._states()
            try:
                await self._discord.until(partial(self._differs_from, before), _QUIET)
            except TimeoutError:
                return

    def _show_news(self) -> None:
        for message in self._of_the_bot():
            if self._known.get(message.id) != _state(message):
                self._known[message.id] = _state(message)
                seen = see(self._person, message)
                self._console.print(shown.message(seen, self._name_of, list(self._save(message))))

    def _save(self, message: Message) -> Iterator[Path]:
        for file in message.files:
            place = self._folder / str(file.id)
            place.mkdir(exist_ok=True)
            path = place / (file.filename.replace("/", "_").lstrip(".") or "file")
            path.write_bytes(file.data)
            yield path

    def _last(self, wanted: Callable[[Message], bool]) -> Message:
        found = [message for message in self._of_the_bot() if wanted(message) and not message.thinking]
        if not found:
            msg = "there is no such message of the bot"
            raise NotOffered(msg)
        return found[-1]

    def _of_the_bot(self) -> list[Message]:
        """Return what the person sees of the bot, everywhere, in order."""
        direct = self._discord.direct_messages(self._person)
        places = (self._channel, *self._channel.threads.values(), direct)
        found = (message for place in places for message in place.messages)
        return sorted(
            (m for m in found if m.author is self._discord.bot and is_seen(self._person, m)),
            key=lambda message: message.id,
        )

    def _differs_from(self, before: list[tuple[int, int]]) -> bool:
        return self._states() != before

    def _states(self) -> list[tuple[int, int]]:
        return [(message.id, _state(message)) for message in self._of_the_bot()]

    def _named(self, named: Json) -> str:
        return offered.shown_name(named, self._person.locale)

    def _with_mentions(self, words: str) -> str:
        guild = self._channel.guild
        for channel in guild.channels.values() if guild else ():
            words = words.replace(f"#{channel.name}", channel.mention)
        return words

    def _name_of(self, mention: str) -> str:
        guild = self._channel.guild
        people = {each.mention: f"@{each.name}" for each in (self._person, self._discord.bot)}
        channels = {each.mention: f"#{each.name}" for each in (guild.channels.values() if guild else ())}
        return (people | channels).get(mention, mention)


def _state(message: Message) -> int:
    return 0 if message.thinking else len(message.versions)
