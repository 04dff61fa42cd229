"""Writing articles and passages into the SQLite file of a draft: rows in, rows out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from index.passages import embedded_text
from index.storage.rows import stored
from index.types import Passage, Span

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from index.types import Article

    PassageDigests: TypeAlias = Sequence[tuple[bytes, bytes]]

# The article's text stands in a column of its own, so that a passage is a slice of it and nothing
# is written twice. Full text has tables of its own, see :mod:`index.storage.full_text`.
SCHEMA = """
CREATE TABLE articles (
    article_id TEXT PRIMARY KEY, version_sha256 TEXT NOT NULL, language TEXT NOT NULL,
    publisher TEXT, published_at REAL, row_digest BLOB NOT NULL, facts TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE passages (
    passage_key INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, article_id TEXT NOT NULL
        REFERENCES articles, ordinal INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
    language TEXT NOT NULL, text_sha256 BLOB NOT NULL, vector_digest BLOB NOT NULL, words_digest BLOB NOT NULL);
CREATE INDEX articles_by_digest ON articles (article_id, row_digest);
CREATE INDEX passages_by_article ON passages (article_id, ordinal);
CREATE INDEX passages_by_text ON passages (text_sha256);
CREATE INDEX articles_by_date ON articles (published_at, publisher, language);
"""
_NOTHING = (b"", b"")


class PassageText(NamedTuple):
    """What full text must know of a passage: its words, and the language that they are in."""

    text: str
    language: str


class DeletedPassage(NamedTuple):
    """What a passage was: its key, its id, where it lay in its article, and its language."""

    key: int
    passage_id: str
    span: Span
    language: str


def insert_article(
    db: sqlite3.Connection, article: Article, passages: Sequence[Passage], digests: PassageDigests = ()
) -> dict[int, PassageText]:
    """Store an article with its passages.

    Args:
        db: the draft's file.
        article: it must not be there yet.
        passages: its passages in order.
        digests: of each passage's vector and words; without them nothing can be proved of these.

    Returns:
        The texts of the passages with their languages, by their keys.
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
    texts: dict[int, PassageText] = {}
    for passage, found in zip(passages, digests or [_NOTHING] * len(passages), strict=True):
        language = article.language_of(passage.span)
        key = db.execute(
            "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                passage.passage_id,
                passage.article_id,
                passage.ordinal,
                passage.span.start,
                passage.span.end,
                language,
                text_digest(embedded_text(article, passage)),
                *found,
            ),
        ).lastrowid
        texts[int(key or 0)] = PassageText(passage.text, language)
    return texts


def delete_article(db: sqlite3.Connection, article_id: str) -> list[DeletedPassage]:
    """Take an article and its passages out; return what the passages were."""
    rows = db.execute(
        "SELECT passage_key, passage_id, span_start, span_end, language FROM passages WHERE article_id = ?",
        (article_id,),
    ).fetchall()
    db.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))
    db.execute("DELETE FROM articles WHERE article_id = ?", (article_id,))
    return [
        DeletedPassage(key, passage_id, Span(start, end), language)
        for key, passage_id, start, end, language in rows
    ]


def text_digest(embedded: str) -> bytes:
    """Return the name under which the vector and the words of an embedded text are kept."""
    return hashlib.sha256(embedded.encode()).digest()
