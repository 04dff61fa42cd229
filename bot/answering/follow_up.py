"""What is searched for a question that leans on an earlier one: "Et l'Ukraine ?", "when was that?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.dates import years_in
from bot.answering.leaning import asks_itself, language_of, leans, telling_words
from bot.answering.names import is_state, names_in
from bot.answering.question import LONGEST_QUESTION
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What is carried over is short, or a long conversation would search for all that was ever said in it.
_MOST_WORDS = 12
_MOST_CHARACTERS = 240
_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
# "pourrait-il", "justifie-t-il": the verb says something, the pronoun does not.
_INVERTED = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|ce|je|tu|nous|vous|y|en)$", re.IGNORECASE)
# A completed question, as it is written below.
_COMPLETED = re.compile(r"(?P<asked>.+) \((?P<about>[^()]+)\)", re.DOTALL)
_LEADING = re.compile(
    r"^\W*(?:(?:et|mais|ou|aussi|alors|sinon|puis|and|but|or|also|so)\b\W*)*"
    r"(?:(?:what|how)\s+about\b\W*|qu['’]en\s+est-il\s+d[eu]\b\W*|quid\s+d[eu]\b\W*|(?:pour|for)\b\W*)?",
    re.IGNORECASE,
)
_OF = r"(?:de\s+la\s+|de\s+l['’]\s?|de\s+|du\s+|des\s+|d['’]\s?|of\s+the\s+|of\s+)"
_THE = r"(?:(?:le|la|les|un|une|the|an?)\s+|l['’]\s?)"
_TIE = r"(?:(?P<tie>à|au|aux|en|dans|in|at|de|du|des|of|chez|par|by|sur|on|avec|with|from)\s+|(?P<elided>d)['’]\s?)"
_FRAGMENT = re.compile(rf"{_TIE}?(?P<article>{_THE}?)(?P<rest>\S.*?)[\s?!.…]*$", re.IGNORECASE | re.DOTALL)
_BEFORE_NAME = re.compile(rf"(?:\b{_TIE})?(?:\b{_THE})?$", re.IGNORECASE)
# "le pont de Corvelle": a thing that a name tells from others.
_THING = re.compile(rf"\b{_THE}?[^\W\d_][\w-]+\s+{_OF}$", re.IGNORECASE)
_SAME_TIE = {"au": "à", "aux": "à", "en": "à", "dans": "à", "in": "à", "at": "à"} | dict.fromkeys(
    ("du", "des", "d", "of"), "de"
)


def follow_up(text: str, previous: str, language: str) -> str:
    """Return what is searched for a question that was asked under an earlier answer.

    What leans on the earlier question is completed. A name, a year or a named thing takes the place
    of the one of its kind ("Et l'Ukraine ?"). What asks something itself is followed by the words
    that say what the earlier question was about; its question word would be answered once more.
    Anything else ("and the pilots?") is followed by the earlier question.

    Args:
        text: the question as it was asked.
        previous: what was searched for the earlier one, itself completed perhaps.
        language: ISO 639-1 code of ``text``.

    Returns:
        ``text`` itself where it stands by itself or is too long; else at most
        :data:`LONGEST_QUESTION` characters.
    """
    if len(text) > LONGEST_QUESTION or not leans(text, language):
        return text
    if asks_itself(text, language):
        return _completed(text, _topic(previous))
    code = language_of(text, language) or language
    replaced = _replaced(_LEADING.sub("", text), previous, code)
    if replaced and len(replaced) <= LONGEST_QUESTION:
        return replaced
    return _completed(text, _question(previous).split())


def _completed(text: str, about: Iterable[str]) -> str:
    room = min(_MOST_CHARACTERS, LONGEST_QUESTION - len(text) - len(" ()"))
    carried = " ".join(_fitting(about, room))
    return f"{text} ({carried})" if carried else text


def _fitting(about: Iterable[str], room: int) -> Iterator[str]:
    for word in about:
        room -= len(word) + 1
        if room < 0:
            return
        yield word


def _topic(previous: str) -> tuple[str, ...]:
    """Return the words that say what a question is about, as they are written, each once."""
    telling = set(telling_words(previous))
    found: dict[str, str] = {}
    for number, match in enumerate(_WORD.finditer(previous)):
        word = _INVERTED.sub("", match.group())
        folded = words(word)
        if telling.intersection(folded):
            found.setdefault(" ".join(folded), _uncapitalised(word) if number == 0 else word)
    return tuple(found.values())[:_MOST_WORDS]


def _question(previous: str) -> str:
    """Return an earlier question to be put in parentheses, without those of its own."""
    completed = _COMPLETED.fullmatch(previous)
    if completed is None:
        return _uncapitalised(previous.strip("?!. …\u00a0\u202f").replace("(", "").replace(")", ""))
    if asks_itself(completed["asked"], "fr"):
        return f"{_question(completed['asked'])} {completed['about']}"
    return completed["about"]


def _uncapitalised(text: str) -> str:
    """Return a text whose first capital is none: it would be taken for a name."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _replaced(fragment: str, previous: str, language: str) -> str | None:
    """Return the earlier question with what the fragment names in place of one of its kind, if it tells."""
    match = _FRAGMENT.match(fragment)
    if match is None:
        return None
    rest = match["rest"]
    if years_in(rest) == (rest,):
        return _with_year(rest, previous)
    names = names_in(f"x {rest}", language)  # a word that opens a question is not taken for a name
    if names == (rest,) and rest not in names_in(previous, language):
        return _with_name(rest, _tie(match), previous, language)
    if len(names) == 1 and rest.endswith(names[0]) and _THING.search(rest.removesuffix(names[0])):
        return _with_thing(match["article"] + rest, previous, language)
    return None


def _with_year(year: str, previous: str) -> str | None:
    years = years_in(previous)
    return previous.replace(years[0], year) if len(years) == 1 else None


def _with_name(name: str, tie: str, previous: str, language: str) -> str | None:
    """Put a name in place of the last that is tied alike ("à Montrelle", "à Valbreuse").

    Where nothing ties it ("l'Ukraine"), there must be one such name, and both states or neither.
    """
    alike = [(start, old) for start, old in _names(previous, language) if _tie_before(previous, start) == tie]
    if not alike:
        return None
    start, old = alike[-1]
    if not tie and (len(alike) > 1 or is_state(name, language) != is_state(old, language)):
        return None
    return previous[:start] + name + previous[start + len(old) :]


def _with_thing(thing: str, previous: str, language: str) -> str | None:
    """Put a named thing in place of the last: "le tramway de Valbreuse" for "le pont de Corvelle"."""
    things = [
        (match.start(), start + len(old))
        for start, old in _names(previous, language)
        if (match := _THING.search(previous[:start]))
    ]
    if not things:
        return None
    start, end = things[-1]
    return previous[:start] + thing + previous[end:]


def _names(text: str, language: str) -> list[tuple[int, str]]:
    """Return the names of a question with their places, in order."""
    names = set(names_in(text, language))
    return sorted((m.start(), name) for name in names for m in re.finditer(rf"\b{re.escape(name)}\b", text))


def _tie_before(text: str, start: int) -> str:
    match = _BEFORE_NAME.search(text[:start])
    return _tie(match) if match else ""


def _tie(match: re.Match[str]) -> str:
    """Return the preposition of a match, one for all that mean the same."""
    tie = (match["tie"] or match["elided"] or "").lower()
    return _SAME_TIE.get(tie, tie)
