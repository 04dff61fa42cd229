"""Forgetting what people were told is forgotten, in a bot that runs for weeks."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)
_DAY = 86_400.0


def last_kept(days: int) -> datetime:
    """Return the moment before which answers are old enough to be forgotten.

    Args:
        days: how long they are kept.
    """
    return datetime.now(UTC) - timedelta(days=days)


async def forget_daily(forget: Callable[[datetime], int], days: int, *, pause: float = _DAY) -> None:
    """Forget old answers after each pause until cancelled; a day that fails is logged, and the next one tries again.

    Args:
        forget: forgets what was asked before a moment, and returns how many answers that were.
        days: how long answers are kept.
        pause: seconds.
    """
    while True:
        await asyncio.sleep(pause)
        try:
            _log.info("old answers forgotten", extra={"answers": forget(last_kept(days))})
        except StateError as error:
            _log.error("old answers could not be forgotten: %s", error)
