"""The names of a question among words that are written in another script: Путин in a French collection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.spellings import Spelled, forms_of, is_read, script_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# Of languages that are not written in Latin letters; of others it is believed that they are.
_SCRIPTS = {
    "ar": "ARABIC", "be": "CYRILLIC", "bg": "CYRILLIC", "el": "GREEK", "fa": "ARABIC", "kk": "CYRILLIC", "mk": "CYRILLIC",
    "ru": "CYRILLIC", "sr": "CYRILLIC", "uk": "CYRILLIC",
}  # fmt: skip
# In a question without capitals any word may be a name; shorter ones hardly are.
_LONG = 4
_TOKEN = re.compile(r"[^\W\d_]+")


class ForeignWords:
    """Words of a collection, by how they sound.

    Args:
        terms: tells all words of the collection, folded and stemmed; asked when the first question needs them.
    """

    def __init__(self, terms: Callable[[], Iterable[str]]) -> None:
        """Keep the source; nothing is read here."""
        self._terms = terms
        self._spelled: dict[str, Spelled] = {}

    def of(self, text: str, languages: Sequence[str]) -> tuple[str, ...]:
        """Return words in other scripts that sound like the names of a question.

        Args:
            text: the question.
            languages: ISO 639-1 codes of the collection's articles.
        """
        script = script_of(text)
        if not is_read(script) or all(_SCRIPTS.get(code, "LATIN") == script for code in languages):
            return ()
        if script not in self._spelled:
            terms = (term for term in self._terms() if term.isalpha() and script_of(term) != script)
            self._spelled[script] = Spelled(terms)
        forms = forms_of(" ".join(_names(text)))
        return tuple(dict.fromkeys(word for form in forms for word in self._spelled[script].nearest(form)))


def _names(text: str) -> list[str]:
    """Return the words with a capital, a short one at the beginning aside; all long ones where there are none."""
    tokens: list[str] = _TOKEN.findall(text)
    if any(token[0].isupper() for token in tokens[1:]):
        tokens = tokens if len(tokens[0]) >= _LONG else tokens[1:]
        return [token for token in tokens if token[0].isupper()]
    return [token for token in tokens if len(token) >= _LONG]
