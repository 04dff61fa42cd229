"""The gateway greets, tells, forgets nothing that was missed, and closes as Discord does."""

from __future__ import annotations

import pytest

from tests.discord_simulator import Intent
from tests.discord_simulator.bare_bot import INTENTS, PATIENCE, Stage, on_stage


def test_it_greets_lets_the_bot_in_and_tells_of_its_servers() -> None:
    """Without READY before GUILD_CREATE, and the servers unavailable in it, no client starts."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            assert not stage.discord.gateway.connected
            assert (await line.hear(10))["heartbeat_interval"] == 41250
            await line.send(2, {"token": "bare.t0ken.of-nobody", "intents": INTENTS, "properties": {}})
            ready = await line.event("READY")
            assert ready["guilds"] == [{"id": str(stage.guild.id), "unavailable": True}]
            assert ready["user"]["id"] == ready["application"]["id"] == str(stage.discord.bot.id)
            assert ready["resume_gateway_url"] == stage.discord.gateway_url
            told = await line.event("GUILD_CREATE")
            assert [each["name"] for each in told["channels"]] == ["general"]
            await stage.discord.ready(PATIENCE)

    on_stage(scenario)


def test_a_heartbeat_is_acknowledged() -> None:
    """A client that hears no acknowledgement gives the connection up."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.hear(10)
            await line.send(1, None)
            await line.hear(11)

    on_stage(scenario)


def test_a_bot_that_stops_beating_is_closed() -> None:
    """A hung bot must not look alive for ever."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.identify()
            assert await line.closed() == 4009
        assert stage.discord.gateway.closed_with == [4009]

    on_stage(scenario, heartbeat_seconds=0.02)


def test_a_resumption_replays_what_was_missed_once_and_in_order() -> None:
    """An event lost or doubled here would make every drill over dropped sockets worthless."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            ready = await line.identify()
            await line.event("GUILD_CREATE")
            stage.discord.write(stage.alice, stage.channel, "before")
            await line.event("MESSAGE_CREATE")
            stage.discord.gateway.drop()
            assert await line.closed() is None
        missed = [stage.discord.write(stage.alice, stage.channel, f"missed {number}") for number in range(3)]
        async with stage.bot.line() as again:
            await again.resume(ready["session_id"], line.seq)
            heard = [await again.event("MESSAGE_CREATE") for _ in missed]
            assert [each["id"] for each in heard] == [str(each.id) for each in missed]
            await again.event("RESUMED")
            stage.discord.write(stage.alice, stage.channel, "after")
            await again.event("MESSAGE_CREATE")
        assert stage.discord.gateway.resumed == 1

    on_stage(scenario)


def test_a_session_that_nobody_knows_has_to_begin_anew() -> None:
    """A client is told so with op 9 and false, not left to wait."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.resume("nobody's", 3)
            assert await line.hear(9) is False

    on_stage(scenario)


def test_a_number_from_the_future_is_closed() -> None:
    """A client that resumes after an event that was never sent has lost count."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            ready = await line.identify()
        async with stage.bot.line() as again:
            await again.resume(ready["session_id"], 99)
            assert await again.closed() == 4007

    on_stage(scenario)


def test_it_asks_to_reconnect() -> None:
    """Op 7, which Discord sends many times a day; the session lives on."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            ready = await line.identify()
            await line.event("GUILD_CREATE")
            stage.discord.gateway.ask_to_reconnect()
            await line.hear(7)
        async with stage.bot.line() as again:
            await again.resume(ready["session_id"], line.seq)
            await again.event("RESUMED")

    on_stage(scenario)


@pytest.mark.parametrize("resumable", [True, False])
def test_an_invalid_session_can_be_resumed_only_if_it_is_said(resumable: bool) -> None:
    """Op 9 says both, and what it says has to hold."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            ready = await line.identify()
            await line.event("GUILD_CREATE")
            stage.discord.gateway.invalidate(resumable=resumable)
            assert await line.hear(9) is resumable
        async with stage.bot.line() as again:
            await again.resume(ready["session_id"], line.seq)
            if resumable:
                await again.event("RESUMED")
            else:
                assert await again.hear(9) is False

    on_stage(scenario)


@pytest.mark.parametrize(
    ("token", "intents", "code"),
    [
        ("wrong", INTENTS, 4004),
        ("bare.t0ken.of-nobody", INTENTS | Intent.MESSAGE_CONTENT, 4014),
        ("bare.t0ken.of-nobody", INTENTS | Intent.GUILD_MEMBERS, 4014),
        ("bare.t0ken.of-nobody", 1 << 40, 4013),
        ("bare.t0ken.of-nobody", -1, 4013),
    ],
)
def test_who_must_not_come_in_is_closed(token: str, intents: int, code: int) -> None:
    """A wrong token, an intent that is not granted, one that does not exist."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.hear(10)
            await line.send(2, {"token": token, "intents": int(intents), "properties": {}})
            assert await line.closed() == code
        assert not stage.discord.gateway.connected

    on_stage(scenario)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", 4002),
        ("[]", 4002),
        ('{"op": 2, "d": null}', 4002),
        ('{"op": 77, "d": {}}', 4001),
        ('{"op": 10, "d": {}}', 4001),
        ('{"op": 3, "d": {}}', 4003),
    ],
)
def test_what_is_no_frame_is_closed(text: str, code: int) -> None:
    """No JSON, no object, an unknown op, and a frame before identifying."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.hear(10)
            await line.send_text(text)
            assert await line.closed() == code

    on_stage(scenario)


def test_identifying_twice_is_closed() -> None:
    """One connection, one session."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.identify()
            await line.send(2, {"token": "bare.t0ken.of-nobody", "intents": INTENTS, "properties": {}})
            assert await line.closed() == 4005

    on_stage(scenario)


def test_a_bot_that_chatters_is_closed() -> None:
    """More than 120 frames in a minute are too many."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.identify()
            for _ in range(121):
                await line.send(1, None)
            assert await line.closed() == 4008

    on_stage(scenario)


def test_an_event_needs_its_intent() -> None:
    """A bot that did not ask for direct messages does not hear them, and hears the next thing it asked for."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.identify(intents=Intent.GUILDS | Intent.GUILD_MESSAGES)
            await line.event("GUILD_CREATE")
            stage.discord.write(stage.alice, stage.discord.bot, "psst")
            heard = stage.discord.write(stage.alice, stage.channel, "loud")
            assert (await line.event("MESSAGE_CREATE"))["id"] == str(heard.id)

    on_stage(scenario)


def test_without_the_intent_only_words_for_the_bot_are_readable() -> None:
    """Blank where nobody spoke to it; there in a mention, a reply that pings, and a direct message."""

    async def scenario(stage: Stage) -> None:
        discord, alice, channel = stage.discord, stage.alice, stage.channel
        own = await stage.written(content="mine")
        async with stage.bot.line() as line:
            await line.identify()
            await line.event("GUILD_CREATE")
            discord.write(alice, channel, "secret", files={"a.txt": b"secret"})
            blank = await line.event("MESSAGE_CREATE")
            assert (blank["content"], blank["attachments"]) == ("", [])
            discord.write(alice, channel, f"{discord.bot.mention} hello")
            assert (await line.event("MESSAGE_CREATE"))["content"].endswith("hello")
            discord.write(alice, channel, "and?", reply_to=own)
            replied = await line.event("MESSAGE_CREATE")
            assert (replied["content"], replied["referenced_message"]["content"]) == ("and?", "mine")
            discord.write(alice, channel, "and?", reply_to=own, ping=False)
            assert (await line.event("MESSAGE_CREATE"))["content"] == ""
            discord.write(alice, discord.bot, "psst")
            assert (await line.event("MESSAGE_CREATE"))["content"] == "psst"

    on_stage(scenario)


def test_with_the_intent_all_words_are_readable() -> None:
    """The switch in the owner's hands, and the bit in the bot's."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.identify(intents=INTENTS | Intent.MESSAGE_CONTENT)
            await line.event("GUILD_CREATE")
            stage.discord.write(stage.alice, stage.channel, "open")
            assert (await line.event("MESSAGE_CREATE"))["content"] == "open"

    on_stage(scenario, granted=Intent.MESSAGE_CONTENT)


def test_a_bot_is_told_of_what_is_added_while_it_is_there() -> None:
    """A new server and a new channel."""

    async def scenario(stage: Stage) -> None:
        async with stage.bot.line() as line:
            await line.identify()
            await line.event("GUILD_CREATE")
            stage.guild.add_channel("late")
            assert (await line.event("CHANNEL_CREATE"))["name"] == "late"
            stage.discord.add_guild("Later")
            assert (await line.event("GUILD_CREATE"))["name"] == "Later"

    on_stage(scenario)
