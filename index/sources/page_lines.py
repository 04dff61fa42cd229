"""The lines of a web page as a reader sees them, with what the page's markup says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_COLLAPSED = re.compile(r"[ \t\r\n\f]+")  # what a browser draws as one blank; a no-break space stays


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page.

    Args:
        words: what a reader sees, verbatim but for runs of blanks.
        tag: the element that it fills.
        names: class, id and role names of that element, in one string.
        is_aside: whether it stands in a figure, a menu, a form or beside the text.
    """

    words: str
    tag: str
    names: str
    is_aside: bool

    @property
    def key(self) -> str:
        """The words with every kind of blank made equal, for comparing."""
        return comparable(self.words)

    @property
    def is_heading(self) -> bool:
        """Whether it is marked as a heading."""
        return re.fullmatch(r"h[1-6]", self.tag) is not None


def comparable(words: str) -> str:
    """Return words with every kind of blank made equal."""
    return " ".join(words.split())


def page_lines(tree: _Element) -> tuple[PageLine, ...]:
    """Return the visible lines of a page in order.

    Args:
        tree: the whole page.
    """
    return tuple(_lines(tree))


def _lines(tree: _Element) -> Iterator[PageLine]:
    from lxml.etree import iterwalk

    pieces: list[str] = []
    blocks: list[_Element] = [tree]
    asides = 0
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            silent = not isinstance(tag, str) or tag in _SILENT
            if silent:
                walk.skip_subtree()
                continue
            if tag not in _INLINE:
                yield from _line(pieces, blocks[-1], asides)
                blocks.append(element)
                asides += tag in _ASIDE
            pieces.append(element.text or "")
        else:
            if isinstance(tag, str) and tag not in _SILENT and tag not in _INLINE:
                yield from _line(pieces, element, asides)
                blocks.pop()
                asides -= tag in _ASIDE
            pieces.append(element.tail or "")


def _line(pieces: list[str], element: _Element, asides: int) -> Iterator[PageLine]:
    words = _COLLAPSED.sub(" ", "".join(pieces)).strip()
    pieces.clear()
    if words:
        names = " ".join(element.get(name, "") for name in ("class", "id", "itemprop", "data-testid"))
        yield PageLine(words, str(element.tag), names.strip().lower(), asides > 0)
