"""How a text names a time from another day: "hier", "next month", "la semaine dernière", "last spring"."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["day", "week", "month", "year"]

# What is said from a day, the day of publishing unless another is named: the days, weeks, months or years between.
_SAID: tuple[tuple[str, Unit, int], ...] = (
    (r"(?:l['’]an(?:née)?|année)\s(?:prochaine?|qui\svient|suivante?)|next\syear|following\syear|nächstes\sJahr|(?:el\spróximo\saño|año\spróximo|próximo\saño)|l['’]anno\sprossimo", "year", 1),
    (r"(?:l['’]an(?:née)?|année)\s(?:dernier|dernière|passée?|précédente?|d['’]avant)|last\syear|the\syear\s(?:before|earlier)\b(?!\s(?:the|an?|his|her|its|their)\b)|previous\syear|letztes\sJahr|vergangenes\sJahr|(?:im\s)?(?:vergangenen|letzten)\sJahr|im\sJahr\sdavor|año\spasado|l['’]anno\sscorso", "year", -1),
    (r"cette\sannée|this\syear|dieses\sJahr|in\sdiesem\sJahr|este\saño|quest['’]anno", "year", 0),
    (r"(?:le\s)?mois\s(?:prochain|qui\svient|suivant)|next\smonth|following\smonth|nächsten\sMonat|(?:próximo\smes|mes\spróximo)|mese\sprossimo", "month", 1),
    (r"(?:le\s)?mois\s(?:dernier|passé|précédent|d['’]avant)|last\smonth|the\smonth\s(?:before|earlier)\b(?!\s(?:the|an?|his|her|its|their)\b)|previous\smonth|(?:letzten|vergangenen)\sMonat|mes\spasado|mese\sscorso", "month", -1),
    (r"ce\smois(?:-ci)?\b|this\smonth|diesen\sMonat|este\smes|questo\smese", "month", 0),
    (r"semaine\s(?:prochaine|qui\svient|suivante)|next\sweek|following\sweek|nächste\sWoche|(?:próxima\ssemana|semana\s(?:próxima|que\sviene))|settimana\sprossima", "week", 1),
    (r"semaine\s(?:dernière|passée|précédente|d['’]avant)|last\sweek|the\sweek\s(?:before|earlier)\b(?!\s(?:the|an?|his|her|its|their)\b)|previous\sweek|(?:letzte|vergangene)\sWoche|semana\spasada|settimana\sscorsa", "week", -1),
    (r"cette\ssemaine|this\sweek|diese\sWoche|esta\ssemana|questa\ssettimana", "week", 0),
    (r"avant-hier|day\sbefore\syesterday|vorgestern|anteayer", "day", -2),
    (r"(?<!avant-)hier\b|la\sveille\b|(?<!before\s)yesterday\b|(?:the\sday\sbefore|previous\sday)\b(?!\s(?:yesterday|the|an?|his|her|its|their)\b)|gestern\b|ayer\b|ieri\b", "day", -1),
    (r"après-demain|day\safter\stomorrow|übermorgen|pasado\smañana", "day", 2),
    (r"(?<!après-)demain\b|le\slendemain\b|(?<!after\s)tomorrow\b|(?:next|following)\sday\b|the\sday\safter\b(?!\s(?:tomorrow|the|an?|his|her|its|their)\b)|domani\b", "day", 1),
    (r"aujourd['’]hui\b(?!\s(?:encore|moins|plus))|today\b(?!['’]s)|ce\s(?:matin|soir|midi)|this\s(?:morning|evening|afternoon)|tonight|heute\b|hoy\b|oggi\b", "day", 0),
)  # fmt: skip


RELATIVE = tuple(
    (re.compile(rf"\b(?:{said})", re.IGNORECASE), unit, distance) for said, unit, distance in _SAID
)
SEASON_FROM = re.compile(
    r"\b(?:(?:printemps|été|automne|hiver)\s(?:(?P<next>prochaine?)|derni\w+|passé)"
    r"|(?:(?P<next2>next|coming|nächste\w*|kommende\w*)|last|past|letzte\w*|vergangene\w*)\s(?:spring|summer|autumn|fall|winter|Frühjahr|Frühling|Sommer|Herbst|Winter))\b",
    re.IGNORECASE,
)
