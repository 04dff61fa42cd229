"""The words of passages where they stand, packed, from the segments of a generation."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Self

from index.storage.segments import open_segment, rows_of, segments_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_LOG = logging.getLogger(__name__)


class SqliteWords:
    """The packed words of one generation's passages.

    They are what the model gives for a text, kept: a file of them that is damaged is left out, with a line in
    the log, and whoever asks does without or reads the text again.
    """

    def __init__(
        self,
        segments: Mapping[Path, sqlite3.Connection],
        embedder_id: str,
        text_digests: Callable[[Sequence[str]], dict[str, bytes]],
    ) -> None:
        """Take what :meth:`open` found."""
        self._segments = dict(segments)
        self._embedder_id = embedder_id
        self._text_digests = text_digests

    @classmethod
    def open(
        cls, folder: Path, embedder_id: str, text_digests: Callable[[Sequence[str]], dict[str, bytes]]
    ) -> Self:
        """Open the segments of a generation to read.

        Args:
            folder: where they lie.
            embedder_id: the model of the generation.
            text_digests: tells the SHA-256 of what was embedded, by passage id.
        """
        opened: dict[Path, sqlite3.Connection] = {}
        for path in segments_in(folder):
            try:
                opened[path] = open_segment(path)
            except sqlite3.Error as error:
                _warn(path, error)
        return cls(opened, embedder_id, text_digests)

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments.values():
            segment.close()

    def packed_words(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Return the stored words of those ids that are there and as they were written."""
        texts = self._text_digests(passage_ids)
        missing = set(texts.values())
        found: dict[bytes, bytes] = {}
        for path, segment in list(self._segments.items()):
            try:
                rows = rows_of(segment, self._embedder_id, missing)
            except sqlite3.Error as error:
                _warn(path, error)
                continue
            found |= {text: row.words for text, row in rows.items()}
            missing -= rows.keys()
        return {name: found[text] for name, text in texts.items() if text in found}


def _warn(path: Path, error: sqlite3.Error) -> None:
    _LOG.warning(
        "the words in %s cannot be read (%s): they are made anew when they are asked for", path, error
    )
