"""WARC files -> the pages among their records, with the address and the time of collecting of each."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from index.errors import SourceRefused
from index.sources.decoding import decode_page
from index.sources.drafts import Draft, Origin, refusal
from index.sources.extras import extra
from index.sources.pages import parse_html
from index.sources.records import moment_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Reading

_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, origin: Origin, max_bytes: int) -> Iterator[Reading]:
    """Read every page that a WARC file holds; pictures, scripts and answers other than 200 are passed over.

    Args:
        stream: the file, packed or not.
        origin: where it comes from; the page in the n-th record gets ``#n``.
        max_bytes: no larger page is read.

    Raises:
        ExtraMissing: the extra that reads it is not installed.
        SourceRefused: it is no WARC file, it breaks off, or it holds no page.
    """
    iterator = extra("warcio.archiveiterator", kind="WARC", name="warc")
    exceptions = extra("warcio.exceptions", kind="WARC", name="warc")
    number = pages = 0
    try:
        for number, record in enumerate(iterator.ArchiveIterator(stream, arc2warc=True), 1):
            if _is_page(record):
                pages += 1
                yield _read_record(record, origin.record(number), max_bytes)
    except (
        exceptions.ArchiveLoadFailed,
        zlib.error,
        EOFError,
        ValueError,
        AttributeError,
        KeyError,
    ) as error:
        raise SourceRefused(
            f"It breaks off after {number} records: {str(error).strip() or type(error).__name__}."
        ) from error
    if not pages:
        raise SourceRefused(f"It holds no page among its {number} records.")


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "").startswith(_PAGE_TYPES)
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.lower().startswith(_PAGE_TYPES)


def _read_record(record: Any, origin: Origin, max_bytes: int) -> Reading:
    data = record.content_stream().read(max_bytes + 1)
    if len(data) > max_bytes:
        return refusal(origin, f"It is too large: more where {max_bytes} bytes are allowed.")
    headers = record.http_headers or record.rec_headers
    known = Draft(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        collected_at=moment_of(record.rec_headers.get_header("WARC-Date")),
    )
    here = replace(origin, sha256=hashlib.sha256(data).hexdigest())
    try:
        return parse_html(decode_page(data, _charset(headers.get_header("Content-Type"))), here, known)
    except SourceRefused as error:
        return refusal(here, str(error))


def _charset(content_type: str | None) -> str | None:
    _, _, charset = (content_type or "").lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") or None
