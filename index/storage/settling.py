"""Which readings of the same article count, once all of them are in the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from index.sources.record_ids import NamedId, RepeatedIds
from index.sources.versions import Claim, among_copies, among_versions, joined

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from index.sources.versions import Verdict

# Readings with the place of their file among all that were walked.
ORDERED = "FROM records JOIN walked USING (file)"


def settle(db: sqlite3.Connection) -> None:
    """Decide which readings of the same article count, see ``versions.settle``, and why the others do not.

    Args:
        db: of a ledger, after every file was walked.
    """
    db.execute(
        "UPDATE records SET status = raw_status, reason = raw_reason"
        " WHERE status != raw_status OR reason IS NOT raw_reason"
    )
    _settle_ids(db)
    for column, decide in (("article_id", among_versions), ("words", among_copies)):
        grouped = f"SELECT {column} FROM records WHERE status = 'read' GROUP BY {column} HAVING count(*) > 1"
        for (value,) in db.execute(grouped).fetchall():
            _settle_group(db, column, value, decide)


def _settle_group(
    db: sqlite3.Connection,
    column: str,
    value: object,
    decide: Callable[[Sequence[Claim]], dict[int, Verdict]],
) -> None:
    rows = db.execute(
        f"SELECT file, number, reason, name, story, words, changed_at {ORDERED}"
        f" WHERE status = 'read' AND {column} = ? ORDER BY place, number",
        (value,),
    ).fetchall()
    for place, (status, reason) in decide([Claim(*row[3:]) for row in rows]).items():
        file, number, before = rows[place][:3]
        _judge(db, file, number, status, joined(reason, before))


def _settle_ids(db: sqlite3.Connection) -> None:
    """Refuse the records of a file that name an id which another one has; all its lines are together now."""
    twice = (
        "SELECT file, own_id FROM records WHERE own_id IS NOT NULL GROUP BY file, own_id HAVING count(*) > 1"
    )
    for file, own_id in db.execute(twice).fetchall():
        ids = RepeatedIds()
        rows = db.execute(
            "SELECT number, own_id, id_digest, id_date, id_place FROM records"
            " WHERE file = ? AND own_id = ? ORDER BY number",
            (file, own_id),
        ).fetchall()
        for number, *named in rows:
            fault = ids.fault_of(_named(*named))
            if fault:
                _judge(db, file, number, "refused", fault)


def _judge(db: sqlite3.Connection, file: str, number: int, status: str, reason: str) -> None:
    db.execute(
        "UPDATE records SET status = ?, reason = ? WHERE file = ? AND number = ?",
        (status, reason, file, number),
    )


def _named(own_id: str, digest: str, date: str | None, place: str) -> NamedId:
    return NamedId(own_id, digest, datetime.fromisoformat(date) if date else None, place)
