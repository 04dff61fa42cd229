"""Full text: passages by the words that they share with a question, in the tables of articles.db."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.words import stems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from index.types import Query

# Full text is contentless: it holds stems only. Counting the passages of a word means walking through them,
# so those of frequent words are counted once, when the file is finished.
SCHEMA = """
CREATE VIRTUAL TABLE passage_words USING fts5 (
    body, headline, language, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE frequent_words (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE full_text (words INTEGER NOT NULL);
"""
ANY = "(SELECT value FROM json_each(?))"

_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'passage_words', 'row')"
)
_FREQUENT = 500
# A word that stands in more than this share of the passages costs most of a search's time and tells nothing.
_COMMON = 0.1
_FEW = 50
# Scoring a passage in SQLite costs two microseconds. Where the words of a question stand in more than these,
# only passages with the rarest of them are looked for; they are then scored by all.
_MOST_SCORED = 10_000
# A headline says what the whole article is about, a passage's own words what it says itself.
_BODY, _HEADLINE = 1.0, 0.5
_BM25 = f"-bm25(passage_words, {_BODY}, {_HEADLINE}, 0.0)"
_K1, _B = 1.2, 0.75
_LEAST_WEIGHT = 1e-6
_CHECKED = 500
_NAMES = "SELECT passage_key, passage_id FROM passages"
_TEXTS = f"""
SELECT passage_id, language, json_extract(facts, '$.headline'),
    substr(text, span_start + 1, span_end - span_start)
FROM passages JOIN articles USING (article_id) WHERE passage_id IN {ANY}
"""


@dataclass(frozen=True, slots=True)
class _Matched:
    """What shares a word with a question.

    Args:
        text: the question.
        words: by language of the passage, the words that tell passages apart, with their weights.
        scores: by key of a passage, its score.
        is_all: whether these are all passages and by all words; if not, they are those with the rarest
            words, scored by these.
    """

    text: str
    words: Mapping[str, Mapping[str, float]]
    scores: Mapping[int, float]
    is_all: bool


class FullText:
    """Finds and scores passages by BM25, k1 = 1.2 and b = 0.75, as SQLite defines it.

    https://www.sqlite.org/fts5.html#the_bm25_function
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection to a file with the tables of ``SCHEMA``, articles and passages."""
        self._db = connection
        self._languages: tuple[str, ...] | None = None
        self._passages: int | None = None
        self._length: float | None = None
        self._matched: _Matched | None = None

    def add(self, texts: Mapping[int, str], headline: str, language: str) -> None:
        """Add the words of an article's passages by their keys."""
        self._matched = self._passages = self._languages = self._length = None
        above, marker = " ".join(stems(headline, language)), _marker(language)
        self._db.executemany(
            "INSERT INTO passage_words (rowid, body, headline, language) VALUES (?, ?, ?, ?)",
            ((key, " ".join(stems(text, language)), above, marker) for key, text in texts.items()),
        )

    def finish(self) -> None:
        """Count the words; searching goes on without, but is slow in a large file."""
        self._db.execute(_VOCABULARY)
        words, frequent = 0, []
        for word, passages, count in self._db.execute("SELECT term, doc, cnt FROM temp.vocabulary"):
            words += count
            if passages >= _FREQUENT:
                frequent.append((word, passages))
        self._db.execute("DELETE FROM frequent_words")
        self._db.execute("DELETE FROM full_text")
        self._db.executemany("INSERT INTO frequent_words VALUES (?, ?)", frequent)
        self._db.execute("INSERT INTO full_text VALUES (?)", (words,))

    def search(self, query: Query, top_k: int) -> dict[str, float]:
        """Return the ids of the best passages that pass the filters with their scores, best first."""
        if top_k < 1:
            return {}
        matched = self._match(query.text)
        best = self._best(matched.scores, query, top_k)
        names = dict(self._db.execute(f"{_NAMES} WHERE passage_key IN {ANY}", (json.dumps(best),)))
        if not matched.is_all:
            return self._scored(matched, list(names.values()))
        return dict(
            list(_ordered({name: matched.scores[key] for key, name in names.items()}).items())[:top_k]
        )

    def scores(self, text: str, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the scores of given passages, best first; those without a shared word are left out."""
        matched = self._match(text)
        if not matched.is_all:
            return self._scored(matched, passage_ids)
        rows = self._db.execute(f"{_NAMES} WHERE passage_id IN {ANY}", (json.dumps(list(passage_ids)),))
        return _ordered({name: matched.scores[key] for key, name in rows if key in matched.scores})

    def _match(self, text: str) -> _Matched:
        """Return what shares a word; the last is kept, as it is asked for again."""
        if self._matched is None or self._matched.text != text:
            self._matched = self._read_matched(text)
        return self._matched

    def _read_matched(self, text: str) -> _Matched:
        counts = {language: self._telling(text, language) for language in self._all_languages()}
        rarest = {word for word, _ in _bounded(counts)}
        looked_for = {language: [w for w in found if w in rarest] for language, found in counts.items()}
        is_all = looked_for == {language: list(found) for language, found in counts.items()}
        scores: dict[int, float] = {}
        if expression := self._expression(looked_for):
            statement = f"SELECT rowid, {_BM25} FROM passage_words WHERE passage_words MATCH ?"
            most = "" if is_all else f" LIMIT {_MOST_SCORED}"
            scores = dict(self._db.execute(statement + most, (expression,)))
        weights = {
            language: {word: self._weight(count) for word, count in found.items()}
            for language, found in counts.items()
        }
        return _Matched(text, weights, scores, is_all)

    def _expression(self, words: Mapping[str, Sequence[str]]) -> str:
        """Return the full-text query: in each language of the collection, the words as it stems them.

        Words are letters and figures only and stand in quotation marks, so that no question can be
        read as an operator.
        """
        parts = []
        for language, found in words.items():
            if found:
                either = " OR ".join(f'"{word}"' for word in found)
                either = f"{{body headline}} : ({either})"
                parts.append(either if len(words) == 1 else f"(language : {_marker(language)} AND {either})")
        return " OR ".join(parts)

    def _telling(self, text: str, language: str) -> dict[str, int]:
        """Return words with the number of their passages.

        Words that stand in so many passages that they tell none apart are left out, unless all do.
        """
        most = max(_FEW, _COMMON * self._count())
        counts = {word: self._passages_with(word) for word in dict.fromkeys(stems(text, language))}
        return {word: count for word, count in counts.items() if count <= most} or counts

    def _passages_with(self, word: str) -> int:
        for table, column, count in (
            ("frequent_words", "word", "passages"),
            ("temp.vocabulary", "term", "doc"),
        ):
            for (passages,) in self._db.execute(f"SELECT {count} FROM {table} WHERE {column} = ?", (word,)):
                return int(passages)
        return 0

    def _weight(self, passages: int) -> float:
        weight = math.log((self._count() - passages + 0.5) / (passages + 0.5))
        return weight if weight > 0 else _LEAST_WEIGHT

    def _best(self, scores: Mapping[int, float], query: Query, top_k: int) -> list[int]:
        """Return the keys of the best that pass the filters, and of those that are as good as the last."""
        ordered = sorted(scores, key=scores.__getitem__, reverse=True)
        best: list[int] = []
        for start in range(0, len(ordered), _CHECKED):
            block = ordered[start : start + _CHECKED]
            best += self._passing(block, query)
            if len(best) >= top_k and scores[block[-1]] < scores[best[top_k - 1]]:
                break
        return [key for key in best if scores[key] >= scores[best[min(top_k, len(best)) - 1]]]

    def _passing(self, keys: Sequence[int], query: Query) -> list[int]:
        where, values = filters(query)
        if not where:
            return list(keys)
        rows = self._db.execute(
            # from the passages to their articles, whatever indexes there are
            "SELECT passage_key FROM passages CROSS JOIN articles USING (article_id)"
            f" WHERE passage_key IN {ANY}{where}",
            (json.dumps(list(keys)), *values),
        )
        kept = {key for (key,) in rows}
        return [key for key in keys if key in kept]

    def _scored(self, matched: _Matched, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the scores of passages by all words, counted in their texts."""
        usual = self._usual_length()
        scores = {}
        for name, language, headline, text in self._db.execute(_TEXTS, (json.dumps(list(passage_ids)),)):
            body, above = stems(text, language), stems(headline or "", language)
            length = (len(body) + len(above) + 1) / usual  # with the mark of its language
            scores[name] = _bm25(matched.words[language], Counter(body), Counter(above), length)
        return _ordered({name: score for name, score in scores.items() if score > 0})

    def _usual_length(self) -> float:
        """Return how many words a passage has on the average, its headline included."""
        if self._length is None:
            counted = self._db.execute("SELECT words FROM full_text").fetchone()
            words = counted or self._db.execute("SELECT sum(cnt) FROM temp.vocabulary").fetchone()
            self._length = words[0] / self._count()
        return self._length

    def _count(self) -> int:
        if self._passages is None:
            self._db.execute(_VOCABULARY)
            ((self._passages,),) = self._db.execute("SELECT count(*) FROM passages")
        return self._passages

    def _all_languages(self) -> tuple[str, ...]:
        if self._languages is None:
            rows = self._db.execute("SELECT DISTINCT language FROM articles ORDER BY language")
            self._languages = tuple(language for (language,) in rows)
        return self._languages


def filters(query: Query) -> tuple[str, list[object]]:
    """Return the conditions on articles that a query's filters make, and their values."""
    where = ""
    values: list[object] = []
    if query.published_from:
        where += " AND published_at >= ?"
        values.append(query.published_from.timestamp())
    if query.published_to:
        where += " AND published_at <= ?"
        values.append(query.published_to.timestamp())
    if query.publishers:
        where += f" AND publisher IN {ANY}"
        values.append(json.dumps(query.publishers))
    if query.languages:
        where += f" AND articles.language IN {ANY}"
        values.append(json.dumps(query.languages))
    return where, values


def _bounded(counts: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield the rarest words, one at least, that stand in no more passages together than may be scored."""
    together = {word: count for found in counts.values() for word, count in found.items()}
    total = 0
    for place, (word, count) in enumerate(sorted(together.items(), key=lambda pair: (pair[1], pair[0]))):
        total += count
        if place and total > _MOST_SCORED:
            return
        yield word, count


def _bm25(weights: Mapping[str, float], body: Counter[str], headline: Counter[str], length: float) -> float:
    """Return what SQLite's bm25() gives: the sum over words of weight and saturated frequency.

    Args:
        weights: by word.
        body: how often each word stands in the passage.
        headline: how often it stands in the headline of its article.
        length: of the passage, in lengths of the usual one.
    """
    score = 0.0
    for word, weight in weights.items():
        often = _BODY * body[word] + _HEADLINE * headline[word]
        score += weight * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * length))
    return score


def _ordered(scores: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))


def _marker(language: str) -> str:
    return f"lang{language}"
