"""Passages that say the same nearly word for word: wire copy, reprints."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from index.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.types import Hit, Passage

Shingles: TypeAlias = "frozenset[tuple[str, ...]]"
# Share of the smaller text's pairs of words from which two texts are one. A reprint that has its first
# paragraph changed and a name corrected keeps .8; two reports of one event by different hands share .2.
REPRINTED = 0.6
# Of fewer pairs the share says nothing.
_ENOUGH = 6


def shingles(text: str, row: int = 2) -> Shingles:
    """Return the rows of consecutive words of a text, accents and case folded.

    Args:
        text: a sentence, a passage, or a whole article.
        row: words in a row: pairs for short texts; of long ones longer rows tell more.
    """
    found = words(text)
    return frozenset(zip(*(found[start:] for start in range(row)), strict=False))


def containment(one: Shingles, other: Shingles) -> float:
    """Return the share, 0 to 1, of the smaller text's pairs that the other has too.

    Containment (Broder, "On the resemblance and containment of documents", 1997) with the smaller text as
    the one contained: an outlet that prints half of a dispatch reprints it.
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def is_reprint(one: Shingles, other: Shingles) -> bool:
    """Tell whether one of two texts repeats the other nearly word for word; very short ones only when equal.

    A text with another figure is none: "17 injured" and "23 injured" are two reports.
    """
    smaller, larger = (one, other) if len(one) <= len(other) else (other, one)
    if len(smaller) < _ENOUGH:
        return one == other
    return containment(smaller, larger) >= REPRINTED and _figures(smaller) <= _figures(larger)


def _figures(pairs: Shingles) -> frozenset[str]:
    return frozenset(word for pair in pairs for word in pair if word.isdigit())


def folded(hits: Sequence[Hit], top_k: int) -> tuple[Hit, ...]:
    """Return the best hits that differ, each with the passages that repeat it.

    Of passages that say the same the first counts, so that five reprints take one place and not five. The hits
    are few, so that pairs in common are simply counted: exact, and no slower than a sketch of them would be.

    Args:
        hits: best first, more than are wanted.
        top_k: how many are wanted.

    Returns:
        At most ``top_k`` hits, ranked from 1; ``also_in`` holds what was folded into each.
    """
    kept: list[Hit] = []
    texts: list[Shingles] = []
    places: dict[tuple[str, ...], list[int]] = {}  # of each pair, which of the kept hits have it
    repeats: dict[str, list[Passage]] = {}
    for hit in hits:
        mine = _shingles_of(hit.passage.text)
        first = next((place for place in _near(mine, texts, places) if is_reprint(mine, texts[place])), None)
        if first is not None:
            repeats.setdefault(kept[first].passage.passage_id, []).append(hit.passage)
        elif len(kept) < top_k:
            for pair in mine:
                places.setdefault(pair, []).append(len(kept))
            kept.append(hit)
            texts.append(mine)
    return tuple(
        replace(hit, rank=rank, also_in=tuple(repeats.get(hit.passage.passage_id, ())))
        for rank, hit in enumerate(kept, start=1)
    )


@lru_cache(maxsize=512)  # some megabytes; questions about one topic bring the same passages
def _shingles_of(passage: str) -> Shingles:
    return shingles(passage)


def _near(
    mine: Shingles, texts: Sequence[Shingles], places: Mapping[tuple[str, ...], Sequence[int]]
) -> list[int]:
    """Return, in order, which texts share so many pairs with mine that one of the two may repeat the other.

    A text without a pair shares none even with its equal.
    """
    if not mine:
        return list(range(len(texts)))
    shared = Counter(chain.from_iterable(places[pair] for pair in mine if pair in places))
    return sorted(
        place for place, pairs in shared.items() if pairs >= REPRINTED * min(len(mine), len(texts[place]))
    )
