"""Waiting for something to happen, without looking again and again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Bell:
    """Rung whenever something in the simulated Discord has changed."""

    def __init__(self) -> None:
        """Begin in silence."""
        self._listening: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Let everybody who waits look again."""
        for future in self._listening:
            if not future.done():
                future.set_result(None)

    async def wait_for(self, condition: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109  # the caller reads better
        """Wait until a condition holds, looking when the bell rings.

        Args:
            condition: about the simulated Discord; nothing else rings.
            timeout: seconds.

        Returns:
            What the condition returned.

        Raises:
            TimeoutError: it did not hold in time.
        """
        async with asyncio.timeout(timeout):
            while not (found := condition()):
                future = asyncio.get_running_loop().create_future()
                self._listening.add(future)
                try:
                    await future
                finally:
                    self._listening.discard(future)
        return found
