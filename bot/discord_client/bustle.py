"""Whether a channel is so busy that follow-ups need a thread of their own."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Messages of others within so many seconds among which an answer would get lost.
_MESSAGES = 5
_SECONDS = 60.0
_CHANNELS = 1000


class Bustle:
    """Counts messages by channel; of a message it knows only that there was one.

    Args:
        clock: seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start in silence."""
        self._clock = clock
        self._heard: dict[int, deque[float]] = {}

    def hear(self, channel: int) -> None:
        """Count a message."""
        times = self._heard.pop(channel, None) or deque(maxlen=_MESSAGES)
        times.append(self._clock())
        self._heard[channel] = times
        if len(self._heard) > _CHANNELS:  # the one that was silent longest
            del self._heard[next(iter(self._heard))]

    def is_busy(self, channel: int) -> bool:
        """Tell whether people are talking there now."""
        times = self._heard.get(channel)
        return times is not None and len(times) == _MESSAGES and self._clock() - times[0] < _SECONDS
