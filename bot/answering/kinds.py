"""Which kind of fact a question asks for, and whether a sentence holds one."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["amount", "number", "date"]

# What is asked, in the four languages that most questions come in; other languages ask no kind.
_ASKS: dict[Kind, re.Pattern[str]] = {
    "amount": re.compile(
        r"""\bcombien\s+(?:\S+\s+){0,3}?(?:co[uû]t\w*|pai(?:e|es|ent|era)\b|pay(?:e|é|ée|er|ent)\b|vaut\b|valent\b|vaudra\w*
            |rapporte\w*|verse(?:r|nt|ra|ront)?\b|versé\w*|dépens\w*|invest\w*|gagne(?:r|nt|ra)?\b|gagné\b|touche(?:r|nt|ra)?\b)
        |\bcombien\s+d['’e]\s?(?:euros|dollars|argent|(?:millions|milliards)\s+(?:d['’]euros|de\s+dollars))
        |\bque\s+(?:va\s+)?co[uû]te\w*
        |\bquel(?:le)?s?\s+(?:(?:est|était|sera|serait|sont|fut|a\s+été)\s+)?(?:le\s+|la\s+|les\s+)?(?:prix|co[uû]ts?|montant|budget|facture|tarif|salaire|amende)\b
        |\bà\s+combien\s+(?:s['’]élève|est\s+estimé|revient)|\bpour\s+quel(?:le)?\s+(?:prix|somme|montant)\b|\bà\s+quel\s+prix\b
        |\bhow\s+much\s+(?:\S+\s+){0,6}?(?:money|costs?|paid|pay|spen[dt]|worth|earn(?:s|ed)?|charge[sd]?|invest(?:s|ed)?|raise[sd]?|fund(?:s|ed|ing)?|price)\b
        |\bwhat\s+(?:do|does|did|will|would)\s+(?:\S+\s+){1,6}?cost\b
        |\bwhat\s+(?:is|was|were|are|will\s+be)\s+(?:the|his|her|its|their)\s+(?:\S+\s+)?(?:price|cost|budget|amount|fine|fee|salary)\b
        |\bwie\s?viel\s+(?:\S+\s+){0,4}?(?:kost\w*|geld|bezahl\w*|zahlt\w*|euro)\b|\bwas\s+kost\w*
        |\bcu[aá]nto\s+(?:\S+\s+){0,2}?(?:cuesta\w*|cost\w*|pag\w*|vale\w*|dinero)\b""",
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
        r"""^\W*(?:(?:et|mais|and|but)\s+)?(?:quand|depuis\s+quand|when|since\s+when|wann|seit\s+wann|cu[aá]ndo|quando)\b
        |\b(?:à|en|depuis|de)\s+quel(?:le)?s?\s+(?:date|année|jour|mois|heure|époque|siècle|moment|saison)\b
        |\b(?:what|which)\s+(?:date|year|day|month|time|century)\b
        |\bwelche[mnrs]?\s+(?:jahr|tag|monat|datum|uhrzeit)\b|\bqu[eé]\s+(?:año|día|mes|fecha|hora)\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
}

_NUMBER_WORDS = (
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|vingtaine|trente"
    r"|quarante|cinquante|soixante|cents?|centaines?|mille|milliers?|millions?|milliards?|dizaines?|douzaine|quinzaine"
    r"|aucune?|moitié|tiers|quart|double|triple|unique"
    r"|two|three|four|five|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|billions?|dozens?|half|third|quarter|twice|none|single"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|hundert|tausend|millionen|milliarden"
    r"|dos|tres|cuatro|cinco|siete|ocho|nueve|diez|doce|veinte|cien|mil|millones"
)
_NUMBER = rf"(?:\d|\b(?:{_NUMBER_WORDS})\b)"
_CURRENCY = (
    r"(?:[€$£¥₽₹]|\b(?:euros?|eur|dollars?|usd|livres?|pounds?|yens?|yuans?|roubles?|rubles?|rubel|francs?|chf|"
    r"centimes?|cents?|couronnes?|crowns?|roupies?|rupees?|pesos?|pfund|reais|dirhams?|dinars?)\b)"
)
_MONTHS = (
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|january|february|march|april|june|july|august|september|october|november|december"
    r"|januar|februar|märz|juni|juli|oktober|dezember"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_TIMES = (
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|aujourd|hier|demain|veille|lendemain|matin|soir|nuit|midi"
    r"|minuit|semaines?|mois|années?|ans|jours?|heures?|siècles?|printemps|automne|hiver|(?:cet|l['’]|en|d['’])\s?été"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tomorrow|tonight|morning|evening|night"
    r"|noon|midnight|weeks?|months?|years?|days?|hours?|century|centuries|spring|summer|autumn|winter"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|heute|gestern|morgen|jahr(?:e|en|hundert)?"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|hoy|ayer|mañana|años?"
)
_HOLDS: dict[Kind, re.Pattern[str]] = {
    "amount": re.compile(
        rf"{_NUMBER}[^.;!?]{{0,25}}?{_CURRENCY}|{_CURRENCY}\s?\d|\bgratuit|\bfree\s+of\s+charge\b|\b(?:is|are|was|were|be)\s+free\b",
        re.IGNORECASE,
    ),
    "number": re.compile(_NUMBER, re.IGNORECASE),
    "date": re.compile(
        rf"\b(?:{_MONTHS}|{_TIMES}|(?-i:May))\b|\b1\d{{3}}\b|\b20\d\d\b|\d\s?h\b|\d:\d\d",
        re.IGNORECASE,
    ),
}


def kind_asked(question: str) -> Kind | None:
    """Return the kind of fact that a question asks for, None where it asks for no certain kind."""
    return next((kind for kind, pattern in _ASKS.items() if pattern.search(question)), None)


def holds(kind: Kind, sentence: str) -> bool:
    """Tell whether a sentence holds a fact of that kind."""
    return bool(_HOLDS[kind].search(sentence))
