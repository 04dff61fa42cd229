"""Questions after what somebody said, and which sentences are that person's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import eq
from typing import TYPE_CHECKING

from bot.answering.roles import holds_role
from index.spellings import sound_alike
from index.words import stems, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.answering.evidence import Candidate
    from index.protocols import Retriever
    from index.types import Article, Hit, Query, Span

_CAPITAL = r"(?:[dDlL]['’]|O['’])?[A-ZÀ-ÞА-ЯЁЄІЇҐ][\w’'-]+"
_PARTICLE = r"(?:de|del|della|le|la|van|von|der|den|bin|ben|ibn|al|el|y)"
_NAME = rf"(?:(?:M\.|Mme|Mlle|Me|Dr\.?|Pr\.?|Mr\.?|Mrs\.?|Ms\.?)\s+)?(?P<name>{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL})*)"
# "la préfète", "le premier ministre", "the chief executive": small letters, up to a preposition or the end.
_ROLE = (
    r"(?:l[ea][ \u00a0]|l['’]|the[ \u00a0])"
    r"(?P<name>(?!(?:de|du|des)\b)[a-zà-ÿ][\w’-]+(?:[ \u00a0](?!(?:d[eu]s?|sur|à|aux?|pour|par|après|avant|quand|dans|en|of|for|about|in|on|say|tell|said|"
    r"told|declare|reply|answer|claim|declared|replied|answered|claimed|a|avait)\b)[a-zà-ÿ][\w’-]+)?)"
)
_DONE = r"(?i:dit|déclaré|affirmé|répondu|expliqué|raconté|annoncé|promis|assuré)"
_SAID_IN_RUSSIAN = r"(?i:(?:сказал|заявил|ответил|сообщил|рассказал|объяснил|говорил|обещал)[аи]?|говорит)"
_SAID_IN_UKRAINIAN = r"(?i:(?:сказа|заяви|повідоми|поясни|говори|обіця)(?:в|ла|ли)|відповів|відповіла|розповів|розповіла|говорить)"
# What stands before the name, and behind it.
_FORMS = {
    "fr": (
        (rf"(?i:qu)['’]\s?(?i:a|avait)\s+{_DONE}\s+", ""),
        (r"(?i:que\s+(?:dit|disait|déclare|répond|affirme|explique|raconte))\s+", ""),
        (r"(?i:qu['’]\s?est-ce\s+que)\s+", rf"\s+(?i:a|avait)\s+{_DONE}\b"),
        (r"(?i:qu['’]\s?est-ce\s+qu['’]\s?a\s+" + rf"{_DONE})\s+", ""),
    ),
    "en": (
        (r"(?i:what\s+(?:did|does|do))\s+", r"\s+(?i:say|tell|declare|reply|answer|claim)\b"),
        (r"(?i:what\s+(?:has|had))\s+", r"\s+(?i:said|told|declared|replied|answered|claimed)\b"),
    ),
    "ru": ((rf"(?i:что)\s+{_SAID_IN_RUSSIAN}\s+", ""), (r"(?i:что)\s+", rf"\s+{_SAID_IN_RUSSIAN}\b")),
    "uk": ((rf"(?i:що)\s+{_SAID_IN_UKRAINIAN}\s+", ""), (r"(?i:що)\s+", rf"\s+{_SAID_IN_UKRAINIAN}\b")),
}
_ROLES_IN = ("fr", "en")  # languages that put an article before a role


def _asking(whom: str, language: str) -> list[re.Pattern[str]]:
    began = r"^\W*(?i:(?:et|mais|and|but)\s+)?"
    return [
        re.compile(f"{began}{opening}{whom}{closing}(?P<rest>.*)$", re.DOTALL)
        for opening, closing in _FORMS[language]
    ]


# By pattern the language of the role that it finds; None where it finds a name.
_ASKED: dict[re.Pattern[str], str | None] = {
    **{pattern: None for language in _FORMS for pattern in _asking(_NAME, language)},
    **{pattern: language for language in _ROLES_IN for pattern in _asking(_ROLE, language)},
}
_FULL_NAME = 2  # words: a single one may be a firm, which speaks through others


@dataclass(frozen=True, slots=True)
class AskedSpeaker:
    """Whose words are asked for.

    Args:
        name: as the question gives it, without a title or an article.
        is_bare: whether nothing is asked but what they said: "Qu’a dit John Kirby ?"
        role_in: ISO 639-1 code of the language in which it is no name but what they are: "Qu’a dit la préfète ?"
    """

    name: str
    is_bare: bool
    role_in: str | None = None


@lru_cache(maxsize=64)  # it is asked of every sentence that is weighed
def asked_speaker(question: str) -> AskedSpeaker | None:
    """Return whose words are asked for, in French, English, Russian or Ukrainian; None where something else is."""
    for pattern, role_in in _ASKED.items():
        found = pattern.match(question)
        if found:
            # "Qu’a dit Paul Roy de Corvelle ?": of Corvelle, or about it.
            is_bare = not words(found["rest"]) and " de " not in found["name"]
            return AskedSpeaker(found["name"], is_bare, role_in)
    return None


def speaks(asked: AskedSpeaker, article: Article, span: Span, *, language: str) -> bool:
    """Tell whether a stretch of an article quotes the person who is asked about.

    Args:
        asked: the person.
        article: whose quotations count.
        span: the stretch.
        language: ISO 639-1 code of the question; in another one a name may be spelled otherwise.
    """
    if asked.role_in:
        same_language = asked.role_in == article.language  # "mayor" is another thing in Spanish
        speakers = {quotation.speaker for quotation in article.quoted_in(span)}
        return same_language and any(
            holds_role(asked.name, name, article.text, asked.role_in) for name in speakers
        )
    are_same = sound_alike if article.language != language else eq
    return any(_is_same(asked.name, said.speaker, are_same) for said in article.quoted_in(span))


def quotes_asked(query: Query, candidate: Candidate) -> bool:
    """Tell whether a question asks for somebody's words, and a sentence holds them."""
    asked = asked_speaker(query.text)
    return asked is not None and speaks(asked, candidate.article, candidate.span, language=query.language)


def is_told(query: Query, found: Sequence[Candidate]) -> bool:
    """Tell whether nothing is asked but what somebody said, and there are words that are theirs."""
    asked = asked_speaker(query.text)
    return asked is not None and asked.is_bare and any(quotes_asked(query, c) for c in found)


def of_speaker(query: Query, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Keep the sentences that quote or name the person whose words are asked for.

    What others say is no answer to what somebody said, however near it is, and where nothing more is asked and
    their words are there, these are. Where no full name is asked for, and where nobody's words are, all are kept.

    Args:
        query: what was asked.
        found: sentences that could be quoted.
    """
    asked = asked_speaker(query.text)
    if asked is None:
        return tuple(found)
    spoken = {c.place for c in found if quotes_asked(query, c)}
    if spoken and asked.is_bare:
        return tuple(c for c in found if c.place in spoken)
    if asked.role_in:
        return (
            tuple(c for c in found if c.place in spoken or _names_role(asked, c)) if spoken else tuple(found)
        )
    if len(words(asked.name)) < _FULL_NAME:
        return tuple(found)
    surname = words(asked.name)[-1]
    return tuple(c for c in found if c.place in spoken or _is_named(surname, c, query))


def with_words_of(query: Query, hits: Sequence[Hit], retriever: Retriever) -> tuple[Hit, ...]:
    """Put the passages that quote the person who is asked about first, those that only the name finds among them.

    Args:
        query: what was asked; its filters hold for what the name finds, too.
        hits: what was found for the question, best first.
        retriever: finds passages by the name alone.
    """
    asked = asked_speaker(query.text)
    if asked is None:
        return tuple(hits)
    least = hits[-1].score if hits else 0.0
    known = {hit.passage.passage_id for hit in hits}
    by_name = (
        replace(hit, score=least, found_by="fused")
        for hit in retriever.lexical(replace(query, text=asked.name))
        if hit.passage.passage_id not in known
    )
    every = (*hits, *by_name)
    spoken = [
        hit
        for hit in every
        if speaks(asked, retriever.article(hit.passage.article_id), hit.passage.span, language=query.language)
    ]
    first = {hit.passage.passage_id for hit in spoken}
    ordered = (*spoken, *(hit for hit in hits if hit.passage.passage_id not in first))
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1))


def _names_role(asked: AskedSpeaker, candidate: Candidate) -> bool:
    """Tell whether a sentence, in the language of the question, has all words of the role that is asked about."""
    language = asked.role_in or ""
    return candidate.article.language == language and set(stems(asked.name, language)) <= set(
        stems(candidate.text, language)
    )


def _is_named(surname: str, candidate: Candidate, query: Query) -> bool:
    """Tell whether a sentence names a person, in its own language's spelling too."""
    if surname in words(candidate.text):
        return True
    capitalised = (word for word in candidate.text.split() if not word.islower())
    return candidate.article.language != query.language and any(
        sound_alike(surname, word) for token in capitalised for word in words(token)
    )


def _is_same(asked: str, speaker: str, are_same: Callable[[str, str], bool]) -> bool:
    """Tell whether two names can be one person's: one has all words of the other, and its surname.

    "Paul Roy de Corvelle" may be Paul Roy, asked about Corvelle.
    """
    one, other = words(asked), words(speaker)
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if not shorter or not all(any(are_same(word, another) for another in longer) for word in shorter):
        return False
    begins = len(other) >= _FULL_NAME and len(one) >= len(other)
    return are_same(shorter[-1], longer[-1]) or (begins and all(map(are_same, one, other)))
