"""Lines that an outlet prints on page after page: what is on most of its pages belongs to none of its articles."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.sources.lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.sources.lines import Line

FEWEST = 3  # different articles on whose pages a line must stand
_SHARE = 0.6  # of the outlet's pages; the name of a reporter, or of a section, is on fewer
_TOP = 3  # lines, one of which all pages of an outlet share
_LONGEST = 700  # characters: no longer line is furniture


@dataclass(slots=True)
class PageLines:
    """What is counted of the pages of one run, outlet by outlet.

    The pages of an outlet lie in one folder and have one of their first lines in common. Pages of one article, its
    versions and reprints, count once: they share their longest line, and all others with it.
    """

    _articles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _lines: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def add(self, folder: str, text: str) -> None:
        """Count the lines of one page."""
        lines = split_lines(text)
        if not lines:
            return
        middle = _middle(lines)
        article = _digest(lines[middle].seen)
        digests = {
            _side_digest(i, line, middle) for i, line in enumerate(lines) if len(line.seen) <= _LONGEST
        }
        for outlet in _outlet_keys(folder, lines):
            self._articles[outlet].add(article)
            for digest in digests:
                self._lines[outlet][digest].add(article)

    def repeated(self) -> dict[str, frozenset[str]]:
        """Return for each outlet the digests of the lines that it repeats; outlets with few pages have none."""
        found: dict[str, frozenset[str]] = {}
        for outlet, articles in self._articles.items():
            most = max(FEWEST, _SHARE * len(articles))
            lines = {line for line, on in self._lines[outlet].items() if len(on) >= most}
            if lines:
                found[outlet] = frozenset(lines)
        return found


def repeated_among(
    folder: str, lines: Iterable[Line], repeated: Mapping[str, frozenset[str]]
) -> frozenset[int]:
    """Return the indexes of a page's lines that its outlet repeats.

    Args:
        folder: where the page lies.
        lines: the page's lines.
        repeated: what ``PageLines.repeated`` gave.
    """
    shown = tuple(lines)
    keys = _outlet_keys(folder, shown) if repeated else ()
    known: frozenset[str] = frozenset().union(*(repeated.get(key, frozenset()) for key in keys))
    middle = _middle(shown) if known else 0
    return frozenset(i for i, line in enumerate(shown) if known and _side_digest(i, line, middle) in known)


def _outlet_keys(folder: str, lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Return what the pages of one outlet may have in common: its name is among the first lines, or a menu."""
    return tuple(f"{folder}\n{_digest(line.seen)}" for line in lines[:_TOP])


def _middle(lines: Sequence[Line]) -> int:
    """Return the index of the longest line, which is nearly always a paragraph of the article."""
    return max(range(len(lines)), key=lambda index: len(lines[index].seen), default=0)


def _side_digest(index: int, line: Line, middle: int) -> str:
    """Return the digest of a line on its side of the text: a headline is above its own, and elsewhere among offers."""
    return _digest(f"{'above' if index < middle else 'below'}\n{line.seen}")


def _digest(seen: str) -> str:
    return hashlib.blake2b(seen.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
