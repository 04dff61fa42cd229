"""Fakes of the seams: each passes the contract that the real part passes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.words_in_place import WordsInPlace
from index.errors import ArticleNotFound
from index.generation import Extent
from index.storage.vectors import facts_of
from index.types import Hit
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.generation import Generation
    from index.protocols import PassageFacts, Vectors
    from index.types import Article, Passage, Query, Span

_PROMPT_WEIGHT = 0.3
_WORD = re.compile(r"[^\W_]+")


class FakeEmbedder:
    """A bag of words: every word has a direction of its own, so texts that share words are near.

    Args:
        name: makes another model of it: another id, other directions.
        dimension: length of a vector.
    """

    def __init__(self, name: str = "words", dimension: int = 64) -> None:
        """Keep the name; there is nothing to load."""
        self.embedder_id = f"fake:{name}:{dimension}"
        self.dimension = dimension
        self.runs_on = "nothing but this process"
        self.embedded: list[str] = []
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per passage, and remember that it was asked for."""
        self.embedded.extend(texts)
        return self._embed("passage", texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per question, and remember that it was asked for."""
        self.asked.extend(texts)
        return self._embed("query", texts)

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[WordsInPlace]]:
        """Return a row per passage, and of each passage a row per word."""
        return self.embed_passages(texts), [self._words(text) for text in texts]

    def read_question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return the question's row, and a row per word of it."""
        return self.embed_questions([text])[0], self._words(text).vectors

    def _words(self, text: str) -> WordsInPlace:
        found = [(match.start(), " ".join(words(match.group()))) for match in _WORD.finditer(text)]
        rows = [self._direction(word) for _, word in found]
        vectors = np.array(rows, np.float32).reshape(-1, self.dimension)
        return WordsInPlace(np.array([start for start, _ in found], np.int32), vectors)

    def _embed(self, prompt: str, texts: Sequence[str]) -> Vectors:
        rows = np.empty((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            total = _PROMPT_WEIGHT * self._direction(f"{prompt}: ")
            for word in words(text):
                total = total + self._direction(word)
            row[:] = total / np.linalg.norm(total)
        return rows

    def _direction(self, word: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return _direction(self.embedder_id, word, self.dimension)


@cache
def _direction(embedder_id: str, word: str, dimension: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    digest = hashlib.sha256(f"{embedder_id}\n{word}".encode()).digest()
    direction = np.random.default_rng(int.from_bytes(digest)).standard_normal(dimension)
    return direction / np.linalg.norm(direction)


class FakeVectors:
    """Vectors in a dictionary; every search looks at all of them."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows: dict[str, tuple[Vectors, PassageFacts]] = {}

    def add(self, passage_ids: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> None:
        """Store vectors with the facts that a search may be narrowed by."""
        for passage_id, vector, fact in zip(passage_ids, vectors, facts, strict=True):
            self._rows[passage_id] = (vector, fact)

    def nearest(self, vector: Vectors, top_k: int, query: Query) -> dict[str, float]:
        """Return at most ``top_k`` passage ids with their cosine, narrowed by the query's filters."""
        cosines = {
            name: float(row @ vector) for name, (row, facts) in self._rows.items() if _counts(facts, query)
        }
        return dict(sorted(cosines.items(), key=lambda item: (-item[1], item[0]))[:top_k])

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the stored vectors of those ids that are there."""
        return {name: self._rows[name][0] for name in passage_ids if name in self._rows}

    def count(self) -> int:
        """Return how many vectors are stored."""
        return len(self._rows)

    def close(self) -> None:
        """Let go of nothing."""


def _counts(facts: PassageFacts, query: Query) -> bool:
    published = facts.get("published_at")
    moment = float(published) if published is not None else None
    if query.published_from and (moment is None or moment < query.published_from.timestamp()):
        return False
    if query.published_to and (moment is None or moment > query.published_to.timestamp()):
        return False
    if query.languages and facts.get("language") not in query.languages:
        return False
    return not query.publishers or facts.get("publisher") in query.publishers


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


class FakeRetriever:
    """Finds passages by the words they share with the question, in memory.

    Args:
        generation: what it says that it searches.
        split_articles: articles with their passages.
        embedder: makes the vectors; a :class:`FakeEmbedder` unless another is given.
    """

    def __init__(
        self,
        generation: Generation,
        split_articles: Sequence[tuple[Article, Sequence[Passage]]],
        embedder: FakeEmbedder | None = None,
    ) -> None:
        """Embed every passage."""
        self.generation = generation
        self.embedder = embedder or FakeEmbedder()
        self._articles = {article.article_id: article for article, _ in split_articles}
        self._passages = [passage for _, passages in split_articles for passage in passages]
        self._vectors = self.embedder.embed_passages([passage.text for passage in self._passages])

    def retrieve(self, query: Query) -> tuple[Hit, ...]:
        """Return the best passages first, at most ``query.top_k``."""
        cosines = self._vectors @ self.embedder.embed_questions([query.text])[0]
        found = [
            (float(cosine), passage)
            for cosine, passage in zip(cosines, self._passages, strict=True)
            if self._is_wanted(passage, query)
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1].passage_id))
        return tuple(
            Hit(passage, score, rank, "fused", cosine=score)
            for rank, (score, passage) in enumerate(found[: query.top_k], start=1)
        )

    def fused(self, query: Query) -> tuple[Hit, ...]:
        """Return the same: in memory nothing is dear."""
        return self.retrieve(query)

    def dense(self, query: Query) -> tuple[Hit, ...]:
        """Return the passages nearest in meaning, at most ``query.top_k``."""
        return tuple(replace(hit, found_by="dense") for hit in self.retrieve(query))

    def lexical(self, query: Query) -> tuple[Hit, ...]:
        """Return the passages that share words with the query, most first, at most ``query.top_k``."""
        asked = set(words(query.text))
        sharing = {
            hit: len(asked.intersection(words(hit.passage.text)))
            for hit in self.retrieve(replace(query, top_k=len(self._passages)))
        }
        best = sorted((hit for hit, count in sharing.items() if count), key=lambda hit: -sharing[hit])
        return tuple(
            replace(hit, score=float(sharing[hit]), rank=rank, found_by="lexical")
            for rank, hit in enumerate(best[: query.top_k], start=1)
        )

    def nearness(self, question: str, places: Sequence[tuple[Passage, Span]]) -> tuple[float, ...]:
        """Return how near the words of each place are to a question, -1 to 1."""
        return tuple(self._nearness(question, passage, span) for passage, span in places)

    def _nearness(self, question: str, passage: Passage, span: Span) -> float:
        start, end = max(span.start, passage.span.start), min(span.end, passage.span.end)
        if start >= end:
            return -1.0
        (_, (said,)), (_, asked) = (
            self.embedder.read_passages(
                [passage.text[start - passage.span.start : end - passage.span.start]]
            ),
            self.embedder.read_question(question),
        )
        if not len(said.vectors) or not len(asked):
            return -1.0
        return float((asked @ said.vectors.T).max(axis=1).mean())

    def publishers(self) -> tuple[str, ...]:
        """Return the outlets that the articles name, in order."""
        return tuple(sorted({a.publisher for a in self._articles.values() if a.publisher}))

    def extent(self) -> Extent:
        """Return what the generation holds, in figures."""
        articles = self._articles.values()
        publishers = Counter(article.publisher for article in articles if article.publisher is not None)
        moments = [article.published_at for article in articles if article.published_at]
        return Extent(
            publishers=_most_first(publishers),
            unnamed=len(articles) - publishers.total(),
            languages=_most_first(Counter(article.language for article in articles)),
            oldest_published_at=min(moments, default=None),
            newest_published_at=max(moments, default=None),
            undated=len(articles) - len(moments),
        )

    def undated(self, query: Query) -> int:
        """Return how many articles pass a query's filters but for their date, which they do not give."""
        timeless = replace(query, published_from=None, published_to=None)
        articles = self._articles.values()
        wanted = {p.article_id for p in self._passages if self._is_wanted(p, timeless)}
        return sum(article.published_at is None for article in articles if article.article_id in wanted)

    def article(self, article_id: str) -> Article:
        """Return the article that a passage belongs to."""
        if article_id not in self._articles:
            raise ArticleNotFound(article_id)
        return self._articles[article_id]

    def close(self) -> None:
        """Let go of nothing."""

    def _is_wanted(self, passage: Passage, query: Query) -> bool:
        return _counts(facts_of(self._articles[passage.article_id], passage.span), query)
