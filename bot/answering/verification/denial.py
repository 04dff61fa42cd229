"""Which words a sentence denies, and whether its source denies the same."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answering.verification.polarity import NO_DENIAL, SAYS_NO, TURNS
from bot.answering.verification.types import Fault
from index.types import Span

if TYPE_CHECKING:
    from bot.answering.verification.alignment import Wording
    from bot.answering.verification.comparison import Comparison

# A word that has its "no" inside: "inchangé", "unpaid", "introuvable".
_NO_INSIDE = re.compile(r"(?:in|im|un|ir|non)[a-z]{4,}|[a-z]{3,}less|un[a-z]{3,}", re.IGNORECASE)
_SCOPE = 2
_FAR = 48
_BORDER = re.compile(r"[;:.!?]|,\s|\s(?:but|mais|pero|aber|ma|et|and|y|und|because|car|denn)\s", re.IGNORECASE)
# Words that are surely one another.
_SURE = 0.6


@lru_cache(maxsize=4096)
def _cues(text: str) -> tuple[Span, ...]:
    plain = NO_DENIAL.sub(lambda match: " " * len(match.group()), text)
    found = [*SAYS_NO.finditer(plain), *TURNS.finditer(plain)]
    return tuple(sorted(Span(match.start(), match.end()) for match in found))


def denied(words: Wording) -> frozenset[int]:
    """Return the places of the words that a text denies: inside of "ne … pas", and the first few behind a "no"."""
    places: set[int] = set()
    for cue in _cues(words.text):
        border = _BORDER.search(words.text, cue.end)
        end = min(border.start() if border else len(words.text), cue.end + _FAR)
        inside = [place for place in words.telling.tolist() if words.spans[place].within(cue)]
        behind = [place for place in words.telling.tolist() if cue.end <= words.spans[place].start < end]
        places.update((*inside, *behind[:_SCOPE]))
    return frozenset(places)


def heads(words: Wording) -> frozenset[int]:
    """Return of each "no" the word that it surely denies: inside of it, or right behind."""
    places: set[int] = set()
    scope = denied(words)
    for cue in _cues(words.text):
        inside = [place for place in scope if words.spans[place].within(cue)]
        behind = sorted(place for place in scope if words.spans[place].start >= cue.end)
        places.update(inside[-1:] or behind[:1])
    return frozenset(places)


def denial_fault(comparison: Comparison) -> Fault | None:
    """Return a word that a draft denies and its source does not, or the other way round."""
    words = comparison.words
    mine, my_heads = denied(words), heads(words)
    for place, (source, links) in enumerate(zip(comparison.wordings, comparison.links, strict=True)):
        theirs, their_heads = denied(source), heads(source)
        if not mine and not theirs:
            continue
        for word, other in links.items():
            if comparison.alike[place][word, other] < _SURE or not comparison.is_best(place, word):
                continue
            if word in my_heads and other not in theirs and not _has_no(source, other):
                if not any(links.get(near) in theirs for near in mine) and not _lost_elsewhere(source, other):
                    return Fault("negation", words.spans[word].of(words.text))
            if other in their_heads and word not in mine and not _has_no(words, word):
                return Fault("negation", source.spans[other].of(source.text))
    return None


def _has_no(words: Wording, place: int) -> bool:
    return bool(_NO_INSIDE.fullmatch(words.folded[place]))


def _lost_elsewhere(source: Wording, place: int) -> bool:
    """Tell whether a source denies something right beside a word: the scope of a "no" is only guessed."""
    near = source.spans[place]
    return any(abs(cue.start - near.end) < 24 or abs(near.start - cue.end) < 24 for cue in _cues(source.text))
