"""The health file: true while the bot lives, gone when it left."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from bot.health import report_health

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pytest


async def _for(
    times: int, file: Path, facts: Callable[[], Mapping[str, object]], after: Callable[[int], None]
) -> None:
    """Report so many times, then stop as a shutdown does."""
    reporting = asyncio.create_task(report_health(file, facts))
    for number in range(times):
        await asyncio.sleep(0.01)
        after(number)
    reporting.cancel()
    with suppress(asyncio.CancelledError):
        await reporting


def test_it_says_what_is_true_and_when(tmp_path: Path) -> None:
    """A supervisor reads the whole of it at any moment."""
    file, read = tmp_path / "health.json", []
    asyncio.run(
        _for(
            1,
            file,
            lambda: {"connected": True, "servers": 3},
            lambda _: read.append(json.loads(file.read_text())),
        )
    )
    (said,) = read
    assert datetime.fromisoformat(said.pop("at")).tzinfo is not None
    assert said == {"connected": True, "servers": 3}


def test_it_is_written_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that stands still is a bot that hangs."""
    monkeypatch.setattr("bot.health.SECONDS", 0.001)
    file = tmp_path / "health.json"
    asked: list[None] = []

    def facts() -> Mapping[str, object]:
        asked.append(None)
        return {"number": len(asked)}

    asyncio.run(_for(3, file, facts, lambda _: None))
    assert len(asked) > 1


def test_it_is_gone_when_the_bot_left(tmp_path: Path) -> None:
    """And nothing else is left behind."""
    file = tmp_path / "health.json"
    asyncio.run(_for(1, file, dict, lambda _: None))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_once_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """People are answered although nobody can watch; eight thousand warnings a day would hide the others."""
    monkeypatch.setattr("bot.health.SECONDS", 0.001)
    folder = tmp_path / "gone"

    def come_back(number: int) -> None:
        if number == 1:
            folder.mkdir()
        if number == 3:
            assert json.loads((folder / "health.json").read_text())["connected"]

    asyncio.run(_for(4, folder / "health.json", lambda: {"connected": True}, come_back))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "gone" in caplog.text
