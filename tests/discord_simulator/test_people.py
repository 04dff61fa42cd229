"""What people can do, what they cannot, and what each of them sees."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.discord_simulator import Interaction, NotOffered
from tests.discord_simulator.bare_bot import ASK, Stage, on_stage

_OPTIONS: list[dict[str, Any]] = [
    {"type": 3, "name": "question", "description": "d", "required": True, "max_length": 10, "min_length": 2},
    {
        "type": 3,
        "name": "publisher",
        "name_localizations": {"fr": "média"},
        "description": "d",
        "autocomplete": True,
    },
    {"type": 4, "name": "count", "description": "d", "min_value": 1, "max_value": 5},
    {"type": 5, "name": "private", "description": "d"},
    {"type": 6, "name": "who", "description": "d"},
    {"type": 7, "name": "where", "description": "d"},
    {
        "type": 3,
        "name": "order",
        "description": "d",
        "choices": [{"name": "by date", "name_localizations": {"fr": "par date"}, "value": "date"}],
    },
]
_ASK = {**ASK, "options": _OPTIONS}
_CHECK = {"type": 3, "name": "Check", "name_localizations": {"fr": "Vérifier"}}


def _sent(interaction: Interaction) -> dict[str, Any]:
    return {each["name"]: each["value"] for each in interaction.data["options"]}


def test_a_command_is_found_by_its_name_and_by_its_name_in_the_persons_language() -> None:
    """Options and choices too; the bot is told its own names."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.sync(_ASK)
        plain = stage.discord.use(stage.alice, stage.channel, "ask", question="Who?", publisher="Méridia")
        french = stage.discord.use(
            stage.alice, stage.channel, "demander", question="Who?", média="Méridia", order="par date"
        )
        assert plain.data["name"] == french.data["name"] == "ask"
        assert _sent(plain) == {"question": "Who?", "publisher": "Méridia"}
        assert _sent(french) == {"question": "Who?", "publisher": "Méridia", "order": "date"}
        with pytest.raises(NotOffered, match="demander"):
            stage.discord.use(stage.bob, stage.channel, "demander", question="Who?")

    on_stage(scenario)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("tell", {}),
        ("ask", {}),
        ("ask", {"question": "Who?", "colour": "red"}),
        ("ask", {"question": 7}),
        ("ask", {"question": "x" * 11}),
        ("ask", {"question": "x"}),
        ("ask", {"question": "   "}),
        ("ask", {"question": "Who?", "count": 6}),
        ("ask", {"question": "Who?", "count": "3"}),
        ("ask", {"question": "Who?", "count": True}),
        ("ask", {"question": "Who?", "private": "yes"}),
        ("ask", {"question": "Who?", "order": "by size"}),
        ("ask now", {"question": "Who?"}),
    ],
)
def test_what_the_command_does_not_offer_cannot_be_used(command: str, options: dict[str, Any]) -> None:
    """Unknown names, missing and wrong values: the test would show what no person can do."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.sync(_ASK)
        with pytest.raises(NotOffered):
            stage.discord.use(stage.alice, stage.channel, command, **options)
        assert stage.discord.interactions == ()

    on_stage(scenario)


def test_people_and_channels_are_told_with_their_facts() -> None:
    """The bot need not know them by itself."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.sync(_ASK)
        used = stage.discord.use(
            stage.alice, stage.channel, "ask", question="Who?", who=stage.bob, where=stage.channel
        )
        assert _sent(used)["who"] == str(stage.bob.id)
        assert used.data["resolved"]["users"][str(stage.bob.id)]["username"] == "bob"
        assert used.data["resolved"]["channels"][str(stage.channel.id)]["name"] == "general"

    on_stage(scenario)


def test_the_bot_is_told_of_a_command_with_the_languages_and_what_is_allowed() -> None:
    """Everything that it decides by stands in the event."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.sync(ASK)
        async with stage.bot.line() as line:
            await line.identify()
            await line.event("GUILD_CREATE")
            used = stage.discord.use(stage.bob, stage.channel, "ask", question="Who?")
            told = await line.event("INTERACTION_CREATE")
        assert (told["token"], told["locale"], told["guild_locale"]) == (used.token, "en-US", "en-US")
        assert int(told["member"]["permissions"]) & 1 << 5
        assert int(told["app_permissions"]) & 1 << 11

    on_stage(scenario)


def test_a_command_for_managers_is_shown_to_them_alone_and_not_in_direct_messages() -> None:
    """As it was synced."""

    async def scenario(stage: Stage) -> None:
        settings = {
            "name": "settings",
            "description": "d",
            "default_member_permissions": "32",
            "contexts": [0],
        }
        await stage.bot.sync(settings)
        stage.discord.use(stage.bob, stage.channel, "settings")
        with pytest.raises(NotOffered):
            stage.discord.use(stage.alice, stage.channel, "settings")
        with pytest.raises(NotOffered):
            stage.discord.use(stage.bob, stage.discord.direct_messages(stage.bob), "settings")

    on_stage(scenario)


def test_subcommands_are_used_by_their_names() -> None:
    """The bot is told the way to them; without one nothing can be used."""

    async def scenario(stage: Stage) -> None:
        words = {"type": 3, "name": "words", "description": "d", "required": True}
        show = {"type": 1, "name": "show", "description": "d", "options": [words]}
        await stage.bot.sync({"name": "find", "description": "d", "options": [show]})
        used = stage.discord.use(stage.alice, stage.channel, "find show", words="x")
        assert used.data["options"] == [
            {"name": "show", "type": 1, "options": [{"name": "words", "type": 3, "value": "x"}]}
        ]
        for command in ("find", "find hide"):
            with pytest.raises(NotOffered):
                stage.discord.use(stage.alice, stage.channel, command)

    on_stage(scenario)


def test_typing_at_an_option_asks_for_completions() -> None:
    """What is filled in so far is told, and nothing has to be complete."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.sync(_ASK)
        typed = stage.discord.complete(stage.alice, stage.channel, "ask", "média", média="Mé")
        assert typed.data["options"] == [{"name": "publisher", "type": 3, "value": "Mé", "focused": True}]
        nothing = stage.discord.complete(stage.alice, stage.channel, "ask", "publisher", count=2)
        assert [each["value"] for each in nothing.data["options"]] == ["", 2]
        with pytest.raises(NotOffered):
            stage.discord.complete(stage.alice, stage.channel, "ask", "question", question="W")

    on_stage(scenario)


def test_a_message_is_handed_over_by_its_menu_with_its_words() -> None:
    """Readable for the bot although nobody spoke to it: that is what the menu is for."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.sync(_CHECK)
        claim = stage.discord.write(stage.bob, stage.channel, "The earth is flat")
        for name in ("Check", "Vérifier"):
            used = stage.discord.use_on(stage.alice, claim, name)
            assert used.data["target_id"] == str(claim.id)
            handed = used.data["resolved"]["messages"][str(claim.id)]
            assert handed["content"] == "The earth is flat"
        with pytest.raises(NotOffered):
            stage.discord.use_on(stage.alice, claim, "Report")

    on_stage(scenario)


def test_only_a_button_that_is_there_for_a_person_can_be_pressed() -> None:
    """Not a disabled one, a link, one of two alike, or one of a message that is gone."""

    async def scenario(stage: Stage) -> None:
        parts = [
            {"type": 2, "style": 2, "label": "1", "custom_id": "a"},
            {"type": 2, "style": 2, "label": "off", "custom_id": "b", "disabled": True},
            {"type": 2, "style": 5, "label": "link", "url": "https://a.example"},
            {"type": 2, "style": 2, "label": "twin", "custom_id": "c"},
            {"type": 2, "style": 2, "label": "twin", "custom_id": "d"},
        ]
        message = await stage.written(content="x", components=[{"type": 1, "components": parts}])
        for name in ("1", "a", "c"):
            assert stage.discord.press(stage.alice, message, name).data["component_type"] == 2
        for name in ("off", "link", "twin", "2", ""):
            with pytest.raises(NotOffered):
                stage.discord.press(stage.alice, message, name)
        with pytest.raises(NotOffered):
            stage.discord.press(stage.discord.add_person("eve"), message, "1")
        await stage.bot.call("DELETE", f"/channels/{stage.channel.id}/messages/{message.id}")
        with pytest.raises(NotOffered):
            stage.discord.press(stage.alice, message, "1")

    on_stage(scenario)


def test_a_menu_offers_its_options_and_how_many() -> None:
    """By label or value."""

    async def scenario(stage: Stage) -> None:
        options = [{"label": "Red", "value": "r"}, {"label": "Blue", "value": "b"}]
        menu = {"type": 3, "custom_id": "m", "options": options}
        message = await stage.written(content="x", components=[{"type": 1, "components": [menu]}])
        assert stage.discord.choose(stage.alice, message, "m", "Red").data["values"] == ["r"]
        for custom_id, labels in (("m", ("Green",)), ("m", ("Red", "Blue")), ("m", ()), ("n", ("Red",))):
            with pytest.raises(NotOffered):
                stage.discord.choose(stage.alice, message, custom_id, *labels)

    on_stage(scenario)


def test_people_write_where_they_are_and_no_more_than_discord_takes() -> None:
    """Not in another's server, not to a bot that they share none with, not more than 2000 characters."""

    async def scenario(stage: Stage) -> None:
        stranger = stage.discord.add_person("eve")
        for person, place, text in (
            (stranger, stage.channel, "hello"),
            (stranger, stage.discord.bot, "hello"),
            (stage.alice, stage.discord.direct_messages(stage.bob), "hello"),
            (stage.alice, stage.channel, "x" * 2001),
            (stage.alice, stage.channel, " "),
        ):
            with pytest.raises(NotOffered):
                stage.discord.write(person, place, text)
        assert stage.discord.write(stage.alice, stage.channel, "x" * 2000).content == "x" * 2000

    on_stage(scenario)


def test_people_reply_react_and_delete_what_they_see_and_own() -> None:
    """Not in another channel, and not what is another's."""

    async def scenario(stage: Stage) -> None:
        message = stage.discord.write(stage.alice, stage.channel, "who?")
        elsewhere = stage.guild.add_channel("elsewhere")
        with pytest.raises(NotOffered):
            stage.discord.write(stage.bob, elsewhere, "you", reply_to=message)
        with pytest.raises(NotOffered):
            stage.discord.delete(stage.bob, message)
        stage.discord.delete(stage.alice, message)
        with pytest.raises(NotOffered):
            stage.discord.react(stage.bob, message, "👍")
        with pytest.raises(NotOffered):
            stage.discord.write(stage.bob, stage.channel, "you", reply_to=message)

    on_stage(scenario)


def test_direct_messages_are_seen_by_their_person_alone() -> None:
    """And a server by its members."""

    async def scenario(stage: Stage) -> None:
        sent = stage.discord.write(stage.alice, stage.discord.bot, "psst")
        assert [each.content for each in stage.discord.seen_by(stage.alice, sent.channel)] == ["psst"]
        assert stage.discord.seen_by(stage.bob, sent.channel) == ()
        stage.discord.write(stage.alice, stage.channel, "aloud")
        assert stage.discord.seen_by(stage.discord.add_person("eve"), stage.channel) == ()

    on_stage(scenario)


def test_suppressed_embeds_are_not_seen() -> None:
    """A card that a link would unfold is away where the bot suppressed it."""

    async def scenario(stage: Stage) -> None:
        await stage.written(content="x", embeds=[{"title": "card"}], flags=1 << 2)
        await stage.written(content="x", embeds=[{"title": "card"}])
        assert [len(each.embeds) for each in stage.discord.seen_by(stage.alice, stage.channel)] == [0, 1]

    on_stage(scenario)


def test_nobody_answers_and_the_waiting_says_to_what() -> None:
    """A test that fails there has to say why."""

    async def scenario(stage: Stage) -> None:
        message = stage.discord.write(stage.alice, stage.channel, "anybody?")
        with pytest.raises(TimeoutError, match=r"anybody\?"):
            await stage.discord.reply_to(message, 0.01)

    on_stage(scenario)


def test_the_replies_to_a_message_are_those_that_follow_at_once_and_those_in_its_thread() -> None:
    """A long answer comes in parts, and only its first part names the question."""

    async def scenario(stage: Stage) -> None:
        first = stage.discord.write(stage.alice, stage.channel, "one?")
        await stage.written(content="1a", message_reference={"message_id": str(first.id)})
        await stage.written(content="1b")
        second = stage.discord.write(stage.alice, stage.channel, "two?")
        await stage.written(content="2a", message_reference={"message_id": str(second.id)})
        await stage.written(content="2b")
        thread = stage.discord.open_thread(stage.bob, second, "More")
        await stage.bot.write(thread, content="2c")
        found = [[each.content for each in stage.discord.replies_to(message)] for message in (first, second)]
        assert found == [["1a", "1b"], ["2a", "2b", "2c"]]

    on_stage(scenario)


def test_a_servers_language_is_one_that_it_can_have() -> None:
    """Discord says en-US of every server that is no community."""

    async def scenario(stage: Stage) -> None:
        with pytest.raises(ValueError, match="COMMUNITY"):
            stage.discord.add_guild("Rédaction", locale="fr")
        french = stage.discord.add_guild("Rédaction", locale="fr", features=["COMMUNITY"])
        answered = await stage.bot.call("GET", f"/guilds/{french.id}")
        assert answered.body["preferred_locale"] == "fr"
        assert answered.body["owner_id"] != str(stage.discord.bot.id)
        assert json.dumps(answered.body["features"]) == '["COMMUNITY"]'

    on_stage(scenario)
