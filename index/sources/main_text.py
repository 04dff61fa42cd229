"""Where on a page the article is: the densest stretch of running text, and the title that its words repeat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.sources.proof import Proof

_MOST_OF_A_LINE = 600  # characters of one paragraph that speak for its place
_SHORT_LINE = 30  # what a line that is no sentence speaks against it
_STRUCK_LINE = 10
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
_STEM = 6  # letters: "demande" and "demandé" are the same
_CLEARLY_LESS = 0.5
_NEXT = 2  # lines from a headline to a dek right below it, which often has more words of the text
_SHORTEST_WITHIN = 20  # characters of a headline within another line
_HEAD = 8  # lines from a headline to the last line above the text, where nothing else stands between
_NEAR = 4  # lines from a headline to a dek below its date and byline


def main_block(proof: Proof) -> tuple[int, int]:
    """Return the first line, and one past the last, of the stretch with the most running text.

    Each line of running text counts for its stretch, each short or struck one against it; the stretch with the largest
    sum is the article's (Pasternack and Roth, "Extracting article text from the web with maximum subsequence
    segmentation", WWW 2009, with plain weights in place of trained ones).
    """
    best = (0, len(proof.lines), len(proof.lines))  # sum, first, past
    total, start = 0, 0
    for index in range(len(proof.lines)):
        if total <= 0:
            total, start = 0, index
        total += _weight(proof, index)
        if total > best[0]:
            best = (total, start, index + 1)
    return best[1], best[2]


def _weight(proof: Proof, index: int) -> int:
    line = proof.lines[index]
    if not proof.stays(index):
        return -_STRUCK_LINE
    if line.is_running:
        return min(len(line.seen), _MOST_OF_A_LINE)
    return len(line.seen) // 2 if line.is_short_sentence else -_SHORT_LINE


def heading_of(proof: Proof, titles: Sequence[int], first: int, block: tuple[int, int]) -> int:
    """Return the title of the text in a block.

    Args:
        proof: the page.
        titles: indexes of lines above the block that could be its headline, in order.
        first: the one of them that stands where headlines do; it stays unless another has far more words of the text.
        block: the article's lines.
    """
    words = {
        stem for index in range(*block) if proof.stays(index) for stem in _stems(proof.lines[index].seen)
    }
    shares = {index: _share(proof.lines[index].seen, words) for index in titles}
    best = max(titles, key=lambda index: (shares[index], index))
    found = first
    if shares[first] <= _CLEARLY_LESS * shares[best] and best - first > _NEXT:
        if best - first <= _HEAD and "byline" in proof.reasons[first + 1 : best]:
            return _by_itself(
                proof, titles, first
            )  # who signs stands below the headline, and a dek may follow
        near = (index for index in titles if best - _NEAR <= index <= best)
        found = next(index for index in near if shares[index] > _CLEARLY_LESS * shares[best] or index == best)
    return _by_itself(proof, titles, found)


def _by_itself(proof: Proof, titles: Sequence[int], found: int) -> int:
    """Of "Share this story: …" return the title that stands by itself, too; of several, the nearest to the text."""
    words = proof.lines[found].seen
    within = (i for i in reversed(titles) if len(proof.lines[i].seen) >= min(len(words), _SHORTEST_WITHIN))
    return next(i for i in within if words.endswith(proof.lines[i].seen))


def _share(title: str, words: set[str]) -> float:
    """Return how many of a title's words the text has, times their share: a word or two in common say little."""
    stems = _stems(title)
    found = len(stems & words)
    return found * found / len(stems) if stems else 0.0


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(words.casefold())}
