"""The ids that records of one file name: each names one article, or a newer version of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from index.sources.drafts import Draft


class NamedId(NamedTuple):
    """An id that a record names, the digest of its content, its date, and what names the record in a sentence."""

    own_id: str
    digest: str
    date: datetime | None
    place: str


class RepeatedIds:
    """The ids that records of one file named so far: an id names one article."""

    def __init__(self) -> None:
        """Begin a file."""
        self._seen: dict[str, NamedId] = {}

    def fault(self, draft: Draft, place: str) -> str | None:
        """Return why a record cannot have the id it names, None where it can.

        Args:
            draft: the record.
            place: what names the record in a sentence.
        """
        if draft.own_id is None:
            return None
        digest = hashlib.sha256(f"{draft.headline}\n{draft.text}".encode("utf-8", "replace")).hexdigest()
        return self.fault_of(NamedId(draft.own_id, digest, draft.updated_at or draft.published_at, place))

    def fault_of(self, named: NamedId) -> str | None:
        """Return why a record cannot have the id it names, None where it can."""
        before = self._seen.get(named.own_id)
        if before and before.digest != named.digest:
            is_newer = named.date and before.date and named.date > before.date
            if not is_newer:
                return f"The id {named.own_id!r} is taken by {before.place}, with other content and no older date."
        self._seen[named.own_id] = named
        return None


class NotedIds(RepeatedIds):
    """Takes note of the id of one record, where the others of its file are read elsewhere."""

    noted: NamedId | None = None

    def fault_of(self, named: NamedId) -> str | None:
        """Keep it; whether it is taken is known when all are together."""
        self.noted = named
        return None
