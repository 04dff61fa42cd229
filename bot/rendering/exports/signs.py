"""Signs that a reader of a file would obey instead of showing, written so that they are shown."""

from __future__ import annotations

import re
import unicodedata

# Control characters, joiners and marks of direction, and the separators of lines and paragraphs.
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
# What Markdown reads as its own: signs anywhere; blanks at a line's edges, which it would drop; line breaks
# at the edges of all; what would begin a list or a rule; and what would be made a link.
_MARKDOWN = re.compile(
    r"(?P<sign>[\\`*_{}\[\]<>#|~&:@$!^+=])"
    r"|(?P<blank>(?m:^[^\S\n]+|[^\S\n]+$)|\A\n+|\n+\Z)"
    r"|(?P<start>(?m:^\d*)|(?i:www))(?P<mark>[-.)])"
)
_HTML = re.compile("[&<>]")


def referenced(words: str) -> str:
    """Return words in which each character that cannot be seen is a reference, ``&#x202E;``.

    Line breaks stay where they are.
    """
    return "".join(_reference(sign) if _is_invisible(sign) else sign for sign in words)


def for_html(words: str) -> str:
    """Return words as one line of HTML: ``&``, ``<``, ``>``, line breaks and the invisible are references."""
    escaped = _HTML.sub(lambda match: _reference(match[0]), words)
    return referenced(escaped).replace("\n", _reference("\n"))


def for_markdown(words: str) -> str:
    """Return words that Markdown shows as they are.

    Signs that it would obey stand behind a backslash, and what it would drop is a reference. Taking
    those backslashes away and resolving the references gives the words again, character for character.
    """
    return referenced(_MARKDOWN.sub(_escaped, words))


def _escaped(match: re.Match[str]) -> str:
    if match["sign"]:
        return f"\\{match['sign']}"
    if match["blank"]:
        return "".join(map(_reference, match["blank"]))
    return f"{match['start']}\\{match['mark']}"


def _is_invisible(sign: str) -> bool:
    return sign != "\n" and unicodedata.category(sign) in _INVISIBLE


def _reference(sign: str) -> str:
    return f"&#x{ord(sign):X};"
