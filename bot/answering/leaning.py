"""Whether a question leans on one that was asked before it, by its words alone: French and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.answering.names import names_in
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def _set(listed: str) -> frozenset[str]:
    return frozenset(words(listed))


# Words as index.words folds them: "l'a" is "l" and "a", "où" is "ou".
_OPENERS = {
    "fr": _set("et mais aussi alors donc sinon puis ensuite ok bon enfin"),
    "en": _set("and but also so then ok okay well or"),
}
_ASKING = {
    "fr": _set(
        "qui que qu quoi quel quelle quels quelles ou quand comment pourquoi combien lequel laquelle lesquels"
        " lesquelles duquel auquel"
    ),
    "en": _set("who whom whose what when where why how which"),
}
# A verb that is asked with, or helps another: where one stands, the question is more than a fragment.
_HELPING = {
    "fr": _set(
        "est sont etait etaient sera seront serait seraient ete fut furent soit a ont avait avaient aura auront aurait"
        " auraient eu va vont allait allaient peut peuvent pourra pourrait pourraient doit doivent devra devrait faut"
        " faudra faudrait fait font fera feront s'est veut veulent"
    ),
    "en": _set(
        "is are was were be been being am has have had do does did will would can could should shall may might must"
        " isn aren wasn weren hasn haven hadn don doesn didn won wouldn"
    ),
}
_ARTICLES = {
    "fr": _set("le la les l un une du des au aux"),
    "en": _set("the a an"),
}
_PREPOSITIONS = {
    "fr": _set(
        "de d a en dans sur sous chez pour par avec sans vers entre contre depuis jusque jusqu pendant avant apres selon"
        " parmi comme"
    ),
    "en": _set(
        "of in on at to for by with from into onto about over under after before since until till during between"
        " against among as than per off out up"
    ),
}
_OTHER = {
    "fr": _set(
        "je tu on nous vous se s me m te t n ne pas plus ni si y en ce c cet cette ces il elle ils elles lui leur leurs"
        " eux son sa ses celui celle ceux celles ca cela ceci j mon ma mes ton ta tes notre nos votre vos tout tous"
        " toute toutes tres bien deja encore trop peu beaucoup autant aussi meme la ci autre autres dont quelque"
        " quelques chose alors donc ensuite puis passe passer exactement precisement vrai vraiment"
    ),
    "en": _set(
        "i you he she it they we me him her them us his its their my your our this that these those there here not no"
        " any some all many much more most less few other others else too very also ever yet still already just so s t"
        " re ve ll d one ones ago exactly really true happen happened happens"
    ),
}
# What points at something that was said: it leans wherever nothing in the question comes before it.
_POINTING = {
    "fr": _set("il elle ils elles son sa ses leur leurs lui eux"),
    "en": _set("he she it they his her hers its their theirs him them"),
}
_POINTING_ANYWHERE = {
    "fr": _set("ca cela ceci celui celle ceux celles"),
    "en": frozenset[str](),
}
_THIS = {
    "fr": _set("ce cet cette ces"),
    "en": _set("this these those"),
}
# "this year" points at the calendar.
_TIMES = _set(
    "annee an mois semaine jour matin soir nuit ete hiver printemps automne week-end saison siecle"
    " year month week day morning evening night summer winter spring autumn fall season century time"
)
# Behind these, "il" and "it" stand for nothing: "faut-il", "y a-t-il", "will it take", "is it true".
_IMPERSONAL = re.compile(
    r"\b(?:y (?:a|avait|aura|aurait|eut)(?: t)?|il y|faut|faudra(?: t)?|faudrait|fallait|s agit|s agissait|reste(?: t)?"
    r"|manque(?: t)?) il\b|\bil (?:y|faut|faudra|faudrait|fallait|s agit|manque|reste)\b"
    r"|\best il (?:vrai|possible|prevu|necessaire|question|interdit)\b"
    r"|\bit (?:(?:is|was|be) )?(?:true|possible|likely|take|takes|took|cost to|costs to)\b|\bit (?:rain|snow)\w*"
)
# "qui l'a dit", "qu'en pense", "y en a-t-il": an object that was named before.
_OBJECT = re.compile(
    r"\bl (?:a|ont|avait|avaient|aura|auront|est|etait)\b|\b(?:qu|y|n|qui) en\b|\ben (?:a|ont|avait|est|sont)\b"
    r"|\b(?:qui|s|ils?|elles?|on) y\b(?! a\b)"
)
_OBJECT_AT_THE_END = re.compile(r"(?:it|them|him|her|that|there|then)$")
_THAT = re.compile(
    r"\b(?:is|was|are|were|did|does|do|has|had|will|would|can|could|about|of|after|before|for|to|with|from|why|how|like"
    r"|since) that\b"
)
_IT_IS = re.compile(r"\bc (?:est|etait|sera|serait)\b|^(?:est|etait|sera|serait) ce\b(?! qu)")
# A question of so many words that say something can stand by itself without a name.
_ENOUGH = 3
_FRAGMENT = 3


@dataclass(frozen=True)
class Said:
    """The words of a question, folded, with what they are to its language.

    Args:
        text: as it was asked.
        language: "fr" or "en".
    """

    text: str
    language: str

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Every word."""
        return tuple(words(self.text))

    @cached_property
    def opened(self) -> int:
        """How many words only tie on to what was said: "et", "what about"."""
        count = 0
        while count < len(self.folded) and self.folded[count] in _OPENERS[self.language]:
            count += 1
        if self.folded[count : count + 2] in {("what", "about"), ("how", "about")}:
            count += 2
        return count

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The proper names, one that opens the question aside."""
        return names_in(self.text, self.language)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The words that say what it is about, those of all names as one."""
        of_names = {word for name in self.names for word in words(name)}
        return tuple(word for word in self.folded if self.tells(word) and word not in of_names)

    @cached_property
    def asks(self) -> bool:
        """Whether it is more than a fragment: a question word or a helping verb stands in it."""
        rest = self.folded[self.opened :]
        found = _ASKING[self.language] | _HELPING[self.language]
        # "Et à Valbreuse ?": "a" is a preposition as often as a verb.
        return any(word in found for word in rest if word != "a") or bool(
            re.search(r"\ba (?:t )?(?:il|elle|on|ils|elles)\b|\b(?:l|on|il|elle|y|qui) a\b", " ".join(rest))
        )

    def tells(self, word: str) -> bool:
        """Tell whether a word says something by itself."""
        lists = (_OPENERS, _ASKING, _HELPING, _ARTICLES, _PREPOSITIONS, _OTHER)
        return not any(word in listed[self.language] for listed in lists)


def language_of(text: str, language: str) -> str | None:
    """Return the language by whose rules a question is read, None where there are none.

    Of three words no identifier is sure, but "quand" is French and "and" is English.
    """
    best, known = _likelier(text, language)
    return best if best == language or 2 * known >= len(words(text)) else None


def asks_itself(text: str, language: str) -> bool:
    """Tell whether a question has a question word or a verb of its own, or is "and the pilots?"."""
    code = language_of(text, language)
    return code is None or Said(text, code).asks


def telling_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, that say by themselves what it is about."""
    best, _ = _likelier(text, "fr")
    return tuple(word for word in words(text) if Said(text, best).tells(word))


def _likelier(text: str, language: str) -> tuple[str, int]:
    """Return which of the two languages knows more of the words, and how many."""
    found = words(text)
    known = {code: sum(not Said(text, code).tells(word) for word in found) for code in ("fr", "en")}
    best = max(known, key=lambda code: (known[code], code == language))
    return best, known[best]


def leans(text: str, language: str) -> bool:
    """Tell whether a question cannot be understood without the one before it.

    Args:
        text: the question.
        language: ISO 639-1 code; in others than French and English only a very short one leans.
    """
    code = language_of(text, language)
    if code is None:
        return 0 < len(words(text)) <= _FRAGMENT
    said = Said(text, code)
    if not said.folded:
        return False
    return _is_short(said) or _points(said) or (said.opened > 0 and not _is_whole(said))


def _weight(said: Said) -> int:
    return len(said.telling) + bool(said.names)


def _is_short(said: Said) -> bool:
    if not said.names:
        return len(said.telling) < _ENOUGH
    is_fragment = not said.asks and said.text.rstrip().endswith("?")
    return is_fragment and _weight(said) < _FRAGMENT


def _is_whole(said: Said) -> bool:
    """Tell whether a question is one without its "and" too."""
    return said.asks and bool(said.names) and _weight(said) >= _ENOUGH


def _points(said: Said) -> bool:
    line = _IMPERSONAL.sub(" ", " ".join(said.folded))
    if _OBJECT_AT_THE_END.search(line) and said.language == "en" and _weight(said) <= _ENOUGH:
        return True
    if said.language == "en" and _THAT.search(line):
        return True
    if said.language == "fr" and (_OBJECT.search(line) or (_IT_IS.search(line) and not said.names)):
        return True
    return _points_back(said, line.split())


def _points_back(said: Said, line: Sequence[str]) -> bool:
    code = said.language
    for at, word in enumerate(line):
        if word in _POINTING_ANYWHERE[code]:
            return True
        if word in _THIS[code] and _names_thing(said, line[at + 1 : at + 2]):
            return True
        if word in _POINTING[code] and not _is_named_before(said, line[:at]):
            return True
    return False


def _names_thing(said: Said, following: Iterable[str]) -> bool:
    return any(said.tells(word) and word not in _TIMES for word in following)


def _is_named_before(said: Said, before: Sequence[str]) -> bool:
    """Tell whether a name, or a thing with its article, comes before a pronoun: then it is meant.

    Behind a helping verb in English the pronoun is what the question is about: "which of the houses
    has it destroyed?"
    """
    of_names = {word for name in said.names for word in words(name)}
    if of_names & set(before):
        return True
    if said.language == "en" and before and before[-1] in _HELPING["en"]:
        return False
    articles = _ARTICLES[said.language]
    return any(one in articles and said.tells(other) for one, other in pairwise(before))
