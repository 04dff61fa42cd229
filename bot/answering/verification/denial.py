"""Which words a sentence denies, and whether its source denies the same."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answering.verification.polarity import DENIES_BY_WORD, NO_DENIAL, SAYS_NO, TURNS
from bot.answering.verification.types import Fault
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answering.verification.alignment import Wording
    from bot.answering.verification.comparison import Comparison

# A word that has its "no" inside: "inchangé", "unpaid", "introuvable".
_NO_INSIDE = re.compile(r"(?:in|im|un|ir|non)[a-z]{4,}|[a-z]{3,}less|un[a-z]{3,}", re.IGNORECASE)
_SCOPE = 2
_FAR = 48
_BORDER = re.compile(r"[;:.!?]|,\s|\s(?:but|mais|pero|aber|ma|et|and|y|und|because|car|denn)\s", re.IGNORECASE)
# Words that are surely one another, in one language and in two.
_SURE, _SURE_ACROSS = 0.6, 0.45


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


def reach(words: Wording) -> frozenset[int]:
    """Return the places of all words in the clauses that hold a "no": who is not paid is denied as the paying is."""
    borders = [match.start() for match in _BORDER.finditer(words.text)]
    places: set[int] = set()
    for cue in _cues(words.text):
        start = max((border for border in borders if border < cue.start), default=0)
        end = min((border for border in borders if border >= cue.end), default=len(words.text))
        places.update(p for p in words.telling.tolist() if start <= words.spans[p].start < end)
    return frozenset(places)


def denial_fault(comparison: Comparison) -> Fault | None:
    """Return a word that a draft denies and its source does not, or the other way round."""
    words = comparison.words
    for place, source in enumerate(comparison.wordings):
        links = comparison.sure_links(place, _SURE_ACROSS if comparison.across(place) else _SURE)
        word = _added(words, source, links) or _dropped(words, source, links)
        if word is not None:
            return Fault("negation", words.spans[word].of(words.text))
    return None


def _added(words: Wording, source: Wording, links: Mapping[int, int]) -> int | None:
    """Return a word that the draft denies and the source says."""
    mine, theirs = denied(words), reach(source)
    if any(links.get(place) in theirs for place in mine) or _denies_otherwise(words, source):
        return None
    return next((p for p in sorted(heads(words)) if p in links and not _has_no(source, links[p])), None)


def _dropped(words: Wording, source: Wording, links: Mapping[int, int]) -> int | None:
    """Return a word that the source denies and the draft says."""
    mine, theirs = reach(words), heads(source)
    said = (place for place, other in links.items() if other in theirs and place not in mine)
    return next((place for place in said if not _has_no(words, place)), None)


def _has_no(words: Wording, place: int) -> bool:
    return bool(_NO_INSIDE.fullmatch(words.folded[place]))


def _denies_otherwise(words: Wording, source: Wording) -> bool:
    """Tell whether a source denies by a word of its own, "cancelled" or "refused", that the draft has not."""
    return any(match.group().casefold() not in words.text.casefold() for match in DENIES_BY_WORD.finditer(source.text))
