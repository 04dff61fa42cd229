"""The simulated Discord's time, which tests move, and the ids that are made of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_SEQUENCE_BITS = 22


class Clock:
    """Real time, plus what a test has added to it."""

    def __init__(self) -> None:
        """Begin now."""
        self._ahead = timedelta()

    def advance(self, *, seconds: float) -> None:
        """Let time pass at once, for interactions and their tokens: nothing sleeps.

        Args:
            seconds: how many, not negative.
        """
        self._ahead += timedelta(seconds=seconds)

    def now(self) -> datetime:
        """Return the time there: aware, UTC."""
        return datetime.now(UTC) + self._ahead

    def tick(self) -> float:
        """Return real seconds on a monotonic clock that no test moves: for latencies."""
        return time.perf_counter()


class Snowflakes:
    """Discord's ids: milliseconds since 2015 and a number; later is larger.

    Args:
        clock: gives the time in an id.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin."""
        self._clock = clock
        self._last = 0

    def new(self) -> int:
        """Return an id that is larger than all before it."""
        milliseconds = (self._clock.now() - _EPOCH) // timedelta(milliseconds=1)
        self._last = max(self._last + 1, milliseconds << _SEQUENCE_BITS)
        return self._last
