"""Writes a generation into PostgreSQL: what is not there yet is added, what no longer counts is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import text

from index.errors import IndexDamaged
from index.generation import Generation
from index.storage.database import SCHEMA
from index.storage.shared_rows import facts_of_article, row_digest
from index.storage.stemmed import stemmed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection

    from index.types import Article, Passage

_GENERATION = TypeAdapter(Generation)
# Passages that are sent at once: enough that the way there does not count, few enough for any memory.
_AT_ONCE = 500

_INSERT_ARTICLES = f"""
INSERT INTO {SCHEMA}.articles
SELECT *, :number, NULL FROM unnest(
    cast(:key AS bigint[]), cast(:article_id AS text[]), cast(:version AS text[]), cast(:language AS text[]),
    cast(:publisher AS text[]), cast(:published AS double precision[]), cast(:facts AS text[]),
    cast(:text AS text[]), cast(:shaping AS text[]), cast(:digest AS bytea[]))
"""
_INSERT_PASSAGES = f"""
INSERT INTO {SCHEMA}.passages SELECT * FROM unnest(
    cast(:key AS bigint[]), cast(:article_key AS bigint[]), cast(:passage_id AS text[]),
    cast(:ordinal AS integer[]), cast(:start AS integer[]), cast(:end AS integer[]), cast(:tokens AS integer[]),
    cast(:language AS text[]), cast(:words AS bytea[]))
"""
_STEMS = "unnest(cast(:stem AS text[]), cast(:language AS text[])"
_INSERT_STEMS = f"""
INSERT INTO {SCHEMA}.stems (stem, language)
SELECT DISTINCT stem, language FROM {_STEMS}) AS found (stem, language)
WHERE NOT EXISTS (SELECT FROM {SCHEMA}.stems AS known
    WHERE known.stem = found.stem AND known.language = found.language)
"""
_INSERT_PLACES = f"""
INSERT INTO {SCHEMA}.stem_places SELECT stem_key, passage_key, frequency
FROM {_STEMS}, cast(:passage_key AS bigint[]), cast(:frequency AS real[]))
    AS found (stem, language, passage_key, frequency) JOIN {SCHEMA}.stems USING (stem, language)
"""
_END = f"""
UPDATE {SCHEMA}.articles SET until = :number
WHERE until IS NULL AND since < :number AND article_id = ANY (:article_ids)
"""
# The counts of the generation before, and what the articles that came and went add and take away.
_COUNT_STEMS = f"""
INSERT INTO {SCHEMA}.stem_counts
SELECT :number, stem_key, sum(passages) FROM (
    SELECT stem_key, passages FROM {SCHEMA}.stem_counts WHERE number = :before
    UNION ALL
    SELECT stem_key, CASE WHEN since = :number THEN 1 ELSE -1 END
    FROM {SCHEMA}.stem_places JOIN {SCHEMA}.passages USING (passage_key)
        JOIN {SCHEMA}.articles USING (article_key)
    WHERE since = :number OR until = :number
) AS changed GROUP BY stem_key HAVING sum(passages) > 0
"""
_COUNT = f"""
SELECT count(DISTINCT article_key), count(passage_key), coalesce(sum(tokens), 0)
FROM {SCHEMA}.articles LEFT JOIN {SCHEMA}.passages USING (article_key) WHERE until IS NULL
"""


class PostgresWriter:
    """Writes one generation within the transaction of a connection that holds the build lock.

    Args:
        connection: in a transaction; its end is the caller's.
        number: of the generation, larger than all before.
        before: number of the published generation, None where there is none.
        shaping: what else than an article's text shapes its rows: another one, and all are written anew.
    """

    def __init__(self, connection: Connection, number: int, before: int | None, shaping: str) -> None:
        """Read what is there."""
        self.number = number
        self._connection = connection
        self._before = before
        self._shaping = shaping
        rows = self._run(f"SELECT article_id, row_sha256 FROM {SCHEMA}.articles WHERE until IS NULL")
        self._known: dict[str, bytes] = {article_id: bytes(digest) for article_id, digest in rows}
        self._article_key = self._last("articles", "article_key")
        self._passage_key = self._last("passages", "passage_key")
        self._ended: list[str] = []
        self._articles: list[dict[str, object]] = []
        self._passages: list[dict[str, object]] = []
        self._places: list[dict[str, object]] = []

    def add(
        self,
        article: Article,
        passages: Sequence[Passage],
        words_of: Callable[[Sequence[str]], Mapping[str, bytes]],
    ) -> bool:
        """Let an article count for the generation, writing it where it is not there yet.

        Args:
            article: each comes once.
            passages: its passages in order.
            words_of: gives the packed words of passages; asked only where they are written.

        Returns:
            Whether it was written.
        """
        digest = row_digest(self._shaping, article, passages)
        known = self._known.pop(article.article_id, None)
        if known == digest:
            return False
        if known is not None:
            self._ended.append(article.article_id)
        self._article_key += 1
        self._articles.append(_article_row(self._article_key, self._shaping, article, digest))
        words = words_of([passage.passage_id for passage in passages])
        if len(words) < len(passages):
            msg = (
                f"The words of article {article.article_id} ({article.source_path}) cannot be read in the folder "
                "of the builder; what was published stays. Build the index in an empty folder."
            )
            raise IndexDamaged(msg)
        for passage in passages:
            self._add_passage(article, passage, words[passage.passage_id])
        if len(self._passages) >= _AT_ONCE:
            self._flush()
        return True

    def finish(self, generation: Generation) -> None:
        """End what no longer counts, and write what the generation is.

        Raises:
            IndexDamaged: the rows that count now are not as many as the generation says.
        """
        self._flush()
        self._run(_END, number=self.number, article_ids=[*self._ended, *self._known])
        ((articles, passages, tokens),) = self._run(_COUNT)
        if (articles, passages) != (generation.articles, generation.passages):
            msg = (
                f"The database holds {articles} articles and {passages} passages of {generation.generation_id}, "
                f"not {generation.articles} and {generation.passages}; what was published stays as it is."
            )
            raise IndexDamaged(msg)
        self._run(
            f"INSERT INTO {SCHEMA}.generations VALUES (:number, :name, :manifest, :passages, :tokens)",
            number=self.number,
            name=generation.generation_id,
            manifest=_GENERATION.dump_json(generation).decode(),
            passages=passages,
            tokens=tokens,
        )
        self._run(_COUNT_STEMS, number=self.number, before=self._before)
        for table in ("articles", "passages", "stems", "stem_places", "stem_counts"):
            self._run(f"ANALYZE {SCHEMA}.{table}")

    def _add_passage(self, article: Article, passage: Passage, words: bytes) -> None:
        self._passage_key += 1
        counted = stemmed(article, passage)
        self._passages.append(
            {
                "key": self._passage_key,
                "article_key": self._article_key,
                "passage_id": passage.passage_id,
                "ordinal": passage.ordinal,
                "start": passage.span.start,
                "end": passage.span.end,
                "tokens": counted.tokens,
                "language": counted.language,
                "words": words,
            }
        )
        self._places.extend(
            {"stem": stem, "language": counted.language, "passage_key": self._passage_key, "frequency": often}
            for stem, often in counted.frequencies.items()
        )

    def _flush(self) -> None:
        if self._articles:
            self._run(_INSERT_ARTICLES, number=self.number, **_columns(self._articles))
        if self._passages:
            self._run(_INSERT_PASSAGES, **_columns(self._passages))
        if self._places:
            places = _columns(self._places)
            self._run(_INSERT_STEMS, stem=places["stem"], language=places["language"])
            self._run(_INSERT_PLACES, **places)
        self._articles, self._passages, self._places = [], [], []

    def _last(self, table: str, key: str) -> int:
        ((last,),) = self._run(f"SELECT coalesce(max({key}), 0) FROM {SCHEMA}.{table}")
        return int(last)

    def _run(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        result = self._connection.execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []


def _article_row(key: int, shaping: str, article: Article, digest: bytes) -> dict[str, object]:
    return {
        "key": key,
        "article_id": article.article_id,
        "version": article.version_sha256,
        "language": article.language,
        "publisher": article.publisher,
        "published": article.published_at.timestamp() if article.published_at else None,
        "facts": facts_of_article(article),
        "text": article.text,
        "shaping": shaping,
        "digest": digest,
    }


def _columns(rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    return {name: [row[name] for row in rows] for name in rows[0]}
