"""Proof that what machines share is what its manifest says, and what was sent to them."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from index.embedding.words_in_place import is_whole
from index.errors import IndexDamaged
from index.sharing import split_articles
from index.storage.shared_rows import row_digest
from index.storage.stemmed import stemmed
from index.storage.vectors import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.generation import Generation
    from index.protocols import AllArticles
    from index.sharing import SplitArticle
    from index.storage.postgres_articles import PostgresArticles
    from index.storage.vectors import ChromaVectors
    from index.types import Article, Passage

_AT_ONCE = 500


def text_faults(articles: PostgresArticles, generation: Generation) -> Iterator[str]:
    """Recount, re-slice, re-stem and re-digest the articles of a generation in a database.

    Args:
        articles: articles, passages, their words in place, and full text.
        generation: its manifest.

    Yields:
        One sentence for each thing that is not as the manifest says or as it was written.

    Raises:
        IndexAway: the database stops answering.
    """
    try:
        with _as_damage():
            counted = (generation.articles, generation.passages, generation.passages)
            yield from _unequal("articles, passages, passages in full text", articles.counts(), counted)
            digests, counts = articles.row_digests(), dict[tuple[str, str], int]()
            for split in split_articles(articles):
                yield from _article_faults(split, *digests[split[0].article_id])
            for batch in _batches(split_articles(articles)):
                yield from _word_faults(articles, batch, generation.dimension)
                yield from _stem_faults(articles, batch, counts)
            yield from _unequal("counts of words", articles.stem_counts() == counts, expected=True)
    except IndexDamaged as error:
        yield str(error)


def vector_faults(vectors: ChromaVectors, articles: AllArticles, generation: Generation) -> Iterator[str]:
    """Recount and re-digest the vectors of a generation, and what searches are narrowed by.

    Args:
        vectors: on a server, or embedded.
        articles: the generation's.
        generation: its manifest.

    Yields:
        One sentence for each thing that is not as the manifest or the articles say, or as it was written.

    Raises:
        IndexAway: the server stops answering.
    """
    try:
        yield from _unequal("vectors", vectors.count(), generation.passages)
        digest = hashlib.sha256()
        for batch in _batches(split_articles(articles)):
            names = [passage.passage_id for _, passage in batch]
            stored, facts = vectors.vectors(names), vectors.facts(names)
            for article, passage in batch:
                name = passage.passage_id
                if name not in stored:
                    yield f"passage {name} has no vector"
                    continue
                digest.update(stored[name].tobytes())
                yield from _unequal(
                    f"filters of passage {name}", facts[name], facts_of(article, passage.span)
                )
        written = vectors.written_sha256()
        if written is not None:
            yield from _unequal("digest of the vectors", digest.hexdigest(), written)
    except IndexDamaged as error:
        yield str(error)


def _article_faults(split: SplitArticle, shaping: str, written: bytes, version: str) -> Iterator[str]:
    article, passages = split
    name = f"article {article.article_id} ({article.source_path})"
    if (article.version_sha256, row_digest(shaping, article, passages)) != (version, written):
        yield f"{name}: its text, facts or passages are not those that were written"
    for passage in passages:
        if passage.span.end > len(article.text) or passage.span.of(article.text) != passage.text:
            yield f"{name}: passage {passage.ordinal} is not at {passage.span.start}:{passage.span.end}"


def _word_faults(
    articles: PostgresArticles, batch: list[tuple[Article, Passage]], dimension: int
) -> Iterator[str]:
    stored = articles.packed_words([passage.passage_id for _, passage in batch])
    for _, passage in batch:
        if not is_whole(stored[passage.passage_id], dimension):
            yield f"the words in place of passage {passage.passage_id} are not whole"


def _stem_faults(
    articles: PostgresArticles, batch: list[tuple[Article, Passage]], counts: dict[tuple[str, str], int]
) -> Iterator[str]:
    """Compare full text with the words of the passages, and add to how many passages have each."""
    stored = articles.stems([passage.passage_id for _, passage in batch])
    for article, passage in batch:
        counted = stemmed(article, passage)
        expected = dict(counted.frequencies)
        yield from _unequal(
            f"words of passage {passage.passage_id}", stored.get(passage.passage_id, {}), expected
        )
        for stem in expected:
            counts[counted.language, stem] = counts.get((counted.language, stem), 0) + 1


def _batches(splits: Iterable[SplitArticle]) -> Iterator[list[tuple[Article, Passage]]]:
    coming = ((article, passage) for article, passages in splits for passage in passages)
    while batch := list(islice(coming, _AT_ONCE)):
        yield batch


@contextmanager
def _as_damage() -> Iterator[None]:
    """Rows that do not fit together may lack anything that is looked up."""
    try:
        yield
    except KeyError as error:
        msg = f"The rows in the database do not fit together: {error} is missing."
        raise IndexDamaged(msg) from error


def _unequal(what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{what}: expected {expected}, found {found}"
