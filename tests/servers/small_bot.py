"""A bot without Discord: asks the shared index again and again, and prints each answer as a line of JSON.

    DATELINE_DATABASE_URL=… DATELINE_CHROMA_URL=… python -m tests.servers.small_bot

It ends when its input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from typing import TYPE_CHECKING

from bot.current_index import CurrentIndex
from bot.reading_room import ReadingRoom, finished
from bot.rendering.refusals import refusal
from bot.settings import BotSettings
from bot.turnstile import Turnstile
from index.errors import DatelineError
from index.settings import load_settings
from index.wiring import open_retriever, published_by
from tests.factories import make_query
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from index.protocols import Retriever

QUESTION = "Combien coûteront les travaux du pont ?"
_SECONDS_BETWEEN = 0.05


def _answer(retriever: Retriever) -> dict[str, object]:
    hits = retriever.retrieve(make_query(QUESTION, top_k=50))
    articles = [retriever.article(hit.passage.article_id) for hit in hits]
    return {"generation": retriever.generation.generation_id, "texts": [article.text for article in articles]}


async def _ask(room: ReadingRoom) -> dict[str, object]:
    try:
        async with room.turn(1) as retriever:
            return await finished(asyncio.to_thread(_answer, retriever))
    except DatelineError as error:
        (said,) = refusal(error, "fr", reference="7f3a")
        return {"refused": said.content, "error": type(error).__name__}


async def _run(ended: threading.Event) -> None:
    settings = load_settings(BotSettings)
    fake = FakeEmbedder()
    index = CurrentIndex(published_by(settings), lambda: open_retriever(settings, fake))
    room = ReadingRoom(index, Turnstile(per_minute=100_000, waiting=10))
    while not ended.is_set():
        print(json.dumps(await _ask(room)), flush=True)  # noqa: T201  # the test reads it
        await asyncio.sleep(_SECONDS_BETWEEN)
    await room.close(5)


def _wait_for_the_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    end = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=(end,), daemon=True).start()
    asyncio.run(_run(end))
