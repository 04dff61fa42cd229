"""Lines of a source, seen the way the cleaning rules see them; the source itself is never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from index.types import Span

LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# For matching only: one apostrophe, one blank, and none of the characters that nobody sees.
_PLAIN_FORMS = (
    *((apostrophe, "'") for apostrophe in "\u2019\u02bc"),
    *(
        (blank, " ")
        for blank in "\t\u00a0\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000"
    ),
    *((unseen, "") for unseen in "\u00ad\u200b\u200e\u200f\u2060\ufeff"),
)
SENTENCE_END = re.compile(r"[.…。!?！？؟][\s\"'»”’)\]]*$")
FULL_STOP = re.compile(r"[.…。][\s\"'»”’)\]]*$")
UNFINISHED = re.compile(r"[,;:–—]$")
_HEADING_MARKS = re.compile(r"#{1,6} +(?=\S)")
BULLET = re.compile(r"^[•·▪◦*+–—-]\s+")
RUNNING_LENGTH = 60  # a sentence this long with its full stop is running text, not a title
LONG_LENGTH = 220  # nothing this long is a title, whatever it ends with
TITLE_LENGTH = 200
SHORTEST_SENTENCE = 15
TITLE_WORD = 4  # letters from which a title gives a word its capital
FEWEST_TITLE_WORDS = 7
_LONG_WORD = re.compile(rf"[^\W\d_]{{{TITLE_WORD},}}")
_ENDING_LENGTH = 8  # the last characters, quotation marks and brackets included


@dataclass(frozen=True, slots=True)
class Line:
    """One line that shows something.

    Args:
        start: first character of the line in the source.
        end: one past its last character, without the line break.
        seen: what a reader sees of it, in plain characters; for matching only.
        follows_gap: whether a blank line stands before it.
        is_heading: whether the source's own markup says that it is a heading.
        markup: stretches of the source within it that are markup, in order and disjoint.
        is_running: whether it is running text beyond doubt, not a title.
    """

    start: int
    end: int
    seen: str
    follows_gap: bool = False
    is_heading: bool = False
    markup: tuple[Span, ...] = ()
    is_running: bool = field(init=False)

    def __post_init__(self) -> None:
        """Decide once whether it is running text beyond doubt: long, or a sentence of some length."""
        length = len(self.seen)
        is_sentence = (
            length >= RUNNING_LENGTH
            and FULL_STOP.search(self.seen, length - _ENDING_LENGTH)
            and not (length <= TITLE_LENGTH and is_title_case(self.seen))
        )
        object.__setattr__(
            self, "is_running", not self.is_heading and bool(length >= LONG_LENGTH or is_sentence)
        )

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends the way a sentence does."""
        return SENTENCE_END.search(self.seen, max(0, len(self.seen) - _ENDING_LENGTH)) is not None

    @property
    def is_short_sentence(self) -> bool:
        """Whether it is a sentence, if a short one, and no title."""
        return len(self.seen) >= SHORTEST_SENTENCE and self.ends_sentence and not self.is_title

    @property
    def is_title(self) -> bool:
        """Whether it could be a headline or a section heading."""
        if self.is_heading:
            return True
        return (
            2 <= len(self.seen) <= TITLE_LENGTH
            and (not FULL_STOP.search(self.seen) or is_title_case(self.seen))
            and not UNFINISHED.search(self.seen)
            and not self.seen[0].islower()
        )

    @property
    def is_listed(self) -> bool:
        """Whether it is an item of a list."""
        return BULLET.match(self.seen) is not None


def is_title_case(seen: str) -> bool:
    """Tell whether nearly all long words have capitals, as English headlines do even with a full stop."""
    capitals = 0
    for word in _LONG_WORD.finditer(seen):
        if not seen[word.start()].isupper():
            return False  # nearly always the first or second word: the rest need not be read
        capitals += 1
    return "|" not in seen and capitals >= FEWEST_TITLE_WORDS


def plain(text: str) -> str:
    """Return what a reader sees of ``text``, for matching: plain blanks and apostrophes, stripped."""
    return _plain_forms(text).strip()


def split_lines(text: str) -> tuple[Line, ...]:
    """Find the lines of ``text`` that show something, in order, with their offsets."""
    found: list[Line] = []
    gap = False
    views = LINE_BREAK.split(_plain_forms(text))  # no line break has another form: as many as before
    for (start, end), view in zip(line_bounds(text), views, strict=True):
        seen = view.strip()
        if seen:
            found.append(Line(start, end, seen, gap))
        gap = not seen
    return tuple(found)


def with_marked_headings(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return lines in which "## Title" is a heading and its marks are markup, as tools that flatten pages write it."""
    return tuple(_marked_heading(line) if line.seen.startswith("#") else line for line in lines)


def _marked_heading(line: Line) -> Line:
    marks = _HEADING_MARKS.match(line.seen)
    if not marks:
        return line
    end = line.start + marks.end()
    return replace(line, seen=line.seen[marks.end() :], is_heading=True, markup=(Span(line.start, end),))


def line_bounds(text: str) -> list[tuple[int, int]]:
    """Return where each line begins and ends, line breaks not included."""
    starts, ends = [0], []
    for line_break in LINE_BREAK.finditer(text):
        ends.append(line_break.start())
        starts.append(line_break.end())
    ends.append(len(text))
    return list(zip(starts, ends, strict=True))


def _plain_forms(text: str) -> str:
    for character, form in _PLAIN_FORMS:  # few of them occur: faster by far than str.translate
        if character in text:
            text = text.replace(character, form)
    return text
