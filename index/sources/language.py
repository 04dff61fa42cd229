"""Which language a text is in, without a network."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from py3langid.langid import LanguageIdentifier

# Among all of its languages the identifier mistakes short French questions for rare ones.
LANGUAGES = (
    *("fr", "en", "de", "es", "it", "pt", "nl", "ca", "pl", "ro"),
    *("sv", "da", "el", "ru", "uk", "tr", "ar", "zh", "ja"),
)
_ENOUGH = 300  # characters; more does not change the answer, it only takes time
_IMPLAUSIBLE = 0.02
_LIKELIER = 4


def detect_language(text: str, likely: Sequence[str] = ()) -> str:
    """Return the ISO 639-1 code of the language that ``text`` is most probably in.

    Args:
        text: any text; a few words are enough.
        likely: languages that are asked in most often: of three words nobody can tell for certain
            ("Qui finance le port ?" might be Italian), and then it is one of these.
    """
    ranking = _probabilities(text[:_ENOUGH])
    return max(ranking, key=lambda code: ranking[code] * (_LIKELIER if code in likely else 1))


def is_plausible(stated: str, text: str) -> bool:
    """Tell whether ``text`` can be in the language that its source states, for example "fr-FR".

    A language that the identifier is not asked about is believed: nothing speaks against it.
    """
    code = stated[:2].lower()
    if not re.fullmatch(r"[a-z]{2}(?:[-_].*)?", stated.lower()):
        return False
    if code not in LANGUAGES:
        return True
    return _probabilities(text[:_ENOUGH])[code] >= _IMPLAUSIBLE


@lru_cache(maxsize=16)  # an article's dates and its language ask for the same text
def _probabilities(text: str) -> dict[str, float]:
    return {str(code): float(probability) for code, probability in _identifier().rank(text)}


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: loading it takes most of a second

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
