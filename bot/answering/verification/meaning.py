"""Speaker, negation and modality of a draft, held against the clauses of the sentences that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.verification.clauses import clauses, content, shared
from bot.answering.verification.modality import is_shifted
from bot.answering.verification.name_forms import holds_name, names_of, vocabulary
from bot.answering.verification.numbers import numbers_in
from bot.answering.verification.polarity import denied_words, refusal_lost, turned
from bot.answering.verification.quotations import quotations
from bot.answering.verification.speakers import (
    attributes,
    is_claim,
    same_person,
    source_words,
    speakers,
    unquoted,
)
from bot.answering.verification.types import Draft, Fault
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.verification.name_forms import Name
    from bot.answering.verification.sources import DraftVectors, Sources, SourceSentence

# A clause with less in common than this is not what the other clause says.
_ALIKE = 0.3
# Cosines this close together do not tell clauses apart.
_NEAR = 0.003
_MOST_NEAR = 4
# Words around a quotation that may name its speaker.
_FEWEST_AROUND = 2
# Share of a draft's words that are another's.
_TAKEN_OVER = 0.75


def speaker_fault(draft: Draft, anchor: SourceSentence) -> Fault | None:
    """Return that a draft gives words to somebody else than its source, or leaves out whose claim they are."""
    if not attributes(draft.text):
        return Fault("speaker", anchor.text) if _takes_over(draft, anchor) else None
    named = speakers(draft.text)
    if not named:
        return _unnamed_fault(draft, anchor)
    said_by = _speakers_around(anchor)
    outlet = vocabulary(" . ".join(filter(None, (anchor.article.publisher, *anchor.article.byline))), "en")
    if not said_by or any(same_person(name, said_by) for name in named):
        return None
    there = vocabulary(anchor.text, anchor.article.language)
    if any(len(n.words) == 1 and holds_name(n, there, language=draft.language) for n in named):
        return None
    if all(set(name.words) <= outlet.all for name in named) and not quotations(anchor.text):
        return None
    return Fault("speaker", named[0].text)


def clause_fault(
    draft: Draft, vectors: DraftVectors, carrying: Sequence[SourceSentence], sources: Sources
) -> Fault | None:
    """Return that a clause of a draft denies what its source says, or is surer or less sure.

    Args:
        draft: the sentence.
        vectors: of its clauses.
        carrying: the sentences that carry it, best first.
        sources: the vectors of theirs.
    """
    for clause in clauses(draft.text):
        likely = _likely_sources(clause, draft, carrying, vectors, sources)
        if not likely:
            continue
        denied = [turned(clause, source) for source in likely]
        if all(denied):
            return Fault("negation", str(denied[0]))
        if draft.language == carrying[0].article.language and (lost := refusal_lost(clause, likely[0])):
            return Fault("negation", lost)
        moved = _moved_denial(clause, draft, carrying)
        if moved:
            return Fault("negation", moved)
        if all(is_shifted(clause, source) for source in likely):
            return Fault("modality", clause)
    return None


def _moved_denial(clause: str, draft: Draft, carrying: Sequence[SourceSentence]) -> str | None:
    """Return a denied word that the best sentence affirms, where both languages are one."""
    anchor = carrying[0]
    if anchor.article.language != draft.language:
        return None
    denied = {word: content(word, draft.language) for word in denied_words(clause)}
    theirs = frozenset().union(*(content(word, draft.language) for word in denied_words(anchor.text)))
    return next((word for word, stem in denied.items() if stem & anchor.content and not stem & theirs), None)


def _likely_sources(
    clause: str, draft: Draft, carrying: Sequence[SourceSentence], vectors: DraftVectors, sources: Sources
) -> list[str]:
    """Return the source clauses that say what a clause says: those most alike, or all of a sentence where none is.

    Across languages words tell little, and nearness in meaning decides.
    """
    if draft.language != carrying[0].article.language:
        mine = vectors.clauses[clause]
        near = {
            other: float(sources.vector_of(other, sentence) @ mine)
            + 0.01 * _alike(clause, other, draft, sentence)
            for sentence in carrying[:_MOST_NEAR]
            for other in clauses(sentence.text)
        }
        return [other for other, score in near.items() if score >= max(near.values()) - _NEAR]
    scored = [
        (_alike(clause, other, draft, sentence), -rank, other)
        for rank, sentence in enumerate(carrying)
        for other in clauses(sentence.text)
    ]
    if not scored:
        return []
    best = max(score for score, _, _ in scored)
    if best < _ALIKE:
        return list(clauses(carrying[0].text))
    return [other for score, _, other in scored if score >= best - 0.1]


def _alike(clause: str, other: str, draft: Draft, sentence: SourceSentence) -> float:
    language = sentence.article.language
    across = language != draft.language
    words = shared(content(clause, draft.language), content(other, language), across=across)
    mine, theirs = numbers_in(clause, draft.language), numbers_in(other, language)
    same_numbers = sum(any(n.equals(m) for m in theirs) for n in mine)
    return words + (0.5 * same_numbers / len(mine) if mine else 0.0)


def _takes_over(draft: Draft, anchor: SourceSentence) -> bool:
    """Tell whether a draft says as its own what its source only has somebody say."""
    if quotations(draft.text):
        return len(words(unquoted(draft.text))) < _FEWEST_AROUND
    if draft.language != anchor.article.language:
        return False
    mine = content(draft.text, draft.language)
    quoted = " ".join(span.of(anchor.text) for span in quotations(anchor.text))
    said = content(quoted, draft.language)
    claimed = anchor.content if is_claim(anchor.text) else said
    return shared(mine, claimed, across=False) >= _TAKEN_OVER


def _unnamed_fault(draft: Draft, anchor: SourceSentence) -> Fault | None:
    """Return that "according to the mayor" is not according to the mayor, where both languages are one."""
    who = content(source_words(draft.text), draft.language)
    if not who or draft.language != anchor.article.language:
        return None
    around = " ".join(
        (
            *anchor.before,
            anchor.text,
            anchor.after,
            anchor.article.headline or "",
            anchor.article.publisher or "",
        )
    )
    return None if who & content(around, draft.language) else Fault("speaker", source_words(draft.text))


def _speakers_around(anchor: SourceSentence) -> tuple[Name, ...]:
    """Return who speaks in a sentence; where it only says "she said", who is named right before or behind it."""
    own = speakers(anchor.text)
    if any(len(name.words) > 1 for name in own):
        return own
    around = [name for text in (anchor.text, *anchor.before, anchor.after) for name in names_of(text)]
    return (*own, *(name for name in around if name.words))
