"""Addresses -> readings: pages, and what feeds and sitemaps list."""

from __future__ import annotations

import hashlib
import io
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from index.errors import SourceRefused
from index.sources.decoding import decode_page
from index.sources.drafts import Draft, Origin, refusal
from index.sources.kinds import ReadingRules, read_stream
from index.sources.pages import parse_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from index.sources.fetching import Fetched, Fetcher
    from index.types import Reading

_MOST_LISTS = 50  # feeds and sitemaps of one address, those within others included
_LIST_ROOTS = frozenset({"rss", "RDF", "feed", "urlset", "sitemapindex"})
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def read_web(
    addresses: Sequence[str], fetcher: Fetcher, rules: ReadingRules, *, most: int
) -> Iterator[Reading]:
    """Read what addresses hold: each a page, a feed (RSS, Atom) or a sitemap.

    Args:
        addresses: http or https.
        fetcher: fetches them politely.
        rules: what holds for every source.
        most: pages that one feed or sitemap may give.

    Yields:
        One reading for each page and for each address that gives none; its source path is the address.
    """
    for address in addresses:
        yield from _read_address(address, fetcher, rules, most)


def _read_address(address: str, fetcher: Fetcher, rules: ReadingRules, most: int) -> Iterator[Reading]:
    try:
        fetched = fetcher.fetch(address)
        listed = _listed_in(fetched)
        if listed is None:
            yield from read_page(address, fetched, rules)
            return
        pages = list(islice(dict.fromkeys(_pages_below(listed, fetcher)), most))
    except SourceRefused as error:
        yield refusal(_origin(address, fetcher), str(error))
        return
    if not pages:
        yield refusal(_origin(address, fetcher), "It lists no page.")
    for page in pages:
        try:
            yield from read_page(page, fetcher.fetch(page), rules)
        except SourceRefused as error:
            yield refusal(_origin(page, fetcher), str(error))


def _pages_below(listed: tuple[list[str], list[str]], fetcher: Fetcher) -> Iterator[str]:
    """Follow sitemaps within sitemaps, each once."""
    seen: set[str] = set()
    waiting = [listed]
    while waiting:
        pages, lists = waiting.pop(0)
        yield from pages
        for address in lists:
            if address not in seen and len(seen) < _MOST_LISTS:
                seen.add(address)
                inner = _listed_in(fetcher.fetch(address))
                if inner:
                    waiting.append(inner)


def _listed_in(fetched: Fetched) -> tuple[list[str], list[str]] | None:
    """Return the pages and the further sitemaps that a feed or a sitemap lists, None where it is neither."""
    from lxml.etree import LxmlError, QName, XMLParser, fromstring

    start = fetched.body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<") or not any(root.encode() in start for root in _LIST_ROOTS):
        return None
    parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = fromstring(fetched.body, parser)
    except (LxmlError, ValueError):
        return None
    if root is None or QName(root).localname not in _LIST_ROOTS:
        return None
    pages = [urljoin(fetched.address, address) for address in _addresses(root)]
    return ([], pages) if QName(root).localname == "sitemapindex" else (pages, [])


def _addresses(root: _Element) -> Iterable[str]:
    """Return every ``loc`` of a sitemap, and each entry's link of a feed."""
    for entry in root.iter("{*}url", "{*}sitemap", "{*}item", "{*}entry"):
        for link in entry.iterchildren("{*}loc", "{*}link"):
            address = link.get("href") or link.text
            if address and link.get("rel", "alternate") == "alternate":
                yield address.strip()
                break


def is_address(source: str) -> bool:
    """Tell whether a source is an address on the web, and no file."""
    return source.lower().startswith(("http://", "https://"))


def read_page(address: str, fetched: Fetched, rules: ReadingRules) -> Iterable[Reading]:
    """Read a page that was fetched.

    Args:
        address: where it was asked for; the source path of what it gives.
        fetched: the page as it came.
        rules: what holds for every source.

    Raises:
        SourceRefused: it is of a kind that is not read.
    """
    kind = fetched.content_type.partition(";")[0].strip().lower()
    digest = hashlib.sha256(fetched.body).hexdigest()
    origin = Origin(source_path=address, sha256=digest, now=fetched.fetched_at)
    suffix = _SUFFIXES.get(kind)
    if suffix:
        return read_stream(f"page{suffix}", io.BytesIO(fetched.body), len(fetched.body), origin, rules)
    if kind and kind not in ("text/html", "application/xhtml+xml"):
        raise SourceRefused(f"Answers of the kind “{kind}” are not read.")
    charset = fetched.content_type.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    delivered = Draft(url=fetched.address, collected_at=fetched.fetched_at)
    return (parse_html(decode_page(fetched.body, charset), origin, delivered),)


def _origin(address: str, fetcher: Fetcher) -> Origin:
    return Origin(source_path=address, sha256="", now=fetcher.now())
