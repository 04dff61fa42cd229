"""The find half of the ask line: a query in, the best passages of one generation out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import IndexDamaged
from index.retrieval.fusion import fused
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.protocols import ArticleStore, Embedder, Vectors, VectorStore
    from index.types import Article, Extent, FoundBy, Generation, Query


class HybridRetriever:
    """Dense and lexical search over one generation, fused so that neither hurts.

    Args:
        generation: what is searched.
        articles: its articles, passages and full text.
        vectors: its vectors.
        embedder: the model that made the vectors.
        candidates: passages that each way of finding brings.
        lexical_weight: weight of shared words where question and passage share a language.
        lexical_weight_across: the same where they do not.
    """

    def __init__(
        self,
        generation: Generation,
        articles: ArticleStore,
        vectors: VectorStore,
        embedder: Embedder,
        *,
        candidates: int,
        lexical_weight: float,
        lexical_weight_across: float,
    ) -> None:
        """Keep the parts; nothing is loaded here."""
        self.generation = generation
        self.articles = articles
        self.vectors = vectors
        self.embedder = embedder
        self._candidates = candidates
        self._weights = {True: lexical_weight, False: lexical_weight_across}
        self._asked: tuple[str, Vectors] | None = None
        self._publishers: tuple[str, ...] | None = None
        self._extent: Extent | None = None

    def retrieve(self, query: Query) -> tuple[Hit, ...]:
        """Return the best passages first, at most ``query.top_k``, by dense and lexical score."""
        vector = self._question_vector(query.text)
        nearest = self.vectors.nearest(vector, max(self._candidates, query.top_k), query)
        matching = self.articles.search(query, self._candidates)
        dense = nearest | self._cosines(vector, [name for name in matching if name not in nearest])
        lexical = matching | self.articles.scores(query, [name for name in nearest if name not in matching])
        weights = {
            name: self._weights[language == query.language]
            for name, language in self.articles.languages(dense).items()
        }
        return self._hits(fused(dense, lexical, weights), dense, query.top_k, "fused")

    def dense(self, query: Query) -> tuple[Hit, ...]:
        """Return the passages nearest in meaning, at most ``query.top_k``."""
        vector = self._question_vector(query.text)
        nearest = self.vectors.nearest(vector, query.top_k, query)
        return self._hits(nearest, nearest, query.top_k, "dense")

    def lexical(self, query: Query) -> tuple[Hit, ...]:
        """Return the passages that share the query's rarest words, at most ``query.top_k``."""
        matching = self.articles.search(query, query.top_k)
        cosines = self._cosines(self._question_vector(query.text), list(matching))
        return self._hits(matching, cosines, query.top_k, "lexical")

    def nearness(self, question: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Return the cosine of each text to a question, -1 to 1."""
        if not texts:
            return ()
        vector = self._question_vector(question)
        return tuple((self.embedder.embed_passages(texts) @ vector).tolist())

    def publishers(self) -> tuple[str, ...]:
        """Return the outlets that the articles name, in order."""
        if self._publishers is None:
            self._publishers = self.articles.publishers()
        return self._publishers

    def extent(self) -> Extent:
        """Return what the generation holds, in figures; counted once, as it never changes."""
        if self._extent is None:
            self._extent = self.articles.extent()
        return self._extent

    def undated(self, query: Query) -> int:
        """Return how many articles pass a query's filters but for their date, which they do not give."""
        return self.articles.undated(query)

    def article(self, article_id: str) -> Article:
        """Return the article that a passage belongs to.

        Raises:
            ArticleNotFound: there is none of that id.
        """
        return self.articles.article(article_id)

    def close(self) -> None:
        """Let go of the files of the generation; nothing can be asked any more."""
        try:
            self.articles.close()
        finally:
            self.vectors.close()

    def _question_vector(self, question: str) -> Vectors:
        """Encode a question once: finding passages and weighing their sentences both need it.

        One in capitals is encoded in lower case: the model hardly knows words in capitals.
        """
        question = question.lower() if question.isupper() else question
        asked = self._asked
        if asked is None or asked[0] != question:
            asked = (question, self.embedder.embed_questions([question])[0])
            self._asked = asked
        return asked[1]

    def _cosines(self, vector: Vectors, passage_ids: list[str]) -> dict[str, float]:
        if not passage_ids:
            return {}
        return {name: float(stored @ vector) for name, stored in self.vectors.vectors(passage_ids).items()}

    def _hits(
        self, scores: Mapping[str, float], cosines: Mapping[str, float], top_k: int, found_by: FoundBy
    ) -> tuple[Hit, ...]:
        best = list(scores.items())[:top_k]
        passages = self.articles.passages(name for name, _ in best)
        if len(passages) < len(best):
            msg = "The vectors name passages that the articles do not hold: build the index again."
            raise IndexDamaged(msg)
        return tuple(
            Hit(passages[name], score, rank, found_by, cosines[name])
            for rank, (name, score) in enumerate(best, start=1)
        )
