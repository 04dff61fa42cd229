"""What was found for a question: labelled passages, and the sentences that could be quoted from them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bot.answering.said import with_words_of
from bot.types import Evidence
from index.passages import sentences
from index.retrieval.duplicates import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.protocols import Retriever
    from index.types import Article, Hit, Query, Span

# Where a sentence stands: the version of its article, and the span.
Place: TypeAlias = "tuple[str, Span]"
# Sentences of so many passages may be quoted.
QUOTED_FROM = 8
# So many times the passages are looked at, so that reprints leave places for others.
_SPARE = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could be quoted.

    Args:
        evidence: what it stands in.
        span: where it stands in the article.
        text: the sentence.
        cosine: how near its words are to the question.
        passage_cosine: how near the words of its passage are.
        also_in: other articles that print nearly the same sentence, once it is chosen.
    """

    evidence: Evidence
    span: Span
    text: str
    cosine: float
    passage_cosine: float
    also_in: tuple[Article, ...] = ()

    @property
    def article(self) -> Article:
        """The article that the sentence stands in."""
        return self.evidence.article

    @property
    def place(self) -> Place:
        """Where the sentence stands."""
        return self.article.version_sha256, self.span


def find(query: Query, retriever: Retriever) -> tuple[Evidence, ...]:
    """Find the passages for a question; those that say the same nearly word for word count once.

    Args:
        query: what was asked; at most ``top_k`` passages are returned.
        retriever: finds them.
    """
    hits = retriever.retrieve(replace(query, top_k=_SPARE * query.top_k))
    hits = with_words_of(query, hits, retriever)
    return gather([_newest(hit, retriever) for hit in folded(hits, query.top_k)], retriever)


def _newest(hit: Hit, retriever: Retriever) -> Hit:
    """Return a hit whose outlet printed the passage again, later, as the later one."""
    if not hit.also_in:
        return hit
    mine = retriever.article(hit.passage.article_id)
    again = [
        passage
        for passage in hit.also_in
        if mine.publisher and retriever.article(passage.article_id).publisher == mine.publisher
    ]
    newest = max((hit.passage, *again), key=lambda p: _last_change(retriever.article(p.article_id)))
    others = tuple(passage for passage in (hit.passage, *hit.also_in) if passage != newest)
    return replace(hit, passage=newest, also_in=others)


def _last_change(article: Article) -> float:
    moment = article.updated_at or article.published_at
    return moment.timestamp() if moment else -math.inf


def gather(hits: Sequence[Hit], retriever: Retriever) -> tuple[Evidence, ...]:
    """Label the passages that were found, best first, each with its article."""
    return tuple(
        Evidence(
            label,
            hit.passage,
            retriever.article(hit.passage.article_id),
            hit.score,
            hit.cosine,
            _others(hit, retriever),
        )
        for label, hit in enumerate(hits, start=1)
    )


def _others(hit: Hit, retriever: Retriever) -> tuple[Article, ...]:
    """Return the other articles that print a passage."""
    others = dict.fromkeys(passage.article_id for passage in hit.also_in)
    return tuple(retriever.article(name) for name in others if name != hit.passage.article_id)


def candidates(
    evidence: Sequence[Evidence], query: Query, retriever: Retriever, *, passages: int = QUOTED_FROM
) -> tuple[Candidate, ...]:
    """Return the sentences of the best evidence, nearest to the question first.

    A sentence is as near as its words are where they stand in their passage: encoded by itself, as one
    vector, it chose worse quotes and took longer.

    Args:
        evidence: passages, best first.
        query: what was asked.
        retriever: compares the words.
        passages: how many of the evidence count.
    """
    looked_at = evidence[:passages]
    places = _places(looked_at)
    cosines = retriever.nearness(
        query.text,
        [
            *((found.passage, span) for found, span in places),
            *((found.passage, found.passage.span) for found in looked_at),
        ],
    )
    whole = {
        found.passage.passage_id: cosine
        for found, cosine in zip(looked_at, cosines[len(places) :], strict=True)
    }
    ranked = [
        Candidate(found, span, span.of(found.article.text), cosine, whole[found.passage.passage_id])
        for (found, span), cosine in zip(places, cosines, strict=False)
    ]
    return tuple(sorted(ranked, key=lambda candidate: -candidate.cosine))


def _places(evidence: Sequence[Evidence]) -> list[tuple[Evidence, Span]]:
    """Return the sentences that passages touch, whole and each once: a long one reaches over two."""
    places: dict[tuple[str, Span], tuple[Evidence, Span]] = {}
    for found in evidence:
        article, passage = found.article, found.passage.span
        for span in sentences(article.text, article.language, article.headings, touching=passage):
            places.setdefault((article.article_id, span), (found, span))
    return list(places.values())
