"""A Chroma server of the tests' own, in a folder of its own, on loopback."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.servers.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_SECONDS = 60
# What the command ``chroma`` does, wherever it lies.
_RUN = "from chromadb.cli.cli import app; app()"


class RunningChroma:
    """``chroma run``, which can be stopped as by a pulled cable, and started again over the same folder."""

    def __init__(self) -> None:
        """Make its folder; nothing runs yet."""
        self._folder = Path(tempfile.mkdtemp(prefix="dateline-chroma-"))
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return self._port

    @property
    def url(self) -> str:
        """Its address as a person would set it."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Begin to run it."""
        self._process = subprocess.Popen(  # noqa: S603  # our own arguments
            [
                sys.executable,
                "-c",
                _RUN,
                "run",
                "--path",
                str(self._folder),
                "--host",
                "127.0.0.1",
                "--port",
                str(self._port),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + _MOST_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or self._process is None or self._process.poll() is not None:
                raise TimeoutError("Chroma does not start")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat", timeout=2).is_success
        except httpx.HTTPError:
            return False

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let it take connections and answer nothing for a while."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Kill it."""
        if self._process:
            self._process.kill()
            self._process.wait(_MOST_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
