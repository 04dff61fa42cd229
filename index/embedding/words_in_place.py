"""The words of a text as the model understands them where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from index.protocols import Vectors

# A weight is one of 16 levels, this many standard deviations of its row apart: the best steps for a normal
# distribution (Max, Quantizing for minimum distortion, 1960). Ranking by them is as good as by float32.
_STEP = 0.335
_LEVELS = (np.arange(16, dtype=np.float32) - 7.5) * _STEP
_PAIRS = np.stack([np.tile(_LEVELS, 16), np.repeat(_LEVELS, 16)], axis=1)  # by byte: low nibble, high nibble
# A pair of float32 is as long as one complex64, and numpy picks single numbers ten times as fast as rows.
_BY_BYTE = np.ascontiguousarray(_PAIRS, np.float32).view(np.complex64).ravel()
_LETTER = re.compile(r"[^\W_]")
# Thai, Lao, Burmese, Khmer, Japanese and Chinese are written without blanks: each piece is a word of its own.
_WORD = re.compile(r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True, eq=False)
class WordsInPlace:
    """The words of one text, in order; what holds no letter or figure is left out.

    Args:
        starts: the first character of each word, int32 (n).
        vectors: one row of length one per word, float32 (n, dimension).
    """

    starts: NDArray[np.int32]
    vectors: Vectors


def words_in_place(text: str, pieces: ArrayLike, states: Vectors) -> WordsInPlace:
    """Put the pieces of a tokenizer together to words: a word is the mean of its pieces.

    Args:
        text: what was encoded.
        pieces: start and end of each piece in ``text``; one that lies outside is left out.
        states: the model's last states, one row per piece.
    """
    letters = np.array([match.start() for match in _LETTER.finditer(text)], np.int64)
    word_of = np.arange(len(text))
    for match in _WORD.finditer(text):
        word_of[match.start() : match.end()] = match.start()
    bounds = np.asarray(pieces, np.int64).reshape(-1, 2).clip(0)
    nearest = np.searchsorted(letters, bounds[:, 0])
    first = np.append(letters, len(text))[nearest]
    kept = np.flatnonzero(first < bounds[:, 1])
    owners = word_of[first[kept]] if len(kept) else np.empty(0, np.int64)
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    sums = np.add.reduceat(states[kept], begins, axis=0) if len(begins) else states[:0]
    return WordsInPlace(owners[begins].astype(np.int32), of_length_one(sums))


def of_length_one(rows: Vectors) -> Vectors:
    """Return rows of length one; a row of zeros stays."""
    scaled: Vectors = (rows / _lengths(rows)).astype(np.float32, copy=False)
    return scaled


def _lengths(rows: Vectors) -> Vectors:
    """Return the length of each row (n, 1), never quite 0."""
    lengths: Vectors = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, np.newaxis]
    return np.maximum(lengths, np.finfo(np.float32).tiny)


def packed(words: WordsInPlace) -> bytes:
    """Return words in half a byte per weight: all starts (u16, little-endian), then all rows.

    The dimension must be even. What the length of a row was is not kept: it is one again when unpacked.
    """
    rows = words.vectors
    spread = np.maximum(rows.std(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    levels = np.clip(np.floor(rows / (spread * _STEP)) + 8, 0, 15).astype(np.uint8)
    nibbles = levels[:, 0::2] | (levels[:, 1::2] << 4)
    return bytes(words.starts.astype("<u2").tobytes() + nibbles.tobytes())


def unpacked(stored: Sequence[bytes], dimension: int) -> list[WordsInPlace]:
    """Return the words of several texts, as :func:`packed` kept them, with rows of length one."""
    # Each by itself is small enough for a processor's cache.
    return [_unpacked(one, dimension) for one in stored]


def _unpacked(stored: bytes, dimension: int) -> WordsInPlace:
    count = len(stored) // (2 + dimension // 2)
    starts = np.frombuffer(stored, "<u2", count).astype(np.int32)
    nibbles = np.frombuffer(stored, np.uint8, offset=2 * count)
    rows = _BY_BYTE.take(nibbles).view(np.float32).reshape(-1, dimension)
    rows /= _lengths(rows)
    return WordsInPlace(starts, rows)


def is_whole(stored: bytes, dimension: int) -> bool:
    """Tell whether bytes have a length that :func:`packed` gives to vectors of that dimension."""
    return len(stored) % (2 + dimension // 2) == 0
