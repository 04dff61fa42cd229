"""The lines of a web page as a reader sees them, with what the page's markup says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "textarea", "select",
     "object", "math"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
     "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
     "sub", "sup", "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_ASIDE = frozenset({"aside", "nav", "figure", "footer", "form", "figcaption", "button"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNEVEN = re.compile(r"  |[\t\r\n\f]")
_NAMING = ("class", "id", "itemprop", "data-testid")
_COLLAPSED = re.compile(r"[ \t\r\n\f]+")  # what a browser draws as one blank; a no-break space stays


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page.

    Args:
        words: what a reader sees, verbatim but for runs of blanks.
        tag: the element that it fills.
        names: class, id and role names of that element, in one string.
        is_aside: whether it stands in a figure, a menu, a form or beside the text.
        in_region: whether it stands in the element that holds most of the page's paragraphs.
        linked: how many of its characters lead somewhere else.
    """

    words: str
    tag: str
    names: str
    is_aside: bool
    in_region: bool = False
    linked: int = 0

    @property
    def key(self) -> str:
        """The words with every kind of blank made equal, for comparing."""
        return comparable(self.words)

    @property
    def is_heading(self) -> bool:
        """Whether it is marked as a heading."""
        return self.tag in _HEADINGS


def comparable(words: str) -> str:
    """Return words with every kind of blank made equal."""
    return " ".join(words.split())


def page_lines(
    tree: _Element, furniture: Collection[_Element] = (), region: _Element | None = None
) -> tuple[PageLine, ...]:
    """Return the visible lines of a page in order.

    Args:
        tree: the whole page.
        furniture: elements that are beside the text although their tags do not say so.
        region: the element that holds most of the page's paragraphs.
    """
    return tuple(_Walk(frozenset(furniture), region).lines(tree))


class _Walk:
    """One way through a page: what is open, and what was read since the last line."""

    def __init__(self, furniture: frozenset[_Element], region: _Element | None) -> None:
        self.furniture, self.region = furniture, region
        self.pieces: list[str] = []
        self.asides = self.regions = self.links = self.linked = 0

    def lines(self, tree: _Element) -> Iterator[PageLine]:
        from lxml.etree import iterwalk

        blocks: list[_Element] = [tree]
        pieces = self.pieces
        walk = iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            is_start = event == "start"
            if not isinstance(tag, str) or tag in _SILENT:
                if is_start:
                    walk.skip_subtree()
                    continue
            elif tag in _INLINE:
                if tag == "a":
                    self.links += 1 if is_start else -1
            else:
                if pieces and (line := self._line(blocks[-1])):
                    yield line
                if is_start:
                    blocks.append(element)
                else:
                    blocks.pop()
                self._step(element, tag, 1 if is_start else -1)
            piece = element.text if is_start else element.tail
            if piece and (pieces or not piece.isspace()):
                pieces.append(piece)
                if self.links:
                    self.linked += len(piece)

    def _step(self, element: _Element, tag: str, step: int) -> None:
        if tag in _ASIDE or element in self.furniture:
            self.asides += step
        elif element is self.region:
            self.regions += step

    def _line(self, element: _Element) -> PageLine | None:
        words = "".join(self.pieces)
        if _UNEVEN.search(words):
            words = _COLLAPSED.sub(" ", words)
        words = words.strip()
        linked, self.linked = self.linked, 0
        self.pieces.clear()
        if not words:
            return None
        names = " ".join(filter(None, map(element.get, _NAMING))) if element.attrib else ""
        return PageLine(words, str(element.tag), names.lower(), self.asides > 0, self.regions > 0, linked)
