"""How well what is cited carries the meaning of a draft, and which sentence does."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from bot.answering.verification.clauses import clauses, content, parts, shared, strangest_run
from bot.answering.verification.facts import facts_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.verification.facts import Facts
    from bot.answering.verification.sources import DraftVectors, Sources, SourceSentence
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
        cosine: of the nearest cited sentence.
        behind: by how much another passage's sentence is nearer than the nearest cited one; 0 where none is.
        worst_clause: share of the content words of a clause that the cited sentences hold together, for the
            clause that has the smallest.
        across: 1 where the draft and what it cites are in different languages, else 0.
    """

    cosine: float
    behind: float
    worst_clause: float
    across: float


# A sentence that trails the nearest by more, and shares fewer words, is about something else.
_BESIDE_THE_POINT = 0.06
_SAME_MATTER = 0.25
# Content words in a row that no cited sentence holds.
_STRANGE_WORDS = 3
# Share of the content words that no cited sentence holds.
_STRANGE_SHARE = 0.4
# A part of a sentence and its translation are nearer to each other than this.
_FAR = 0.83
# Logistic regression, fitted by scripts/fit_support.py on 948 claims that were put together of questions and their
# answers (PIAF; XQuAD in English, German and Spanish), carried or not by the paragraph that they cite.
WEIGHTS = Signs(cosine=27.05, behind=-64.28, worst_clause=12.06, across=3.48)
BIAS = -26.98


def signs_of(draft: Draft, vector: Vectors, sources: Sources, places: Sequence[int]) -> Signs:
    """Measure how well the cited sentences carry a draft; the arguments are those of :func:`bearings`."""
    cited = [sources.sentences[place] for place in places]
    cosines = sources.vectors @ vector
    best = float(cosines[list(places)].max())
    others = [float(c) for place, c in enumerate(cosines) if place not in places]
    return Signs(
        cosine=best,
        behind=max(0.0, max(others, default=0.0) - best),
        worst_clause=min(
            _clause_words(clause, draft, cited) for clause in clauses(draft.text) or [draft.text]
        ),
        across=float(any(s.article.language != draft.language for s in cited)),
    )


def strange_part(
    draft: Draft, vectors: DraftVectors, cited: Sequence[SourceSentence], sources: Sources
) -> str | None:
    """Return the part of a draft that nothing cited comes near; None where there is none.

    In one language it is a row of words that are not there, in two a part whose meaning is not.
    """
    same = [s for s in cited if s.article.language == draft.language]
    if same:
        headlines = [content(s.article.headline or "", draft.language) for s in same]
        known = frozenset().union(*(s.content for s in same), *headlines)
        run = strangest_run(draft.text, known, draft.language)
        strange = 1 - shared(content(draft.text, draft.language), known, across=False)
        return " ".join(run) if len(run) >= _STRANGE_WORDS or strange > _STRANGE_SHARE else None
    theirs = [sources.vector_of(text, s) for s in cited for text in (s.text, *clauses(s.text))]
    for part in parts(draft.text):
        if max(float(vectors.clauses[part] @ other) for other in theirs) < _FAR:
            return part
    return None


def _clause_words(clause: str, draft: Draft, cited: Sequence[SourceSentence]) -> float:
    mine = content(clause, draft.language)
    if not mine:
        return 1.0
    across = any(s.article.language != draft.language for s in cited)
    return shared(mine, frozenset(word for s in cited for word in s.content), across=across)


def probability(signs: Signs) -> float:
    """Return the probability, 0 to 1, that what is cited carries a draft."""
    logit = BIAS + sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(signs), strict=True))
    return 1 / (1 + math.exp(-logit))
