"""Lines of an article that give orders to a program that reads it: they carry nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MACHINE = r"(?:IA|AI|A\.I\.|assistant\w*|chat\s?bot|bot|modèle(?:\sde\slangage)?|(?:large\s)?language\smodels?|LLM|GPT\w*|model|system|système)"
_RULES = r"(?:instructions?|consignes?|rules|règles|prompts?|guidelines?|directives|orders|ordres)"
# "Say that …", told to whoever reads.
_SAYING = r"(?:say|state|write|answer|reply|add|mention|tell|claim|conclude|respond|affirme[rz]|dites|dis|écri(?:s|vez|re)|répond(?:s|ez|re)|ajoute[rz]|mentionne[rz]|conclu(?:s|ez|re))"
_ORDER = re.compile(
    rf"""\b(?:ignore[rz]?|disregard|forget|oublie[rz]?|override|bypass|contourne[rz]?|ne\s(?:tiens|tenez)\s(?:pas|plus)\scompte)\b
        [^.!?\n]{{0,24}}?\b(?:all|any|your|previous|prior|above|earlier|these|tes|vos|ces|toutes|the|les|des)\s(?:\w+\s){{0,2}}{_RULES}\b(?!\s(?:of|de|du|des)\b)
    |<\s?/?\s?(?:system|assistant|instructions?|user|prompt)\b
    |^\W*(?:system|système|assistant|user)(?:\s(?:IA|AI))?\s?:\s
    |^\W*(?:instructions?|consignes?|note|message)\s(?:to|for|pour|à|au)[^.:\n]{{0,40}}?\b{_MACHINE}\b[^.:\n]{{0,20}}\s?:\s
    |^\W*(?:dear|cher|chère|hey|hello|attention)\s[^.:\n]{{0,12}}?\b{_MACHINE}\b
    |^\W*{_MACHINE}(?:\s\w+)?\s?:\s(?:always|never|please|do\snot|you\s|toujours|veuillez|ne\s|n['’]|{_SAYING})\b
    |^\W*(?:\w+\s){{0,3}}?\w+\s?:\s(?:(?:always|please|toujours|veuillez)\s)?{_SAYING}\s(?:that\b|que\b|qu['’])
    |\b(?:if|si)\s(?:you\sare|tu\ses|vous\sêtes)\s[^.\n]{{0,20}}?\b{_MACHINE}\b
    |\b{_MACHINE}\b[^.!?\n]{{0,30}}\b(?:must|should|shall|dois|devez|doit)\s(?:\w+\s)?(?:say|answer|reply|write|tell|output|respond|dire|répondre|écrire|afficher)\s(?:that|with|que|qu['’]|:|["“«])
    |\b(?:you\smust|tu\sdois|vous\sdevez)\s(?:\w+\s)?(?:say|answer|reply|write|tell|output|respond|dire|répondre|écrire|afficher)\s(?:that|que|qu['’])
    |\bnew\sinstructions?\b|\bnouvelles\s(?:instructions?|consignes?)\b""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def order_lines(text: str) -> tuple[Span, ...]:
    """Return the lines of a text that give orders to a program that reads it; the whole line each."""
    return tuple(_orders(text))


def _orders(text: str) -> Iterator[Span]:
    for line in _LINE.finditer(text):
        if _ORDER.search(line.group()):
            yield Span(line.start(), line.end())
