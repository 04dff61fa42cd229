"""Which words a sentence denies, and whether its source denies the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.instead import left_out
from bot.answering.verification.numbers import numbers_in
from bot.answering.verification.polarity import DENIES_BY_WORD, NO_INSIDE, denials
from bot.answering.verification.types import Fault
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answering.verification.alignment import Wording
    from bot.answering.verification.comparison import Comparison

_SCOPE = 2
# Characters from a number to what it counts: "millions de dollars".
_UNIT = 4
_FAR = 48
# Share of a draft's words that a sentence has which is about the same.
_ABOUT = 0.4
# Letters by which two forms of a word are one.
_START = 4
_BORDER = re.compile(
    r"[;:.!?]|,\s|\s(?:but|mais|pero|aber|ma|et|and|y|und|because|car|denn)\s", re.IGNORECASE
)
# Words that are surely one another, in one language and in two.
_SURE, _SURE_ACROSS = 0.6, 0.5


def _scopes(words: Wording) -> list[list[int]]:
    """Return for each "no" the words that it denies, the surest first: the last inside of it, and those right behind."""
    scopes = []
    for cue in denials(words.text):
        border = _BORDER.search(words.text, cue.end)
        end = min(border.start() if border else len(words.text), cue.end + _FAR)
        inside = [p for p in words.telling.tolist() if words.spans[p].within(cue)]
        behind = [p for p in words.telling.tolist() if cue.end <= words.spans[p].start < end]
        scopes.append([*inside[::-1], *behind[:_SCOPE]])
    return scopes


def denied(words: Wording) -> frozenset[int]:
    """Return the places of the words that a text denies."""
    return frozenset(place for scope in _scopes(words) for place in scope)


def heads(words: Wording) -> frozenset[int]:
    """Return of each "no" the word that it surely denies."""
    return frozenset(scope[0] for scope in _scopes(words) if scope)


def reach(words: Wording) -> frozenset[int]:
    """Return the places of all words in the clauses that hold a "no": who is not paid is denied as the paying is."""
    borders = [match.start() for match in _BORDER.finditer(words.text)]
    left = left_out(words.text)
    places = {p for p in words.telling.tolist() if any(words.spans[p].within(span) for span in left)}
    for cue in denials(words.text):
        start = max((border for border in borders if border < cue.start), default=0)
        end = min((border for border in borders if border >= cue.end), default=len(words.text))
        places.update(p for p in words.telling.tolist() if start <= words.spans[p].start < end)
    return frozenset(places)


def denial_fault(comparison: Comparison) -> Fault | None:
    """Return a word that a draft denies and its source does not, or the other way round."""
    words = comparison.words
    for place, source in enumerate(comparison.wordings):
        links = comparison.sure_links(place, _SURE_ACROSS if comparison.across(place) else _SURE)
        links = {
            mine: theirs
            for mine, theirs in links.items()
            if comparison.says_nearly_best(place, mine) and not _is_counted(words, mine)
        }
        word = _added(words, source, links)
        word = _dropped_from(comparison, place, links) if word is None else word
        if word is not None:
            return Fault("negation", words.spans[word].of(words.text))
    return None


def _dropped_from(comparison: Comparison, place: int, links: Mapping[int, int]) -> int | None:
    """Return a word that a sentence denies and the draft says, where the sentence is about the same."""
    words, source = comparison.words, comparison.wordings[place]
    leaves = left_out(words.text) and not left_out(source.text)  # "rather than her": she did not
    if leaves or len(links) < _ABOUT * len(words.telling) or _is_kept(comparison, place):
        return None
    said = {
        mine: theirs
        for mine, theirs in links.items()
        if _is_same(words, mine, source, theirs) or comparison.says_it(place, mine, theirs)
    }
    return _dropped(words, source, said)


def _added(words: Wording, source: Wording, links: Mapping[int, int]) -> int | None:
    """Return a word that the draft denies and the source says."""
    mine, theirs = denied(words), denied(source)
    if any(links.get(p) in theirs for p in reach(words)) or any(links.get(p) in reach(source) for p in mine):
        return None
    if _denies_otherwise(source, links):
        return None
    said = (p for p in sorted(heads(words)) if p in links)
    return next(
        (p for p in said if _is_same(words, p, source, links[p]) or not _has_no(source, links[p])), None
    )


def _dropped(words: Wording, source: Wording, links: Mapping[int, int]) -> int | None:
    """Return a word that the source denies and the draft says."""
    if _denies_otherwise(words, {theirs: mine for mine, theirs in links.items()}):
        return None
    mine, theirs = reach(words), heads(source)
    said = (place for place, other in links.items() if other in theirs and place not in mine)
    return next((p for p in said if _is_same(words, p, source, links[p]) or not _has_no(words, p)), None)


def _is_kept(comparison: Comparison, place: int) -> bool:
    """Tell whether the draft denies something that a sentence denies too: what is nearest to it there is denied."""
    source = comparison.wordings[place]
    if not len(source.telling):
        return False
    mine = np.array(sorted(heads(comparison.words)), np.int64)
    nearest = source.telling[comparison.alike[place][np.ix_(mine, source.telling)].argmax(axis=1)]
    return not denied(source).isdisjoint(nearest.tolist())


def _is_counted(words: Wording, place: int) -> bool:
    """Tell whether a word says what a number counts: dollars that are spent are not the money that is lacking."""
    start = words.spans[place].start
    return any(0 < start - n.span.end <= _UNIT for n in numbers_in(words.text, words.language))


def _has_no(words: Wording, place: int) -> bool:
    word = words.spans[place].of(words.text)
    return bool(NO_INSIDE.fullmatch(word) or DENIES_BY_WORD.fullmatch(word))


def _is_same(words: Wording, place: int, source: Wording, other: int) -> bool:
    return words.folded[place][:_START] == source.folded[other][:_START]


def _denies_otherwise(source: Wording, links: Mapping[int, int]) -> bool:
    """Tell whether a source denies by a word of its own, "cancelled" or "refused", that no word of the draft is."""
    held = set(links.values())
    denying = [Span(m.start(), m.end()) for m in DENIES_BY_WORD.finditer(source.text)]
    return any(not any(source.spans[p].within(span) for p in held) for span in denying)
