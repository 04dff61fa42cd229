"""Articles, passages, their words in place, and full text of one generation in PostgreSQL."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import text

from index.errors import ArticleNotFound, IndexDamaged
from index.generation import Extent
from index.storage.database import MEND
from index.storage.foreign_words import ForeignWords
from index.storage.stemmed import longest
from index.types import Article, Passage, Span
from index.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Engine

    from index.storage.database import Database
    from index.types import Query

_ARTICLE = TypeAdapter(Article)
_KEPT = 256
_ROWS_AT_ONCE = 500
# A word that stands in more than this share of the passages costs most of a search's time and tells nothing.
_COMMON = 0.1
_FEW = 50
_COUNTS = "since <= :number AND (until IS NULL OR until > :number)"
_PASSAGES = f"passages JOIN articles USING (article_key) WHERE {_COUNTS}"
_SPOKEN = " AND passages.language = ANY (:languages)"
_PASSAGE = f"""
SELECT passage_id, article_id, ordinal, span_start, span_end,
    substr(text, span_start + 1, span_end - span_start) FROM {_PASSAGES}
"""
# BM25 with k1 = 1.2 and b = 0.75, as SQLite's: https://www.sqlite.org/fts5.html#the_bm25_function
# Rounded, so that the order in which the database adds does not decide between equals.
_BM25 = """
round(sum(idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * tokens / :average)))::numeric, 9)
"""
_SCORED = f"""
SELECT passage_id, ({_BM25})::double precision AS score
FROM unnest(cast(:keys AS integer[]), cast(:idfs AS double precision[])) AS asked (stem_key, idf)
    JOIN stem_places USING (stem_key) JOIN passages USING (passage_key) JOIN articles USING (article_key)
WHERE {_COUNTS}{{narrowed}}
GROUP BY passage_key, passage_id ORDER BY score DESC, passage_id COLLATE "C" LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as one language stems it: its key, and in how many passages of the generation it stands."""

    language: str
    stem: str
    key: int
    passages: int


class PostgresArticles:
    """Articles, passages and full text of one generation.

    Args:
        database: for its errors.
        engine: connects; it is closed with this.
        number: of the generation.
    """

    def __init__(self, database: Database, engine: Engine, number: int) -> None:
        """Keep the three; nothing is asked here."""
        self._database = database
        self._engine = engine
        self._number = number
        # What is published does not change, and the passages of one article are found together.
        self._article = lru_cache(maxsize=_KEPT)(self._read_article)
        self._foreign = ForeignWords(self._terms)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def is_there(self) -> bool:
        """Tell whether no build has removed the generation; from then on none does while this is open."""
        return bool(self._rows("SELECT number FROM generations WHERE number = :number"))

    def article(self, article_id: str) -> Article:
        """Return an article.

        Raises:
            ArticleNotFound: there is none of that id.
        """
        return self._article(article_id)

    def _read_article(self, article_id: str) -> Article:
        if article_id.isalnum():  # as every id is; what is no text at all cannot even be asked for
            asked = f"SELECT facts, text FROM articles WHERE article_id = :article AND {_COUNTS}"
            for row in self._rows(asked, article=article_id):
                return _article(*row)
        msg = f"The index holds no article {article_id!a}: citations name the ids that it holds."
        raise ArticleNotFound(msg)

    def articles(self) -> Iterator[Article]:
        """Return all articles in order of id."""
        asked = f'SELECT facts, text FROM articles WHERE {_COUNTS} ORDER BY article_id COLLATE "C"'
        for row in self._stream(asked):
            yield _article(*row)

    def row_digests(self) -> dict[str, tuple[str, bytes, str]]:
        """Return, by article id, what shaped its rows, their digest, and its version, as they were written."""
        asked = f"SELECT article_id, shaping, row_sha256, version_sha256 FROM articles WHERE {_COUNTS}"
        return {
            name: (shaping, bytes(digest), version) for name, shaping, digest, version in self._rows(asked)
        }

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of those ids that are there."""
        rows = self._rows(f"{_PASSAGE} AND passage_id = ANY (:names)", names=list(passage_ids))
        return {passage.passage_id: passage for passage in map(_passage, rows)}

    def all_passages(self) -> Iterator[Passage]:
        """Return all passages in order of article and place."""
        yield from map(_passage, self._stream(f'{_PASSAGE} ORDER BY article_id COLLATE "C", ordinal'))

    def packed_words(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Return the stored words of those ids that are there."""
        asked = f"SELECT passage_id, words FROM {_PASSAGES} AND passage_id = ANY (:names)"
        return dict(self._rows(asked, names=list(passage_ids)))

    def stems(self, passage_ids: Sequence[str]) -> dict[str, dict[str, float]]:
        """Return by passage, of each stem, how often full text says that it stands there."""
        found: dict[str, dict[str, float]] = {}
        for passage_id, stem, frequency in self._rows(
            "SELECT passage_id, stem, frequency FROM stems JOIN stem_places USING (stem_key) JOIN passages"
            f" USING (passage_key) JOIN articles USING (article_key) WHERE {_COUNTS} AND passage_id = ANY (:names)",
            names=list(passage_ids),
        ):
            found.setdefault(passage_id, {})[stem] = frequency
        return found

    def stem_counts(self) -> dict[tuple[str, str], int]:
        """Return in how many passages each stem of each language stands, as full text weighs words by it."""
        asked = "SELECT language, stem, passages FROM stems JOIN stem_counts USING (stem_key) WHERE number = :number"
        return {(language, stem): passages for language, stem, passages in self._rows(asked)}

    def counts(self) -> tuple[int, int, int]:
        """Return how many articles, passages and full-text entries there are."""
        ((articles,),) = self._rows(f"SELECT count(*) FROM articles WHERE {_COUNTS}")
        ((passages,),) = self._rows(f"SELECT count(*) FROM {_PASSAGES}")
        # A passage without a single word has no entry, and needs none.
        ((words,),) = self._rows(
            f"SELECT count(*) FROM {_PASSAGES} AND (tokens <= 1 OR EXISTS"
            " (SELECT FROM stem_places WHERE stem_places.passage_key = passages.passage_key))"
        )
        return articles, passages, words

    def languages(self, passage_ids: Iterable[str]) -> dict[str, str]:
        """Return the language of each passage."""
        asked = f"SELECT passage_id, passages.language FROM {_PASSAGES} AND passage_id = ANY (:names)"
        return dict(self._rows(asked, names=list(passage_ids)))

    def publishers(self) -> tuple[str, ...]:
        """Return the outlets that the articles name, in order."""
        return tuple(sorted(name for name, _ in self._counted("publisher") if name is not None))

    def extent(self) -> Extent:
        """Return what the articles come to, in figures."""
        publishers = self._counted("publisher")
        ((undated,),) = self._rows(f"SELECT count(*) FROM articles WHERE published_at IS NULL AND {_COUNTS}")
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
            f"SELECT {column}, count(*) AS articles FROM articles WHERE {_COUNTS} GROUP BY {column}"
            f' ORDER BY articles DESC, {column} COLLATE "C" NULLS FIRST'
        )
        return tuple((value, count) for value, count in rows)

    def _published_at(self, order: str) -> datetime | None:
        """Return the first moment of publishing in an order, with its outlet's own zone."""
        rows = self._rows(
            f"SELECT facts FROM articles WHERE published_at IS NOT NULL AND {_COUNTS}"
            f' ORDER BY published_at {order}, article_id COLLATE "C" LIMIT 1'
        )
        return next((datetime.fromisoformat(json.loads(facts)["published_at"]) for (facts,) in rows), None)

    def undated(self, query: Query) -> int:
        """Return how many articles pass a query's filters but for their date, which they do not give."""
        narrowed, values = _filters(replace(query, published_from=None, published_to=None))
        if query.languages:
            mine = "SELECT FROM passages WHERE passages.article_key = articles.article_key"
            narrowed += f" AND EXISTS ({mine}{_SPOKEN})"
            values["languages"] = list(query.languages)
        asked = f"SELECT count(*) FROM articles WHERE published_at IS NULL AND {_COUNTS}{narrowed}"
        ((count,),) = self._rows(asked, **values)
        return int(count)

    def search(self, query: Query, top_k: int) -> dict[str, float]:
        """Return passage ids with their BM25 score (higher is better), narrowed by the filters."""
        narrowed, values = _filters(query)
        if query.languages:
            narrowed += _SPOKEN
            values["languages"] = list(query.languages)
        return self._scored(query.text, narrowed, most=top_k, **values)

    def scores(self, query: Query, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the BM25 scores of given passages; those without a shared word are left out."""
        names = list(passage_ids)
        return self._scored(query.text, " AND passage_id = ANY (:names)", most=len(names), names=names)

    def _scored(self, question: str, narrowed: str, **values: object) -> dict[str, float]:
        asked = self._asked(question)
        if not asked:
            return {}
        keys, idfs = list(asked), list(asked.values())
        statement = _SCORED.format(narrowed=narrowed)
        return dict(self._rows(statement, keys=keys, idfs=idfs, average=self._average, **values))

    def _asked(self, question: str) -> dict[int, float]:
        """Return how much each word counts by its key: in each language, the words as it stems them."""
        foreign = self._foreign.of(question, self._languages)
        by_language = {
            language: {longest(stem) for stem in (*stems(question, language), *foreign)}
            for language in self._languages
        }
        known = self._known(set().union(*by_language.values()))
        in_passages: dict[str, int] = {}
        for word in known:
            in_passages[word.stem] = in_passages.get(word.stem, 0) + word.passages
        telling = {language: self._telling(asked, in_passages) for language, asked in by_language.items()}
        return {
            word.key: self._idf(in_passages[word.stem])
            for word in known
            if word.stem in telling[word.language]
        }

    def _terms(self) -> list[str]:
        asked = "SELECT DISTINCT stem FROM stems JOIN stem_counts USING (stem_key) WHERE number = :number"
        return [stem for (stem,) in self._rows(asked)]

    def _known(self, asked: set[str]) -> list[_Word]:
        rows = self._rows(
            "SELECT language, stem, stem_key, passages FROM stems JOIN stem_counts USING (stem_key)"
            " WHERE number = :number AND stem = ANY (:stems) ORDER BY stem_key",
            stems=list(asked),
        )
        return [_Word(*row) for row in rows]

    def _telling(self, asked: set[str], in_passages: Mapping[str, int]) -> set[str]:
        """Leave out the words that stand in so many passages that they tell none apart, unless all do."""
        most = max(_FEW, _COMMON * self._size[0])
        known = {stem for stem in asked if in_passages.get(stem)}
        return {stem for stem in known if in_passages[stem] <= most} or known

    def _idf(self, passages: int) -> float:
        idf = math.log((self._size[0] - passages + 0.5) / (passages + 0.5))
        return idf if idf > 0 else 1e-6

    @property
    def _average(self) -> float:
        passages, tokens = self._size
        return tokens / max(1, passages)

    @cached_property
    def _size(self) -> tuple[int, int]:
        """How many passages the generation has, and words in all of them."""
        rows = list(self._rows("SELECT passages, tokens FROM generations WHERE number = :number"))
        if not rows:
            msg = f"Generation {self._number} is no longer in the database {self._database.place}: ask again."
            raise IndexDamaged(msg)
        return rows[0][0], rows[0][1]

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        """In which languages passages are, or were in another generation: stems are those of all."""
        return tuple(sorted(language for (language,) in self._rows("SELECT DISTINCT language FROM stems")))

    def _rows(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        with self._database.reading(), self._engine.connect() as connection:
            found = connection.execute(text(statement), {"number": self._number, **values})
            return [tuple(row) for row in found]

    def _stream(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """Yield rows as they come, for what may be larger than the memory."""
        with self._database.reading(), self._engine.connect() as connection:
            in_parts = connection.execution_options(yield_per=_ROWS_AT_ONCE, isolation_level="READ COMMITTED")
            for row in in_parts.execute(text(statement), {"number": self._number}):
                yield tuple(row)


def _filters(query: Query) -> tuple[str, dict[str, object]]:
    narrowed = ""
    values: dict[str, object] = {}
    if query.published_from:
        narrowed += " AND published_at >= :published_from"
        values["published_from"] = query.published_from.timestamp()
    if query.published_to:
        narrowed += " AND published_at <= :published_to"
        values["published_to"] = query.published_to.timestamp()
    if query.publishers:
        narrowed += " AND publisher = ANY (:publishers)"
        values["publishers"] = [_storable(name) for name in query.publishers]
    return narrowed, values


def _storable(name: str) -> str:
    """Return a name without what the database cannot even be asked for; such a name is nobody's."""
    return name.replace("\x00", "�").encode("utf-8", "replace").decode()


def _article(facts: str, article_text: str) -> Article:
    try:
        return _ARTICLE.validate_python({**json.loads(facts), "text": article_text})
    except (TypeError, ValueError) as error:  # a row that is no article
        msg = f"The articles in the database cannot be read ({type(error).__name__}): {MEND}."
        raise IndexDamaged(msg) from error


def _passage(row: tuple[Any, ...]) -> Passage:
    passage_id, article_id, ordinal, start, end, passage_text = row
    try:
        return Passage(passage_id, article_id, ordinal, Span(start, end), passage_text)
    except (TypeError, ValueError) as error:
        msg = f"The passages in the database cannot be read ({type(error).__name__}): {MEND}."
        raise IndexDamaged(msg) from error
