"""The words that dates are made of, French and English, as patterns over folded text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answering.periods import Season, Unit

FR_LONG = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
EN_LONG = "january|february|march|april|may|june|july|august|september|october|november|december"
FR_MONTH = rf"(?:{FR_LONG}|(?:janv|fevr?|avr|juil|sept|oct|nov|dec)\b\.?)"
EN_MONTH = rf"(?:{EN_LONG}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
MONTH = rf"(?:{FR_MONTH}|{EN_MONTH})"
YEAR = r"(?:1[5-9]|20)\d\d"
FR_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
EN_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = rf"(?:{'|'.join((*FR_WEEKDAYS, *EN_WEEKDAYS))})"
SEASONS: dict[str, Season] = {
    "printemps": "spring", "ete": "summer", "automne": "autumn", "hiver": "winter", "spring": "spring",
    "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
}  # fmt: skip
ORDINALS = {
    "premier": 1, "premiere": 1, "1er": 1, "1ere": 1, "first": 1, "1st": 1, "deuxieme": 2, "2e": 2, "2eme": 2,
    "second": 2, "seconde": 2, "2nd": 2, "troisieme": 3, "3e": 3, "3eme": 3, "third": 3, "3rd": 3,
    "quatrieme": 4, "4e": 4, "4eme": 4, "fourth": 4, "4th": 4,
}  # fmt: skip
NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "a": 1, "one": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30,
}  # fmt: skip
UNITS: dict[str, Unit] = {
    "jours": "day", "jour": "day", "days": "day", "day": "day", "semaines": "week", "semaine": "week",
    "weeks": "week", "week": "week", "mois": "month", "months": "month", "month": "month", "annees": "year",
    "annee": "year", "ans": "year", "an": "year", "years": "year", "year": "year",
}  # fmt: skip
NUMBER = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)})"
UNIT = rf"(?:{'|'.join(UNITS)})"
# "la semaine dernière", "the past week"; of a month the one that is over.
PAST = r"(?:derniere?|passee?|ecoulee?|precedente?)"


def folded(text: str) -> str:
    """Return a text in lower case without accents, every character at its place."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=4096)  # a whole article is folded letter by letter, and has few different ones
def _plain(character: str) -> str:
    if character in "’ʼ‘":
        return "'"
    if character in "‐‑–—":
        return "-"
    if character.isspace():
        return " "
    bare = unicodedata.normalize("NFD", character)[0].lower()
    return bare if len(bare) == 1 else character
