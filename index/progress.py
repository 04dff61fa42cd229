"""How a build says how far it is."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Progress(Protocol):
    """Told how far a stage is: ``total`` is None where it is not known yet."""

    def __call__(
        self,
        stage: str,
        done: int,
        total: int | None,
        *,
        articles: int | None = None,
        refused: int = 0,
    ) -> None:
        """Take note.

        Args:
            stage: its name.
            done: what is done of it: sources, or passages.
            total: of how many.
            articles: articles that are done, where the stage counts something else.
            refused: sources that were refused so far.
        """


class Clock:
    """Seconds that each stage of a build took."""

    def __init__(self) -> None:
        """Begin with no stage."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what the block takes to a stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started
