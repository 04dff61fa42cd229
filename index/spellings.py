"""Whether two spellings of a name sound alike, in one script or in two: Путин, Poutine, Putin, Πούτιν, بوتين.

Both are written in Latin letters, and their groups of letters read as consonants, several where languages differ:
"ch" is Chirac's or Achille's. Consonants must agree; vowels, which vary most, must be of the same half of the mouth.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, TypeAlias

from anyascii import anyascii

from index.words import stems, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Consonants in order, and of the vowels before, between and behind them what they may be: back, front, none.
_Reading: TypeAlias = "tuple[str, tuple[frozenset[str], ...]]"

# Letters as they are read anywhere; capitals are consonants (S as in "shoe", Z as in "sue" and "zoo"), "-" is silent.
_ANYWHERE = {letter: letter.upper() for letter in "bdfgklmnprtz"} | {
    "c": "K", "h": "-", "j": "i", "q": "K", "s": "Z", "v": "F", "w": "F u", "x": "KZ", "'": "-",
}  # fmt: skip
# Groups of letters by script, as the script is spelled in Latin letters; the longest counts.
_GROUPS: Mapping[str, Mapping[str, str]] = {
    "LATIN": {
        "tsch": "S", "shch": "S", "chtch": "S", "stch": "S", "schtsch": "S", "sch": "S ZK", "tch": "S", "ch": "S K",
        "sh": "S", "zh": "S", "cz": "S", "sz": "S", "ts": "Z S", "tz": "Z TZ", "dj": "S", "dzh": "S", "dz": "Z",
        "ck": "K", "kh": "K -", "gh": "G -", "ph": "F", "th": "T", "qu": "K", "j": "S i K", "s": "Z S", "z": "Z S",
        "ce": "Ze", "ci": "Zi Si", "cy": "Zy", "ge": "Ge Se", "gi": "Gi Si", "gue": "Ge", "gui": "Gi", "dge": "Se",
    },
    "CYRILLIC": {
        "shch": "S", "sh": "S", "ch": "S", "zh": "S", "dzh": "S", "ts": "Z", "dz": "Z", "kh": "K -", "g": "G -",
    },
    "GREEK": {
        "ch": "K -", "mp": "MP B", "nt": "NT D ND", "gk": "G NK", "gg": "NG G", "tz": "S Z", "ts": "Z S", "th": "T",
        "ps": "PZ", "s": "Z S", "z": "Z S", "g": "G -",
    },
    "ARABIC": {
        "tsh": "S", "ts": "Z", "sh": "S", "kh": "K", "gh": "G", "th": "T", "dh": "D", "b": "B P", "j": "S G",
        "q": "K G", "k": "K G", "w": "u F",
    },
}  # fmt: skip
# At the start of a word, and at its end, some are read otherwise.
_AT_START: Mapping[str, Mapping[str, str]] = {
    "CYRILLIC": {"v": "F u"},
    "GREEK": {"mp": "B", "nt": "D", "gk": "G"},
}
_AT_END: Mapping[str, Mapping[str, str]] = {"LATIN": {"c": "K S"}}
# A stemmer takes these for endings: Хрущёв, Путин.
_SURNAME = re.compile(r"(?:[её]в|ов|[иы]н)$")
_LONGEST = 7
_LONGEST_NAME = 40
_VOWELS = frozenset("aeiouy")
_BETWEEN = frozenset("aeiouyhjw'")
_NO_LETTER = re.compile(r"[^a-z']+")
_MOST_READINGS = 64
_ANY = frozenset("-bf")
# With fewer consonants any word is like many others.
_FEWEST = 2
# A word of so many consonants is still the same with one vowel of the other half.
_MANY = 4
# Share of letters: two languages spell one name so differently.
_AS_NEAR = 0.3
# Arabic writes few of its vowels, and puts its article before a name.
_ARTICLE = "ال"


def script_of(text: str) -> str:
    """Return the script of a text's first letter, as Unicode names it; empty without a letter."""
    if text.isascii() and text.isalpha():
        return "LATIN"
    letter = next((character for character in text if character.isalpha()), "")
    return unicodedata.name(letter, "").split(" ", maxsplit=1)[0] if letter else ""


def is_read(script: str) -> bool:
    """Tell whether names in a script, as :func:`script_of` calls it, can be read aloud here."""
    return script in _GROUPS


def forms_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded, and those of Russian or Ukrainian without what declines them, too."""
    found = words(name)
    declined = [word for word in found if script_of(word) == "CYRILLIC" and not _SURNAME.search(word)]
    return tuple(dict.fromkeys((*found, *stems(" ".join(declined), "ru"))))


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two words may be the same name, each in the spelling of some language and script."""
    if _in_latin(one) and _in_latin(one) == _in_latin(other):
        return True
    heard: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for consonants, vowels in _readings(other):
        heard.setdefault(consonants, []).append(vowels)
    return any(
        _agree(consonants, vowels, others)
        for consonants, vowels in _readings(one)
        for others in heard.get(consonants, ())
    )


class Spelled:
    """Words among which names are looked for, whatever they are spelled like."""

    def __init__(self, among: Iterable[str]) -> None:
        """Take words, folded, without spaces."""
        self._words: dict[str, dict[str, list[str]]] = {}
        for word in among:
            self._words.setdefault(script_of(word), {}).setdefault(_in_latin(word), []).append(word)
        starting: dict[tuple[str, str], list[str]] = {}
        for script, words_of_script in self._words.items():
            for spelled in words_of_script:
                starting.setdefault((script, spelled[:1]), []).append(spelled)
        # One text for all that begin alike: a pattern goes through it many times as fast as through each word.
        self._texts = {start: " ".join(spelled) for start, spelled in starting.items()}

    def like(self, name: str) -> tuple[str, ...]:
        """Return those of the words that may be spellings of a name of one word; of one that tells little, none."""
        found = []
        for (script, first), text in self._texts.items():
            rough = _rough(name, script)
            if rough and first and first in rough.starts:
                found += [w for near in rough.pattern.findall(text) for w in self._words[script][near]]
        return tuple(word for word in found if sound_alike(name, word))

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return of those words the ones that are spelled most like the name, once both are in Latin letters."""
        spelled = SequenceMatcher(None, b=_in_latin(name), autojunk=False)
        near: dict[str, float] = {}
        for word in self.like(name):
            spelled.set_seq1(_in_latin(word))
            near[word] = spelled.ratio()
        least = max(near.values(), default=0.0) - _AS_NEAR
        return tuple(word for word, ratio in near.items() if ratio >= least)


def _agree(consonants: str, one: tuple[frozenset[str], ...], other: tuple[frozenset[str], ...]) -> bool:
    if len(consonants) < _FEWEST:
        return False
    # With two consonants the vowels are half of the word: then one at the end, or none, must be so in both.
    inner = slice(1, None if len(consonants) <= 2 else -1)
    differing = sum(not a & b for a, b in zip(one[inner], other[inner], strict=True))
    begins = bool(one[0] & other[0]) or ("-" not in one[0] and "-" not in other[0])
    return begins and differing <= (len(consonants) >= _MANY)


@lru_cache(maxsize=16384)
def _readings(word: str) -> frozenset[_Reading]:
    script = script_of(word)
    read = islice(product(*_pieces(word, script)), _MOST_READINGS)
    return frozenset(_reading("".join(pieces), script) for pieces in read)


def _reading(heard: str, script: str) -> _Reading:
    once = re.sub(r"([A-Z])\1+", r"\1", heard)
    vowels = re.split(r"[A-Z]", once)
    return "".join(filter(str.isupper, once)), tuple(_vowels(each, script) for each in vowels)


@cache
def _vowels(letters: str, script: str) -> frozenset[str]:
    """Return what vowels may be: "b" back, "f" front, "-" none."""
    if not letters:
        return _ANY if script == "ARABIC" else frozenset("-")
    back = "b" if set(letters) & set("aouw") else ""
    # An Arabic alif may be either; an English "a" is often front: lady, Davis.
    front = "f" if set(letters) & set("eiy") or letters == "a" else ""
    return frozenset((back + front or "-") + ("-" if letters == "e" else ""))


@lru_cache(maxsize=16384)
def _pieces(word: str, script: str) -> tuple[tuple[str, ...], ...]:
    """Return how each group of letters may be read, in order."""
    bare = word.removeprefix(_ARTICLE) if script == "ARABIC" and len(word) > _MANY else word
    letters = _in_latin(bare)
    pieces = []
    place = 0
    while place < len(letters):
        group, read = _next_piece(letters, place, script)
        pieces.append(tuple("" if each == "-" else each for each in read.split()))
        place += len(group)
    return tuple(pieces)


def _in_latin(word: str) -> str:
    """Return a word in small Latin letters and apostrophes alone; nothing where it has no letters."""
    if word.isascii() and word.isalpha():
        return word.lower()
    return _NO_LETTER.sub("", anyascii(word).lower())


def _next_piece(letters: str, place: int, script: str) -> tuple[str, str]:
    """Return the longest known group of letters at a place, and its readings."""
    for size in range(_LONGEST, 0, -1):
        group = letters[place : place + size]
        tables = (
            _AT_START.get(script, {}) if place == 0 else {},
            _AT_END.get(script, {}) if place + size == len(letters) else {},
            _GROUPS.get(script, {}),
        )
        for table in tables:
            if group in table and len(group) == size:
                return group, table[group]
    return letters[place], _ANYWHERE.get(letters[place], letters[place])


@dataclass(frozen=True, slots=True)
class _Rough:
    """What every spelling of a name looks like in Latin letters.

    Args:
        pattern: its consonants in order, and between them what belongs to their neighbours. What comes before a letter
            is not that letter, so that there is one way only to match.
        starts: the letters with which it can begin.
    """

    pattern: re.Pattern[str]
    starts: frozenset[str]


@lru_cache(maxsize=256)
def _rough(name: str, script: str) -> _Rough | None:
    """Return how a name is spelled in a script; None where that would be like too many words.

    It lets few words in a thousand pass, and is a hundred times quicker than reading each.
    """
    letters = _letters(script)
    pieces = _pieces(name[:_LONGEST_NAME], script_of(name))
    wanted: list[set[str]] = []
    between = set(_BETWEEN)
    for piece in pieces:
        consonants = [consonant for reading in piece for consonant in reading if consonant.isupper()]
        each = set().union(*(letters[consonant] for consonant in consonants))
        # Silent or a vowel in one reading, or the second of two that one "x" may spell: it need not be there.
        if not all(reading[:1].isupper() for reading in piece) or (wanted and "x" in wanted[-1] & each):
            between |= each
        elif wanted[-1:] != [each]:
            wanted.append(each)
    if len(wanted) < _FEWEST:
        return None
    # Arabic does not write every vowel; where a consonant begins, an "e" may still come before it.
    is_first = all(reading[:1].isupper() for reading in pieces[0])
    is_written = "ARABIC" not in {script, script_of(name)}
    return _in_order(wanted, between, set("he") if is_first and is_written else between)


def _in_order(wanted: Sequence[set[str]], between: set[str], start: set[str]) -> _Rough:
    pattern, before, last = r"(?<!\S)", start, set[str]()
    for each in wanted:
        pattern += f"{_any_of(before - each)}[{''.join(sorted(each))}]"
        before, last = between | each | last, each
    return _Rough(re.compile(f"{pattern}{_any_of(before)}(?!\\S)"), frozenset(start | wanted[0]))


def _any_of(letters: set[str]) -> str:
    return f"[{''.join(sorted(letters))}]*" if letters else ""


@cache
def _letters(script: str) -> dict[str, set[str]]:
    """Return, by consonant, the letters of groups that are read as it."""
    found: dict[str, set[str]] = {consonant: set() for consonant in "BDFGKLMNPRSTZ"}
    tables = (_ANYWHERE, *(each.get(script, {}) for each in (_GROUPS, _AT_START, _AT_END)))
    for group, read in (pair for table in tables for pair in table.items()):
        for consonant in filter(str.isupper, read):
            found[consonant].update(set(group) - _VOWELS)
    return found
