"""Writing articles, passages and full text into the SQLite file of a draft: rows in, rows out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

from index.passages import embedded_text
from index.storage.rows import article_of, stored
from index.types import Passage, Span
from index.words import stems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from index.types import Article

    PassageDigests: TypeAlias = Sequence[tuple[bytes, bytes]]

# The article's text stands in a column of its own, so that a passage is a slice of it and nothing
# is written twice. Full text is contentless: it holds stems only.
SCHEMA = """
CREATE TABLE articles (
    article_id TEXT PRIMARY KEY, version_sha256 TEXT NOT NULL, language TEXT NOT NULL,
    publisher TEXT, published_at REAL, row_digest BLOB NOT NULL, facts TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE passages (
    passage_key INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, article_id TEXT NOT NULL
        REFERENCES articles, ordinal INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
    text_sha256 BLOB NOT NULL, vector_digest BLOB NOT NULL, words_digest BLOB NOT NULL);
CREATE INDEX articles_by_digest ON articles (article_id, row_digest);
CREATE INDEX passages_by_article ON passages (article_id, ordinal);
CREATE INDEX passages_by_text ON passages (text_sha256);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    body, headline, language, content = '', tokenize = 'unicode61 remove_diacritics 2');
"""
_NOTHING = (b"", b"")


def insert_article(
    db: sqlite3.Connection, article: Article, passages: Sequence[Passage], digests: PassageDigests = ()
) -> None:
    """Store an article with its passages.

    Args:
        db: the draft's file.
        article: it must not be there yet.
        passages: its passages in order.
        digests: of each passage's vector and words; without them nothing can be proved of these.
    """
    row = stored(article)
    published = article.published_at.timestamp() if article.published_at else None
    db.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.article_id,
            article.version_sha256,
            article.language,
            article.publisher,
            published,
            row.digest,
            row.facts,
            row.text,
        ),
    )
    headline = " ".join(stems(article.headline or "", article.language))
    for passage, found in zip(passages, digests or [_NOTHING] * len(passages), strict=True):
        key = db.execute(
            "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                passage.passage_id,
                passage.article_id,
                passage.ordinal,
                passage.span.start,
                passage.span.end,
                text_digest(embedded_text(article, passage)),
                *found,
            ),
        ).lastrowid
        db.execute(
            "INSERT INTO passage_words (rowid, body, headline, language) VALUES (?, ?, ?, ?)",
            (key, *_full_text(passage.text, headline, article.language)),
        )


def delete_article(db: sqlite3.Connection, article_id: str) -> list[str]:
    """Take an article out, its passages and their full text; return the passages' ids.

    Full text is contentless and forgets by being told the very words again.
    """
    ((facts, text),) = db.execute("SELECT facts, text FROM articles WHERE article_id = ?", (article_id,))
    article = article_of(facts, text)
    headline = " ".join(stems(article.headline or "", article.language))
    rows = db.execute(
        "SELECT passage_key, passage_id, span_start, span_end FROM passages WHERE article_id = ?",
        (article_id,),
    ).fetchall()
    for key, _, start, end in rows:
        words = _full_text(Span(start, end).of(text), headline, article.language)
        db.execute(
            "INSERT INTO passage_words (passage_words, rowid, body, headline, language)"
            " VALUES ('delete', ?, ?, ?, ?)",
            (key, *words),
        )
    db.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
    db.execute("DELETE FROM articles WHERE article_id = ?", (article_id,))
    return [passage_id for _, passage_id, _, _ in rows]


def text_digest(embedded: str) -> bytes:
    """Return the name under which the vector and the words of an embedded text are kept."""
    return hashlib.sha256(embedded.encode()).digest()


def marker(language: str) -> str:
    """Return the word that stands for a language in full text."""
    return f"lang{language}"


def _full_text(text: str, headline: str, language: str) -> tuple[str, str, str]:
    return " ".join(stems(text, language)), headline, marker(language)
