"""Who acts and who is acted on around a verb, read from the words before it, behind it and behind "by"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answering.verification.number_words import spelled_number
from bot.answering.verification.role_words import (
    AGENT_MARKS,
    BEING,
    COMPARING,
    COORDINATING,
    DETERMINERS,
    HELPING,
    JOINING,
    OBJECT_RELATIVES,
    PRONOUNS,
    REFLEXIVE,
    RELATIVES,
    SKIPPED,
    is_directed,
    ties,
)

if TYPE_CHECKING:
    from bot.answering.verification.alignment import Wording

_FRENCH_PARTICIPLE = re.compile(r"(?:é|u|is|ert|eint)e?s?$")
_FAR_BEFORE, _FAR_BEHIND = 16, 12
# Stands for a preposition that marks nobody: "by 23 seconds".
_BY_SO_MANY = "#"
_HARD = re.compile(r"[;:–—.!?…»«“”]|\s-\s")
_COMMA = re.compile(r"[,;:–—.!?…»«“”]")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and who is acted on, as far as the words around a verb tell.

    Args:
        agent: places of the words for who acts.
        patient: of those for who is acted on.
        before: of all telling words before the verb, up to a border.
        behind: of all behind it.
        has_subject: something stands before the verb as its subject, be it a pronoun.
        is_passive: "was beaten".
    """

    agent: frozenset[int]
    patient: frozenset[int]
    before: frozenset[int]
    behind: frozenset[int]
    has_subject: bool
    is_passive: bool


@lru_cache(maxsize=512)
def _borders(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _HARD.finditer(text))


def is_verb(words: Wording, place: int) -> bool:
    """Tell whether a word is used as a verb: one with a direction, or behind a helping verb; no noun behind "the"."""
    before = _word_before(words, place)
    if before is not None and (
        _raw(words, before) in DETERMINERS.get(words.language, ())
        or words.folded[before][:1].isdigit()
        or spelled_number([words.folded[before]], words.language)
    ):
        return False
    return is_verb_helped(words, place) or is_directed(words.folded[place], words.language)


def follows_article(words: Wording, place: int) -> bool:
    """Tell whether a French word stands right behind "le", "la" or "les": a noun, or a verb behind a pronoun."""
    return place > 0 and words.language == "fr" and _raw(words, place - 1) in ("le", "la", "les", "l")


def is_verb_helped(words: Wording, place: int) -> bool:
    """Tell whether a helping verb stands before a word."""
    before = _word_before(words, place)
    return before is not None and _raw(words, before) in HELPING | BEING


def _word_before(words: Wording, place: int) -> int | None:
    near = range(place - 1, max(-1, place - 4), -1)
    return next((before for before in near if words.folded[before] not in SKIPPED), None)


def roles_of(words: Wording, verb: int) -> Roles:
    """Return who acts and who is acted on around a verb of a text."""
    subject, has_subject, is_passive, relative = _before(words, verb)
    direct, agent, behind = _behind(words, verb)
    before = _stretch_before(words, verb)
    if not (is_passive or direct or agent) and words.language == "en" and not is_verb_helped(words, verb):
        subject = (
            frozenset()
        )  # "a throw refused", "pilots sent", "it broke": acting or acted on, nothing tells
    if is_passive or (agent and not direct):  # "was sold", "sold by the farm"
        return Roles(agent, subject, before, behind, has_subject, is_passive=True)
    return Roles(subject, relative or direct, before, behind, has_subject, is_passive=False)


def _stretch_before(words: Wording, verb: int) -> frozenset[int]:
    """Return the telling words from the last border to a verb."""
    end = words.spans[verb].start
    start = max((border for border in _borders(words.text) if border < end), default=-1)
    return frozenset(p for p in words.telling.tolist() if p < verb and words.spans[p].start > start)


def _before(words: Wording, verb: int) -> tuple[frozenset[int], bool, bool, frozenset[int]]:
    """Return the subject before a verb, whether there is one, whether it is passive, and what "that" stands for."""
    place = verb - 1
    passed: list[str] = []
    while place >= 0 and (_raw(words, place) in HELPING | BEING or words.folded[place] in SKIPPED):
        passed.append(_raw(words, place))
        place -= 1
    helpers = [word for word in passed if word in HELPING | BEING]  # the nearest first
    is_helped = bool(helpers)
    is_passive = is_helped and helpers[0] in BEING and not REFLEXIVE.intersection(passed)
    if _is_final(words, verb):
        place, passive = _before_finite(words, verb)
        is_passive |= passive
    elif not is_helped:
        is_passive = _is_bare_participle(words, verb)
    is_passive &= not words.folded[verb].endswith("ing")
    found = _unit_before(words, place, verb)
    if found is None:
        return frozenset(), False, is_passive, frozenset()
    unit, start = found
    if not unit:
        return frozenset(), True, is_passive, frozenset()
    mark = words.folded[start - 1] if start else ""
    relative = (
        frozenset(_unit_around(words, start - 2)) if mark in OBJECT_RELATIVES and start > 1 else frozenset()
    )
    return frozenset(unit), True, is_passive, relative


def _is_bare_participle(words: Wording, verb: int) -> bool:
    """Tell whether a verb is what was done to the word before it: "masques acquis", "The machine, bought"."""
    raw = _raw(words, verb)
    if words.language == "fr":
        return bool(_FRENCH_PARTICIPLE.search(raw))
    before = words.text[: words.spans[verb].start].rstrip()
    return before.endswith(",") and before.count(",") == 1 and not raw.endswith("s")


def _is_final(words: Wording, verb: int) -> bool:
    """Tell whether a German participle or infinitive closes its clause, far from the verb that is bent."""
    if words.language != "de":
        return False
    behind = words.text[words.spans[verb].end :].lstrip()
    return not behind or bool(_COMMA.match(behind)) or behind.startswith("und ")


def _before_finite(words: Wording, verb: int) -> tuple[int, bool]:
    for place in range(verb - 1, max(-1, verb - _FAR_BEFORE), -1):
        word = words.folded[place]
        if word in HELPING or word in BEING:
            return place - 1, word in BEING
    return verb - 1, False


def _unit_before(words: Wording, place: int, verb: int) -> tuple[set[int], int] | None:
    """Return the words that stand as subject before a place with where they begin; no words where it is a pronoun."""
    low = max(0, verb - _FAR_BEFORE)
    if place >= low and words.folded[place] in COORDINATING:  # "raised the wage and is offering": far before
        return set(), place
    while place >= low:
        if any(words.spans[place].end <= border < words.spans[verb].start for border in _borders(words.text)):
            return None
        word = words.folded[place]
        if word in RELATIVES:
            unit = _unit_around(words, place - 1)
            return (unit, min(unit)) if unit else None
        if word in PRONOUNS:
            return set(), place
        if words.stems[place] and not _is_aside(words, place):
            unit = _unit_around(words, place)
            first = min(unit)
            if _tie_before(words, first) and any(p < first for p in _stretch_before(words, verb)):
                place = first - 1
                continue
            return _with_apposition(words, unit), first
        place -= 1
    return None


def _tie_before(words: Wording, place: int) -> bool:
    """Tell whether an expression hangs on a preposition: "a zoo in Denmark" acts, Denmark does not."""
    for before in range(place - 1, max(-1, place - 3), -1):
        raw = _raw(words, before)
        if ties(raw, words.language):
            return True
        if words.stems[before] or raw not in DETERMINERS.get(words.language, ()):
            return False
    return False


def _with_apposition(words: Wording, unit: set[int]) -> set[int]:
    """Return a unit with the one that it explains between commas: "Ken Ollerton, a retired fireman, …"."""
    first = min(unit)
    place = first - 1
    while place >= 0 and not words.stems[place]:
        place -= 1
    if place < 0 or not re.fullmatch(
        r"\s?,\s\W*(?:\w{1,4}[\s'’.]\s?){0,2}", words.text[words.spans[place].end : words.spans[first].start]
    ):
        return unit
    behind = words.text[words.spans[max(unit)].end :].lstrip()
    return unit | _unit_around(words, place) if behind.startswith(",") else unit


def _behind(words: Wording, verb: int) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Return what stands behind a verb without a preposition, what stands behind "by", and all that does."""
    direct: set[int] = set()
    agent: set[int] = set()
    behind: set[int] = set()
    mark, compares = "", False
    end = words.spans[verb].end
    for place in range(verb + 1, min(len(words.spans), verb + 1 + _FAR_BEHIND)):
        if _HARD.search(words.text[end : words.spans[place].start]):
            break
        end = words.spans[place].end
        word = _raw(words, place)
        if word in AGENT_MARKS.get(words.language, ()) or (
            ties(word, words.language) and word not in JOINING
        ):
            mark = _BY_SO_MANY if _counts(words, place + 1) else word
            continue
        if word in RELATIVES or (word in OBJECT_RELATIVES and not compares):
            break
        compares |= word in COMPARING
        if words.folded[place] in SKIPPED and words.stems[place]:
            mark = ""  # "en septembre": the preposition has what it asks for
        if not words.stems[place] or _is_aside(words, place):
            continue
        behind.add(place)
        if mark in AGENT_MARKS.get(words.language, ()) and not agent and not word.endswith("ing"):
            agent = _unit_around(words, place)
        elif not mark and not direct:
            direct = _unit_around(words, place) - set(range(verb + 1))
    return frozenset(direct), frozenset(agent), frozenset(behind)


def _counts(words: Wording, place: int) -> bool:
    """Tell whether a number stands at a place: what is voted "by 17 votes" is not voted on by votes."""
    return place < len(words.spans) and (
        words.folded[place][:1].isdigit() or bool(spelled_number([words.folded[place]], words.language))
    )


def _unit_around(words: Wording, place: int) -> set[int]:
    """Return the telling words that make one expression with a word: "the Halvorsen company", "la ferme de Pinfold"."""
    if place < 0 or not words.stems[place]:
        return set()
    unit = {place}
    for step in (-1, 1):
        last, at = place, place + step
        while 0 <= at < len(words.spans) and _joined(words, last, at):
            if words.stems[at] and not _is_aside(words, at):
                unit.add(at)
                last = at
            elif words.folded[at] not in JOINING:
                break
            at += step
    return unit


def _joined(words: Wording, one: int, other: int) -> bool:
    first, second = sorted((one, other))
    between = words.text[words.spans[first].end : words.spans[second].start]
    if _COMMA.search(between):
        return False
    return not (is_directed(words.folded[other], words.language) and not is_name(words, other))


def _is_aside(words: Wording, place: int) -> bool:
    """Tell whether a word is a number or says when: it acts on nothing."""
    return words.folded[place][:1].isdigit() or words.folded[place] in SKIPPED


def is_name(words: Wording, place: int) -> bool:
    """Tell whether a word inside of a text is written with a capital."""
    return place > 0 and words.text[words.spans[place].start].isupper()


def _raw(words: Wording, place: int) -> str:
    """Return a word in lower case with its accents: "à" is no "a"."""
    return words.spans[place].of(words.text).lower()
