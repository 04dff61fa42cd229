"""The desk with a chat model: its words where sources carry them, the quotes where it is away."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.answering.generation import Composer
from bot.errors import ChatModelDown
from bot.keeping.database import open_database
from bot.types import Answer
from tests.bot.answering.test_generation import QUOTED, TRUE, WRONG, ScriptedModel
from tests.bot.desks import Shelf, asking, desk_over
from tests.factories import make_article
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from bot.desk import Desk
    from bot.types import Kept

QUESTION = "Combien coûteront les travaux du pont d'Orvanne ?"
THREAD = 70_000_000_000_000_005


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return what a bot remembers that has only just begun."""
    with closing(open_database(tmp_path / "bot.db")) as opened:
        yield opened


def desk_with(model: ScriptedModel, database: sqlite3.Connection) -> Desk:
    """Return a desk over one article whose answers a model writes."""
    composer = Composer(model, FakeEmbedder(), tokens=20_000)
    return desk_over(Shelf((make_article(),)), database, composer=composer)


def said(kept: Kept) -> tuple[str, ...]:
    """Return the statements of an answer that must be one."""
    assert isinstance(kept.answer, Answer), kept.answer
    return tuple(statement.text for statement in kept.answer.statements)


def test_what_the_sources_carry_is_said_in_the_models_words(database: sqlite3.Connection) -> None:
    """The wrong amount is dropped and counted; the right one is shown with the words that carry it."""
    desk = desk_with(ScriptedModel(f"{TRUE} {WRONG}", ""), database)
    kept = asyncio.run(desk.ask(asking(QUESTION)))
    assert isinstance(kept.answer, Answer)
    assert kept.answer.mode == "generated"
    assert said(kept) == (TRUE.replace(" [{}]", ""),)
    assert sum(dropped.sentences for dropped in kept.answer.dropped) == 1
    assert desk.kept(kept.key) == kept


def test_quotes_stand_in_for_a_model_that_is_away(database: sqlite3.Connection) -> None:
    """A provider's bad day must not leave people without an answer."""
    desk = desk_with(ScriptedModel(ChatModelDown("The chat model does not answer.")), database)
    kept = asyncio.run(desk.ask(asking(QUESTION)))
    assert isinstance(kept.answer, Answer)
    assert (kept.answer.mode, kept.answer.fallback) == ("quotes", "down")


def test_a_follow_up_is_rewritten_and_what_it_became_is_kept(database: sqlite3.Connection) -> None:
    """The reader must see what was searched for “Et qui l'a dit ?”."""
    alone = "Qui a dit que le pont d'Orvanne ne pouvait plus attendre ?"
    model = ScriptedModel(TRUE, alone, QUOTED)
    desk = desk_with(model, database)

    async def talk() -> Kept:
        first = await desk.ask(asking(QUESTION, places=(THREAD,)))
        desk.stands_at(first.key, THREAD)
        return await desk.ask(asking("Et qui l'a dit ?", places=(THREAD,)))

    kept = asyncio.run(talk())
    assert kept.asked == "Et qui l'a dit ?"
    assert kept.query.text == alone
    assert QUESTION in str(model.sent[1])


def test_a_model_is_told_of_several_turns_of_a_conversation(database: sqlite3.Connection) -> None:
    """“Et là-bas ?” may mean what was asked two questions ago."""
    second, third = "Qui a dit que le pont d'Orvanne ne pouvait plus attendre ?", "Où est le pont d'Orvanne ?"
    model = ScriptedModel(TRUE, second, QUOTED, third, QUOTED)
    desk = desk_with(model, database)

    async def talk() -> None:
        for text in (QUESTION, "Et qui l'a dit ?", "Et où ?"):
            kept = await desk.ask(asking(text, places=(THREAD,)))
            desk.stands_at(kept.key, THREAD)

    asyncio.run(talk())
    told = str(model.sent[3])
    assert told.index(QUESTION) < told.index(second)


def test_a_slow_model_does_not_keep_others_from_the_index(database: sqlite3.Connection) -> None:
    """A model may take a minute: whoever looks something up meanwhile must not wait for it."""
    wait = asyncio.Event()

    class Slow(ScriptedModel):
        async def write(self, messages, spent):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # as above, later
            await wait.wait()
            async for piece in super().write(messages, spent):
                yield piece

    desk = desk_with(Slow(TRUE), database)

    async def both() -> tuple[tuple[str, ...], Kept]:
        question = asyncio.create_task(desk.ask(asking(QUESTION)))
        async with asyncio.timeout(20):
            while not desk.waiting:  # noqa: ASYNC110  # until it is admitted
                await asyncio.sleep(0)
            outlets = await desk.publishers()
            assert not question.done()
            wait.set()
            return outlets, await question

    outlets, kept = asyncio.run(both())
    assert outlets == ("Le Courrier d'Orvanne",)
    assert said(kept)
