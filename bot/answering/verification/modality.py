"""What is, what will be, what may be: how sure a clause is of what it says."""

from __future__ import annotations

import re
from enum import IntEnum

_REPORTED = re.compile(
    r"\b(?:said|says|announced|told|promised|wrote|added|warned|stated|confirmed)\b[^.;]{0,60}\bwould\b"
    r"|\b(?:annoncé|dit|promis|savoir|indiqué|assuré|précisé|prévenu|confirmé|déclaré)\b[^.;]{0,30}\bqu['’e][^.;]{0,60}rai(?:t|ent)\b",
    re.IGNORECASE,
)


class Certainty(IntEnum):
    """How sure a clause is, from what is said to be so to what only may be."""

    IS = 0
    WILL = 1
    EXPECTED = 2
    OPEN = 3
    MAY = 4


# What hangs on something else or is only thought about: neither planned nor excluded, and surely not done.
_OPEN = re.compile(
    r"""\b(?:would|(?:consider|weigh|mull|contemplat|explor)(?:s|ed|ing)?\s(?:whether|if|how|\w+ing)\b|(?:is|are|was|were)\s(?:consider|weigh|mull|contemplat|explor)ing|thinking\s(?:of|about)|probabl\w+|likely|sans\sdoute|threat(?:s|en\w*)|mena[cç]\w+
    |envisag\w+|song(?:e|ent|eait)\sà|réfléchi\w+\s(?:à|au)|étudi\w+\s(?:la\spossibilité|l['’]idée)
    |fear(?:s|ed)?|afraid|worr(?:y|ies|ied)|crai(?:nt|gn\w+)|redout\w+|serai(?:t|ent)|irai(?:t|ent)|ferai(?:t|ent)
    |(?!\bsouhait|\bfrai|\battrai|\bdistrai|\bextrai|\bretrai|\bportrai|\btrai|\bdevrai|\bpourrai|\baurai)\w{3,}(?:e|i|d|t|u|r|v)rai(?:t|ent)
    |erwäg\w+|befürcht\w+|contempla\w*|teme\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# The French conditional of the press says that something is reported and not proved: "aurait reçu".
_MAY = re.compile(
    r"""\b(?:(?:not|without)\srul\w+\sout|could|may(?!\s\d)|might|perhaps|maybe|possibl\w+|allegedly|reportedly|apparently|suspect\w*|believe[sd]?|appears?|seems?|looks?\slike|appeared|seemed
    |peut-être|possible\w*|no\sdescart\w+|non\sesclud\w+|n['’]exclu\w+\spas|n['’](?:a|ont|avai\w+)\spas\sexclu|sans\s(?:exclure|écarter)|éventuel\w*|semble\w*|sembl\w+|paraî\w+|soupçonn\w+|pens(?:e|ent)\b|croi(?:t|ent)\b|présumé\w*|risqu\w+
    |pourr(?:ai[st]|aient)|devrai(?:s|t|ent)\b(?=\savoir)|aurai(?:t|ent)
    |(?:is|are|was|were)\s(?:said|thought|believed|reported|alleged|understood)\sto
    |könnte\w*|dürft\w*|würde\w*|soll\b(?=[^.;]*\bhaben\b)|vielleicht|möglich\w*|podría\w*|quizás?|podrían|potrebb\w+|forse|\w{3,}ebbe(?:ro)?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MAY_NAMES = re.compile(
    r"\b(?:in|since|until|next|on|by|from|early|late|of|last)\sMay\b|\bMay\s\d|\bMay\b(?=[,.]|$)"
)
_EXPECTED = re.compile(
    r"""\b(?:should|expect\w*|due\s(?:to|in|on)|schedul\w+|plan(?:s|ned)?\b|plans?\sto|intend\w*|mean(?:s|t)?\sto\b|hop(?:e|es|ed|ing)\b|set\sto|(?:is|are|was)\sto\s(?!blame)\w+|must|supposed\sto|has\sto|have\sto|want(?:s|ed)?|wish\w*|aims?\sto|promis\w+|offer(?:s|ed|ing)?\b(?=\s(?:to|an?|the|him|her|them)\b|\s\W?\d)|ask(?:s|ed|ing)?\b(?=[^.;]{1,40}\s(?:for|to)\b)|seek\w*|call(?:s|ed|ing)?\sfor|commit\w+|demand\w*
    |devrai(?:t|ent)|doi(?:t|vent)|devra(?:it)?|devront|prévu\w*|prévoi\w+|attend(?:s|u|ue|us|ues|ent|re)?\b|s['’]attend\w*|espèr\w+|espéré\w*|objectif|souhaite(?:nt|rait)?|souhait|veu(?:t|lent)|voulu\w*|compte(?:nt)?\s(?:\w+er|\w+ir|s['’]|installer)|promi[st]\w*|promess\w*|promet\w*|vis(?:e|ent)\sà|réclam\w+|demand\w+|s['’]apprêt\w+|appel(?:le|lent)\sà|s['’]engag\w+|engagé\w*|fixée?\b|projet\w*|à\s(?:partir|compter)
    |anticip\w+|soll(?:en)?|will\b(?=\s\w+en\b)(?!\s(?:(?:re)?open|happen|listen|threaten|\w+then)\b)|plant|hofft|debe\w*|espera\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WILL = re.compile(
    r"""\b(?:will|won['’]t|shall|going\sto|(?:va|vont)\s(?:\w+\s)?\w+(?:er|ir|re)|
    (?!(?:sera|opéra|caméra|choléra)\w*\b)\w{2,}(?:er|ir|dr|tr|ur|rr|vr)(?:a|ont|ai|ons|ez)|sera|seront|aura|auront|fera|feront|ira|iront|tiendra|wird|werden|\w{3,}(?:ará|erá|irá)n?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DONE = re.compile(
    r"""\b(?:has|have|had|was|were)\s(?:\w+\s)?\w+|\b(?:a|ont|avait|avaient|est|sont)\s(?:été\s)?(?:\w+\s)?\w+(?:é|ée|és|ées|i|ie|u|ue|us|it|is|ert)\b
    |\b\w{3,}ed\b|\b(?:sent|took|made|came|began|went|got|gave|paid|built|won|lost|held|saw|became|took\splace)\b""",
    re.IGNORECASE | re.VERBOSE,
)


# What is only wished may not come: who wants it is not who does it.
_WISHED = re.compile(
    r"""\b(?:wants?|wanted|wish\w*|hop(?:e|es|ed|ing)|demand\w*|seek\w*|call(?:s|ed|ing)?\sfor|ask(?:s|ed|ing)?|offer(?:s|ed|ing)?
    |veu(?:t|lent)|voulu\w*|souhait\w*|espèr\w+|espéré\w*|réclam\w+|demand\w+|appel(?:le|lent)\sà|hofft|espera\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# What somebody would like is a wish, in whatever mood it stands: "voudrait", "aurait préféré", "would like".
_WISH = re.compile(
    r"\b(?:aurai(?:t|ent)\s(?:voulu|aimé|souhaité|préféré)|(?:voudr|aimer|souhaiter|préférer)ai(?:t|ent)|would\s(?:like|prefer|rather|have\s(?:liked|preferred))"
    r"|möchte\w*|quisiera\w*|vorrebb\w+)\b",
    re.IGNORECASE,
)
# Leave to do something: "may" and "can" say the same.
_DID_NOT_WISH = re.compile(
    r"\bn['’](?:a|ont|avai\w+)\s(?:pas|jamais)\s(?:voulu|souhaité)\b|\bdid\snot\s(?:want|wish)\b",
    re.IGNORECASE,
)
_CAN = re.compile(
    r"\b(?:can|may|peu(?:t|vent)|d[aü]rf\w*|kann|können|pueden?|può|possono|allowed|autoris\w+|permi\w+)\b",
    re.IGNORECASE,
)
# What has to be so first. "Whether" is no condition, nor is a French "si" behind a verb of asking.
_IF = re.compile(
    r"""(?<!comme\s)(?<!savoir\s)(?<!sait\s)(?<!demande\s)(?<!décidé\s)(?<!as\s)(?<!even\s)(?<!même\s)
    \b(?:if|unless|provided|only\swhen|once\sapproved|subject\sto|depend(?:s|ing)\son|si|s['’](?=ils?\b)|à\scondition|pourvu\sque|sauf\ssi|à\smoins\sque?|sous\sréserve|en\scas\sde|dépend\w*|wenn|falls|sofern|siempre\sque)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# The press conditional of what others say: "serait déjà plus propre".
_HEARSAY = re.compile(r"\b(?:\w+rai(?:t|ent)|soll(?:en)?|reportedly|allegedly)\b", re.IGNORECASE)
_ABLE = re.compile(
    r"\b(?:pourr|devr|might|could|may\b|peut-être|perhaps|possibl|podr|könnt|potrebb)", re.IGNORECASE
)
_ALREADY = re.compile(r"\b(?:already|déjà)\b", re.IGNORECASE)


def certainty(clause: str) -> Certainty:
    """Return how sure a clause is: the least sure of what it says."""
    plain = _WISH.sub(" wants ", _DID_NOT_WISH.sub(" ", _MAY_NAMES.sub(" ", clause)))
    if _REPORTED.search(plain):  # "announced it would": what was to come, seen from then
        return Certainty.WILL
    if _MAY.search(plain):
        return Certainty.MAY
    if _OPEN.search(plain):
        return Certainty.OPEN
    if _EXPECTED.search(plain):
        return Certainty.EXPECTED
    return Certainty.WILL if _WILL.search(plain) else Certainty.IS


def is_done(clause: str) -> bool:
    """Tell whether a clause says that something has happened."""
    return bool(_DONE.search(clause))


def lost_condition(draft: str, source: str) -> bool:
    """Tell whether a draft has come what its source only has come if something else does."""
    condition = _IF.search(source)
    return (
        condition is not None
        and certainty(draft) == Certainty.WILL
        and certainty(source[: condition.start()] or source) == Certainty.WILL
        and not _IF.search(draft)
    )


def is_shifted(clause: str, source: str, *, is_attributed: bool = False) -> bool:
    """Tell whether a clause is surer than its source, or less sure, by more than a manner of speaking.

    What may be stays what may be, and what is open may be told as what may be or is planned. What is expected may be
    said to come ("will open"), but not to have come. What is only reported may be said to be so where it is said who
    says it: other languages have no mood for it.

    Args:
        clause: of a draft.
        source: what says it.
        is_attributed: the draft says who says it, in another language than the source.
    """
    drafted, said = certainty(clause), certainty(source)
    if drafted == said:
        return False
    if Certainty.OPEN in (drafted, said) and min(drafted, said) >= Certainty.EXPECTED:
        return False
    if Certainty.MAY in (drafted, said) or Certainty.OPEN in (drafted, said):
        return not (_is_leave(clause, source) or (is_attributed and _is_hearsay(source)))
    if said == Certainty.EXPECTED and drafted == Certainty.WILL:
        return certainty(_WISHED.sub(" ", source)) == Certainty.IS
    if said in (Certainty.WILL, Certainty.EXPECTED):
        return drafted == Certainty.IS and bool(_DONE.search(clause) or _ALREADY.search(clause))
    return False


def _is_leave(clause: str, source: str) -> bool:
    return all(_CAN.search(_MAY_NAMES.sub(" ", text)) for text in (clause, source))


def _is_hearsay(source: str) -> bool:
    return bool(_HEARSAY.search(source)) and not _ABLE.search(source)
