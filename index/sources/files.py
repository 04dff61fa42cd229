"""Files and folders -> readings: every source gives one, whatever becomes of it."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from index.errors import SourceNotFound, SourceRefused
from index.sources.decoding import decode
from index.sources.drafts import Origin, refusal
from index.sources.kinds import SCRAPED_SUFFIX, ReadingRules, read_stream
from index.sources.parallel import in_processes
from index.sources.repetition import PageLines
from index.sources.versions import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from index.sources.overrules import Overrule
    from index.types import Reading

_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def read_sources(
    roots: Sequence[Path],
    *,
    max_bytes: int,
    now: datetime,
    fields: Mapping[str, str] | None = None,
    overrules: Mapping[str, Overrule] | None = None,
    processes: int = 1,
) -> Iterator[Reading]:
    """Read every article under the roots.

    Args:
        roots: files and folders. Inside folders, files and folders whose names begin with a dot are
            hidden: they are skipped without a reading. A folder is read once: where roots overlap, under
            the first of them; where a link leads to it again, the second name is refused.
        max_bytes: no larger file is read; for ``.jsonl``, no longer line; no larger file in an archive.
        now: what time it is, aware: dates after it are not believed.
        fields: our name of a field with the name that records use for it.
        overrules: what a person decided about outlets' lines, see ``overrules.read_overrules``.
        processes: how many read where there are many files.

    Yields:
        One reading for each article and for each source that gives none, in order of the roots and
        of their files' names.

    Raises:
        SourceNotFound: a root does not exist.
        ReadingStopped: a process that reads was stopped from outside.
    """
    rules = ReadingRules(max_bytes=max_bytes, fields=fields or {}, overrules=overrules or {})
    yield from read_everything(roots, rules, now=now, processes=processes)


def read_everything(
    roots: Sequence[Path],
    rules: ReadingRules,
    *,
    now: datetime,
    processes: int = 1,
    beside: Iterable[Reading] = (),
) -> Iterator[Reading]:
    """Read every article under the roots, see ``read_sources``, and settle them with others.

    Args:
        roots: files and folders.
        rules: what holds for every source.
        now: what time it is, aware.
        processes: how many read where there are many files.
        beside: readings of another origin: of two copies of an article, the file's counts.
    """
    refuse_missing(roots)
    yield from settle(chain(_read_all(roots, rules, now, processes), beside))


def refuse_missing(roots: Sequence[Path]) -> None:
    """Refuse paths that do not exist.

    Raises:
        SourceNotFound: one does not.
    """
    for root in roots:
        if not os.path.lexists(root):
            raise SourceNotFound(f"There is no file or folder {root}.")


def found_files(roots: Sequence[Path], now: datetime) -> Iterator[tuple[Path, Origin]]:
    """Find every file under the roots, in order of the roots and of the files' names.

    Args:
        roots: files and folders.
        now: what time it is, aware.

    Yields:
        Each file with the origin of what is read of it; a folder that cannot be entered is found as if it were one.
    """
    visited: dict[tuple[int, int], bool] = {}
    for root, name in zip(roots, root_names(roots), strict=True):
        for path, source_path in _walk(root, name, visited):
            yield path, Origin(source_path=source_path, sha256="", now=now)


def root_names(roots: Sequence[Path]) -> tuple[str, ...]:
    """Return the name that each root's articles are filed under; a repeated name gets a number."""
    names: list[str] = []
    for root in roots:
        name = _storable(root.name or root.resolve().name or "root")
        number = 2
        unique = name
        while unique in names:
            unique, number = f"{name}~{number}", number + 1
        names.append(unique)
    return tuple(names)


def _read_all(roots: Sequence[Path], rules: ReadingRules, now: datetime, processes: int) -> Iterator[Reading]:
    places = list(found_files(roots, now))
    rules = replace(rules, repeated=_repeated_lines(places, rules.max_bytes))
    yield from in_processes(partial(read_file, rules), places, processes)


def _repeated_lines(places: Sequence[tuple[Path, Origin]], max_bytes: int) -> dict[str, frozenset[str]]:
    """Look through the pages saved as text once, for what their outlets print on all of them."""
    counted = PageLines()
    for path, origin in places:
        if path.name.lower().endswith(SCRAPED_SUFFIX):
            with suppress(SourceRefused, OSError):  # reading the page itself says why it cannot be read
                if path.is_file() and path.stat().st_size <= max_bytes:
                    counted.add(origin.folder, decode(path.read_bytes()))
    return counted.repeated()


def read_file(rules: ReadingRules, place: tuple[Path, Origin]) -> Iterator[Reading]:
    """Read one file that was found; whatever is wrong with it is a reading too."""
    path, origin = place
    try:
        yield from _read_file(path, origin, rules)
    except SourceRefused as error:
        yield refusal(origin, str(error))
    except OSError as error:
        # What unpacks or remembers needs room on the disk: that there is none is no fault of the source, which would go.
        if error.errno in _NO_ROOM:
            raise
        yield refusal(origin, f"It cannot be read: {error.strerror or error}.")


def _walk(
    path: Path, name: str, visited: dict[tuple[int, int], bool], *, by_link: bool = False
) -> Iterator[tuple[Path, str]]:
    """Find the files below a path in order; a folder that cannot be entered is found as if it were a file.

    A folder is entered once, by whichever name comes first, so links that lead in circles end. ``visited``
    says of each whether a link led there: where none did either time, roots overlap, and nothing is found.
    """
    if not path.is_dir():
        yield path, name
        return
    try:
        status = path.stat()
        inside = sorted(path.iterdir())
    except OSError:
        yield path, name
        return
    place = (status.st_dev, status.st_ino)
    if place in visited:
        if by_link or visited[place]:
            yield path, name
        return
    visited[place] = by_link
    for entry in inside:
        if not entry.name.startswith("."):
            inner_name = f"{name}/{_storable(entry.name)}"
            yield from _walk(entry, inner_name, visited, by_link=by_link or entry.is_symlink())


def _storable(name: str) -> str:
    """Return the name of a file as characters that can be written, whatever bytes it has on disk."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _read_file(path: Path, origin: Origin, rules: ReadingRules) -> Iterator[Reading]:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        next(path.iterdir(), None)  # says why the folder cannot be listed
        raise SourceRefused("It is a folder that was read already (a link leads back to it).")
    if not stat.S_ISREG(status.st_mode):
        raise SourceRefused("It is not a regular file.")
    with path.open("rb") as stream:
        yield from read_stream(path.name, stream, status.st_size, origin, rules)
