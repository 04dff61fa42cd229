"""Calls that are repeated where Discord is out of order."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import aiohttp
import discord
import pytest

from bot.discord_client.patience import patiently


@dataclass(frozen=True, slots=True)
class Answered:
    """As much of an answer of Discord's as its exceptions read."""

    status: int
    reason: str = "of its own"


def failure(status: int) -> discord.HTTPException:
    """Return what discord.py raises for an answer of that status."""
    return discord.HTTPException(Answered(status), {"code": 0, "message": "no"})  # type: ignore[arg-type]  # it reads no more


class Call:
    """A call that goes wrong in given ways before it goes well."""

    def __init__(self, *failures: Exception) -> None:
        """Keep what is to go wrong."""
        self._failures = list(failures)
        self.tries = 0

    async def __call__(self) -> str:
        """Fail, or return."""
        self.tries += 1
        if self._failures:
            raise self._failures.pop(0)
        return "done"


@pytest.mark.parametrize(
    "trouble",
    [failure(429), failure(500), failure(503), aiohttp.ServerDisconnectedError(), ConnectionResetError()],
    ids=["429", "500", "503", "dropped", "reset"],
)
def test_what_passes_is_waited_for(trouble: Exception) -> None:
    """An answer must not be lost because Discord had a bad minute."""
    call = Call(trouble, trouble)
    assert asyncio.run(patiently(call, (0, 0))) == "done"
    assert call.tries == 3


def test_what_is_refused_is_not_tried_again() -> None:
    """The same wrong call again and again gets a bot banned."""
    call = Call(failure(403))
    with pytest.raises(discord.HTTPException):
        asyncio.run(patiently(call, (0, 0)))
    assert call.tries == 1


def test_patience_ends() -> None:
    """A Discord that stays down must not keep the bot from stopping."""
    call = Call(*[failure(503)] * 9)
    with pytest.raises(discord.HTTPException):
        asyncio.run(patiently(call, (0, 0)))
    assert call.tries == 3
