"""Threads and reactions: what the bot may open and add, and what it is told."""

from __future__ import annotations

import pytest

from tests.discord_simulator import ORDINARY, NotOffered, Permission
from tests.discord_simulator.bare_bot import Stage, on_stage

_NAMED = {"name": "Su-35"}


def test_a_thread_takes_the_id_of_its_message_and_is_told_of() -> None:
    """What is written there is heard there, and the message says that it has a thread."""

    async def scenario(stage: Stage) -> None:
        asked = stage.discord.write(stage.alice, stage.channel, "who?")
        async with stage.bot.line() as line:
            await line.identify()
            await line.event("GUILD_CREATE")
            path = f"/channels/{stage.channel.id}/messages/{asked.id}/threads"
            opened = await stage.bot.call("POST", path, _NAMED)
            assert (opened.body["id"], opened.body["type"]) == (str(asked.id), 11)
            assert (await line.event("THREAD_CREATE"))["parent_id"] == str(stage.channel.id)
            assert (await line.event("MESSAGE_UPDATE"))["thread"]["name"] == "Su-35"
            assert asked.thread is not None
            stage.discord.write(stage.bob, asked.thread, "and?")
            assert (await line.event("MESSAGE_CREATE"))["channel_id"] == str(asked.id)
        again = await stage.bot.call("POST", path, _NAMED)
        assert again.refusal == (400, 160004)

    on_stage(scenario)


@pytest.mark.parametrize(
    ("kind", "without"),
    [(11, Permission.CREATE_PUBLIC_THREADS), (12, Permission.CREATE_PRIVATE_THREADS)],
)
def test_opening_a_thread_needs_its_permission(kind: int, without: Permission) -> None:
    """Public and private threads have one each."""

    async def scenario(stage: Stage) -> None:
        closed = stage.guild.add_channel("closed", bot_may=ORDINARY & ~without)
        path = f"/channels/{closed.id}/threads"
        assert (await stage.bot.call("POST", path, {**_NAMED, "type": kind})).refusal == (403, 50013)
        assert (await stage.bot.call("POST", path, {**_NAMED, "type": 23 - kind})).status == 200
        assert [each.kind for each in closed.threads.values()] == [23 - kind]

    on_stage(scenario)


def test_opening_a_thread_at_a_message_needs_the_permission_too() -> None:
    """The way around through a message is closed."""

    async def scenario(stage: Stage) -> None:
        closed = stage.guild.add_channel("closed", bot_may=ORDINARY & ~Permission.CREATE_PUBLIC_THREADS)
        asked = stage.discord.write(stage.alice, closed, "who?")
        path = f"/channels/{closed.id}/messages/{asked.id}/threads"
        assert (await stage.bot.call("POST", path, _NAMED)).refusal == (403, 50013)

    on_stage(scenario)


def test_writing_in_a_thread_needs_another_permission_than_in_its_channel() -> None:
    """A bot that may open a thread may yet be silent in it."""

    async def scenario(stage: Stage) -> None:
        quiet = stage.guild.add_channel("quiet", bot_may=ORDINARY & ~Permission.SEND_MESSAGES_IN_THREADS)
        opened = await stage.bot.call("POST", f"/channels/{quiet.id}/threads", {**_NAMED, "type": 11})
        refused = await stage.bot.call("POST", f"/channels/{opened.body['id']}/messages", {"content": "x"})
        assert refused.refusal == (403, 50013)
        assert (await stage.bot.write(quiet, content="x")).status == 200

    on_stage(scenario)


def test_a_thread_has_limits_and_stands_in_a_channel_only() -> None:
    """A name of a hundred characters, four lengths of silence, no thread in a thread or in direct messages."""

    async def scenario(stage: Stage) -> None:
        path = f"/channels/{stage.channel.id}/threads"
        assert (await stage.bot.call("POST", path, {"name": "x" * 101})).faults == {
            "name": "BASE_TYPE_BAD_LENGTH"
        }
        odd = await stage.bot.call("POST", path, {**_NAMED, "auto_archive_duration": 61})
        assert odd.faults == {"auto_archive_duration": "BASE_TYPE_CHOICES"}
        opened = await stage.bot.call("POST", path, {"name": "x" * 100, "type": 11})
        for place in (opened.body["id"], stage.discord.direct_messages(stage.alice).id):
            refused = await stage.bot.call("POST", f"/channels/{place}/threads", _NAMED)
            assert refused.refusal == (400, 50024)

    on_stage(scenario)


def test_a_private_thread_is_seen_by_those_who_were_added() -> None:
    """Nobody else reads what is said there."""

    async def scenario(stage: Stage) -> None:
        opened = await stage.bot.call("POST", f"/channels/{stage.channel.id}/threads", {**_NAMED, "type": 12})
        (thread,) = stage.channel.threads.values()
        await stage.bot.write(thread, content="psst")
        added = await stage.bot.call("PUT", f"/channels/{opened.body['id']}/thread-members/{stage.alice.id}")
        assert added.status == 204
        assert len(stage.discord.seen_by(stage.alice, thread)) == 1
        assert stage.discord.seen_by(stage.bob, thread) == ()

    on_stage(scenario)


def test_the_bot_renames_and_archives_its_own_threads() -> None:
    """A person's it may not, without a permission for it."""

    async def scenario(stage: Stage) -> None:
        asked = stage.discord.write(stage.alice, stage.channel, "who?")
        theirs = stage.discord.open_thread(stage.alice, asked, "Mine")
        await stage.bot.call("POST", f"/channels/{stage.channel.id}/threads", {**_NAMED, "type": 11})
        own = next(each for each in stage.channel.threads.values() if each is not theirs)
        changed = await stage.bot.call("PATCH", f"/channels/{own.id}", {"archived": True, "name": "Done"})
        assert (changed.body["name"], own.archived) == ("Done", True)
        refused = await stage.bot.call("PATCH", f"/channels/{theirs.id}", {"name": "Done"})
        assert refused.refusal == (403, 50013)

    on_stage(scenario)


def test_reactions_are_added_once_counted_and_taken_back() -> None:
    """By the bot and by people, and the bot hears of theirs."""

    async def scenario(stage: Stage) -> None:
        message = await stage.written(content="x")
        path = f"/channels/{stage.channel.id}/messages/{message.id}/reactions/%F0%9F%91%8D"
        async with stage.bot.line() as line:
            await line.identify()
            await line.event("GUILD_CREATE")
            stage.discord.react(stage.alice, message, "👍")
            told = await line.event("MESSAGE_REACTION_ADD")
            assert (told["user_id"], told["emoji"]["name"]) == (str(stage.alice.id), "👍")
        for _ in range(2):
            assert (await stage.bot.call("PUT", f"{path}/@me")).status == 204
        assert message.reactions == {"👍": {stage.alice.id, stage.discord.bot.id}}
        assert len((await stage.bot.call("GET", path)).body) == 2
        read = await stage.bot.call("GET", f"/channels/{stage.channel.id}/messages/{message.id}")
        assert (read.body["reactions"][0]["count"], read.body["reactions"][0]["me"]) == (2, True)
        await stage.bot.call("DELETE", f"{path}/@me")
        assert message.reactions == {"👍": {stage.alice.id}}

    on_stage(scenario)


def test_reactions_need_an_emoji_and_a_permission() -> None:
    """A word is none; a channel may forbid them."""

    async def scenario(stage: Stage) -> None:
        closed = stage.guild.add_channel("closed", bot_may=ORDINARY & ~Permission.ADD_REACTIONS)
        asked = stage.discord.write(stage.alice, closed, "who?")
        path = f"/channels/{closed.id}/messages/{asked.id}/reactions"
        assert (await stage.bot.call("PUT", f"{path}/thumbsup/@me")).refusal == (404, 10014)
        assert (await stage.bot.call("PUT", f"{path}/%F0%9F%91%8D/@me")).refusal == (403, 50013)

    on_stage(scenario)


def test_a_person_opens_no_thread_in_a_thread() -> None:
    """Discord's own program does not offer it."""

    async def scenario(stage: Stage) -> None:
        asked = stage.discord.write(stage.alice, stage.channel, "who?")
        thread = stage.discord.open_thread(stage.alice, asked, "Mine")
        inside = stage.discord.write(stage.bob, thread, "and?")
        for message in (asked, inside):
            with pytest.raises(NotOffered):
                stage.discord.open_thread(stage.bob, message, "Again")

    on_stage(scenario)
