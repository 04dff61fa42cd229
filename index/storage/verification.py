"""Proof that a generation is what its manifest says."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from index.errors import IndexDamaged
from index.passages import passage_id_of
from index.storage.articles import SqliteArticles
from index.storage.layout import file_sha256
from index.storage.vectors import ChromaVectors, facts_of
from index.storage.words import SqliteWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.protocols import PassageFacts
    from index.storage.layout import GenerationFiles
    from index.types import Article, Generation, Passage

_BATCH = 2000


def faults(files: GenerationFiles, generation: Generation) -> Iterator[str]:
    """Recount, re-slice and re-digest a generation.

    Args:
        files: the generation on disk, published or draft.
        generation: its manifest.

    Yields:
        One sentence for each thing that is not as the manifest or the articles say.
    """
    try:
        yield from _unequal("digest of articles.db", file_sha256(files.articles), generation.articles_sha256)
        with closing(SqliteArticles.open(files.articles)) as articles:
            yield from _article_faults(articles, generation)
            facts = _facts(articles)
    # A file that was altered may hold anything: whatever reading it raises is the fault to name.
    except (IndexDamaged, OSError, sqlite3.Error, ValueError, KeyError, TypeError) as error:
        yield f"articles.db cannot be read: {type(error).__name__}: {error}"
        return
    try:
        with closing(ChromaVectors.open(files.vectors)) as vectors:
            yield from _vector_faults(vectors, facts, generation)
        yield from _word_faults(files, generation)
    except (IndexDamaged, OSError) as error:
        yield str(error)


def _article_faults(store: SqliteArticles, generation: Generation) -> Iterator[str]:
    articles, passages, words = store.counts()
    yield from _unequal("articles", articles, generation.articles)
    yield from _unequal("passages", passages, generation.passages)
    yield from _unequal("passages in full text", words, generation.passages)
    dates = (article.published_at for article in store.articles() if article.published_at)
    yield from _unequal("newest article", max(dates, default=None), generation.newest_published_at)
    by_article: dict[str, list[Passage]] = {}
    for passage in store.all_passages():
        by_article.setdefault(passage.article_id, []).append(passage)
    versions = store.versions()
    digest = hashlib.sha256()
    for article in store.articles():
        mine = by_article.pop(article.article_id, [])
        yield from _text_faults(article, mine, versions[article.article_id])
        digest.update(corpus_line(article, mine))
    yield from (f"passages of article {name}, which is not there" for name in by_article)
    yield from _unequal("digest of the articles", digest.hexdigest(), generation.corpus_sha256)


def corpus_line(article: Article, passages: Sequence[Passage]) -> bytes:
    """Return what an article and its passages add to the digest of a collection."""
    spans = [[passage.span.start, passage.span.end] for passage in passages]
    return json.dumps([article.article_id, article.version_sha256, spans]).encode()


def _text_faults(article: Article, passages: list[Passage], written_version: str) -> Iterator[str]:
    name = f"article {article.article_id} ({article.source_path})"
    if article.version_sha256 != written_version:
        yield f"{name}: its text or facts are not those of version {written_version[:12]}"
    end = 0
    for ordinal, passage in enumerate(passages):
        if passage.span.end > len(article.text) or passage.span.of(article.text) != passage.text:
            yield f"{name}: passage {passage.ordinal} is not at {passage.span.start}:{passage.span.end}"
        if passage.span.start < end or passage.passage_id != passage_id_of(article, ordinal):
            yield f"{name}: passage {passage.ordinal} is out of order"
        end = passage.span.end
    if any(heading.end > len(article.text) for heading in article.headings):
        yield f"{name}: a heading reaches past its text"
    kept = sum(span.end - span.start for span in article.kept)
    if article.kept and kept != len(article.text):
        yield f"{name}: {len(article.text)} characters, but {kept} mapped to its source"


def _facts(store: SqliteArticles) -> dict[str, PassageFacts]:
    """Return what each passage may be narrowed by, in the order in which vectors were stored."""
    by_article = {article.article_id: facts_of(article) for article in store.articles()}
    return {passage.passage_id: by_article[passage.article_id] for passage in store.all_passages()}


def _vector_faults(
    store: ChromaVectors, facts: dict[str, PassageFacts], generation: Generation
) -> Iterator[str]:
    yield from _unequal("vectors", store.count(), generation.passages)
    digest = hashlib.sha256()
    passage_ids = list(facts)
    for start in range(0, len(passage_ids), _BATCH):
        batch = passage_ids[start : start + _BATCH]
        vectors, stored = store.vectors(batch), store.facts(batch)
        for passage_id in batch:
            if passage_id not in vectors:
                yield f"passage {passage_id} has no vector"
                continue
            yield from _unequal(
                f"length of the vector of {passage_id}", len(vectors[passage_id]), generation.dimension
            )
            digest.update(vectors[passage_id].tobytes())
            yield from _unequal(f"filters of passage {passage_id}", stored.get(passage_id), facts[passage_id])
        yield from (f"passage {name} is another in Chroma" for name in store.at_odds(batch))
    yield from _unequal("digest of the vectors", digest.hexdigest(), generation.vectors_sha256)


def _word_faults(files: GenerationFiles, generation: Generation) -> Iterator[str]:
    yield from _unequal("digest of words.db", file_sha256(files.words), generation.words_sha256)
    with closing(SqliteWords.open(files.words)) as words:
        yield from _unequal("passages with words in place", words.count(), generation.passages)


def _unequal(what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{what}: expected {expected}, found {found}"
