"""A stage: the bot in a simulated Discord, kept for the tests of one file, as starting it takes seconds."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TYPE_CHECKING, TypeVar

import pytest

from bot.settings import BotSettings
from index.build_wiring import build_index
from index.sample_coverage import ARTICLES
from index.settings import load_settings
from tests.bot.discord_client.rehearsal import PATIENCE, Rehearsal, rehearsal
from tests.builds import no_progress

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path
    from typing import Any

_Result = TypeVar("_Result")


class Stage:
    """A rehearsal on an event loop of its own, so that plain tests can share it.

    Args:
        entered: the rehearsal; entered here, left by ``close``.
    """

    def __init__(self, entered: AbstractAsyncContextManager[Rehearsal]) -> None:
        """Start the loop and the rehearsal."""
        self._entered = entered
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.rehearsal: Rehearsal = self.run(entered.__aenter__())

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Do some work on the loop, and return what it returns."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(4 * PATIENCE)

    def close(self) -> None:
        """Stop the bot, the simulated Discord and the loop."""
        try:
            self.run(self._entered.__aexit__(None, None, None))
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE)
            self._loop.close()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample collection's index, built once."""
    folder = tmp_path_factory.mktemp("discord") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("empty"))  # where there is no .env
        for name in [name for name in os.environ if name.upper().startswith("DATELINE_")]:
            patch.delenv(name)
        build_index(load_settings(BotSettings, index_dir=folder), [ARTICLES], no_progress)
    return folder


@pytest.fixture(scope="module")
def stage(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Return a stage over the sample collection, on which one person may ask a lot."""
    state = tmp_path_factory.mktemp("state") / "bot.db"
    made = Stage(rehearsal(sample_index, state, questions_per_minute="600"))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def play(stage: Stage) -> Rehearsal:
    """Return the rehearsal on the stage; what is awaited of it goes through ``stage.run``."""
    return stage.rehearsal
