"""One at a time at the index: nothing reads on while it changes over, and nobody opens it after closing."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from bot.current_index import CurrentIndex
from bot.errors import ClosingDown, QueueFull
from bot.reading_room import ReadingRoom, finished
from bot.turnstile import Turnstile
from tests.bot.desks import Shelf
from tests.factories import make_article

if TYPE_CHECKING:
    from index.protocols import Retriever


def _room(shelf: Shelf) -> ReadingRoom:
    return ReadingRoom(CurrentIndex(shelf.published_id, shelf.open), Turnstile(per_minute=100, waiting=100))


def _generation(retriever: Retriever) -> str:
    return retriever.generation.generation_id


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_look_up_waits_for_the_question_that_is_being_answered_and_not_for_those_behind_it() -> None:
    """Somebody is typing, and forty questions wait."""

    async def scenario() -> None:
        room, order = _room(Shelf((make_article(),))), []
        may_go = asyncio.Event()

        async def ask(person: int) -> None:
            async with room.turn(person):
                await may_go.wait()
                order.append(f"question {person}")

        async def look() -> None:
            await room.look(_generation)
            order.append("look")

        first = asyncio.create_task(ask(1))
        await room.look(_generation)  # the first question holds the index after this
        await _settle()
        others = [asyncio.create_task(ask(2)), asyncio.create_task(look()), asyncio.create_task(ask(3))]
        await _settle()
        assert order == []
        may_go.set()
        await asyncio.gather(first, *others)
        assert order.index("look") < order.index("question 3")

    asyncio.run(scenario())


def test_what_is_looked_up_past_the_queue_has_an_end_too() -> None:
    """Autocompletion asks at each letter: what would come too late is refused at once."""

    async def scenario() -> None:
        room = _room(Shelf((make_article(),)))
        async with room.turn(1):
            looks = [asyncio.create_task(room.look(_generation)) for _ in range(30)]
            await _settle()
            late = asyncio.create_task(room.look(_generation))
            await _settle()
            refused_at_once = late.done()
        with pytest.raises(QueueFull):
            await late
        assert refused_at_once
        assert set(await asyncio.gather(*looks)) == {"generation-1"}
        assert await room.look(_generation) == "generation-1"

    asyncio.run(scenario())


def test_closing_refuses_look_ups_and_opens_nothing_again() -> None:
    """One that waited while the last question was answered would keep files open for ever."""

    async def scenario() -> None:
        shelf = Shelf((make_article(),))
        room = _room(shelf)
        async with room.turn(1):
            waiting = asyncio.create_task(room.look(_generation))
            await _settle()
            closing = asyncio.create_task(room.close(60))
            await _settle()
        assert await closing
        with pytest.raises(ClosingDown):
            await waiting
        with pytest.raises(ClosingDown):
            await room.look(_generation)
        assert [retriever.is_closed for retriever in shelf.opened] == [True]

    asyncio.run(scenario())


def test_an_index_that_is_in_use_is_not_closed() -> None:
    """When time is up the question in flight goes on as far as the process lets it."""

    async def scenario() -> None:
        shelf = Shelf((make_article(),))
        room = _room(shelf)
        async with room.turn(1):
            assert not await room.close(0.01)
            assert not shelf.opened[0].is_closed

    asyncio.run(scenario())


def test_work_that_nobody_waits_for_is_finished_before_the_next_begins() -> None:
    """A thread cannot be stopped: the index must not change over under it."""

    async def scenario() -> None:
        may_go, order = threading.Event(), []

        def work() -> None:
            may_go.wait()
            order.append("ended")

        async def ask() -> None:
            try:
                await finished(asyncio.to_thread(work))
            finally:
                order.append("left")

        task = asyncio.create_task(ask())
        await _settle()
        task.cancel()
        await _settle()
        before = list(order)
        may_go.set()  # whatever the outcome: the thread waits for it
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (before, order) == ([], ["ended", "left"])

    asyncio.run(scenario())
