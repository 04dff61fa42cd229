"""The other commands, with `python -m bot` in a simulated Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.discord_client.rehearsal import PATIENCE
from tests.bot.discord_client.test_asking import PLANES, english, used

if TYPE_CHECKING:
    from tests.bot.discord_client.conftest import Stage
    from tests.bot.discord_client.rehearsal import Rehearsal
    from tests.discord_simulator import Channel, Interaction, Message

pytestmark = pytest.mark.slow


def whole(asked: Interaction) -> str:
    """Return all that was answered, without the marks that only escape."""
    return "\n".join(message.content for message in asked.messages).replace("\\", "")


class TestLists:
    """Articles that are listed."""

    def test_search_lists_articles(self, stage: Stage, play: Rehearsal) -> None:
        """Who wants to read rather than ask gets headlines."""
        listed = whole(used(stage, play, play.alice, "search", words="accident de ferry"))
        assert "ferry" in listed.lower()
        assert listed.count("\n") > 3

    def test_a_timeline_is_in_order_of_date(self, stage: Stage, play: Rehearsal) -> None:
        """An archive that ranks by relevance hides what happened first."""
        listed = whole(used(stage, play, english(play), "timeline", topic="ferry accident Port-Sablon"))
        years = [word for word in listed.split() if word.strip("*_,") in {"2021", "2022", "2023"}]
        assert years
        assert years == sorted(years)

    def test_one_wire_story_is_one_line(self, stage: Stage, play: Rehearsal) -> None:
        """Three outlets that print one agency's words are one voice."""
        listed = whole(used(stage, play, play.alice, "timeline", topic="suppressions de postes chez Orvane"))
        assert "aussi dans" in listed.lower()

    def test_an_article_is_found_while_typing_and_shown(self, stage: Stage, play: Rehearsal) -> None:
        """Nobody types an article's id."""

        async def typing() -> list[tuple[str, str | float]]:
            typed = play.discord.complete(
                play.alice, play.channel, "source", "article", article="Chasseurs russes"
            )
            return (await typed.settled(PATIENCE)).choices or []

        (name, value), *_ = stage.run(typing())
        assert name.startswith("Chasseurs russes")
        shown = whole(used(stage, play, play.alice, "source", article=str(value)))
        assert "trente-deux pilotes" in shown
        assert "Irène Castagnol" in shown

    def test_an_article_that_is_not_there_is_said(self, stage: Stage, play: Rehearsal) -> None:
        """A wrong id must not look like a fault."""
        shown = whole(used(stage, play, play.alice, "source", article="nobody"))
        assert "article" in shown
        assert not shown.startswith("#")

    def test_coverage_says_what_is_indexed(self, stage: Stage, play: Rehearsal) -> None:
        """What an archive does not hold it cannot answer: people must be able to see what it holds."""
        said = whole(used(stage, play, play.alice, "coverage"))
        assert "36" in said
        assert "Le Courrier du Littoral" in said
        assert "2021" in said
        assert "2023" in said


class TestCheck:
    """The context menu of a message."""

    def test_a_message_is_set_beside_the_coverage(self, stage: Stage, play: Rehearsal) -> None:
        """What somebody claims is shown beside what was reported, and nobody is told what to believe."""

        async def checking() -> Interaction:
            claim = play.discord.write(
                play.alice, play.channel, "L’Iran a déjà reçu cent avions Su-35 de la Russie, c’est certain !"
            )
            checked = play.discord.use_on(play.alice, claim, "Vérifier dans la couverture")
            return await checked.settled(PATIENCE)

        checked = stage.run(checking())
        assert checked.reply.ephemeral
        assert "Su-35" in whole(checked)

    def test_a_picture_alone_cannot_be_checked(self, stage: Stage, play: Rehearsal) -> None:
        """A message without words must not end in an error."""

        async def checking() -> Interaction:
            picture = play.discord.write(play.alice, play.channel, "", files={"photo.png": b"\x89PNG"})
            return await play.discord.use_on(play.alice, picture, "Vérifier dans la couverture").settled(
                PATIENCE
            )

        assert stage.run(checking()).reply.content


class TestLanguages:
    """The commands themselves."""

    def test_commands_are_offered_in_french_too(self, stage: Stage, play: Rehearsal) -> None:
        """A French person types « /demander », with « question » described in French."""
        offered = play.discord.commands_for(play.alice, play.channel)
        assert {command["name"] for command in offered} >= {"ask", "search", "source", "timeline", "coverage"}
        ask = next(command for command in offered if command["name"] == "ask")
        assert ask["name_localizations"]["fr"] != "ask"
        assert ask["description_localizations"]["fr"] != ask["description"]
        assert "en-GB" not in ask["name_localizations"]

    def test_another_language_reads_english(self, stage: Stage, play: Rehearsal) -> None:
        """Half a translation is worse than English throughout."""
        german = play.discord.add_person("gerda", locale="de", guilds=(play.guild,))
        assert "Index of" in whole(used(stage, play, german, "ask", question=PLANES))


class TestSettings:
    """What those who manage a server set for it."""

    def test_only_managers_may_set(self, stage: Stage, play: Rehearsal) -> None:
        """Anybody could make the bot silent otherwise."""
        offered = {command["name"] for command in play.discord.commands_for(play.alice, play.channel)}
        assert "settings" not in offered

    def test_outlets_channels_and_privacy_hold(self, stage: Stage, play: Rehearsal) -> None:
        """What was set must narrow what is answered, after a restart too."""
        guild = play.discord.add_guild("Ligue")  # of its own, so that other tests are not narrowed
        questions, others = guild.add_channel("questions"), guild.add_channel("autres")
        manager = play.discord.add_person("marie", locale="fr", manages=(guild,))

        async def using(where: Channel, command: str, **options: str | bool) -> Interaction:
            return await play.discord.use(manager, where, command, **options).settled(PATIENCE)

        said = stage.run(
            using(
                questions,
                "settings",
                publishers="The Tessbury Ledger",
                channels=questions.mention,
                private=True,
            )
        )
        assert said.reply.ephemeral
        assert "The Tessbury Ledger" in whole(said)
        there = stage.run(using(questions, "ask", question=PLANES))
        assert there.reply.ephemeral
        assert "Méridia 24" not in whole(there)
        indexed = whole(stage.run(using(questions, "coverage")))
        assert "The Tessbury Ledger" in indexed
        assert "Méridia 24" not in indexed
        elsewhere = stage.run(using(others, "ask", question=PLANES))
        assert "Tessbury" not in whole(elsewhere)
        stage.run(play.restart())
        again = stage.run(using(questions, "ask", question=PLANES))
        assert again.reply.ephemeral


def test_an_answer_can_be_followed_up_in_a_thread(stage: Stage, play: Rehearsal) -> None:
    """A thread is one conversation: “when was that?” means what was talked of there."""

    async def following() -> tuple[Message, Message]:
        asked = play.discord.write(play.alice, play.channel, f"{play.discord.bot.mention} {PLANES}")
        first = await play.discord.reply_to(asked, PATIENCE)
        thread = play.discord.open_thread(play.alice, first, "avions")
        question = play.discord.write(play.alice, thread, f"{play.discord.bot.mention} Combien de pilotes ?")
        return first, await play.discord.reply_to(question, PATIENCE)

    _, second = stage.run(following())
    assert "trente-deux pilotes" in second.content


def test_nothing_was_refused_by_discord(play: Rehearsal) -> None:
    """A call that Discord refuses is a fault of ours, even where the person did not see it."""
    assert [call for call in play.discord.calls if call.status >= 400] == []
