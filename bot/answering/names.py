"""Proper names of a question, and whether an article mentions them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import Article

_TOKEN = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
# Capitals here mean nothing: German writes every noun so, other scripts have none.
_WITHOUT_NAMES = {"de", "lb", "ar", "zh", "ja", "ko", "he", "hi", "th", "fa"}
# English and German capitalise these, and a pronoun is nobody's name.
_NOT_NAMES = set(
    words(
        "I January February March April May June July August September October November December Monday Tuesday "
        "Wednesday Thursday Friday Saturday Sunday Christmas Easter Noël Pâques M Mr Mrs Ms Mme Mlle Dr"
    )
)
# Names of one word that people say for a state, where CLDR has only the official one.
_ALIASES = {
    "usa": "US",
    "us": "US",
    "u s": "US",
    "u k": "GB",
    "uk": "GB",
    "grande bretagne": "GB",
    "britain": "GB",
}
_ADJECTIVES = {"US": ("americ", "u s"), "GB": ("brit",), "NL": ("neerland", "dutch", "holland")}
# A question written like a headline says nothing by its capitals.
_HEADLINE_SHARE = 0.6


def names_in(question: str, language: str) -> tuple[str, ...]:
    """Return the proper names of a question: runs of capitalised words, the first word aside.

    Args:
        question: as it was asked.
        language: ISO 639-1 code; where capitals tell nothing, no name is returned.
    """
    if language in _WITHOUT_NAMES:
        return ()
    tokens = list(_TOKEN.finditer(question))
    capital = [token.group()[0].isupper() for token in tokens]
    if len(tokens) > 3 and sum(capital) > _HEADLINE_SHARE * len(tokens):
        return ()
    runs: list[list[str]] = []
    previous_end = -1
    for position, token in enumerate(tokens):
        starts_sentence = position == 0 or question[: token.start()].rstrip()[-1:] in ".?!"
        if not capital[position] or starts_sentence or words(token.group())[:1][0] in _NOT_NAMES:
            continue
        if runs and question[previous_end : token.start()] == " ":
            runs[-1].append(token.group())
        else:
            runs.append([token.group()])
        previous_end = token.end()
    return tuple(" ".join(run) for run in runs)


def must_be_mentioned(name: str, article: Article, *, question_language: str) -> bool:
    """Tell whether an article that does not mention a name cannot answer.

    Across languages a single name may be spelled in a way that nothing here knows (Varsovia,
    Warsaw); first and last name together hardly ever are.
    """
    return article.language == question_language or " " in name


def mentions(article: Article, name: str, *, question_language: str) -> bool:
    """Tell whether an article mentions a name, in its own language's spelling too.

    Args:
        article: headline, byline, publisher and text count.
        name: from :func:`names_in`.
        question_language: ISO 639-1 code of the name's spelling.
    """
    there = _words_of(article)
    asked = [word for word in words(name) if len(word) > 1]
    if any(_is_there(word, there) for word in asked) or not asked:
        return True
    if article.language == question_language:
        return _territory_is_there(name, question_language, article, there)
    skeletons = {_skeleton(word)[:3] for word in there}
    return any(_skeleton(word)[:3] in skeletons for word in asked) or _territory_is_there(
        name, question_language, article, there
    )


@cache
def _words_of(article: Article) -> frozenset[str]:
    parts = (article.headline or "", article.publisher or "", *article.byline, article.text)
    return frozenset(words(" ".join(parts)))


def _is_there(word: str, there: frozenset[str]) -> bool:
    """Tell whether a word, or an inflection of it, is there: Iran, iranien; Kiev, Kievs."""
    if word in there:
        return True
    root = word[: max(4, len(word) - 2)]
    return len(word) >= 4 and any(other.startswith(root) for other in there)


def _territory_is_there(name: str, language: str, article: Article, there: frozenset[str]) -> bool:
    """Tell whether an article names a state that the question names, by CLDR's names of states."""
    code = _codes(language).get(" ".join(words(name)))
    if code is None:
        return False
    own_name = next((other for other, c in _codes(article.language).items() if c == code), "")
    own_words = [word for word in own_name.split() if len(word) > 3]
    text = " ".join(words(article.text))
    return any(_is_there(word, there) for word in own_words) or any(
        a in text for a in _ADJECTIVES.get(code, ())
    )


@cache
def _codes(language: str) -> dict[str, str]:
    try:
        territories: Iterable[tuple[str, str]] = Locale.parse(language).territories.items()
    except (UnknownLocaleError, ValueError):
        return {}
    return {" ".join(words(name)): code for code, name in territories} | _ALIASES


def _skeleton(word: str) -> str:
    """Return the consonants of a name, alike across spellings: Putin, Poutine; Zelensky, Zelenskyy."""
    spelled = re.sub(r"ph", "f", re.sub(r"[ckq]+h?", "k", re.sub(r"t?s?c?h", "s", word)))
    bare = re.sub(r"[aeiouyhw]", "", spelled.replace("v", "f"))
    return re.sub(r"(.)\1+", r"\1", bare) or word
