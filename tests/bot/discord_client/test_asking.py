"""Questions and answers as people see them, with `python -m bot` in a simulated Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.rendering.catalogue import text
from tests.bot.discord_client.rehearsal import PATIENCE

if TYPE_CHECKING:
    from tests.bot.discord_client.conftest import Stage
    from tests.bot.discord_client.rehearsal import Rehearsal
    from tests.discord_simulator import Interaction, Message, Person

pytestmark = pytest.mark.slow

PLANES = "Quels avions l’Iran pourrait-il recevoir ?"
PLANES_QUOTED = "l’Iran pourrait recevoir en 2023 des avions de combat Su-35"
FINE = "How large was the fine imposed on the messaging app Plumiol?"
FINE_QUOTED = "une amende de 3,5 millions d’euros"
NOT_COVERED = "Quelle est la capitale de l’Australie ?"


def used(stage: Stage, play: Rehearsal, person: Person, command: str, **options: str | bool) -> Interaction:
    """Let a person use a command in the channel, and wait for the answer."""

    async def using() -> Interaction:
        return await play.discord.use(person, play.channel, command, **options).settled(PATIENCE)

    return stage.run(using())


def written(
    stage: Stage, play: Rehearsal, person: Person, words: str, *, reply_to: Message | None = None
) -> Message:
    """Let a person write to the channel, and wait for the bot's answer."""

    async def writing() -> Message:
        message = play.discord.write(person, play.channel, words, reply_to=reply_to)
        return await play.discord.reply_to(message, PATIENCE)

    return stage.run(writing())


def english(play: Rehearsal, name: str = "bob") -> Person:
    """Return a person whose Discord is English."""
    return play.discord.add_person(name, locale="en-GB", guilds=(play.guild,))


class TestAsk:
    """The command."""

    def test_a_question_is_answered_in_verbatim_quotes(self, stage: Stage, play: Rehearsal) -> None:
        """The main job: quote, source, date and the age of the index, in one message with its buttons."""
        asked = used(stage, play, play.alice, "ask", question=PLANES)
        seen = asked.reply.content
        assert PLANES_QUOTED in seen
        assert "Chasseurs russes" in seen
        assert "Méridia 24" in seen
        assert "10 décembre 2022" in seen
        assert "Index du" in seen
        assert next(button.label for button in asked.reply.buttons) == "1"

    def test_it_is_acknowledged_before_anything_else(self, stage: Stage, play: Rehearsal) -> None:
        """Discord voids what is not acknowledged within three seconds, however long the answer takes."""
        asked = used(stage, play, play.alice, "ask", question=PLANES)
        first = next(call for call in play.discord.calls if str(asked.id) in call.path)
        assert first.path.endswith("/callback")
        assert asked.first_reply is not None
        assert asked.first_reply.name == "DEFER"

    def test_words_around_a_quote_are_in_the_language_of_the_person(
        self, stage: Stage, play: Rehearsal
    ) -> None:
        """The quote stays French, and whoever reads English is told the rest in English."""
        asked = used(stage, play, english(play), "ask", question=FINE)
        assert FINE_QUOTED in asked.reply.content
        assert "Index of" in asked.reply.content
        assert "7 October 2021" in asked.reply.content

    def test_what_is_not_covered_is_said(self, stage: Stage, play: Rehearsal) -> None:
        """Quoting something beside the point would be worse than silence."""
        asked = used(stage, play, play.alice, "ask", question=NOT_COVERED)
        assert text("not-covered", "fr") in asked.reply.content.replace("\\", "")

    def test_dates_and_outlets_narrow(self, stage: Stage, play: Rehearsal) -> None:
        """Whoever asks for one outlet or one month must not be shown another."""
        asked = used(
            stage, play, play.alice, "ask", question=PLANES, publisher="The Tessbury Ledger", since="2022-12"
        )
        assert "Méridia 24" not in asked.reply.content

    def test_a_date_that_cannot_be_meant_is_refused_helpfully(self, stage: Stage, play: Rehearsal) -> None:
        """The sentence must say how to write it."""
        asked = used(stage, play, play.alice, "ask", question=PLANES, since="l’autre jour")
        assert "2022-12" in asked.reply.content

    def test_outlets_are_offered_while_typing(self, stage: Stage, play: Rehearsal) -> None:
        """Nobody knows by heart how an outlet is spelt here."""

        async def typing() -> list[tuple[str, str | float]]:
            typed = play.discord.complete(
                play.alice, play.channel, "ask", "publisher", question=PLANES, publisher="courr"
            )
            return (await typed.settled(PATIENCE)).choices or []

        assert ("Le Courrier du Littoral", "Le Courrier du Littoral") in stage.run(typing())

    def test_a_private_answer_is_seen_by_one_person(self, stage: Stage, play: Rehearsal) -> None:
        """A source's protection may hang on who knows what was asked."""
        bob = english(play)
        asked = used(stage, play, play.alice, "ask", question=PLANES, private=True)
        assert asked.reply.ephemeral
        assert asked.reply in _seen(play, play.alice)
        assert asked.reply not in _seen(play, bob)


class TestWriting:
    """Mentions, direct messages and replies."""

    def test_a_mention_is_answered_as_a_reply(self, stage: Stage, play: Rehearsal) -> None:
        """In a channel everybody must see what is answered."""
        answer = written(stage, play, play.alice, f"{play.discord.bot.mention} {PLANES}")
        assert PLANES_QUOTED in answer.content

    def test_a_mention_alone_is_told_how_to_ask(self, stage: Stage, play: Rehearsal) -> None:
        """Whoever tries the bot by its name alone learns what it is for."""
        answer = written(stage, play, play.alice, play.discord.bot.mention)
        assert "Posez-moi une question" in answer.content

    def test_a_direct_message_is_answered(self, stage: Stage, play: Rehearsal) -> None:
        """Some questions are nobody else's business."""

        async def writing() -> Message:
            message = play.discord.write(play.alice, play.discord.bot, PLANES)
            return await play.discord.reply_to(message, PATIENCE)

        assert PLANES_QUOTED in stage.run(writing()).content

    def test_a_reply_to_an_answer_follows_it_up(self, stage: Stage, play: Rehearsal) -> None:
        """“How many pilots?” means the pilots that were talked of."""
        first = written(stage, play, play.alice, f"{play.discord.bot.mention} {PLANES}")
        second = written(stage, play, play.alice, "Et combien de pilotes ?", reply_to=first)
        assert "trente-deux pilotes" in second.content
        assert "Iran" in second.content

    def test_a_reply_that_does_not_mention_is_told_how_to_ask(self, stage: Stage, play: Rehearsal) -> None:
        """Discord hides the words of such a reply from the bot: silence would look like a fault."""

        async def writing() -> Message:
            asked = play.discord.write(play.alice, play.channel, f"{play.discord.bot.mention} {PLANES}")
            answer = await play.discord.reply_to(asked, PATIENCE)
            quiet = play.discord.write(
                play.alice, play.channel, "Et combien de pilotes ?", reply_to=answer, ping=False
            )
            return await play.discord.reply_to(quiet, PATIENCE)

        assert "@Dateline" in stage.run(writing()).content

    def test_people_who_talk_among_themselves_are_left_alone(self, stage: Stage, play: Rehearsal) -> None:
        """A bot that joins in uninvited is thrown out."""
        before = len(play.channel.messages)

        async def talking() -> None:
            play.discord.write(play.alice, play.channel, "Qui vient déjeuner ?")
            await play.discord.use(play.alice, play.channel, "coverage").settled(PATIENCE)

        stage.run(talking())
        ours = [m for m in play.channel.messages[before:] if m.author is play.discord.bot]
        assert len(ours) == 1

    def test_in_a_busy_channel_a_thread_is_opened(self, stage: Stage, play: Rehearsal) -> None:
        """What follows an answer must not be lost among other people's talk, nor lose it for them."""
        busy = play.guild.add_channel("cantine")

        async def talking() -> tuple[Message, Message]:
            for number in range(5):
                play.discord.write(play.alice, busy, f"message {number}")
            asked = play.discord.write(play.alice, busy, f"{play.discord.bot.mention} {PLANES}")
            first = await play.discord.reply_to(asked, PATIENCE)
            follow_up = play.discord.write(
                play.alice, first.channel, f"{play.discord.bot.mention} Et combien de pilotes ?"
            )
            return first, await play.discord.reply_to(follow_up, PATIENCE)

        first, second = stage.run(talking())
        assert first.channel.is_thread
        assert PLANES_QUOTED in first.content
        assert second.channel is first.channel
        assert "trente-deux pilotes" in second.content


def test_nobody_was_pinged(play: Rehearsal) -> None:
    """Whatever was asked above, no answer may make a telephone ring."""
    messages = [m for m in play.channel.messages if m.author is play.discord.bot]
    assert messages
    assert all(not message.pinged for message in messages)


def test_nothing_was_refused_by_discord(play: Rehearsal) -> None:
    """A call that Discord refuses is a fault of ours, even where the person did not see it."""
    assert [call for call in play.discord.calls if call.status >= 400] == []


def _seen(play: Rehearsal, person: Person) -> tuple[Message, ...]:
    return tuple(seen.message for seen in play.discord.seen_by(person, play.channel))
