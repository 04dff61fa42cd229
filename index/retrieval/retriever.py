"""The find half of the ask line: a query in, the best passages of one generation out."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index.embedding.words_in_place import WordsInPlace, packed, unpacked
from index.errors import IndexDamaged
from index.passages import embedded_text
from index.retrieval.fusion import fused
from index.retrieval.interaction import best_matches, weighed
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.generation import Extent, Generation
    from index.protocols import ArticleStore, Embedder, Vectors, VectorStore, WordStore
    from index.types import Article, FoundBy, Passage, Query, Span

# Of passages, by id: cosine, BM25 and the weight of shared words.
_Found: TypeAlias = "tuple[dict[str, float], dict[str, float], dict[str, float]]"
# Candidates that are compared word by word: on PIAF and XQuAD 60 found no more than 40.
_COMPARED = 40
# What is left of the weight of shared words once the words have been compared in place.
_LEXICAL_LEFT = 0.6


class HybridRetriever:
    """Dense and lexical search over one generation, fused so that neither hurts.

    Args:
        generation: what is searched.
        articles: its articles, passages and full text.
        vectors: its vectors.
        words: the words of its passages in place.
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
        words: WordStore,
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
        self.words = words
        self.embedder = embedder
        self.candidates = candidates
        self._weights = {True: lexical_weight, False: lexical_weight_across}
        self._searched: tuple[Query, _Found] | None = None
        self._asked: tuple[str, Vectors, Vectors] | None = None
        self._compared_words: dict[str, WordsInPlace] = {}
        self._publishers: tuple[str, ...] | None = None
        self._extent: Extent | None = None

    def retrieve(self, query: Query) -> tuple[Hit, ...]:
        """Return the best passages first, at most ``query.top_k``.

        Dense and lexical search bring candidates; the best of them are compared with the question word by word.
        """
        return self._compared(query, *self._found(query))

    def fused(self, query: Query) -> tuple[Hit, ...]:
        """Return the passages that dense and lexical search agree on, at most ``query.top_k``."""
        dense, lexical, weights = self._found(query)
        return self._hits(fused(dense, lexical, weights), dense, query.top_k, "fused")

    def rank(self, query: Query, passage_ids: Sequence[str]) -> tuple[Hit, ...]:
        """Return the best of given passages first, as :meth:`retrieve` ranks those that it finds."""
        dense = self._cosines(self._question_vector(query.text), list(passage_ids))
        lexical = self.articles.scores(query, list(passage_ids))
        return self._compared(query, dense, lexical, self._lexical_weights(query, dense))

    def _found(self, query: Query) -> _Found:
        """Return, of all candidates, cosine, BM25 and the weight of shared words.

        The last are kept: what comes near a question that nothing answers is told of the same ones.
        """
        query = replace(query, top_k=max(self.candidates, query.top_k))
        searched = self._searched
        if searched is None or searched[0] != query:
            searched = (query, self._search(query))
            self._searched = searched
        return searched[1]

    def _search(self, query: Query) -> _Found:
        vector = self._question_vector(query.text)
        nearest = self.vectors.nearest(vector, query.top_k, query)
        matching = self.articles.search(query, self.candidates)
        dense = nearest | self._cosines(vector, [name for name in matching if name not in nearest])
        lexical = matching | self.articles.scores(query, [name for name in nearest if name not in matching])
        return dense, lexical, self._lexical_weights(query, dense)

    def _lexical_weights(self, query: Query, passage_ids: Iterable[str]) -> dict[str, float]:
        return {
            name: self._weights[language == query.language]
            for name, language in self.articles.languages(passage_ids).items()
        }

    def _compared(
        self,
        query: Query,
        dense: Mapping[str, float],
        lexical: Mapping[str, float],
        weights: Mapping[str, float],
    ) -> tuple[Hit, ...]:
        """Rank the best candidates by their words in place, and by shared words a little."""
        names = list(fused(dense, lexical, weights))[: max(_COMPARED, query.top_k)]
        words = self._compared_words = self._words(names)
        matches = best_matches(self._question_words(query.text), [words[name].vectors for name in names])
        near = dict(zip(names, weighed(matches).tolist(), strict=True))
        shared = {name: score for name, score in lexical.items() if name in near}
        less = {name: _LEXICAL_LEFT * weights[name] for name in names}
        return self._hits(fused(near, shared, less), dense, query.top_k, "fused")

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

    def nearness(self, question: str, places: Sequence[tuple[Passage, Span]]) -> tuple[float, ...]:
        """Return how near the words of each place are to a question, -1 to 1.

        Args:
            question: what is asked.
            places: passages, each with a span of its article's text; -1 where no word of the passage lies.
        """
        words = self._words_of_text(passage for passage, _ in places)
        texts = [_inside(words[passage.passage_id], span) for passage, span in places]
        matches = best_matches(self._question_words(question), texts)
        return tuple(matches.mean(axis=0).tolist()) if matches.size else (-1.0,) * len(places)

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
        with ExitStack() as closing_all:  # each, whatever another one says
            for part in (self.articles, self.words, self.vectors):
                closing_all.callback(part.close)

    def _question_vector(self, question: str) -> Vectors:
        return self._read(question)[0]

    def _question_words(self, question: str) -> Vectors:
        return self._read(question)[1]

    def _read(self, question: str) -> tuple[Vectors, Vectors]:
        """Encode a question once: finding passages and weighing their sentences both need it.

        One in capitals is encoded in lower case: the model hardly knows words in capitals.
        """
        question = question.lower() if question.isupper() else question
        asked = self._asked
        if asked is None or asked[0] != question:
            asked = (question, *self.embedder.read_question(question))
            self._asked = asked
        return asked[1:]

    def _words(self, passage_ids: Sequence[str]) -> dict[str, WordsInPlace]:
        """Return the words of passages; those that were compared last are at hand."""
        at_hand = self._compared_words
        missing = [name for name in dict.fromkeys(passage_ids) if name not in at_hand]
        made = unpacked(self._packed_words(missing), self.embedder.dimension)
        read = dict(zip(missing, made, strict=True))
        return {name: at_hand[name] if name in at_hand else read[name] for name in passage_ids}

    def _packed_words(self, passage_ids: Sequence[str]) -> list[bytes]:
        """Return the words of passages; those that are not kept, or damaged on the disk, are made anew."""
        stored = self.words.packed_words(passage_ids)
        missing = [name for name in passage_ids if name not in stored]
        if missing:
            passages = self.articles.passages(missing)
            if len(passages) < len(missing):
                msg = "Passages are named that the articles do not hold: build the index again."
                raise IndexDamaged(msg)
            texts = [embedded_text(self.article(passages[n].article_id), passages[n]) for n in missing]
            _, made = self.embedder.read_passages(texts)
            stored |= dict(zip(missing, map(packed, made), strict=True))
        return [stored[name] for name in passage_ids]

    def _words_of_text(self, passages: Iterable[Passage]) -> dict[str, WordsInPlace]:
        """Return the words of passages, starts counted in the article's text; a headline's lie before it."""
        each = {passage.passage_id: passage for passage in passages}
        words = self._words(list(each))
        for name, passage in each.items():
            headline = len(embedded_text(self.article(passage.article_id), passage)) - len(passage.text)
            starts = np.where(
                words[name].starts < headline, -1, words[name].starts - headline + passage.span.start
            )
            words[name] = WordsInPlace(starts.astype(np.int32), words[name].vectors)
        return words

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


def _inside(words: WordsInPlace, span: Span) -> Vectors:
    """Return the rows of the words that begin in a span of the article's text."""
    return words.vectors[(span.start <= words.starts) & (words.starts < span.end)]
