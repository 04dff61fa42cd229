"""An unmodified discord.py client lives in the simulated Discord, on good days and on bad ones."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
import pytest

from tests.discord_simulator import DiscordSimulator, Intent
from tests.discord_simulator.tiny_bot import TOKEN, tiny_bot

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.discord_simulator import Channel, Person

    Scenario = Callable[[DiscordSimulator, Channel, Person], Awaitable[None]]

_PATIENCE = 30.0


def _play(scenario: Scenario, granted: Intent = Intent(0)) -> None:  # noqa: B008  # a constant
    async def playing() -> None:
        async with DiscordSimulator(token=TOKEN, granted=granted) as simulator:
            guild = simulator.add_guild("Newsroom")
            channel = guild.add_channel("general")
            alice = simulator.add_person("alice", locale="fr", guilds=(guild,))
            await scenario(simulator, channel, alice)

    asyncio.run(playing())


def test_a_command_from_typing_to_the_last_button() -> None:
    """Sync, completion, deferral, edit with a file and a button, follow-up, press."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        async with tiny_bot(simulator):
            typed = simulator.complete(alice, channel, "say", "words", words="hey")
            assert (await typed.settled(_PATIENCE)).choices == [("hey!", "HEY")]
            said = await simulator.use(alice, channel, "say", words="hey!").settled(_PATIENCE)
            await simulator.until(lambda: len(said.messages) == 2, _PATIENCE)
            first, second = simulator.seen_by(alice, channel)
            assert (first.content, first.files[0].data, first.edited) == ("hey!", b"hey!", False)
            assert (second.content, second.only_you) == ("That is all.", True)
            pressed = await simulator.press(alice, said.reply, "Loud").settled(_PATIENCE)
            assert (pressed.reply.content, pressed.reply.seen_only_by) == ("LOUD", alice)
            assert simulator.invalid_calls == 0

    _play(scenario)


def test_a_menu_a_mention_a_direct_message_and_a_thread() -> None:
    """All ways in which a bot is spoken to without a privileged intent."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        async with tiny_bot(simulator) as bot:
            silent = simulator.write(alice, channel, "a claim")
            quoted = await simulator.use_on(alice, silent, "Quote").settled(_PATIENCE)
            assert quoted.reply.content == "“a claim”"
            mention = simulator.write(alice, channel, f"{simulator.bot.mention} thread")
            assert (await simulator.reply_to(mention, _PATIENCE)).pinged == frozenset()
            await simulator.until(lambda: len(simulator.replies_to(mention)) == 2, _PATIENCE)
            await simulator.until(lambda: mention.reactions, _PATIENCE)
            direct = simulator.write(alice, simulator.bot, "psst")
            assert (await simulator.reply_to(direct, _PATIENCE)).channel is direct.channel
            assert bot.heard == ["", mention.content, "psst"]

    _play(scenario)


def test_a_button_works_after_a_restart() -> None:
    """The message outlives the bot's process."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        async with tiny_bot(simulator):
            said = await simulator.use(alice, channel, "say", words="hey").settled(_PATIENCE)
        assert not simulator.gateway.connected
        async with tiny_bot(simulator):
            pressed = await simulator.press(alice, said.reply, "Loud").settled(_PATIENCE)
            assert pressed.reply.content == "LOUD"
        assert simulator.commands.created == 2

    _play(scenario)


@pytest.mark.parametrize("how", ["drop", "ask_to_reconnect"])
def test_a_client_that_is_cut_off_takes_up_where_it_was(how: str) -> None:
    """What was written meanwhile is heard once, and the session is the same."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        async with tiny_bot(simulator) as bot:
            simulator.write(alice, channel, f"{simulator.bot.mention} before")
            await simulator.until(lambda: len(bot.heard) == 1, _PATIENCE)
            getattr(simulator.gateway, how)()
            missed = simulator.write(alice, channel, f"{simulator.bot.mention} meanwhile")
            await simulator.until(lambda: simulator.gateway.resumed == 1, _PATIENCE)
            await simulator.reply_to(missed, _PATIENCE)
            assert bot.heard[1:] == [missed.content]
            assert bot.fresh == simulator.gateway.identified == 1

    _play(scenario)


@pytest.mark.slow  # discord.py itself waits five seconds
def test_a_client_whose_session_is_gone_begins_anew() -> None:
    """And answers again."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        async with tiny_bot(simulator):
            simulator.gateway.invalidate(resumable=False)
            await simulator.until(lambda: simulator.gateway.identified == 2, _PATIENCE)
            after = simulator.write(alice, channel, f"{simulator.bot.mention} after")
            await simulator.reply_to(after, _PATIENCE)

    _play(scenario)


def test_a_client_waits_out_429_and_repeats_after_5xx() -> None:
    """Its own behaviour, which needs the headers and bodies to be Discord's."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        async with tiny_bot(simulator):
            simulator.faults.add(429, routes=("PATCH /webhooks/*",), times=2, retry_after=0.01)
            simulator.faults.add(429, routes=("POST /webhooks/*",), times=1, retry_after=0.01, is_global=True)
            said = await simulator.use(alice, channel, "say", words="hey").settled(_PATIENCE)
            await simulator.until(lambda: len(said.messages) == 2, _PATIENCE)
            simulator.faults.add(502, routes=("POST /channels/*/messages",), times=1, carried_out=True)
            mention = simulator.write(alice, channel, f"{simulator.bot.mention} once")
            await simulator.until(lambda: mention.reactions, _PATIENCE)
            assert len(simulator.replies_to(mention)) == 1
            assert simulator.faults.served == {429: 3, 502: 1}

    _play(scenario)


def test_a_wrong_token_is_a_login_failure() -> None:
    """The client tells it from a network that is down."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        with pytest.raises(discord.LoginFailure):
            async with tiny_bot(simulator, token="wrong"):  # noqa: S106  # nobody's
                pytest.fail("it was let in")

    _play(scenario)


def test_an_intent_that_is_not_granted_is_named_by_the_client() -> None:
    """Close code 4014."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with tiny_bot(simulator, message_content=True):
                pytest.fail("it was let in")

    _play(scenario)


def test_an_intent_that_is_granted_lets_the_client_read_everything() -> None:
    """The same words that were blank without it."""

    async def scenario(simulator: DiscordSimulator, channel: Channel, alice: Person) -> None:
        async with tiny_bot(simulator, message_content=True) as bot:
            simulator.write(alice, channel, "open")
            mention = simulator.write(alice, channel, f"{simulator.bot.mention} now")
            await simulator.reply_to(mention, _PATIENCE)
            assert bot.heard == ["open", mention.content]

    _play(scenario, granted=Intent.MESSAGE_CONTENT)
