"""Reading many files in several processes: the same readings in the same order, in less time."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from index.errors import ReadingStopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

FEWEST = 300  # files from which new processes are worth the second that they take to start
_AT_ONCE = 16  # files handed over together
_AHEAD = 4  # hand-overs for each process that wait for it

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_processes(
    work: Callable[[Item], Iterable[Result]], items: Iterable[Item], processes: int
) -> Iterator[Result]:
    """Do the same work on many items, in as many processes; in this one where they are few.

    Args:
        work: makes the results of one item; a function that another process can import.
        items: they are taken only a little ahead of their results.
        processes: how many work.

    Yields:
        The results in order of the items.

    Raises:
        ReadingStopped: a process was stopped from outside, for example for want of memory.
    """
    coming = iter(items)
    first = list(islice(coming, FEWEST))
    everything = chain(first, coming)
    if processes < 2 or len(first) < FEWEST:
        for item in everything:
            yield from work(item)
        return
    try:
        yield from _spread(work, everything, processes)
    except BrokenProcessPool as error:
        raise ReadingStopped(
            "A process that reads was stopped from outside, perhaps for want of memory: read fewer files at a time."
        ) from error


def _spread(
    work: Callable[[Item], Iterable[Result]], items: Iterator[Item], processes: int
) -> Iterator[Result]:
    # New processes, not copies: this one may run threads of the embedding model.
    starting = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=starting, initializer=_end_with_parent) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        while some := list(islice(items, _AT_ONCE)):
            waiting.append(pool.submit(_work_on, work, some))
            if len(waiting) >= processes * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _end_with_parent() -> None:
    """Have this process end when the one that started it is killed: nobody else would end it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_wait_for, args=(parent.sentinel,), daemon=True).start()


def _wait_for(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _work_on(work: Callable[[Item], Iterable[Result]], items: list[Item]) -> list[Result]:
    return [result for item in items for result in work(item)]
