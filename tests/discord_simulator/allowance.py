"""How many calls Discord takes: 50 a second, and 10,000 that are invalid in ten minutes."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_INVALID_WITHIN = timedelta(minutes=10)


class Allowance:
    """Counts the calls.

    Args:
        a_second: calls that are taken in any second.
        invalid: calls answered with 401, 403 or 429 in ten minutes, from which on the address is banned.
    """

    def __init__(self, a_second: int, invalid: int) -> None:
        """Begin with the whole of it."""
        self._a_second, self._most_invalid = a_second, invalid
        self._taken: deque[float] = deque(maxlen=a_second)
        self._invalid: deque[datetime] = deque(maxlen=invalid)

    def take(self, second: float) -> float:
        """Take a call if it may come.

        Args:
            second: now, on a clock that no test moves.

        Returns:
            0 if it was taken, or after how many seconds it may come.
        """
        if len(self._taken) == self._a_second and second - self._taken[0] < 1:
            return max(self._taken[0] + 1 - second, 0.001)
        self._taken.append(second)
        return 0.0

    def note_invalid(self, at: datetime) -> None:
        """Note an answer that counts towards a ban."""
        self._invalid.append(at)

    def is_banned(self, at: datetime) -> bool:
        """Tell whether the address takes no answer any more."""
        return len(self._invalid) == self._most_invalid and at - self._invalid[0] < _INVALID_WITHIN
