"""The same work in one process and in several."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import ReadingStopped
from index.sources.parallel import FEWEST, in_processes


def doubled(number: int) -> list[int]:
    """Return two results of one item."""
    return [number, -number]


def stopped(number: int) -> list[int]:
    """End the process without a word, as an operating system without memory does."""
    os._exit(number % 2 + 1)


def test_few_items_stay_here_and_in_order() -> None:
    """Processes are not started for a handful of files."""
    assert list(in_processes(lambda number: [number], range(5), 2)) == [0, 1, 2, 3, 4]


@pytest.mark.slow
def test_many_items_give_the_same_results_in_the_same_order() -> None:
    """Whichever process is quicker, nothing is lost and nothing changes places."""
    many = range(FEWEST + 100)
    assert list(in_processes(doubled, many, 2)) == [result for number in many for result in doubled(number)]


@pytest.mark.slow
def test_a_process_that_is_stopped_is_said() -> None:
    """A process that ends without a word ends the reading with a sentence, not with a silent loss."""
    with pytest.raises(ReadingStopped):
        list(in_processes(stopped, range(FEWEST), 2))


def sleeping(number: int) -> list[int]:
    """Tell who works, and take long."""
    if number == 0:
        sys.stdout.write(f"{os.getpid()}\n")
        sys.stdout.flush()
    time.sleep(0.05)
    return [number]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="whether a process is there cannot be seen here")
def test_the_others_end_with_the_one_that_is_killed() -> None:
    """A build that was killed must not leave processes behind which nobody would ever end."""
    script = (
        "from tests.index.sources.test_parallel import sleeping; from index.sources.parallel import in_processes\n"
        "if __name__ == '__main__': list(in_processes(sleeping, range(100_000), 2))"
    )
    started = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own
    assert started.stdout is not None
    worker = Path("/proc") / started.stdout.readline().strip()
    assert worker.is_dir()
    started.send_signal(signal.SIGKILL)
    started.wait()
    started.stdout.close()
    until = time.monotonic() + 60
    while worker.is_dir() and time.monotonic() < until:
        time.sleep(0.05)
    assert not worker.is_dir()
