"""Pages saved as MHTML (one file, pictures included) -> the page in it."""

from __future__ import annotations

import email
from typing import TYPE_CHECKING

from index.errors import SourceRefused
from index.sources.decoding import decode_page
from index.sources.drafts import Draft, Origin
from index.sources.pages import parse_html
from index.sources.records import moment_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from index.types import Reading


def parse_mhtml(data: bytes, origin: Origin) -> Iterator[Reading]:
    """Read the first page of an MHTML file; its own address is the article's where the page names none.

    Args:
        data: the file's bytes.
        origin: where it comes from.

    Raises:
        SourceRefused: it holds no page, or its parts cannot be told apart.
    """
    try:
        message = email.message_from_bytes(data)
        part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        content = part.get_payload(decode=True) if part is not None else None
        known = _known(message, part)
        charset = part.get_content_charset() if part is not None else None
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:  # on malformed MIME
        raise SourceRefused(f"It is malformed MIME: {str(error) or type(error).__name__}.") from error
    if not isinstance(content, bytes) or not content.strip():
        raise SourceRefused("It holds no page: no part of it is HTML.")
    yield parse_html(decode_page(content, charset), origin, known)


def _known(message: Message, part: Message | None) -> Draft:
    address = message.get("Snapshot-Content-Location") or (
        part.get("Content-Location") if part is not None else None
    )
    words = str(address or "").strip()
    return Draft(
        url=words if words.startswith(("http://", "https://")) else None,
        collected_at=moment_of(message.get("Date")),
    )
