"""Clauses of a sentence, and which clause of a source says what a clause of a draft says."""

from __future__ import annotations

import re
from functools import lru_cache

from index.types import Span
from index.words import stems, words

_BORDER = re.compile(
    r"\s*[;:–—]\s+|,\s+(?:(?:et|mais|ou|or|car|donc|tandis\sque|alors\sque|and|but|while|as|or|yet|so|y|pero|und|aber)\s+)?"
    r"|\s+(?=(?:mais|tandis\sque|alors\squ['e’]|parce\squ['e’]|because|but|while|although|unless|aber|pero)\b)"
    r"|\s+(?=(?:and|et)\s+(?:\w+\s){0,3}?(?:ne?\b|n['’]|not\b|will|has|have|had|is|was|were|a|ont|sera|seront|est|sont|could|may)\b)"
    r"|\s+(?=(?:y|e|und)\s+(?:\w+\s){0,2}?(?:no\b|non\b|nicht\b|podr\w+|potrebb\w+|será\w*|sarà\w*|ha\b|han\b|fue\w*|könn\w+|wird|werden|wurden?|soll\w*|muss|funcionar\w+)\b)"
    # "… n’aura lieu et mise sur des départs": a long half sentence on either side
    r"|\s+(?=(?:et|and)\s+(?!(?:des?|du|les?|la|un|une|the|an?|its|his|her|their)\s)(?:\S+\s+){3,}\S+)",
    re.IGNORECASE,
)
_SMALL = 3
# What only completes the clause before it: ", avec 265 départs".
_LEANS = re.compile(
    r"(?:avec|sans|without|dont|soit|contre|with|including|against|compared|at|à)\s", re.IGNORECASE
)
_STOP = frozenset(
    words(
        "a à ai aient ait as au aux avait avaient avec ce ces cet cette c d dans de des du elle elles en est et eu il ils je "
        "j l la le les leur leurs lui m ma mais me mes n ne nos notre nous on ont ou où par pas plus pour qu que qui s sa se "
        "ses son sont sur t ta te tes tu un une vos votre vous y été être était étaient fut sera seront serait soit avoir "
        "aura auront aurait cela ça dont si aussi ainsi the a an and or of to in on at by for from with as is are was were be been being it "
        "its this that these those he she they his her their them him we our you your i my who which what when where has "
        "have had do does did not no will would can could may might must shall should so than then there into about over "
        "never nobody nothing none neither nor without sans jamais rien personne guère nicht kein keine keinen nie ohne nunca sin "
        "ningún ninguna nadie ni non senza "
        "after before also up out s t now maintenant désormais jetzt ahora cannot pourrait pourraient pourra pourront peut peuvent doit "
        "doivent devrait devraient while because according apres avant pendant grace selon puisque lorsque whether yet still even already deja encore der die das den dem des ein eine einen einer und oder ist sind war waren wird werden wurde wurden hat haben im am zum zur von mit auf aus bei nach vor seit el los las una unos lo al del que y e por para con su sus se es son fue ha han como mas il i gli lo della dei delle del dal dalla nel nella che di da per con si sono era"
    )
)


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a sentence in order."""
    return tuple(span.of(text) for span in clause_spans(text))


@lru_cache(maxsize=2048)
def clause_spans(text: str) -> tuple[Span, ...]:
    """Return where the clauses of a sentence stand; a stretch of one or two words stays with what is before it."""
    found: list[Span] = []
    start = 0
    for match in [*_BORDER.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > start:
            piece = Span(start, end)
            if found and (len(words(piece.of(text))) < _SMALL or _LEANS.match(piece.of(text))):
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(piece)
        start = match.end() if match else end
    return tuple(found)


@lru_cache(maxsize=4096)
def content(text: str, language: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning; numbers are facts of their own."""
    kept = " ".join(
        word for word in words(text) if word not in _STOP and not word.isdigit() and len(word) > 1
    )
    return frozenset(stems(kept, language))


def shared(mine: frozenset[str], theirs: frozenset[str], *, across: bool) -> float:
    """Return how much of a draft's content a source holds, 0 to 1; across languages by words that look alike."""
    if not mine:
        return 0.0
    if not across:
        return len(mine & theirs) / len(mine)
    heads = {word[:4] for word in theirs}
    return sum(word in theirs or (len(word) > 3 and word[:4] in heads) for word in mine) / len(mine)
