r"""Text of strangers shown in Discord as it was written, and obeyed in nothing.

What is done follows what Discord does with a message:

- Its clients show a backslash and a sign that is neither letter, figure nor blank as that sign, whatever it
  means elsewhere. So every sign that can begin or end something gets one; and because a backslash stands
  between its signs, an address (``https\:\/\/``), an invite (``discord.gg\/``) or a mention (``<@1\>``) is no
  longer there for those who look at the raw message: the server, which pings and unfurls, does.
- ``@everyone`` and ``@here`` are looked for in the raw message too, and a backslash before a letter would be
  seen: a word joiner, which has no width and allows no line break, stands behind the ``@``.
- A heading, a list, small print or a quotation is one only at the beginning of a line: no text of a stranger
  keeps its line breaks here, and its first signs are escaped wherever it stands.
- Characters that turn the writing round or have no width could show other words than those that stand in the
  article: they are left out. The joiners that Arabic, Indic scripts and emoji are written with stay.
"""

from __future__ import annotations

import re
import unicodedata

_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,10}\U000e007f"
_UNSEEN = re.compile(
    f"({_FLAG})|["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # commands to a terminal
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the writing round
    "\u00ad\u034f\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\ufe00-\ufe0d\ufeff\ufff9-\ufffb"  # no width
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters that show nothing
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_VARIANT = re.compile("[\ufe0e\ufe0f]")
_JOINER = re.compile("[\u200c\u200d]")
_BLANK = re.compile(r"\s{2,}|[^\S \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ACTIVE = re.compile(
    r"[\\*_~|`<>\[\]#/]"
    r"|:(?!\s)"  # an address, the name of an emoji
    r"|(?<=\])\("  # where a link leads
    r"|(?<!\w)[-+]|[-+](?!\w)"  # a list, small print; "Su-35" is neither
)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])")
_PINGS = re.compile(r"@(?=everyone|here)", re.IGNORECASE)


def clean(words: str) -> str:
    """Return text as one line of what can be seen of it; blanks at its ends stay.

    Args:
        words: any text, even what is no Unicode.
    """
    seen = _UNSEEN.sub(lambda found: found[1] or "", _NO_CHARACTER.sub("\ufffd", words))
    seen = _VARIANT.sub(lambda found: found[0] if _is_varied(found) else "", seen)
    seen = _JOINER.sub(lambda found: found[0] if _joins(found) else "", seen)
    return _BLANK.sub(" ", seen)


def escape(words: str) -> str:
    """Return text as one line that Discord shows and does not obey; blanks at its ends stay.

    Args:
        words: any text, even what is no Unicode.
    """
    escaped = _ACTIVE.sub(r"\\\g<0>", clean(words))
    return _PINGS.sub("@\u2060", _NUMBERED.sub(r"\1\\\2", escaped))


def _is_varied(found: re.Match[str]) -> bool:
    """Tell whether a sign stands before that can look like text or like an emoji."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    return bool(before) and (before in "#*0123456789‼⁉" or unicodedata.category(before)[0] == "S")


def _joins(found: re.Match[str]) -> bool:
    """Tell whether a joiner stands between two signs that are written joined."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return _is_joined(before) and _is_joined(after)


def _is_joined(sign: str) -> bool:
    return sign > "\u05ff" and unicodedata.category(sign) in {"Lo", "Lm", "Mn", "Mc", "So", "Sk"}
