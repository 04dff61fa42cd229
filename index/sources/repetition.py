"""Lines that an outlet prints on page after page: what is on most of its pages belongs to none of its articles."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from index.sources.lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.sources.lines import Line

FEWEST = 3  # different articles on whose pages a line must stand
_SHARE = 0.6  # of the outlet's pages; the name of a reporter, or of a section, is on fewer
_TOP = 3  # lines, one of which all pages of an outlet share
_LONGEST = 700  # characters: no longer line is furniture


class PageEvidence(NamedTuple):
    """What one page tells of its outlet.

    Args:
        article: digest of its longest line, which the versions and reprints of one article share.
        outlets: what the pages of its outlet have in common: their folder, and one of their first lines.
        lines: digests of its lines, longer ones than furniture can be left out.
    """

    article: str
    outlets: tuple[str, ...]
    lines: frozenset[str]


def evidence_of(folder: str, text: str) -> PageEvidence | None:
    """Return what a page tells of its outlet, None where it has no line.

    Args:
        folder: where the page lies.
        text: the page.
    """
    lines = split_lines(text)
    if not lines:
        return None
    middle = _middle(lines)
    return PageEvidence(
        article=_digest(lines[middle].seen),
        outlets=tuple(dict.fromkeys(_outlet_keys(folder, lines))),
        lines=frozenset(
            _side_digest(i, line, middle) for i, line in enumerate(lines) if len(line.seen) <= _LONGEST
        ),
    )


def repeated_on(pages: Iterable[PageEvidence]) -> frozenset[str]:
    """Return the digests of the lines that stand on most pages of one outlet; none where there are few.

    Pages of one article, its versions and reprints, count once.
    """
    articles: set[str] = set()
    on: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        articles.add(page.article)
        for line in page.lines:
            on[line].add(page.article)
    most = max(FEWEST, _SHARE * len(articles))
    return frozenset(line for line, those in on.items() if len(those) >= most)


@dataclass(slots=True)
class PageLines:
    """What is counted of the pages of one run, outlet by outlet."""

    _pages: dict[str, list[PageEvidence]] = field(default_factory=lambda: defaultdict(list))

    def add(self, folder: str, text: str) -> None:
        """Count the lines of one page."""
        page = evidence_of(folder, text)
        if page:
            for outlet in page.outlets:
                self._pages[outlet].append(page)

    def repeated(self) -> dict[str, frozenset[str]]:
        """Return for each outlet the digests of the lines that it repeats; outlets with few pages have none."""
        found = {outlet: repeated_on(pages) for outlet, pages in self._pages.items() if len(pages) >= FEWEST}
        return {outlet: lines for outlet, lines in found.items() if lines}


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
