"""How well what is cited carries the meaning of a draft, and which sentence does."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.clauses import content, shared
from bot.answering.verification.facts import facts_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.verification.comparison import Comparison
    from bot.answering.verification.facts import Facts
    from bot.answering.verification.sources import Sources, SourceSentence
    from bot.answering.verification.types import Draft
    from index.protocols import Vectors


@dataclass(frozen=True, slots=True)
class Bearing:
    """What one sentence of the sources has in common with a draft.

    Args:
        place: of the sentence among the sources.
        cosine: nearness in meaning.
        words: share of the draft's content words that it holds.
        facts: share of the draft's facts that it holds; 1 where there are none.
    """

    place: int
    cosine: float
    words: float
    facts: float

    @property
    def score(self) -> float:
        """How well it carries the draft: cosines of this model lie within a tenth of each other."""
        return 6 * self.cosine + self.words + self.facts


def bearings(
    draft: Draft, facts: Facts, vector: Vectors, sources: Sources, places: Sequence[int]
) -> tuple[Bearing, ...]:
    """Return what some sentences of the sources have in common with a draft, best first.

    Args:
        draft: the sentence.
        facts: of the draft.
        vector: of the draft, of length one.
        sources: all that could be cited.
        places: of the sentences that count.
    """
    found = [_bearing(draft, facts, vector, sources, place) for place in places]
    return tuple(sorted(found, key=lambda bearing: -bearing.score))


def near_ones(ranked: Sequence[Bearing]) -> tuple[Bearing, ...]:
    """Return the sentences about what a draft is about: near in meaning or in words, or right beside the nearest."""
    best = max(ranked, key=lambda bearing: bearing.cosine)
    return tuple(
        b
        for b in ranked
        if b.cosine >= best.cosine - _BESIDE_THE_POINT
        or b.words >= _SAME_MATTER
        or abs(b.place - best.place) == 1
    )


def _bearing(draft: Draft, facts: Facts, vector: Vectors, sources: Sources, place: int) -> Bearing:
    sentence = sources.sentences[place]
    return Bearing(
        place=place,
        cosine=float(sources.vectors[place] @ vector),
        words=words_held(draft, [sentence]),
        facts=facts_held(facts, draft, sentence) / facts.count if facts.count else 1.0,
    )


def words_held(draft: Draft, sentences: Sequence[SourceSentence]) -> float:
    """Return the share of a draft's content words that some sentences hold together, 0 to 1."""
    across = any(sentence.article.language != draft.language for sentence in sentences)
    theirs = frozenset(word for sentence in sentences for word in sentence.content)
    return shared(content(draft.text, draft.language), theirs, across=across)


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a sentence that is carried from one that only comes near.

    Args:
        covered: how well the cited sentences hold the telling words of the draft, the mean of all.
        least: the same, the mean of the quarter that they hold least.
        clause: how well one cited sentence holds the clause of the draft that is held least.
        across: 1 where the draft and what it cites are in different languages, else 0.
    """

    covered: float
    least: float
    clause: float
    across: float


# A sentence that trails the nearest by more, and shares fewer words, is about something else.
_BESIDE_THE_POINT = 0.06
_SAME_MATTER = 0.25
# Telling words in a row that nothing cited is like, in the mean: what was added is nowhere. Words of two languages
# are less like each other.
_ROW = 3
_LIKE, _LIKE_ACROSS = 0.57, 0.42
# One word of a short sentence is held less than a row is.
_FEWER = 0.1
# Logistic regression, fitted by scripts/fit_support.py on half of 1,408 claims that were put together of questions and
# answers (PIAF; XQuAD in English, and in German and Spanish over English paragraphs): carried, or of another paragraph,
# with another's answer or with a second claim added, the paragraphs cited alone and with those beside them. Of the
# other half 82 in 100 carried ones and 17 in 100 others pass at 0.5. The more is cited, the more words are found
# somewhere; so what counts most is that one sentence holds a whole clause.
WEIGHTS = Signs(covered=1.61, least=3.61, clause=12.29, across=2.47)
BIAS = -10.86


def signs_of(comparison: Comparison) -> Signs:
    """Measure how well the cited sentences carry a draft."""
    covered = np.sort(comparison.covered)
    return Signs(
        covered=float(covered.mean()) if len(covered) else 1.0,
        least=float(covered[: max(1, len(covered) // 4)].mean()) if len(covered) else 1.0,
        clause=comparison.least_clause,
        across=float(any(comparison.across(place) for place in range(len(comparison.sentences)))),
    )


def strange_part(comparison: Comparison) -> str | None:
    """Return the words of a draft, a few in a row, that nothing cited is like; None where there are none."""
    covered = comparison.covered
    if not len(covered):
        return None
    row = min(_ROW, len(covered))
    means = np.convolve(covered, np.full(row, 1 / row), mode="valid")
    if len(covered) < _ROW:  # of two words neither may be strange
        means = covered + np.float32(_FEWER)
        row = 1
    across = all(comparison.across(place) for place in range(len(comparison.sentences)))
    start = int(means.argmin())
    if means[start] >= (_LIKE_ACROSS if across else _LIKE):
        return None
    places = comparison.words.telling[start : start + row]
    return " ".join(comparison.words.spans[place].of(comparison.draft.text) for place in places)


def probability(signs: Signs) -> float:
    """Return the probability, 0 to 1, that what is cited carries a draft."""
    logit = BIAS + sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(signs), strict=True))
    return 1 / (1 + math.exp(-logit))
