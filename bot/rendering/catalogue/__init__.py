"""Every sentence of ours, in French and in English: what stands around a quote, and all else that is said.

One entry a sentence, one text a language; tests prove that none is missing, and none unused.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.rendering.catalogue import answers, commands, exports, lists, models, refusals, searching

if TYPE_CHECKING:
    from datetime import datetime

    from bot.types import Reason
    from index.generation import Generation
    from index.types import Article

TEXTS: dict[str, dict[str, str]] = {
    **answers.TEXTS,
    **models.TEXTS,
    **searching.TEXTS,
    **lists.TEXTS,
    **commands.TEXTS,
    **refusals.TEXTS,
    **exports.TEXTS,
}
LANGUAGES = ("fr", "en")
_QUOTATION_MARKS = {"fr": ("« ", " »"), "en": ("“", "”")}
# Around words that hold those. The opening one tells whether words hold these: the closing one is an apostrophe, too.
_OTHER_MARKS = {"fr": ("“", "”"), "en": ("‘", "’")}
# A text that is one quotation from its first character to its last, but for a full stop.
_QUOTATION = re.compile(r"""(?:«[^«»]+»|“[^“”]+”|„[^„“”]+[“”]|"[^"]+")[.!?…]?""")


def text(key: str, language: str, **values: object) -> str:
    """Return a sentence in a language; other languages than ours read English.

    Args:
        key: an entry of :data:`TEXTS`.
        language: ISO 639-1 code.
        values: what the sentence names.

    Raises:
        KeyError: there is no such entry.
    """
    return TEXTS[key][spoken(language)].format(**values)


def spoken(language: str) -> str:
    """Return the language that we answer in."""
    return language if language in LANGUAGES else "en"


def quotation_marks(language: str) -> tuple[str, str]:
    """Return what opens and what closes a quotation, with the spaces that belong to them."""
    return _QUOTATION_MARKS[spoken(language)]


def marks_around(words: str, language: str) -> tuple[str, str]:
    """Return what opens and what closes a quotation of words that may bring marks along; the words stay as they are.

    Args:
        words: verbatim.
        language: ISO 639-1 code of the reader.

    Returns:
        Nothing around what is a quotation already; around what holds the marks of the language those for a quotation
        within a quotation, so that no mark stands beside its like; else the marks of the language.
    """
    if _QUOTATION.fullmatch(words.strip()):
        return "", ""
    ours, others = quotation_marks(language), _OTHER_MARKS[spoken(language)]
    is_nested = any(mark.strip() in words for mark in ours) and others[0] not in words
    return others if is_nested else ours


def quoted(words: str, language: str) -> str:
    """Return words in quotation marks, see :func:`marks_around`."""
    opening, closing = marks_around(words, language)
    return f"{opening}{words}{closing}"


def day(moment: datetime, language: str) -> str:
    """Return a date as people write it: "9 décembre 2022", "9 December 2022"."""
    written = format_date(moment, "d MMMM y", locale=spoken(language))
    first_in_french = spoken(language) == "fr" and moment.day == 1
    return written.replace("1 ", "1er ", 1) if first_in_french else written


def number(count: int, language: str) -> str:
    """Return a number as people write it: "43 500", "43,500"."""
    return format_decimal(count, locale=spoken(language))


def decimal(value: float, places: int, language: str) -> str:
    """Return a figure with so many decimals as people write it: "0,62", "0.62"."""
    return str(format_decimal(value, format=f"0.{'0' * places}", locale=spoken(language)))


def counted_articles(count: int, language: str) -> str:
    """Return how many articles there are: "1 article", "36 articles"."""
    form = "one" if Locale(spoken(language)).plural_form(count) == "one" else "other"
    return text(f"articles:{form}", language, count=number(count, language))


def name_of_language(code: str, language: str) -> str:
    """Return what a language is called: "français", "French"; a code that has no name stands for itself."""
    return str(Locale(spoken(language)).languages.get(code, code))


def why(reason: Reason, language: str) -> str:
    """Return the sentence that says why the coverage does not answer."""
    details = reason.details
    if reason.kind == "kind-missing":
        details = tuple(text(f"kind:{kind}", language) for kind in details)
    return text(reason.kind, language, details=", ".join(details))


def published(article: Article, language: str) -> str:
    """Return the day on which an article was published, or that none is known."""
    return day(article.published_at, language) if article.published_at else text("undated", language)


def index_line(generation: Generation, language: str) -> str:
    """Return the line under each answer: how old, how large, how fresh the index is."""
    newest = generation.newest_published_at
    return text(
        "index-of" if newest else "index-of-undated",
        language,
        built=day(generation.built_at, language),
        articles=counted_articles(generation.articles, language),
        newest=day(newest, language) if newest else "",
    )


def built_line(generation: Generation, language: str) -> str:
    """Return the line that says when an index was built, to the minute."""
    moment = generation.built_at.astimezone(UTC)
    return text("built", language, day=day(moment, language), hour=f"{moment:%H}", minute=f"{moment:%M}")
