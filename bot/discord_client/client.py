"""The client: what happens in Discord handed to the host, and what it says sent back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.asking import Asking
from bot.discord_client.bustle import Bustle
from bot.discord_client.buttons import AnswerButton
from bot.discord_client.commands import add_commands
from bot.discord_client.people import (
    conversation,
    language_of_message,
    parent_or_self,
    replies_to,
    words_of,
)
from bot.discord_client.replies import answer_message, reply
from bot.discord_client.translator import CatalogueTranslator
from bot.host import Said
from bot.rendering.discord import say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.host import Host
    from bot.keeping.marks import KeptMarks

_log = logging.getLogger(__name__)
_SYNCED = "commands-synced"
_THREAD_NAME = 90
# Discord may hand an event over twice when a connection dropped.
_REMEMBERED_EVENTS = 2000


class DatelineClient(discord.Client):
    """Answers in Discord. No privileged intent is asked for.

    Args:
        host: says what is said.
        marks: remembers the shape with which the commands were synced.
    """

    def __init__(self, host: Host, marks: KeptMarks) -> None:
        """Make the commands; nothing is connected here."""
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nothing is spoken
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.host = host
        self.tree = app_commands.CommandTree(self)
        self._marks = marks
        self._bustle = Bustle()
        self._taken: dict[int, None] = {}
        self._running: set[asyncio.Task[Any]] = set()

    async def setup_hook(self) -> None:
        """Take presses of buttons of every run, and sync the commands if their shape changed."""
        self.add_dynamic_items(AnswerButton)
        add_commands(self)
        translator = CatalogueTranslator()
        await self.tree.set_translator(translator)
        await self._sync_commands(translator)

    async def on_ready(self) -> None:
        """Say so in the log."""
        _log.info("connected to Discord", extra={"servers": len(self.guilds)})

    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention, a direct message, and a reply to one of our answers."""
        own = self.user
        if own is None or message.author.bot or message.webhook_id:
            return
        if message.guild is None or own in message.mentions:
            await self._once(message.id, self._answer(message, own.id))
        elif replies_to(message, own.id):
            await self._once(message.id, self._ask_for_a_mention(message, own.name))
        else:
            self._bustle.hear(message.channel.id)

    async def serve(
        self,
        interaction: discord.Interaction[Any],
        work: Callable[[], Awaitable[Said]],
        *,
        language: str,
        private: bool,
    ) -> None:
        """Acknowledge a command or a press, do the work, and send what is said.

        Args:
            interaction: the command or press.
            work: makes what is said.
            language: of the person.
            private: seen by that person alone.
        """

        async def serving() -> None:
            said, sent = await reply(interaction, work, language=language, private=private)
            # What one person alone has seen must not be what others in a thread follow up.
            self._remember(said, sent, None if private else interaction.channel)

        await self._once(interaction.id, serving())

    async def finish(self, seconds: float) -> None:
        """Take no more questions, send what is in flight, and leave.

        Args:
            seconds: how long what is in flight may take.
        """
        await self.host.desk.close(seconds)
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        await self.close()

    async def _once(self, event: int, work: Awaitable[None]) -> None:
        """Do what an event asks for, unless it was done; a shutdown waits for it."""
        task = asyncio.ensure_future(work)
        if event in self._taken:
            task.cancel()
            return
        self._taken[event] = None
        if len(self._taken) > _REMEMBERED_EVENTS:
            del self._taken[next(iter(self._taken))]
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await task

    async def _sync_commands(self, translator: CatalogueTranslator) -> None:
        """Sync the commands where their shape changed: Discord allows few creations a day."""
        commands = self.tree.get_commands() + self.tree.get_commands(type=discord.AppCommandType.message)
        shapes = [await command.get_translated_payload(self.tree, translator) for command in commands]
        shape = json.dumps([self.application_id, shapes], sort_keys=True)
        digest = hashlib.sha256(shape.encode()).hexdigest()
        if self._marks.mark(_SYNCED) == digest:
            return
        await self.tree.sync()
        self._marks.set(_SYNCED, digest)
        _log.info("commands synced: their shape had changed")

    async def _answer(self, message: discord.Message, own_id: int) -> None:
        question = words_of(message, own_id)
        language = language_of_message(message, question)
        place = await self._place(message, question)
        replied = message.reference.message_id if message.reference else None
        asking = Asking(
            text=question,
            person=message.author.id,
            guild=message.guild.id if message.guild else None,
            channel=parent_or_self(message.channel),
            places=(*((replied,) if replied else ()), *conversation(message.channel)),
        )
        said, sent = await answer_message(
            message, place, lambda: self.host.ask(asking, language), language=language
        )
        self._remember(said, sent, place)

    async def _ask_for_a_mention(self, message: discord.Message, own_name: str) -> None:
        """Say why a reply is not answered: without a mention Discord hides its words from us."""
        language = language_of_message(message, message.content)

        async def saying() -> Said:
            return Said(say("mention-me", language, me=own_name))

        await answer_message(message, message.channel, saying, language=language)

    def _remember(self, said: Said, sent: list[int], place: Any) -> None:
        if said.key and sent:
            self.host.desk.stands_at(said.key, *sent, *conversation(place))

    async def _place(self, message: discord.Message, question: str) -> discord.abc.Messageable:
        """Return where to answer: in a busy channel a thread is opened for what follows."""
        channel = message.channel
        if not (isinstance(channel, discord.TextChannel) and question and self._bustle.is_busy(channel.id)):
            return channel
        allowed = channel.permissions_for(channel.guild.me)
        if not (allowed.create_public_threads and allowed.send_messages_in_threads):
            return channel
        try:
            return await message.create_thread(name=question[:_THREAD_NAME], auto_archive_duration=1440)
        except discord.HTTPException as error:
            _log.info("no thread could be opened", extra={"status": error.status, "code": error.code})
            return channel
