"""Files and folders -> readings: every source gives one, whatever becomes of it."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from index.errors import SourceNotFound, SourceRefused
from index.sources.decoding import decode
from index.sources.drafts import Origin, refusal
from index.sources.markdown import parse_markdown
from index.sources.pages import parse_html
from index.sources.records import RepeatedIds, parse_record_line, parse_record_lines, parse_records
from index.sources.scraped import parse_scraped_text
from index.sources.versions import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from index.types import Reading

    Parser: TypeAlias = Callable[[str, Origin], Iterable[Reading]]


def _one(parse: Callable[[str, Origin], Reading]) -> Parser:
    """Make a parser of whole files out of one that gives a single reading."""
    return lambda text, origin: (parse(text, origin),)


LINES_SUFFIX = ".jsonl"
PARSERS: dict[str, Parser] = {
    ".txt": _one(parse_scraped_text),
    ".html": _one(parse_html),
    ".htm": _one(parse_html),
    ".md": _one(parse_markdown),
    ".json": parse_records,
    LINES_SUFFIX: parse_record_lines,
}
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00")  # UTF-16 and UTF-32 have no lines of bytes


def read_sources(roots: Sequence[Path], *, max_bytes: int, now: datetime) -> Iterator[Reading]:
    """Read every article under the roots.

    Args:
        roots: files and folders. Inside folders, files and folders whose names begin with a dot are
            hidden: they are skipped without a reading. A folder is read once: where roots overlap, under
            the first of them; where a link leads to it again, the second name is refused.
        max_bytes: no larger file is read; for ``.jsonl``, no longer line.
        now: what time it is, aware: dates after it are not believed.

    Yields:
        One reading for each article and for each source that gives none, in order of the roots and
        of their files' names.

    Raises:
        SourceNotFound: a root does not exist.
    """
    for root in roots:
        if not os.path.lexists(root):
            raise SourceNotFound(f"There is no file or folder {root}.")
    yield from settle(_read_all(roots, max_bytes, now))


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


def _read_all(roots: Sequence[Path], max_bytes: int, now: datetime) -> Iterator[Reading]:
    visited: dict[tuple[int, int], bool] = {}
    for root, name in zip(roots, root_names(roots), strict=True):
        for path, source_path in _walk(root, name, visited):
            origin = Origin(source_path=source_path, sha256="", now=now)
            try:
                yield from _read_file(path, origin, max_bytes)
            except SourceRefused as error:
                yield refusal(origin, str(error))
            except OSError as error:
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


def _read_file(path: Path, origin: Origin, max_bytes: int) -> Iterator[Reading]:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        next(path.iterdir(), None)  # says why the folder cannot be listed
        raise SourceRefused("It is a folder that was read already (a link leads back to it).")
    if not stat.S_ISREG(status.st_mode):
        raise SourceRefused("It is not a regular file.")
    suffix = path.suffix.lower()
    if suffix not in PARSERS:
        raise SourceRefused(
            f"Files of the kind “{suffix or path.name}” are not read, only {' '.join(PARSERS)}."
        )
    with path.open("rb") as stream:
        if suffix == LINES_SUFFIX and stream.read(4)[:2] not in _WIDE_MARKS:
            stream.seek(0)
            yield from _read_lines(stream, origin, max_bytes)
            return
        stream.seek(0)
        if status.st_size > max_bytes:
            raise SourceRefused(_too_large(f"{status.st_size} bytes", max_bytes))
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:  # it grew since its size was asked
        raise SourceRefused(_too_large("more", max_bytes))
    yield from PARSERS[suffix](decode(data), replace(origin, sha256=hashlib.sha256(data).hexdigest()))


def _read_lines(stream: BinaryIO, origin: Origin, max_bytes: int) -> Iterator[Reading]:
    """Read records line by line, so that a file of any size takes the memory of one line."""
    ids = RepeatedIds()
    has_lines = False
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        is_cut = len(line) > max_bytes and not line.endswith(b"\n")
        if is_cut:
            _skip_line(stream, max_bytes)
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            has_lines = True
            yield (
                _refused_line(origin, number, max_bytes) if is_cut else _read_line(line, number, origin, ids)
            )
    if not has_lines:
        raise SourceRefused("It is empty.")


def _read_line(line: bytes, number: int, origin: Origin, ids: RepeatedIds) -> Reading:
    here = replace(origin, sha256=hashlib.sha256(line).hexdigest())
    try:
        return parse_record_line(number, decode(line), here, ids)
    except SourceRefused as error:
        return refusal(here.record(number), f"Line {number}: {error}")


def _refused_line(origin: Origin, number: int, max_bytes: int) -> Reading:
    return refusal(origin.record(number), f"Line {number}: {_too_large('more', max_bytes)}")


def _skip_line(stream: BinaryIO, max_bytes: int) -> None:
    while piece := stream.readline(max_bytes + 1):
        if piece.endswith(b"\n"):
            return


def _too_large(size: str, max_bytes: int) -> str:
    return f"It is too large: {size} where {max_bytes} bytes are allowed."
