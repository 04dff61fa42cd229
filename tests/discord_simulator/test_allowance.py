"""How many calls are taken, and when it strikes: clocks, allowances and rules for faults."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_simulator.allowance import Allowance
from tests.discord_simulator.bell import Bell
from tests.discord_simulator.clock import Clock, Snowflakes
from tests.discord_simulator.faults import Faults


@given(st.lists(st.floats(min_value=0, max_value=2), max_size=60), st.integers(min_value=1, max_value=5))
def test_no_second_takes_more_calls_than_allowed(pauses: list[float], most: int) -> None:
    """Whatever the pauses, and waiting the seconds that were told is enough."""
    allowance, now = Allowance(most, 1), 0.0
    taken: list[float] = []
    for pause in pauses:
        now += pause
        wait = allowance.take(now)
        if wait:
            now += wait + 1e-9
            assert allowance.take(now) == 0
        taken.append(now)
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(taken, taken[most:], strict=False))


def test_a_ban_needs_many_invalid_calls_in_ten_minutes() -> None:
    """Old ones are forgotten."""
    allowance, start = Allowance(50, 3), datetime(2026, 1, 1, tzinfo=UTC)
    for minutes in (0, 9, 11):
        allowance.note_invalid(start + timedelta(minutes=minutes))
    assert not allowance.is_banned(start + timedelta(minutes=11))
    allowance.note_invalid(start + timedelta(minutes=12))
    assert allowance.is_banned(start + timedelta(minutes=12))


def test_a_rule_strikes_the_calls_it_is_for_as_often_as_it_says() -> None:
    """Every third of a route, twice at most."""
    faults = Faults()
    rule = faults.add(429, every=3, routes=("POST /channels/*/messages",), times=2)
    struck = [faults.strike("POST /channels/1/messages") is rule for _ in range(12)]
    assert [number for number, each in enumerate(struck, 1) if each] == [3, 6]
    assert faults.strike("GET /channels/1/messages") is None
    assert faults.served == {429: 2}
    faults.add(500)
    faults.clear()
    assert faults.strike("GET /users/@me") is None


def test_the_first_rule_that_strikes_is_served() -> None:
    """Each counts the calls that come to it."""
    faults = Faults()
    faults.add(429, every=3)
    faults.add(502, every=5)
    served = [fault.status if (fault := faults.strike("GET /x")) else 0 for _ in range(8)]
    assert served == [0, 0, 429, 0, 0, 429, 502, 0]


@given(st.lists(st.floats(min_value=0, max_value=100), max_size=30))
def test_a_later_id_is_larger(steps: list[float]) -> None:
    """Clients sort by them, and read the time in them."""
    clock = Clock()
    ids = Snowflakes(clock)
    made = [ids.new()]
    for step in steps:
        clock.advance(seconds=step)
        made.append(ids.new())
    assert made == sorted(set(made))
    told = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(milliseconds=made[-1] >> 22)
    assert abs(told - clock.now()) < timedelta(seconds=5)


def test_the_bell_lets_all_who_wait_look_again() -> None:
    """Nobody is forgotten, and nobody waits for ever."""

    async def scenario() -> None:
        bell, rung = Bell(), list[int]()
        waiting = [asyncio.create_task(bell.wait_for(lambda: list(rung), 20)) for _ in range(3)]
        await asyncio.sleep(0)
        bell.ring()
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)
        rung.append(1)
        bell.ring()
        assert await asyncio.gather(*waiting) == [[1]] * 3
        with pytest.raises(TimeoutError):
            await bell.wait_for(lambda: False, 0.01)

    asyncio.run(scenario())
