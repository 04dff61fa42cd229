"""What is said on standard error: how far a build is, and what went wrong."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.rendering.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

    from index.build import Progress as OnProgress

_STAGES = {
    "read": "reading articles",
    "split": "splitting into passages",
    "embed": "embedding passages",
    "derive": "deriving passages",
}
EXIT_ERROR = 1
# Seconds between two plain lines of one stage.
_QUIET = 5.0


def speak() -> None:
    """Let our own log lines reach standard error; other libraries keep to warnings."""
    logging.basicConfig(format="dateline: %(message)s", level=logging.WARNING)
    for ours in ("index", "bot"):
        logging.getLogger(ours).setLevel(logging.INFO)
    # A page in which it finds no article is refused by name; its own line does not say which one it was.
    logging.getLogger("trafilatura").setLevel(logging.ERROR)


def fail(error: Exception) -> int:
    """Say on standard error, in one line, what went wrong and the way out; return the exit status."""
    print(f"dateline: {one_line(str(error))}", file=sys.stderr)
    return EXIT_ERROR


@contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """Show progress while the block runs; what it yields is told of each step."""
    if sys.stderr.isatty():
        with _bars() as bars:
            yield _Bars(bars)
    else:
        yield _Lines()


def _bars() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(_STAGES.get(stage, stage), total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)


class _Lines:
    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if done != total and now - self._last.setdefault(stage, now) < _QUIET:
            return
        self._last[stage] = now
        of = f" of {total}" if total is not None else ""
        print(f"dateline: {_STAGES.get(stage, stage)}: {done}{of}", file=sys.stderr, flush=True)
