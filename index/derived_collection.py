"""A collection of any size made from a real one by rule, to measure what size costs.

In a copy of an article half of the longer words are replaced by others of the same length, drawn from the same
collection as often as they stand there: so every offset stays true, and words are as frequent as in a
real collection of that size. It is of any of the outlets, and some days older with each copy. The vector of a passage is three
quarters of the real one and a quarter of another, brought to length one; its words in place are those of the real
one, byte for byte.
"""

from __future__ import annotations

import hashlib
import math
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.words_in_place import of_length_one
from index.passages import embedded_text, passage_id_of
from index.storage.article_writing import text_digest
from index.storage.articles import SqliteArticles
from index.storage.described import holdings
from index.storage.layout import open_published, write_manifest
from index.storage.publishing import file_facts, publish
from index.storage.rows import digest, vector_digest
from index.storage.segments import EmbeddedRow, create_segment, store_rows
from index.storage.vectors import ChromaVectors, facts_of
from index.storage.words import SqliteWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.generation import Generation
    from index.progress import Progress
    from index.protocols import Vectors
    from index.storage.layout import GenerationFiles, IndexFiles
    from index.types import Article, Passage

_WORD = re.compile(r"[^\W\d_]{4,}")
_REPLACED = 0.5
_DAYS_BACK = 3
_OF_ITS_OWN = 0.75
# Articles that are written at once: some thousand passages.
_BATCH = 64
_SEED = 7
_SEGMENT = "00000001-n-derived.db"


@dataclass(frozen=True, slots=True)
class _Real:
    """What copies are made of.

    Args:
        articles: each with its passages and the row of its first vector.
        vectors: of all passages, float32 (n, dimension).
        words: by length, words as often as they stand there.
        publishers: outlets, as often as they have articles.
    """

    articles: Sequence[tuple[Article, tuple[Passage, ...], int]]
    vectors: Vectors
    words: dict[int, list[str]]
    publishers: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Copy:
    article: Article
    passages: tuple[Passage, ...]
    vectors: Vectors
    real_ids: tuple[str, ...]


def derive(real: IndexFiles, index: IndexFiles, passages: int, progress: Progress) -> Generation:
    """Publish a generation of about so many passages, made of the published one of another index.

    What is written is written as a build writes it; nothing is read from sources, embedded or verified.

    Args:
        real: the index that copies are made of.
        index: where the new generation goes.
        passages: how many at least.
        progress: told how far it is.

    Raises:
        CollectionError: the real index is missing or damaged.
        IndexNotWritable: the disk is full.
    """
    generation, files = open_published(real)
    source = _read(files)
    draft = index.draft(f"derived-{passages}")
    draft.words.mkdir(parents=True)
    with ExitStack() as stores:
        real_articles = stores.enter_context(closing(SqliteArticles.open(files.articles)))
        real_words = stores.enter_context(
            closing(SqliteWords.open(files.words, generation.embedder_id, real_articles.text_digests))
        )
        articles = stores.enter_context(closing(SqliteArticles.create(draft.articles)))
        words = stores.enter_context(closing(create_segment(draft.words / _SEGMENT)))
        vectors = stores.enter_context(closing(ChromaVectors.create(draft.vectors)))
        writer = stores.enter_context(ThreadPoolExecutor(1))
        written, writing = 0, None
        for batch in _in_batches(_copies(source, passages)):
            for copy in batch:
                rows = _embedded(copy, real_words.packed_words(copy.real_ids))
                digests = [
                    (vector_digest(v), digest(row.words)) for v, row in zip(copy.vectors, rows, strict=True)
                ]
                articles.add(copy.article, copy.passages, digests)
                store_rows(words, generation.embedder_id, dict(zip(_text_digests(copy), rows, strict=True)))
            if writing:
                writing.result()
            writing = writer.submit(_add, vectors, batch)
            written += sum(len(copy.passages) for copy in batch)
            progress("derive", written, passages)
        if writing:
            writing.result()
    made = _described(generation, draft, f"derived-{passages}")
    publish(index, made.generation_id)
    return made


def _described(generation: Generation, draft: GenerationFiles, generation_id: str) -> Generation:
    """Write the manifest of what was written."""
    draft.lease.touch()
    with closing(SqliteArticles.open(draft.articles)) as store:
        held = holdings(store)
    facts = file_facts(draft, {}, held.passages)
    made = replace(generation, generation_id=generation_id, files=facts, **held._asdict())
    write_manifest(draft, made)
    return made


def _embedded(copy: _Copy, packed: Mapping[str, bytes]) -> list[EmbeddedRow]:
    return [
        EmbeddedRow(vector.astype("<f4").tobytes(), packed[name])
        for vector, name in zip(copy.vectors, copy.real_ids, strict=True)
    ]


def _text_digests(copy: _Copy) -> list[bytes]:
    return [text_digest(embedded_text(copy.article, passage)) for passage in copy.passages]


def _read(files: GenerationFiles) -> _Real:
    by_article: dict[str, list[Passage]] = {}
    words: dict[int, list[str]] = {}
    with closing(SqliteArticles.open(files.articles)) as store:
        for passage in store.all_passages():
            by_article.setdefault(passage.article_id, []).append(passage)
            for word in _WORD.findall(passage.text):
                words.setdefault(len(word), []).append(word)
        begins = dict(zip(by_article, np.cumsum([0, *map(len, by_article.values())]).tolist(), strict=False))
        articles = [(a, tuple(by_article[a.article_id]), begins[a.article_id]) for a in store.articles()]
    with closing(ChromaVectors.open(files.vectors)) as vectors:
        ids = [passage.passage_id for passages in by_article.values() for passage in passages]
        publishers = [article.publisher for article, _, _ in articles if article.publisher]
        return _Real(articles, np.stack(list(vectors.vectors(ids).values())), words, publishers)


def _copies(source: _Real, passages: int) -> Iterator[_Copy]:
    """Yield copies in no order, the real articles among them, until there are so many passages."""
    chance, numbers = Random(_SEED), np.random.default_rng(_SEED)  # noqa: S311  # the same each time
    copies = math.ceil(passages / len(source.vectors)) + 1
    made = 0
    for place in numbers.permutation(copies * len(source.articles)).tolist():
        number, article = divmod(place, len(source.articles))
        copy = _copy(source, number, article, chance, numbers)
        yield copy
        made += len(copy.passages)
        if made >= passages:
            return


def _copy(source: _Real, copy: int, place: int, chance: Random, numbers: np.random.Generator) -> _Copy:
    article, passages, begin = source.articles[place]
    own = source.vectors[begin : begin + len(passages)]
    real_ids = tuple(passage.passage_id for passage in passages)
    if not copy:
        return _Copy(article, passages, own, real_ids)
    article = replace(
        article,
        article_id=hashlib.sha256(f"{article.article_id} {copy}".encode()).hexdigest()[:16],
        headline=article.headline and _reworded(article.headline, source.words, chance),
        text=_reworded(article.text, source.words, chance),
        publisher=chance.choice(source.publishers) if source.publishers else None,
        published_at=article.published_at and article.published_at - timedelta(days=_DAYS_BACK * copy),
    )
    others = source.vectors[numbers.integers(len(source.vectors), size=len(own))]
    mixed = _OF_ITS_OWN * own + (1 - _OF_ITS_OWN) * others
    renamed = tuple(
        replace(
            passage,
            passage_id=passage_id_of(article, passage.ordinal),
            article_id=article.article_id,
            text=passage.span.of(article.text),
        )
        for passage in passages
    )
    return _Copy(article, renamed, of_length_one(mixed), real_ids)


def _reworded(text: str, words: Mapping[int, Sequence[str]], chance: Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = match.group()
        return chance.choice(words.get(len(word), (word,))) if chance.random() < _REPLACED else word

    return _WORD.sub(other, text)


def _in_batches(copies: Iterator[_Copy]) -> Iterator[list[_Copy]]:
    while batch := list(islice(copies, _BATCH)):
        yield batch


def _add(store: ChromaVectors, batch: Sequence[_Copy]) -> None:
    ids = [passage.passage_id for copy in batch for passage in copy.passages]
    facts = [facts_of(copy.article, passage.span) for copy in batch for passage in copy.passages]
    store.add(ids, np.concatenate([copy.vectors for copy in batch]), facts)
