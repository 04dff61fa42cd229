"""A text while it is being cleaned: its lines, and why each struck one goes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from index.sources.lines import Line, split_lines
from index.types import Removal, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Strike:
    """A stretch of the source that goes, and the reason."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Proof:
    """A text being marked up.

    Args:
        text: the decoded source.
        lines: its lines that show something.
        reasons: for each line why it goes, None while it stays.
        headings: indexes of the lines that are section headings.
    """

    text: str
    lines: tuple[Line, ...]
    reasons: list[str | None] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Proof:
        """Open a proof of plain text in which nothing is struck yet."""
        return cls.of_lines(text, split_lines(text))

    @classmethod
    def of_lines(cls, text: str, lines: tuple[Line, ...]) -> Proof:
        """Open a proof of lines that the caller found."""
        return cls(text, lines, reasons=[None] * len(lines))

    def strike(self, index: int, reason: str) -> None:
        """Strike a line, unless it is struck already."""
        if self.reasons[index] is None:
            self.reasons[index] = reason

    def stays(self, index: int) -> bool:
        """Tell whether the line is still there."""
        return self.reasons[index] is None

    def staying(self, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Return the indexes of the lines that are still there, from ``start`` to before ``end``."""
        past = len(self.lines) if end is None else end
        return (index for index in range(start, past) if self.reasons[index] is None)

    def running(self, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Return the indexes of those that are running text."""
        return (index for index in self.staying(start, end) if self.lines[index].is_running)

    def wording(self, index: int) -> str:
        """Return the line verbatim, without the markup in it and the blanks around it."""
        line = self.lines[index]
        kept = kept_between(line.start, line.end, line.markup)
        return "".join(span.of(self.text) for span in kept).strip()


def kept_between(start: int, end: int, strikes: Sequence[Span | Strike]) -> tuple[Span, ...]:
    """Return what is left of ``start:end`` when the strikes, in order and disjoint, are gone."""
    kept = []
    for strike in strikes:
        if start < strike.start:
            kept.append(Span(start, strike.start))
        start = max(start, strike.end)
    if start < end:
        kept.append(Span(start, end))
    return tuple(kept)


def strikes_of(proof: Proof) -> list[Strike]:
    """Return every stretch that goes, in order and disjoint.

    A struck line takes the blank space around it along, and the text neither begins nor ends with
    blank space.
    """
    staying = [index for index in range(len(proof.lines)) if proof.stays(index)]
    if not staying:
        return _struck_lines(proof, 0, len(proof.lines), 0, len(proof.text))
    found: list[Strike] = []
    position, following = 0, 0
    for index in staying:
        line = proof.lines[index]
        if following < index or (not found and index == staying[0]):
            visible = _first_visible(proof.text, line)
            found += _struck_lines(proof, following, index, position, visible)
        found += [Strike(mark.start, mark.end, "markup") for mark in line.markup]
        position, following = _after_break(proof.text, line.end), index + 1
    last = proof.lines[staying[-1]]
    end = last.start + len(proof.text[last.start : last.end].rstrip())
    return found + _struck_lines(proof, following, len(proof.lines), end, len(proof.text))


def lay_out(proof: Proof) -> tuple[tuple[Span, ...], tuple[Removal, ...]]:
    """Return the stretches that stay and those that go; together they are the whole text."""
    strikes = strikes_of(proof)
    kept = kept_between(0, len(proof.text), strikes)
    removals = tuple(
        Removal(strike.reason, proof.text[strike.start : strike.end], Span(strike.start, strike.end))
        for strike in strikes
    )
    return kept, removals


def heading_spans(proof: Proof, kept: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return where the section headings stand in the cleaned text."""
    starts = [span.start for span in kept]
    lengths = [0, *accumulate(span.end - span.start for span in kept)]
    found = []
    for index in proof.headings:
        line = proof.lines[index]
        left, right = line.start, line.start + len(proof.text[line.start : line.end].rstrip())
        left += len(proof.text[left:right]) - len(proof.text[left:right].lstrip())
        start, end = (_offset_in_text(kept, starts, lengths, position) for position in (left, right))
        if start < end:
            found.append(Span(start, end))
    return tuple(found)


def _offset_in_text(kept: tuple[Span, ...], starts: list[int], lengths: list[int], position: int) -> int:
    """Count the kept characters before a position of the source."""
    before = bisect_right(starts, position) - 1
    if before < 0:
        return 0
    return lengths[before] + min(position, kept[before].end) - kept[before].start


def _struck_lines(proof: Proof, first: int, past: int, start: int, end: int) -> list[Strike]:
    """Cover ``start:end`` with one strike for each run of lines that goes for the same reason."""
    if start >= end:
        return []
    if first == past:
        return [Strike(start, end, "blank")]
    found: list[Strike] = []
    for index in range(first, past):
        reason = proof.reasons[index] or "blank"
        if found and found[-1].reason == reason:
            continue
        begin = proof.lines[index].start if found else start
        if found:
            found[-1] = Strike(found[-1].start, begin, found[-1].reason)
        found.append(Strike(begin, end, reason))
    return found


def _first_visible(text: str, line: Line) -> int:
    wording = text[line.start : line.end]
    return line.start + len(wording) - len(wording.lstrip())


def _after_break(text: str, end: int) -> int:
    if text.startswith("\r\n", end):
        return end + 2
    return min(end + 1, len(text))
