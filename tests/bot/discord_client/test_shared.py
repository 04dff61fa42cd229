"""The bot in Discord over a collection that machines share: PostgreSQL and a Chroma server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: pip install -e '.[shared]'")

from pydantic import SecretStr

from bot.settings import BotSettings
from index.build_wiring import build_index
from index.sample_coverage import ARTICLES
from index.settings import load_settings
from tests.bot.discord_client.rehearsal import PATIENCE, rehearsal
from tests.bot.discord_client.test_asking import PLANES, PLANES_QUOTED
from tests.bot.test_shared_collection import POLITE
from tests.builds import no_progress
from tests.servers.cable import Cable
from tests.servers.postgres import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.discord_client.rehearsal import Rehearsal
    from tests.servers.chroma import RunningChroma
    from tests.servers.postgres import PostgresServer

pytestmark = pytest.mark.slow

CLOCK = "Combien a coûté la restauration de la grande horloge ?"
ARTICLE = (
    "Le musée de Calvières rouvre\n\nLe musée des Automates de Calvières a rouvert ses portes samedi. "
    "La restauration de la grande horloge a coûté 740 000 euros, selon la conservatrice."
)


async def asked(play: Rehearsal, question: str) -> str:
    """Return what the bot answers."""
    interaction = play.discord.use(play.alice, play.channel, "ask", question=question)
    return (await interaction.settled(PATIENCE)).reply.content


async def answered(play: Rehearsal, question: str, words: str) -> str:
    """Ask until the answer holds certain words; return the first answer."""
    first = said = await asked(play, question)
    async with asyncio.timeout(PATIENCE):
        while words not in said:
            await asyncio.sleep(1)
            said = await asked(play, question)
    return first


def test_people_are_answered_from_what_machines_share(
    postgres: PostgresServer, chroma_server: RunningChroma, tmp_path: Path
) -> None:
    """A new generation is taken up; cut off from the database, the bot is polite, and comes back by itself."""
    postgres.make_database("discord")
    builder = load_settings(
        BotSettings,
        index_dir=tmp_path / "builder",
        database_url=SecretStr(postgres.address("discord")),
        chroma_url=chroma_server.url,
    )
    news = tmp_path / "musee.txt"
    news.write_text(ARTICLE, encoding="utf-8")
    build_index(builder, [ARTICLES], no_progress)
    cable = Cable(postgres.port)
    shared = {
        "database_url": postgres.address("discord", port=cable.port),
        "chroma_url": chroma_server.url,
        "questions_per_minute": "600",
    }

    async def scene() -> list[str]:
        async with rehearsal(tmp_path / "bot", tmp_path / "bot.db", **shared) as play:
            before = await asked(play, PLANES)
            await asyncio.to_thread(build_index, builder, [ARTICLES, news], no_progress)
            await answered(play, CLOCK, "740 000 euros")
            cable.pull_out()
            away = await asked(play, PLANES)
            cable.plug_in()
            await answered(play, PLANES, PLANES_QUOTED)
            return [before, away, "\n".join(play.bot.lines)]

    before, away, log = asyncio.run(scene())
    cable.pull_out()
    assert PLANES_QUOTED in before
    assert away.splitlines()[0] == POLITE
    assert PASSWORD not in log
