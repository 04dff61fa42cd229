"""A page saved as plain text, page furniture included -> the article in it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from index.sources.drafts import Draft, Origin, finish
from index.sources.layout import mark_page
from index.sources.masthead import read_masthead
from index.sources.proof import Proof, heading_spans, lay_out
from index.sources.repetition import repeated_among

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.types import Reading

_NOTHING_REPEATED: Mapping[str, frozenset[str]] = MappingProxyType({})


def parse_scraped_text(
    text: str, origin: Origin, repeated: Mapping[str, frozenset[str]] = _NOTHING_REPEATED
) -> Reading:
    """Read an article out of a scraped page.

    Args:
        text: the decoded page.
        origin: where it comes from.
        repeated: what its outlet prints on other pages too, see ``repetition.PageLines``.

    Returns:
        The article, whose ``kept`` spans of ``text`` are its text, or the refusal.
    """
    proof = Proof.of(text)
    again = repeated_among(origin.folder, proof.lines, repeated)
    return finish(draft_of_page(proof, repeated=again), origin)


def draft_of_page(proof: Proof, known: Draft | None = None, repeated: frozenset[int] = frozenset()) -> Draft:
    """Clean a page and find what its header and footer say.

    Args:
        proof: the page with nothing struck but what the caller knows of.
        known: what is known already; it wins over what the page says.
        repeated: indexes of the lines that stand on other pages of the outlet too.
    """
    marks = mark_page(proof, repeated)
    kept, removals = lay_out(proof)
    found = Draft(
        text="".join(span.of(proof.text) for span in kept),
        headline=proof.wording(marks.headline) if marks.headline is not None else None,
        dek=proof.wording(marks.dek) if marks.dek is not None else None,
        headings=heading_spans(proof, kept),
        kept=kept,
        removals=removals,
    )
    found = read_masthead(proof, marks, found)
    return found.or_else(known) if known else found
