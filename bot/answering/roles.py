"""Whether an article says that somebody holds a role: "La préfète, Mme Hélène Roy", "said Tom Hale, the mayor"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.words import stems, words

if TYPE_CHECKING:
    from collections.abc import Sequence

# A full stop does not part: "M. Roy".
_PARTS = re.compile(r"[,;:\n«»“”\"()–—]+")
_TITLES = frozenset(["m", "mm", "mme", "mlle", "me", "dr", "pr", "mr", "mrs", "ms", "sir"])
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une", "the", "a", "an"])


@lru_cache(maxsize=256)  # it is asked of every sentence that is weighed, several times
def holds_role(role: str, name: str, text: str, language: str) -> bool:
    """Tell whether a role stands beside a name: right before it, or with no more than a comma and an article between.

    Args:
        role: one or more words, without an article: "préfète", "chief executive".
        name: as the text prints it.
        text: of an article.
        language: of the text, ISO 639-1; the role's words are compared by their stems.
    """
    asked, named = stems(role, language), words(name)
    if not asked or not named:
        return False
    parts = [words(part) for part in _PARTS.split(text)]
    stemmed = [stems(" ".join(part), language) for part in parts]
    return any(
        _beside(asked, named, part, stemmed[place])
        or (
            place + 1 < len(parts)
            and _across(asked, named, parts[place : place + 2], stemmed[place : place + 2])
        )
        for place, part in enumerate(parts)
    )


def _beside(asked: Sequence[str], named: Sequence[str], part: list[str], stemmed: list[str]) -> bool:
    """Tell whether the name follows the role within a part: "le maire Jean Roy"."""
    return any(_begins(part[place + len(asked) :], named) for place in _places(asked, stemmed))


def _across(
    asked: Sequence[str], named: Sequence[str], parts: Sequence[list[str]], stemmed: Sequence[list[str]]
) -> bool:
    """Tell whether a comma parts the two: "la préfète, Mme Roy", "Tom Hale, the mayor of Orrin"."""
    before, after = parts
    if _places(asked, stemmed[0]) and _begins(after, named):
        return True
    articles = next((place for place, word in enumerate(after) if word not in _ARTICLES), len(after))
    return before[-1:] == list(named[-1:]) and stemmed[1][articles : articles + len(asked)] == list(asked)


def _places(asked: Sequence[str], stemmed: list[str]) -> list[int]:
    """Return where the words of a role stand together."""
    return [i for i in range(len(stemmed) - len(asked) + 1) if stemmed[i : i + len(asked)] == list(asked)]


def _begins(part: list[str], named: Sequence[str]) -> bool:
    """Tell whether a part begins with a name, or with a title and the surname."""
    titles = next((place for place, word in enumerate(part) if word not in _TITLES), len(part))
    found, plain = part[titles : titles + len(named)], [word for word in named if word not in _TITLES]
    return bool(plain) and (found[: len(plain)] == plain or found[:1] == plain[-1:])
