"""The page in the terminal, with a small bot behind it: what is typed, and what is then shown."""

from __future__ import annotations

import asyncio
import io
import sys
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from tests.discord_simulator import DiscordSimulator, __main__
from tests.discord_simulator.page import Page
from tests.discord_simulator.tiny_bot import TOKEN, tiny_bot
from tests.discord_simulator.typed import read

if TYPE_CHECKING:
    from pathlib import Path


def _typed(folder: Path, *lines: str) -> str:
    """Return what is shown when lines are typed."""
    console = Console(file=io.StringIO(), width=100)

    async def playing() -> None:
        async with DiscordSimulator(token=TOKEN) as discord:
            guild = discord.add_guild("Newsroom")
            channel = guild.add_channel("general")
            you = discord.add_person("you", guilds=(guild,))
            page = Page(discord, you, channel, console, folder=folder, patience=20)
            async with tiny_bot(discord):
                for line in lines:
                    act = read(line)
                    assert act is not None
                    await page.enter(act)

    asyncio.run(playing())
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def test_a_command_shows_its_messages_buttons_and_files(tmp_path: Path) -> None:
    """The file is saved where it is said to be."""
    shown = _typed(tmp_path, "/say hello there", "[Loud]")
    (path,) = tmp_path.glob("*/words.txt")
    assert path.read_text() == "HELLO THERE"
    told, more, pressed = shown.split("Dateline")[1:]
    assert "words: hello there!" in shown.split("Dateline")[0]
    assert "HELLO THERE" in told
    assert "[Loud]" in told
    assert str(path) in told.replace("\n  ", "")
    assert "only you can see this" in more
    assert "LOUD" in pressed


def test_a_mention_a_reply_a_direct_message_and_the_menu(tmp_path: Path) -> None:
    """Each way of speaking to the bot has its line."""
    shown = _typed(tmp_path, "@ hello", "reply again", "dm psst", "check")
    assert shown.split("\n") == [
        "Dateline",
        "  heard",
        "Dateline",
        "  heard",
        "Dateline  (in direct messages)",
        "  heard",
        "Dateline  (only you can see this, in direct messages)",
        "  “psst”",
    ]


@pytest.mark.parametrize("line", ["what?", "[1]", "/say", "check", "reply what?", "/settings private:yes"])
def test_what_discord_does_not_offer_is_said(tmp_path: Path, line: str) -> None:
    """A newcomer reads why, and types on."""
    assert _typed(tmp_path, line).startswith("Discord does not offer that: ")


def test_help_and_languages_are_the_pages_own(tmp_path: Path) -> None:
    """They reach no bot."""
    shown = _typed(tmp_path, "help", "as fr")
    assert "/search words" in shown
    assert "Your Discord is in fr now." in shown


def _run(monkeypatch: pytest.MonkeyPatch, folder: Path, typed: str) -> int:
    monkeypatch.setattr(__main__, "_index", lambda _: folder / "index")
    monkeypatch.setattr("tempfile.mkdtemp", lambda **_: str(folder))
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return __main__.main(["--locale", "en"])


@pytest.mark.slow
def test_typed_lines_through_a_pipe_reach_the_real_bot(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an index the bot says so, in Discord; the page ends with the pipe."""
    assert _run(monkeypatch, tmp_path, "/coverage\n\nquit\n") == 0
    shown = capsys.readouterr().out
    assert "> /coverage" in shown
    assert "Dateline" in shown
    assert str(tmp_path) in shown.replace("\n", "")


@pytest.mark.slow
def test_a_bot_that_does_not_start_is_told_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And where its log is."""
    monkeypatch.setenv("DATELINE_WAITING_QUESTIONS", "many")
    assert _run(monkeypatch, tmp_path, "what?\n") == 1
    shown = capsys.readouterr().out
    assert "WAITING_QUESTIONS" in shown
    assert "bot.log" in shown.replace("\n", "")
