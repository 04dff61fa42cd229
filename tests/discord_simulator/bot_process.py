"""The bot as a process of its own beside the page, with its log in a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

ROOT = Path(__file__).resolve().parents[2]
_SECONDS_TO_STOP = 30


class BotProcess:
    """``python -m bot``, while it is entered.

    Args:
        settings: by their names without the prefix; they come before those of the environment.
        log: the file for what it says.
    """

    def __init__(self, settings: Mapping[str, str], log: Path) -> None:
        """Keep them; nothing runs yet."""
        self._environment = {**os.environ, **{f"DATELINE_{name}": value for name, value in settings.items()}}
        self.log = log

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(  # our own bot
                [sys.executable, "-P", "-m", "bot"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, politely first."""
        self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def runs(self) -> bool:
        """Whether it is alive."""
        return self._process.poll() is None

    def last_words(self) -> str:
        """Return the last line that it said."""
        lines = self.log.read_text(encoding="utf-8", errors="backslashreplace").splitlines()
        return lines[-1] if lines else "it said nothing"
