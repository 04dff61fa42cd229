"""Zip, tar and gzip files -> what is in them, in memory; nothing is ever unpacked onto the disk.

A bomb stops at a budget of unpacked bytes, a name that climbs out of its archive is refused, links are not followed.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO

from index.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
SUFFIXES = (".zip", *_TARS, ".gz")
_MOST_MEMBERS = 200_000
_FILES_OF_FULL_SIZE = 100  # the budget of unpacked bytes, in files of the largest size that is read
_PACKED_TO_UNPACKED = 200  # texts are packed to a tenth; what grows so much is a bomb
_SMALL = 10_000_000  # bytes that any archive may unpack to
_CLIMBS = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")
_HIDDEN = re.compile(r"(?:^|/)(?:\.(?!\.?[/\\])|__MACOSX/)")
_BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError),
    *(NotImplementedError, RuntimeError, OverflowError, IndexError, OSError),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive.

    Args:
        name: its path in there.
        data: its bytes, empty where it has a fault.
        fault: the sentence that says why it is not read, None where it is.
    """

    name: str
    data: bytes = b""
    fault: str | None = None


def members_of(name: str, stream: BinaryIO, size: int, max_bytes: int) -> Iterator[Member]:
    """Return the files of an archive in their order, hidden ones and folders left out.

    Args:
        name: the archive's name.
        stream: its bytes, which can be sought in.
        size: how many they are.
        max_bytes: no larger member is read.

    Raises:
        SourceRefused: it is no archive, it is damaged, or it unpacks to more than is allowed.
    """
    if not size:
        raise SourceRefused("It is empty.")
    budget = min(_FILES_OF_FULL_SIZE * max_bytes, max(_SMALL, _PACKED_TO_UNPACKED * size))
    lowered = name.lower()
    try:
        if lowered.endswith(".zip"):
            yield from _zip_members(stream, max_bytes, budget)
        elif lowered.endswith(_TARS):
            yield from _tar_members(lowered, stream, max_bytes, budget)
        else:
            inner = name.rpartition("/")[2][: -len(".gz")]
            yield _limited(inner, gzip.GzipFile(fileobj=stream), max_bytes)
    except _BROKEN as error:  # each library has its own words for a damaged file
        raise SourceRefused(f"It is a damaged archive: {error or type(error).__name__}.") from error


def _zip_members(stream: BinaryIO, max_bytes: int, budget: int) -> Iterator[Member]:
    unpacked = 0
    with zipfile.ZipFile(stream) as archive:
        for number, info in enumerate(archive.infolist()):
            _within_count(number)
            if info.is_dir() or _HIDDEN.search(info.filename):
                continue
            fault = _fault_of_name(info.filename) or ("It is encrypted." if info.flag_bits & 1 else None)
            if fault:
                yield Member(_storable(info.filename), fault=fault)
                continue
            member = _opened(archive, info, max_bytes)
            unpacked += len(member.data)
            _within(unpacked, budget)
            yield member


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> Member:
    """Read one member; a damaged one is refused alone."""
    try:
        with archive.open(info) as stream:
            return _limited(info.filename, stream, max_bytes)
    except _BROKEN as error:
        return Member(_storable(info.filename), fault=f"It is damaged: {error or type(error).__name__}.")


def _tar_members(name: str, stream: BinaryIO, max_bytes: int, budget: int) -> Iterator[Member]:
    with tarfile.open(fileobj=_Counted(_unpacked(name, stream), budget), mode="r|") as archive:
        for number, info in enumerate(archive):
            _within_count(number)
            if info.isdir() or _HIDDEN.search(info.name.removeprefix("./")):
                continue
            fault = _fault_of_name(info.name) or (None if info.isfile() else "It is a link or a device.")
            content = None if fault else archive.extractfile(info)
            if content is None:
                yield Member(_storable(info.name), fault=fault or "It holds nothing.")
            else:
                yield _limited(info.name.removeprefix("./"), content, max_bytes)


def _unpacked(name: str, stream: BinaryIO) -> BinaryIO:
    if name.endswith(("gz",)):
        return io.BufferedReader(gzip.GzipFile(fileobj=stream))
    if name.endswith("bz2"):
        return io.BufferedReader(bz2.BZ2File(stream))
    return io.BufferedReader(lzma.LZMAFile(stream)) if name.endswith("xz") else stream


def _limited(name: str, stream: IO[bytes] | gzip.GzipFile, max_bytes: int) -> Member:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        return Member(_storable(name), fault=f"It is too large: more where {max_bytes} bytes are allowed.")
    return Member(_storable(name), data)


def _fault_of_name(name: str) -> str | None:
    return "Its name climbs out of its archive." if _CLIMBS.search(name) else None


def _storable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def _within_count(number: int) -> None:
    if number >= _MOST_MEMBERS:
        raise SourceRefused(f"It holds more than {_MOST_MEMBERS} files: what follows is not read.")


def _within(unpacked: int, budget: int) -> None:
    if unpacked > budget:
        raise SourceRefused(f"It unpacks to more than {budget} bytes: what follows is not read.")


class _Counted(io.RawIOBase):
    """A stream that may be read up to a budget of bytes."""

    def __init__(self, inner: BinaryIO, budget: int) -> None:
        self.inner, self.budget, self.given = inner, budget, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        piece = self.inner.read(len(view))
        self.given += len(piece)
        _within(self.given, self.budget)
        view[: len(piece)] = piece
        return len(piece)
