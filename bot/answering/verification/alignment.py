"""Which word of a source says what a word of a draft says, in one language or two, by the model's states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.clauses import content
from index.types import Span
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from numpy.typing import NDArray

    from index.embedding.words_in_place import WordsInPlace
    from index.protocols import Vectors

    Likeness: TypeAlias = "NDArray[np.float32]"

# What two words with one stem are nearer than their states say: the states also tell where a word stands.
_SAME_STEM = 0.15
# Two words are taken for one another from here on: half of the right pairs of two languages lie above 0.64, and nine
# in ten of the wrong ones below 0.35.
LINKED = 0.42


@dataclass(frozen=True)
class Wording:
    """The words of a text, in order.

    Args:
        text: the text.
        language: ISO 639-1 code.
        spans: where each word stands.
        vectors: one row of length one per word.
    """

    text: str
    language: str
    spans: tuple[Span, ...]
    vectors: Vectors

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words without case and accents."""
        return tuple(" ".join(words(span.of(self.text))) for span in self.spans)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word that carries meaning, the figures of a number; "" for any other."""
        found = (content(span.of(self.text), self.language) for span in self.spans)
        return tuple(
            word if word[:1].isdigit() else next(iter(stem), "")
            for stem, word in zip(found, self.folded, strict=True)
        )

    @cached_property
    def telling(self) -> NDArray[np.int64]:
        """The places of the words that carry meaning, numbers among them."""
        return np.array([place for place, stem in enumerate(self.stems) if stem], np.int64)

    def within(self, span: Span) -> NDArray[np.int64]:
        """Return the places of the telling words inside a stretch of the text."""
        inside = [place for place in self.telling if self.spans[place].within(span)]
        return np.array(inside, np.int64)


def wording(text: str, language: str, found: WordsInPlace) -> Wording:
    """Put a text together with its words in place."""
    starts = found.starts.tolist()
    limits = [*starts[1:], len(text)]
    spans = [Span(start, _end(text, start, limit)) for start, limit in zip(starts, limits, strict=False)]
    return Wording(text, language, tuple(spans), found.vectors)


def likeness(draft: Wording, source: Wording) -> Likeness:
    """Return how much each word of a draft (rows) is like each word of a source (columns), up to 1.15."""
    alike: Likeness = draft.vectors @ source.vectors.T
    columns: dict[str, list[int]] = {}
    for place, stem in enumerate(source.stems):
        columns.setdefault(stem, []).append(place)
    for place, stem in enumerate(draft.stems):
        if stem and stem in columns:
            alike[place, columns[stem]] += _SAME_STEM
    return alike


def links(draft: Wording, source: Wording, alike: Likeness) -> Mapping[int, int]:
    """Return which word of a source each telling word of a draft is: each is the other's nearest, and near enough."""
    mine, theirs = draft.telling, source.telling
    if not len(mine) or not len(theirs):
        return {}
    inner = alike[np.ix_(mine, theirs)]
    forth, back = inner.argmax(axis=1), inner.argmax(axis=0)
    return {
        int(mine[row]): int(theirs[column])
        for row, column in enumerate(forth)
        if back[column] == row and inner[row, column] >= LINKED
    }


def _end(text: str, start: int, limit: int) -> int:
    end = start
    while end < limit and (text[end].isalnum() or ord(text[end]) in range(0x300, 0x370)):
        end += 1
    return max(end, start + 1)
