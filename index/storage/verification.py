"""Proof that a generation is what its manifest says."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from index.errors import ArticleNotFound, IndexDamaged
from index.passages import embedded_text, passage_id_of
from index.storage.article_writing import text_digest
from index.storage.articles import SqliteArticles
from index.storage.described import by_article, holdings
from index.storage.layout import file_sha256, size_fault
from index.storage.rows import combined, digest, stored, vector_digest
from index.storage.vectors import ChromaVectors, facts_of
from index.storage.words import SqliteWords
from index.types import Article, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.generation import Generation
    from index.protocols import PassageFacts
    from index.storage.layout import GenerationFiles
    from index.storage.rows import PassageRow

_BATCH = 500


class _Checked(NamedTuple):
    """A passage, and what its vector may be narrowed by."""

    row: PassageRow
    facts: PassageFacts


def faults(files: GenerationFiles, generation: Generation) -> Iterator[str]:
    """Recount, re-slice and re-digest a generation; the memory that it takes does not grow with it.

    Args:
        files: the generation on disk, published or draft.
        generation: its manifest.

    Yields:
        One sentence for each thing that is not as the manifest or the articles say.
    """
    yield from _file_faults(files, generation)
    try:
        with closing(SqliteArticles.open(files.articles)) as articles:
            yield from _count_faults(articles, generation)
            yield from _each_article(articles, generation)
    # A file that was altered may hold anything: whatever reading it raises is the fault to name.
    except (IndexDamaged, OSError, sqlite3.Error, ValueError, KeyError, TypeError) as error:
        yield f"articles.db cannot be read: {type(error).__name__}: {error}"
        return
    try:
        with closing(SqliteArticles.open(files.articles)) as articles:
            yield from _embedded_faults(files, generation, articles, _all_checked(articles))
    except (IndexDamaged, OSError) as error:
        yield str(error)


def draft_faults(
    files: GenerationFiles,
    generation: Generation,
    meant: Iterable[tuple[str, bytes]],
    written: Sequence[str] | None,
) -> Iterator[str]:
    """Prove a draft: that it holds what was meant, and that what was just written can be read.

    What was taken over was proved when it was written, and its files are those that were written then.

    Args:
        files: the draft.
        generation: its manifest.
        meant: the id and the row's digest of each article that it is to hold, in order of id.
        written: ids of the articles that were written; None for all.
    """
    try:
        with closing(SqliteArticles.open(files.articles)) as articles:
            yield from _unequal(
                "digest of the rows", combined(row for _, row in meant), generation.rows_sha256
            )
            yield from _count_faults(articles, generation)
            names = written if written is not None else [name for name, _ in articles.rows()]
            checked = _checked_of(articles, names)
            yield from _embedded_faults(files, generation, articles, checked, is_whole=written is None)
    except ArticleNotFound as error:
        yield str(error)


def _file_faults(files: GenerationFiles, generation: Generation) -> Iterator[str]:
    gone: set[str] = set()
    for fact in generation.files:
        folder = fact.name.split("/", maxsplit=1)[0]
        if folder != fact.name and not (files.folder / folder).is_dir():
            if folder not in gone:  # said once, not of each of its files
                gone.add(folder)
                yield f"the folder {folder} is not there"
            continue
        fault = size_fault(files, fact)
        if fault:
            yield fault
        if fact.sha256:
            with suppress(OSError):  # that it is not there was said
                yield from _unequal(
                    f"digest of {fact.name}", file_sha256(files.folder / fact.name), fact.sha256
                )


def _count_faults(store: SqliteArticles, generation: Generation) -> Iterator[str]:
    articles, passages, words = store.counts()
    yield from _unequal("articles", articles, generation.articles)
    yield from _unequal("passages", passages, generation.passages)
    yield from _unequal("passages in full text", words, generation.passages)


def _each_article(store: SqliteArticles, generation: Generation) -> Iterator[str]:
    held = holdings(store)
    yield from _unequal("newest article", held.newest_published_at, generation.newest_published_at)
    passages = 0
    versions = store.versions()
    for (article_id, row_digest), article, mine in zip(
        store.rows(), store.articles(), by_article(store), strict=False
    ):
        passages += len(mine)
        name = f"article {article.article_id} ({article.source_path})"
        if article.article_id != article_id:
            yield f"article {article_id}: its facts are those of article {article.article_id}"
        yield from _text_faults(name, article, mine, versions[article_id])
        if stored(article).digest != row_digest:
            yield f"{name}: it is not stored as it was written"
    yield from _unequal("passages of articles that are there", passages, generation.passages)
    yield from _unequal("digest of the articles", held.corpus_sha256, generation.corpus_sha256)
    yield from _unequal("digest of the rows", held.rows_sha256, generation.rows_sha256)
    yield from _unequal("digest of the vectors", held.vectors_sha256, generation.vectors_sha256)
    yield from _unequal("digest of the words", held.words_sha256, generation.words_sha256)


def _text_faults(name: str, article: Article, mine: list[PassageRow], written_version: str) -> Iterator[str]:
    if article.version_sha256 != written_version:
        yield f"{name}: its text or facts are not those of version {written_version[:12]}"
    end = 0
    for ordinal, row in enumerate(mine):
        span = Span(row.span_start, row.span_end)
        passage = _passage(article, row) if span.end <= len(article.text) else None
        if passage is None or text_digest(embedded_text(article, passage)) != row.text_sha256:
            yield f"{name}: passage {row.ordinal} is not at {span.start}:{span.end}"
        if row.language != article.language_of(span):
            yield f"{name}: passage {row.ordinal} is not in the language {row.language}"
        if span.start < end or row.passage_id != passage_id_of(article, ordinal) or row.ordinal != ordinal:
            yield f"{name}: passage {row.ordinal} is out of order"
        end = span.end
    if any(heading.end > len(article.text) for heading in article.headings):
        yield f"{name}: a heading reaches past its text"
    kept = sum(span.end - span.start for span in article.kept)
    if article.kept and kept != len(article.text):
        yield f"{name}: {len(article.text)} characters, but {kept} mapped to its source"


def _passage(article: Article, row: PassageRow) -> Passage:
    span = Span(row.span_start, row.span_end)
    return Passage(row.passage_id, article.article_id, row.ordinal, span, span.of(article.text))


def _all_checked(store: SqliteArticles) -> Iterator[_Checked]:
    for article, mine in zip(store.articles(), by_article(store), strict=False):
        yield from (_Checked(row, _facts(article, row)) for row in mine)


def _checked_of(store: SqliteArticles, article_ids: Iterable[str]) -> Iterator[_Checked]:
    for article_id in article_ids:
        article = store.article(article_id)
        yield from (_Checked(row, _facts(article, row)) for row in store.passage_rows_of(article_id))


def _facts(article: Article, row: PassageRow) -> PassageFacts:
    return facts_of(article, Span(row.span_start, row.span_end))


def _embedded_faults(
    files: GenerationFiles,
    generation: Generation,
    articles: SqliteArticles,
    checked: Iterator[_Checked],
    *,
    is_whole: bool = True,
) -> Iterator[str]:
    """Compare what the vector store and the segments hold with what was written down of each passage."""
    with (
        closing(ChromaVectors.open(files.vectors)) as vectors,
        closing(SqliteWords.open(files.words, generation.embedder_id, articles.text_digests)) as words,
    ):
        yield from _unequal("vectors", vectors.count(), generation.passages)
        yield from _unequal("rows of vectors", vectors.rows_count(), generation.passages)
        count = 0
        while batch := list(islice(checked, _BATCH)):
            count += len(batch)
            yield from _vector_faults(vectors, batch, generation.dimension)
            yield from _word_faults(words, batch)
        if is_whole:
            yield from _unequal("passages of articles that are there", count, generation.passages)


def _vector_faults(store: ChromaVectors, batch: list[_Checked], dimension: int) -> Iterator[str]:
    names = [one.row.passage_id for one in batch]
    vectors, facts = store.vectors(names), store.facts(names)
    for row, expected in batch:
        name = row.passage_id
        if name not in vectors:
            yield f"passage {name} has no vector"
            continue
        yield from _unequal(f"length of the vector of {name}", len(vectors[name]), dimension)
        if vector_digest(vectors[name]) != row.vector_digest:
            yield f"vector of passage {name}: it is not the one that was written"
        yield from _unequal(f"filters of passage {name}", facts.get(name), expected)
    yield from (f"passage {name} is another in Chroma" for name in store.at_odds(names))


def _word_faults(store: SqliteWords, batch: list[_Checked]) -> Iterator[str]:
    words = store.packed_words([one.row.passage_id for one in batch])
    for row, _ in batch:
        if row.passage_id not in words:
            yield f"passage {row.passage_id} has no words in place"
        elif digest(words[row.passage_id]) != row.words_digest:
            yield f"words of passage {row.passage_id}: they are not those that were written"


def _unequal(what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{what}: expected {expected}, found {found}"
