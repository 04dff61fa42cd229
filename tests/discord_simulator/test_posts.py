"""Messages through the API: what the bot may do where, replies, nonces, history and files."""

from __future__ import annotations

import pytest

from tests.discord_simulator import ORDINARY, Permission
from tests.discord_simulator.bare_bot import PATIENCE, Stage, on_stage

_EMBED = {"embeds": [{"title": "x"}]}


def _messages(channel_id: int, message_id: int | None = None) -> str:
    path = f"/channels/{channel_id}/messages"
    return path if message_id is None else f"{path}/{message_id}"


@pytest.mark.parametrize(
    ("without", "refusal"),
    [
        (Permission.VIEW_CHANNEL, (403, 50001)),
        (Permission.SEND_MESSAGES, (403, 50013)),
    ],
)
def test_the_bot_writes_only_where_it_may(without: Permission, refusal: tuple[int, int]) -> None:
    """A server decides for each channel, and typing is refused as well."""

    async def scenario(stage: Stage) -> None:
        closed = stage.guild.add_channel("closed", bot_may=ORDINARY & ~without)
        assert (await stage.bot.write(closed, content="x")).refusal == refusal
        assert (await stage.bot.call("POST", f"/channels/{closed.id}/typing")).refusal == refusal
        assert closed.messages == ()

    on_stage(scenario)


def test_files_and_embeds_need_their_permissions() -> None:
    """Words alone are taken there."""

    async def scenario(stage: Stage) -> None:
        bot_may = ORDINARY & ~(Permission.ATTACH_FILES | Permission.EMBED_LINKS)
        plain = stage.guild.add_channel("plain", bot_may=bot_may)
        assert (await stage.bot.write(plain, **_EMBED)).refusal == (403, 50013)
        files = {"a.txt": b"x"}
        assert (await stage.bot.call("POST", _messages(plain.id), {}, files=files)).refusal == (403, 50013)
        assert (await stage.bot.write(plain, content="x")).status == 200

    on_stage(scenario)


def test_typing_is_counted() -> None:
    """A person sees that somebody writes."""

    async def scenario(stage: Stage) -> None:
        assert (await stage.bot.call("POST", f"/channels/{stage.channel.id}/typing")).status == 204
        assert stage.channel.typing == 1

    on_stage(scenario)


def test_a_reply_names_its_message_and_pings_its_author_unless_told_not_to() -> None:
    """Discord's default, which surprises."""

    async def scenario(stage: Stage) -> None:
        asked = stage.discord.write(stage.alice, stage.channel, "who?")
        reference = {"message_id": str(asked.id)}
        loud = await stage.written(content="x", message_reference=reference)
        assert loud.reply_to is asked
        assert loud.pinged == {stage.alice.id}
        quiet = await stage.written(content="x", message_reference=reference, allowed_mentions={"parse": []})
        assert quiet.pinged == frozenset()
        assert await stage.discord.reply_to(asked, PATIENCE) is loud
        assert stage.discord.replies_to(asked) == (loud, quiet)

    on_stage(scenario)


def test_a_reply_to_what_is_gone_is_refused_unless_told_not_to() -> None:
    """A person who deletes a question must not cost the answer."""

    async def scenario(stage: Stage) -> None:
        asked = stage.discord.write(stage.alice, stage.channel, "who?")
        stage.discord.delete(stage.alice, asked)
        reference = {"message_id": str(asked.id)}
        refused = await stage.bot.write(stage.channel, content="x", message_reference=reference)
        assert refused.faults == {"message_reference": "REPLIES_UNKNOWN_MESSAGE"}
        lenient = {**reference, "fail_if_not_exists": False}
        assert (await stage.written(content="x", message_reference=lenient)).reply_to is None

    on_stage(scenario)


def test_a_reply_needs_to_see_the_history() -> None:
    """Discord refuses it with a code of its own."""

    async def scenario(stage: Stage) -> None:
        bot_may = ORDINARY & ~Permission.READ_MESSAGE_HISTORY
        place = stage.guild.add_channel("short", bot_may=bot_may)
        asked = stage.discord.write(stage.alice, place, "who?")
        reference = {"message_id": str(asked.id)}
        answered = await stage.bot.write(place, content="x", message_reference=reference)
        assert answered.refusal == (400, 160002)
        assert (await stage.bot.call("GET", _messages(place.id))).body == []
        assert (await stage.bot.call("GET", _messages(place.id, asked.id))).refusal == (403, 50001)

    on_stage(scenario)


def test_an_enforced_nonce_is_taken_once() -> None:
    """A call repeated after its answer was lost must not double a message."""

    async def scenario(stage: Stage) -> None:
        stage.discord.faults.add(502, times=1, carried_out=True)
        sent = {"content": "x", "nonce": "n-1", "enforce_nonce": True}
        assert (await stage.bot.write(stage.channel, **sent)).status == 502
        again = await stage.bot.write(stage.channel, **sent)
        (only,) = stage.channel.messages
        assert (again.status, again.body["id"], again.body["nonce"]) == (200, str(only.id), "n-1")
        stage.discord.clock.advance(seconds=6 * 60)
        await stage.written(**sent)
        assert len(stage.channel.messages) == 2

    on_stage(scenario)


def test_a_nonce_that_is_not_enforced_protects_nothing() -> None:
    """Discord only hands it back."""

    async def scenario(stage: Stage) -> None:
        await stage.written(content="x", nonce="n-1")
        await stage.written(content="x", nonce="n-1")
        assert len(stage.channel.messages) == 2

    on_stage(scenario)


def test_the_bot_edits_its_own_messages_alone() -> None:
    """Nobody puts words in another's mouth."""

    async def scenario(stage: Stage) -> None:
        own = await stage.written(content="x")
        other = stage.discord.write(stage.alice, stage.channel, "who?")
        edited = await stage.bot.call("PATCH", _messages(stage.channel.id, own.id), {"content": "y"})
        assert edited.body["content"] == own.content == "y"
        refused = await stage.bot.call("PATCH", _messages(stage.channel.id, other.id), {"content": "y"})
        assert refused.refusal == (403, 50005)
        empty = await stage.bot.call("PATCH", _messages(stage.channel.id, own.id), {"content": ""})
        assert empty.refusal == (400, 50006)

    on_stage(scenario)


def test_deleting_anothers_message_needs_a_permission() -> None:
    """Its own the bot may always delete."""

    async def scenario(stage: Stage) -> None:
        own = await stage.written(content="x")
        other = stage.discord.write(stage.alice, stage.channel, "who?")
        assert (await stage.bot.call("DELETE", _messages(stage.channel.id, own.id))).status == 204
        refused = await stage.bot.call("DELETE", _messages(stage.channel.id, other.id))
        assert refused.refusal == (403, 50013)
        gone = await stage.bot.call("DELETE", _messages(stage.channel.id, own.id))
        assert gone.refusal == (404, 10008)
        assert stage.channel.messages == (other,)

    on_stage(scenario)


def test_history_comes_newest_first_and_in_pages() -> None:
    """As a client that looks back needs it."""

    async def scenario(stage: Stage) -> None:
        ids = [str((await stage.written(content=str(number))).id) for number in range(4)]
        path = _messages(stage.channel.id)

        async def listed(query: str) -> list[str]:
            return [each["id"] for each in (await stage.bot.call("GET", f"{path}?{query}")).body]

        assert await listed("limit=2") == ids[:1:-1]
        assert await listed(f"before={ids[2]}") == ids[1::-1]
        assert await listed(f"after={ids[0]}&limit=2") == ids[2:0:-1]
        assert (await stage.bot.call("GET", f"{path}?limit=101")).faults == {"limit": "NUMBER_TYPE_RANGE"}

    on_stage(scenario)


def test_history_is_blank_without_the_intent_too() -> None:
    """The API is no way around it."""

    async def scenario(stage: Stage) -> None:
        secret = stage.discord.write(stage.alice, stage.channel, "secret")
        told = stage.discord.write(stage.alice, stage.channel, f"{stage.discord.bot.mention} told")
        for message, words in ((secret, ""), (told, told.content)):
            read = await stage.bot.call("GET", _messages(stage.channel.id, message.id))
            assert read.body["content"] == words

    on_stage(scenario)


def test_files_can_be_downloaded_as_they_were_sent() -> None:
    """At the address that the message names, and at no other."""

    async def scenario(stage: Stage) -> None:
        described = {"attachments": [{"id": "0", "filename": "evidence 1.csv", "description": "Quotes"}]}
        answered = await stage.bot.call(
            "POST", _messages(stage.channel.id), described, files={"x.csv": b"a,b\n"}
        )
        (told,) = answered.body["attachments"]
        assert (told["filename"], told["size"], told["description"]) == ("evidence_1.csv", 4, "Quotes")
        assert await stage.bot.download(told["url"]) == (200, b"a,b\n")
        assert (await stage.bot.download(told["url"] + "x"))[0] == 404

    on_stage(scenario)


def test_direct_messages_are_opened_by_the_bot_with_those_it_shares_a_server_with() -> None:
    """A stranger cannot be written to, nor can a bot."""

    async def scenario(stage: Stage) -> None:
        stranger = stage.discord.add_person("eve")
        opened = await stage.bot.call("POST", "/users/@me/channels", {"recipient_id": str(stage.alice.id)})
        place = stage.discord.direct_messages(stage.alice)
        assert opened.body["id"] == str(place.id)
        assert (await stage.bot.write(place, content="hello")).status == 200
        shut = await stage.bot.call("POST", "/users/@me/channels", {"recipient_id": str(stranger.id)})
        refused = await stage.bot.call("POST", f"/channels/{shut.body['id']}/messages", {"content": "x"})
        assert refused.refusal == (403, 50007)
        itself = await stage.bot.call(
            "POST", "/users/@me/channels", {"recipient_id": str(stage.discord.bot.id)}
        )
        assert itself.refusal == (400, 50007)
        nobody = await stage.bot.call("POST", "/users/@me/channels", {})
        assert nobody.faults == {"recipient_id": "NUMBER_TYPE_COERCE"}

    on_stage(scenario)
