"""A draft generation: begun as a copy of the published one or from nothing, changed, and finished."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, NamedTuple, Self

from index.embedding.vector_cache import rows_in
from index.storage.articles import SqliteArticles
from index.storage.rows import vector_digest
from index.storage.segments import SUFFIX, is_mostly_dead, link, live_count, merged, segments_in, to_merge
from index.storage.vectors import ChromaVectors, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from index.embedding.vector_cache import ReadTexts, VectorCache
    from index.previous import Previous
    from index.storage.layout import GenerationFiles
    from index.types import Article, Passage


class Batch(NamedTuple):
    """Whole articles with their passages."""

    articles: list[tuple[Article, tuple[Passage, ...]]]

    def pairs(self) -> list[tuple[Article, Passage]]:
        """Return every passage with its article, in order."""
        return [(article, passage) for article, passages in self.articles for passage in passages]


class Draft:
    """The stores of a draft, open to be changed. One thread at a time may use it."""

    def __init__(self, files: GenerationFiles, articles: SqliteArticles, vectors: ChromaVectors) -> None:
        """Take what :meth:`begin` opened."""
        self.files = files
        self.articles = articles
        self.vectors = vectors

    @classmethod
    def begin(cls, files: GenerationFiles, previous: Previous | None) -> Self:
        """Begin a draft.

        Args:
            files: where it will lie; its folder is there.
            previous: the generation whose files are copied whole; None to begin from nothing.

        Raises:
            IndexNotWritable: the disk says no.
        """
        with ExitStack() as half_open:
            if previous and previous.files:
                shutil.copyfile(previous.files.articles, files.articles)
                shutil.copytree(previous.files.vectors, files.vectors, copy_function=shutil.copyfile)
                articles = half_open.enter_context(closing(SqliteArticles.resume(files.articles)))
                vectors = ChromaVectors.open(files.vectors)
            else:
                articles = half_open.enter_context(closing(SqliteArticles.create(files.articles)))
                vectors = ChromaVectors.create(files.vectors)
            half_open.pop_all()
        return cls(files, articles, vectors)

    def remove(self, article_ids: Iterable[str]) -> None:
        """Take articles out of all stores."""
        gone = [passage_id for article_id in article_ids for passage_id in self.articles.remove(article_id)]
        if gone:
            self.vectors.remove(gone)

    def write(self, batch: Batch, texts: ReadTexts, cache: VectorCache) -> None:
        """Store articles with their passages, vectors and words.

        Args:
            batch: the articles; none of them is there.
            texts: what their passages came to, in order.
            cache: where what is new of it is kept.
        """
        words = cache.keep(texts)
        digests = iter(zip(map(vector_digest, texts.vectors), words, strict=True))
        for article, passages in batch.articles:
            self.articles.add(article, passages, [next(digests) for _ in passages])
        pairs = batch.pairs()
        self.vectors.add(
            [passage.passage_id for _, passage in pairs],
            texts.vectors,
            [facts_of(article, passage.span) for article, passage in pairs],
        )

    def close(self) -> None:
        """Write what is pending and let go of the files."""
        with ExitStack() as closing_all:
            closing_all.callback(self.articles.close)
            closing_all.callback(self.vectors.close)


def shared_segments(previous: Previous, embedder_id: str) -> list[Path]:
    """Return the segments that a new generation of the same model takes over, the oldest first."""
    generation, files = previous.generation, previous.files
    if generation is None or files is None or generation.embedder_id != embedder_id:
        return []
    sizes = {fact.name: fact.size for fact in generation.files}
    return [
        path
        for path in segments_in(files.words)
        if path.stat().st_size == sizes.get(f"{files.words.name}/{path.name}")
    ]


def finish_words(
    files: GenerationFiles,
    cache: VectorCache,
    shared: Sequence[Path],
    *,
    serial: int,
    embedder_id: str,
    has_dead: bool,
) -> None:
    """Give a draft the segments that hold what its texts came to.

    Few files, none of them mostly dead: what is small is put together, and what became dead is left behind.

    Args:
        files: the draft; its articles are written and closed.
        cache: holds what is new; nothing can be embedded any more.
        shared: segments of the generation before, the oldest first.
        serial: the draft's number: segments are named in order of it.
        embedder_id: its model.
        has_dead: whether texts of the generation before may be needed no more.
    """
    files.words.mkdir(exist_ok=True)
    for path in shared:
        link(path, files.words / path.name)
    if cache.count():
        cache.becomes(files.words / _name(serial, "n"))
    paths = segments_in(files.words)
    sizes = [rows_in(path) for path in paths]
    count = to_merge(sizes)
    dead = [path for path in paths if has_dead and is_mostly_dead(*live_count(path, files.articles))]
    last = paths[len(paths) - count :] if count > 1 else []
    for place, group in enumerate([last, *([path] for path in dead if path not in last)]):
        if group:
            merged(group, files.words / _name(serial, f"m{place}"), files.articles, embedder_id)
            for path in group:
                path.unlink()


def rescue_words(files: GenerationFiles, cache: Path) -> None:
    """Take what was embedded back out of a draft that is given up, so that the next build need not embed it.

    Args:
        files: the draft; there is nothing to do where it was published.
        cache: the file of what no generation has.
    """
    new = [path for path in segments_in(files.words) if path.stat().st_nlink == 1]
    if new and not cache.exists():
        os.replace(max(new, key=lambda path: path.stat().st_size), cache)


def _name(serial: int, kind: str) -> str:
    return f"{serial:08d}-{kind}-{secrets.token_hex(3)}{SUFFIX}"
