"""PDF and DOCX files of one article -> the article; their text is read like a page saved as text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.errors import SourceRefused
from index.sources.bylines import signatures
from index.sources.drafts import Draft, Origin, finish
from index.sources.extras import extra
from index.sources.proof import Proof
from index.sources.scraped import draft_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Reading

_MOST_PAGES = 200
_MOST_CHARACTERS = 2_000_000
_MOST_UNPACKED = 100_000_000  # bytes of a DOCX
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]\n(?=[a-zà-ÿ])")
_WRAPPED = re.compile(r"(?<=[^\n.!?…:»”\"])\n(?=[a-zà-ÿ(«“0-9])|(?<=[,;’'–—-])\n(?=\S)")
_NO_TITLE = re.compile(
    r"^(?:untitled|sans titre|microsoft word|document\d*|.*\.(?:docx?|pdf|indd|qxp))\b", re.IGNORECASE
)
_BROKEN = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError, OSError),
    *(zlib.error, NotImplementedError, AssertionError, UnicodeError, ArithmeticError, EOFError),
)


def parse_pdf(data: bytes, origin: Origin) -> Iterator[Reading]:
    """Read the article that a PDF file holds; lines that the page's width broke are joined again.

    Args:
        data: the file's bytes.
        origin: where it comes from.

    Raises:
        ExtraMissing: the extra that reads it is not installed.
        SourceRefused: it is no PDF, damaged, encrypted, too long, or a picture of text.
    """
    if b"%PDF" not in data[:1024]:
        raise SourceRefused("It is not a PDF: it does not begin like one.")
    library = extra("pypdf", kind="PDF", name="pdf")
    try:
        reader = library.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceRefused("It is encrypted.")
        if len(reader.pages) > _MOST_PAGES:
            raise SourceRefused(f"It has {len(reader.pages)} pages: no article is longer than {_MOST_PAGES}.")
        text = _unwrapped("\n".join(page.extract_text() for page in reader.pages))
        facts = reader.metadata or {}
        title, author = facts.get("/Title"), facts.get("/Author")
    except (library.errors.PyPdfError, *_BROKEN) as error:  # whatever a damaged file makes of its readers
        raise SourceRefused(f"It is a damaged PDF: {str(error) or type(error).__name__}.") from error
    if not text.strip():
        raise SourceRefused("It holds no text: its pages are pictures, which are not read.")
    yield finish(_draft(text, title, author), origin)


def parse_docx(data: bytes, origin: Origin) -> Iterator[Reading]:
    """Read the article that a DOCX file holds.

    Args:
        data: the file's bytes.
        origin: where it comes from.

    Raises:
        ExtraMissing: the extra that reads it is not installed.
        SourceRefused: it is no DOCX, damaged, or unpacks to more than any article.
    """
    library = extra("docx", kind="DOCX", name="docx")
    errors = extra("docx.opc.exceptions", kind="DOCX", name="docx")
    xml = extra("lxml.etree", kind="DOCX", name="docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
                raise SourceRefused(f"It unpacks to more than {_MOST_UNPACKED} bytes.")
        document = library.Document(io.BytesIO(data))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        title, author = document.core_properties.title, document.core_properties.author
    except (zipfile.BadZipFile, errors.OpcError, xml.LxmlError, *_BROKEN) as error:
        raise SourceRefused(f"It is a damaged DOCX: {str(error) or type(error).__name__}.") from error
    yield finish(_draft(text, title, author), origin)


def _draft(text: str, title: Any, author: Any) -> Draft:
    """Clean the text; what it was cut out of is no plain text, so nothing maps back to it."""
    shown = text[:_MOST_CHARACTERS]
    draft = draft_of_page(Proof.of(shown))
    removals = tuple(replace(removal, span=None) for removal in draft.removals)
    stated = _stated_title(title)
    byline = draft.byline or signatures([author] if isinstance(author, str) else [])
    return replace(draft, headline=draft.headline or stated, byline=byline, kept=(), removals=removals)


def _stated_title(title: Any) -> str | None:
    words = " ".join(str(title or "").split())
    return words if 10 <= len(words) <= 300 and not _NO_TITLE.match(words) else None


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub(" ", _HYPHEN.sub("", text))
