"""The client's life: connect, go on until told to stop, finish what is in flight."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord

from bot.errors import DiscordRefused

if TYPE_CHECKING:
    from bot.discord_client.client import DatelineClient


async def run_client(client: DatelineClient, token: str, stopping: asyncio.Event, *, patience: float) -> None:
    """Run until told to stop.

    Args:
        client: connected to nothing yet.
        token: the bot's.
        stopping: set when the bot shall stop.
        patience: seconds that what is in flight may take then.

    Raises:
        DiscordRefused: Discord does not let the bot in.
    """
    try:
        async with client:
            connected = asyncio.create_task(client.start(token))
            told = asyncio.create_task(stopping.wait())
            await asyncio.wait((connected, told), return_when=asyncio.FIRST_COMPLETED)
            if stopping.is_set():
                await client.finish(patience)
            told.cancel()
            await connected
    except discord.LoginFailure:
        msg = "Discord does not know this token: set DATELINE_DISCORD_TOKEN to the one of your application."
        raise DiscordRefused(msg) from None
    except discord.PrivilegedIntentsRequired:
        msg = "Discord wants an intent to be allowed that Dateline does not ask for: report this as a fault."
        raise DiscordRefused(msg) from None
    except (discord.ConnectionClosed, discord.HTTPException, OSError) as error:
        msg = f"Discord cannot be reached ({type(error).__name__}): the bot stops, and can be started again."
        raise DiscordRefused(msg) from error
