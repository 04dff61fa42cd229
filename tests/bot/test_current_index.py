"""The bot answers from the published generation, and goes on while there is trouble with a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.current_index import CurrentIndex
from index.errors import IndexDamaged, IndexMissing
from tests.factories import make_generation

if TYPE_CHECKING:
    from index.retrieval.retriever import HybridRetriever


class Opened:
    """A retriever of which only the generation and the closing matter."""

    def __init__(self, name: str) -> None:
        """Open a generation of that name."""
        self.generation = make_generation(generation_id=name)
        self.closed = False

    def close(self) -> None:
        """Let go."""
        self.closed = True


class Shelf:
    """An index folder: what is published, and what opens."""

    def __init__(self, published: str | None) -> None:
        """Publish a generation, or none."""
        self.published = published
        self.broken: set[str] = set()
        self.opened: list[Opened] = []
        self.replaced_while_opening = 0

    def published_id(self) -> str | None:
        """Return which generation is published."""
        return self.published

    def open(self) -> HybridRetriever:
        """Open it, as far as it opens."""
        if self.published is None:
            raise IndexMissing("there is none")
        if self.replaced_while_opening:
            self.replaced_while_opening -= 1
            self.published += "-newer"
            raise IndexDamaged("swept while it was opened")
        if self.published in self.broken:
            raise IndexDamaged("it is damaged")
        self.opened.append(Opened(self.published))
        return self.opened[-1]  # type: ignore[return-value]  # all that is asked of it here


def _current(shelf: Shelf) -> CurrentIndex:
    return CurrentIndex(shelf.published_id, shelf.open)


def test_it_is_opened_once_while_nothing_is_published() -> None:
    """Opening costs a second: not for every question."""
    shelf = Shelf("a")
    current = _current(shelf)
    assert current.retriever() is current.retriever()
    assert len(shelf.opened) == 1


def test_a_newer_generation_is_taken_up_and_the_older_let_go() -> None:
    """A build under a running bot needs no restart."""
    shelf = Shelf("a")
    current = _current(shelf)
    current.retriever()
    shelf.published = "b"
    assert current.retriever().generation.generation_id == "b"
    assert [opened.closed for opened in shelf.opened] == [True, False]


def test_the_older_goes_on_while_the_newer_does_not_open(caplog: pytest.LogCaptureFixture) -> None:
    """A damaged build must not silence the bot; the log says so."""
    shelf = Shelf("a")
    current = _current(shelf)
    current.retriever()
    shelf.published = "b"
    shelf.broken.add("b")
    assert current.retriever().generation.generation_id == "a"
    assert "damaged" in caplog.text
    assert not shelf.opened[0].closed


def test_a_generation_that_is_swept_while_it_is_opened_is_not_the_end() -> None:
    """Builds that follow each other fast replace what is just being opened."""
    shelf = Shelf("a")
    shelf.replaced_while_opening = 2
    assert _current(shelf).retriever().generation.generation_id == "a-newer-newer"


def test_nothing_published_is_said() -> None:
    """There is nothing to fall back to."""
    with pytest.raises(IndexMissing):
        _current(Shelf(None)).retriever()


def test_it_comes_later() -> None:
    """A bot that was started before the first build answers after it."""
    shelf = Shelf(None)
    current = _current(shelf)
    with pytest.raises(IndexMissing):
        current.retriever()
    shelf.published = "a"
    assert current.retriever().generation.generation_id == "a"


def test_closing_lets_go() -> None:
    """And a second time is harmless."""
    shelf = Shelf("a")
    current = _current(shelf)
    current.retriever()
    current.close()
    current.close()
    assert shelf.opened[0].closed


def test_one_that_serves_in_the_place_of_a_damaged_one_is_opened_once() -> None:
    """Opening takes a second, and a damaged generation stays damaged until the next build."""
    shelf = Shelf("b")
    opened: list[Opened] = []

    def open_instead() -> HybridRetriever:
        opened.append(Opened("a"))
        return opened[-1]  # type: ignore[return-value]  # all that is asked of it here

    current = CurrentIndex(shelf.published_id, open_instead)
    assert current.retriever().generation.generation_id == "a"
    assert current.retriever().generation.generation_id == "a"
    assert len(opened) == 1
    shelf.published = "c"
    current.retriever()
    assert len(opened) == 2
