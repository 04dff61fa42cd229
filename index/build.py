"""The build line: articles -> passages -> vectors -> a draft generation -> verified -> published."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import sqlite3
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from index.errors import IndexDamaged, IndexNotWritable, NothingRead
from index.passages import SPLITTER_VERSION, embedded_text, split
from index.sources import CLEANER_VERSION
from index.storage.articles import SqliteArticles
from index.storage.layout import (
    LAYOUT_VERSION,
    GenerationFiles,
    IndexFiles,
    file_sha256,
    publish,
    write_manifest,
)
from index.storage.vectors import ChromaVectors, facts_of
from index.storage.verification import corpus_line, faults
from index.storage.words import SqliteWords
from index.types import Article, Generation, Passage, Reading
from index.words import WORDS_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from index.embedding.vector_cache import VectorCache
    from index.protocols import Embedder, Vectors

SplitArticle: TypeAlias = tuple[Article, tuple[Passage, ...]]

# Large enough to sort by length within it, small enough that a killed build loses little.
_BATCH = 512


class Progress(Protocol):
    """Told how far a stage is: ``total`` is None where it is not known yet."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take note."""


class Share(Protocol):
    """Told of a verified draft before it is published."""

    def __call__(self, draft: GenerationFiles, generation: Generation) -> None:
        """Carry it to where machines share it."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did: the generation, every reading, vectors from the cache, seconds by stage."""

    generation: Generation
    readings: tuple[Reading, ...]
    from_cache: int
    seconds: Mapping[str, float]

    def count(self, status: str) -> int:
        """Return how many readings ended so."""
        return sum(reading.status == status for reading in self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildLine:
    """The parts of one build.

    Args:
        index: the index folder's files; the caller holds its build lock.
        embedder: makes the vectors.
        cache: remembers them.
        passage_characters: size that passages aim at.
        progress: told how far each stage is.
        share: carries the verified draft to other machines before it is published here; None where none share it.
    """

    index: IndexFiles
    embedder: Embedder
    cache: VectorCache
    passage_characters: int
    progress: Progress
    share: Share | None = None

    def run(self, readings: Iterable[Reading], *, now: datetime) -> BuildSummary:
        """Build a generation beside the published one, verify it, and publish it.

        Args:
            readings: what became of each source; those with status "read" are indexed.
            now: time of building, aware.

        Raises:
            NothingRead: no source could be read; the published generation stays.
            IndexDamaged: what was written is not what was meant; the published generation stays.
            IndexNotWritable: the disk is full or read-only; the published generation stays.
        """
        clock = _Clock()
        with clock.stage("read"):
            everything = self._read(readings)
        with clock.stage("split"):
            articles = self._split(everything)
        generation_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        draft = self.index.draft(generation_id)
        try:
            draft.folder.mkdir(parents=True)
            with clock.stage("articles"):
                _write_articles(draft, articles)
            with clock.stage("embed"):
                vectors_sha256, from_cache = self._embed(draft, articles)
            generation = self._describe(draft, generation_id, now, articles, vectors_sha256)
            write_manifest(draft, generation)
            with clock.stage("verify"):
                _verify(draft, generation)
            if self.share:
                with clock.stage("share"):
                    self.share(draft, generation)
            publish(self.index, generation_id)
        except (OSError, sqlite3.OperationalError) as error:
            msg = f"The index folder {self.index.folder} cannot be written: {error}."
            raise IndexNotWritable(msg) from error
        finally:
            shutil.rmtree(draft.folder, ignore_errors=True)  # there is nothing to remove once published
        return BuildSummary(generation, everything, from_cache, clock.seconds)

    def _read(self, readings: Iterable[Reading]) -> tuple[Reading, ...]:
        found: list[Reading] = []
        for reading in readings:
            found.append(reading)
            self.progress("read", len(found), None)
        if not any(reading.status == "read" for reading in found):
            reasons = "; ".join(f"{r.source_path}: {r.reason}" for r in found[:3]) or "the folder is empty"
            msg = f"No source could be read, the published index stays as it is ({reasons})."
            raise NothingRead(msg, found)
        return tuple(found)

    def _split(self, readings: Sequence[Reading]) -> list[SplitArticle]:
        articles = [r.article for r in readings if r.status == "read" and r.article]
        articles.sort(key=lambda article: article.article_id)
        done: list[SplitArticle] = []
        for article in articles:
            done.append((article, split(article, target=self.passage_characters)))
            self.progress("split", len(done), len(articles))
        return done

    def _embed(self, draft: GenerationFiles, articles: Sequence[SplitArticle]) -> tuple[str, int]:
        """Embed and store batch by batch; Chroma writes one batch while the next is embedded."""
        pairs = [(article, passage) for article, passages in articles for passage in passages]
        digest, from_cache, done = hashlib.sha256(), 0, 0
        writing: Future[None] | None = None
        with (
            closing(ChromaVectors.create(draft.vectors)) as store,
            closing(SqliteWords.create(draft.words)) as word_store,
            ThreadPoolExecutor(1) as writer,
        ):
            for start in range(0, len(pairs), _BATCH):
                batch = pairs[start : start + _BATCH]
                texts = [embedded_text(article, passage) for article, passage in batch]
                vectors, words, known = self.cache.embed(self.embedder, texts)
                word_store.add([passage.passage_id for _, passage in batch], words)
                digest.update(vectors.tobytes())
                from_cache, done = from_cache + known, done + len(batch)
                if writing:
                    writing.result()
                writing = writer.submit(_add, store, batch, vectors)
                self.progress("embed", done, len(pairs))
            if writing:
                writing.result()
        return digest.hexdigest(), from_cache

    def _describe(
        self,
        draft: GenerationFiles,
        generation_id: str,
        now: datetime,
        articles: Sequence[SplitArticle],
        vectors_sha256: str,
    ) -> Generation:
        published = [a.published_at for a, _ in articles if a.published_at]
        return Generation(
            generation_id=generation_id,
            built_at=now,
            layout=LAYOUT_VERSION,
            embedder_id=self.embedder.embedder_id,
            dimension=self.embedder.dimension,
            articles=len(articles),
            passages=sum(len(passages) for _, passages in articles),
            newest_published_at=max(published, default=None),
            settings_sha256=self._settings_sha256(),
            corpus_sha256=corpus_sha256(articles),
            vectors_sha256=vectors_sha256,
            articles_sha256=file_sha256(draft.articles),
            words_sha256=file_sha256(draft.words),
        )

    def _settings_sha256(self) -> str:
        shaping = {
            "passage_characters": self.passage_characters,
            "cleaner": CLEANER_VERSION,
            "splitter": SPLITTER_VERSION,
            "words": WORDS_VERSION,
        }
        return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()


def corpus_sha256(articles: Iterable[SplitArticle]) -> str:
    """Return the digest of all article versions and passage spans, in order of article id."""
    digest = hashlib.sha256()
    for article, passages in articles:
        digest.update(corpus_line(article, passages))
    return digest.hexdigest()


def _write_articles(draft: GenerationFiles, articles: Sequence[SplitArticle]) -> None:
    with closing(SqliteArticles.create(draft.articles)) as store:
        for article, passages in articles:
            store.add(article, passages)


def _add(store: ChromaVectors, batch: Sequence[tuple[Article, Passage]], vectors: Vectors) -> None:
    store.add([passage.passage_id for _, passage in batch], vectors, [facts_of(a) for a, _ in batch])


def _verify(draft: GenerationFiles, generation: Generation) -> None:
    first = next(faults(draft, generation), None)
    if first:
        msg = f"The new index is not what it should be ({first}); the published one stays as it is."
        raise IndexDamaged(msg)


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - started
