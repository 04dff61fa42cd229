"""A saved web page -> the article in it.

trafilatura chooses the paragraphs; their words are taken from the page's own lines, with the characters
that are there, and the section headings between them; what stands between headline and text is the dek,
the byline and the date.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.sources.bylines import authors_in, is_bare_byline
from index.sources.date_lines import author_part, events_in, is_date_line
from index.sources.drafts import Draft, Origin, finish, refusal
from index.sources.furniture import reason_of
from index.sources.layout import mark_clean_text
from index.sources.lines import plain
from index.sources.page_facts import facts_of_page
from index.sources.page_lines import PageLine, comparable, page_lines
from index.sources.proof import Proof, heading_spans, lay_out
from index.types import Removal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from index.types import Reading

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DEK_NAMES = re.compile(
    r"standfirst|chap[oô]|chapeau|\bdek\b|sub-?(?:title|headline|head)|sous-titre|excerpt|summary|strapline"
    r"|teaser-text|entradilla|subtitulo|vorspann"
)
_SHORTEST_DEK = 40
_LITTLE = 1500  # characters of text from which trafilatura's quick way is trusted
_MOST_LINES = 2000  # on a page; the time of its thorough way grows with the square of their number
_UNSEEN = ("script", "style", "svg", "noscript", "iframe", "template", "link")


def parse_html(html: str, origin: Origin) -> Reading:
    """Read an article out of a saved page.

    Args:
        html: the decoded page.
        origin: where it comes from.

    Returns:
        The article, without ``kept`` because its text is not a stretch of the file; or the refusal.
    """
    from lxml.etree import LxmlError

    try:
        tree = _tree(html)
        return refusal(origin, "It holds no page.") if tree is None else finish(_draft(tree), origin)
    except RecursionError:
        return refusal(origin, "It is nested too deeply.")
    except (LxmlError, ValueError) as error:  # lxml refuses what is not a page in several ways
        return refusal(origin, f"It cannot be read as a page: {error}.")


def _tree(html: str) -> _Element | None:
    from trafilatura import load_html

    tree: _Element | None = load_html(_DECLARATION.sub("", html, count=1))
    return tree


def _draft(tree: _Element) -> Draft:
    lines = page_lines(tree)
    known = facts_of_page(tree, lines)
    body = _body(tree, lines)
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
    removals = _removals(lines, text)
    return Draft(text=text, headings=heading_spans(proof, kept), removals=removals).or_else(known)


def _body(tree: _Element, lines: Sequence[PageLine]) -> list[PageLine]:
    """Return the chosen paragraphs as lines of the page, with the headings that stand among them."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        places[line.key].append(index)
    found: list[PageLine] = []
    last = -1
    for words, is_heading in _chosen(tree, thoroughly=len(lines) <= _MOST_LINES):
        same = places[words]
        place = bisect_right(same, last)
        if place == len(same):  # trafilatura joined what the page shows in several lines
            found.append(PageLine(words, "h2" if is_heading else "p", "", False))
            continue
        index = same[place]
        above = index - 1
        if 0 <= last < above and (_is_section_heading(lines[above]) or _opens_teasers(lines[above])):
            found.append(lines[above])
        found.append(lines[index])
        last = index
    return found


def _is_section_heading(line: PageLine) -> bool:
    return line.is_heading and not line.is_aside


def _opens_teasers(line: PageLine) -> bool:
    """Whether what follows are headlines of other articles, which go together with this line."""
    return reason_of(plain(line.words)) in ("read-also", "related")


def _chosen(tree: _Element, *, thoroughly: bool) -> list[tuple[str, bool]]:
    """Return the article's paragraphs as trafilatura gives them, and whether each is a heading.

    Its quick way does for all but the pages where it finds little: measured on 44 pages, the same words
    as its thorough way in two thirds of the time.
    """
    import trafilatura
    from lxml.etree import strip_elements

    strip_elements(tree, *_UNSEEN, with_tail=False)  # they are copied many times over otherwise
    for quick in (True, False):
        document: Any = trafilatura.bare_extraction(
            tree, fast=quick, with_metadata=False, include_comments=False, include_tables=False
        )
        if not thoroughly or (document is not None and len(document.text or "") >= _LITTLE):
            break
    body = getattr(document, "body", None)
    blocks = [] if body is None else [block for child in body.iterchildren() for block in _blocks(child)]
    return [(words, is_heading) for words, is_heading in blocks if words]


def _blocks(element: _Element) -> list[tuple[str, bool]]:
    """Take lists and quotes apart into their lines."""
    inner = [
        child
        for child in element.iter("item", "p")
        if child is not element and not len(child.findall(".//item"))
    ]
    if element.tag in ("list", "quote") and inner:
        return [(comparable("".join(map(str, child.itertext()))), False) for child in inner]
    return [(comparable("".join(map(str, element.itertext()))), element.tag == "head")]


def _header_bounds(
    lines: Sequence[PageLine], headline: str | None, body: Sequence[PageLine]
) -> tuple[int, int]:
    """Return where the lines between the headline and the first paragraphs begin and end."""
    title = comparable(headline or "")
    top = next((i for i, line in enumerate(lines) if line.key == title and line.is_heading), None)
    keys = [line.key for line in body if line.key != title and not reason_of(plain(line.words))][:2]
    if top is None or not keys:
        return 0, 0
    return top + 1, next((i for i in range(top + 1, len(lines)) if lines[i].key == keys[-1]), top + 1)


def _with_header(known: Draft, header: Sequence[PageLine]) -> tuple[Draft, PageLine | None]:
    """Add what the lines under the headline say, where the metadata does not."""
    byline: tuple[str, ...] = ()
    dates: dict[str, Any] = {}
    for line in header:
        byline = byline or tuple(name for name in _authors(line) if name != known.publisher)
        if is_date_line(plain(line.words)):
            for dated in events_in(plain(line.words), known.stated_language or "fr"):
                dates.setdefault(f"{dated.event}_at", dated.moment)
    dates = {name: moment for name, moment in dates.items() if getattr(known, name) is None}
    if known.published_at:  # a moment without its word, beside metadata, says nothing new
        dates.pop("published_at", None)
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
