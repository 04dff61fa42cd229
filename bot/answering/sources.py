"""Outlets and languages that a question asks to be answered from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from bot.answering.date_words import folded
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class AskedSources:
    """Outlets and languages that a question names as its sources, and the words that say so."""

    publishers: tuple[str, ...]
    languages: tuple[str, ...]
    words: str


_LONGEST_NAME = 8  # words
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = {"le", "la", "les", "l", "the"}
# A name that goes on behind these is whole before them: Le Courrier | du Littoral.
_JOINTS = {"de", "du", "des", "d", "of", "et", "and"}
# Behind these stands a source, even where only a part of its name does.
_ACCORDING_TO = re.compile(
    r"\b(?:selon|d'apres|a\s+en\s+croire|according\s+to|reported\s+by|as\s+told\s+by"
    r"|que\s+(?:dit|disait|ecrit|ecrivait|rapporte|rapportait|raconte|revele)"
    r"|qu'a\s+(?:dit|ecrit|rapporte|publie|revele))\s+$"
)
# Behind these an outlet may stand, but so may a place: its whole name must.
_IN = re.compile(r"\b(?:dans|sur|in|from|par|by|articles?\s+(?:de|du|d'|of)|what\s+(?:did|does|has|do))\s*$")
_AND = re.compile(r"\s*(?:,|et|and|ou|or)\s+$")
_SAYS = re.compile(r"\s+(?:say|said|report|write|wrote|publish|reveal|claim|quote|tell)")
_PRESS_FR = r"(?:presse|medias?|journaux|articles?|couverture|sources?|titres)"
_PRESS_EN = r"(?:coverage|press|media|articles?|newspapers?|papers|sources|outlets|reports|reporting|news)"
_SPOKEN = {
    "anglophone": "en", "francophone": "fr", "germanophone": "de", "hispanophone": "es", "italophone": "it",
    "lusophone": "pt", "russophone": "ru", "arabophone": "ar", "sinophone": "zh", "neerlandophone": "nl",
}  # fmt: skip


def asked_sources(question: str, publishers: Sequence[str]) -> AskedSources | None:
    """Return the sources that a question asks for, None where it names none.

    "Selon Le Courrier" is a source, "selon John Kirby" is part of what is asked: a source is one of the
    collection's outlets. A part of a name counts behind "selon" and its like, where it fits one outlet only.

    Args:
        question: as it was asked, French or English.
        publishers: the outlets of the collection.
    """
    named, place = _named_outlets(question, publishers)
    languages, where = _named_languages(question)
    places = [span for span in (place, where) if span]
    if not places:
        return None
    start, end = min(start for start, _ in places), max(end for _, end in places)
    return AskedSources(named, languages, question[start:end])


def language_codes(name: str) -> tuple[str, ...]:
    """Return the ISO 639-1 codes that a code or a language's name in French or English means."""
    asked = " ".join(words(name))
    return tuple(sorted({code for known, code in _languages().items() if asked in (known, code)}))


def _named_outlets(
    question: str, publishers: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """Return the outlets named one after another, and where the first begins and the last ends."""
    text, tokens = folded(question), list(_WORD.finditer(question))
    found: tuple[str, ...] = ()
    place: tuple[int, int] | None = None
    for position, token in enumerate(tokens):
        if place and token.start() < place[1]:
            continue
        before = text[: token.start()]
        goes_on = place is not None and bool(_AND.match(text[place[1] : token.start()]))
        is_certain = goes_on or bool(_ACCORDING_TO.search(before))
        if not is_certain and not _IN.search(before):
            continue
        match = _outlet_at(
            question, tokens[position : position + _LONGEST_NAME], publishers, whole=not is_certain
        )
        if match and _is_source(before, text[match[1] :]):
            found += match[0]
            place = (place[0] if place else token.start(), match[1])
    return found, place


def _is_source(before: str, after: str) -> bool:
    """Tell whether "what did X" goes on with what a newspaper does."""
    return not re.search(r"\bwhat\s+(?:did|does|has|do)\s*$", before) or bool(_SAYS.match(after))


def _outlet_at(
    question: str, tokens: Sequence[re.Match[str]], publishers: Sequence[str], *, whole: bool
) -> tuple[tuple[str, ...], int] | None:
    """Return the outlet whose name begins with the tokens, the longest first, and where it ends."""
    for count in range(len(tokens), 0, -1):
        start, end = tokens[0].start(), tokens[count - 1].end()
        written = question[start:end]
        fitting = {" ".join(words(name)): name for name in publishers if _fits(written, name, whole=whole)}
        if len(fitting) == 1:
            (folded_name,) = fitting
            return tuple(name for name in publishers if " ".join(words(name)) == folded_name), end
    return None


def _fits(written: str, name: str, *, whole: bool) -> bool:
    """Tell whether what was written is an outlet's name, or a part that people call it by."""
    asked, full = _bare(words(written)), _bare(words(name))
    if not asked or asked == full:
        return bool(asked)
    if whole or written.islower() or len(asked) >= len(full):
        return False
    begins, ends = full[: len(asked)] == asked, full[-len(asked) :] == asked
    rest, joint = full[len(asked)], full[-len(asked) - 1]
    has_article = words(written)[0] in _ARTICLES
    return (begins and (rest in _JOINTS or rest.isdigit())) or (
        ends and has_article and joint not in _JOINTS | _ARTICLES
    )


def _bare(name: Sequence[str]) -> list[str]:
    return list(name[1:] if name and name[0] in _ARTICLES else name)


def _named_languages(question: str) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    text = folded(question)
    for pattern in _language_patterns():
        match = pattern.search(text)
        if match:
            return (_code(match["language"]),), match.span("words")
    return (), None


def _code(written: str) -> str:
    known = _languages() | _SPOKEN
    return (
        known.get(written) or known.get(written.rstrip("s")) or known[written.rstrip("s").removesuffix("e")]
    )


@cache
def _language_patterns() -> tuple[re.Pattern[str], ...]:
    names = sorted(_languages(), key=len, reverse=True)
    adjective = rf"(?P<language>(?:{'|'.join(map(re.escape, (*names, *_SPOKEN)))})e?s?)"
    return (
        re.compile(rf"\b(?:dans|selon|d'apres|que\s+(?:dit|disent)|par|qu'en\s+(?:dit|disent))\s+(?P<words>(?:la\s+|les\s+|des\s+)?"
                   rf"{_PRESS_FR}\s+(?:en\s+|de\s+langue\s+)?{adjective})\b"),
        re.compile(rf"\b(?:articles?|sources?)\s+(?P<words>en\s+{adjective})\b"),
        re.compile(rf"\b(?:in|from|by|according\s+to|what\s+(?:do|does|did))\s+(?P<words>(?:the\s+)?{adjective}"
                   rf"(?:[-\s]language)?\s+{_PRESS_EN})\b"),
        re.compile(rf"\b{_PRESS_EN}\s+(?P<words>(?:written\s+)?in\s+{adjective})\b"),
    )  # fmt: skip


@cache
def _languages() -> dict[str, str]:
    """Return the codes of the languages by their names in French and English, as CLDR has them."""
    names: dict[str, str] = {}
    for locale in ("fr", "en"):
        for code, name in Locale.parse(locale).languages.items():
            if len(code) == 2:
                names.setdefault(" ".join(words(name)), code)
    return names
