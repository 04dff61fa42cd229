"""A fair share for each person, a queue that has an end, and nobody forgotten at closing time."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AskedTooOften, ClosingDown, QueueFull
from bot.turnstile import Turnstile


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


async def _pass(turnstile: Turnstile, person: int = 1) -> None:
    async with turnstile.turn(person):
        pass


def test_a_burst_passes_and_the_next_question_is_told_when_to_come() -> None:
    """Three a minute: three at once, and the fourth in twenty seconds."""

    async def scenario() -> None:
        turnstile = Turnstile(per_minute=3, waiting=10, clock=Clock())
        for _ in range(3):
            await _pass(turnstile)
        with pytest.raises(AskedTooOften) as refused:
            await _pass(turnstile)
        assert refused.value.seconds == 20

    asyncio.run(scenario())


def test_the_share_of_one_person_is_not_anothers() -> None:
    """Who has asked too often holds nobody else up."""

    async def scenario() -> None:
        turnstile = Turnstile(per_minute=1, waiting=10, clock=Clock())
        await _pass(turnstile, person=1)
        await _pass(turnstile, person=2)

    asyncio.run(scenario())


@given(st.lists(st.floats(min_value=0, max_value=100), max_size=60), st.integers(min_value=1, max_value=10))
def test_nobody_passes_more_often_than_a_burst_and_the_rate(pauses: list[float], rate: int) -> None:
    """Whatever the pauses: in t seconds at most one burst and t/60 of the rate pass."""

    async def scenario() -> None:
        clock = Clock()
        turnstile = Turnstile(per_minute=rate, waiting=10, clock=clock)
        passed = 0
        for pause in pauses:
            clock.now += pause
            try:
                await _pass(turnstile)
            except AskedTooOften:
                continue
            passed += 1
        assert passed <= rate + clock.now * rate / 60 + 1e-6

    asyncio.run(scenario())


def test_waiting_the_seconds_that_were_told_is_enough() -> None:
    """A person who obeys must not be refused again."""

    async def scenario() -> None:
        clock = Clock()
        turnstile = Turnstile(per_minute=7, waiting=10, clock=clock)
        for _ in range(7):
            await _pass(turnstile)
        with pytest.raises(AskedTooOften) as refused:
            await _pass(turnstile)
        clock.now += refused.value.seconds
        await _pass(turnstile)

    asyncio.run(scenario())


def test_one_at_a_time_in_the_order_of_coming_and_no_more_than_may_wait() -> None:
    """Two wait while one is served; another is refused, and the order is kept."""

    async def scenario() -> None:
        turnstile = Turnstile(per_minute=5, waiting=2, clock=Clock())
        served: list[int] = []
        may_go = asyncio.Event()

        async def ask(person: int) -> None:
            async with turnstile.turn(person):
                served.append(person)
                await may_go.wait()

        tasks = [asyncio.create_task(ask(person)) for person in (1, 2, 3)]
        await asyncio.sleep(0)
        assert (served, turnstile.inside) == ([1], 3)
        with pytest.raises(QueueFull):
            await ask(4)
        may_go.set()
        await asyncio.gather(*tasks)
        assert (served, turnstile.inside) == ([1, 2, 3], 0)

    asyncio.run(scenario())


def test_a_refused_question_costs_no_share() -> None:
    """Who met a full queue may ask as soon as there is room."""

    async def scenario() -> None:
        turnstile = Turnstile(per_minute=1, waiting=1, clock=Clock())
        may_go = asyncio.Event()

        async def hold(person: int) -> None:
            async with turnstile.turn(person):
                await may_go.wait()

        tasks = [asyncio.create_task(hold(person)) for person in (1, 2)]
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await _pass(turnstile, person=3)
        may_go.set()
        await asyncio.gather(*tasks)
        await _pass(turnstile, person=3)

    asyncio.run(scenario())


def test_closing_serves_those_inside_and_takes_nobody_else() -> None:
    """A stop loses no question that was taken."""

    async def scenario() -> None:
        turnstile = Turnstile(per_minute=5, waiting=5, clock=Clock())
        may_go = asyncio.Event()
        served: list[int] = []

        async def ask(person: int) -> None:
            async with turnstile.turn(person):
                await may_go.wait()
                served.append(person)

        tasks = [asyncio.create_task(ask(person)) for person in (1, 2)]
        await asyncio.sleep(0)
        closing = asyncio.create_task(turnstile.close(60))
        await asyncio.sleep(0)
        with pytest.raises(ClosingDown):
            await ask(3)
        may_go.set()
        assert await closing
        await asyncio.gather(*tasks)
        assert served == [1, 2]

    asyncio.run(scenario())


def test_closing_does_not_wait_for_ever() -> None:
    """A question that hangs must not keep the bot from stopping."""

    async def scenario() -> None:
        turnstile = Turnstile(per_minute=5, waiting=5, clock=Clock())
        async with turnstile.turn(1):
            assert not await turnstile.close(0.01)

    asyncio.run(scenario())


def test_people_who_have_their_whole_share_back_are_forgotten() -> None:
    """A bot that runs for weeks must not remember everybody who ever asked."""

    async def scenario() -> None:
        clock = Clock()
        turnstile = Turnstile(per_minute=6, waiting=5, clock=clock)
        for person in range(5000):
            clock.now += 1
            await _pass(turnstile, person)
        assert len(turnstile._shares) <= 1001

    asyncio.run(scenario())
