"""Yes and no: whether a drafted clause says the contrary of its source."""

from __future__ import annotations

import re

# Words that deny. "Ne" alone does not ("je crains qu’il ne dure"), and "pas" alone does ("pas potable").
_DENIES = re.compile(
    r"""\b(?:n['’]\S+|ne\s\S+)\s(?:\S+\s){0,3}?(?:pas|plus|jamais|rien|ni|guère|aucun\w*|personne|point)\b
    |\b(?:aucun\w*|personne|rien|nul|nulle|jamais)\b[^.;]{0,40}?\b(?:n['’]|ne\s)
    |\b(?:pas|ni|non)\b(?!\sseulement|-)|\bjamais\b|\bsans\b|\baucune?\b|\bnul(?:le)?\s
    |\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|hardly)\b|n['’]t\b
    |\b(?:nicht|kein\w*|nie|ohne)\b|\b(?:no|nunca|sin|ningún|ninguna|nadie)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Verbs and adjectives that deny what follows them.
_DENIES_BY_WORD = re.compile(
    r"""\b(?:refus\w*|declin\w+|rejet\w+|reject\w*|interdi\w+|banned|prohibit\w*|démen\w+|den(?:y|ies|ied)|fail(?:s|ed)?\sto
    |impropre\w*|unfit|undrinkable|impossible|abandonn\w+|called\soff|cancel\w*|annul\w+|n['’]a\spas\ssouhaité
    |renonc\w+|waiv\w+|drop(?:s|ped)?\b|unable|incapable\w*|lack(?:s|ed)?|manque\w*|dispar\w+|missing)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REFUSES = re.compile(
    r"\b(?:refus(?:e|é|ed|es|ée)|declin(?:es|ed)\sto|impropre\w*|unfit|interdit\w*|banned|prohibited|démenti\w*|denied|denies|fail(?:s|ed)\sto|unable|incapable\w*)\b",
    re.IGNORECASE,
)
# "Sans succès" only adds to what is said: a clause may leave it out.
_WITHOUT = re.compile(r"\b(?:sans|without|ohne|sin)\b", re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"\bnot\sonly\b|\bpas\sseulement\b|\bno\s\d+|\bn°|\bno\.\s|\bsans\sdoute\b|\bno\sdoubt\b|\bplus\spas\b"
    r"|\bno\slonger\sthan\b|\bpas\ssans\b|\bnot\swithout\b|\bde\smoins\b|\bno\sless\b|\bno\sfewer\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"""\b(?:n['’]|ne\s)(?:(?:en|y|l['’]|la|le|les|se|s['’]|lui|leur|me|te|nous|vous)\s?)?(?:a|ont|est|sont|avait|sera|fut|était)\s(?:pas|plus|jamais)\s(?:été\s)?(?:encore\s)?(\w{3,})
    |\b(?:n['’]|ne\s)(?:(?:en|y|la|le|les|se)\s|[ls]['’])?(\w{4,})\s(?:pas|plus|jamais)\b
    |\bnon\s(\w{4,})|\b(?:not|never)\s(?:be\s|been\s|yet\s)?(\w{4,})|n['’]t\s(\w{4,})""",
    re.IGNORECASE | re.VERBOSE,
)
# What one word says and its contrary, in both languages: a word of one side for a word of the other is a denial.
_CONTRARIES = tuple(
    (re.compile(rf"\b(?:{one})", re.IGNORECASE), re.compile(rf"\b(?:{other})", re.IGNORECASE))
    for one, other in (
        (
            r"augment\w+|progress\w+|hausse|croî\w+|accru\w*|grimp\w+|increas\w+|ris(?:e|es|en|ing)\b|rose\b|grew|grow\w*|climb(?:ed|s)\b|raised",
            r"diminu\w+|recul\w+|baiss\w+|chut\w+|perdu\s\d|réduit|decreas\w+|fell\b|fall(?:s|en|ing)?\b|drop(?:ped|s)?\b|declin(?:ed|es|ing)\b|down\b|reduced|lowered",
        ),
        (r"négati\w+|negativ\w+", r"positi(?:f|ve|fs|ves)\b"),
        (r"refus\w+|rejet\w+|reject\w+|declin\w+", r"accept\w+|agreed|consent\w+|approuv\w+|approved"),
        (r"ouvert\w*|ouvr\w+|reopen\w*|rouvr\w+|opens?\b|opened", r"ferm(?:é|er|eture)\w*|clos(?:e|es|ed)?\b|shut\b"),
        (r"confirm\w+", r"démen\w+|den(?:ied|ies|y)\b"),
        (r"gagn\w+|remport\w+|won\b|wins?\b|victo\w+", r"perd(?:u|ent|ra|it)?\b|lost\b|defeat\w*|défait\w*"),
        (r"maint(?:ien|enu)\w*|conserv\w+|kept\b|keeps?\b|maintain\w*", r"supprim\w+|abandonn\w+|annul\w+|scrapp\w+|démol\w+|abatt\w+"),
        (r"gratuit\w*|free\b(?=[^.]{0,20}(?:$|\b(?:of\scharge|until|throughout|for)\b))", r"payant\w*|charged|paying"),
        (r"plus\s(?:grand|haut|élevé|cher|tard)\w*|larg(?:er|est)|higher|highest|biggest|bigger|later", r"plus\s(?:petit|bas|faible|tôt)\w*|small(?:er|est)|lower|lowest|earlier"),
        (r"au[-\s]dessus|above|more\sthan|plus\sde", r"au[-\s]dessous|en\sdessous|below|less\sthan|moins\sde|fewer\sthan"),
        (r"autoris\w+|allow\w*|permi[st]\w*|permet\w*", r"interdi\w+|banned|forb\w+|prohibit\w*"),
        (r"coupable\w*|guilty|condamn\w+|convicted", r"innocent\w*|acquit\w+|relax(?:é|e)\w*"),
        (r"vend(?:u|re|ent|ait)\w*|sold\b|sells?\b", r"achet\w+|bought\b|buys?\b"),
        (r"mort\w*|dead\b|killed|tué\w*|died", r"surv\w+|rescap\w+|unhurt|indemne\w*"),
        (r"soutien\w*|support(?:s|ed)?\b|backs?\b|favorable", r"oppos\w+|against|contre\s(?:le|la|ce|cette)\b"),
        (r"réuss\w+|succe\w+", r"échou\w+|échec\w*|fail\w*"),
        (r"commenc\w+|début\w+|start\w*|beg[aiu]n\w*", r"cess\w+|termin\w+|stopp\w+|ended|finish\w*"),
    )
)  # fmt: skip


def denies(clause: str) -> bool:
    """Tell whether a clause denies something, by a negation or a word like "refuse"."""
    return says_no(clause) or bool(_DENIES_BY_WORD.search(clause))


def says_no(clause: str) -> bool:
    """Tell whether a clause holds a negation."""
    return bool(_DENIES.search(_NO_DENIAL.sub(" ", clause)))


def denied_words(text: str) -> tuple[str, ...]:
    """Return the words that negations are about: "achetés" in "non achetés", "waive" in "did not waive"."""
    return tuple(next(filter(None, match.groups())) for match in _DENIED.finditer(_NO_DENIAL.sub(" ", text)))


def contrary(clause: str, source: str) -> str | None:
    """Return the word of a clause whose contrary the source has instead of it; None where there is none."""
    for pair in _CONTRARIES:
        for mine, theirs in (pair, pair[::-1]):
            said = mine.search(clause)
            if said and not theirs.search(clause) and theirs.search(source) and not mine.search(source):
                return said.group()
    return None


def turned(clause: str, source: str) -> str | None:
    """Return why a clause says the contrary of its source clause; None where it does not.

    A denial may be worded differently ("refused", "did not agree"), so a negation on one side needs a
    negation or such a word on the other.
    """
    if says_no(clause) and not denies(source):
        return _word(clause)
    if says_no(_WITHOUT.sub(" ", source)) and not denies(clause):
        return _word(source)
    if _same_denial(clause, source):
        return None
    return contrary(clause, source) if says_no(clause) == says_no(source) else None


def refusal_lost(clause: str, source: str) -> str | None:
    """Return the word by which a source clause refuses, where a clause that says the same otherwise does not."""
    refused = _REFUSES.search(source)
    return refused.group() if refused and not denies(clause) else None


def _same_denial(clause: str, source: str) -> bool:
    return says_no(clause) and bool(_DENIES_BY_WORD.search(source)) and not says_no(source)


def _word(clause: str) -> str:
    match = _DENIES.search(_NO_DENIAL.sub(" ", clause))
    return match.group().strip() if match else clause
