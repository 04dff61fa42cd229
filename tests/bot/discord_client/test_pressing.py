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
from tests.bot.discord_client.test_asking import PLANES, PLANES_QUOTED, english, used

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
        shown = pressed(stage, play, play.alice, answer, "1").reply
        assert "reposez la question" in shown.content
        assert shown.ephemeral


def test_the_token_is_in_no_log_line(stage: Stage, play: Rehearsal) -> None:
    """Logs are kept, sent on and read by many."""
    assert play.bot.lines
    assert all(TOKEN not in line for line in play.bot.lines)
