"""Which kind of fact a question asks for, and whether a sentence holds one."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["amount", "number", "date"]

# What is asked, in the four languages that most questions come in; other languages ask no kind.
_ASKS: dict[Kind, re.Pattern[str]] = {
    "amount": re.compile(
        r"""\b(?:combien\s+(?:\S+\s+){0,3}?(?:co[uû]t|pai|pay|vaut|valent|rapport|verse|dépens|investi|gagn|touch)
        |combien\s+d['’]?e?\s*(?:euros|dollars|millions|milliards|argent)
        |(?:quel(?:le)?s?\s+(?:est|était|sera|serait|sont|fut)?\s*(?:le|la|les)?\s*)(?:prix|co[uû]ts?|montant|budget|facture|tarif|salaire|amende)
        |à\s+combien\s+(?:s['’]élève|est\s+estimé|revient)|pour\s+quel(?:le)?\s+(?:prix|somme|montant)
        |how\s+much\s+(?:money|(?:\S+\s+){0,6}?(?:cost|paid|pay|spen[dt]|worth|earn|charge|invest|raise|fund|price))
        |(?:what|which)\s+(?:is|was|were|are|will\s+be)?\s*(?:the\s+)?(?:\S+\s+)?(?:price|cost|budget|amount|fine|fee|salary)\b
        |wie\s?viel\s+(?:\S+\s+){0,4}?(?:kost|geld|bezahl|zahl|euro)|cu[aá]nto\s+(?:\S+\s+){0,2}?(?:cuesta|cost|pag|vale|dinero))""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "number": re.compile(
        r"""\bcombien\b|\bhow\s+(?:many|much|long|far|old|tall|big|large|fast)\b|\bwie\s?(?:viele?|lange?|hoch|gro(?:ß|ss))\b
        |\bcu[aá]nt[oa]s?\b|\bqu[ae]nt[oai]\b
        |\bquel(?:le)?s?\s+(?:est\s+|était\s+)?(?:le\s+|la\s+)?(?:nombre|pourcentage|proportion|taux|âge|superficie|distance|durée|température|hauteur|longueur|part)\b
        |\bwhat\s+(?:is\s+|was\s+)?(?:the\s+)?(?:number|percentage|proportion|share|rate)\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "date": re.compile(
        r"""^(?:\W*(?:et|mais|and|but)\s+)?(?:quand|depuis\s+quand|when|since\s+when|wann|seit\s+wann|cu[aá]ndo|quando)\b
        |\b(?:à|en|depuis|de)\s+quel(?:le)?s?\s+(?:date|année|jour|mois|heure|époque|siècle|moment|saison)\b
        |\b(?:what|which)\s+(?:date|year|day|month|time|century)\b
        |\bwelche[mnrs]?\s+(?:jahr|tag|monat|datum|uhrzeit)\b|\bqu[eé]\s+(?:año|día|mes|fecha|hora)\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
}

_NUMBER_WORDS = (
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingtaine "
    "trente quarante cinquante soixante cent cents centaine centaines mille millier milliers million millions "
    "milliard milliards dizaine dizaines douzaine quinzaine aucun aucune moitié tiers quart double triple unique "
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands billion billions dozen dozens "
    "half third quarter twice none single zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig "
    "hundert tausend millionen milliarden dos tres cuatro cinco siete ocho nueve diez doce veinte cien mil millones"
).split()
_NUMBER = rf"(?:\d|\b(?:{'|'.join(_NUMBER_WORDS)})\b)"
_CURRENCY = (
    r"(?:[€$£¥₽₹]|\b(?:euros?|eur|dollars?|usd|livres?|pounds?|yens?|yuans?|roubles?|rubles?|rubel|francs?|chf|"
    r"centimes?|cents?|couronnes?|crowns?|roupies?|rupees?|pesos?|pfund|reais|dirhams?|dinars?)\b)"
)
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "january february march april may june july august september october november december "
    "januar februar märz april juni juli august oktober dezember enero febrero marzo abril mayo junio julio "
    "agosto septiembre octubre noviembre diciembre"
).split()
_DAYS = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes miércoles jueves viernes sábado domingo "
    "aujourd hier demain veille lendemain today yesterday tomorrow tonight heute gestern morgen hoy ayer mañana "
    "matin soir nuit midi minuit morning evening night noon midnight semaine week mois month année year an ans années "
    "years jours days heures hours siècle century printemps été automne hiver spring summer autumn winter"
).split()
_HOLDS: dict[Kind, re.Pattern[str]] = {
    "amount": re.compile(
        rf"{_NUMBER}[^.;!?]{{0,25}}?{_CURRENCY}|{_CURRENCY}\s?\d|\b(?:gratuit|free)", re.IGNORECASE
    ),
    "number": re.compile(_NUMBER, re.IGNORECASE),
    "date": re.compile(
        rf"\b(?:{'|'.join(_MONTHS)})\b|\b(?:{'|'.join(_DAYS)})\b|\b1\d{{3}}\b|\b20\d\d\b|\d\s?h\b|\d:\d\d",
        re.IGNORECASE,
    ),
}


def kind_asked(question: str) -> Kind | None:
    """Return the kind of fact that a question asks for, None where it asks for no certain kind."""
    return next((kind for kind, pattern in _ASKS.items() if pattern.search(question)), None)


def holds(kind: Kind, sentence: str) -> bool:
    """Tell whether a sentence holds a fact of that kind."""
    return bool(_HOLDS[kind].search(sentence))
