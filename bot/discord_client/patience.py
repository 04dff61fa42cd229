"""A call to Discord repeated beyond discord.py's own five tries: an answer must not be lost to a bad minute."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

import aiohttp
import discord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
# What discord.py lets through when a connection breaks.
TROUBLE = (aiohttp.ClientError, OSError)
_TOO_MANY = 429
# Seconds before each further try; together they stay well below the 15 minutes that a reply may take.
_PAUSES = (1.0, 5.0, 15.0, 30.0)


async def patiently(call: Callable[[], Awaitable[_Result]], pauses: Sequence[float] = _PAUSES) -> _Result:
    """Make a call, again after a pause where Discord is out of order.

    Args:
        call: made anew for each try: files are read from their beginning.
        pauses: seconds before each further try.

    Raises:
        discord.HTTPException: Discord refuses the call, or stays out of order.
        aiohttp.ClientError: the connection stays broken; OSError likewise.
    """
    for pause in pauses:
        try:
            return await call()
        except discord.HTTPException as error:
            if not is_passing(error):
                raise
            _log.info("Discord is out of order: %s", error.status, extra={"seconds": pause})
        except TROUBLE as error:
            _log.info("the connection broke: %s", type(error).__name__, extra={"seconds": pause})
        await asyncio.sleep(pause)
    return await call()


def is_passing(error: discord.HTTPException) -> bool:
    """Tell whether the same call may go through later."""
    return error.status == _TOO_MANY or error.status >= 500
