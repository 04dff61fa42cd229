"""Proper names of a drafted sentence, and whether the cited words hold them in one of their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bot.answering.names import ADJECTIVES, TRANSLATED, skeleton, territory_codes
from index.types import Span
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
_TOKEN = re.compile(rf"{_LETTERS}(?:[-.]{_LETTERS})*")
# Capitalised by rule, by courtesy or as what they are: nobody's name.
_NOT_NAMES = frozenset(
    words(
        "I The A An M MM Mr Mrs Ms Mme Mmes Mlle Dr Pr Prof Me Mgr Col Gen Lt Rev Hon St President Mayor Chief Captain "
        "Commander Director Professor Minister Prime Superintendent Judge Senator Governor General Colonel Doctor Coach "
        "Incident Inspector Secretary Chancellor Le La Les L Un Une Des Du De D Il Elle Ils Elles On En Au Aux Ce Cette "
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Christmas Easter Noël "
        "Pâques MP MPs CEO II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI Highway Street Avenue Route km CO2 IA AI"
    )
)
# "IIIe siècle"
_CENTURY = re.compile(r"^([IVX]+)(?:e|ème|th|er)$")
# Words between two capitals of one name: "Le Courrier du Littoral", "Grise de Saint-Loup".
_ENDING = re.compile(
    r"(?:s|e|es|i|is|ien|ienne|iens|iennes|ais|aise|aises|ois|oise|oises|ain|aine|ains|aines|an|ane|ans|anes"
    r"|ian|ians|ese|ish|ique|iques|iste|istes|er|ers)?"
)
# What opens a sentence before a name and is no part of it: "Selon Leïla Benhamou", "After Northline".
_OPENERS = frozenset(
    words(
        "Selon Après Avant Depuis Pour Par Avec Sans Contre Chez Dans Sous Sur Entre Si Et Mais Or Donc Car Quand Lorsque Comme "
        "Puisque Outre Malgré Face According After Before Since For By With Without Against At In On Under Between If And But So "
        "When While As Like Unlike Although Because Both Only From To Of"
    )
)
_DEMONYM = re.compile(r"(?:ish|ian|ians|ese|an|ans|ch|ais\w*|ois\w*|ien\w*|ain\w*|ol\w*|isch\w*)$")


@dataclass(frozen=True)
class Name:
    """A name as it stands in a text."""

    text: str
    span: Span
    opens: bool

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words that make it a name."""
        return tuple(
            word for word in words(_CENTURY.sub(r"\1", self.text)) if word not in _NOT_NAMES and len(word) > 1
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some text: all, those written with a capital, and the text folded to one line."""

    all: frozenset[str]
    capitalised: frozenset[str]
    line: str
    language: str


@lru_cache(maxsize=1024)
def names_of(text: str) -> tuple[Name, ...]:
    """Return the runs of capitalised words of a sentence, with figures that belong to them: Su-35.

    The first word counts too, and is marked: it may be an ordinary one.
    """
    runs: list[Name] = []
    for token in _TOKEN.finditer(text):
        if not any(c.isupper() for c in token.group()):
            continue
        folded = words(_CENTURY.sub(r"\1", token.group()))
        if not folded or all(word in _NOT_NAMES for word in folded):
            continue
        opens = _opens(text, token.start())
        if opens and " ".join(folded) in _OPENERS:
            continue
        if runs and text[runs[-1].span.end : token.start()] == " " and not opens:
            last = runs.pop()
            span = Span(last.span.start, token.end())
            runs.append(Name(span.of(text), span, last.opens))
        else:
            runs.append(Name(token.group(), Span(token.start(), token.end()), opens))
    return tuple(runs)


@lru_cache(maxsize=512)
def vocabulary(text: str, language: str) -> Vocabulary:
    """Return the words of a text."""
    found = words(text)
    written = " ".join(token for token in _TOKEN.findall(text) if any(c.isupper() for c in token))
    return Vocabulary(frozenset(found), frozenset(words(written)), f" {' '.join(found)} ", language)


def missing_names(names: Iterable[Name], there: Vocabulary, *, language: str) -> tuple[Name, ...]:
    """Return the names that a text does not hold.

    Args:
        names: of a drafted sentence.
        there: the words of what is cited.
        language: ISO 639-1 code of the drafted sentence: states and some bodies are translated.
    """
    return tuple(name for name in names if name.words and not holds_name(name, there, language=language))


def holds_name(name: Name, there: Vocabulary, *, language: str) -> bool:
    """Tell whether a text holds a name, each word of it, in its own language's form too."""
    if _is_ordinary(name, there, language):
        return True
    if language != there.language and _is_translated(name, there, language):
        return True
    across = language != there.language
    held = [_holds_word(word, there, across=across, alone=len(name.words) == 1) for word in name.words]
    if across and len(held) > 1 and not held[0]:  # "the Belgian Joris Vandecasteele"
        held[0] = _is_their_nationality(name.words[0], there)
    # "Curator Judith Escoffier": what opens a sentence has its capital from there.
    return all(held) or (name.opens and len(held) > 2 and all(held[1:]))


def _is_ordinary(name: Name, there: Vocabulary, language: str) -> bool:
    """Tell whether a sentence's first word is no name: nothing says that it is one."""
    return (
        name.opens
        and len(name.words) == 1
        and ("-" not in name.text or name.words[0] in there.all - there.capitalised)
        and name.words[0] not in there.capitalised
        and " ".join(name.words) not in territory_codes(language)
    )


def _holds_word(word: str, there: Vocabulary, *, across: bool, alone: bool) -> bool:
    if word in there.all or any(
        len(other) >= 4 and len(word) >= 4 and (_extends(word, other) or _extends(other, word))
        for other in there.all
    ):
        return True
    if not across:
        return False
    if alone and _DEMONYM.search(word):
        return any(
            other[:3] == word[:3] or skeleton(other)[:3] == skeleton(word)[:3]
            for other in there.all
            if len(other) > 3
        )
    bones = skeleton(word)
    return len(bones) > 2 and any(skeleton(other) == bones for other in there.capitalised)


def _extends(longer: str, shorter: str) -> bool:
    return longer.startswith(shorter) and bool(_ENDING.fullmatch(longer, len(shorter)))


def _is_translated(name: Name, there: Vocabulary, language: str) -> bool:
    said = " ".join(name.words)
    if any(said in forms and any(f" {form} " in there.line for form in forms) for forms in TRANSLATED):
        return True
    code = territory_codes(language).get(said) or _nationality(said)
    if code is None:
        return False
    forms = [form for form, other in territory_codes(there.language).items() if other == code]
    return any(f" {form} " in there.line or _root_is_there(form, there) for form in forms) or any(
        f" {adjective}" in there.line for adjective in ADJECTIVES.get(code, ())
    )


def _is_their_nationality(word: str, there: Vocabulary) -> bool:
    is_nationality = _nationality(word) or any(state[:4] == word[:4] for state in territory_codes("en"))
    return bool(is_nationality) and _holds_word(word, there, across=True, alone=True)


def _nationality(word: str) -> str | None:
    return next((code for code, stems in ADJECTIVES.items() if word.startswith(stems)), None)


def _root_is_there(form: str, there: Vocabulary) -> bool:
    root = form[: max(4, len(form) - 3)]
    return " " not in form and any(word.startswith(root) for word in there.all)


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(" «»“”\"'‘’(\u00a0\u202f")
    return (
        not before
        or (before[-1] in ".?!" and not re.search(r"\b(?:[A-Z]|M|Mme|Mr|Mrs|Ms|Dr|Col|Rev|St)\.$", before))
        or (before[-1] == ":")
    )
