"""A small bot on an unmodified discord.py client, to see that the simulated Discord is one that it understands."""

from __future__ import annotations

import asyncio
import io
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import discord
import discord.gateway
import discord.http
import yarl
from discord import app_commands

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.discord_simulator import DiscordSimulator

TOKEN = "tiny.t0ken.of-nobody"  # noqa: S105  # nobody's


class Loud(discord.ui.Button[Any]):
    """A button that answers the person who presses it alone; it works after a restart."""

    def __init__(self) -> None:
        """Name it."""
        super().__init__(label="Loud", custom_id="loud")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer."""
        await interaction.response.send_message("LOUD", ephemeral=True)


class TinyBot(discord.Client):
    """Repeats what it is told.

    Attributes:
        heard: words of the messages that it heard, in order.
        fresh: how often it was let in anew.
    """

    def __init__(self, intents: discord.Intents) -> None:
        """Make the commands."""
        super().__init__(intents=intents, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.fresh = 0

    async def setup_hook(self) -> None:
        """Sync, and take presses of buttons of every run."""
        view = discord.ui.View(timeout=None)
        view.add_item(Loud())
        self.add_view(view)
        say: app_commands.Command[Any, ..., None] = app_commands.Command(
            name="say", description="Repeat", callback=self._say
        )
        say.autocomplete("words")(self._complete)
        self.tree.add_command(say)
        self.tree.add_command(app_commands.ContextMenu(name="Quote", callback=_quote))
        await self.tree.sync()

    async def on_connect(self) -> None:
        """Count."""
        self.fresh += 1

    async def on_message(self, message: discord.Message) -> None:
        """Remember, and answer mentions and direct messages."""
        if message.author.bot:
            return
        self.heard.append(message.content)
        if message.guild is None or self.user in message.mentions:
            async with message.channel.typing():
                await message.reply("heard", nonce=str(message.id))
            await message.add_reaction("👍")
        if message.content.endswith("thread"):
            thread = await message.create_thread(name="Thread")
            await thread.send("inside")

    async def _say(self, interaction: discord.Interaction[Any], words: str) -> None:
        await interaction.response.defer(thinking=True)
        view = discord.ui.View(timeout=None)
        view.add_item(Loud())
        file = discord.File(io.BytesIO(words.encode()), filename="words.txt")
        await interaction.edit_original_response(content=words, view=view, attachments=[file])
        await interaction.followup.send("That is all.", ephemeral=True)

    async def _complete(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}!", value=typed.upper())]


async def _quote(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    await interaction.response.send_message(f"“{message.content}”", ephemeral=True)


@asynccontextmanager
async def tiny_bot(
    simulator: DiscordSimulator, *, token: str = TOKEN, **intents: bool
) -> AsyncIterator[TinyBot]:
    """Run the bot in a simulated Discord; what goes wrong in it is raised at the end.

    Args:
        simulator: entered.
        token: the bot's.
        intents: further ones, by discord.py's names.
    """
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    discord.http.Route.BASE = simulator.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(simulator.gateway_url)
    wanted = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, **intents)
    bot = TinyBot(wanted)
    running = asyncio.create_task(bot.start(token))
    connected = asyncio.create_task(simulator.ready(20))
    try:
        await asyncio.wait((running, connected), return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            yield bot
    finally:
        connected.cancel()
        await bot.close()
        discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = before
        await running
