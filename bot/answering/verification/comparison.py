"""A draft held against all that it cites, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.alignment import likeness, links
from bot.answering.verification.clauses import clause_spans, content
from bot.answering.verification.moments import moments_in, relative_moments
from bot.answering.verification.numbers import numbers_in
from bot.answering.verification.polarity import denials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bot.answering.verification.alignment import Likeness, Wording
    from bot.answering.verification.sources import DraftVectors, Sources, SourceSentence
    from bot.answering.verification.types import Draft
    from index.types import Span

# Clauses whose words are as like as this say a drafted clause equally well.
_AS_WELL = 0.03
# A sentence that holds a clause worse than another by more is not what it was made of.
_NEARLY = 0.08
# How well a word is held that stands right beside what is cited.
_BESIDE = 0.8
# Share of the words from which one clause says nearly all of it.
_MOST = 0.6
# So many words behind a "no" may be denied by it.
_BEHIND_NO = 4
# A clause that holds no more of the words only touches on it.
_SOME = 0.25
# Nothing that is less like it says it.
_NEAR_ENOUGH = 0.3


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of something: those of its clauses that hold some of the words, and the one with the most.

    Args:
        whole: the sentence.
        text: the clauses.
        main: the one.
        is_touched: what a "no" in the one denies has to do with the words: one of them stands behind it, or they are
            all that stands before it.
        is_mostly_main: most of the words are in the one.
    """

    whole: str
    text: str
    main: str
    is_touched: bool
    is_mostly_main: bool


@dataclass(frozen=True)
class Comparison:
    """A draft and the sentences that it cites.

    Args:
        draft: the sentence.
        words: its words in place.
        sentences: those cited, in order of article and place.
        wordings: the words of each.
        alike: how much each word of the draft is like each word of theirs.
    """

    draft: Draft
    words: Wording
    sentences: tuple[SourceSentence, ...]
    wordings: tuple[Wording, ...]
    alike: tuple[Likeness, ...]

    @cached_property
    def covered(self) -> NDArray[np.float32]:
        """How well what is cited holds each telling word of the draft, 0 to 1.

        A name that stands in a headline or right beside a cited sentence tells what the sentence is about.
        """
        mine = self.words.telling
        best = self._known(mine)
        for wording, alike in zip(self.wordings, self.alike, strict=True):
            if len(mine) and len(wording.telling):
                best = np.maximum(best, alike[np.ix_(mine, wording.telling)].max(axis=1))
        return np.minimum(best, np.float32(1))

    def _known(self, mine: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.array([_BESIDE * self._is_known_otherwise(place) for place in mine], np.float32)

    def _is_known_otherwise(self, place: int) -> bool:
        """Tell whether a word is a name from beside, or part of a date or a number: these are looked up for themselves."""
        if any(self.words.spans[place].within(span) for span in self._looked_up):
            return True
        is_name = self.draft.text[self.words.spans[place].start].isupper()
        return is_name and self.words.stems[place] in self._beside

    @cached_property
    def _looked_up(self) -> tuple[Span, ...]:
        text, language = self.draft.text, self.draft.language
        moments = (*moments_in(text, language), *relative_moments(text))
        return (*(one.span for one in moments), *(one.span for one in numbers_in(text, language)))

    @cached_property
    def _beside(self) -> frozenset[str]:
        found = [content(text, s.article.language) for s in self.sentences for text in _around(s)]
        return frozenset().union(*found)

    @cached_property
    def links(self) -> tuple[Mapping[int, int], ...]:
        """Which word of each cited sentence each word of the draft is."""
        pairs = zip(self.wordings, self.alike, strict=True)
        return tuple(links(self.words, wording, alike) for wording, alike in pairs)

    def across(self, place: int) -> bool:
        """Tell whether a cited sentence is in another language than the draft."""
        return self.sentences[place].article.language != self.draft.language

    def sure_links(self, place: int, least: float) -> dict[int, int]:
        """Return the links to a cited sentence that are near enough, and nearer than to any other sentence."""
        return {
            mine: theirs
            for mine, theirs in self.links[place].items()
            if self.alike[place][mine, theirs] >= least and self.is_best(place, mine)
        }

    def is_best(self, place: int, word: int) -> bool:
        """Tell whether no other cited sentence has a word more like a word of the draft than this one has."""
        best = [float(alike[word].max()) if alike.shape[1] else 0.0 for alike in self.alike]
        return best[place] >= max(best) - 0.01

    def says_nearly_best(self, place: int, word: int) -> bool:
        """Tell whether a cited sentence holds the clause of a word of the draft nearly as well as any does."""
        clause = next(
            c
            for c in self._held_clauses
            if self.words.spans[word].within(c[0]) or c is self._held_clauses[-1]
        )
        return clause[1][place] >= max(clause[1]) - _NEARLY

    def says_it(self, place: int, word: int, theirs: int) -> bool:
        """Tell whether a word of a cited sentence stands in what the sentence says of the clause of a draft's word."""
        clause = next((c for c in clause_spans(self.draft.text) if self.words.spans[word].within(c)), None)
        source = self.wordings[place]
        other = next((c for c in clause_spans(source.text) if source.spans[theirs].within(c)), None)
        if clause is None or other is None:
            return True
        said = [one for one in self.saying(clause) if one.whole == source.text]
        return not said or any(other.of(source.text) in one.text for one in said)

    @cached_property
    def _held_clauses(self) -> tuple[tuple[Span, tuple[float, ...]], ...]:
        """How well each cited sentence holds each clause of the draft."""
        return tuple((span, self._scores(self.words.within(span))) for span in clause_spans(self.draft.text))

    @property
    def least_clause(self) -> float:
        """How well the clause of the draft that is held least stands in one sentence, 0 to 1; 1 where nothing tells."""
        found = [self.words.within(span) for span in clause_spans(self.draft.text)]
        return min((self._in_one_sentence(mine) for mine in found if len(mine)), default=1.0)

    def _in_one_sentence(self, mine: NDArray[np.int64]) -> float:
        known, best = self._known(mine), 0.0
        for wording, alike in zip(self.wordings, self.alike, strict=True):
            if len(wording.telling):
                held = np.maximum(known, alike[np.ix_(mine, wording.telling)].max(axis=1))
                best = max(best, float(np.minimum(held, 1).mean()))
        return best

    def _scores(self, mine: NDArray[np.int64]) -> tuple[float, ...]:
        if not len(mine):
            return (0.0,) * len(self.sentences)
        pairs = zip(self.wordings, self.alike, strict=True)
        return tuple(_held(alike, mine, wording.telling) for wording, alike in pairs)

    def saying(self, span: Span) -> tuple[Said, ...]:
        """Return what says best what a stretch of the draft says: of a sentence the clauses that have its words.

        A few where they say it equally well; none where nothing comes near.
        """
        mine = self.words.within(span)
        if not len(mine):
            return ()
        scores = self._scores(mine)
        best = max(scores, default=0.0)
        if best < _NEAR_ENOUGH:
            return ()
        return tuple(
            _clauses_with(self.wordings[place], self.alike[place], mine)
            for place, score in enumerate(scores)
            if score >= best - _AS_WELL
        )


def compare(draft: Draft, vectors: DraftVectors, sources: Sources, places: Sequence[int]) -> Comparison:
    """Hold a draft against some sentences of the sources.

    Args:
        draft: the sentence.
        vectors: of it and its words.
        sources: all that could be cited.
        places: of the sentences that are.
    """
    wordings = tuple(sources.words[place] for place in places)
    return Comparison(
        draft=draft,
        words=vectors.words,
        sentences=tuple(sources.sentences[place] for place in places),
        wordings=wordings,
        alike=tuple(likeness(vectors.words, wording) for wording in wordings),
    )


def _around(sentence: SourceSentence) -> tuple[str, ...]:
    article = sentence.article
    texts = (*sentence.before, sentence.after, article.headline, article.publisher, *article.byline)
    return tuple(text for text in texts if text)


def _clauses_with(wording: Wording, alike: Likeness, mine: NDArray[np.int64]) -> Said:
    """Return the clauses of a sentence in which the nearest words stand."""
    nearest = wording.telling[alike[np.ix_(mine, wording.telling)].argmax(axis=1)]
    spans = clause_spans(wording.text)
    held = [sum(wording.spans[place].within(span) for place in nearest) for span in spans]
    chosen = [span for span, count in zip(spans, held, strict=True) if count > len(nearest) * _SOME]
    text = ", ".join(span.of(wording.text) for span in chosen) or wording.text
    main = spans[held.index(max(held))]
    touched = _is_touched(wording, main, {int(place) for place in nearest})
    return Said(wording.text, text, main.of(wording.text), touched, max(held) > _MOST * len(nearest))


def _is_touched(wording: Wording, main: Span, nearest: set[int]) -> bool:
    cue = next((cue for cue in denials(wording.text) if cue.within(main)), None)
    if cue is None:
        return True
    inside = wording.within(main).tolist()
    before = [place for place in inside if wording.spans[place].end <= cue.start]
    behind = [place for place in inside if wording.spans[place].end > cue.start][:_BEHIND_NO]
    return bool(nearest.intersection(behind)) or len(before) <= _BEHIND_NO


def _held(alike: Likeness, mine: NDArray[np.int64], theirs: NDArray[np.int64]) -> float:
    return float(alike[np.ix_(mine, theirs)].max(axis=1).mean()) if len(theirs) else 0.0
