"""The published index of a bot that runs for weeks: opened once, changed over between two questions."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from index.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.protocols import Retriever

_log = logging.getLogger(__name__)
# A build may publish, and sweep what was published before, while we open that.
_ATTEMPTS = 3


class CurrentIndex:
    """Hands out the retriever of the published generation. One thread at a time may ask for it.

    Args:
        published_id: reads which generation is published; it is asked before each question, so it is quick.
        open_index: opens the published generation.
    """

    def __init__(self, published_id: Callable[[], str | None], open_index: Callable[[], Retriever]) -> None:
        """Keep the two; nothing is opened here."""
        self._published_id = published_id
        self._open_index = open_index
        self._opened: Retriever | None = None
        # What was published when it was opened: another generation may serve in the place of a damaged one.
        self._opened_for: str | None = None

    def retriever(self) -> Retriever:
        """Return the retriever of the generation that is published now.

        The one before is closed: whoever asked it has the answer, and an answer holds its articles.
        While the newest cannot be opened, the one before goes on serving.

        Raises:
            CollectionError: none can be opened.
            ModelError: the model cannot be used.
        """
        opened = self._opened
        if opened is None or self._is_newer_than(opened):
            self._change_over(opened)
        assert self._opened is not None  # noqa: S101  # for the type checker: changing over opened one or raised
        return self._opened

    def close(self) -> None:
        """Let go of the files."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _is_newer_than(self, opened: Retriever) -> bool:
        try:
            return self._published_id() not in (opened.generation.generation_id, self._opened_for)
        except DatelineError as error:
            _log.warning("%s Questions are still answered from %s.", error, opened.generation.generation_id)
            return False

    def _change_over(self, opened: Retriever | None) -> None:
        try:
            newest = self._open_newest()
        except DatelineError as error:
            if opened is None:
                raise
            _log.warning("%s Questions are still answered from %s.", error, opened.generation.generation_id)
            return
        self._opened = newest
        _log.info("answering from generation %s", newest.generation.generation_id)
        if opened is not None:
            opened.close()

    def _open_newest(self) -> Retriever:
        for _ in range(_ATTEMPTS - 1):
            before = self._published_id()
            try:
                return self._opened_as(before)
            except DatelineError:
                if self._published_id() == before:
                    raise
        return self._opened_as(self._published_id())

    def _opened_as(self, published: str | None) -> Retriever:
        opened = self._open_index()
        self._opened_for = published
        return opened
