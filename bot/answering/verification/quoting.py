"""Quoted words of a draft: they stand in a cited passage, or it is a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.verification.quotations import find_quotation, is_stitched, quotations
from bot.answering.verification.types import Draft, Fault, Support

if TYPE_CHECKING:
    from bot.answering.verification.sources import Sources
    from index.types import Span


def quoted_supports(draft: Draft, sources: Sources) -> tuple[Support, ...] | Fault:
    """Return where the quoted words of a draft stand in what it cites, or the first fault.

    Args:
        draft: with its labels.
        sources: all that could be cited.
    """
    supports: list[Support] = []
    for span in quotations(draft.text):
        quotation = span.of(draft.text)
        found = _find(quotation, sources, frozenset(draft.labels))
        if found is None:
            return _fault(quotation, draft, sources)
        supports.append(found)
    return tuple(supports)


def _find(quotation: str, sources: Sources, labels: frozenset[int]) -> Support | None:
    for evidence in sources.evidence:
        if evidence.label not in labels:
            continue
        found = find_quotation(quotation, evidence.passage.text)
        if found and not _is_ordered(
            found.shifted(evidence.passage.span.start), evidence.article.article_id, sources
        ):
            return Support(evidence.article, found.shifted(evidence.passage.span.start))
    return None


def _is_ordered(span: Span, article_id: str, sources: Sources) -> bool:
    return any(
        s.is_order
        and s.article.article_id == article_id
        and s.span.start < span.end
        and span.start < s.span.end
        for s in sources.sentences
    )


def _fault(quotation: str, draft: Draft, sources: Sources) -> Fault:
    if _find(quotation, sources, sources.labels - frozenset(draft.labels)):
        return Fault("other-source", quotation)
    texts = tuple(evidence.passage.text for evidence in sources.evidence)
    return Fault("stitched" if is_stitched(quotation, texts) else "not-verbatim", quotation)
