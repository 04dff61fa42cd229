"""A bot that runs for weeks forgets every day, whatever happened the day before."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import StateError
from bot.keeping.housekeeping import forget_daily, last_kept


def test_answers_of_the_promised_days_are_kept() -> None:
    """A day too few breaks buttons early, a day too many keeps questions longer than people were told."""
    before = datetime.now(UTC)
    assert before - timedelta(days=90) <= last_kept(90) <= datetime.now(UTC) - timedelta(days=90)


def test_a_day_that_fails_does_not_end_forgetting(caplog: pytest.LogCaptureFixture) -> None:
    """A disk that was full for a day must not make the bot keep questions for ever."""
    caplog.set_level(logging.INFO)
    asked: list[datetime] = []

    async def scenario() -> None:
        done = asyncio.Event()

        def forget(moment: datetime) -> int:
            asked.append(moment)
            if len(asked) == 1:
                msg = "the disk is full"
                raise StateError(msg)
            done.set()
            return 3

        task = asyncio.create_task(forget_daily(forget, 7, pause=0))
        await done.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(scenario())
    assert "could not be forgotten: the disk is full" in caplog.text
    assert "old answers forgotten" in caplog.text
    assert all(moment <= datetime.now(UTC) - timedelta(days=7) for moment in asked)
