"""Numbers written in words, in the languages that the coverage is written in."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from index.words import words

_ONES = {
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "de": "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
}
_TENS = {
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
}
_HUNDRED = {
    "fr": ("cent", "cents"),
    "en": ("hundred",),
    "de": ("hundert",),
    "es": ("cien", "ciento", "cientos"),
    "it": ("cento",),
}
_THOUSAND = {
    "fr": ("mille",),
    "en": ("thousand",),
    "de": ("tausend",),
    "es": ("mil",),
    "it": ("mille", "mila"),
}
_ROUND = {  # numbers that a word names whole
    "fr": {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
           "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "vingts": 20, "millier": 1000, "double": 2, "triple": 3},
    "en": {"dozen": 12, "score": 20, "twice": 2, "double": 2, "triple": 3},
    "de": {"dutzend": 12},
    "es": {"docena": 12, "cuatrocientos": 400, "quinientos": 500, "doscientos": 200, "trescientos": 300},
    "it": {"dozzina": 12, "doppio": 2},
}  # fmt: skip
_FRACTIONS = {
    "fr": {
        "moitie": 2,
        "demi": 2,
        "tiers": 3,
        "quart": 4,
        "quarts": 4,
        "cinquieme": 5,
        "cinquiemes": 5,
        "dixieme": 10,
    },
    "en": {
        "half": 2,
        "third": 3,
        "thirds": 3,
        "quarter": 4,
        "quarters": 4,
        "fifth": 5,
        "fifths": 5,
        "tenth": 10,
    },
    "de": {"halfte": 2, "drittel": 3, "viertel": 4},
    "es": {"mitad": 2, "tercio": 3, "cuarto": 4},
    "it": {"meta": 2, "terzo": 3, "quarto": 4},
}
# Words that multiply what stands before them, in digits or in words. A billion is English.
MULTIPLIERS = {
    "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "billion": 10**9, "billions": 10**9,
    "trillion": 10**12, "milliers": 1000, "thousand": 1000, "mille": 1000, "millionen": 10**6, "milliarden": 10**9,
    "millon": 10**6, "millones": 10**6, "tausend": 1000, "mil": 1000, "hundred": 100, "bn": 10**9, "m": 10**6,
    "md": 10**9, "mds": 10**9, "mio": 10**6, "k": 1000, "dozen": 12, "dizaines": 10, "centaines": 100,
    "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9, "mila": 1000,
}  # fmt: skip
# What an article is written with too: no fact by itself.
_ARTICLES = frozenset(("un", "une", "uno", "one", "eins", "null", "zero"))
_WORD = re.compile(r"[^\W\d_]+")
_JOINS = frozenset(("et", "and", "und", "y", "e"))


def spelled_number(tokens: list[str], language: str) -> tuple[Decimal, int] | None:
    """Read the number that a row of folded words begins with.

    Args:
        tokens: folded words, "quatre", "vingt", "dix".
        language: ISO 639-1 code; another language has no numbers in words.

    Returns:
        The value and how many words it takes; None where none begins here, or only "un".
    """
    values = _values(language)
    total, current, used = Decimal(0), Decimal(0), 0
    for place, token in enumerate(tokens):
        value = values.get(token)
        if value is None:
            if (
                token in _JOINS
                and used
                and place + 1 < len(tokens)
                and 0 < values.get(tokens[place + 1], 0) < 20
            ):
                continue
            break
        if used and not _goes_on(int(current), value, tokens[place - 1] in _JOINS):
            break
        total, current = _added(total, current, value)
        used = place + 1
    if not used or (used == 1 and tokens[0] in _ARTICLES):
        return None
    return total + current, used


def fraction(token: str, language: str) -> Decimal | None:
    """Return the part that a folded word names: "tiers" is 1/3."""
    part = _FRACTIONS.get(language, {}).get(token)
    return Decimal(1) / part if part else None


def _added(total: Decimal, current: Decimal, value: int) -> tuple[Decimal, Decimal]:
    if value == 1000:
        return total + max(current, Decimal(1)) * 1000, Decimal(0)
    if value == 100:
        return total, max(current, Decimal(1)) * 100
    if current and current % 100 == 4 and value == 20:  # quatre-vingt(s)
        return total, current - 4 + 80
    return total, current + value


def _goes_on(current: int, value: int, joined: bool) -> bool:
    """Tell whether a word goes on with the number before it: "trente deux", not "deux trois"."""
    if value >= 100:
        return value == 1000 or current < 10
    if value == 20 and current % 100 == 4:
        return True
    rest = current % 100
    if rest == 10 and 7 <= value <= 9:  # dix-sept
        return True
    return (
        rest == 0
        or (rest % 10 == 0 and rest >= 20 and value < 20 and (value < 10 or rest in (60, 80)))
        or (joined and rest % 10 == 0 and value < 20)
    )


@cache
def _values(language: str) -> dict[str, int]:
    if language not in _ONES:
        return {}
    found = {word: value for value, word in enumerate(_ONES[language].split(" ")) if "-" not in word}
    found |= {word: 10 * value for value, word in enumerate(_TENS[language].split(" "), start=2)}
    found |= dict.fromkeys(_HUNDRED[language], 100) | dict.fromkeys(_THOUSAND[language], 1000)
    found |= _ROUND[language]
    found |= {f"{word}s": value for word, value in _ROUND[language].items() if value > 3}
    return found | {"une": 1, "one": 1} if language == "fr" else found


def folded_words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text, folded, each with its start and end."""
    return [
        (folded, match.start(), match.end())
        for match in _WORD.finditer(text)
        if (folded := folded_word(match.group()))
    ]


@lru_cache(maxsize=1 << 15)
def folded_word(word: str) -> str:
    """Return one word folded; "" where nothing of it is left."""
    found = words(word)
    return found[0] if found else ""
