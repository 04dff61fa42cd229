"""Bytes to characters, strictly: what cannot be decoded without guessing is refused, never patched."""

from __future__ import annotations

import codecs
import re

from index.errors import SourceRefused

_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "SQLite"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
)
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_SIDE = 0.95  # share of the NULs on one side of each pair of bytes that UTF-16 shows
_ESCAPED = re.compile("[\udc80-\udcff]")
_WESTERN = re.compile("[\u00a0-\u017f\u2010-\u203a\u20ac]")
_WINDOWS_LETTERS = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿšžßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸŠŽ"
_WINDOWS_SIGNS = "«»‘’‚“”„–—…€£§©®°·•\u00a0²³½¼¾ªº¿¡™´¨\u00ad"
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page states its encoding
# The Encoding Standard of the WHATWG: pages that say Latin-1 are read as Windows-1252.
_AS_BROWSERS_READ = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "gb2312": "gbk",
}
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes) -> str:
    """Decode a source: UTF-8, UTF-16 or UTF-32 by their marks, UTF-16 by its NULs, Windows-1252.

    Args:
        data: all bytes of the source.

    Raises:
        SourceRefused: empty, binary, a mixture of encodings, or an encoding that cannot be told for sure.
    """
    if not data.strip():
        raise SourceRefused("It is empty.")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise SourceRefused(f"It is binary ({name}).")
    text = _decode_marked(data) or _decode_by_nuls(data) or _decode_plain(data)
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise SourceRefused("It is empty.")
    return text


def decode_page(data: bytes, stated: str | None = None) -> str:
    """Decode a saved page: as any source, else by the encoding that its sender or the page itself states.

    Args:
        data: all bytes of the page.
        stated: the encoding that came with it.

    Raises:
        SourceRefused: empty, binary, or an encoding that cannot be told for sure.
    """
    try:
        return decode(data)
    except SourceRefused:
        found = _META_CHARSET.search(data[:_HEAD])
        named = stated or (found.group(1).decode("ascii") if found else None)
        text = _decode_as(named, data) if named and data.strip() else None
        if text is None:
            raise
        return text


def _decode_as(encoding: str, data: bytes) -> str | None:
    """Decode strictly as stated; None where that is not possible or gives what no page holds."""
    try:
        text = data.decode(_AS_BROWSERS_READ.get(encoding.lower(), encoding))
    except (LookupError, UnicodeError):  # unknown, no encoding of text, or not this one
        return None
    return None if "\x00" in text or _CONTROLS.search(text) else text


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    return None


def _decode_by_nuls(data: bytes) -> str | None:
    """Take UTF-16 without a mark where nearly all NULs stand on one side; other NULs are binary."""
    nuls = data.count(0)
    if not nuls:
        return None
    odd = data[1::2].count(0)
    if len(data) % 2 == 0 and nuls > len(data) / 4 and max(odd, nuls - odd) >= _ONE_SIDE * nuls:
        text = _strictly(data, "utf-16-le" if odd * 2 > nuls else "utf-16-be")
        if "\x00" not in text and not _CONTROLS.search(text):
            return text
    raise SourceRefused(f"It is binary: byte {data.index(0)} is NUL.")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceRefused(f"It is not valid {encoding.upper()}: {_place(data, error.start)}.") from error
    if "\x00" in text:
        raise SourceRefused("It is binary: it holds NUL characters.")
    return text


def _decode_plain(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data, error.start)
    lenient = data.decode("utf-8", "surrogateescape")  # only to count: the result is never used
    if _WESTERN.search(lenient):
        raise SourceRefused(f"It mixes encodings: UTF-8, but not at {place}.")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise SourceRefused(f"It is neither UTF-8 nor Windows-1252: {_place(data, error.start)}.") from error
    if not _is_western_text(text):
        raise SourceRefused(f"Its encoding cannot be told: it is not UTF-8 at {place}.")
    return text


def _is_western_text(text: str) -> bool:
    """Whether decoded Windows-1252 reads like a western language, which another encoding would not."""
    high = re.findall(r"[^\x00-\x7f]", text)
    if _CONTROLS.search(text) or len(high) > 0.25 * len(text):
        return False
    if re.search(r"[^\W\d_][³¹¼½¾¿¡£§©®¢¥¤¦¨¬±µ¶][^\W\d_]", text):
        return False  # a sign inside a word was a letter of another encoding
    return all(character in _WINDOWS_LETTERS or character in _WINDOWS_SIGNS for character in high)


def _line_breaks(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset)


def _place(data: bytes, offset: int) -> str:
    return f"byte {offset} (line {_line_breaks(data, offset) + 1})"
