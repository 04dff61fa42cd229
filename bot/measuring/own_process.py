"""A part of a measure in a process of its own, so that its memory is its own."""

from __future__ import annotations

import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from bot.progress import speak

if TYPE_CHECKING:
    from collections.abc import Callable


def alone(part: Callable[..., dict[str, Any]], *arguments: object) -> dict[str, Any]:
    """Run a part in a new process and return what it returns; raise what it raises.

    Args:
        part: a function of a module.
        arguments: values that can be sent to a process.

    Raises:
        BrokenExecutor: the process was stopped from outside.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=speak) as process:
        return process.submit(part, *arguments).result()


def peak_megabytes() -> int:
    """Return the most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3))
