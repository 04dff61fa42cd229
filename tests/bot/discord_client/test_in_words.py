"""Answers in a chat model's words, with `python -m bot` in a simulated Discord and a server of words on loopback."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.chat_server import ScriptedServer, serving
from tests.bot.discord_client.rehearsal import PATIENCE, rehearsal
from tests.bot.discord_client.test_asking import PLANES, PLANES_QUOTED

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import web

    from tests.discord_simulator import Message

pytestmark = pytest.mark.slow

TRUE = "Selon les services américains, l’Iran pourrait recevoir en 2023 des avions de combat Su-35"
WRONG = "Selon les services américains, l’Iran a reçu en 2023 cent avions de combat Su-35"


class WellRead(ScriptedServer):
    """A server that names the source that it writes from, as a model would."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer with one sentence that the source carries, and one that it does not."""
        asked: dict[str, Any] = await request.json()
        prompt = "\n".join(message["content"] for message in asked["messages"])
        sources = re.findall(r'<source[^>]*"(\d+)"[^>]*>(.*?)</source', prompt, re.DOTALL)
        label = next((number for number, words in sources if PLANES_QUOTED in words), "1")
        self.answer = f"{TRUE} [{label}]. {WRONG} [{label}]."
        return await super().handle(request)


def asked(server: ScriptedServer, index: Path, state: Path) -> Message:
    """Return what is answered while a server writes."""

    async def scene() -> Message:
        async with serving(server) as url:
            settings = {"chat_model": "openai:scripted", "chat_base_url": url, "chat_retries": "0"}
            async with rehearsal(index, state, **settings) as play:
                used = play.discord.use(play.alice, play.channel, "ask", question=PLANES)
                return (await used.settled(PATIENCE)).reply

    return asyncio.run(scene())


def test_what_the_source_carries_is_said_and_what_it_does_not_is_not(
    sample_index: Path, tmp_path: Path
) -> None:
    """A model that invents a delivery must not have it said by Dateline."""
    content = asked(WellRead(), sample_index, tmp_path / "bot.db").content.replace("\\", "")
    assert TRUE in content
    assert "cent avions" not in content
    assert PLANES_QUOTED in next(line for line in content.splitlines() if line.startswith("> "))
    assert "openai:scripted" in content


def test_a_server_that_fails_costs_nobody_an_answer(sample_index: Path, tmp_path: Path) -> None:
    """The quotes are there without it, and people are told why they are shown."""
    message = asked(ScriptedServer(status=500), sample_index, tmp_path / "bot.db")
    assert PLANES_QUOTED in message.content
    assert "voici des citations" in message.content.replace("\u00a0", " ")
