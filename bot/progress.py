"""What is said on standard error: how far a build is, and what went wrong."""

from __future__ import annotations

import json
import logging
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.rendering.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

    from index.progress import Progress as OnProgress

_STAGES = {
    "look": "looking for sources",
    "read": "reading sources",
    "embed": "embedding passages",
    "derive": "deriving passages",
}
EXIT_ERROR = 1
# Seconds between two plain lines, or two events, of one stage.
_QUIET = 5.0
_OFTEN = 1.0


def speak(*, as_json: bool = False) -> None:
    """Let our own log lines reach standard error; other libraries keep to warnings.

    Args:
        as_json: whether each line is an event for a program.
    """
    logging.basicConfig(format="dateline: %(message)s", level=logging.WARNING)
    for handler in logging.getLogger().handlers if as_json else ():
        handler.setFormatter(_EventFormatter())
    for ours in ("index", "bot"):
        logging.getLogger(ours).setLevel(logging.INFO)
    # A page in which it finds no article is refused by name; its own line does not say which one it was.
    logging.getLogger("trafilatura").setLevel(logging.ERROR)


def fail(error: Exception, *, as_json: bool = False) -> int:
    """Say on standard error, in one line, what went wrong and the way out; return the exit status."""
    said = one_line(str(error))
    print(_event("error", message=said) if as_json else f"dateline: {said}", file=sys.stderr)
    return EXIT_ERROR


def note(sentence: str) -> None:
    """Say on standard error what stands beside what is printed."""
    print(sentence, file=sys.stderr)


@contextmanager
def shown_progress(*, as_json: bool = False) -> Iterator[OnProgress]:
    """Show progress while the block runs; what it yields is told of each step.

    Args:
        as_json: whether it is told to a program, one JSON object a line.
    """
    if as_json:
        yield _Events()
    elif sys.stderr.isatty():
        with _bars() as bars:
            yield _Bars(bars)
    else:
        yield _Lines()


@dataclass(slots=True)
class Pace:
    """How fast a stage goes, and how long it will take.

    Args:
        done: what is done.
        total: of how many; None where that is not known.
        seconds: since the stage began.
    """

    done: int
    total: int | None
    seconds: float

    @property
    def rate(self) -> float | None:
        """What is done in a second; None while that cannot be told."""
        return self.done / self.seconds if self.seconds > 0 and self.done else None

    @property
    def left(self) -> float | None:
        """The seconds that are left; None while that cannot be told."""
        return (self.total - self.done) / self.rate if self.total is not None and self.rate else None


@dataclass(slots=True)
class _Stages:
    """When each stage began, and when it was last spoken of."""

    began: dict[str, float] = field(default_factory=dict)
    spoke: dict[str, float] = field(default_factory=dict)

    def pace(self, stage: str, done: int, total: int | None) -> Pace:
        now = time.monotonic()
        return Pace(done, total, now - self.began.setdefault(stage, now))

    def is_quiet(self, stage: str, seconds: float, *, at_end: bool) -> bool:
        """Tell whether a stage was spoken of lately; its end is always spoken of."""
        now = time.monotonic()
        if not at_end and now - self.spoke.setdefault(stage, now) < seconds:
            return True
        self.spoke[stage] = now
        return False


def _bars() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[more]}"),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._stages = _Stages()

    def __call__(
        self, stage: str, done: int, total: int | None, *, articles: int | None = None, refused: int = 0
    ) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(_STAGES.get(stage, stage), total=total, more="")
        pace = self._stages.pace(stage, done, total)
        more = _more(pace, articles, refused, with_left=False)
        self._bars.update(self._tasks[stage], completed=done, total=total, more=more)


class _Lines:
    def __init__(self) -> None:
        self._stages = _Stages()

    def __call__(
        self, stage: str, done: int, total: int | None, *, articles: int | None = None, refused: int = 0
    ) -> None:
        pace = self._stages.pace(stage, done, total)
        if self._stages.is_quiet(stage, _QUIET, at_end=done == total):
            return
        of = f" of {total}" if total is not None else ""
        more = _more(pace, articles, refused, with_left=True)
        line = f"dateline: {_STAGES.get(stage, stage)}: {done}{of}{more and ', ' + more}"
        print(line, file=sys.stderr, flush=True)


class _Events:
    def __init__(self) -> None:
        self._stages = _Stages()

    def __call__(
        self, stage: str, done: int, total: int | None, *, articles: int | None = None, refused: int = 0
    ) -> None:
        pace = self._stages.pace(stage, done, total)
        if self._stages.is_quiet(stage, _OFTEN, at_end=done == total):
            return
        line = _event(
            "progress",
            stage=stage,
            done=done,
            total=total,
            articles=articles,
            refused=refused,
            seconds=round(pace.seconds, 3),
            per_second=round(pace.rate, 1) if pace.rate is not None else None,
            seconds_left=round(pace.left, 1) if pace.left is not None else None,
        )
        print(line, file=sys.stderr, flush=True)


class _EventFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _event("log", level=record.levelname.lower(), message=one_line(record.getMessage()))


def _event(name: str, **facts: object) -> str:
    return json.dumps({"event": name, **facts}, ensure_ascii=False)


def _more(pace: Pace, articles: int | None, refused: int, *, with_left: bool) -> str:
    """Return what else there is to say: articles, refusals, how fast it goes, how long it will take."""
    parts = [f"{articles} articles"] if articles is not None else []
    parts += [f"{refused} refused"] if refused else []
    parts += [f"{pace.rate:.0f} a second"] if pace.rate is not None and pace.seconds >= 1 else []
    if with_left and pace.left is not None and pace.seconds >= 1 and pace.done != pace.total:
        parts.append(f"{_duration(pace.left)} left")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes >= 3 else f"{60 * minutes + rest} s"
