"""Buttons under an answer, with `python -m bot` in a simulated Discord."""

from __future__ import annotations

import csv
import io
import signal
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import rispy

from bot.keeping.answers import KeptAnswers
from bot.keeping.database import open_database
from tests.bot.discord_client.rehearsal import PATIENCE, TOKEN
from tests.bot.discord_client.test_asking import NOT_COVERED, PLANES, PLANES_QUOTED, english, used

if TYPE_CHECKING:
    from tests.bot.discord_client.conftest import Stage
    from tests.bot.discord_client.rehearsal import Rehearsal
    from tests.discord_simulator import Interaction, Message, Person

pytestmark = pytest.mark.slow


@pytest.fixture
def answer(stage: Stage, play: Rehearsal) -> Message:
    """Return an answer in the channel."""
    return used(stage, play, play.alice, "ask", question=PLANES).reply


def pressed(stage: Stage, play: Rehearsal, person: Person, message: Message, button: str) -> Interaction:
    """Let a person press a button, by its label or its verb, and wait for what comes of it."""
    ids = [each.custom_id for each in message.buttons if f":{button}:" in (each.custom_id or "")]
    wanted = ids[0] if ids else button

    async def pressing() -> Interaction:
        return await play.discord.press(person, message, wanted or button).settled(PATIENCE)

    return stage.run(pressing())


class TestSources:
    """A number for each source."""

    def test_a_source_is_shown_with_the_quoted_words_in_bold(
        self, stage: Stage, play: Rehearsal, answer: Message
    ) -> None:
        """A citation is checked by seeing it in its place."""
        shown = pressed(stage, play, play.alice, answer, "1").reply
        bold = shown.content.replace("\\", "").split("**")
        assert any(PLANES_QUOTED in stretch for stretch in bold[1::2])
        assert "La livraison serait la contrepartie des drones" in shown.content

    def test_it_is_shown_to_whoever_pressed_alone(
        self, stage: Stage, play: Rehearsal, answer: Message
    ) -> None:
        """Ten people who check a source must not fill the channel."""
        bob = english(play)
        shown = pressed(stage, play, bob, answer, "1").reply
        assert shown.seen_only_by is bob


class TestMore:
    """Digging further."""

    def test_more_does_not_repeat_and_ends(self, stage: Stage, play: Rehearsal, answer: Message) -> None:
        """Each press brings something new until there is nothing more, and then says so."""
        seen = {line for line in answer.content.splitlines() if line.startswith("> ")}
        assert seen
        message = answer
        for _ in range(8):
            message = pressed(stage, play, play.alice, message, "more").reply
            quotes = {line for line in message.content.splitlines() if line.startswith("> ")}
            assert not seen & quotes
            seen |= quotes
            if not quotes:
                break
        assert not quotes
        assert "rien d’autre" in message.content

    def test_the_same_button_pressed_again_goes_on(
        self, stage: Stage, play: Rehearsal, answer: Message
    ) -> None:
        """The old message is still there to be pressed, by anybody."""
        first = pressed(stage, play, play.alice, answer, "more").reply
        second = pressed(stage, play, english(play), answer, "more").reply
        quotes = [
            {line.strip("> «»“”\u00a0") for line in said.content.splitlines() if line.startswith("> ")}
            for said in (answer, first, second)
        ]
        assert quotes[1]
        assert not quotes[0] & quotes[1]
        assert not (quotes[0] | quotes[1]) & quotes[2]


class TestWider:
    """What was read from the words, taken away again."""

    IN_MERIDIA = "Combien d’emplois Orvane supprime-t-elle, selon Méridia 24 ?"
    IN_DECEMBER = "Combien de blessés dans l’accident du ferry en décembre 2022 ?"

    def test_a_period_is_shown_and_removed_with_one_press(self, stage: Stage, play: Rehearsal) -> None:
        """“In December” may have told when it happened, and not when it was written."""
        asked = used(stage, play, play.alice, "ask", question=self.IN_DECEMBER).reply
        assert "Dans les articles de décembre 2022." in asked.content
        assert [button.label for button in asked.buttons if ":any-" in (button.custom_id or "")] == [
            "Toutes les dates"
        ]
        for _ in range(2):  # a second press does no harm
            wide = pressed(stage, play, play.alice, asked, "any-date").reply
            assert "Dans les articles" not in wide.content
            assert "Question" in wide.content
            assert not wide.ephemeral
        assert not [button for button in wide.buttons if ":any-date:" in (button.custom_id or "")]

    def test_an_outlet_is_removed_after_a_restart_in_another_language(
        self, stage: Stage, play: Rehearsal
    ) -> None:
        """All that the button knows stands in its id."""
        asked = used(stage, play, english(play), "ask", question=self.IN_MERIDIA).reply
        assert "All outlets" in [button.label for button in asked.buttons]
        stage.run(play.restart(signal.SIGKILL))
        wide = pressed(stage, play, play.alice, asked, "any-source").reply
        assert "publiés par" not in wide.content
        assert "D’après la couverture" in wide.content

    def test_what_was_private_stays_private(self, stage: Stage, play: Rehearsal) -> None:
        """Nobody else learns what was asked, whichever button is pressed."""
        asked = used(stage, play, play.alice, "ask", question=self.IN_DECEMBER, private=True).reply
        for button in ("any-date", "why", "more"):
            assert pressed(stage, play, play.alice, asked, button).reply.seen_only_by is play.alice


class TestWhy:
    """Why an answer is as it is."""

    def test_every_stage_is_told_to_whoever_pressed_alone(
        self, stage: Stage, play: Rehearsal, answer: Message
    ) -> None:
        """In that person's language, whoever asked, and after a restart."""
        stage.run(play.restart())
        bob = english(play)
        told = pressed(stage, play, bob, answer, "why")

        def heard() -> str:
            return "\n".join(message.content for message in told.messages).replace("\\", "")

        expected = (
            "Why this answer",
            "Search 1",
            "Near in meaning",
            "Shared words",
            "← quoted",
            "Judged: answers.",
        )
        # It may take several messages, which come one after the other.
        stage.run(play.discord.until(lambda: all(words in heard() for words in expected), PATIENCE))
        assert all(message.seen_only_by is bob for message in told.messages)
        assert "The index has changed" not in heard()

    def test_a_silence_is_explained_too(self, stage: Stage, play: Rehearsal) -> None:
        """Why nothing was quoted is what people wonder about most."""
        silent = used(stage, play, play.alice, "ask", question=NOT_COVERED).reply
        told = pressed(stage, play, play.alice, silent, "why")
        said = "\n".join(message.content for message in told.messages)
        assert "Probabilité d’une réponse" in said
        assert "← citée" not in said


class TestExport:
    """The evidence as files."""

    def test_the_evidence_comes_in_three_forms(self, stage: Stage, play: Rehearsal, answer: Message) -> None:
        """A researcher keeps quotes, places and digests in a note, a table and Zotero."""
        exported = pressed(stage, play, play.alice, answer, "export").reply
        files = {file.filename.rsplit(".", 1)[-1]: file.data.decode("utf-8-sig") for file in exported.files}
        assert set(files) == {"md", "csv", "ris"}
        assert PLANES_QUOTED in files["md"].replace("\\", "")
        rows = list(csv.DictReader(io.StringIO(files["csv"]), delimiter=";"))
        assert any(PLANES_QUOTED in value for value in rows[0].values())
        (first, *_) = rispy.loads(files["ris"])
        assert PLANES_QUOTED in str(first)

    def test_the_files_are_for_whoever_asked_for_them(
        self, stage: Stage, play: Rehearsal, answer: Message
    ) -> None:
        """Files in the channel would be in everybody's way."""
        assert pressed(stage, play, play.alice, answer, "export").reply.ephemeral


class TestAfterARestart:
    """Buttons outlive the process that made them."""

    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
    def test_old_buttons_work(
        self, stage: Stage, play: Rehearsal, answer: Message, how: signal.Signals
    ) -> None:
        """An answer stands for years in a channel; its buttons must not die with a deployment."""
        pressed(stage, play, play.alice, answer, "helpful")
        stage.run(play.restart(how))
        shown = pressed(stage, play, play.alice, answer, "1").reply
        assert "**" in shown.content
        assert pressed(stage, play, play.alice, answer, "export").reply.files
        assert pressed(stage, play, play.alice, answer, "more").reply.content

    def test_a_button_of_an_answer_that_is_gone_says_so(
        self, stage: Stage, play: Rehearsal, answer: Message
    ) -> None:
        """Answers are kept for ninety days; after that a press must not fall silent."""
        with closing(open_database(play.state)) as database:
            KeptAnswers(database).forget_before(datetime.now(UTC))
        for button in ("1", "more", "why", "export"):
            shown = pressed(stage, play, play.alice, answer, button).reply
            assert "reposez la question" in shown.content
            assert shown.ephemeral or button == "more"


def test_the_token_is_in_no_log_line(stage: Stage, play: Rehearsal) -> None:
    """Logs are kept, sent on and read by many."""
    assert play.bot.lines
    assert all(TOKEN not in line for line in play.bot.lines)


def test_nothing_was_refused_by_discord(play: Rehearsal) -> None:
    """A call that Discord refuses is a fault of ours, even where the person did not see it."""
    assert [call for call in play.discord.calls if call.status >= 400] == []
