"""Words for full text: accents folded, then stemmed by language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

# Part of every generation's digest: raise it when the same text would give other words.
WORDS_VERSION = 1

# Letters that Unicode does not decompose and that people type both ways: cœur, coeur.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+")
# Dashes, quotation marks and spaces, of which texts are full, are no accents and carry none.
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\u2000-\u206f]+")


class _Stems(Protocol):
    def stemWords(self, words: Sequence[str]) -> list[str]: ...  # noqa: N802  # PyStemmer's name


def words(text: str) -> list[str]:
    """Return the words and numbers of a text in order, lower case, accents folded.

    "L'Élysée" gives ``["l", "elysee"]``: a question typed without accents finds the same words.
    """
    # Decomposing brings capitals and ligatures out (™, ﬁ), so case is folded behind it.
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall(_BEYOND_ASCII.sub(lambda run: _bare(run.group()), folded))


@lru_cache(maxsize=4096)  # a few accents come again and again
def _bare(letters: str) -> str:
    return "".join(c for c in letters.translate(_LIGATURES) if not unicodedata.combining(c))


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text's words in order.

    Args:
        text: any text.
        language: ISO 639-1 code; a language without a stemmer keeps its words as they are.
    """
    stemmer = _stemmer(language)
    found = words(text)
    return stemmer.stemWords(found) if stemmer else found


@cache
def _stemmer(language: str) -> _Stems | None:
    import Stemmer  # a compiled library: loaded when the first text needs it

    try:
        stemmer: _Stems = Stemmer.Stemmer(language)
    except KeyError:
        return None
    return stemmer
