"""What a page's own metadata says of its article: schema.org JSON-LD, Open Graph, other meta, the title."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.sources.page_lines import PageLine, comparable
from index.sources.records import facts_of, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from index.sources.drafts import Draft

_ARTICLE_TYPES = re.compile(r"(?:Article|Report|BlogPosting|LiveBlogPosting|Review)$")
# Each fact with the names of <meta> that give it, best first.
_META: dict[str, tuple[str, ...]] = {
    "headline": ("og:title", "twitter:title", "dc.title", "parsely-title", "title"),
    "dek": ("og:description", "description", "twitter:description"),
    "byline": ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author"),
    "publisher": ("og:site_name", "application-name", "dc.publisher"),
    "section": ("article:section", "parsely-section", "section"),
    "published_at": (
        *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "date"),
        *("dc.date", "dc.date.issued", "pubdate", "publish-date", "article.published", "sailthru.date"),
    ),
    "updated_at": (
        *("article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified"),
        "last-modified",
    ),
    "stated_language": ("og:locale", "content-language", "dc.language"),
    "url": ("og:url", "parsely-link"),
}
_TITLE_MARK = re.compile(r"\s+[|–—·:-]\s+|\s+»\s+")
_SAME_HEADLINE = 0.5  # share of common words from which a heading is the article's headline


def facts_of_page(tree: _Element, lines: Sequence[PageLine]) -> Draft:
    """Return what the page says of its article in its metadata.

    Args:
        tree: the whole page.
        lines: its visible lines: a heading among them is the headline that readers see.
    """
    facts: dict[str, Any] = {}
    for found in (_from_linked_data(tree), _from_meta(tree), _from_elements(tree)):
        facts |= {name: value for name, value in found.items() if name not in facts and value}
    draft = facts_of(facts)
    title = " ".join((tree.findtext(".//title") or "").split())
    headline, outlet = _headline(draft.headline, title, lines)
    publisher = draft.publisher or outlet
    byline = tuple(name for name in draft.byline if name != publisher and not name.startswith("http"))
    return replace(draft, headline=headline, publisher=publisher, byline=byline)


def _from_linked_data(tree: _Element) -> dict[str, Any]:
    for item in _linked_items(tree):
        kinds = item.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds):
            facts = fields_of(item)
            for name in (
                "text",
                "own_id",
                "url",
            ):  # the text is the page's; addresses here are often relative
                facts.pop(name, None)
            return facts
    return {}


def _linked_items(tree: _Element) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            try:
                yield from _objects(json.loads(script.text, strict=False))
            except (ValueError, RecursionError):
                continue  # one broken block of many; the page's other metadata stands for it


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph", []))
        yield from _objects(value.get("mainEntity", []))


def _from_meta(tree: _Element) -> dict[str, Any]:
    given: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            given.setdefault(name.lower(), []).append(meta.get("content", ""))
    facts: dict[str, Any] = {}
    for fact, names in _META.items():
        values = next((given[name] for name in names if name in given), [])
        facts[fact] = values if fact == "byline" else next(iter(values), None)
    return facts


def _from_elements(tree: _Element) -> dict[str, Any]:
    facts: dict[str, Any] = {"stated_language": tree.get("lang")}
    for link in tree.iter("link"):
        if link.get("rel") == "canonical":
            facts["url"] = link.get("href")
    heading = next(tree.iter("h1"), None)
    if heading is not None:
        facts["published_at"] = _time_below(heading)
    return facts


def _time_below(heading: _Element) -> str | None:
    """Return the first machine-readable time after the headline."""
    found = heading.xpath("following::time[@datetime][1]/@datetime")
    return str(found[0]) if isinstance(found, list) and found else None


def _headline(given: str | None, title: str, lines: Sequence[PageLine]) -> tuple[str | None, str | None]:
    """Choose the heading that metadata or title repeat, and find the outlet in the rest of the title."""
    headings = [line.words for line in lines if line.is_heading and not line.is_aside]
    stated = given or title
    seen = max(headings, key=lambda heading: _common(heading, stated), default=None)
    headline = seen if seen and _common(seen, stated) >= _SAME_HEADLINE else given
    pieces = [piece.strip() for piece in _TITLE_MARK.split(title)]
    if headline is None and len(pieces) == 1:
        headline = title or None
    rest = [
        piece
        for piece in (pieces[0], pieces[-1])
        if len(pieces) > 1 and _common(piece, headline or "") < _SAME_HEADLINE
    ]
    outlet = next(
        (piece for piece in reversed(rest) if 2 <= len(piece) <= 40 and len(piece.split()) <= 5), None
    )
    if headline is None:
        headline = max(pieces, key=len)
    return headline, outlet if headline != outlet else None


def _common(one: str, other: str) -> float:
    """Return the share of words that two headlines have in common."""
    words, others = (set(re.findall(r"\w+", comparable(text).lower())) for text in (one, other))
    return len(words & others) / max(1, min(len(words), len(others)), len(words | others) / 2)
