"""The same work in one process and in several."""

from __future__ import annotations

import os

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
