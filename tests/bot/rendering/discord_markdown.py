r"""What Discord's clients and server make of a message: a small model, stricter than they are.

It is written from what Discord does, not from what our code does: a backslash and a sign that is neither letter,
figure nor blank is that sign; what begins a line may be a quotation, a heading, small print or a list; and inside a
line every sign that could begin something must, or it is reported as ``stray``. Where Discord needs a second sign
to close something, the model reports the first one alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# The server reads the raw message; backslashes protect nobody from it.
_RAW = {
    "ping": re.compile(r"@(?:everyone|here)|<@[!&]?\d+>", re.IGNORECASE),
    "mention": re.compile(r"<(?:#\d+|/[^<>\n]*:\d+|id:\w+)>"),
    "emoji": re.compile(r"<a?:\w+:\d+>"),
    "time": re.compile(r"<t:-?\d+(?::\w)?>"),
    "invite": re.compile(r"discord(?:app)?\.(?:gg|com/invite|gift|me|new)/\S", re.IGNORECASE),
}
_BLOCKS = (
    ("quote", re.compile(r" *>>> ?|^ *> ?")),
    ("heading", re.compile(r"\s*#{1,6}(?=\s|$)")),
    ("small", re.compile(r"\s*-#(?=\s|$)")),
    ("list", re.compile(r"\s*(?:[-*+]|\d+[.)])(?=\s|$)")),
)
_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
# As simple-markdown has it, on which Discord's clients are built.
_LINK = re.compile(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\(\s*<?((?:\([^)]*\)|[^\s\\()]|\\.)*?)>?(?:\s+['\"]([\s\S]*?)['\"])?\s*\)"
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S", re.IGNORECASE)
_ANGLE = re.compile(r"<[^\s<>]*[:@#/][^<>]*>")
_SHORTCODE = re.compile(r":[^\s:]+:")
_BOLD = re.compile(r"\*\*((?:\\[\s\S]|[^\\\n])+?)\*\*(?!\*)")
_SIGNS = "\\*_~|`<>[]"
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a message makes: what kind, on which words, and where a link leads."""

    kind: str
    words: str
    target: str = ""


@dataclass(slots=True)
class Read:
    """What a person sees of a message, and what it makes."""

    seen: str = ""
    marks: list[Mark] = field(default_factory=list)

    def kinds(self) -> set[str]:
        """Return the kinds of what it makes."""
        return {mark.kind for mark in self.marks}

    def of(self, kind: str) -> list[Mark]:
        """Return what it makes of one kind."""
        return [mark for mark in self.marks if mark.kind == kind]


def read(content: str) -> Read:
    """Return what Discord makes of a message."""
    found = Read()
    for kind, pattern in _RAW.items():
        found.marks += [Mark(kind, match[0]) for match in pattern.finditer(content)]
    # A word joiner behind the @ of everybody is how a ping is taken apart, and nothing else may be unseen.
    visible = re.sub("@\u2060(?=everyone|here)", "@", content, flags=re.IGNORECASE)
    found.marks += [Mark("unseen", hex(ord(match[0]))) for match in _UNSEEN.finditer(visible)]
    found.seen = "\n".join([_line(line, found) for line in visible.split("\n")])
    return found


def _line(line: str, found: Read) -> str:
    for kind, pattern in _BLOCKS:
        match = pattern.match(line)
        if match:
            found.marks.append(Mark(kind, line))
            line = line[match.end() :]
            if kind == "quote":
                return _line(line.removeprefix(" "), found)
            break
    return _inline(line.lstrip(" "), found)


def _inline(words: str, found: Read) -> str:
    seen, place = "", 0
    while place < len(words):
        shown, place = _next(words, place, found)
        seen += shown
    return seen


def _next(words: str, place: int, found: Read) -> tuple[str, int]:
    """Return what is seen of the next sign or construct, and where the one after begins."""
    if _ESCAPED.match(words, place):
        return words[place + 1], place + 2
    if link := _LINK.match(words, place):
        found.marks.append(Mark("link", link[1], link[2]))
        return _inline(link[1], found), link.end()
    if bold := _BOLD.match(words, place):
        inside = Read()
        shown = _inline(bold[1], inside)
        found.marks += [Mark("bold", shown), *inside.marks]
        return shown, bold.end()
    for kind, pattern in (("address", _ADDRESS), ("angle", _ANGLE), ("shortcode", _SHORTCODE)):
        if match := pattern.match(words, place):
            found.marks.append(Mark(kind, match[0]))
    if words[place] in _SIGNS:
        found.marks.append(Mark("stray", words[place:]))
    return words[place], place + 1
