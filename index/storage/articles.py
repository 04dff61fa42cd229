"""Articles, passages and full text in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from index.errors import ArticleNotFound, IndexDamaged
from index.generation import Extent
from index.storage import full_text
from index.storage.article_writing import SCHEMA, PassageText, delete_article, insert_article
from index.storage.filters import ANY, filters, spoken_in
from index.storage.full_text import FullText
from index.storage.leases import Lease
from index.storage.rows import PassageRow, article_of
from index.types import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from index.storage.article_writing import PassageDigests
    from index.types import Article, Query

_PASSAGE = """
SELECT passage_id, article_id, ordinal, span_start, span_end,
    substr(text, span_start + 1, span_end - span_start) FROM passages JOIN articles USING (article_id)
"""
_PLACE = "SELECT passage_id, article_id, ordinal, span_start, span_end FROM passages"
_PASSAGE_ROWS = """
SELECT article_id, passage_id, ordinal, span_start, span_end, language, text_sha256, vector_digest, words_digest
FROM passages {where} ORDER BY article_id, ordinal
"""
_KEPT = 256
# A draft is published only when it is whole, so a journal would cost time and save nothing.
_DRAFTING = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;"


class SqliteArticles:
    """Articles, passages and full text of one generation."""

    def __init__(self, connection: sqlite3.Connection, lease: Lease | None = None) -> None:
        """Take a connection from :meth:`create` or :meth:`open`."""
        self._db = connection
        self._lease = lease
        self._full_text = FullText(connection)
        self._is_changed = False
        # What is published does not change, and the passages of one article are found together.
        self._article = lru_cache(maxsize=_KEPT)(self._read_article)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new file to write to."""
        connection = sqlite3.connect(path, check_same_thread=False)
        connection.executescript(_DRAFTING + SCHEMA + full_text.SCHEMA)
        return cls(connection)

    @classmethod
    def resume(cls, path: Path) -> Self:
        """Open a draft that began as the copy of a published file, to change it."""
        connection = sqlite3.connect(path, check_same_thread=False)
        connection.executescript(_DRAFTING)
        return cls(connection)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a published file, which nobody changes any more, to read.

        Raises:
            IndexDamaged: there is no such file, or it holds no articles.
        """
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        lease = Lease.take(path.parent)
        with ExitStack() as half_open, _reading():
            half_open.callback(lease.close)
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            try:
                connection.execute("SELECT article_id FROM articles LIMIT 1").fetchone()
            except sqlite3.Error:
                connection.close()
                raise
            half_open.pop_all()
        return cls(connection, lease)

    def close(self) -> None:
        """Write what is pending and let go of the file."""
        if self._is_changed:
            self._full_text.finish()
        self._db.commit()
        self._db.close()
        if self._lease:
            self._lease.close()

    def add(self, article: Article, passages: Sequence[Passage], digests: PassageDigests = ()) -> None:
        """Store an article with its passages, see :func:`article_writing.insert_article`."""
        texts = insert_article(self._db, article, passages, digests)
        self._full_text.add(texts, article.headline or "")
        self._is_changed = True

    def remove(self, article_id: str) -> list[str]:
        """Take an article out; return the ids that its passages had."""
        article = self._read_article(article_id)
        rows = delete_article(self._db, article_id)
        texts = {row.key: PassageText(row.span.of(article.text), row.language) for row in rows}
        self._full_text.remove(texts, article.headline or "")
        self._is_changed = True
        self._article.cache_clear()
        return [row.passage_id for row in rows]

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            ArticleNotFound: there is none of that id.
        """
        return self._article(article_id)

    def _read_article(self, article_id: str) -> Article:
        if article_id.isascii():  # as every id is; what is no text at all cannot even be asked for
            for row in self._rows("SELECT facts, text FROM articles WHERE article_id = ?", article_id):
                return _article(*row)
        msg = f"The index holds no article {article_id!a}: citations name the ids that it holds."
        raise ArticleNotFound(msg)

    def articles(self) -> Iterator[Article]:
        """Return all articles in order of id."""
        for row in self._rows("SELECT facts, text FROM articles ORDER BY article_id"):
            yield _article(*row)

    def versions(self) -> dict[str, str]:
        """Return the version of each article as it was written, by article id."""
        return dict(self._rows("SELECT article_id, version_sha256 FROM articles ORDER BY article_id"))

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Return the id of each article, and the digest of all that is stored of it, in order of id."""
        yield from self._rows("SELECT article_id, row_digest FROM articles ORDER BY article_id")

    def passage_rows(self) -> Iterator[PassageRow]:
        """Return what proves each passage, in order of article and place."""
        yield from map(PassageRow._make, self._rows(_PASSAGE_ROWS.format(where="")))

    def passage_rows_of(self, article_id: str) -> list[PassageRow]:
        """Return the same of one article's passages."""
        rows = self._rows(_PASSAGE_ROWS.format(where="WHERE article_id = ?"), article_id)
        return list(map(PassageRow._make, rows))

    def text_digests(self, passage_ids: Iterable[str]) -> dict[str, bytes]:
        """Return the SHA-256 of what was embedded for each passage that is there."""
        wanted = json.dumps(list(passage_ids))
        return dict(
            self._rows(f"SELECT passage_id, text_sha256 FROM passages WHERE passage_id IN {ANY}", wanted)
        )

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of those ids that are there."""
        rows = list(self._rows(f"{_PLACE} WHERE passage_id IN {ANY}", json.dumps(list(passage_ids))))
        # To cut a passage out, the database reads the whole article: better once for all its passages.
        articles = json.dumps(list({article_id for _, article_id, *_ in rows}))
        texts = dict(self._rows(f"SELECT article_id, text FROM articles WHERE article_id IN {ANY}", articles))
        found = ((*place, texts[place[1]][place[3] : place[4]]) for place in rows if place[1] in texts)
        return {passage.passage_id: passage for passage in map(_passage, found)}

    def all_passages(self) -> Iterator[Passage]:
        """Return all passages in order of article and place."""
        yield from map(_passage, self._rows(f"{_PASSAGE} ORDER BY article_id, ordinal"))

    def counts(self) -> tuple[int, int, int]:
        """Return how many articles, passages and full-text entries there are."""
        count = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)"
        ((articles, passages),) = self._rows(count)
        ((words,),) = self._rows("SELECT count(*) FROM passage_words_docsize")
        return articles, passages, words

    def languages(self, passage_ids: Iterable[str]) -> dict[str, str]:
        """Return the language of each passage."""
        with _reading():
            return self._full_text.languages(passage_ids)

    def publishers(self) -> tuple[str, ...]:
        """Return the outlets that the articles name, in order."""
        rows = self._rows(
            "SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL ORDER BY publisher"
        )
        return tuple(name for (name,) in rows)

    def extent(self) -> Extent:
        """Return what the articles come to, in figures."""
        publishers = self._counted("publisher")
        ((undated,),) = self._rows("SELECT count(*) FROM articles WHERE published_at IS NULL")
        return Extent(
            publishers=tuple((name, count) for name, count in publishers if name is not None),
            unnamed=sum(count for name, count in publishers if name is None),
            languages=self._counted("language"),
            oldest_published_at=self._published_at("ASC"),
            newest_published_at=self._published_at("DESC"),
            undated=undated,
        )

    def _counted(self, column: str) -> tuple[tuple[Any, int], ...]:
        """Return each value of a column with its number of articles, most first."""
        rows = self._rows(
            f"SELECT {column}, count(*) AS articles FROM articles GROUP BY {column}"
            f" ORDER BY articles DESC, {column}"
        )
        return tuple((value, count) for value, count in rows)

    def _published_at(self, order: str) -> datetime | None:
        """Return the first moment of publishing in an order, with its outlet's own zone."""
        rows = self._rows(
            "SELECT json_extract(facts, '$.published_at') FROM articles WHERE published_at IS NOT NULL"
            f" ORDER BY published_at {order}, article_id LIMIT 1"
        )
        with _reading():
            return next((datetime.fromisoformat(moment) for (moment,) in rows), None)

    def undated(self, query: Query) -> int:
        """Return how many articles pass a query's filters but for their date, which they do not give."""
        where, values = filters(replace(query, published_from=None, published_to=None))
        spoken, languages = spoken_in(query)
        if spoken:
            mine = "SELECT 1 FROM passages WHERE passages.article_id = articles.article_id"
            spoken = f" AND EXISTS ({mine}{spoken})"
        asked = f"SELECT count(*) FROM articles WHERE published_at IS NULL{where}{spoken}"
        ((count,),) = self._rows(asked, *values, *languages)
        return int(count)

    def search(self, query: Query, top_k: int) -> dict[str, float]:
        """Return passage ids with their BM25 score (higher is better), narrowed by the filters."""
        with _reading():
            return self._full_text.search(query, top_k)

    def scores(self, query: Query, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the BM25 scores of given passages; those without a shared word are left out."""
        with _reading():
            return self._full_text.scores(query.text, passage_ids)

    def _rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with _reading():
            yield from self._db.execute(statement, values)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, ValueError) as error:  # a row that is no article is a ValueError to pydantic
        msg = f"The articles cannot be read ({type(error).__name__}): build the index again."
        raise IndexDamaged(msg) from error


def _article(facts: str, text: str) -> Article:
    with _reading():
        return article_of(facts, text)


def _passage(row: tuple[str, str, int, int, int, str]) -> Passage:
    passage_id, article_id, ordinal, start, end, text = row
    with _reading():
        return Passage(passage_id, article_id, ordinal, Span(start, end), text)
