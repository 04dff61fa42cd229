"""Interactions: three seconds, one first reply, fifteen minutes, and one person who sees what is for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_simulator import NotOffered
from tests.discord_simulator.bare_bot import ASK, PATIENCE, Stage, on_stage

_MESSAGE, _DEFER, _DEFER_UPDATE, _UPDATE, _CHOICES = 4, 5, 6, 7, 8
_PRIVATE = 1 << 6
_ROW = {"type": 1, "components": [{"type": 2, "style": 2, "label": "1", "custom_id": "one"}]}


def test_a_first_reply_within_three_seconds_is_shown() -> None:
    """And Discord returns what came of it, as discord.py asks."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        answered = await stage.bot.respond(interaction, _MESSAGE, content="Here")
        told, resource = answered.body["interaction"], answered.body["resource"]
        assert told["response_message_id"] == resource["message"]["id"] == str(interaction.reply.id)
        assert (told["response_message_loading"], told["response_message_ephemeral"]) == (False, False)
        (seen,) = stage.discord.seen_by(stage.bob, stage.channel)
        assert seen.content == "Here"
        assert (await interaction.settled(PATIENCE)).messages == (interaction.reply,)

    on_stage(scenario)


def test_without_being_asked_discord_returns_nothing() -> None:
    """An empty answer, 204."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        answered = await stage.bot.call("POST", path, {"type": _DEFER})
        assert (answered.status, answered.body) == (204, "")

    on_stage(scenario)


def test_after_three_seconds_nobody_knows_the_interaction() -> None:
    """10062, and the refusal is noted with the interaction."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        stage.discord.clock.advance(seconds=3.1)
        assert (await stage.bot.respond(interaction, _DEFER)).refusal == (404, 10062)
        assert [each.code for each in interaction.refused] == [10062]
        assert interaction.first_reply is None
        assert stage.channel.messages == ()

    on_stage(scenario)


def test_a_second_first_reply_is_refused() -> None:
    """40060, and the first one stands."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, _DEFER)
        assert (await stage.bot.respond(interaction, _MESSAGE, content="x")).refusal == (400, 40060)
        assert interaction.original is not None
        assert interaction.original.thinking

    on_stage(scenario)


def test_a_first_reply_of_a_wrong_form_is_no_reply() -> None:
    """The path begins with "data", and the next try is taken."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        wrong = await stage.bot.respond(interaction, _MESSAGE, content="x" * 2001)
        assert wrong.faults == {"data.content": "BASE_TYPE_MAX_LENGTH"}
        assert (await stage.bot.respond(interaction, _UPDATE)).faults == {"type": "BASE_TYPE_CHOICES"}
        assert (await stage.bot.respond(interaction, _MESSAGE, content="x")).status == 200

    on_stage(scenario)


def test_a_wrong_token_or_id_is_unknown() -> None:
    """Nobody replies to what another person did."""

    async def scenario(stage: Stage) -> None:
        first, second = await stage.asked(), await stage.asked()
        path = f"/interactions/{first.id}/{second.token}/callback"
        assert (await stage.bot.call("POST", path, {"type": _DEFER})).refusal == (404, 10062)
        path = f"/interactions/{first.id}/nothing/callback"
        assert (await stage.bot.call("POST", path, {"type": _DEFER})).refusal == (404, 10062)

    on_stage(scenario)


def test_a_deferred_reply_is_filled_in_without_looking_edited() -> None:
    """The answer stands in the message that said "is thinking…"."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, _DEFER)
        (thinking,) = stage.discord.seen_by(stage.alice, stage.channel)
        assert thinking.thinking
        assert not interaction.answered
        answered = await stage.bot.edit_original(interaction, content="Here")
        assert answered.body["edited_timestamp"] is None
        (seen,) = stage.discord.seen_by(stage.alice, stage.channel)
        assert (seen.content, seen.thinking, seen.edited) == ("Here", False, False)
        assert seen.message is thinking.message
        await stage.bot.edit_original(interaction, content="Better")
        assert stage.discord.seen_by(stage.alice, stage.channel)[0].edited

    on_stage(scenario)


def test_a_first_follow_up_takes_the_place_of_thinking() -> None:
    """The next one stands below it."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, _DEFER)
        await stage.bot.follow_up(interaction, content="one")
        await stage.bot.follow_up(interaction, content="two")
        assert [each.content for each in stage.channel.messages] == ["one", "two"]
        assert [each.content for each in interaction.messages] == ["one", "two"]

    on_stage(scenario)


def test_the_webhook_knows_nothing_before_the_first_reply() -> None:
    """Neither a follow-up nor an edit can come first."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        assert (await stage.bot.follow_up(interaction, content="x")).refusal == (404, 10015)
        assert (await stage.bot.edit_original(interaction, content="x")).refusal == (404, 10015)

    on_stage(scenario)


def test_the_token_dies_after_fifteen_minutes() -> None:
    """An answer that comes later is lost, and counts towards a ban."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, _DEFER)
        stage.discord.clock.advance(seconds=14 * 60)
        assert (await stage.bot.follow_up(interaction, content="in time")).status == 200
        stage.discord.clock.advance(seconds=61)
        assert (await stage.bot.follow_up(interaction, content="late")).refusal == (401, 50027)
        assert (await stage.bot.edit_original(interaction, content="late")).refusal == (401, 50027)
        assert stage.discord.invalid_calls == 2
        assert [each.code for each in interaction.refused] == [50027, 50027]

    on_stage(scenario)


def test_an_ephemeral_reply_is_seen_by_one_person_alone() -> None:
    """Nor can the bot reach it by its channel, or be replied to there."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, _MESSAGE, content="psst", flags=_PRIVATE, components=[_ROW])
        (seen,) = stage.discord.seen_by(stage.alice, stage.channel)
        assert seen.only_you
        assert stage.discord.seen_by(stage.bob, stage.channel) == ()
        path = f"/channels/{stage.channel.id}/messages"
        assert (await stage.bot.call("GET", path)).body == []
        assert (await stage.bot.call("GET", f"{path}/{seen.message.id}")).refusal == (404, 10008)
        with pytest.raises(NotOffered):
            stage.discord.press(stage.bob, seen.message, "1")
        assert (
            await stage.bot.call("GET", f"{stage.bot.webhook(interaction)}/messages/@original")
        ).status == 200

    on_stage(scenario)


def test_a_deferral_decides_who_sees_the_answer() -> None:
    """An edit cannot make public what was private."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, _DEFER, flags=_PRIVATE)
        await stage.bot.edit_original(interaction, content="psst", flags=0)
        assert stage.discord.seen_by(stage.bob, stage.channel) == ()
        await stage.bot.follow_up(interaction, content="aloud")
        await stage.bot.follow_up(interaction, content="psst too", flags=_PRIVATE)
        assert [each.content for each in stage.discord.seen_by(stage.bob, stage.channel)] == ["aloud"]

    on_stage(scenario)


def test_messages_of_an_interaction_are_edited_and_deleted_by_their_ids() -> None:
    """Those of another interaction, or deleted already, are unknown."""

    async def scenario(stage: Stage) -> None:
        first, second = await stage.asked(), await stage.asked()
        for interaction in (first, second):
            await stage.bot.respond(interaction, _MESSAGE, content="x")
        added = (await stage.bot.follow_up(first, content="more")).body["id"]
        path = f"{stage.bot.webhook(first)}/messages"
        assert (await stage.bot.call("PATCH", f"{path}/{added}", {"content": "better"})).status == 200
        assert first.follow_ups[0].content == "better"
        assert (await stage.bot.call("PATCH", f"{path}/{second.reply.id}", {"content": "x"})).refusal == (
            404,
            10008,
        )
        assert (await stage.bot.call("DELETE", f"{path}/{added}")).status == 204
        assert (await stage.bot.call("PATCH", f"{path}/{added}", {"content": "x"})).refusal == (404, 10008)
        assert (await stage.bot.call("DELETE", f"{path}/@original")).status == 204
        assert (await stage.bot.edit_original(first, content="x")).refusal == (404, 10008)

    on_stage(scenario)


def test_a_press_changes_the_message_it_stands_on() -> None:
    """At once, or after a deferral."""

    async def scenario(stage: Stage) -> None:
        message = await stage.written(content="old", components=[_ROW])
        press = stage.discord.press(stage.alice, message, "1")
        await stage.bot.respond(press, _UPDATE, content="new")
        assert (message.content, press.reply) == ("new", message)
        later = stage.discord.press(stage.alice, message, "one")
        await stage.bot.respond(later, _DEFER_UPDATE)
        assert not later.answered
        await stage.bot.edit_original(later, content="newer")
        assert [each.content for each in message.versions] == ["old", "new", "newer"]
        assert later.answered
        assert later.messages == ()

    on_stage(scenario)


@pytest.mark.parametrize(
    ("choices", "path"),
    [
        ([{"name": "x", "value": "v"}] * 26, "data.choices"),
        ([{"name": "x" * 101, "value": "v"}], "data.choices.0.name"),
        ([{"name": "x", "value": "v" * 101}], "data.choices.0.value"),
        ([{"name": "", "value": "v"}], "data.choices.0.name"),
        (None, "data.choices"),
    ],
)
def test_completions_have_limits(choices: Any, path: str) -> None:
    """25 choices of a hundred characters."""

    async def scenario(stage: Stage) -> None:
        options = [{**ASK["options"][0], "autocomplete": True}]  # type: ignore[index]  # a list, see there
        await stage.bot.sync({**ASK, "options": options})
        interaction = stage.discord.complete(stage.alice, stage.channel, "ask", "question", question="W")
        refused = await stage.bot.respond(interaction, _CHOICES, choices=choices)
        assert set(refused.faults) == {path}
        assert (
            await stage.bot.respond(interaction, _CHOICES, choices=[{"name": "x", "value": "v"}])
        ).status == 200
        assert interaction.choices == [("x", "v")]

    on_stage(scenario)


def test_waiting_for_an_answer_that_does_not_come_says_how_far_it_came() -> None:
    """A test that fails there has to say why."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, _DEFER)
        with pytest.raises(TimeoutError, match="DEFER"):
            await interaction.settled(0.01)
        with pytest.raises(LookupError):
            _ = interaction.reply

    on_stage(scenario)
