"""Full text: passages by the words that they share with a question, in the tables of articles.db."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.storage.bm25 import BODY, HEADLINE, K1, B, bm25, rarest, sum_of_varints, weight_of
from index.storage.filters import ANY, filters, spoken_in
from index.storage.foreign_words import ForeignWords
from index.words import stems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from index.storage.article_writing import PassageText
    from index.types import Query

# By language of a passage, words with what is known of them.
_Counts: TypeAlias = "Mapping[str, Mapping[str, int]]"
_Numbers: TypeAlias = NDArray[np.float64]
_Keys: TypeAlias = NDArray[np.signedinteger[Any]]

# Full text is contentless: it holds stems only. Counting the passages of a word means walking through them,
# so those of frequent words are counted once, when the file is finished; so are the words of each passage.
SCHEMA = """
CREATE VIRTUAL TABLE passage_words USING fts5 (
    body, headline, language, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE frequent_words (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE full_text (name TEXT PRIMARY KEY, numbers BLOB NOT NULL);
"""
_VOCABULARY = """
CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'passage_words', 'row');
CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab('main', 'passage_words', 'instance');
"""
_FREQUENT = 500
# A word that stands in more than this share of the passages costs most of a search's time and tells nothing.
_COMMON = 0.1
_FEW = 50
# Reading where a word stands takes a third of a microsecond a passage. Where the words of a question stand in more
# than the first, only passages with the rarest of them are looked for, in no more than the second; those that
# are found, or given, are then scored by all words, which takes 50 microseconds each.
_ALL_READ = 30_000
_MOST_READ = 10_000
_CHECKED = 500
# The rarest word of a question may be a frequent one: of its places so many are read, one in ten at worst.
_MOST_PLACES = 100_000
# The places of words that were looked for last are kept: most of the reading is for those that come again and again.
_KEPT = 64
_MOST_WORDS = 65_535
# A passage's column of its language is one word.
_MARK = 1
_PLACES = """
SELECT group_concat(doc) FILTER (WHERE col = 'body'), group_concat(doc) FILTER (WHERE col = 'headline')
FROM (SELECT doc, col FROM temp.places WHERE term = ? LIMIT ?)
"""
_NAMES = "SELECT passage_key, passage_id FROM passages"
_SPANS = (
    f"SELECT passage_id, article_id, language, span_start, span_end FROM passages WHERE passage_id IN {ANY}"
)
_TEXTS = f"""
SELECT article_id, json_extract(facts, '$.headline'), text FROM articles WHERE article_id IN {ANY}
"""


@dataclass(frozen=True, slots=True, eq=False)
class _Passages:
    """What scoring must know of all passages, by key.

    Args:
        count: how many there are.
        words: how many each has, its headline included.
        usual: how many a passage has on the average.
        languages: numbers of ``names``.
        names: languages in order.
    """

    count: int
    words: NDArray[np.uint16]
    usual: float
    languages: NDArray[np.uint8]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Matched:
    """What shares a word with a question.

    Args:
        text: the question.
        counts: the words that tell passages apart, with the number of their passages.
        scores: by key of a passage; 0 where it shares none of the words that were looked for.
        is_all: whether all words were looked for; if not, the rarest.
    """

    text: str
    counts: _Counts
    scores: _Numbers
    is_all: bool


class FullText:
    """Finds and scores passages by BM25, k1 = 1.2 and b = 0.75, as SQLite defines it.

    SQLite's own function takes six times as long a passage, and counts the words anew for each question:
    https://www.sqlite.org/fts5.html#the_bm25_function
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a file with the tables of ``SCHEMA``, articles and passages."""
        self._db = connection
        self._passages: _Passages | None = None
        self._matched: _Matched | None = None
        self._foreign = ForeignWords(self._terms)
        self._places = lru_cache(maxsize=_KEPT)(self._read_places)
        self._is_uncounted = False

    def add(self, texts: Mapping[int, PassageText], headline: str) -> None:
        """Add the words of an article's passages by their keys."""
        self._change(
            "INSERT INTO passage_words (rowid, body, headline, language) VALUES (?, ?, ?, ?)",
            texts,
            headline,
        )

    def remove(self, texts: Mapping[int, PassageText], headline: str) -> None:
        """Take the words of an article's passages out again: contentless, it forgets by being told the very words."""
        self._change(
            "INSERT INTO passage_words (passage_words, rowid, body, headline, language)"
            " VALUES ('delete', ?, ?, ?, ?)",
            texts,
            headline,
        )

    def _change(self, statement: str, texts: Mapping[int, PassageText], headline: str) -> None:
        if not self._is_uncounted:
            # What was counted of a finished file is true of it no more.
            self._db.execute("DELETE FROM frequent_words")
            self._db.execute("DELETE FROM full_text")
        self._matched, self._passages, self._is_uncounted = None, None, True
        self._foreign = ForeignWords(self._terms)
        self._places.cache_clear()
        # A headline is stemmed as the passage below it: the words of a question are, too.
        above = {language: " ".join(stems(headline, language)) for _, language in set(texts.values())}
        self._db.executemany(
            statement,
            (
                (key, " ".join(stems(text, language)), above[language], f"lang{language}")
                for key, (text, language) in texts.items()
            ),
        )

    def finish(self) -> None:
        """Count the words; searching goes on without, but has to count in a large file each time."""
        self._is_uncounted = False
        self._db.executescript(_VOCABULARY)
        frequent = self._db.execute("SELECT term, doc FROM temp.vocabulary WHERE doc >= ?", (_FREQUENT,))
        self._db.execute("DELETE FROM frequent_words")
        self._db.executemany("INSERT INTO frequent_words VALUES (?, ?)", frequent.fetchall())
        self._db.execute("DELETE FROM full_text")
        names = self._language_names()
        rows = [
            ("lengths", self._lengths().tobytes()),
            ("languages", self._languages(names).tobytes()),
            ("language names", json.dumps(names).encode()),
        ]
        self._db.executemany("INSERT INTO full_text VALUES (?, ?)", rows)

    def search(self, query: Query, top_k: int) -> dict[str, float]:
        """Return the ids of the best passages that pass the filters with their scores, best first."""
        if top_k < 1:
            return {}
        matched = self._match(query.text)
        best = self._best(matched.scores, query, top_k)
        names = dict(self._db.execute(f"{_NAMES} WHERE passage_key IN {ANY}", (json.dumps(best),)))
        if not matched.is_all:
            return _first(self._scored(matched, list(names.values())), top_k)
        return _first({name: float(matched.scores[key]) for key, name in names.items()}, top_k)

    def scores(self, text: str, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the scores of given passages, best first; those without a shared word are left out."""
        matched = self._match(text)
        if not matched.is_all:
            return _first(self._scored(matched, passage_ids))
        rows = self._db.execute(f"{_NAMES} WHERE passage_id IN {ANY}", (json.dumps(list(passage_ids)),))
        scores = {name: float(matched.scores[key]) for key, name in rows}
        return _first({name: score for name, score in scores.items() if score > 0})

    def languages(self, passage_ids: Iterable[str]) -> dict[str, str]:
        """Return the language of each passage."""
        passages = self._all_passages()
        rows = self._db.execute(f"{_NAMES} WHERE passage_id IN {ANY}", (json.dumps(list(passage_ids)),))
        return {name: passages.names[passages.languages[key]] for key, name in rows}

    def _match(self, text: str) -> _Matched:
        """Return what shares a word; the last is kept, as it is asked for again."""
        if self._matched is None or self._matched.text != text:
            self._matched = self._read_matched(text)
        return self._matched

    def _read_matched(self, text: str) -> _Matched:
        passages = self._all_passages()
        foreign = self._foreign.of(text, passages.names)
        said = {name: tuple(dict.fromkeys((*stems(text, name), *foreign))) for name in passages.names}
        numbers = {word: self._passages_with(word) for word in set().union(*said.values())}
        counts = {language: self._telling(found, numbers) for language, found in said.items()}
        together = {word: count for found in counts.values() for word, count in found.items()}
        words = list(together) if sum(together.values()) <= _ALL_READ else list(rarest(together, _MOST_READ))
        scores = np.zeros(len(passages.words))
        for word in words:
            spoken = np.array([word in counts[language] for language in passages.names])
            keys, often = self._places(word)
            lengths = passages.words[keys] / passages.usual
            saturated = often * (K1 + 1) / (often + K1 * (1 - B + B * lengths))
            told = spoken[passages.languages[keys]]
            scores[keys] += weight_of(passages.count, together[word]) * saturated * told
        return _Matched(text, counts, scores, len(words) == len(together))

    def _read_places(self, word: str) -> tuple[_Keys, _Numbers]:
        """Return the keys of passages with a word, and how often it stands there, a headline's counting less."""
        ((in_body, above),) = self._db.execute(_PLACES, (word, _MOST_PLACES))
        body, headline = _numbers(in_body), _numbers(above)
        keys, places = np.unique(np.concatenate([body, headline]), return_inverse=True)
        worth = np.repeat([BODY, HEADLINE], [len(body), len(headline)])
        return keys, np.bincount(places, worth, len(keys)).astype(np.float64, copy=False)

    def _telling(self, stemmed: Sequence[str], numbers: Mapping[str, int]) -> dict[str, int]:
        """Return words with the number of their passages.

        Words that stand in so many passages that they tell none apart are left out, unless all do; one that
        stands in none is the rarest.
        """
        most = max(_FEW, _COMMON * self._all_passages().count)
        counts = {word: numbers[word] for word in stemmed}
        return {word: count for word, count in counts.items() if count <= most} or counts

    def _passages_with(self, word: str) -> int:
        for table, column, count in (
            ("frequent_words", "word", "passages"),
            ("temp.vocabulary", "term", "doc"),
        ):
            for (passages,) in self._db.execute(f"SELECT {count} FROM {table} WHERE {column} = ?", (word,)):
                return int(passages)
        return 0

    def _best(self, scores: _Numbers, query: Query, top_k: int) -> list[int]:
        """Return the keys of the best that pass the filters, and of those that are as good as the last."""
        keys = np.flatnonzero(scores)
        ordered = keys[np.argsort(-scores[keys])].tolist()
        best: list[int] = []
        for start in range(0, len(ordered), _CHECKED):
            block = ordered[start : start + _CHECKED]
            best += self._passing(block, query)
            if len(best) >= top_k and scores[block[-1]] < scores[best[top_k - 1]]:
                break
        return [key for key in best if scores[key] >= scores[best[min(top_k, len(best)) - 1]]]

    def _passing(self, keys: Sequence[int], query: Query) -> list[int]:
        where, values = filters(query)
        spoken, languages = spoken_in(query)
        if not where and not spoken:
            return list(keys)
        rows = self._db.execute(
            # from the passages to their articles, whatever indexes there are
            "SELECT passage_key FROM passages CROSS JOIN articles USING (article_id)"
            f" WHERE passage_key IN {ANY}{where}{spoken}",
            (json.dumps(list(keys)), *values, *languages),
        )
        kept = {key for (key,) in rows}
        return [key for key in keys if key in kept]

    def _scored(self, matched: _Matched, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the scores of passages by all words, counted in their texts."""
        passages = self._all_passages()
        weights = {
            language: {word: weight_of(passages.count, count) for word, count in found.items()}
            for language, found in matched.counts.items()
        }
        spans = self._db.execute(_SPANS, (json.dumps(list(passage_ids)),)).fetchall()
        wanted = json.dumps(list({article_id for _, article_id, _, _, _ in spans}))
        # To cut a passage out, the database reads the whole article: better once for all its passages.
        articles = {
            article_id: (headline or "", text)
            for article_id, headline, text in self._db.execute(_TEXTS, (wanted,))
        }
        scores = {}
        for name, article_id, language, start, end in spans:
            headline, text = articles[article_id]
            above, body = stems(headline, language), stems(text[start:end], language)
            length = (len(body) + len(above) + _MARK) / passages.usual
            scores[name] = bm25(weights[language], body, above, length)
        return {name: score for name, score in scores.items() if score > 0}

    def _all_passages(self) -> _Passages:
        """Return what scoring must know of all passages: counted once, and here where the file is not finished."""
        if self._passages is None:
            self._db.executescript(_VOCABULARY)
            ((count,),) = self._db.execute("SELECT count(*) FROM passages")
            kept = dict(self._db.execute("SELECT name, numbers FROM full_text"))
            names = tuple(json.loads(kept["language names"])) if kept else self._language_names()
            words = np.frombuffer(kept["lengths"], "<u2") if kept else self._lengths()
            languages = np.frombuffer(kept["languages"], np.uint8) if kept else self._languages(names)
            self._passages = _Passages(count, words, words.sum() / max(1, count), languages, names)
        return self._passages

    def _lengths(self) -> NDArray[np.uint16]:
        """Return how many words each passage has by its key, its headline included."""
        sizes = self._db.execute("SELECT id, sz FROM passage_words_docsize").fetchall()
        lengths = np.zeros(self._keys(), "<u2")
        lengths[[key for key, _ in sizes]] = [
            min(sum_of_varints(numbers), _MOST_WORDS) for _, numbers in sizes
        ]
        return lengths

    def _languages(self, names: Sequence[str]) -> NDArray[np.uint8]:
        """Return the number of each passage's language by its key."""
        number = {name: place for place, name in enumerate(names)}
        rows = self._db.execute("SELECT passage_key, language FROM passages")
        languages = np.zeros(self._keys(), np.uint8)
        for key, language in rows:
            languages[key] = number[language]
        return languages

    def _language_names(self) -> tuple[str, ...]:
        rows = self._db.execute("SELECT DISTINCT language FROM passages ORDER BY language")
        return tuple(language for (language,) in rows)

    def _terms(self) -> list[str]:
        return [term for (term,) in self._db.execute("SELECT term FROM temp.vocabulary")]

    def _keys(self) -> int:
        ((last,),) = self._db.execute("SELECT coalesce(max(passage_key), 0) FROM passages")
        return int(last) + 1


def _numbers(joined: str | None) -> _Keys:
    return np.fromstring(joined, np.int64, sep=",") if joined else np.empty(0, np.int64)


def _first(scores: Mapping[str, float], top_k: int | None = None) -> dict[str, float]:
    """Return the best first, ties in order of id."""
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:top_k])
