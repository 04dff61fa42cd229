"""A page saved as plain text, page furniture included -> the article in it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from index.sources.drafts import Draft, Origin, finish
from index.sources.layout import mark_page
from index.sources.lines import split_lines, with_marked_headings
from index.sources.masthead import byline_of, read_masthead
from index.sources.outlets import publisher_of
from index.sources.overrules import Overrule
from index.sources.own_voice import strike_own_voice
from index.sources.proof import Proof, heading_spans, lay_out
from index.sources.repetition import repeated_among

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.types import Reading

_NO_OVERRULE = Overrule()
_NOTHING_OVERRULED: Mapping[str, Overrule] = MappingProxyType({})
_NOTHING_REPEATED: Mapping[str, frozenset[str]] = MappingProxyType({})


def parse_scraped_text(
    text: str,
    origin: Origin,
    repeated: Mapping[str, frozenset[str]] = _NOTHING_REPEATED,
    overrules: Mapping[str, Overrule] = _NOTHING_OVERRULED,
) -> Reading:
    """Read an article out of a scraped page.

    Args:
        text: the decoded page.
        origin: where it comes from.
        repeated: what its outlet prints on other pages too, see ``repetition.PageLines``.
        overrules: what a person decided, by outlet.

    Returns:
        The article, whose ``kept`` spans of ``text`` are its text, or the refusal.
    """
    proof = _proof(text)
    again = repeated_among(origin.folder, proof.lines, repeated)
    draft = draft_of_page(proof, repeated=again)
    overrule = overrules.get(draft.publisher or "")
    if overrule:
        draft = draft_of_page(_proof(text), repeated=again, overrule=overrule)
    return finish(draft, origin)


def _proof(text: str) -> Proof:
    return Proof.of_lines(text, with_marked_headings(split_lines(text)))


def draft_of_page(
    proof: Proof,
    known: Draft | None = None,
    repeated: frozenset[int] = frozenset(),
    overrule: Overrule = _NO_OVERRULE,
) -> Draft:
    """Clean a page and find what its header and footer say.

    Args:
        proof: the page with nothing struck but what the caller knows of.
        known: what is known already; it wins over what the page says.
        repeated: indexes of the lines that stand on other pages of the outlet too.
        overrule: what a person decided about the outlet's lines.
    """
    for index in overrule.removed(proof.lines):
        proof.strike(index, "rule")
    marks = mark_page(proof, repeated)
    publisher, byline = publisher_of(proof, marks), byline_of(proof, marks)
    strike_own_voice(proof, marks, publisher, byline)
    for index in overrule.kept(proof.lines):
        proof.reasons[index] = None
    kept, removals = lay_out(proof)
    found = Draft(
        text="".join(span.of(proof.text) for span in kept),
        headline=proof.wording(marks.headline) if marks.headline is not None else None,
        dek=proof.wording(marks.dek) if marks.dek is not None else None,
        headings=heading_spans(proof, kept),
        kept=kept,
        removals=removals,
    )
    found = read_masthead(proof, marks, found, publisher, byline)
    return found.or_else(known) if known else found
