"""The evidence made ready for verification: sentences, their facts and vectors, found once for all drafts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.alignment import Wording, wording
from bot.answering.verification.clauses import clauses, content
from bot.answering.verification.moments import Moment, moments_in, resolved
from bot.answering.verification.name_forms import Vocabulary, vocabulary
from bot.answering.verification.numbers import Number, numbers_in
from bot.answering.verification.orders import order_lines
from index.passages import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answering.verification.types import Draft
    from bot.types import Evidence
    from index.protocols import Embedder, Vectors
    from index.types import Article, Span


@dataclass(frozen=True)
class SourceSentence:
    """A sentence of an article that is cited, and what it says of how many and when.

    Args:
        article: the article.
        span: where it stands in ``article.text``.
        labels: the passages that it stands in.
        before: the sentences right before it in the article, nearest last: who "he" is; "" for an order.
        after: the sentence right behind it; "" at the end and for an order.
        is_order: it is part of a line that gives orders to a program.
    """

    article: Article
    span: Span
    labels: frozenset[int]
    before: tuple[str, ...]
    after: str
    is_order: bool

    @cached_property
    def text(self) -> str:
        """The words."""
        return self.span.of(self.article.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of the words that carry meaning."""
        return content(self.text, self.article.language)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """What it says of when, and what that comes to from the day of publishing."""
        published = self.article.published_at
        own = moments_in(self.text, self.article.language)
        return resolved(self.text, own, published.date() if published else None)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers; a date's are numbers too, as the other side may count what this one dates."""
        return numbers_in(self.text, self.article.language)

    def look_up(self, worded: Wording) -> None:
        """Find everything that will be asked of it and of its words, while nobody waits."""
        found = (self.content, self.moments, self.numbers, self.vocabulary, worded.telling)
        for part in clauses(self.text) if found else ():
            numbers_in(part, self.article.language)
            vocabulary(part, self.article.language)
            content(part, self.article.language)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Its words."""
        return vocabulary(self.text, self.article.language)


@dataclass(frozen=True)
class DraftVectors:
    """The vector of a draft, of length one, and its words in place."""

    sentence: Vectors
    words: Wording


@dataclass(frozen=True)
class Sources:
    """All that a draft may cite.

    Args:
        evidence: the labelled passages.
        sentences: of all passages, each once.
        vectors: one row for each sentence, of length one.
        words: the words of each sentence in place.
    """

    evidence: tuple[Evidence, ...]
    sentences: tuple[SourceSentence, ...]
    vectors: Vectors
    words: tuple[Wording, ...]

    @cached_property
    def labels(self) -> frozenset[int]:
        """The labels that a draft may name."""
        return frozenset(found.label for found in self.evidence)

    def cited(self, labels: Iterable[int]) -> tuple[int, ...]:
        """Return the places in ``sentences`` of what some labels name, orders left out."""
        wanted = set(labels)
        return tuple(
            place
            for place, sentence in enumerate(self.sentences)
            if sentence.labels & wanted and not sentence.is_order
        )


def prepare(evidence: Sequence[Evidence], embedder: Embedder) -> Sources:
    """Find the sentences of the evidence and encode them: as long as a model writes, this costs no time.

    Args:
        evidence: the labelled passages.
        embedder: the model that the index was made with.
    """
    found = sentences_of(evidence)
    texts = [sentence.text for sentence in found]
    vectors, words = (
        embedder.read_passages(texts) if texts else (np.zeros((0, embedder.dimension), np.float32), [])
    )
    wordings = tuple(
        wording(sentence.text, sentence.article.language, one)
        for sentence, one in zip(found, words, strict=True)
    )
    for sentence, worded in zip(found, wordings, strict=True):
        sentence.look_up(worded)
    return Sources(tuple(evidence), found, vectors, wordings)


def encode(draft: Draft, embedder: Embedder) -> DraftVectors:
    """Encode a draft and its words, in one pass."""
    rows, (words,) = embedder.read_passages([draft.text])
    return DraftVectors(rows[0], wording(draft.text, draft.language, words))


def sentences_of(evidence: Sequence[Evidence]) -> tuple[SourceSentence, ...]:
    """Return the sentences that the passages touch, each once, in order of article and place."""
    by_article: dict[str, list[Evidence]] = {}
    for found in evidence:
        by_article.setdefault(found.article.version_sha256, []).append(found)
    return tuple(sentence for passages in by_article.values() for sentence in _of_article(passages))


def _of_article(passages: Sequence[Evidence]) -> Iterable[SourceSentence]:
    article = passages[0].article
    spans = sentences(article.text, article.language, article.headings)
    orders = order_lines(article.text)
    said = ["" if any(_touch(span, order) for order in orders) else span.of(article.text) for span in spans]
    for place, span in enumerate(spans):
        labels = frozenset(e.label for e in passages if _touch(span, e.passage.span))
        if labels:
            yield SourceSentence(
                article=article,
                span=span,
                labels=labels,
                before=tuple(said[max(0, place - 2) : place]),
                after=said[place + 1] if place + 1 < len(spans) else "",
                is_order=not said[place],
            )


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
