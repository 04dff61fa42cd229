"""Which lines of a page are its article: by what the page states, by where its paragraphs are, by trafilatura.

The first way that is sure of itself decides. All give lines of the page itself, with its own characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from index.sources.furniture import reason_of
from index.sources.lines import SENTENCE_END, plain
from index.sources.page_lines import PageLine, comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from lxml.etree import _Element

_NOT_WORDS = re.compile(r"\W+")
_SHORTEST_STATED = 500  # characters of a stated text that can decide
_CONFIRMED = 0.85  # share of the stated text that must stand on the page
_RUNNING = 60  # characters from which a line is taken for running text
_PARAGRAPH = 150
_MOSTLY_LINKS = 0.5
_ALL_LINKS = 0.9
_NEARLY_ALL = 0.8  # share of the paragraphs that the region holds
_NOT_MOST = 0.9  # share of the page's lines from which a region marks nothing off
_LITTLE = 1500  # characters of text from which a quick way is trusted
_MOST_LINES = 2000  # on a page; the time of the thorough way grows with the square of their number
_TEXT_TAGS = frozenset({"p", "li", "blockquote", "dd", "dt", "pre", "td"})


def article_region(
    tree: _Element, furniture: Collection[_Element], paragraphs: Mapping[_Element, int]
) -> _Element | None:
    """Return the innermost element that holds nearly all of the page's paragraphs, None without any.

    Args:
        tree: the page.
        furniture: elements that do not count.
        paragraphs: how many characters of paragraphs stand in each element.
    """
    sizes = dict(paragraphs)
    for element in furniture:
        size = sizes.pop(element, 0)
        for above in element.iterancestors() if size else ():
            sizes[above] -= size
    wanted = _NEARLY_ALL * sizes.get(tree, 0)
    region = tree if wanted else None
    while region is not None:
        inner = next((child for child in region if sizes.get(child, 0) >= wanted), None)
        if inner is None or inner.tag == "p":
            break
        region = inner
    return region


def stated_body(lines: Sequence[PageLine], stated: str | None) -> list[PageLine] | None:
    """Return the lines that the page's own metadata repeat as its text, with the headings among them.

    Args:
        lines: the visible lines.
        stated: the text in the metadata, as ``articleBody``.

    Returns:
        None where the metadata give no text, or another or a shorter one than the page shows.
    """
    packed = _NOT_WORDS.sub("", stated or "").lower()
    if len(packed) < _SHORTEST_STATED:
        return None
    confirmed = {i for i, line in enumerate(lines) if _is_stated(line, packed)}
    covered = sum(len(_NOT_WORDS.sub("", lines[i].words)) for i in confirmed)
    if covered < _CONFIRMED * len(packed):
        return None
    running = [i for i in confirmed if _is_running(lines[i])]
    if not running:
        return None
    first, last = min(running), max(running)
    shown = sum(len(line.words) for line in lines[first:] if line.in_region and _is_running(line))
    if sum(len(lines[i].words) for i in running) < _NEARLY_ALL * shown:
        return None
    return [
        line for i, line in enumerate(lines[first : last + 1], first) if i in confirmed or _is_heading(line)
    ]


def body_of_region(lines: Sequence[PageLine], headline: str | None) -> list[PageLine] | None:
    """Return paragraphs and headings from the headline to the end of the region with nearly all paragraphs.

    Args:
        lines: the visible lines.
        headline: what heads the article; the region may begin below its first paragraphs.

    Returns:
        None where that is too little to be sure.
    """
    title = comparable(headline or "")
    region = [i for i, line in enumerate(lines) if line.in_region]
    if not region or len(region) > _NOT_MOST * len(lines):
        return None
    top = next(
        (i for i, line in enumerate(lines[: region[-1]]) if line.is_heading and line.key == title), None
    )
    candidates = lines[region[0] if top is None else min(top + 1, region[0]) : region[-1] + 1]
    running = [i for i, line in enumerate(candidates) if _is_running(line)]
    if sum(len(candidates[i].words) for i in running) < _LITTLE:
        return None
    body = candidates[running[0] : running[-1] + 1]
    return [line for line in body if _is_paragraph(line) or _is_heading(line)]


def chosen_body(tree: _Element, lines: Sequence[PageLine]) -> list[PageLine]:
    """Return the paragraphs that trafilatura chooses as lines of the page, with the headings among them."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        places[line.key].append(index)
    found: list[PageLine] = []
    last = -1
    for words, is_heading in _chosen(tree, thoroughly=len(lines) <= _MOST_LINES):
        same = places[words]
        place = bisect_right(same, last)
        if place == len(same):  # trafilatura joined what the page shows in several lines
            parts = _parts(words, lines, last + 1)
            found += [lines[part] for part in parts] or [
                PageLine(words, "h2" if is_heading else "p", "", False)
            ]
            last = parts[-1] if parts else last
            continue
        index = same[place]
        above = index - 1
        if 0 <= last < above and (_is_heading(lines[above]) or _opens_teasers(lines[above])):
            found.append(lines[above])
        found.append(lines[index])
        last = index
    return found


def _parts(words: str, lines: Sequence[PageLine], start: int) -> list[int]:
    """Return the lines from ``start`` on which, put together, are just these words; none where they are not."""
    found: list[int] = []
    rest = words
    for index in range(start, len(lines)):
        key = lines[index].key
        if key and rest.startswith(key):
            found.append(index)
            rest = rest[len(key) :].lstrip()
        if not rest:
            return found
    return []


def _is_stated(line: PageLine, packed: str) -> bool:
    if not _is_paragraph(line):
        return False
    words = _NOT_WORDS.sub("", line.words).lower()
    return len(words) >= 2 and words in packed


def _is_paragraph(line: PageLine) -> bool:
    return line.tag in _TEXT_TAGS and not line.is_aside and not _leads_away(line)


def _is_running(line: PageLine) -> bool:
    """Whether a line is long and ends as a sentence does, which the lists around an article do not."""
    if len(line.words) < _RUNNING or not _is_paragraph(line):
        return False
    return SENTENCE_END.search(plain(line.words)) is not None


def _is_heading(line: PageLine) -> bool:
    return line.is_heading and not line.is_aside and not _leads_away(line)


def _leads_away(line: PageLine) -> bool:
    """Whether most of a line is a link; a paragraph may have a long one."""
    return line.linked >= (_MOSTLY_LINKS if len(line.words) < _PARAGRAPH else _ALL_LINKS) * len(line.words)


def _opens_teasers(line: PageLine) -> bool:
    """Whether what follows are headlines of other articles, which go together with this line."""
    return reason_of(plain(line.words)) in ("read-also", "related")


def _chosen(tree: _Element, *, thoroughly: bool) -> list[tuple[str, bool]]:
    """Return the article's paragraphs as trafilatura gives them, and whether each is a heading.

    Its quick way does for all but the pages where it finds little: measured on 44 pages, the same words
    as its thorough way in two thirds of the time.
    """
    import trafilatura
    from lxml.etree import tostring

    page = trafilatura.load_html(tostring(tree, encoding="utf-8"))  # elements of its own kind
    for quick in (True, False):
        document: Any = trafilatura.bare_extraction(
            page, fast=quick, with_metadata=False, include_comments=False, include_tables=False
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
