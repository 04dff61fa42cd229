"""Proof that what machines share is what its manifest says."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from index.embedding.words_in_place import is_whole
from index.errors import IndexDamaged
from index.storage.postgres_articles import PostgresArticles
from index.storage.stemmed import stemmed
from index.storage.verification import article_faults, facts_by_passage, unequal, vector_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.protocols import WordStore
    from index.storage.articles import SqliteArticles
    from index.storage.vectors import ChromaVectors
    from index.types import Generation

_AT_ONCE = 500


def stored_faults(
    generation: Generation,
    articles: SqliteArticles | PostgresArticles,
    words: WordStore,
    vectors: ChromaVectors,
) -> Iterator[str]:
    """Recount, re-slice, re-stem and re-digest a generation, wherever its parts are kept.

    Args:
        generation: its manifest.
        articles: articles, passages and full text.
        words: the words of passages in place.
        vectors: their vectors.

    Yields:
        One sentence for each thing that is not as the manifest or the articles say.

    Raises:
        IndexAway: a server stops answering.
    """
    try:
        yield from article_faults(articles, generation)
        facts = facts_by_passage(articles)
        yield from vector_faults(vectors, facts, generation)
        yield from _word_faults(words, facts, generation)
        if isinstance(articles, PostgresArticles):
            yield from _stem_faults(articles)
    except IndexDamaged as error:
        yield str(error)


def _word_faults(words: WordStore, passage_ids: Iterable[str], generation: Generation) -> Iterator[str]:
    for batch in _batches(passage_ids):
        stored = words.packed_words(batch)
        for passage_id in batch:
            if passage_id not in stored:
                yield f"passage {passage_id} has no words in place"
            elif not is_whole(stored[passage_id], generation.dimension):
                yield f"the words in place of passage {passage_id} are not whole"


def _stem_faults(articles: PostgresArticles) -> Iterator[str]:
    """Compare the full text with the words of the passages, and the counts of its words with the words."""
    counts: dict[tuple[str, str], int] = {}
    for batch in _batches(passage.passage_id for passage in articles.all_passages()):
        stored = articles.stems(batch)
        for passage in articles.passages(batch).values():
            article = articles.article(passage.article_id)
            counted = stemmed(article, passage)
            found = stored.get(passage.passage_id, {})
            yield from unequal(f"words of passage {passage.passage_id}", found, dict(counted.frequencies))
            for stem in found:
                counts[article.language, stem] = counts.get((article.language, stem), 0) + 1
    yield from unequal("counts of words", articles.stem_counts() == counts, expected=True)


def _batches(passage_ids: Iterable[str]) -> Iterator[list[str]]:
    coming = iter(passage_ids)
    while batch := list(islice(coming, _AT_ONCE)):
        yield batch
