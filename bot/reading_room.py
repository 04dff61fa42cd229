"""The published index, used by one at a time: questions in their turn, what is looked up past the queue."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from bot.errors import QueueFull
from index.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.current_index import CurrentIndex
    from bot.turnstile import Turnstile
    from index.protocols import Retriever

_log = logging.getLogger(__name__)
_Found = TypeVar("_Found")
# Each letter that somebody types asks for a list; what would come too late is not looked up at all.
_MOST_LOOKS = 30


class ReadingRoom:
    """Lets questions and look-ups at the index, each alone: finding and encoding use all cores already.

    Two queues stand before it. Questions are answered one by one behind the turnstile; what is looked
    up waits for the one that is being answered, never for those behind it.

    Args:
        index: the published generation.
        turnstile: who may ask now.
    """

    def __init__(self, index: CurrentIndex, turnstile: Turnstile) -> None:
        """Keep both; nothing is opened here."""
        self._index = index
        self._turnstile = turnstile
        self._at_the_index = asyncio.Lock()
        self._looks = 0

    @property
    def waiting(self) -> int:
        """Questions that wait or are being answered."""
        return self._turnstile.inside

    @asynccontextmanager
    async def turn(self, person: int) -> AsyncIterator[Retriever]:
        """Wait for a turn, and hold the index: whatever is published meanwhile, it is one generation.

        What is done with the retriever goes through :func:`finished`.

        Args:
            person: who asks.

        Raises:
            DeskRefused: not now.
            CollectionError: the index cannot be opened.
            ModelError: the model cannot be used.
        """
        async with self.admitted(person), self.seat() as retriever:
            yield retriever

    def admitted(self, person: int) -> AbstractAsyncContextManager[None]:
        """Return what counts a person in; what takes long without the index is done there, not in the seat.

        Args:
            person: who asks.

        Raises:
            DeskRefused: on entering: not now.
        """
        return self._turnstile.admitted(person)

    @asynccontextmanager
    async def seat(self) -> AsyncIterator[Retriever]:
        """Wait for a turn of somebody who was admitted, and hold the index, as :meth:`turn` does."""
        async with self._turnstile.next(), self._at_the_index:
            yield await finished(asyncio.to_thread(self._index.retriever))

    async def look(self, look: Callable[[Retriever], _Found]) -> _Found:
        """Look something up: it takes milliseconds, and somebody is typing.

        Args:
            look: called in a thread of its own.

        Raises:
            DeskRefused: not now.
            CollectionError: the index cannot be used, or does not hold what is looked up.
            ModelError: the model cannot be used.
        """
        if self._looks >= _MOST_LOOKS:
            msg = "Many questions are waiting: ask again in a minute."
            raise QueueFull(msg)
        self._looks += 1
        try:
            async with self._at_the_index:
                self._turnstile.check_open()  # a look-up that waited must not open again what was closed
                return await finished(asyncio.to_thread(lambda: look(self._index.retriever())))
        finally:
            self._looks -= 1

    async def warm_up(self) -> None:
        """Open the index and the model before the first question; what is wrong is said when somebody asks."""
        try:
            await self.look(lambda found: found.nearness("?", ()))
        except DatelineError as error:
            _log.warning("%s", error)

    async def close(self, seconds: float) -> bool:
        """Take no more questions, finish those taken, let go of the index.

        Returns:
            Whether all were answered within ``seconds``; else the index stays open for them.
        """
        served = await self._turnstile.close(seconds)
        if served:
            async with self._at_the_index:
                await asyncio.to_thread(self._index.close)
        return served


async def finished(work: Awaitable[_Found]) -> _Found:
    """Wait until work at the index has ended, although whoever asked may be gone.

    A thread cannot be stopped: it would go on reading while the next question changes the index over.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise
