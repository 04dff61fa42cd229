"""Reading one file or one record, in any process: what comes out is ready to be written down.

A file that changes while it is read gives nothing: what was read of it may be half old and half new.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pydantic import TypeAdapter

from index.errors import SourceRefused
from index.sources.decoding import decode
from index.sources.files import read_file
from index.sources.kinds import ReadingRules, read_line
from index.sources.record_ids import NamedId, NotedIds
from index.sources.repetition import PageEvidence, evidence_of
from index.sources.versions import claim_of
from index.storage.rows import StoredArticle, digest, stored
from index.types import Reading, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from index.sources.drafts import Origin

_REMOVALS = TypeAdapter(tuple[Removal, ...])
# A file that was changed just before it was looked at may change again without looking different.
_RACY_NS = 2 * 10**9


class Stamp(NamedTuple):
    """What the disk says of a file: where all of it is as it was, so is what the file holds."""

    size: int
    changed: int
    altered: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Stamp | None:
        """Return the stamp of a file, None where there is none."""
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)

    def told(self) -> str | None:
        """Return it as a text to remember, None where the file was changed too lately to be trusted."""
        if max(self.changed, self.altered) >= time.time_ns() - _RACY_NS:
            return None
        return " ".join(map(str, self))


class Taken(NamedTuple):
    """One reading, as it is written down.

    Args:
        file: the source path of the file that it comes from.
        number: its place within the file: the line of a ``.jsonl``, else counted from 0.
        piece: digest of the line, for a line.
        reading: its source path, status and reason.
        row: what is stored of the article; None where it was refused.
        claim: digests of the story and of the words, and when they were changed; None likewise.
        named: the id that a line's record names.
        is_open: whether the same source may give something else tomorrow.
        removals: what cleaning took out, as JSON.
    """

    file: str
    number: int
    piece: bytes | None
    reading: tuple[str, str, str | None]
    row: StoredArticle | None
    claim: tuple[bytes, bytes, float] | None
    named: NamedId | None
    is_open: bool
    removals: bytes


class Begun(NamedTuple):
    """A file is read anew: what was known of it is void."""

    file: str


class Finished(NamedTuple):
    """All of a file was read, or it was found to be what it was."""

    file: str
    stamp: Stamp | None
    sha256: bytes | None
    page: PageEvidence | None = None


class Moved(NamedTuple):
    """A file changed while it was read."""

    file: str


Outcome: TypeAlias = Taken | Begun | Finished | Moved


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file to read.

    Args:
        path: where it lies.
        origin: where its readings come from.
        known: digest of what it held the last time; where it is that still, nothing is read.
        repeated: lines that its outlet repeats.
        evidence_only: whether a page is only looked through for the lines that it shares with others.
    """

    path: Path
    origin: Origin
    known: bytes | None = None
    repeated: Mapping[str, frozenset[str]] | None = None
    evidence_only: bool = False


@dataclass(frozen=True, slots=True)
class OneLine:
    """A record to read: a line of a ``.jsonl``, cut where it is longer than is allowed."""

    origin: Origin
    number: int
    line: bytes
    is_cut: bool


def take(rules: ReadingRules, task: WholeFile | OneLine) -> Iterator[Outcome]:
    """Do one task.

    Args:
        rules: what holds for every source.
        task: a file or a line.
    """
    if isinstance(task, OneLine):
        yield _taken_line(rules, task)
    elif task.evidence_only:
        yield from _evidence(rules, task)
    else:
        yield from _taken_file(rules, task)


def taken(file: str, number: int, reading: Reading, *, alone: bool = False) -> Taken:
    """Return a reading as it is written down.

    Args:
        file: the source path of its file.
        number: its place in the file.
        reading: what became of it.
        alone: whether it is all that its file gave.
    """
    row = stored(reading.article) if reading.article else None
    claim = claim_of(reading) if reading.article else None
    return Taken(
        file=file,
        number=number,
        piece=None,
        reading=(reading.source_path, reading.status, reading.reason),
        row=row,
        claim=(_digest(claim.story), _digest(claim.words), claim.changed_at) if claim else None,
        named=None,
        is_open=_is_open(reading, alone),
        removals=_REMOVALS.dump_json(reading.removals),
    )


def _is_open(reading: Reading, alone: bool) -> bool:
    """Tell whether the same bytes may be read otherwise tomorrow: a right, an extra or a day is all it takes."""
    reason = reading.reason or ""
    if reading.status == "refused":
        return alone or "scripts/set_up" in reason
    return "is not believable" in reason


def _digest(facts: object) -> bytes:
    return digest(repr(facts).encode("utf-8", "surrogatepass"))


def _taken_line(rules: ReadingRules, task: OneLine) -> Taken:
    ids = NotedIds()
    reading = read_line(task.line, task.number, task.origin, ids, rules, is_cut=task.is_cut)
    found = taken(task.origin.source_path, task.number, reading)
    return found._replace(piece=line_digest(task.line, is_cut=task.is_cut), named=ids.noted)


def line_digest(line: bytes, *, is_cut: bool) -> bytes:
    """Return what tells a line from another one in its place."""
    return digest(line, b"+" if is_cut else b"")


def _taken_file(rules: ReadingRules, task: WholeFile) -> Iterator[Outcome]:
    file, before = task.origin.source_path, Stamp.of(task.path)
    sha256 = _sha256(task.path)
    if sha256 and sha256 == task.known:
        yield Finished(file, before, sha256)
        return
    yield Begun(file)
    rules = replace(rules, repeated=task.repeated or {})
    waiting: Reading | None = None
    number = -1
    for number, reading in enumerate(read_file(rules, (task.path, task.origin))):
        if waiting:
            yield taken(file, number - 1, waiting)
        waiting = reading
    if waiting:
        yield taken(file, number, waiting, alone=number == 0)
    # Read to its end, so that what it was read for and what its digest was made of are the same.
    after = Stamp.of(task.path)
    yield Moved(file) if after != before else Finished(file, after, sha256)


def _evidence(rules: ReadingRules, task: WholeFile) -> Iterator[Outcome]:
    """Look through a page saved as text for what it tells of its outlet; reading it says why it cannot be read."""
    file, before = task.origin.source_path, Stamp.of(task.path)
    page, sha256 = None, None
    try:
        if before and before.size <= rules.max_bytes and task.path.is_file():
            data = task.path.read_bytes()
            sha256 = hashlib.sha256(data).digest()
            if sha256 != task.known:
                page = evidence_of(task.origin.folder, decode(data))
    except (OSError, SourceRefused):
        page = None
    yield Finished(file, before, sha256, page)


def _sha256(path: Path) -> bytes | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None
