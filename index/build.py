"""The build line: what is to be indexed -> what differs -> passages -> vectors -> a draft -> verified -> published."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from index.drafting import Batch, Draft, finish_words, rescue_words, shared_segments
from index.errors import IndexDamaged, IndexNotWritable
from index.generation import Generation
from index.passages import embedded_text, split
from index.previous import Difference, compared, shaping_digest
from index.sources.parallel import in_processes
from index.storage.articles import SqliteArticles
from index.storage.described import holdings
from index.storage.layout import LAYOUT_VERSION, newest_first, serial_of, write_manifest
from index.storage.publishing import file_facts, publish
from index.storage.verification import draft_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from index.embedding.vector_cache import VectorCache
    from index.previous import Previous
    from index.progress import Clock, Progress
    from index.protocols import Embedder
    from index.storage.layout import GenerationFiles, IndexFiles
    from index.storage.ledger import Told
    from index.types import Article, Passage

# Large enough to sort by length within it, small enough that a killed build loses little.
BATCH = 512


class Coverage(Protocol):
    """What is to be indexed, and what became of each source."""

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Return the id of each article that counts, and the digest of its row, in order of id."""

    def article(self, article_id: str) -> Article | None:
        """Return an article that counts; None where it is as the published generation holds it."""

    def counts(self) -> Mapping[str, int]:
        """Return how many sources have each status."""

    def told(self, status: str) -> Iterator[Told]:
        """Return the sources of a status of which there is something to say, in order."""

    def refuse_nothing(self) -> None:
        """Raise NothingRead where not a single article counts."""

    def keep(self, path: Path) -> None:
        """Leave in a file what the next build needs to know of the sources."""


class Share(Protocol):
    """Told of a verified draft before it is published."""

    def __call__(self, draft: GenerationFiles, generation: Generation) -> None:
        """Carry it to where machines share it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSummary:
    """What a build did.

    Args:
        generation: what was published.
        sources: how many sources have each status.
        refused: the refused ones, with the reason.
        noted: those that were read, and of which there is something to say.
        added, changed, removed, unchanged: articles, compared with the generation before.
        embedded: texts that the model was given.
        from_cache: passages that the model was not given: taken over, or known by their text.
        anew: why the stores were built from nothing; None where a copy of them was changed.
        kept: ids of the generations that are there now.
        seconds: by stage.
        processes: how many processors worked.
        runs_on: what the model ran on, and how.
    """

    generation: Generation
    sources: Mapping[str, int]
    refused: tuple[Told, ...]
    noted: tuple[Told, ...]
    added: int
    changed: int
    removed: int
    unchanged: int
    embedded: int
    from_cache: int
    anew: str | None
    kept: tuple[str, ...]
    seconds: Mapping[str, float]
    processes: int
    runs_on: str

    def count(self, status: str) -> int:
        """Return how many sources have a status."""
        return self.sources.get(status, 0)


@dataclass(slots=True)
class _Made:
    """What was embedded so far."""

    passages: int = 0
    embedded: int = 0
    from_cache: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildLine:
    """The parts of one build.

    Args:
        index: the index folder's files; the caller holds its build lock.
        embedder: makes the vectors.
        cache: remembers them.
        passage_characters: size that passages aim at.
        progress: told how far each stage is.
        clock: told how long each stage takes.
        processes: how many split articles, where there are many.
        keep: generations that stay, the published one included.
        share: carries the verified draft to other machines before it is published here; None where none share it.
    """

    index: IndexFiles
    embedder: Embedder
    cache: VectorCache
    passage_characters: int
    progress: Progress
    clock: Clock
    processes: int = 1
    keep: int = 2
    share: Share | None = None

    def run(self, coverage: Coverage, previous: Previous, *, now: datetime) -> BuildSummary:
        """Build a generation beside the published one, verify it, and publish it.

        Args:
            coverage: what is to be indexed.
            previous: the published generation, of which what did not change is taken over.
            now: time of building, aware.

        Raises:
            NothingRead: no source could be read; the published generation stays.
            IndexDamaged: what was written is not what was meant; the published generation stays.
            IndexNotWritable: the disk is full or read-only; the published generation stays.
        """
        coverage.refuse_nothing()
        generation_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        files = self.index.draft(generation_id)
        try:
            files.folder.mkdir(parents=True)
            with self.clock.stage("compare"):
                difference = compared(coverage.rows(), previous.rows())
            anew = previous.why_anew(
                self.embedder.embedder_id, shaping_digest(self.passage_characters), difference
            )
            made = self._write(files, coverage, previous, difference, anew=anew is not None)
            generation = self._finish(
                files,
                coverage,
                previous,
                generation_id=generation_id,
                now=now,
                has_dead=bool(anew or difference.removed or difference.changed),
            )
            with self.clock.stage("verify"):
                written = None if anew else [*difference.added, *difference.changed]
                _verify(files, generation, coverage, written)
            if self.share:
                with self.clock.stage("share"):
                    self.share(files, generation)
            with self.clock.stage("publish"):
                kept = publish(self.index, generation_id, keep=self.keep)
        except (OSError, sqlite3.OperationalError) as error:
            msg = f"The index folder {self.index.folder} cannot be written: {error}."
            raise IndexNotWritable(msg) from error
        finally:
            rescue_words(files, self.index.vector_cache)
            shutil.rmtree(files.folder, ignore_errors=True)  # there is nothing to remove once published
        return self._summary(generation, coverage, difference, made, anew=anew, kept=kept)

    def _write(
        self,
        files: GenerationFiles,
        coverage: Coverage,
        previous: Previous,
        difference: Difference,
        *,
        anew: bool,
    ) -> _Made:
        """Change a copy of the stores, or fill new ones."""
        with self.clock.stage("copy"):
            draft = Draft.begin(files, None if anew else previous)
        shared = shared_segments(previous, self.embedder.embedder_id)
        self.cache.share(path.name for path in shared)
        if anew:
            ids: Iterable[str] = (article_id for article_id, _ in coverage.rows())
            count = len(difference.added) + len(difference.changed) + difference.unchanged
        else:
            ids = sorted([*difference.added, *difference.changed])
            count = len(difference.added) + len(difference.changed)
        with closing(draft):
            if not anew:
                with self.clock.stage("remove"):
                    draft.remove([*difference.removed, *difference.changed])
            with self.clock.stage("embed"):
                articles = (coverage.article(name) or previous.article(name) for name in ids)
                return self._embed(draft, articles, count)

    def _embed(self, draft: Draft, articles: Iterator[Article], count: int) -> _Made:
        """Split, embed and store batch by batch; one batch is written while the next is embedded."""
        made, done = _Made(), 0
        writing: Future[None] | None = None
        splitting = in_processes(partial(_split, self.passage_characters), articles, self.processes)
        self.progress("embed", 0, None, articles=0)
        with ThreadPoolExecutor(1, thread_name_prefix="write") as writer:
            for batch in _batches(splitting):
                texts = self.cache.read(
                    self.embedder, [embedded_text(article, passage) for article, passage in batch.pairs()]
                )
                made.passages += len(texts.digests)
                made.embedded += len(texts.made)
                made.from_cache += texts.from_cache
                done += len(batch.articles)
                if writing:
                    writing.result()
                writing = writer.submit(draft.write, batch, texts, self.cache)
                # How many passages there will be is known when the last article is split; until then, in proportion.
                self.progress("embed", made.passages, round(made.passages * count / done), articles=done)
            if writing:
                writing.result()
        return made

    def _finish(
        self,
        files: GenerationFiles,
        coverage: Coverage,
        previous: Previous,
        *,
        generation_id: str,
        now: datetime,
        has_dead: bool,
    ) -> Generation:
        """Write what stands beside the stores, and the manifest."""
        serial = 1 + max((serial_of(self.index, there) for there in newest_first(self.index)), default=0)
        embedder_id = self.embedder.embedder_id
        with self.clock.stage("words"):
            finish_words(
                files,
                self.cache,
                shared_segments(previous, embedder_id),
                serial=serial,
                embedder_id=embedder_id,
                has_dead=has_dead,
            )
        with self.clock.stage("digest"):
            coverage.keep(files.sources)
            files.lease.touch()
            with closing(SqliteArticles.open(files.articles)) as store:
                held = holdings(store)
            known = {
                fact.name: fact.sha256
                for fact in (previous.generation.files if previous.generation else ())
                if fact.sha256 and fact.name.startswith(f"{files.words.name}/")
            }
            generation = Generation(
                generation_id=generation_id,
                serial=serial,
                built_at=now,
                layout=LAYOUT_VERSION,
                embedder_id=embedder_id,
                dimension=self.embedder.dimension,
                settings_sha256=shaping_digest(self.passage_characters),
                files=file_facts(files, known, held.passages),
                **held._asdict(),
            )
            write_manifest(files, generation)
        return generation

    def _summary(
        self,
        generation: Generation,
        coverage: Coverage,
        difference: Difference,
        made: _Made,
        *,
        anew: str | None,
        kept: tuple[str, ...],
    ) -> BuildSummary:
        return BuildSummary(
            generation=generation,
            sources=coverage.counts(),
            refused=tuple(coverage.told("refused")),
            noted=tuple(coverage.told("read")),
            added=len(difference.added),
            changed=len(difference.changed),
            removed=len(difference.removed),
            unchanged=difference.unchanged,
            embedded=made.embedded,
            from_cache=made.from_cache + generation.passages - made.passages,
            anew=anew,
            kept=kept,
            seconds=self.clock.seconds,
            processes=self.processes,
            runs_on=self.embedder.runs_on,
        )


def _split(target: int, article: Article) -> Iterator[tuple[Article, tuple[Passage, ...]]]:
    yield article, split(article, target=target)


def _batches(articles: Iterable[tuple[Article, tuple[Passage, ...]]]) -> Iterator[Batch]:
    """Put whole articles together to batches of so many passages, or a little more."""
    batch: list[tuple[Article, tuple[Passage, ...]]] = []
    size = 0
    for article, passages in articles:
        batch.append((article, passages))
        size += len(passages)
        if size >= BATCH:
            yield Batch(batch)
            batch, size = [], 0
    if batch:
        yield Batch(batch)


def _verify(
    files: GenerationFiles, generation: Generation, coverage: Coverage, written: list[str] | None
) -> None:
    first = next(draft_faults(files, generation, coverage.rows(), written), None)
    if first:
        msg = f"The new index is not what it should be ({first}); the published one stays as it is."
        raise IndexDamaged(msg)
