"""Proper names of a question, and whether an article mentions them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from index.spellings import Spelled, forms_of, is_read, script_of
from index.words import stems, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import Article

_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
_TOKEN = re.compile(rf"{_LETTERS}(?:[-.]{_LETTERS})*")
_LONG_NAME = 5  # letters; of shorter names a slip is another name
# Behind these a full stop does not end a sentence: what follows is the name.
_TITLE = re.compile(r"\b(?:[A-ZÀ-Þ]|MM|Mme|Mlle|Mgr|Me|Mr|Mrs|Ms|Dr|Pr|Prof|St|Sen|Gov|Gen)\.\s*$")
# Capitals mean nothing here: German writes every noun so, other scripts have none.
_WITHOUT_NAMES = {"de", "lb", "ar", "zh", "ja", "ko", "he", "hi", "th", "fa"}
# English capitalises these, and a title or pronoun is nobody's name.
_NOT_NAMES = set(
    words(
        "I January February March April May June July August September October November December Monday Tuesday "
        "Wednesday Thursday Friday Saturday Sunday Christmas Easter Noël Pâques M MM Mr Mrs Ms Mme Mlle Dr Pr Prof"
    )
)
# What people say for a state where CLDR has only the official name, and how its adjective begins.
_ALIASES = {
    "usa": "US",
    "us": "US",
    "u s": "US",
    "u k": "GB",
    "uk": "GB",
    "grande bretagne": "GB",
    "britain": "GB",
}
ADJECTIVES = {
    "US": ("americ", "u s"),
    "GB": ("brit", "grande bretagne"),
    "CH": ("suiss", "swiss", "schweiz", "suiz"),
    "DE": ("allemand", "german", "deutsch", "aleman"),
    "ES": ("espagnol", "spanish", "spanisch", "espanol"),
    "FR": ("francais", "french", "franzos", "frances"),
    "GR": ("grec", "greek", "griech", "grieg"),
    "PL": ("polonais", "polish", "polnisch", "polac"),
    "NL": ("neerland", "dutch", "holland"),
}
# Names that are translated instead of spelled; CLDR has none of them.
TRANSLATED = (
    ("white house", "maison blanche"),
    ("middle east", "moyen orient"),
    ("near east", "proche orient"),
    ("red cross", "croix rouge"),
    ("united nations", "nations unies", "onu"),
    ("un", "onu"),
    ("nato", "otan"),
    ("european union", "union europeenne", "ue"),
    ("european commission", "commission europeenne"),
    ("supreme court", "cour supreme"),
    ("security council", "conseil de securite"),
    ("world bank", "banque mondiale"),
    ("world cup", "coupe du monde"),
    ("olympic games", "jeux olympiques"),
)
# Endings that make an adjective or a plural of a name: Iran, iraniens; Paris, Parisian.
_ENDING = re.compile(
    r"(?:s|e|es|i|is|ien|ienne|iens|iennes|ais|aise|aises|ois|oise|oises|ain|aine|ains|aines|an|ane|ans|anes"
    r"|ian|ians|ese|ish|ique|iques|iste|istes)?"
)


def names_in(question: str, language: str) -> tuple[str, ...]:
    """Return the proper names of a question: runs of capitalised words, the first word aside.

    Args:
        question: as it was asked.
        language: ISO 639-1 code; where capitals tell nothing, no name is returned.
    """
    tokens = list(_TOKEN.finditer(question))
    if language in _WITHOUT_NAMES or _is_headline(tokens):
        return ()
    runs: list[str] = []
    previous_end = -1
    for position, token in enumerate(tokens):
        if not _is_name(question, token, first=position == 0):
            continue
        if runs and question[previous_end : token.start()] == " ":
            runs[-1] += f" {token.group()}"
        else:
            runs.append(token.group())
        previous_end = token.end()
    return tuple(runs)


def is_state(name: str, language: str) -> bool:
    """Tell whether a name is a state's or a territory's, as people who write in a language call it."""
    return " ".join(words(name)) in territory_codes(language)


def is_about_year(article: Article, year: str) -> bool:
    """Tell whether an article mentions a year or was published in it."""
    published = article.published_at
    return year in _vocabulary(article).words or (published is not None and published.year == int(year))


def must_be_mentioned(name: str, article: Article, *, question_language: str) -> bool:
    """Tell whether an article that does not mention a name cannot answer.

    Across languages a single name may be spelled in a way that nothing here knows (Varsovia, Warsaw); first
    and last name together hardly ever are. In another script that holds where nothing else has two capitals:
    Russian and Greek write those of people so, English also the White House.
    """
    scripts = {script_of(name), script_of(article.text)}
    if len(scripts) > 1:
        return " " in name and script_of(name) != "LATIN" and all(map(is_read, scripts))
    return article.language == question_language or " " in name


def mentions(article: Article, name: str, *, question_language: str) -> bool:
    """Tell whether an article mentions a name, in its own language's spelling too.

    Args:
        article: headline, byline, publisher and text count.
        name: from :func:`names_in`; of several words the last must be there, as a first name or a
            title is shared by many.
        question_language: ISO 639-1 code of the name's spelling.
    """
    if _is_said(article.text, name.rpartition(" ")[2]):
        return True
    there = _vocabulary(article)
    asked = [word for word in words(name) if len(word) > 1]
    if (
        not asked
        or there.has(asked[-1])
        or there.has_slip(asked[-1])
        or _territory_is_there(name, question_language, article, there)
    ):
        return True
    if article.language == question_language:
        return False
    if script_of(name) != script_of(article.text):
        return _is_spelled(name, there)
    return skeleton(asked[-1])[:3] in there.skeletons or _translation_is_there(name, there)


def _is_spelled(name: str, there: _Vocabulary) -> bool:
    """Tell whether any word of a name is there in another script.

    Half of a name is often translated (Доктор Кто, Doctor Who), and then what is left must do.
    """
    return any(there.spelled.like(form) for form in forms_of(name))


def _is_said(text: str, word: str) -> bool:
    """Tell whether a word stands in a text just as it is spelled: mostly so, and quicker told than folded."""
    if word not in text or not word.isalpha() or len(word) == 1:
        return False
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text) is not None


@dataclass(frozen=True)
class _Vocabulary:
    """The words of an article: as they are said, folded and in order as one text, and each once.

    Those in capitals, and the skeletons of these, are looked for when a question first needs them.
    """

    said: str
    text: str
    words: frozenset[str]

    @cached_property
    def names(self) -> frozenset[str]:
        """The words in capitals."""
        chunks = " ".join({chunk for chunk in self.said.split() if not chunk.islower()})
        tokens = {token for token in _TOKEN.findall(chunks) if token[0].isupper()}
        return frozenset(words(" ".join(tokens)))

    @cached_property
    def spelled(self) -> Spelled:
        """The names, or all words where the script has no capitals, to be found in another script."""
        return Spelled(sorted(self.names or self.words))

    @cached_property
    def skeletons(self) -> frozenset[str]:
        """How the skeletons of the names begin."""
        return frozenset(skeleton(word)[:3] for word in self.names if len(word) > 2)

    def has(self, word: str) -> bool:
        """Tell whether a word is there, or an adjective or a plural of it."""
        if word in self.words:
            return True
        # Looking for the beginning in the whole text is much quicker than in each word.
        return (
            len(word) >= 4
            and f" {word}" in self.text
            and any(other.startswith(word) and _ENDING.fullmatch(other, len(word)) for other in self.words)
        )

    def has_slip(self, word: str) -> bool:
        """Tell whether a long name is there of which a word is a slip of the keys: Ovrane, Orvane."""
        if len(word) < _LONG_NAME:
            return False
        # Which words have a capital takes long to tell, and hardly any is a slip.
        as_long = rf"(?<= ){word[0]}\S{{{len(word) - 2},{len(word)}}}(?= )"
        return any(_is_slip(o, word) and o in self.names for o in set(re.findall(as_long, self.text)))

    def has_root(self, word: str) -> bool:
        """Tell whether a word that begins alike is there: Russie, russe; Allemagne, allemand."""
        return f" {word[: max(4, len(word) - 3)]}" in self.text


@lru_cache(maxsize=256)
def _vocabulary(article: Article) -> _Vocabulary:
    said = " ".join((article.headline or "", article.publisher or "", *article.byline, article.text))
    found = words(said)
    return _Vocabulary(said, f" {' '.join(found)} ", frozenset(found))


def _is_slip(meant: str, typed: str) -> bool:
    """Tell whether one letter was left out or typed twice too often, or two neighbours changed places.

    Another letter in its place is no slip: Hansen and Hanson are two people.
    """
    if len(meant) == len(typed):
        differing = [place for place in range(len(meant)) if meant[place] != typed[place]]
        return (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and meant[differing[0]] == typed[differing[1]]
            and meant[differing[1]] == typed[differing[0]]
        )
    longer, shorter = (meant, typed) if len(meant) > len(typed) else (typed, meant)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _is_headline(tokens: list[re.Match[str]]) -> bool:
    """Tell whether a question is written like a headline: then its capitals say nothing."""
    capitals = sum(token.group()[0].isupper() for token in tokens)
    return len(tokens) > 3 and (capitals == len(tokens) or (len(tokens) > 5 and capitals > 0.7 * len(tokens)))


def _is_name(question: str, token: re.Match[str], *, first: bool) -> bool:
    before = question[: token.start()].rstrip()
    opens_sentence = first or (before[-1:] in tuple(".?!") and not _TITLE.search(before))
    folded = words(token.group())
    return token.group()[0].isupper() and not opens_sentence and bool(folded) and folded[0] not in _NOT_NAMES


def _territory_is_there(name: str, language: str, article: Article, there: _Vocabulary) -> bool:
    """Tell whether an article names a state that the question names, by CLDR's names of states."""
    code = territory_codes(language).get(" ".join(words(name)))
    if code is None and language == "ru":
        code = _inflected_codes().get(" ".join(stems(name, "ru")))
    if code is None:
        return False
    own_names = [other for other, c in territory_codes(article.language).items() if c == code]
    if any(f" {own} " in there.text or (" " not in own and there.has_root(own)) for own in own_names):
        return True
    return any(f" {adjective}" in there.text for adjective in ADJECTIVES.get(code, ()))


def _translation_is_there(name: str, there: _Vocabulary) -> bool:
    asked = " ".join(words(name))
    return any(f" {other} " in there.text for names in TRANSLATED if asked in names for other in names)


@lru_cache(maxsize=64)
def territory_codes(language: str) -> dict[str, str]:
    """Return CLDR's names of states in a language, folded, with their ISO 3166 codes."""
    try:
        territories: Iterable[tuple[str, str]] = Locale.parse(language).territories.items()
    except (UnknownLocaleError, ValueError):
        return {}
    return {" ".join(words(name)): code for code, name in territories if code.isalpha()} | _ALIASES


@cache
def _inflected_codes() -> dict[str, str]:
    """Return the stems of what Russian calls states, which it inflects: Соединённых Штатов."""
    return {" ".join(stems(name, "ru")): code for name, code in territory_codes("ru").items()}


@lru_cache(maxsize=16384)  # one coverage speaks of the same people
def skeleton(word: str) -> str:
    """Return the consonants of a name, alike across spellings: Putin, Poutine; Zelensky, Zelenskyy."""
    spelled = re.sub(r"ph", "f", re.sub(r"[ckq]+h?", "k", re.sub(r"t?s?c?h", "s", word)))
    bare = re.sub(r"[aeiouyhw]", "", spelled.replace("v", "f"))
    return re.sub(r"(.)\1+", r"\1", bare) or word
