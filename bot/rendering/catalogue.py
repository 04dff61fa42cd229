"""Every sentence of ours that stands around a quote, in French and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

if TYPE_CHECKING:
    from datetime import datetime

    from bot.types import Reason

# One entry a sentence, one text a language; a test proves that none is missing.
TEXTS: dict[str, dict[str, str]] = {
    "according-to": {"fr": "D’après la couverture :", "en": "From the coverage:"},
    "sources": {"fr": "Sources", "en": "Sources"},
    "undated": {"fr": "sans date", "en": "undated"},
    "unnamed": {"fr": "média non précisé", "en": "outlet not stated"},
    "no-headline": {"fr": "(sans titre)", "en": "(no headline)"},
    "characters": {"fr": "caractères {start} à {end}", "en": "characters {start} to {end}"},
    "by": {"fr": "par {names}", "en": "by {names}"},
    "not-covered": {
        "fr": "La couverture ne répond pas à cette question.",
        "en": "The coverage does not answer this.",
    },
    "nothing-found": {
        "fr": "Aucun article ne correspond à ces filtres.",
        "en": "No article passes these filters.",
    },
    "name-missing": {
        "fr": "Les articles les plus proches ne mentionnent pas : {details}.",
        "en": "The nearest articles never mention: {details}.",
    },
    "kind-missing": {
        "fr": "Les articles les plus proches ne donnent pas {details}.",
        "en": "The nearest articles do not give {details}.",
    },
    "not-said": {
        "fr": "Aucun passage ne s’approche assez de ce qui est demandé.",
        "en": "No passage comes near enough to what is asked.",
    },
    "kind:amount": {"fr": "de montant", "en": "an amount of money"},
    "kind:number": {"fr": "de nombre", "en": "a number"},
    "kind:date": {"fr": "de date", "en": "a date"},
    "nearest": {"fr": "Les articles les plus proches :", "en": "The nearest articles:"},
    "index-of": {
        "fr": "Index du {built}, {articles} articles, le plus récent du {newest}.",
        "en": "Index of {built}, {articles} articles, newest of {newest}.",
    },
    "index-of-undated": {
        "fr": "Index du {built}, {articles} articles, aucun daté.",
        "en": "Index of {built}, {articles} articles, none dated.",
    },
}
LANGUAGES = ("fr", "en")


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


def day(moment: datetime, language: str) -> str:
    """Return a date as people write it: "9 décembre 2022", "9 December 2022"."""
    written = format_date(moment, "d MMMM y", locale=spoken(language))
    first_in_french = spoken(language) == "fr" and moment.day == 1
    return written.replace("1 ", "1er ", 1) if first_in_french else written


def why(reason: Reason, language: str) -> str:
    """Return the sentence that says why the coverage does not answer."""
    details = reason.details
    if reason.kind == "kind-missing":
        details = tuple(text(f"kind:{kind}", language) for kind in details)
    return text(reason.kind, language, details=", ".join(details))
