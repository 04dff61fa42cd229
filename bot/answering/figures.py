"""Numbers that a sentence gives, in figures or in French and English words, as values that compare."""

from __future__ import annotations

import re
from typing import Literal

from bot.answering.date_words import MONTH, folded

_SMALL = {
    "zero": 0, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30,
    "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "nonante": 90,
    "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_ONE = {"un": 1, "une": 1, "one": 1}  # alone they are articles; behind a ten they count
_HUNDRED = {"cent": 100, "cents": 100, "hundred": 100}
_SCALE = {
    "mille": 1e3, "thousand": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9,
    "billion": 1e9, "billions": 1e9, "m": 1e6, "bn": 1e9,
}  # fmt: skip
_WORDS = "|".join(sorted((*_SMALL, *_ONE, *_HUNDRED), key=len, reverse=True))
_WORDED = rf"(?:{_WORDS})(?:(?:[-\s]|\s+(?:et|and)\s+|-et-)(?:{_WORDS}))*"
_DIGITS = r"\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_MONEY = r"(?:€|\$|£|euros?|dollars?|livres?|pounds?|eur|usd)"
_FIGURE = re.compile(
    rf"(?P<before>[€$£]\s?)?(?<![\w.,])(?<!n° )(?<!no )(?:(?P<digits>{_DIGITS})|(?P<words>{_WORDED}))(?:[\s-]?(?P<scale>{'|'.join(_SCALE)})\b)?"
    rf"(?P<after>\s?(?:d'|of\s+|de\s+)?{_MONEY}|\s?%|\s?h(?:eures?)?(?:\s?\d{{1,2}})?(?!\w)|\s?(?:ans|years?|minutes?)\b|\s?(?:er\s+)?{MONTH}|(?:st|nd|rd|th|er|e)\b)?(?!\w)"
)
_IS_MONEY = re.compile(rf"^\s?(?:d'|of\s+|de\s+)?{_MONEY}$")


def figures_in(sentence: str, kind: Literal["amount", "number"]) -> frozenset[float]:
    """Return the values of a sentence's amounts of money, or of its plain numbers.

    Shares, hours, ages, days of a month and years are none: they count something else.

    Args:
        sentence: as it stands in the article.
        kind: which of them.
    """
    text = folded(sentence).replace("\u202f", " ")
    found = (match for match in _FIGURE.finditer(text))
    return frozenset(value for match in found if _is_of(match, kind) and (value := _value(match)) is not None)


def _is_of(match: re.Match[str], kind: str) -> bool:
    is_money = bool(match["before"] or (match["after"] and _IS_MONEY.match(match["after"])))
    return is_money if kind == "amount" else not is_money and not match["after"] and not _is_year(match)


def _is_year(match: re.Match[str]) -> bool:
    digits = match["digits"]
    return bool(digits and re.fullmatch(r"(?:1[5-9]|20)\d\d", digits) and not match["scale"])


def _value(match: re.Match[str]) -> float | None:
    value = _of_digits(match["digits"]) if match["digits"] else _of_words(match["words"])
    if value is None:
        return None
    return round(value * _SCALE.get(match["scale"] or "", 1.0), 2)


def _of_digits(digits: str) -> float:
    """Read "18 500", "2,900", "3,5": a mark before three figures groups them, another is the decimal mark."""
    grouped = re.sub(r"[ .,](?=\d{3}(?!\d))", "", digits)
    return float(grouped.replace(",", "."))


def _of_words(text: str) -> float | None:
    """Read "dix-sept", "quatre-vingt-douze", "twenty-three", "deux cent quarante"."""
    parts = [part for part in re.split(r"[-\s]+", text) if part not in ("et", "and")]
    if all(part in _ONE for part in parts):
        return None
    total = 0.0
    for part in parts:
        if part in _HUNDRED:
            total = max(total, 1) * 100
        elif part == "vingt" and total == 4:
            total = 80
        else:
            total += _SMALL.get(part) or _ONE.get(part, 0)
    return total
