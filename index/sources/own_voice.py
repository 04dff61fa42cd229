"""Where an outlet speaks of itself among the paragraphs: of its reporters, to its readers, or again.

The lines are told by what the page itself gives away, not by their wording: the reporter's name, the outlet's name,
whom they address, and what else the page repeats. What quotation marks hold is somebody else's voice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.sources.asides import between_furniture, is_aside, points_of_words
from index.sources.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.sources.layout import Marks
    from index.sources.proof import Proof

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|‘[^’]*’(?!\w)")
# A French imperative that opens the line ("Découvrez les …", and no "Lopez said"), and what is asked about the article itself.
_ASKED_OF_READERS = (
    r"^(?!chez\b|assez\b|rez\b|nez\b)[^\W\d_]{2,}ez(?:-(?:nous|vous|l[ae]s?)\b| (?:l[ae]s?|nos|notre|vos|votre|une?|des|du|au|aux"
    r"|à|chaque|toute?s?|tous|gratuitement|dès|ici|sur)\b| [ld]')"
    r"|\b(?:this|cet(?:te)?|diese[nrs]?|est[ea]|quest[oa]) (?:story|piece|article|enquête|artikel|noticia|articolo) ?\?"
)
_TO_READERS = re.compile(
    r"\b(?:vous|votre|vos|you|yours?|usted(?:es)?|tu(?:s|yo)?|te|voi|vostr[oaie]|tuo[ia]?|você|seu|sua|uw|jouw?|jullie"
    r"|us|our|nous|notre|nos|uns|unser\w*|nuestr[ao]s?|noi|nostr[oaie]|nosso|nossa|onze)\b"
    rf"|(?<=\w )(?-i:Sie|Ihnen|Ihre?[mnrs]?)\b|^(?-i:Ihre?[mnrs]?)\b|{_ASKED_OF_READERS}",
    re.IGNORECASE,
)
_READERS = re.compile(
    r"\b(?:vous|votre|vos|you|yours?|usted(?:es)?|voi|vostr[oaie]|você|jullie)\b|(?<=\w )(?-i:Sie|Ihnen|Ihre?[mnrs]?)\b"
    rf"|{_ASKED_OF_READERS}",
    re.IGNORECASE,
)
# Words of the trade in the languages that are read; each alternative is one thing.
_THINGS = (
    r"news-?letters?|infolettre|bolet[ií]n|nieuwsbrief|notre lettre|our letter",
    r"e-?mails?\b|courriel|inbox|boîte (?:mail|aux lettres|de réception)|postfach|correo|casella|caixa de entrada",
    r"abonn|subscri|suscri|abbona|assina(?:nte|tura|r)\b|abo\b",
    r"inscri(?:vez|s-|ption)|sign(?:ing)?[ -](?:up|in)\b|log in|register\b|anmeld|registr(?:ier|az|ati)|iscriv|aanmelden",
    r"télécharg|download|herunterladen|descarg|scaric|baixe|applis?\b|apps?\b|application",
    r"cookies?\b|privacy|confidentialité|données personnelles|datenschutz|privacidad|terms\b|conditions générales",
    r"lecteurs|lectrices|readers?\b|leser|lectores|lettori|leitores|lezers",
    r"donat|dons?\b|soutenez|soutien|support us|spenden|dona(?:r|tivo|zion)|pay for it|paywall",
    r"members?\b|membership|membres?\b|adhére|mitglied|socios?\b|soci\b|leden\b",
    r"publicité|advert|werbung|anzeigen|publicidad|pubblicità|publicidade|advertentie",
    r"account|compte\b|konto\b|cuenta\b|conta\b",
    r"[£$€] ?\d\S* (?:a|per|each) (?:week|month|year)\b|\d ?€ (?:par|pro|al|por) (?:semaine|mois|an|monat|mese|mes)\b",
    r"gratuit|for free|kostenlos|gratis",
    r"articles?\b|this (?:story|piece|post)\b|contenus?\b|content\b|artikel|artículos?|articoli|artigos?|inhalte",
    r"comments?\b|commentaires?\b|kommentare?\b|comentarios?\b|commenti\b|comentários?\b|reacties?\b|notifications?\b",
    r"journalism|rédact(?:ion|eurs)|redaktion|redacción|redazione|redação|newsroom|redactie",
)
# Tried on small letters: far faster than a pattern that takes both.
_TRADE = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<t{number}>{words})" for number, words in enumerate(_THINGS)) + ")",
)
_TWO_THINGS = 2
_MOST_READ = 0.6  # of the text: what is said below it of whoever signed is no news
_MOST_WORDS_OF_A_BUTTON = 5
_PASSES = 2  # what is struck tells something of the lines beside it
_LONGEST = 600  # characters of one line that speaks to readers
_LONGEST_PULLED = 240  # characters of a pulled quotation
_SHORTEST_PULLED = 15
_BESIDE = 20  # lines of the body around a pulled quotation among which its paragraph stands
_SENTENCE_END = re.compile(r"[.!?…]+[\s\"'»”’]*")


class _Speech(NamedTuple):
    """What a line says outside of quotation marks, whom it speaks to, and of which things of the trade."""

    said: str
    to_readers: bool
    says_you: bool
    things: frozenset[int]


def strike_own_voice(proof: Proof, marks: Marks, publisher: str | None, byline: Sequence[str]) -> None:
    """Strike what an outlet says of itself, and what it prints twice, in a body that is marked.

    Args:
        proof: the page; its headings above struck lines go, too.
        marks: where the body is.
        publisher: the outlet, None where the page does not name it.
        byline: who wrote the article.
    """
    body = [index for index in proof.staying(marks.lede) if index != marks.dek]
    _strike_headline_again(proof, marks, body)
    _strike_pulled(proof, body)
    _strike_authors(proof, body, byline)
    _strike_calls(proof, body, publisher)
    for _ in range(_PASSES):
        _strike_asides(proof, body, publisher)
    _strike_authors(proof, body, byline)
    proof.headings[:] = [index for index in proof.headings if proof.stays(index)]


def _strike_headline_again(proof: Proof, marks: Marks, body: Iterable[int]) -> None:
    if marks.headline is not None:
        for index in body:
            if proof.lines[index].seen == proof.lines[marks.headline].seen:
                proof.strike(index, "headline")


def _strike_pulled(proof: Proof, body: Sequence[int]) -> None:
    """A line goes whose sentences all stand in one paragraph beside it."""
    packed = [_packed(proof.lines[index].seen) for index in body]
    for place, index in enumerate(body):
        line = proof.lines[index]
        if not _SHORTEST_PULLED <= len(line.seen) <= _LONGEST_PULLED or not line.ends_sentence:
            continue  # what ends otherwise may head a section with the words of a quotation in it
        sentences = [part for part in map(_packed, _SENTENCE_END.split(line.seen)) if part]
        beside = packed[max(0, place - _BESIDE) : place + _BESIDE]
        if any(
            len(other) > len(packed[place]) and all(part in other for part in sentences) for other in beside
        ):
            proof.strike(index, "pulled-quote")


def _strike_authors(proof: Proof, body: Sequence[int], byline: Sequence[str]) -> None:
    """The last lines go that begin with the name of whoever signed: nobody reports of himself by name.

    Below most of the text such a line takes with it whatever follows.
    """
    names = tuple(name for name in map(plain, byline) if " " in name)
    total = sum(len(proof.lines[index].seen) for index in body if proof.stays(index))
    above = 0
    for place, index in enumerate(body):
        if names and above > _MOST_READ * total and _tells_of(proof.lines[index].seen, names):
            for following in body[place:]:
                proof.strike(following, "byline")
        above += len(proof.lines[index].seen) * proof.stays(index)
    names = tuple(map(plain, byline))
    for index in reversed(body[1:]):
        if not proof.stays(index):
            continue
        if not names or not proof.lines[index].seen.startswith(names):
            return
        proof.strike(index, "byline")


def _tells_of(seen: str, names: tuple[str, ...]) -> bool:
    """Whether a sentence begins with a name; "NAME:" lets him speak instead."""
    return any(seen.startswith(f"{name} ") and seen[len(name) + 1] not in ":-–—" for name in names)


def _strike_calls(proof: Proof, body: Sequence[int], publisher: str | None) -> None:
    """Lines go that speak to readers of the outlet, or of two things of its trade that the article is not about."""
    staying = [index for index in body if proof.stays(index)]
    heard = {index: _heard(proof.lines[index].seen) for index in staying}
    topics = _topics(proof, heard)
    for index in staying[1:]:
        speech = heard[index]
        if not speech.to_readers or len(speech.said) > _LONGEST:
            continue
        names_outlet = bool(publisher and plain(publisher) in speech.said and speech.says_you)
        if names_outlet or len(speech.things - topics.keys()) >= _TWO_THINGS:
            _strike_call(proof, index, publisher)


def _strike_asides(proof: Proof, body: Sequence[int], publisher: str | None) -> None:
    """Lines go that have enough points, see ``asides``; the first line of the body stays."""
    staying = [index for index in body if proof.stays(index)]
    heard = {index: _heard(proof.lines[index].seen) for index in staying}
    topics = _topics(proof, heard)
    for index in staying[1:]:
        speech = heard[index]
        names_outlet = bool(publisher and plain(publisher) in speech.said)
        if not (names_outlet or speech.to_readers or speech.things):
            continue
        is_report = proof.lines[index].ends_sentence and not (names_outlet or speech.to_readers)
        new = sum(topics.get(thing, index) == index for thing in speech.things)
        words = points_of_words(
            readers=speech.says_you,
            itself=speech.to_readers and not speech.says_you,
            outlet=names_outlet,
            things=min(new, 1) if is_report and not between_furniture(proof, index) else new,
        )
        if is_aside(proof, index, words, quotes=speech.said != proof.lines[index].seen):
            proof.strike(index, "call")


def _topics(proof: Proof, heard: Mapping[int, _Speech]) -> dict[int, int | None]:
    """Return the things of the trade that the article itself is about: the line that names them, None for several."""
    found: dict[int, int | None] = {}
    for index, speech in heard.items():
        if not speech.to_readers and proof.lines[index].is_running:
            for thing in speech.things:
                found[thing] = None if thing in found else index
    return found


def _strike_call(proof: Proof, index: int, publisher: str | None) -> None:
    """Strike a call with the title above it that is its own, and the button below it."""
    proof.strike(index, "call")
    above, below = index - 1, index + 1
    if (
        proof.stays(above)
        and not proof.lines[above].is_running
        and _is_own(proof.lines[above].seen, publisher)
    ):
        proof.strike(above, "call")
    while below < len(proof.lines) and proof.stays(below) and _is_button(proof, below, publisher):
        proof.strike(below, "call")
        below += 1


def _is_button(proof: Proof, index: int, publisher: str | None) -> bool:
    line = proof.lines[index]
    below = index + 1
    heads_text = below < len(proof.lines) and proof.stays(below) and proof.lines[below].is_running
    if heads_text and len(line.seen.split()) > _MOST_WORDS_OF_A_BUTTON:
        return False
    return not line.is_running and not line.ends_sentence and _is_own(line.seen, publisher)


def _is_own(seen: str, publisher: str | None) -> bool:
    """Whether a short line beside a call belongs to it."""
    speech = _heard(seen)
    return speech.to_readers or bool(speech.things or (publisher and plain(publisher) in speech.said))


@lru_cache(maxsize=5000)  # a page's lines are asked about several times
def _heard(seen: str) -> _Speech:
    said = _QUOTED.sub(" ", seen)
    to_readers = _TO_READERS.search(said) is not None
    return _Speech(said, to_readers, to_readers and _READERS.search(said) is not None, _trade_of(said))


def _trade_of(words: str) -> frozenset[int]:
    return frozenset(int(str(found.lastgroup)[1:]) for found in _TRADE.finditer(words.lower()))


def _packed(words: str) -> str:
    """Return words in small letters with nothing but blanks between them."""
    return " ".join(re.findall(r"\w+", words.lower()))
