"""Addresses of articles as links that lead to the quoted words, and to nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# With a longer address there would be no room for the words; a browser takes them, a message does not.
LONGEST_LINK = 700
# A quote up to this length is looked for whole; of a longer one its first and last words are enough.
_LOOKED_FOR_WHOLE, _WORDS_AT_AN_END, _LONGEST_DIRECTIVE = 80, 5, 400
_KEPT = "%/?:;=&+$,!~"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL = "[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{4,200}}$){_LABEL}(?:\.{_LABEL})+")
# Discord shows an invite or a gift wherever it finds one of its own addresses.
_DISCORD_HOST = re.compile(r"(?:discord(?:app)?\.[a-z]+|dis\.gd)$")
_DISCORD_INSIDE = re.compile(r"d(?=iscord(?:app)?\.)", re.IGNORECASE)
_SIGNS = r"""[\s«»“”„‹›‘’"'()\[\]{}.,;:!?…–—-]+"""
_EDGES = re.compile(f"^{_SIGNS}|{_SIGNS}$")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads.

    Args:
        target: http or https, percent-encoded: nothing in it can end a link or mean anything to Discord.
        host: the machine that it leads to, to be shown beside it.
    """

    target: str
    host: str


def link_to(url: str | None, words: str | None = None) -> Link | None:
    """Return a link to an article, None where its address cannot be followed safely.

    Args:
        url: as the article gives it: text of a stranger.
        words: what the browser shall scroll to and highlight, verbatim.
    """
    try:
        place = urlsplit((url or "").strip())
        host, port = _host(place.hostname or ""), place.port
    except ValueError:  # urlsplit's way to say that this is no address
        return None
    if place.scheme not in {"http", "https"} or host is None or "@" in place.netloc:
        return None
    front = f"{place.scheme}://{host}{f':{port}' if port else ''}{_encoded(place.path) or '/'}"
    front += f"?{_encoded(place.query)}" if place.query else ""
    section = _encoded(place.fragment.split(":~:")[0])
    directive = text_directive(words) if words else ""
    targets = (f"{front}#{section}{directive}" if section or directive else front, front)
    return next((Link(target, host) for target in targets if len(target) <= LONGEST_LINK), None)


def text_directive(words: str) -> str:
    """Return the end of an address that makes a browser highlight words: ``:~:text=start,end``.

    By https://wicg.github.io/scroll-to-text-fragment/: a start alone is looked for within one paragraph, a
    start and an end may stand in two; ``-``, ``,`` and ``&`` have a meaning there and are encoded.

    Args:
        words: what is highlighted.

    Returns:
        The directive; empty where the words give nothing short enough to look for.
    """
    lines = [line for line in (_EDGES.sub("", line) for line in words.splitlines()) if line]
    if not lines:
        return ""
    if len(lines) == 1 and (
        len(lines[0]) <= _LOOKED_FOR_WHOLE or len(lines[0].split()) <= 2 * _WORDS_AT_AN_END
    ):
        ends = [lines[0]]
    else:
        first, last = lines[0].split()[:_WORDS_AT_AN_END], lines[-1].split()[-_WORDS_AT_AN_END:]
        ends = [" ".join(first), " ".join(last)]
    directive = ":~:text=" + ",".join(_directive_encoded(end) for end in ends)
    return directive if len(directive) <= _LONGEST_DIRECTIVE else ""


def _host(name: str) -> str | None:
    """Return a host's name as machines write it, so that no letter looks like another; None for Discord's own."""
    try:
        written = name.rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return None
    return written if _HOST.fullmatch(written) and not _DISCORD_HOST.search(written) else None


def _encoded(part: str) -> str:
    disguised = quote(_LONE_PERCENT.sub("%25", part), safe=_KEPT, errors="replace")
    return _DISCORD_INSIDE.sub(lambda found: f"%{ord(found[0]):02X}", disguised)


def _directive_encoded(words: str) -> str:
    return quote(" ".join(words.split()), safe="", errors="replace").replace("-", "%2D")
