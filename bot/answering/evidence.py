"""What was found for a question: labelled passages, and the sentences that could be quoted from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.types import Evidence
from index.passages import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.protocols import Retriever
    from index.types import Article, Hit, Query, Span


# Sentences are encoded one by one, so the passages that they come from are few.
_QUOTED_FROM = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could be quoted: ``cosine`` is its nearness to the question."""

    evidence: Evidence
    span: Span
    text: str
    cosine: float

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.evidence.article


def gather(hits: Sequence[Hit], retriever: Retriever) -> tuple[Evidence, ...]:
    """Label the passages that were found, best first, each with its article."""
    return tuple(
        Evidence(label, hit.passage, retriever.article(hit.passage.article_id), hit.score, hit.cosine)
        for label, hit in enumerate(hits, start=1)
    )


def candidates(
    evidence: Sequence[Evidence], query: Query, retriever: Retriever, *, passages: int = _QUOTED_FROM
) -> tuple[Candidate, ...]:
    """Return the sentences of the best evidence, nearest to the question first.

    A sentence is encoded by itself: pooled out of its passage it chose worse quotes.

    Args:
        evidence: passages, best first.
        query: what was asked.
        retriever: encodes the sentences.
        passages: how many of the evidence count.
    """
    places = _places(evidence[:passages])
    texts = [span.of(found.article.text) for found, span in places]
    cosines = retriever.nearness(query.text, texts)
    ranked = [
        Candidate(found, span, text, cosine)
        for (found, span), text, cosine in zip(places, texts, cosines, strict=True)
    ]
    return tuple(sorted(ranked, key=lambda candidate: -candidate.cosine))


def _places(evidence: Sequence[Evidence]) -> list[tuple[Evidence, Span]]:
    """Return the sentences that passages touch, whole and each once: a long one reaches over two."""
    places: dict[tuple[str, Span], tuple[Evidence, Span]] = {}
    for found in evidence:
        article, passage = found.article, found.passage.span
        for span in sentences(article.text, article.language, article.headings):
            if span.start < passage.end and passage.start < span.end:
                places.setdefault((article.article_id, span), (found, span))
    return list(places.values())
