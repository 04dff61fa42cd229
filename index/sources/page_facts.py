"""What a page's own metadata says of its article: schema.org JSON-LD, Open Graph, other meta, the title."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

from index.sources.bylines import agencies_in, signatures
from index.sources.date_lines import contradiction
from index.sources.page_lines import PageLine, comparable
from index.sources.records import facts_of, fields_of, moment_of, names_in

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


def facts_of_page(tree: _Element, lines: Sequence[PageLine], linked: Sequence[dict[str, Any]]) -> Draft:
    """Return what the page says of its article in its metadata.

    Args:
        tree: the whole page.
        lines: its visible lines: a heading among them is the headline that readers see.
        linked: the articles in its JSON-LD.
    """
    facts: dict[str, Any] = {}
    stated = (_from_linked_data(linked), _from_meta(tree), _from_elements(tree))
    for found in stated:
        facts |= {name: value for name, value in found.items() if name not in facts and value}
    draft = facts_of(facts)
    title = " ".join((tree.findtext(".//title") or "").split())
    headings = [line.words for line in lines if line.is_heading and not line.is_aside]
    headline = _shown(headings, [str(found.get("headline") or "") for found in stated]) or _likeliest(
        headings, draft.headline, title
    )
    outlet = _outlet(title, headline)
    signed = tuple(names_in(facts.get("byline")))
    agencies = tuple(dict.fromkeys(agency for words in signed for agency in agencies_in(words)))
    publisher = draft.publisher or outlet
    linked_date, meta_date = (moment_of(found.get("published_at")) for found in stated[:2])
    doubt = contradiction((("JSON-LD says", linked_date), ("other metadata say", meta_date)))
    draft = replace(draft, doubts=(*draft.doubts, doubt)) if doubt else draft
    return replace(
        draft, headline=headline, publisher=publisher, byline=signatures(signed), agencies=agencies
    )


def linked_items(tree: _Element) -> tuple[dict[str, Any], ...]:
    """Return every object that a page's JSON-LD describes it with."""
    return tuple(_linked_items(tree))


def article_items(linked: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return those that say of themselves that they are an article."""
    return tuple(item for item in linked if any(map(_ARTICLE_TYPES.search, types_of(item))))


def types_of(item: dict[str, Any]) -> list[str]:
    """Return the schema.org types of an object."""
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def stated_text(linked: Sequence[dict[str, Any]]) -> str | None:
    """Return the text that a page's metadata give as its article's, None where they do not."""
    bodies = (item.get("articleBody") for item in linked)
    return next((unescape(body) for body in bodies if isinstance(body, str) and body.strip()), None)


def _from_linked_data(linked: Sequence[dict[str, Any]]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for item in linked:
        facts = fields_of(item) | facts
    for name in ("text", "own_id", "url"):  # the text is the page's; addresses here are often relative
        facts.pop(name, None)
    return {name: unescape(value) if isinstance(value, str) else value for name, value in facts.items()}


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


def _shown(headings: Sequence[str], stated: Sequence[str]) -> str | None:
    """Return the heading that a reader sees and that metadata repeat word for word, None without one."""
    keys = {comparable(heading): heading for heading in reversed(headings)}
    return next((keys[key] for words in stated if (key := comparable(words)) in keys and key), None)


def _likeliest(headings: Sequence[str], stated: str | None, title: str) -> str | None:
    """Return the headline that metadata state; else the heading that the title repeats, or the first one."""
    if stated:
        return stated
    if not title:
        return headings[0] if headings else None
    seen = max(headings, key=lambda heading: _common(heading, title), default=None)
    if seen and _common(seen, title) >= _SAME_HEADLINE:
        return seen
    return max(_TITLE_MARK.split(title), key=len).strip() or None


def _outlet(title: str, headline: str | None) -> str | None:
    """Find the outlet in what a page's title holds beside the headline."""
    pieces = [piece.strip() for piece in _TITLE_MARK.split(title)]
    rest = [
        piece
        for piece in (pieces[0], pieces[-1])
        if len(pieces) > 1 and _common(piece, headline or "") < _SAME_HEADLINE
    ]
    outlet = next(
        (piece for piece in reversed(rest) if 2 <= len(piece) <= 40 and len(piece.split()) <= 5), None
    )
    return outlet if headline != outlet else None


def _common(one: str, other: str) -> float:
    """Return the share of words that two headlines have in common."""
    words, others = (set(re.findall(r"\w+", comparable(text).lower())) for text in (one, other))
    return len(words & others) / max(1, min(len(words), len(others)), len(words | others) / 2)
