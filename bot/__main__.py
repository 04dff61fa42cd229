"""`python -m bot`: Dateline in Discord, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from typing import TYPE_CHECKING

from bot.logs import log_as_json
from bot.progress import fail
from bot.settings import BotSettings
from index.errors import DatelineError, SettingsError
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.discord_client.client import DatelineClient

_log = logging.getLogger("bot")
# Seconds that what is in flight may take when the bot is told to stop.
_PATIENCE = 20.0
_EPILOG = """settings, from the environment or a file .env:
  DATELINE_DISCORD_TOKEN       the bot's token; the README tells how to get one
  DATELINE_INDEX_DIR           the index that it answers from; a new one is taken up without a restart
  DATELINE_STATE_FILE          what it remembers: answers, feedback, settings of servers
  DATELINE_HEALTH_FILE         a file for a supervisor, written every ten seconds

without an account: python -m tests.discord_simulator
stops cleanly on SIGTERM and Ctrl-C; exit status: 0 stopped, 1 an error, whose one line names what to do"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bot; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Dateline in Discord.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.parse_args(arguments)
    try:
        settings = load_settings(BotSettings)
        token = _token(settings)
        log_as_json((token,))
        asyncio.run(_run(settings, token))
    except DatelineError as error:
        return fail(error)
    return 0


async def _run(settings: BotSettings, token: str) -> None:
    from bot.discord_client.running import run_client  # --help and a missing token answer at once
    from bot.keeping.housekeeping import forget_daily
    from bot.wiring import make_discord_client

    client = make_discord_client(settings)
    desk = client.host.desk
    beside = [
        asyncio.create_task(desk.warm_up()),
        asyncio.create_task(forget_daily(desk.forget_before, settings.keep_days)),
    ]
    if settings.health_file:
        beside.append(asyncio.create_task(_watch(settings.health_file, client)))
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    try:
        await run_client(client, token, stopping, patience=_PATIENCE)
    finally:
        for task in beside:
            task.cancel()
        for ended in await asyncio.gather(*beside, return_exceptions=True):
            if isinstance(ended, Exception):
                _log.error("what runs beside the bot had failed", exc_info=ended)


async def _watch(file: Path, client: DatelineClient) -> None:
    from bot.health import report_health

    await report_health(file, lambda: _facts(client))


def _facts(client: DatelineClient) -> Mapping[str, object]:
    return {
        "connected": client.is_ready() and not client.is_closed(),
        "servers": len(client.guilds),
        "waiting_questions": client.host.desk.waiting,
    }


def _token(settings: BotSettings) -> str:
    if settings.discord_token is None:
        msg = "There is no token: set DATELINE_DISCORD_TOKEN, in the environment or in .env; the README tells how."
        raise SettingsError(msg)
    return settings.discord_token.get_secret_value()


if __name__ == "__main__":
    sys.exit(main())
