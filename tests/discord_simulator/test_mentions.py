"""Who is pinged, by Discord's rules and its defaults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_simulator.bare_bot import Stage, on_stage
from tests.discord_simulator.mentions import EVERYONE, pinged
from tests.discord_simulator.test_limits import faults

_WORDS = "@everyone <@1> <@!2> <@&3> @here"
_NOBODY: dict[str, object] = {"parse": []}


def test_without_a_word_about_it_everything_pings() -> None:
    """Discord's default, which a bot has to switch off: a name in an article would wake a server."""
    assert pinged(_WORDS, None, 9) == {1, 2, 3, 9, EVERYONE}


@pytest.mark.parametrize("code", ["`{}`", "```\n{}\n```", "\\{}", "> {}", "||{}||"])
def test_markup_protects_nobody(code: str) -> None:
    """Discord looks at the raw words."""
    assert pinged(code.format("@everyone"), None) == {EVERYONE}


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ({}, set()),
        (_NOBODY, set()),
        ({"parse": ["users"]}, {1, 2}),
        ({"parse": ["roles"]}, {3}),
        ({"parse": ["everyone"]}, {EVERYONE}),
        ({"users": ["1", "7"]}, {1}),
        ({"roles": ["3"]}, {3}),
        ({"replied_user": True}, {9}),
    ],
)
def test_with_a_word_about_it_only_that_pings(allowed: dict[str, object], expected: set[object]) -> None:
    """What is listed pings only where it is mentioned; the author replied to only where it is said."""
    assert pinged(_WORDS, allowed, 9) == expected


@given(st.text(), st.lists(st.sampled_from(["@everyone", "@here", "<@1>", "<@&2>"])))
def test_nobody_allowed_is_nobody_pinged(text: str, mentions: list[str]) -> None:
    """Whatever the words."""
    assert pinged(text + " ".join(mentions), _NOBODY, 9) == frozenset()


def test_one_thing_is_not_said_twice() -> None:
    """Discord refuses a kind that is both parsed and listed, an unknown one, and more than a hundred ids."""
    path = "allowed_mentions"
    assert faults({"content": "x", path: {"parse": ["users"], "users": ["1"]}}) == {path}
    assert faults({"content": "x", path: {"parse": ["people"]}}) == {f"{path}.parse.0"}
    assert faults({"content": "x", path: {"users": ["1"] * 101}}) == {f"{path}.users"}
    assert faults({"content": "x", path: {"users": ["1"] * 100}}) == set()
    assert faults({"content": "x", path: []}) == {path}


def test_a_message_tells_whom_it_pinged() -> None:
    """Each person sees whether it was them."""

    async def scenario(stage: Stage) -> None:
        words = f"{stage.alice.mention} and {stage.bob.mention}"
        message = await stage.written(content=words, allowed_mentions={"users": [str(stage.alice.id)]})
        assert message.pinged == {stage.alice.id}
        assert [each.pinged for each in stage.discord.seen_by(stage.alice, stage.channel)] == [True]
        assert [each.pinged for each in stage.discord.seen_by(stage.bob, stage.channel)] == [False]
        everyone = await stage.written(content="@here")
        assert everyone.pinged == {EVERYONE}
        assert stage.discord.seen_by(stage.bob, stage.channel)[-1].pinged

    on_stage(scenario)


def test_text_displays_ping_as_content_does() -> None:
    """A message of components has no content, and pings all the same."""

    async def scenario(stage: Stage) -> None:
        message = await stage.written(flags=1 << 15, components=[{"type": 10, "content": "@everyone"}])
        assert message.pinged == {EVERYONE}

    on_stage(scenario)


def test_filling_in_thinking_pings_and_a_later_edit_does_not() -> None:
    """As in life: a deferred reply is new when it is filled in."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, 5)
        await stage.bot.edit_original(interaction, content=stage.bob.mention)
        assert interaction.reply.pinged == {stage.bob.id}
        message = await stage.written(content="quiet")
        await stage.bot.call(
            "PATCH", f"/channels/{stage.channel.id}/messages/{message.id}", {"content": "@here"}
        )
        assert message.pinged == frozenset()

    on_stage(scenario)
