"""What a generation holds, counted and digested from its rows."""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from index.storage.articles import SqliteArticles
    from index.storage.rows import PassageRow


class Holdings(NamedTuple):
    """Counts and digests, see ``Generation``."""

    articles: int
    passages: int
    newest_published_at: datetime | None
    corpus_sha256: str
    rows_sha256: str
    vectors_sha256: str
    words_sha256: str


def holdings(store: SqliteArticles) -> Holdings:
    """Count and digest what a store says of its articles and passages, row by row, in order of article and place."""
    corpus, rows, vectors, words = (hashlib.sha256() for _ in range(4))
    articles = passages = 0
    for (article_id, row_digest), (_, version), mine in zip(
        store.rows(), store.versions().items(), by_article(store), strict=False
    ):
        articles += 1
        rows.update(row_digest)
        corpus.update(corpus_line(article_id, version, [(row.span_start, row.span_end) for row in mine]))
        passages += len(mine)
        for row in mine:
            vectors.update(row.vector_digest)
            words.update(row.words_digest)
    return Holdings(
        articles=articles,
        passages=passages,
        newest_published_at=store.extent().newest_published_at,
        corpus_sha256=corpus.hexdigest(),
        rows_sha256=rows.hexdigest(),
        vectors_sha256=vectors.hexdigest(),
        words_sha256=words.hexdigest(),
    )


def by_article(store: SqliteArticles) -> Iterator[list[PassageRow]]:
    """Return the passages of each article, in order of article; an article without any has an empty list."""
    grouped = groupby(store.passage_rows(), key=lambda row: row.article_id)
    ahead = next(grouped, None)
    for article_id, _ in store.rows():
        if ahead and ahead[0] == article_id:
            yield list(ahead[1])
            ahead = next(grouped, None)
        else:
            yield []


def corpus_line(article_id: str, version: str, spans: Sequence[tuple[int, int]]) -> bytes:
    """Return what an article and its passages add to the digest of a collection."""
    return json.dumps([article_id, version, [list(span) for span in spans]]).encode()


def corpus_sha256(lines: Iterable[bytes]) -> str:
    """Return the digest of all article versions and passage spans, in order of article id."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()
