"""Numbers, amounts and percentages: what they are worth, in which unit, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from babel import Locale

from bot.answering.verification.number_words import MULTIPLIERS, folded_words, fraction, spelled_number
from index.types import Span
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BLANK = "\u0020\u00a0\u202f\u2009"
_DIGITS = re.compile(rf"\d{{1,3}}(?:[{_BLANK}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,'’]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*")
_PERCENT = re.compile(r"\s?(?:%|pour\s?cents?\b|per\s?cent\b|prozent\b|por\s?ciento\b)", re.IGNORECASE)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB"}
# Words for money of which CLDR has only the long name: "pound sterling", "US-Dollar".
_MONEY_WORDS = {
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP", "livre": "GBP",
    "livres": "GBP", "sterling": "GBP", "pfund": "GBP", "dolar": "USD", "dolares": "USD", "yen": "JPY", "yens": "JPY",
}  # fmt: skip
_BETWEEN = re.compile(rf"[{_BLANK}]?(?:d['’]|de\s|of\s|-)?[{_BLANK}]?")
_NEAR = 26
# "A third of them" is a part, "the third century" is not.
_PER = re.compile(r"\b(?:pour|per|por)\s$", re.IGNORECASE)
_ORDINALS_TOO = frozenset(("third", "fifth", "tenth", "cinquieme", "dixieme", "cuarto"))
# "Un vol sur trois", "two in five", "seven out of ten patients".
_IN = re.compile(
    r"(?:\b(?P<one>une?|one|einer?|eine[ms]|uno?|una))?(?P<between>\s(?:[^\W\d]+\s){0,2}?)(?:sur|in|out\sof|von|de\scada|su)\s$",
    re.IGNORECASE,
)
_ONE = frozenset((Decimal(1),))
# A half of a match is no half of anything.
_HALF_TIME = re.compile(r"\bhalf[- ]time\b|\b(?:first|second)[- ]half\b", re.IGNORECASE)
_TAKEN_PART = re.compile(r"\b(?:an?|one|by|un|d['’]un)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text.

    Args:
        values: what it may be worth: "12,000" is twelve thousand in English and twelve in French.
        unit: "%", a currency's ISO 4217 code, or "" for a plain count.
        span: where it stands, unit aside.
    """

    values: frozenset[Decimal]
    unit: str
    span: Span

    def equals(self, other: Number) -> bool:
        """Tell whether both may be worth the same, in the same unit where both have one."""
        return bool(self.values & other.values) and self.unit == other.unit


@lru_cache(maxsize=4096)
def numbers_in(text: str, language: str, *, besides: tuple[Span, ...] = ()) -> tuple[Number, ...]:
    """Return the numbers of a text in order, in digits and in words.

    Args:
        text: any text.
        language: ISO 639-1 code, for numbers in words.
        besides: stretches that are something else, such as dates.
    """
    found = [*_in_digits(text), *_in_words(text, language)]
    found = _with_shares(text, sorted(found, key=lambda number: number.span))
    return tuple(n for n in found if not any(n.span.start < b.end and b.start < n.span.end for b in besides))


def _with_shares(text: str, found: list[Number]) -> list[Number]:
    """Let the second number of "one flight in three", "un vol sur trois", also be worth a third."""
    read: list[Number] = []
    for place, number in enumerate(found):
        start = max(0, number.span.start - _NEAR)
        of = _IN.search(text[start : number.span.start])
        before = (
            found[place - 1].values
            if place and of and found[place - 1].span.end == start + of.start("between")
            else _ONE
        )
        shares = frozenset(a / b for a in before for b in number.values if b > a) if of else frozenset()
        is_share = of is not None and (bool(of["one"]) or before is not _ONE)
        read.append(replace(number, values=number.values | shares) if is_share else number)
    return read


def missing_numbers(drafted: Iterable[Number], there: Sequence[Number]) -> tuple[Number, ...]:
    """Return the drafted numbers that equal none of those that are there."""
    return tuple(number for number in drafted if not any(number.equals(other) for other in there))


def _in_digits(text: str) -> Iterable[Number]:
    for match in _DIGITS.finditer(text):
        if _belongs_to_a_word(text[: match.start()]):
            continue
        multiplier, end = _multiplier(text, match.end())
        values = frozenset(value * multiplier for value in _values(match.group()))
        yield Number(values, _unit(text, match.start(), end), Span(match.start(), end))


def _belongs_to_a_word(before: str) -> bool:
    """Tell whether digits are part of a name: Su-35, CO2, B12, A380."""
    return bool(re.search(r"[^\W\d_]-?$", before)) and not re.search(r"\b(?:de|du|à|to|and|mi)-$", before)


def _values(digits: str) -> set[Decimal]:
    plain = re.sub(rf"[{_BLANK}]", "", digits)
    grouped = _GROUPED.fullmatch(plain)
    values: set[Decimal] = set()
    if grouped:
        values.add(Decimal(re.sub(r"\D", "", plain)))
    parts = re.split(r"[.,'’]", plain)
    if len(parts) == 1:
        values.add(Decimal(plain))
    elif not grouped or len(parts) == 2:
        values.add(Decimal("".join(parts[:-1]) + "." + parts[-1]))
    return values


def _multiplier(text: str, end: int) -> tuple[int, int]:
    match = re.compile(rf"[{_BLANK}-]?([^\W\d_]+)").match(text, end)
    word = words(match[1])[:1] if match else []
    # "5 m" is five metres; "$5m" is five millions.
    if match and word and word[0] in MULTIPLIERS and (len(word[0]) > 1 or match.start(1) == end):
        return MULTIPLIERS[word[0]], match.end()
    return 1, end


def _in_words(text: str, language: str) -> Iterable[Number]:
    tokens = folded_words(text)
    place = 0
    while place < len(tokens):
        number = _number_at(text, tokens, place, language)
        if number:
            yield number
        end = number.span.end if number else tokens[place][2]
        while place < len(tokens) and tokens[place][1] < end:
            place += 1


def _number_at(text: str, tokens: list[tuple[str, int, int]], place: int, language: str) -> Number | None:
    if tokens[place][0].startswith("cent") and _PER.search(
        text[: tokens[place][1]]
    ):  # "pour cent" is no hundred
        return None
    spelled = spelled_number(_row(tokens[place : place + 8], text), language)
    if spelled:
        value, used = spelled
        return _worded(text, value, tokens, (place, place + used), language)
    word, start, end = tokens[place]
    part = fraction(word, language)
    if word == "half" and _HALF_TIME.search(text[max(0, start - 8) : end + 6]):
        return None
    if part is None or (word in _ORDINALS_TOO and not _TAKEN_PART.search(text[:start])):
        return None
    return Number(frozenset({part}), "", Span(start, end))


def _row(tokens: list[tuple[str, int, int]], text: str) -> list[str]:
    """Return the words until something but a blank or a hyphen stands between two of them."""
    row = [tokens[0][0]]
    for (_, _, end), (word, start, _) in pairwise(tokens):
        if text[end:start].strip(_BLANK + "\n-"):
            break
        row.append(word)
    return row


def _worded(
    text: str, value: Decimal, tokens: list[tuple[str, int, int]], place: tuple[int, int], language: str
) -> Number:
    start, end = place
    following = tokens[end][0] if end < len(tokens) else ""
    part = fraction(following, language)
    if part and following not in ("half", "demi"):
        value *= part
        end += 1
    elif following in MULTIPLIERS and following not in ("m", "k"):
        value *= MULTIPLIERS[following]
        end += 1
    span = Span(tokens[start][1], tokens[end - 1][2])
    return Number(frozenset({value}), _unit(text, span.start, span.end), span)


def _unit(text: str, start: int, end: int) -> str:
    before = text[start - 1 : start] or ""
    if before in _SIGNS:
        return _SIGNS[before]
    if _PERCENT.match(text, end):
        return "%"
    between = _BETWEEN.match(text, end)
    place = between.end() if between else end
    if text[place : place + 1] in _SIGNS:
        return _SIGNS[text[place]]
    word = words(text[place : place + _NEAR])[:1]
    return (_MONEY_WORDS.get(word[0]) or _currency_codes().get(text[place : place + 3], "")) if word else ""


@cache
def _currency_codes() -> dict[str, str]:
    return {str(code): str(code) for code in Locale("en").currencies}
