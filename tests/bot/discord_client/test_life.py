"""The bot's life: started, fed with a new index, cut off, slowed down, stopped and killed."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from bot.settings import BotSettings
from index.build_wiring import build_index
from index.settings import load_settings
from index.storage.layout import IndexFiles
from tests.bot.discord_client.rehearsal import PATIENCE, TOKEN, BotProcess, rehearsal
from tests.bot.discord_client.test_asking import PLANES, PLANES_QUOTED
from tests.builds import no_progress
from tests.discord_simulator import DiscordSimulator

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def published(folder: Path) -> str | None:
    """Return which generation is published."""
    return IndexFiles(folder).published_id()


class TestIndex:
    """The index under a running bot."""

    def test_a_new_index_is_taken_up_without_a_restart(self, sample_index: Path, tmp_path: Path) -> None:
        """The nightly build must reach people, and nobody restarts a bot at night."""
        index = shutil.copytree(sample_index, tmp_path / "index")
        (tmp_path / "news").mkdir()
        article = "Le musée de Calvières rouvre\n\nLe musée des Automates de Calvières a rouvert ses portes samedi. "
        article += "La restauration de la grande horloge a coûté 740 000 euros, selon la conservatrice."
        (tmp_path / "news" / "musee.txt").write_text(article, encoding="utf-8")
        question = "Combien a coûté la restauration de la grande horloge ?"

        async def scene() -> tuple[str, str]:
            async with rehearsal(index, tmp_path / "bot.db") as play:
                before = await play.discord.use(play.alice, play.channel, "ask", question=question).settled(
                    PATIENCE
                )
                settings = load_settings(BotSettings, index_dir=index)
                await asyncio.to_thread(build_index, settings, [tmp_path / "news"], no_progress)
                after = await play.discord.use(play.alice, play.channel, "ask", question=question).settled(
                    PATIENCE
                )
                return before.reply.content, after.reply.content

        before, after = asyncio.run(scene())
        assert "740 000" not in before
        assert "740 000 euros" in after

    def test_without_an_index_people_are_told_politely(self, tmp_path: Path) -> None:
        """The person asking cannot build it, and paths of the machine are none of their business."""

        async def scene() -> str:
            async with rehearsal(tmp_path / "none", tmp_path / "bot.db") as play:
                asked = await play.discord.use(play.alice, play.channel, "ask", question=PLANES).settled(
                    PATIENCE
                )
                return asked.reply.content

        said = asyncio.run(scene())
        assert said
        assert str(tmp_path) not in said


class TestStopping:
    """Stopping, dying and coming back."""

    def test_what_is_in_flight_is_answered_before_it_stops(self, sample_index: Path, tmp_path: Path) -> None:
        """A deployment must not eat anybody's question."""

        async def scene() -> tuple[int, str]:
            async with rehearsal(sample_index, tmp_path / "bot.db") as play:
                asked = play.discord.use(play.alice, play.channel, "ask", question=PLANES)
                await play.discord.until(lambda: asked.acknowledged_at, PATIENCE)
                status = await play.bot.stop(signal.SIGTERM)
                return status, asked.reply.content

        status, content = asyncio.run(scene())
        assert status == 0
        assert PLANES_QUOTED in content

    def test_commands_are_synced_when_their_shape_changes_and_not_otherwise(
        self, sample_index: Path, tmp_path: Path
    ) -> None:
        """Discord allows two hundred creations a day: a bot that syncs at each start runs dry."""

        async def scene() -> tuple[int, int]:
            async with rehearsal(sample_index, tmp_path / "bot.db") as play:
                first = _syncs(play.discord)
                await play.restart(signal.SIGKILL)
                return first, _syncs(play.discord)

        assert asyncio.run(scene()) == (1, 1)

    def test_a_supervisor_sees_whether_it_is_well(self, sample_index: Path, tmp_path: Path) -> None:
        """A bot that lost its connection looks alive to ps."""
        health = tmp_path / "health.json"

        async def scene() -> dict[str, object]:
            async with rehearsal(sample_index, tmp_path / "bot.db", health_file=str(health)) as play:
                await play.discord.until(lambda: play.discord.gateway.connected, PATIENCE)
                async with asyncio.timeout(PATIENCE):
                    while not health.exists() or not json.loads(health.read_text())["connected"]:  # noqa: ASYNC110  # a file rings no bell
                        await asyncio.sleep(0.2)
                said: dict[str, object] = json.loads(health.read_text())
                await play.bot.stop()
                return said

        said = asyncio.run(scene())
        assert said["connected"] is True
        assert said["servers"] == 1
        assert not health.exists()

    def test_a_token_that_is_not_known_is_told_in_one_line(self, sample_index: Path, tmp_path: Path) -> None:
        """Who sets the bot up must learn what to mend, without a traceback, and without the token."""

        async def scene() -> tuple[int, list[str]]:
            async with DiscordSimulator(token=TOKEN) as discord:
                bot = BotProcess(
                    {
                        "DATELINE_DISCORD_TOKEN": "another.t0ken.altogether",
                        "DATELINE_DISCORD_API_URL": discord.api_url,
                        "DATELINE_DISCORD_GATEWAY_URL": discord.gateway_url,
                        "DATELINE_INDEX_DIR": str(sample_index),
                        "DATELINE_STATE_FILE": str(tmp_path / "bot.db"),
                    }
                )
                await bot.start()
                return await bot.ended(), bot.lines

        status, lines = asyncio.run(scene())
        assert status == 1
        assert "DATELINE_DISCORD_TOKEN" in lines[-1]
        assert not any("another.t0ken.altogether" in line for line in lines)


class TestManners:
    """Fair shares, and a bad day of Discord's."""

    def test_a_person_in_a_hurry_is_asked_to_wait(self, sample_index: Path, tmp_path: Path) -> None:
        """One person must not keep the bot from everybody else."""

        async def scene() -> list[str]:
            async with rehearsal(sample_index, tmp_path / "bot.db", questions_per_minute="2") as play:
                asked = [play.discord.use(play.alice, play.channel, "ask", question=PLANES) for _ in range(4)]
                return [(await each.settled(PATIENCE)).reply.content for each in asked]

        said = asyncio.run(scene())
        assert sum(PLANES_QUOTED in content for content in said) == 2
        refused = [content for content in said if PLANES_QUOTED not in content]
        assert all(re.search(r"dans \d+\s+s\b", content) for content in refused)

    def test_a_long_queue_is_said_to_be_long(self, sample_index: Path, tmp_path: Path) -> None:
        """A question that would wait for minutes is better asked again."""

        async def scene() -> list[str]:
            async with rehearsal(sample_index, tmp_path / "bot.db", waiting_questions="2") as play:
                people = [
                    play.discord.add_person(f"p{n}", locale="fr", guilds=(play.guild,)) for n in range(8)
                ]
                asked = [play.discord.use(each, play.channel, "ask", question=PLANES) for each in people]
                return [(await each.settled(PATIENCE)).reply.content for each in asked]

        said = asyncio.run(scene())
        assert all(said)
        assert 0 < sum(PLANES_QUOTED in content for content in said) < 8

    def test_nothing_is_lost_on_a_bad_day(self, sample_index: Path, tmp_path: Path) -> None:
        """The gateway drops, every third call comes too early and every tenth fails: all are answered once."""

        async def scene() -> list[str]:
            async with rehearsal(sample_index, tmp_path / "bot.db", questions_per_minute="600") as play:
                play.discord.faults.add(429, every=3)
                play.discord.faults.add(503, every=10)
                said = []
                for number in range(12):
                    asked = play.discord.use(play.alice, play.channel, "ask", question=PLANES)
                    if number % 4 == 0:
                        play.discord.gateway.drop()
                    said.append((await asked.settled(PATIENCE)).reply.content)
                play.discord.faults.clear()
                return said

        said = asyncio.run(scene())
        assert len(said) == 12
        assert all(PLANES_QUOTED in content for content in said)

    def test_every_log_line_is_an_object_without_the_question(
        self, sample_index: Path, tmp_path: Path
    ) -> None:
        """Logs are for machines, and what people ask is not for the log."""

        async def scene() -> list[str]:
            async with rehearsal(sample_index, tmp_path / "bot.db") as play:
                await play.discord.use(play.alice, play.channel, "ask", question=PLANES).settled(PATIENCE)
                await play.bot.stop()
                return play.bot.lines

        lines = asyncio.run(scene())
        assert {json.loads(line)["level"] for line in lines} <= {"info", "warning"}
        assert any(json.loads(line)["message"] == "question answered" for line in lines)
        assert not any("avions" in line or "alice" in line for line in lines)


def _syncs(discord: DiscordSimulator) -> int:
    return sum(call.method == "PUT" and call.path.endswith("/commands") for call in discord.calls)
