"""The seams of the collection, each small enough to fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.embedding.words_in_place import WordsInPlace
    from index.generation import Extent, Generation
    from index.types import Article, Hit, Passage, Query, Span

Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Turns text into vectors of length one, so that a dot product is a cosine."""

    @property
    def embedder_id(self) -> str:
        """Name of the model, its file and its precision: vectors of two ids never mix."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def runs_on(self) -> str:
        """What it runs on, and how: library, instructions or device, threads."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row per passage, float32 (n, dimension)."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row per question, float32 (n, dimension)."""

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[WordsInPlace]]:
        """Return what :meth:`embed_passages` returns, and the words of each passage where they stand."""

    def read_question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return a question's vector (dimension), and one row of length one per piece of it, in order."""


class VectorStore(Protocol):
    """Vectors by passage id."""

    def add(self, passage_ids: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> None:
        """Store vectors with the facts that a search may be narrowed by."""

    def nearest(self, vector: Vectors, top_k: int, query: Query) -> dict[str, float]:
        """Return at most ``top_k`` passage ids with their cosine, narrowed by the query's filters."""

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the stored vectors of those ids that are there."""

    def count(self) -> int:
        """Return how many vectors are stored."""

    def close(self) -> None:
        """Let go of the files."""


PassageFacts: TypeAlias = "Mapping[str, str | float]"


class WordStore(Protocol):
    """The words of passages where they stand, packed, by passage id."""

    def packed_words(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Return the stored words of those ids that are there."""

    def close(self) -> None:
        """Let go of the file."""


class ArticleStore(Protocol):
    """Articles, their passages, and full text over both."""

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            ArticleNotFound: there is none of that id.
        """

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of those ids that are there."""

    def search(self, query: Query, top_k: int) -> dict[str, float]:
        """Return passage ids with their BM25 score (higher is better), narrowed by the filters."""

    def scores(self, query: Query, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the BM25 scores of given passages; those without a shared word are left out."""

    def languages(self, passage_ids: Iterable[str]) -> dict[str, str]:
        """Return the language of each passage, which may be another one than its article's."""

    def publishers(self) -> tuple[str, ...]:
        """Return the outlets that the articles name, in order."""

    def extent(self) -> Extent:
        """Return what the articles come to, in figures."""

    def undated(self, query: Query) -> int:
        """Return how many articles pass a query's filters but for their date, which they do not give."""

    def close(self) -> None:
        """Let go of the files."""


class AllArticles(Protocol):
    """Everything that a generation holds, in order of article id and place."""

    def articles(self) -> Iterator[Article]:
        """Return all articles in order of id."""

    def all_passages(self) -> Iterator[Passage]:
        """Return all passages in order of article and place."""


class Retriever(Protocol):
    """Finds passages of one generation."""

    @property
    def generation(self) -> Generation:
        """The generation that is searched."""

    def retrieve(self, query: Query) -> tuple[Hit, ...]:
        """Return the best passages first, at most ``query.top_k``."""

    def fused(self, query: Query) -> tuple[Hit, ...]:
        """Return what comes near, at most ``query.top_k``: cheaper than :meth:`retrieve`, in a rougher order."""

    def dense(self, query: Query) -> tuple[Hit, ...]:
        """Return the passages nearest in meaning, at most ``query.top_k``."""

    def lexical(self, query: Query) -> tuple[Hit, ...]:
        """Return the passages that share words with the query, best first, at most ``query.top_k``."""

    def nearness(self, question: str, places: Sequence[tuple[Passage, Span]]) -> tuple[float, ...]:
        """Return how near the words of each place are to a question, -1 to 1.

        Args:
            question: what is asked.
            places: passages, each with a span of its article's text; -1 where no word of the passage lies.
        """

    def publishers(self) -> tuple[str, ...]:
        """Return the outlets that the articles name, in order."""

    def extent(self) -> Extent:
        """Return what the generation holds, in figures."""

    def undated(self, query: Query) -> int:
        """Return how many articles pass a query's filters but for their date, which they do not give."""

    def article(self, article_id: str) -> Article:
        """Return the article that a passage belongs to.

        Raises:
            ArticleNotFound: there is none of that id.
        """

    def close(self) -> None:
        """Let go of the files; nothing can be asked any more."""
