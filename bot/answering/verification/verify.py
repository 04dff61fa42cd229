"""The line of verification: a drafted sentence in, the words that carry it or its fault out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.verification.comparison import compare
from bot.answering.verification.denial import denial_fault
from bot.answering.verification.facts import (
    crossed_name,
    crossed_number,
    crossed_person,
    facts_held,
    facts_of,
    missing_fact,
    missing_number,
    turned_numbers,
)
from bot.answering.verification.instead import instead_fault
from bot.answering.verification.meaning import clause_fault, speaker_fault
from bot.answering.verification.quotations import pieces_of
from bot.answering.verification.quoting import quoted_supports
from bot.answering.verification.roles import role_fault
from bot.answering.verification.support import bearings, near_ones, probability, signs_of, strange_part
from bot.answering.verification.types import Fault, Support, Verified
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.verification.comparison import Comparison
    from bot.answering.verification.facts import Facts
    from bot.answering.verification.sources import DraftVectors, Sources, SourceSentence
    from bot.answering.verification.support import Bearing
    from bot.answering.verification.types import Draft

# Fewer words say nothing.
_FEWEST_WORDS = 3
# Sentences that may carry a draft together.
_MOST_CARRYING = 3
# Shown from this probability on; see support.py for what it was fitted on.
THRESHOLD = 0.3


def verify(
    draft: Draft, vectors: DraftVectors, sources: Sources, *, threshold: float = THRESHOLD
) -> Verified | Fault:
    """Check a drafted sentence: labels, quotations, facts, speaker, negation and modality, meaning, in this order.

    Args:
        draft: the sentence with its labels.
        vectors: of the sentence and its clauses, by the sources' model.
        sources: all that could be cited.
        threshold: probability of support from which a sentence is shown.

    Returns:
        The sentence with the words that carry it, or the first fault.
    """
    quoted = _label_fault(draft, sources) or quoted_supports(draft, sources)
    if isinstance(quoted, Fault):
        return quoted
    facts, places = facts_of(draft), sources.cited(draft.labels)
    ranked = bearings(draft, facts, vectors.sentence, sources, places)
    carrying = _carrying(ranked, quoted, draft, facts, sources)
    is_whole = _same_text(draft.text, carrying[0].text)
    fault = None if is_whole else _fact_fault(draft, facts, ranked, sources)
    comparison = compare(draft, vectors, sources, places)
    fault = fault or _meaning_fault(draft, comparison, carrying)
    if fault is None and probability(signs_of(comparison)) < threshold:
        fault = Fault("not-said", draft.text)
    return fault or Verified(draft.text, _supports(quoted, carrying))


def _same_text(one: str, other: str) -> bool:
    """Tell whether two sentences are the same but for typography: then no fact of it can be another."""
    return pieces_of(one) == pieces_of(other)


def _label_fault(draft: Draft, sources: Sources) -> Fault | None:
    if not draft.labels:
        return Fault("no-label", ", ".join(map(str, draft.unknown)))
    if len(words(draft.text)) < _FEWEST_WORDS:
        return Fault("not-said", draft.text)
    return None if sources.cited(draft.labels) else Fault("order", draft.text)


def _fact_fault(draft: Draft, facts: Facts, ranked: Sequence[Bearing], sources: Sources) -> Fault | None:
    """Return the first number, date or name that is not there, or belongs to something else."""
    cited = [sources.sentences[bearing.place] for bearing in ranked]
    near = [sources.sentences[bearing.place] for bearing in near_ones(ranked)]
    nearest = max(ranked, key=lambda bearing: 6 * bearing.cosine + bearing.words)
    return (
        missing_number(facts, draft, near)
        or missing_fact(facts, draft, cited, near)
        or crossed_number(facts, draft, cited)
        or turned_numbers(facts, draft, cited)
        or crossed_name(facts, draft, cited)
        or crossed_person(facts, draft, sources.sentences[nearest.place])
    )


def _meaning_fault(draft: Draft, comparison: Comparison, carrying: Sequence[SourceSentence]) -> Fault | None:
    """Return that the speaker, a negation or a modal is another, or that a part is nowhere."""
    fault = (
        speaker_fault(draft, carrying[0])
        or instead_fault(comparison)
        or denial_fault(comparison)
        or clause_fault(comparison)
        or role_fault(comparison)
    )
    strange = None if fault else strange_part(comparison)
    return Fault("not-said", strange) if strange else fault


def _carrying(
    ranked: Sequence[Bearing],
    quoted: Sequence[Support],
    draft: Draft,
    facts: Facts,
    sources: Sources,
) -> tuple[SourceSentence, ...]:
    """Return the sentences that carry a draft: those quoted, the best, and others that add a fact."""
    ordered = [sources.sentences[bearing.place] for bearing in ranked]
    holding = [s for s in ordered if any(s.article == q.article and _meet(s, q) for q in quoted)]
    chosen = holding[:1] or ordered[:1]
    for sentence in ordered:
        if len(chosen) == _MOST_CARRYING:
            break
        if (
            sentence not in chosen
            and facts_held(facts, draft, sentence)
            and _adds(sentence, chosen, draft, facts)
        ):
            chosen.append(sentence)
    return tuple(chosen)


def _adds(sentence: SourceSentence, chosen: Sequence[SourceSentence], draft: Draft, facts: Facts) -> bool:
    return (
        facts_held(facts, draft, sentence) > 0
        and max(facts_held(facts, draft, s) for s in chosen) < facts.count
    )


def _supports(quoted: Sequence[Support], carrying: Sequence[SourceSentence]) -> tuple[Support, ...]:
    """Return the quoted words, and the best sentence unless the quoted words stand in it."""
    whole = [
        Support(sentence.article, sentence.span)
        for sentence in carrying
        if not any(q.article == sentence.article and q.span.within(sentence.span) for q in quoted)
    ]
    return (*quoted, *(whole if not quoted else whole[:1]))


def _meet(sentence: SourceSentence, support: Support) -> bool:
    return sentence.span.start < support.span.end and support.span.start < sentence.span.end
