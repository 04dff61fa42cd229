"""Which language a text is in, without a network."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.types import Foreign, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from py3langid.langid import LanguageIdentifier

# Among all of its languages the identifier mistakes short French questions for rare ones.
LANGUAGES = (
    *("fr", "en", "de", "es", "it", "pt", "nl", "ca", "pl", "ro"),
    *("sv", "da", "el", "ru", "uk", "tr", "ar", "zh", "ja"),
)
# Small words that make up a third of any text in a language and are rare in the others. They only tell which
# paragraphs are worth the identifier's time.
_SMALL_WORDS = {
    "fr": "le la les des du un une et est dans que qui pour sur pas ce il elle au aux avec ne par plus son sa ses",
    "en": "the of and to in is that for it was on with as he she at by this be are from his her had not have",
    "de": "der die das und in den von zu mit ist im für auf nicht ein eine dem des sich als auch es an er sie",
    "es": "el la los las de que y en un una por con para se del al es su no lo como más pero sus le ha",
    "it": "il la di che e un una per è in non del della con si le dei al alla da lo gli sono ha come",
    "pt": "o a os as de que e em um uma para com não se do da por mais ao dos das é como foi ou",
    "nl": "de het een van en in is dat op te voor met zijn die niet aan er om ook als bij maar uit",
}
_FAMILIAR = 0.12  # share of a text's own small words from which a paragraph is in its language
_FOREIGN_PARAGRAPH = 80  # characters; less cannot be told for sure
_CERTAIN = 0.9
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


def foreign_paragraphs(text: str, language: str) -> tuple[Foreign, ...]:
    """Return the paragraphs of a text that are in another language, beyond doubt.

    Args:
        text: a paragraph in each line.
        language: ISO 639-1 code of most of it; one whose small words are not known has no foreign paragraphs.
    """
    small = _small_words().get(language)
    if small is None:
        return ()
    found: list[Foreign] = []
    for line in re.finditer(rf"[^\n]{{{_FOREIGN_PARAGRAPH},}}", text):
        words = line.group().lower().split()
        if sum(word in small for word in words) < _FAMILIAR * len(words):
            code, probability = max(_probabilities(line.group()[:_ENOUGH]).items(), key=lambda item: item[1])
            if code != language and probability >= _CERTAIN:
                found.append(Foreign(Span(line.start(), line.end()), code))
    return tuple(found)


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


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
