"""Who says it: the speaker that a sentence names, and the one that its source names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answering.verification.name_forms import names_of
from bot.answering.verification.quotations import quotations

if TYPE_CHECKING:
    from bot.answering.verification.name_forms import Name

_SPEAKS = re.compile(
    r"""\b(?:said|says?|saying|told|tells|warn(?:ed|s)?|argu(?:ed|es)|claim(?:ed|s)?|add(?:ed|s)|explain(?:ed|s)?|stat(?:ed|es)|not(?:ed|es)|wrote|writes|announc(?:ed|es)|insist(?:ed|s)?|believes?|call(?:ed|s)\sfor|call(?:ed|s)?\sit|recall(?:ed|s)?|put(?:s)?\sthe|promis(?:ed|es)|asked|complain(?:ed|s)?|acknowledg(?:ed|es)|estimat(?:ed|es)|respond(?:ed|s)|repl(?:ied|ies)|dubbed|described|recalled|confirm(?:ed|s)?|expects?|thinks?
    |déclar\w+|dit|disait|dit-elle|dit-il|affirm\w+|assur(?:e|é|ent)|estim(?:e|é|ent)|expliqu\w+|racont\w+|ajout(?:e|é)|soulign\w+|indiqu\w+|annonc\w+|précis(?:e|é)|prévenu|prévient|dénonc\w+|défend|juge|résum\w+|confi(?:e|é)|soupir\w+|souffl(?:e|é)|ironis\w+|s['’]étonne|s['’]amuse|se\ssouvient|se\sfélicite|plaid\w+|rappel(?:le|é)|réag\w+|justifi\w+|témoign\w+|reproch\w+|reconnaît|craint|écri\w+|répond\w*|parl(?:e|é)|s['’]emporte|promis|averti|répliqu\w+|lanc(?:e|é)|qualifi\w+|sait|estimé|attribu\w+|appel(?:le|é)|pens(?:e|ent)|chiffr(?:e|é)|cru|demand(?:e|é)|réclam\w+
    |sagte|teilte|dijo|explicó|protestó|achacó|confirmó)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ACCORDING = re.compile(
    r"\b(?:according\sto|selon|d['’]après|per|pour(?=\s(?:le|la|M\.|Mme)\s\w+\s(?:du|de|des)\b)|aux\syeux\sde|nach\sAngaben|según)\s(?P<who>[^,;:.]{2,80})",
    re.IGNORECASE,
)
# Claims that are only somebody's: whoever repeats them without the speaker makes them facts.
_CLAIMS = re.compile(
    r"""\b(?:according\sto|selon|d['’]après|allegedly|claim(?:ed|s)|argu(?:ed|es)|accus(?:ed|es|e|é|ent)|dénonc\w+|reproch\w+|juge\b|estime\b|assur(?:e|é)\b|affirm\w+|prétend\w*|believes?|fears?|craint)\b""",
    re.IGNORECASE | re.VERBOSE,
)

_COURTESY = re.compile(r"\b(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Col\.?|Rev\.?|docteur)\s$")
# How far from its verb a speaker's name may stand.
_BEFORE, _BEHIND = 90, 70


def attributes(text: str) -> bool:
    """Tell whether a sentence says of what it says that somebody says it."""
    return bool(_ACCORDING.search(text) or _SPEAKS.search(unquoted(text)))


def names_source(clause: str) -> bool:
    """Tell whether a clause says nothing but whose words others are: "selon la préfecture"."""
    return bool(_ACCORDING.match(clause.lstrip(" «“")))


def is_claim(text: str) -> bool:
    """Tell whether a sentence is somebody's claim, so that it needs its speaker."""
    return bool(_CLAIMS.search(text))


def speakers(text: str) -> tuple[Name, ...]:
    """Return the names of those who may be the speaker of a sentence: outside of quotation marks, near the verb.

    Where a first and a last name stand together, names of one word are taken for places and firms.
    """
    outside = unquoted(text)
    according = _ACCORDING.search(outside)
    found = _names_within(outside, [according.span("who")]) if according else {}
    found = found or _names_within(outside, [_around(verb) for verb in _SPEAKS.finditer(outside)])
    people = {text: name for text, name in found.items() if _is_person(name, outside)}
    return tuple((people or found).values())


def source_words(text: str) -> str:
    """Return what follows "according to": the source of a sentence that names nobody; "" where there is none."""
    according = _ACCORDING.search(unquoted(text))
    return according["who"] if according else ""


def same_person(name: Name, others: tuple[Name, ...]) -> bool:
    """Tell whether a name is one of others: the last name counts."""
    return any(
        set(name.words) & set(other.words[-1:]) or set(other.words) & set(name.words[-1:]) for other in others
    )


def is_last_name(name: Name, text: str) -> bool:
    """Tell whether a name of one word is the last name of somebody in a text: no place and no firm."""
    return len(name.words) == 1 and any(
        len(other.words) > 1 and other.words[-1:] == name.words for other in names_of(text)
    )


def _names_within(text: str, stretches: list[tuple[int, int]]) -> dict[str, Name]:
    return {
        name.text: name
        for name in names_of(text)
        if name.words and any(start <= name.span.start and name.span.end <= end for start, end in stretches)
    }


def _around(verb: re.Match[str]) -> tuple[int, int]:
    return max(0, verb.start() - _BEFORE), verb.end() + _BEHIND


def _is_person(name: Name, text: str) -> bool:
    return len(name.words) > 1 or bool(_COURTESY.search(text[: name.span.start]))


@lru_cache(maxsize=1024)
def unquoted(text: str) -> str:
    """Blank what stands in quotation marks, so that places stay."""
    for span in quotations(text):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
