"""Speaker, negation and modality of a draft, held against the clauses of the sentences that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.verification.clauses import clause_spans, content, shared
from bot.answering.verification.instead import left_out
from bot.answering.verification.modality import certainty, is_done, is_shifted, lost_condition
from bot.answering.verification.name_forms import holds_name, names_of, vocabulary
from bot.answering.verification.polarity import added_denial, contrary, lost_denial
from bot.answering.verification.quotations import quotations
from bot.answering.verification.speakers import (
    attributes,
    is_claim,
    is_last_name,
    names_source,
    same_person,
    source_words,
    speakers,
    unquoted,
)
from bot.answering.verification.types import Draft, Fault
from index.words import words

if TYPE_CHECKING:
    from bot.answering.verification.comparison import Comparison
    from bot.answering.verification.name_forms import Name
    from bot.answering.verification.sources import SourceSentence

# Words around a quotation that may name its speaker.
_FEWEST_AROUND = 2
# A shorter stretch without a mark of its own has no verb: "The soprano Mirela Dragan, who …".
_FEWEST_IN_CLAUSE = 6
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


def clause_fault(comparison: Comparison) -> Fault | None:
    """Return that a clause of a draft denies what its source says, or is surer or less sure."""
    text = comparison.draft.text
    says_done = len(clause_spans(text)) == 1 and is_done(text)
    for span in clause_spans(text):
        likely = comparison.saying(span)
        if not likely:
            continue
        clause = span.of(text)
        turned_to = [
            contrary(clause, said.whole)
            or added_denial(clause, said.text)
            or (lost_denial(text, said.main) if said.is_touched and not left_out(text) else None)
            for said in likely
        ]
        if all(turned_to):
            return Fault("negation", str(turned_to[0]))
        attributed = attributes(text) and all(comparison.across(p) for p in range(len(comparison.sentences)))
        if (
            not names_source(clause)
            and (certainty(clause) or len(words(clause)) >= _FEWEST_IN_CLAUSE or says_done)
            and all(
                is_shifted(clause, said.text, is_attributed=attributed)
                and not (said.is_mostly_main and not is_shifted(clause, said.main, is_attributed=attributed))
                for said in likely
            )
        ) or all(lost_condition(text, said.whole) for said in likely):
            return Fault("modality", clause)
    return None


def _takes_over(draft: Draft, anchor: SourceSentence) -> bool:
    """Tell whether a draft says as its own what its source only has somebody say."""
    if quotations(draft.text):
        return len(words(unquoted(draft.text))) < _FEWEST_AROUND
    if draft.language != anchor.article.language or is_claim(draft.text):
        return False
    if any(same_person(name, speakers(anchor.text)) for name in names_of(draft.text) if name.words):
        return False  # "he finds it useless": whose view it is has been kept, whatever the verb
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
    if any(len(name.words) > 1 or is_last_name(name, anchor.article.text) for name in own):
        return own
    around = [name for text in (anchor.text, *anchor.before, anchor.after) for name in names_of(text)]
    return (*own, *(name for name in around if name.words))
