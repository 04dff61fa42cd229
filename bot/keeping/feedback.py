"""What people think of answers, without who they are."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import AnswerGone
from bot.keeping.database import remembering, salt

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from bot.types import Verdict

_GIVE = """
INSERT INTO feedback SELECT answer_key, ?, ? FROM answers WHERE answer_key = ?
ON CONFLICT (answer_key, person_hmac) DO UPDATE SET verdict = excluded.verdict
"""
_REPORT = """
SELECT answer_key, sum(verdict = 'helpful'), sum(verdict = 'not-helpful')
FROM feedback JOIN answers USING (answer_key) WHERE asked_at >= ?
GROUP BY answer_key ORDER BY asked_at, answers.rowid
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people found an answer helpful, and how many did not; at least one of either.

    Args:
        key: the answer.
        helpful, not_helpful: people.
    """

    key: str
    helpful: int
    not_helpful: int


class KeptFeedback:
    """One verdict for each person and answer; the last one counts.

    A person is kept as a digest, keyed with the file's salt and made for one answer: it tells that the
    same person judged the same answer again, and nothing else. Called from the thread that opened the
    database alone. Every method raises StateError where the file cannot be read or written.

    Args:
        database: from :func:`bot.keeping.database.open_database`.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        """Keep the connection."""
        self._db = database

    def give(self, key: str, person: int, verdict: Verdict) -> None:
        """Keep what a person thinks of an answer, in place of what that person thought before.

        Raises:
            AnswerGone: the answer is no longer kept.
        """
        digest = hmac.digest(salt(self._db), f"{key} {person}".encode(), hashlib.sha256)
        with remembering(), self._db:
            given = self._db.execute(_GIVE, (digest, verdict, key)).rowcount
        if not given:
            msg = "This answer is no longer kept: ask the question again."
            raise AnswerGone(msg)

    def report(self, since: datetime | None = None) -> tuple[Counts, ...]:
        """Return the counts of each answer that anybody judged, in the order of asking.

        Args:
            since: leave out answers of questions asked before; None for all.
        """
        first = since.timestamp() if since else float("-inf")
        with remembering():
            rows = self._db.execute(_REPORT, (first,)).fetchall()
        return tuple(Counts(*row) for row in rows)
