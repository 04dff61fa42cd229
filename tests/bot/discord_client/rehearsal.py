"""`python -m bot` as a process of its own, exactly as it runs in life, in a simulated Discord."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.discord_simulator import DiscordSimulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.discord_simulator import Channel, Guild, Person

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "rehearsal.t0ken.of-nobody"  # noqa: S105  # nobody's
# Seconds that a start or an answer may take on a machine that does other work too.
PATIENCE = 60.0


class BotProcess:
    """The bot's process: started, stopped, killed, and what it logged.

    Args:
        environment: its settings.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Keep the settings; nothing runs yet."""
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")},
            **environment,
        }
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.lines: list[str] = []

    async def start(self) -> None:
        """Start the bot."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=ROOT, env=self._environment, stderr=asyncio.subprocess.PIPE
        )
        self._reading = asyncio.create_task(self._read(self._process))

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it, politely or not, and return its exit status."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self.ended()

    async def ended(self) -> int:
        """Wait until it has ended, and return its exit status."""
        assert self._process is not None
        assert self._reading is not None
        status = await asyncio.wait_for(self._process.wait(), PATIENCE)
        await self._reading
        return status

    @property
    def runs(self) -> bool:
        """Whether it is alive."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    def logged(self) -> list[dict[str, Any]]:
        """Return its log lines, each an object."""
        return [json.loads(line) for line in self.lines]

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            self.lines.append(line.decode().rstrip("\n"))


@dataclass(slots=True)
class Rehearsal:
    """A server with one channel and one French person in it, and the bot."""

    discord: DiscordSimulator
    bot: BotProcess
    guild: Guild
    channel: Channel
    alice: Person
    state: Path

    async def restart(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop the bot and start it again."""
        await self.bot.stop(how)
        await self.bot.start()
        await _ready(self.discord, self.bot)


@asynccontextmanager
async def rehearsal(index: Path, state: Path, **settings: str) -> AsyncIterator[Rehearsal]:
    """Start a simulated Discord and the bot in it; both are stopped at the end.

    Args:
        index: folder of the index.
        state: file of what the bot remembers.
        settings: further settings, by name without the prefix.
    """
    async with DiscordSimulator(token=TOKEN) as discord:
        guild = discord.add_guild("Rédaction", locale="fr", features=("COMMUNITY",))
        channel = guild.add_channel("général")
        alice = discord.add_person("alice", locale="fr", guilds=(guild,))
        bot = BotProcess(
            {
                "DATELINE_DISCORD_TOKEN": TOKEN,
                "DATELINE_DISCORD_API_URL": discord.api_url,
                "DATELINE_DISCORD_GATEWAY_URL": discord.gateway_url,
                "DATELINE_INDEX_DIR": str(index),
                "DATELINE_STATE_FILE": str(state),
                **{f"DATELINE_{name.upper()}": value for name, value in settings.items()},
            }
        )
        await bot.start()
        try:
            await _ready(discord, bot)
            yield Rehearsal(discord, bot, guild, channel, alice, state)
        finally:
            if bot.runs:
                await bot.stop()


async def _ready(discord: DiscordSimulator, bot: BotProcess) -> None:
    """Wait until the bot is there; one that ends before says why, at once."""
    ready, ended = asyncio.create_task(discord.ready(PATIENCE)), asyncio.create_task(bot.ended())
    await asyncio.wait((ready, ended), return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not ready.done():
        ready.cancel()
        msg = "the bot ended before it was connected: " + "\n".join(bot.lines[-20:])
        raise RuntimeError(msg)
    await ready
