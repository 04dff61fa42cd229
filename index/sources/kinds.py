"""The kinds of files that are read: each suffix with its reader, archives with whatever is in them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from index.errors import SourceRefused
from index.sources.archives import SUFFIXES as ARCHIVES
from index.sources.archives import members_of
from index.sources.decoding import decode, decode_page
from index.sources.documents import parse_docx, parse_pdf
from index.sources.drafts import Origin, refusal
from index.sources.markdown import parse_markdown
from index.sources.mhtml import parse_mhtml
from index.sources.pages import parse_html
from index.sources.parquet import read_parquet
from index.sources.record_ids import RepeatedIds
from index.sources.records import parse_record_line, parse_record_lines, parse_records
from index.sources.scraped import parse_scraped_text
from index.sources.tables import parse_table
from index.sources.warc import read_warc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from index.sources.overrules import Overrule
    from index.types import Reading

    Parser: TypeAlias = Callable[[str, Origin], Iterable[Reading]]
    BytesParser: TypeAlias = Callable[[bytes, Origin], Iterable[Reading]]

_DEEPEST = 2  # archives within archives
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00")  # UTF-16 and UTF-32 have no lines of bytes
LINES_SUFFIX = ".jsonl"
SCRAPED_SUFFIX = ".txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules:
    """What holds for every source of one run.

    Args:
        max_bytes: no larger file, member of an archive, line or record is read.
        fields: our name of a field with the name that records use for it.
        depth: how many archives lie around what is read.
        repeated: lines that outlets repeat on their pages saved as text, see ``repetition.PageLines``.
        overrules: what a person decided about outlets' lines, by outlet.
    """

    max_bytes: int
    fields: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    repeated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    overrules: Mapping[str, Overrule] = field(default_factory=dict)


def _one(parse: Callable[[str, Origin], Reading]) -> Parser:
    """Make a parser of whole files out of one that gives a single reading."""
    return lambda text, origin: (parse(text, origin),)


TEXT_PARSERS: dict[str, Parser] = {
    SCRAPED_SUFFIX: _one(parse_scraped_text),
    ".html": _one(parse_html),
    ".htm": _one(parse_html),
    ".xhtml": _one(parse_html),
    ".md": _one(parse_markdown),
    ".json": parse_records,
    LINES_SUFFIX: parse_record_lines,
}
_PAGES = (".html", ".htm", ".xhtml")
_RECORD_PARSERS = {".json": parse_records, LINES_SUFFIX: parse_record_lines}
_TABLES = (".csv", ".tsv")
BYTES_PARSERS: dict[str, BytesParser] = {
    ".mhtml": parse_mhtml,
    ".mht": parse_mhtml,
    ".pdf": parse_pdf,
    ".docx": parse_docx,
}
_WARCS = (".warc", ".warc.gz")
_PARQUET = ".parquet"
SUFFIXES = (*TEXT_PARSERS, *_TABLES, *BYTES_PARSERS, *_WARCS, _PARQUET, *ARCHIVES)


def suffix_of(name: str) -> str | None:
    """Return the longest known suffix that a file's name ends with, None where its kind is not read."""
    lowered = name.lower()
    return max((suffix for suffix in SUFFIXES if lowered.endswith(suffix)), key=len, default=None)


def read_stream(
    name: str, stream: BinaryIO, size: int, origin: Origin, rules: ReadingRules
) -> Iterator[Reading]:
    """Read one file of any kind.

    Args:
        name: its name; the suffix tells its kind.
        stream: its bytes, which can be sought in.
        size: how many they are.
        origin: where it comes from; the digest is made here.
        rules: what holds for every source.

    Raises:
        SourceRefused: nothing of it can be read, and why.
        OSError: the disk says no.
    """
    suffix = suffix_of(name)
    if suffix is None:
        raise SourceRefused(f"Files of the kind “{_kind_of(name)}” are not read, only {' '.join(SUFFIXES)}.")
    if suffix in ARCHIVES:
        yield from _read_archive(name, stream, size, origin, rules)
    elif suffix in _WARCS:
        yield from read_warc(stream, origin, rules.max_bytes)
    elif suffix == _PARQUET:
        yield from read_parquet(stream, origin, rules.fields, rules.max_bytes)
    elif suffix == LINES_SUFFIX and not _is_wide(stream):
        yield from _read_lines(stream, origin, rules)
    else:
        data = _whole(stream, size, rules.max_bytes)
        yield from _parse(suffix, data, replace(origin, sha256=hashlib.sha256(data).hexdigest()), rules)


def _parse(suffix: str, data: bytes, origin: Origin, rules: ReadingRules) -> Iterable[Reading]:
    if suffix in BYTES_PARSERS:
        return BYTES_PARSERS[suffix](data, origin)
    if suffix in _PAGES:
        return TEXT_PARSERS[suffix](decode_page(data), origin)
    if suffix in _TABLES:
        return parse_table(decode(data), origin, rules.fields, is_tabbed=suffix == ".tsv")
    if suffix == SCRAPED_SUFFIX:
        return (parse_scraped_text(decode(data), origin, rules.repeated, rules.overrules),)
    if suffix in _RECORD_PARSERS:
        return _RECORD_PARSERS[suffix](decode(data), origin, rules.fields)
    return TEXT_PARSERS[suffix](decode(data), origin)


def _read_archive(
    name: str, stream: BinaryIO, size: int, origin: Origin, rules: ReadingRules
) -> Iterator[Reading]:
    if rules.depth >= _DEEPEST:
        raise SourceRefused("It is an archive within an archive within an archive: unpack it first.")
    inner = replace(rules, depth=rules.depth + 1)
    is_empty = True
    for member in members_of(name, stream, size, rules.max_bytes):
        is_empty = False
        place = replace(origin, source_path=f"{origin.source_path}!/{member.name}")
        if member.fault:
            yield refusal(place, member.fault)
            continue
        try:
            yield from read_stream(member.name, io.BytesIO(member.data), len(member.data), place, inner)
        except SourceRefused as error:
            yield refusal(place, str(error))
    if is_empty:
        raise SourceRefused("It is an archive without a file.")


def _kind_of(name: str) -> str:
    last = name.rpartition("/")[2]
    _, dot, suffix = last.rpartition(".")
    return f".{suffix.lower()}" if dot and len(last) > len(suffix) + 1 else last


def _whole(stream: BinaryIO, size: int, max_bytes: int) -> bytes:
    if size > max_bytes:
        raise SourceRefused(_too_large(f"{size} bytes", max_bytes))
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:  # it grew since its size was asked
        raise SourceRefused(_too_large("more", max_bytes))
    return data


def is_read_by_line(name: str, stream: BinaryIO) -> bool:
    """Tell whether a file holds a record in each of its lines of bytes."""
    return suffix_of(name) == LINES_SUFFIX and not _is_wide(stream)


def _is_wide(stream: BinaryIO) -> bool:
    start = stream.read(4)[:2]
    stream.seek(0)
    return start in _WIDE_MARKS


def _read_lines(stream: BinaryIO, origin: Origin, rules: ReadingRules) -> Iterator[Reading]:
    """Read records line by line, so that a file of any size takes the memory of one line."""
    ids = RepeatedIds()
    has_lines = False
    for number, line, is_cut in lines_of(stream, rules.max_bytes):
        has_lines = True
        yield read_line(line, number, origin, ids, rules, is_cut=is_cut)
    if not has_lines:
        raise SourceRefused("It is empty.")


def lines_of(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes, bool]]:
    """Return the lines of a ``.jsonl`` that are not blank.

    Args:
        stream: its bytes.
        max_bytes: a longer line is cut.

    Yields:
        The line's number from 1, its bytes, and whether they were cut.
    """
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        is_cut = len(line) > max_bytes and not line.endswith(b"\n")
        if is_cut:
            _skip_line(stream, max_bytes)
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, line, is_cut


def read_line(
    line: bytes, number: int, origin: Origin, ids: RepeatedIds, rules: ReadingRules, *, is_cut: bool
) -> Reading:
    """Read one line of a ``.jsonl``, see :func:`lines_of`."""
    if is_cut:
        return refusal(origin.record(number), f"Line {number}: {_too_large('more', rules.max_bytes)}")
    here = replace(origin, sha256=hashlib.sha256(line).hexdigest())
    try:
        return parse_record_line(number, decode(line), here, ids, rules.fields)
    except SourceRefused as error:
        return refusal(here.record(number), f"Line {number}: {error}")


def _skip_line(stream: BinaryIO, max_bytes: int) -> None:
    while piece := stream.readline(max_bytes + 1):
        if piece.endswith(b"\n"):
            return


def _too_large(size: str, max_bytes: int) -> str:
    return f"It is too large: {size} where {max_bytes} bytes are allowed."
