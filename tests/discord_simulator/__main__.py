"""`python -m tests.discord_simulator`: the bot in a simulated Discord, for a person without an account."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console

from bot.settings import BotSettings
from index.errors import DatelineError
from index.settings import load_settings
from index.storage.layout import IndexFiles
from tests.discord_simulator.bot_process import ROOT, BotProcess
from tests.discord_simulator.page import Page
from tests.discord_simulator.simulator import DiscordSimulator
from tests.discord_simulator.typed import HELP, Say, read

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

T = TypeVar("T")

_TOKEN = "simulated.t0ken.of-nobody"  # noqa: S105  # nobody's
# Seconds that a start and an answer may take: the first question loads the model.
_START, _PATIENCE = 120.0, 120.0
_LOCALES = {"fr": "fr", "en": "en-US"}
_EPILOG = f"""what to type:
{HELP}

exit status: 0 at the end of what is typed, 1 if the bot does not run; its log is named then"""


@dataclass(frozen=True, slots=True)
class _Sitting:
    """What a person has chosen, and where it is shown and saved."""

    index: Path
    locale: str
    folder: Path
    console: Console


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the page; return the exit status."""
    options = _options(arguments)
    folder = Path(tempfile.mkdtemp(prefix="dateline-discord-"))
    console = Console(highlight=False)
    console.soft_wrap = not console.is_terminal  # a pipe gets every line whole
    try:
        index = _index(options.index)
    except (DatelineError, subprocess.CalledProcessError) as error:
        console.print(f"error: {error}", style="red", markup=False)
        return 1
    try:
        return _play(_Sitting(index, _LOCALES[options.locale], folder, console))
    except KeyboardInterrupt:
        return 0
    finally:
        console.print(f"The bot's log and the files are in {folder}", style="dim", markup=False)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.discord_simulator",
        description="Dateline in a simulated Discord: no account, no network.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="folder of the index; the sample is built if there is none"
    )
    parser.add_argument(
        "--locale", choices=sorted(_LOCALES), default="fr", help="language of your Discord (fr)"
    )
    return parser.parse_args(arguments)


def _index(chosen: Path | None) -> Path:
    """Return the folder of an index; the sample collection is built where there is none."""
    from index.sample_coverage import ARTICLES

    folder = (chosen or load_settings(BotSettings).index_dir).absolute()
    if IndexFiles(folder).published_id() is None:
        build = [
            sys.executable,
            "-P",
            str(ROOT / "scripts" / "rebuild_index.py"),
            str(ARTICLES),
            "--index",
            str(folder),
        ]
        subprocess.run(build, check=True, cwd=ROOT)  # noqa: S603  # our own script
    return folder


def _play(sitting: _Sitting) -> int:
    with _loop() as loop:

        def run(work: Coroutine[Any, Any, T]) -> T:
            return asyncio.run_coroutine_threadsafe(work, loop).result()

        discord = DiscordSimulator(token=_TOKEN)
        run(discord.__aenter__())
        try:
            return _meet(sitting, discord, run)
        finally:
            run(discord.__aexit__(None, None, None))


def _meet(
    sitting: _Sitting, discord: DiscordSimulator, run: Callable[[Coroutine[Any, Any, bool]], bool]
) -> int:
    console = sitting.console
    page = _page(sitting, discord)
    with BotProcess(_settings(sitting, discord), sitting.folder / "bot.log") as bot:
        console.print("Starting the bot …", style="dim")
        if not run(_started(discord, bot)):
            return _fail(bot, console)
        console.print("Type a question, or help.", style="dim")
        for line in _lines(console):
            act = read(line)
            if act == Say("quit"):
                break
            if act is not None and not (run(page.enter(act)) or bot.runs):
                return _fail(bot, console)
    return 0


def _page(sitting: _Sitting, discord: DiscordSimulator) -> Page:
    guild = discord.add_guild("Rédaction", locale=sitting.locale, features=("COMMUNITY",))
    channel = guild.add_channel("général" if sitting.locale == "fr" else "general")
    you = discord.add_person("you", locale=sitting.locale, guilds=(guild,), manages=(guild,))
    return Page(discord, you, channel, sitting.console, folder=sitting.folder, patience=_PATIENCE)


def _settings(sitting: _Sitting, discord: DiscordSimulator) -> dict[str, str]:
    return {
        "DISCORD_TOKEN": _TOKEN,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "STATE_FILE": str(sitting.folder / "bot.db"),
        "INDEX_DIR": str(sitting.index),
    }


async def _started(discord: DiscordSimulator, bot: BotProcess) -> bool:
    """Wait until the bot is there; tell whether it is."""
    for _ in range(int(_START * 4)):
        try:
            await discord.ready(0.25)
        except TimeoutError:
            if not bot.runs:
                return False
        else:
            return True
    return False


def _fail(bot: BotProcess, console: Console) -> int:
    console.print(f"The bot does not run: {bot.last_words()}", style="red", markup=False)
    console.print(f"Its whole log: {bot.log}", style="red", markup=False)
    return 1


def _lines(console: Console) -> Iterator[str]:
    """Yield what is typed, line by line; what comes through a pipe is shown as if it were typed."""
    by_hand = sys.stdin.isatty()
    while True:
        try:
            line = input("> " if by_hand else "")
        except EOFError:
            return
        if not by_hand:
            console.print(f"> {line}", style="bold", markup=False)
        yield line


@contextmanager
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Run a loop beside: Discord goes on while somebody thinks of what to type."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(_give_up_the_rest(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _give_up_the_rest() -> None:
    """Cancel what a person interrupted."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


if __name__ == "__main__":
    sys.exit(main())
