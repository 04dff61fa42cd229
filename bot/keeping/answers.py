"""Answers that were given, kept so that their buttons work after a restart."""

from __future__ import annotations

import logging
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from bot.errors import AnswerDamaged, Misquoted
from bot.keeping.database import FOLLOWS, remembering
from bot.keeping.records import articles_of, read_answer, read_article, write_answer, write_article

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

    from bot.types import Kept

_log = logging.getLogger(__name__)
_ARTICLES = """
SELECT article_sha256, article FROM answer_articles JOIN articles USING (article_sha256) WHERE answer_key = ?
"""
_FOLLOWING = f"""
SELECT answer_key FROM answers WHERE {FOLLOWS} = ? ORDER BY asked_at DESC, rowid DESC
"""
_STANDING = """
SELECT answer_key FROM places JOIN answers USING (answer_key)
WHERE place_id = ? ORDER BY asked_at DESC, answers.rowid DESC
"""


class KeptAnswers:
    """Answers by key and by the places where they stand. Who asked is not among what is kept.

    Called from the thread that opened the database alone. Every method raises StateError where the
    file cannot be read or written.

    Args:
        database: from :func:`bot.keeping.database.open_database`.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._db = database

    def keep(self, kept: Kept) -> None:
        """Keep an answer, with the articles that it names in the versions that it names."""
        articles = dict(write_article(article) for article in articles_of(kept.answer))
        row = (kept.key, kept.asked_at.timestamp(), write_answer(kept))
        with remembering(), self._db:
            self._db.execute("INSERT INTO answers VALUES (?, ?, ?)", row)
            self._db.executemany("INSERT OR IGNORE INTO articles VALUES (?, ?)", articles.items())
            self._db.executemany(
                "INSERT INTO answer_articles VALUES (?, ?)", [(kept.key, digest) for digest in articles]
            )

    def answer(self, key: str) -> Kept | None:
        """Return an answer; None where it is not kept, or no longer.

        Raises:
            AnswerDamaged: it is not what was written: a quote, an article or a fact was changed.
        """
        with remembering():
            row = self._db.execute("SELECT record FROM answers WHERE answer_key = ?", (key,)).fetchone()
            articles = self._db.execute(_ARTICLES, (key,)).fetchall()
        if row is None:
            return None
        try:
            return read_answer(
                key, row[0], {digest: read_article(digest, article) for digest, article in articles}
            )
        # What is in the row is anything at all: no JSON, no record, no such article, no such quote.
        except (ValueError, TypeError, KeyError, Misquoted) as error:
            # Without a traceback: it would bring the text of articles and people into the log.
            _log.error("the answer %s that was kept is not what was written: %s", key, type(error).__name__)
            msg = f"The answer {key} that was kept is not what was written: ask the question again."
            raise AnswerDamaged(msg) from error

    def place(self, place_id: int, key: str) -> None:
        """Remember where an answer stands: in a message, a thread; nothing where it is no longer kept."""
        with remembering(), self._db:
            self._db.execute(
                "INSERT OR IGNORE INTO places SELECT ?, answer_key FROM answers WHERE answer_key = ?",
                (place_id, key),
            )

    def at(self, place_id: int) -> Kept | None:
        """Return the newest answer that stands at a place; None where there is none."""
        return next(iter(self.standing(place_id, 1)), None)

    def standing(self, place_id: int, most: int) -> tuple[Kept, ...]:
        """Return the newest answers that stand at a place, newest first.

        A damaged one is logged and passed over: a new question must not fail for the sake of an old answer.

        Args:
            place_id: of a message or a thread.
            most: how many.
        """
        return tuple(islice(self._whole(_STANDING, place_id), most))

    def following(self, key: str) -> Kept | None:
        """Return the newest answer that digs further into another; None where there is none.

        A damaged one is passed over, as in :meth:`at`.
        """
        return next(self._whole(_FOLLOWING, key), None)

    def _whole(self, statement: str, value: int | str) -> Iterator[Kept]:
        """Yield the answers whose keys a statement finds, those that are damaged left out."""
        with remembering():
            keys = self._db.execute(statement, (value,)).fetchall()
        for (key,) in keys:
            with suppress(AnswerDamaged):  # logged where it was found
                kept = self.answer(key)
                if kept is not None:
                    yield kept

    def forget_before(self, moment: datetime) -> int:
        """Forget the answers of questions asked before a moment, with their places and feedback.

        Returns:
            How many were forgotten.
        """
        with remembering(), self._db:
            forgotten = self._db.execute(
                "DELETE FROM answers WHERE asked_at < ?", (moment.timestamp(),)
            ).rowcount
            if forgotten:
                self._db.execute(
                    "DELETE FROM articles WHERE article_sha256 NOT IN"
                    " (SELECT article_sha256 FROM answer_articles)"
                )
        return forgotten
