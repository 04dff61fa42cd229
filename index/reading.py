"""Bringing what is known of the sources up to date: only what is new or changed is read."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from index.errors import ReadingStopped
from index.sources import CLEANER_VERSION
from index.sources.drafts import Origin, refusal
from index.sources.files import found_files, refuse_missing
from index.sources.kinds import LINES_SUFFIX, SCRAPED_SUFFIX, is_read_by_line, lines_of, suffix_of
from index.sources.parallel import in_processes
from index.sources.taking import (
    Begun,
    Finished,
    Moved,
    OneLine,
    Stamp,
    Taken,
    WholeFile,
    line_digest,
    take,
    taken,
)
from index.storage.due import Due, DueFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from index.progress import Progress
    from index.sources.kinds import ReadingRules
    from index.storage.ledger import Ledger
    from index.types import Reading

_WEB = "<web>"  # no file has such a name: it is not below a root
_ATTEMPTS = 3
# A larger file that is not read line by line is read here, reading by reading: its articles are never all in memory.
_LARGE = 16_000_000
_CHANGING = "It changed while it was read, three times: read it when it is finished."
_LIBRARIES = ("trafilatura", "htmldate", "dateparser", "py3langid")


class SourceReader:
    """Reads what is new or changed into a ledger.

    Args:
        ledger: what is known, and where what is read is written down.
        rules: what holds for every source.
        now: what time it is, aware: dates after it are not believed.
        processes: how many read.
        progress: told how far it is.
        check_content: whether files are trusted to be what they were by their content alone.
        everything: whether all is read again, whether or not it changed.
    """

    def __init__(
        self,
        ledger: Ledger,
        rules: ReadingRules,
        *,
        now: datetime,
        processes: int,
        progress: Progress,
        check_content: bool = False,
        everything: bool = False,
    ) -> None:
        """Keep the parts; nothing is read here."""
        self._ledger = ledger
        self._due = Due(ledger)
        self._rules = rules
        self._now = now
        self._processes = processes
        self._progress = progress
        self._check_content = check_content
        self._everything = everything
        self._done = self._total = self._articles = self._refused = 0

    def read(self, roots: Sequence[Path], web: Iterable[Reading] = ()) -> None:
        """Read what is new or changed under the roots, and what comes from the web.

        Args:
            roots: files and folders.
            web: readings of another origin; of two copies of an article, the file's counts.

        Raises:
            SourceNotFound: a root does not exist.
            ReadingStopped: a process that reads was stopped from outside.
        """
        refuse_missing(roots)
        self._ledger.follow(rules_digest(self._rules))
        self._scan(roots)
        self._ledger.recount_later(self._ledger.forget_missing())
        self._read_due()
        self._ledger.forget_records(_WEB)
        for number, reading in enumerate(web):
            self._note(taken(_WEB, number, reading))
        self._ledger.settle()

    def require(self, held: Iterable[tuple[str, bytes]]) -> None:
        """Read again what counts now and was not read just now, unless it is held already.

        Args:
            held: the id and the row's digest of each article that the published generation holds, in order of id.

        Raises:
            ReadingStopped: the sources change faster than they are read.
        """
        rows = list(held)
        for _ in range(_ATTEMPTS):
            missing = list(_missing(self._ledger, iter(rows)))
            if not missing:
                return
            for article_id in missing:
                self._due.add_again(self._ledger.file_of(article_id))
            self._read_due()
            self._ledger.settle()
        raise ReadingStopped("The sources change while they are read: build the index when they are at rest.")

    def _scan(self, roots: Sequence[Path]) -> None:
        """Find all files, and those that must be looked into."""
        self._ledger.walk(_WEB, 2**62)
        for place, (path, origin) in enumerate(found_files(roots, self._now)):
            file, known = origin.source_path, self._ledger.known(origin.source_path)
            if not self._ledger.walk(file, place):
                continue
            self._due.locate(file, path)
            if not self._is_trusted(path, known and known.stamp) or (known and known.is_open):
                is_open = self._everything or known is None or known.is_open
                self._due.add(file, None if is_open else known and known.sha256)
            self._progress("look", place + 1, None)

    def _is_trusted(self, path: Path, stamp: str | None) -> bool:
        if stamp is None or self._check_content or self._everything:
            return False
        found = Stamp.of(path)
        return found is not None and " ".join(map(str, found)) == stamp

    def _read_due(self) -> None:
        """Read all that is due, again where it changed meanwhile; what never rests is refused."""
        for attempt in range(_ATTEMPTS):
            self._look_at_pages()
            moved = [*self._read_files(), *self._read_lines()]
            self._due.clear()
            if not moved:
                return
            for file in moved:
                if attempt < _ATTEMPTS - 1:
                    self._due.add(file, None)
                else:
                    self._refuse(file, _CHANGING)

    def _look_at_pages(self) -> None:
        """Learn from new and changed pages which lines their outlets repeat, and which other pages that concerns."""
        pages = (
            WholeFile(due.path, self._origin(due.file), due.known, evidence_only=True)
            for due in self._due.files()
            if due.path.name.lower().endswith(SCRAPED_SUFFIX)
        )
        unchanged: list[str] = []
        for done in in_processes(partial(take, self._rules), pages, self._processes):
            assert isinstance(done, Finished)  # noqa: S101  # for the type checker: looking gives nothing else
            before = self._ledger.known(done.file)
            if before and before.sha256 == done.sha256 and not self._due.is_forced(done.file):
                unchanged.append(done.file)
            else:
                self._ledger.recount_later(self._ledger.change_page(done.file, done.page))
            self._ledger.finish(done)
        self._due.drop(unchanged)
        for file in self._ledger.recount():
            self._due.add(file, None)

    def _read_files(self) -> list[str]:
        """Read the files that are read whole; return those that changed meanwhile."""
        self._total = self._due.units()
        self._done = 0
        moved: list[str] = []
        small = (task for task, size in self._whole_files() if size <= _LARGE)
        for outcome in in_processes(partial(take, self._rules), small, self._processes):
            self._note(outcome, moved)
        for task, size in self._whole_files():
            if size > _LARGE:
                for outcome in take(self._rules, task):
                    self._note(outcome, moved)
        return moved

    def _whole_files(self) -> Iterator[tuple[WholeFile, int]]:
        for due in self._due.files():
            if not _is_lines(due.path):
                stamp = Stamp.of(due.path)
                is_page = due.path.name.lower().endswith(SCRAPED_SUFFIX)
                task = WholeFile(
                    due.path,
                    self._origin(due.file),
                    known=None if is_page else due.known,
                    repeated=self._ledger.repeated_for(due.file) if is_page else None,
                )
                yield task, stamp.size if stamp else 0

    def _read_lines(self) -> list[str]:
        """Read the lines that are new or changed; return the files that changed meanwhile."""
        opened: list[tuple[DueFile, Stamp | None, set[int]]] = []
        moved: list[str] = []
        for outcome in in_processes(partial(take, self._rules), self._lines(opened), self._processes):
            self._note(outcome, moved)
        for due, before, numbers in opened:
            if Stamp.of(due.path) != before:
                moved.append(due.file)
            if not numbers:
                self._refuse(due.file, "It is empty.")
            self._ledger.keep_lines(due.file, numbers or {0})
            self._ledger.finish(Finished(due.file, before, None))
        return moved

    def _lines(self, opened: list[tuple[DueFile, Stamp | None, set[int]]]) -> Iterator[OneLine]:
        for due in self._due.files():
            if not _is_lines(due.path):
                continue
            before, numbers = Stamp.of(due.path), set[int]()
            try:
                with due.path.open("rb") as stream:
                    for number, line, is_cut in lines_of(stream, self._rules.max_bytes):
                        numbers.add(number)
                        if self._is_new(due.file, number, line, is_cut=is_cut):
                            yield OneLine(self._origin(due.file), number, line, is_cut)
                        else:
                            self._count(None)
            except OSError as error:
                self._refuse(due.file, f"It cannot be read: {error.strerror or error}.")
                numbers.add(0)
            opened.append((due, before, numbers))

    def _is_new(self, file: str, number: int, line: bytes, *, is_cut: bool) -> bool:
        known = None if self._everything else self._ledger.piece(file, number)
        return known is None or known[1] or known[0] != line_digest(line, is_cut=is_cut)

    def _note(self, outcome: Taken | Begun | Finished | Moved, moved: list[str] | None = None) -> None:
        """Write down what a task gave."""
        if isinstance(outcome, Taken):
            self._ledger.take(outcome)
            self._count(outcome)
        elif isinstance(outcome, Begun):
            self._ledger.forget_records(outcome.file)
        elif isinstance(outcome, Moved):
            self._forget(outcome.file, moved)
        elif self._is_as_looked_at(outcome):
            self._ledger.finish(outcome)
            self._count(None)
        else:
            self._forget(outcome.file, moved)

    def _is_as_looked_at(self, done: Finished) -> bool:
        """Tell whether a page is the one that was looked through for the lines of its outlet."""
        known = self._ledger.known(done.file)
        return not done.file.lower().endswith(SCRAPED_SUFFIX) or bool(known and known.sha256 == done.sha256)

    def _forget(self, file: str, moved: list[str] | None) -> None:
        self._ledger.forget_records(file)
        if moved is not None:
            moved.append(file)

    def _refuse(self, file: str, reason: str) -> None:
        self._ledger.forget_records(file)
        self._note(taken(file, 0, refusal(self._origin(file), reason), alone=True))

    def _count(self, outcome: Taken | None) -> None:
        if outcome is not None:
            self._articles += 1
            self._refused += outcome.reading[1] == "refused"
        if outcome is None or outcome.piece is not None:
            self._done += 1
        self._progress(
            "read", self._done, max(self._total, self._done), articles=self._articles, refused=self._refused
        )

    def _origin(self, file: str) -> Origin:
        return Origin(source_path=file, sha256="", now=self._now)


def rules_digest(rules: ReadingRules) -> str:
    """Return the digest of all that decides what a source reads like, hexadecimal."""
    overrules = {
        outlet: ([p.pattern for p in rule.remove], [p.pattern for p in rule.keep])
        for outlet, rule in rules.overrules.items()
    }
    shaping = {
        "cleaner": CLEANER_VERSION,
        "max_bytes": rules.max_bytes,
        "fields": dict(rules.fields),
        "overrules": overrules,
        "libraries": {name: version(name) for name in _LIBRARIES},
    }
    return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()


def _missing(ledger: Ledger, held: Iterator[tuple[str, bytes]]) -> Iterator[str]:
    """Return the ids of those articles that count, were not read just now, and are not held as they are."""
    here = next(held, None)
    for article_id, row_digest in list(ledger.rows()):
        while here and here[0] < article_id:
            here = next(held, None)
        if here != (article_id, row_digest) and not ledger.is_fresh(article_id):
            yield article_id


def _is_lines(path: Path) -> bool:
    if suffix_of(path.name) != LINES_SUFFIX or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return is_read_by_line(path.name, stream)
    except OSError:
        return False
