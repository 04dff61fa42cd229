"""A saved web page -> the article in it.

Hidden text goes first. ``page_body`` chooses the paragraphs; their words are taken from the page's own lines, with
the characters that are there, and the section headings between them; what stands between headline and text is the
dek, the byline and the date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml.etree import HTMLParser, fromstring, strip_elements

from index.sources.bylines import authors_in, is_bare_byline
from index.sources.date_lines import announced_by, author_part, contradiction, events_in, is_date_line
from index.sources.drafts import Draft, Origin, finish, refusal
from index.sources.furniture import reason_of
from index.sources.layout import mark_clean_text
from index.sources.lines import plain
from index.sources.page_body import article_region, body_of_region, chosen_body, stated_body
from index.sources.page_facts import article_items, facts_of_page, linked_items, stated_text
from index.sources.page_kinds import dialogue_alone, kinds_of_page
from index.sources.page_lines import PageLine, comparable, page_lines
from index.sources.page_pruning import UNSEEN, furniture_elements, paragraph_sizes, take_out, without_hidden
from index.sources.proof import Proof, heading_spans, lay_out
from index.types import Removal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lxml.etree import _Element

    from index.types import Reading

_ELEMENT = re.compile(r"<[a-zA-Z][^<>]*>")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DEK_NAMES = re.compile(
    r"standfirst|chap[oô]|chapeau|\bdek\b|sub-?(?:title|headline|head)|sous-titre|excerpt|summary|strapline"
    r"|teaser-text|entradilla|subtitulo|vorspann"
)
_SHORTEST_DEK = 40
_BESIDE_THE_TEXT = ("nav", "aside", "footer", "form", "button")
_SPARED = (
    "The page hides its text from a reader without a script or an account; its metadata state the same text."
)


def parse_html(html: str, origin: Origin, delivered: Draft | None = None) -> Reading:
    """Read an article out of a saved page.

    Args:
        html: the decoded page.
        origin: where it comes from.
        delivered: what its delivery says of it: the address where the page names none, the time of collecting.

    Returns:
        The article, without ``kept`` because its text is not a stretch of the file; or the refusal.
    """
    from lxml.etree import LxmlError

    try:
        tree = tree_of(html)
        return (
            refusal(origin, "It holds no page.")
            if tree is None
            else _read(tree, origin, delivered or Draft())
        )
    except RecursionError:
        return refusal(origin, "It is nested too deeply.")
    except (LxmlError, ValueError) as error:  # lxml refuses what is not a page in several ways
        return refusal(origin, f"It cannot be read as a page: {error}.")


def tree_of(html: str) -> _Element | None:
    """Parse a page, None where it holds no element; the plain parser, whose elements cost half of what those of ``lxml.html`` do."""
    if not _ELEMENT.search(html):
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    return fromstring(_DECLARATION.sub("", html, count=1).encode(), parser)


def _read(tree: _Element, origin: Origin, delivered: Draft) -> Reading:
    linked = linked_items(tree)
    articles = article_items(linked)
    strip_elements(tree, *UNSEEN, with_tail=False)
    stated = stated_text(articles)
    hidden, spared = without_hidden(tree, stated)
    sizes = paragraph_sizes(tree)
    furniture = furniture_elements(tree, sizes)
    lines = page_lines(tree, furniture, article_region(tree, furniture, sizes))
    known = facts_of_page(tree, lines, articles)
    body = stated_body(lines, stated) or body_of_region(lines, known.headline)
    known = replace(known, url=known.url or delivered.url, collected_at=delivered.collected_at)
    draft = _draft(known, lines, body or _trafilatura_s(tree, lines, furniture))
    reading = finish(_reported(draft, tree, linked, hidden, spared=spared), origin)
    alone = dialogue_alone(lines, draft.text)
    return replace(refusal(origin, alone), removals=reading.removals) if alone else reading


def _reported(
    draft: Draft, tree: _Element, linked: Sequence[dict[str, Any]], hidden: Sequence[str], *, spared: bool
) -> Draft:
    """Add what was hidden to what went, and what kind of page it is to the doubts."""
    removals = (*(Removal("hidden", words) for words in hidden), *draft.removals)
    doubts = (*draft.doubts, *((_SPARED,) if spared else ()), *kinds_of_page(tree, linked, draft.text))
    return replace(draft, removals=removals, doubts=doubts)


def _draft(known: Draft, lines: Sequence[PageLine], body: Sequence[PageLine]) -> Draft:
    """Lay out the chosen lines under what is known, with what stands between headline and text."""
    top, first = _header_bounds(lines, known.headline, body)
    known, dek = _with_header(known, lines[top:first])
    known = replace(known, dek=dek.words if dek else None)
    said = {
        comparable(known.headline or ""),
        dek.key if dek else "",
        *(line.key for line in lines[top:first] if _authors(line)),
    }
    paragraphs = [line for line in body if line.key not in said]
    proof = _proof([dek, *paragraphs] if dek else paragraphs)
    mark_clean_text(proof, known.headline, known.dek)
    kept, _ = lay_out(proof)
    text = "".join(span.of(proof.text) for span in kept)
    found = Draft(text=text, headings=heading_spans(proof, kept), removals=_removals(lines, text))
    return replace(found.or_else(known), doubts=known.doubts)


def _trafilatura_s(
    tree: _Element, lines: Sequence[PageLine], furniture: Sequence[_Element]
) -> list[PageLine]:
    take_out(furniture)
    strip_elements(tree, *_BESIDE_THE_TEXT, with_tail=False)
    return chosen_body(tree, lines)


def _header_bounds(
    lines: Sequence[PageLine], headline: str | None, body: Sequence[PageLine]
) -> tuple[int, int]:
    """Return where the lines between the headline and the first paragraphs begin and end."""
    title = comparable(headline or "")
    top = next((i for i, line in enumerate(lines) if line.key == title and line.is_heading), None)
    opening = (line.key for line in body if line.key != title and not reason_of(plain(line.words)))
    keys = list(islice(opening, 2))
    if top is None or not keys:
        return 0, 0
    return top + 1, next((i for i in range(top + 1, len(lines)) if lines[i].key == keys[-1]), top + 1)


def _with_header(known: Draft, header: Sequence[PageLine]) -> tuple[Draft, PageLine | None]:
    """Add what the lines under the headline say, where the metadata does not."""
    byline: tuple[str, ...] = ()
    dates: dict[str, Any] = {}
    announced: datetime | None = None
    for line in header:
        byline = byline or tuple(name for name in _authors(line) if name != known.publisher)
        if is_date_line(plain(line.words)):
            for dated in events_in(plain(line.words), known.stated_language or "fr"):
                dates.setdefault(f"{dated.event}_at", dated.moment)
                if dated.event == announced_by(plain(line.words)) == "published":
                    announced = announced or dated.moment
    doubt = contradiction((("metadata say", known.published_at), ("the page says", announced)))
    dates = {name: moment for name, moment in dates.items() if getattr(known, name) is None}
    if known.published_at:  # a moment without its word, beside metadata, says nothing new
        dates.pop("published_at", None)
    known = replace(known, doubts=(*known.doubts, doubt)) if doubt else known
    return replace(known, byline=known.byline or byline, **dates), _dek(known, header)


def _authors(line: PageLine) -> tuple[str, ...]:
    seen = plain(line.words)
    if is_date_line(seen):
        return authors_in(author_part(seen) or "") or ()
    named = authors_in(line.words)
    if named is None and is_bare_byline(seen):
        named = authors_in(f"Par {line.words}")
    return named or ()


def _dek(known: Draft, header: Sequence[PageLine]) -> PageLine | None:
    """Return the first sentence under the headline where the page sets it apart from the text."""
    for index, line in enumerate(header):
        seen = plain(line.words)
        if line.is_aside or len(seen) < _SHORTEST_DEK or reason_of(seen):
            continue
        named = _DEK_NAMES.search(line.names) is not None or line.key == comparable(known.dek or "")
        signed = any(
            reason_of(plain(below.words)) in ("byline", "date-line") for below in header[index + 1 :]
        )
        return line if named or signed else None
    return None


def _proof(lines: Sequence[PageLine]) -> Proof:
    proof = Proof.of("\n".join(line.words for line in lines))
    if len(proof.lines) == len(lines):
        proof.lines = tuple(
            replace(line, is_heading=of_page.is_heading)
            for line, of_page in zip(proof.lines, lines, strict=True)
        )
    return proof


def _removals(lines: Sequence[PageLine], text: str) -> tuple[Removal, ...]:
    """Group the lines of the page that are not in the text; they have no place in a plain source."""
    kept = set(text.split("\n"))
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.words not in kept:
            groups[-1].append(line.words)
        elif groups[-1]:
            groups.append([])
    return tuple(Removal("page-furniture", "\n".join(group)) for group in groups if group)
