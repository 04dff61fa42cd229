"""Who may ask now: a fair share for each person, and a queue that has an end."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.errors import AskedTooOften, ClosingDown, QueueFull

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

# People whose share is remembered before those who have all of it back are forgotten.
_REMEMBERED = 1000


class Turnstile:
    """Lets one question at a time through, in the order of coming.

    Each person has a bucket of questions that fills again steadily, so that a burst is allowed and a
    flood is not: https://en.wikipedia.org/wiki/Token_bucket

    Args:
        per_minute: questions that a person may ask in a minute, and at once.
        waiting: questions that may wait; another one is refused politely.
        clock: seconds, monotonic.
    """

    def __init__(self, *, per_minute: int, waiting: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nobody there."""
        self._per_minute = per_minute
        self._most_waiting = waiting
        self._clock = clock
        self._shares: dict[int, tuple[float, float]] = {}
        self._one = asyncio.Lock()
        self._inside = 0
        self._closing = False
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def inside(self) -> int:
        """Questions that wait or are being answered."""
        return self._inside

    @asynccontextmanager
    async def admitted(self, person: int) -> AsyncIterator[None]:
        """Count a person in for as long as the question takes, with or without a turn.

        Args:
            person: who asks.

        Raises:
            AskedTooOften: the person's share is used up.
            QueueFull: too many wait.
            ClosingDown: the bot is stopping.
        """
        self._admit(person)
        self._inside += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()

    @asynccontextmanager
    async def next(self) -> AsyncIterator[None]:
        """Wait for a turn, in the order of coming, and hold it; whoever waits was admitted."""
        async with self._one:
            yield

    @asynccontextmanager
    async def turn(self, person: int) -> AsyncIterator[None]:
        """Be admitted, wait for a turn, and hold it. Raises what :meth:`admitted` raises."""
        async with self.admitted(person), self.next():
            yield

    async def close(self, seconds: float) -> bool:
        """Take nobody in any more, and wait for those inside.

        Returns:
            Whether all were served within ``seconds``.
        """
        self._closing = True
        try:
            await asyncio.wait_for(self._empty.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def check_open(self) -> None:
        """Let pass until closing has begun.

        Raises:
            ClosingDown: it has.
        """
        if self._closing:
            msg = "Dateline is restarting: ask again in a minute."
            raise ClosingDown(msg)

    def _admit(self, person: int) -> None:
        self.check_open()
        if self._inside > self._most_waiting:
            msg = "Many questions are waiting: ask again in a minute."
            raise QueueFull(msg)
        self._charge(person)

    def _charge(self, person: int) -> None:
        now = self._clock()
        share = self._share(person, now)
        if share < 1:
            raise AskedTooOften(math.ceil((1 - share) * 60 / self._per_minute))
        self._shares[person] = (share - 1, now)
        if len(self._shares) > _REMEMBERED:
            full = [who for who in self._shares if self._share(who, now) >= self._per_minute]
            for who in full:
                del self._shares[who]

    def _share(self, person: int, now: float) -> float:
        left, at = self._shares.get(person, (float(self._per_minute), now))
        return min(self._per_minute, left + (now - at) * self._per_minute / 60)
