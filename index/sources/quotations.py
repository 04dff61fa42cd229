"""Who is quoted saying what: quotation marks with the name that the sentence around them gives.

Only what the text says outright counts: a verb of saying beside the marks, and a name beside the verb, or a pronoun
where the paragraph before named somebody. A quotation without that has no speaker and is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (("«", "»"), ("“", "”"), ("„", "“"), ("„", "”"), ('"', '"'))
_QUOTED = re.compile(
    "|".join(rf"{start}[^{start}{end}\n]{{3,1200}}{end}" for start, end in dict.fromkeys(_MARKS))
)
_PARTICLE = r"(?:d[aeiu]s?|del|della|la|le|van|von|vom|zu|den|der|ter|ten|bin|ben|ibn|al|el|y|Mac)"
_CAPITAL = r"(?:[dDlL]['’]|O['’]|Mc|Mac)?[A-ZÀ-ÞŁŚŻŽČŠĞİ][\w’'-]+"
_FULL = (
    rf"{_CAPITAL}(?:[ \u00a0\u202f](?:{_PARTICLE}[ \u00a0\u202f]|[A-Z]\.[ \u00a0\u202f]?)*{_CAPITAL}){{1,3}}"
)
_TITLE = r"(?:M\.|MM\.|Mme|Mmes|Mlle|Me|Dr|Pr|Mr\.?|Mrs\.?|Ms\.?|Sir|Herr|Frau|Sra?\.|Señora?)[ \u00a0\u202f]"
_TITLED = rf"{_TITLE}{_CAPITAL}(?:[ \u00a0\u202f]{_CAPITAL}){{0,3}}"
_FRENCH = (
    r"déclar|affirm|expliqu|estim|assur|indiqu|précis|soulign|ajout|rappel|racont|confi|dit|lanc|répond|regrett|juge"
    r"|jugé|résum|not|observ|constat|plaid|promet|promis|dénonc|s’indign|s'indign|justifi|réag|lament|insist|conclu"
    r"|reconna|reconnu|préven|prévenu|détaill|soupir|plaisant|prévoi|tonn|sour|glis|martel|confirm|écri|fait savoir"
    r"|déplor|souffl|répét|évoqu|emport|tranch|relat|lâch|prédi|approuv|relèv|relev|martèl|reconnaî"
    r"|fait valoir|poursui|admet|admis|s’agac|s’inquièt|s’interrog|se félicit|se souvien|calcul|énumèr|rapport"
)
_SAID_FRENCH = (
    rf"(?:(?:l[’']|m[’'])?(?:a|ont|avait|avaient|s[’']est|s[’']était)[ \u00a0](?:-t-(?:il|elle|on)[ \u00a0])?(?:\w+[ \u00a0])?"
    rf"(?:{_FRENCH})\w*|(?:{_FRENCH})\w*)"
)
_SAID = re.compile(
    rf"\b(?:{_SAID_FRENCH}"
    r"|said|says|told|added|adds|explained|warned|argued|recalled|joked|wrote|insisted|asked|replied|noted|claimed"
    r"|predicted|predicts|shouted|warns|explains|argues|recalls|insists|promised|admitted|acknowledged|testified"
    r"|sagte|sagt|erzählte|berichtete|erklärte|betonte|meinte|sprach|ergänzte|kündigte|scherzte"
    r"|dijo|dice|afirmó|afirma|explicó|explica|aseguró|asegura|señaló|señala|contaba|cuenta|lamenta|lamentó|protesta"
    r"|protestó|informó|bromea|añadió|subrayó|ha dicho|ha declarado|ha detto|dice|spiega|disse|afirmou|explicou)\b"
)
_BARRIER = re.compile(
    r"(?<!\bM)(?<!\bMM)(?<!\bDr)(?<!\bPr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSr)(?<!\bSra)[.!?…](?:\s|$)|[«“„\"]|\n"
)
_ROOM = 110  # characters between the verb and the end of the name
_WORDS_WITH_PRONOUN = 3  # "a-t-elle également"
_BEFORE = 130  # characters before the opening mark in which name and verb stand
_NAME = re.compile(rf"{_TITLED}|{_FULL}")
_SINGLE = re.compile(_CAPITAL)
# Roles that are written with a capital before a name, and acronyms.
_ROLE = re.compile(
    r"^(?:[A-ZÀ-Þ]{2,}|(?i:\w*(?:meister|präsident|minister|leiter|sprecher|direktor|chef|kommandant|vorsitzende|anwalt|lehrer"
    r"|forscher|landrat|rat|rätin)(?:in|r|s)?)|(?:[A-Z][a-z]+[ \u00a0])?(?:Commander|Officer)|Owner|Farmer|Principal|Prosecutor|President|Mayor|Minister|Professor|Judge"
    r"|Sheriff|Clerk|Governor|Senator|Councillor|Captain|Chief|Director|Librarian|Villager|Headteacher|Coach|Lawyer"
    r"|Secretary|Spokes\w+|Président|Ministre|Maire|Alcalde|Presidente|Ministr[oa])[ \u00a0](?=\S+[ \u00a0]\S)"
)
# What begins a sentence before a name is no part of it.
_OPENING = re.compile(
    r"^(?:(?:But|And|The|In|On|At|For|As|When|While|After|Before|Then|Yet|Mais|Et|Or|La|Le|Les|Un|Une|Pour|Chez|Quand|Dans"
    r"|Car|Puis|Hier|Ainsi|Enfin|Comme|Avec|Yesterday|Today|Later|Auch|Gestern|Ayer|Lundi|Mardi|Mercredi|Jeudi|Vendredi"
    r"|Samedi|Dimanche|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Aber|Und|Der|Die|Das|El|Los|Las|Pero|Il|Lo)[ \u00a0\u202f])+"
)
# A name that a pronoun may mean stands where a sentence or an inserted clause begins, or behind a title: "Oklahoma City"
# behind a preposition is nobody.
_IN_FRONT = re.compile(r"(?:^|[.!?…,][ \u00a0\u202f])(?:[«“\"]?)$")
_ENDS = re.compile(r"[.!?…][»”\"]?\s")
# Behind a full stop, and behind the marks of languages that put a comma before "X said", a capital begins a new sentence.
_NEW_SENTENCE = re.compile(r"(?:[.!?…][ \u00a0\u202f]*|(?<=»)[ \u00a0\u202f]+)[A-ZÀ-Þ«“\"]")
# A name behind one of these is not who speaks: "a voisin d’Hector Lemaître", "a spokesman for Arthur Pell".
_GOVERNED = re.compile(
    r"\b(?:[dl][’']|(?:de|du|des|la|le|les|à|au|aux|pour|par|chez|avec|contre|sur|sous|envers|devant|comme|ex"
    r"|of|for|to|by|the|with|from|about|at|in|against|on|like|and|or|et|ou|und|y|e"
    r"|von|vom|der|die|das|dem|den|des|für|mit|zum|zur|bei|gegen|del|el|los|las|para|por|a|con|da|do|dos)[ \u00a0])$"
)
# Behind one of these somebody else may act: "a dit le maire, que soutient Paul Roy".
_ANOTHER = re.compile(
    r"\b(?:que|qui|dont|où|alors|quand|après|avant|lorsque|tandis|depuis|who|whom|whose|which|that|when|while|after"
    r"|before|as|since|because|nachdem|während|als|deren|dessen|quien|cuando|tras|mientras)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:le|la|les|un|une|the|an?|der|die|das|ein|eine|el|los|las|l[’'])\b", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"\b(?:the|der|die|das|el|la)[ \u00a0]$")
_OUTLET = re.compile(r"(?:Le|La|Les|The|Der|Die|Das|El|Los|Las|Il)[ \u00a0]")
_OF_OTHERS = re.compile(
    r"(?<!von)(?<!van)[ \u00a0](?:der|den)[ \u00a0]"
)  # "Helfer der Vorsitzenden Anna Bell"
_BEHIND_MARKS = re.compile(r"[,!?.…]?[ \u00a0\u202f]?,?[ \u00a0\u202f]*")
_PUNCTUATED = ",.!?…"
_TITLE_WORDS = 5  # a name or title in marks has few words: "Chez Paulette"
_ASIDE_WORDS = 3  # between a name and its verb: "se", "later", "lui aussi"
_AS_SOURCE = re.compile(r"(?:selon|d[’']après|according to|laut|según|secondo|segundo)[ \u00a0]")
_PRONOUN = re.compile(r"-t-(?:il|elle)\b|-(?:il|elle)\b|\b(?:he|she|er|sie)\b", re.IGNORECASE)
_NAMED_AS_SOURCE = r"(?:Selon|Pour|According to|Laut|Según|Secondo|Segundo)[ \u00a0]"
_SOURCE = re.compile(
    r"\b(?:selon|d[’']après|pour|according to|laut|según|secondo|segundo)[ \u00a0](?:[a-zà-ÿ’' -]{0,40}?)$"
)


def quotations_in(text: str) -> tuple[Quotation, ...]:
    """Find who is quoted saying what.

    Args:
        text: an article's text, a paragraph in each line.

    Returns:
        Each quotation that has a speaker, in order: the span of the words between the marks, and the name as the text
        prints it, in full where an earlier paragraph prints it in full.
    """
    found: list[Quotation] = []
    last: str | None = None
    for line in re.finditer(r"[^\n]+", text):
        spoken = list(_in_paragraph(text, line.start(), line.end(), last, found))
        found += spoken
        last = spoken[-1].speaker if spoken else None
    return tuple(found)


def _in_paragraph(
    text: str, start: int, end: int, last: str | None, before: list[Quotation]
) -> Iterator[Quotation]:
    known = [quotation.speaker for quotation in before]
    since = before[-1].span.end if last else start
    for quoted in _QUOTED.finditer(text, start, end):
        span = _inside(text, quoted.start(), quoted.end())
        is_next = len(_ENDS.findall(text[since : quoted.start()])) <= 1
        named = last if last and is_next else _only_name(_last_sentence(text[start : quoted.start()]))
        speaker = (
            span
            and not _is_title(text, start, span)
            and (
                _after(text, quoted.end(), end, named, known)
                or _ahead(text, start, quoted.start(), named, known)
            )
        )
        if span and speaker:
            last, since = speaker, quoted.end()
            yield Quotation(span, speaker)


def _only_name(words: str) -> str | None:
    """Return the one name in the sentence before a quotation: the pronoun behind it means that person."""
    found = list(_NAME.finditer(words))
    names = {_bare(name.group()) for name in found}
    if len(names) != 1 or not any(_is_person(words, name) for name in found):
        return None
    return names.pop()


def _last_sentence(words: str) -> str:
    return _ENDS.split(words.rstrip(" .!?…:\u00a0\u202f"))[-1]


def _is_person(words: str, found: re.Match[str]) -> bool:
    name = found.group()
    is_titled = bool(re.match(_TITLE, name) or _ROLE.match(name))
    return is_titled or (bool(_IN_FRONT.search(words[: found.start()])) and not _OPENING.match(name))


def _bare(name: str) -> str:
    """Return a name without title and role."""
    bare = _ROLE.sub("", re.sub(rf"^(?:{_NAMED_AS_SOURCE})?(?:{_TITLE}|[lLdD]['’])?", "", name))
    return _OPENING.sub("", bare)


def _inside(text: str, start: int, end: int) -> Span | None:
    """Return the words between the marks, without the blanks that French puts beside them."""
    words = text[start + 1 : end - 1]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(start + 1 + left, start + 1 + right) if left < right else None


def _is_title(text: str, start: int, span: Span) -> bool:
    """Tell whether few words with a capital stand in the middle of a sentence: a title, a name, no speech."""
    words = span.of(text)
    before = text[start : span.start].rstrip('«“„" \u00a0\u202f')
    return words[0].isupper() and len(words.split()) <= _TITLE_WORDS and before[-1:].isalnum()


def _after(text: str, place: int, end: int, last: str | None, known: list[str]) -> str | None:
    """Read what follows the closing mark: ", a déclaré X", ", X said"."""
    if _NEW_SENTENCE.match(text, place, end):
        return None
    rest = text[place : min(end, place + _ROOM + 40)]
    clause = rest[: _end_of_clause(rest)]
    verb = _SAID.search(clause)
    opens = _BEHIND_MARKS.match(clause)
    if opens and (source := _AS_SOURCE.match(clause, opens.end())):
        name = _NAME.match(clause, source.end())
        return _full(name.group(), known) if name and _may_speak(name.group()) else None
    is_theirs = text[place - 2] in _PUNCTUATED or bool(opens and opens.group().strip())
    return (
        _beside_verb(clause, opens.end(), verb, last, known, is_theirs=is_theirs) if verb and opens else None
    )


def _beside_verb(
    clause: str, opens: int, verb: re.Match[str], last: str | None, known: list[str], *, is_theirs: bool
) -> str | None:
    """Return who stands beside the verb behind a quotation.

    Args:
        clause: what follows the closing mark.
        opens: where its first word is.
        verb: of saying, in the clause.
        last: whom a pronoun means.
        known: those quoted before.
        is_theirs: whether a comma or the like parts the quotation from what follows: else the sentence goes on
            behind the marks, and a verb further on is not theirs.
    """
    if verb.start() <= opens:  # the verb comes first: the name follows it
        pronoun = _PRONOUN.match(clause, verb.end()) or _PRONOUN.search(clause[opens : verb.end() + 4])
        return last if pronoun else _subject_behind(clause[verb.end() : verb.end() + _ROOM], known)
    if not is_theirs:
        return None
    between = clause[opens : verb.start()]
    if _PRONOUN.search(between) and len(between.split()) <= _WORDS_WITH_PRONOUN:
        return last
    return _name_at_start(between, known) if len(between) <= _ROOM else None


def _ahead(text: str, start: int, place: int, last: str | None, known: list[str]) -> str | None:
    """Read what stands before the opening mark: "X a déclaré que", "Selon X,", "X:"."""
    lead = text[max(start, place - _BEFORE) : place]
    cut = max((found.end() for found in _BARRIER.finditer(lead)), default=0)
    clause = lead[cut:]
    verb = max(_SAID.finditer(clause), key=lambda found: found.start(), default=None)
    if verb is None:
        names = list(_NAME.finditer(clause))
        by_source = names and (
            _SOURCE.search(clause[: names[-1].start()].lower())
            or re.match(_NAMED_AS_SOURCE, names[-1].group())
        )
        return _full(names[-1].group(), known) if by_source and _may_speak(names[-1].group()) else None
    if _PRONOUN.search(clause[: verb.end()]):
        return last
    return _subject_ahead(clause[: verb.start()], known)


def _end_of_clause(rest: str) -> int:
    found = _BARRIER.search(rest, 1)
    return found.start() if found else len(rest)


def _subject_behind(words: str, known: list[str]) -> str | None:
    """Return the name behind a verb that can be who speaks, or a surname that belongs to one quoted before."""
    for found in _NAME.finditer(words):
        lead = words[: found.start()]
        if _ANOTHER.search(lead):
            return None
        if not _is_governed(lead, found.group()) and _may_speak(found.group()):
            return _full(found.group(), known)
    single = _SINGLE.match(words.lstrip(" \u00a0"))
    return _earlier(single.group(), known) if single else None


def _subject_ahead(words: str, known: list[str]) -> str | None:
    """Return the name before a verb that can be who speaks: nobody else may stand between them."""
    for found in _NAME.finditer(words):
        is_governed = _is_governed(words[: found.start()], found.group())
        if not is_governed and _may_speak(found.group()) and _leads_to_verb(words[found.end() :]):
            return _full(found.group(), known)
    single = re.search(rf"(?:^|[\s,]){_CAPITAL}(?=[ \u00a0]*$)", words)
    return _earlier(single.group().strip(" ,\u00a0\n"), known) if single else None


def _is_governed(lead: str, name: str) -> bool:
    """Tell whether a name belongs to the word before it: "un voisin d’Hector Lemaître", "a spokesman for Arthur Pell".

    Args:
        lead: what stands before the name.
        name: as it was found, with a role that is written with a capital: "die Vorsitzende Friederike Tannhoff".
    """
    elided = name[:2] if name[:2] in ("d’", "d'", "l’", "l'") else ""
    if _ROLE.match(name):
        lead = _ARTICLE_BEFORE.sub("", lead)
    return bool(_GOVERNED.search(f"{lead}{elided}"))


def _may_speak(name: str) -> bool:
    """Tell whether a name can be who speaks: "Le Courrier d’Orvanne" is an outlet, "Sprecher von Bernd Falk" another."""
    return not (_OUTLET.match(name) or _OF_OTHERS.search(name) or _bare(name)[:1].islower())


def _leads_to_verb(between: str) -> bool:
    """Tell whether what stands between a name and its verb is an aside: ", maire de Vaubrun,", "se"."""
    aside = between.strip(" \u00a0")
    if aside.startswith(","):
        return aside.endswith(",")
    return not _ARTICLE.match(aside) and len(aside.split()) <= _ASIDE_WORDS and "," not in aside


def _name_at_start(words: str, known: list[str]) -> str | None:
    """Return the name that stands right before the verb, behind nothing but a role in small letters."""
    stripped = words.strip(" ,\u00a0")
    found = list(_NAME.finditer(stripped))
    if found and found[-1].end() == len(stripped):
        return _full(found[-1].group(), known)
    single = _SINGLE.fullmatch(stripped)
    return _earlier(single.group(), known) if single else None


def _full(name: str, known: list[str]) -> str | None:
    """Return the fuller name where an earlier one ends with the same words; one word alone is no name of a stranger."""
    bare = _bare(name)
    is_whole = len(bare.split()) > 1 or bool(re.match(_TITLE, name))
    return _earlier(bare, known) or (bare if is_whole else None)


def _earlier(surname: str, known: list[str]) -> str | None:
    return next((name for name in reversed(known) if name == surname or name.endswith(f" {surname}")), None)
