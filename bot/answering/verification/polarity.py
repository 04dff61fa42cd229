"""Yes and no: whether a drafted clause says the contrary of its source."""

from __future__ import annotations

import re
from functools import lru_cache

from index.types import Span

# Words that deny. "Ne" alone does not ("je crains qu’il ne dure"), and "pas" alone does ("pas potable").
SAYS_NO = re.compile(
    r"""\b(?:n['’]\S+|ne\s\S+)\s(?:\S+\s){0,3}?(?:pas|plus|jamais|rien|ni|guère|aucun\w*|personne|point)\b
    |\b(?:aucun\w*|personne|rien|nul|nulle|jamais)\b[^.;]{0,40}?\b(?:n['’]|ne\s)
    |\b(?:pas|ni|non)\b(?!\sseulement|-)|\bjamais\b|\bsans\b|\baucune?\b|\bnul(?:le)?\s
    |\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|hardly|yet\sto)\b|n['’]t\b
    |\b(?:nicht|kein\w*|nie|niemand|ohne|weder)\b|\b(?:no|nunca|sin|ningún|ninguna|nadie|ni)\b|\b(?:senza|nessun\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Verbs and adjectives that deny what follows them.
DENIES_BY_WORD = re.compile(
    r"""\b(?:refus\w*|declin\w+|rejet\w+|reject\w*|interdi\w+|banned|prohibit\w*|démen\w+|den(?:y|ies|ied)|fail(?:s|ed)?\sto
    |impropre\w*|unfit|undrinkable|impossible|abandonn\w+|called\soff|cancel\w*|annul\w+|n['’]a\spas\ssouhaité
    |renonc\w+|waiv\w+|drop(?:s|ped)?\b|unable|incapable\w*|faute\sd(?:e\b|['’])|(?:for|is|are|was|were)\s(?:want\sof|short)\b|lack(?:s|ed)?|absence|défaut\sd(?:e\b|['’])|manque\w*|dispar\w+|missing)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Verbs that deny what is behind them: who "refused to blame" did not.
TURNS = re.compile(
    r"\b(?:refus\w+\s(?:to\b|de\b|d['’])|renonc\w+\s(?:à|aux?)\b|s['’]abst(?:ien|en)\w+\sd(?:e\b|['’])|(?:gave|giv(?:e|en|ing))\sup\b|abstain\w*\sfrom\b|(?:declin|fail)\w*\sto\b|unable\sto\b|incapables?\sde\b|weiger\w+\ssich\b|se\snegó\sa\b|ha\srifiutato\sdi\b)",
    re.IGNORECASE,
)
# "Sans succès" only adds to what is said: a clause may leave it out.
_WITHOUT = re.compile(r"\b(?:sans|without|ohne|sin|senza)\b", re.IGNORECASE)
# A word that has its "no" inside: "inchangé", "unpaid", "introuvable".
NO_INSIDE = re.compile(
    r"\b(?:un(?!i(?:t|on|vers|que)|der|til|less)\w{4,}|in(?:chang|trouv|suff|util|exist|vis|compl|just|act|efficac|access|habit|occup|tact|demn|apt|cap)\w*"
    r"|im(?:pay|poss|propre|prob|mob)\w*|non-\w+|\w{3,}less)\b",
    re.IGNORECASE,
)
NO_DENIAL = re.compile(
    r"\bnot\sonly\b|\bpas\sseulement\b|\bno\s\d+|\bn°|\bno\.\s|\bsans\sdoute\b|\bno\sdoubt\b|\bplus\spas\b"
    r"|\bno\s(?:more|\w+er)\sthan\b|\bn['’]\w+\spas\sdépassé\w*|\bne\sdépass\w+\spas|\b(?:did|do|does)\snot\sexceed\w*|\bpas\splus\s(?:de\b|d['’]|tard\s)|\bpas\ssans\b|\bnot\swithout\b|\bde\smoins\b|\bno\sless\b|\bno\sfewer\b",
    re.IGNORECASE,
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
        (r"refus\w+|rejet\w+|reject\w+|declin\w+|rechaz\w+|abgelehnt|lehnt\w*|respin\w+|rifiut\w+|turned\sdown", r"accept\w+|acept\w+|agree[ds]?\b|consent\w+|approuv\w+|approved|autoris\w+|angenommen|accett\w+"),
        (r"r?ouvert\w*|ouvr\w+|reopen\w*|rouvr\w+|opens?\b|opened", r"ferm(?:é|er|eture)\w*|clos(?:e|es|ed)?\b|shut\b|gesperrt|sperr\w+|geschlossen|cerr\w+|chius\w+"),
        (r"confirm\w+", r"démen\w+|den(?:ied|ies|y)\b|écart(?:e|é|ée|er)\b|rul(?:e|es|ed|ing)\sout|infirm(?:e|é|ée|er)\b"),
        (r"gagn\w+|remport\w+|won\b|wins?\b|victo\w+", r"perd(?:u|ent|ra|it)?\b|lost\b|defeat\w*|défait\w*"),
        (r"maint(?:ien|enu)\w*|conserv\w+|kept\b|keeps?\b|maintain\w*", r"supprim\w+|abandonn\w+|annul\w+|scrapp\w+|renonc\w+|shelved|dropp(?:ed|ing)\s(?:its|the|their|his|her)\b|démol\w+|abatt\w+"),
        (r"gratuit\w*|free\b(?=[^.]{0,20}(?:$|\b(?:of\scharge|until|throughout|for)\b))", r"payant\w*|charged|paying"),
        (r"plus\s(?:grand|haut|élevé|cher|tard)\w*|larg(?:er|est)|higher|highest|biggest|bigger|later", r"plus\s(?:petit|bas|faible|tôt)\w*|small(?:er|est)|lower|lowest|earlier"),
        (r"later\b|plus\stard|später|después|dopo", r"earlier\b|plus\stôt|früher|antes"),
        (r"\bplus\s(?:grand|haut|élevé|cher)\w*|more\b|más\b|mehr\b|più\b", r"\bless\b|fewer\b|moins\b|menos\b|weniger\b|meno\b"),
        (r"au[-\s]dessus|above|more\sthan|plus\sde", r"au[-\s]dessous|en\sdessous|below|less\sthan|moins\sde|fewer\sthan"),
        (r"autoris\w+|allow\w*|permi[st]\w*|permet\w*", r"interdi\w+|banned|forb\w+|prohibit\w*"),
        (r"coupable\w*|guilty|condamn\w+|convict\w+", r"innocent\w*|acquit\w+|relax(?:é|e)\w*"),
        (r"ni(?:e|ent|é|ait)\b|dément\w*|deny|denies|denied|rejects?\sth(?:at|is)|accus(?:e|ed|es|ent|é|ée|és)\b|disput(?:es|ed)|contest(?:e|ent|é|s|ed)\b|niega\w*|bestreit\w+|nega\b", r"avou\w+|admet\w*|admit\w*|reconna\w+|confess\w+|acknowledg\w+"),
        (r"potable\w*|drinkable|safe\sto\sdrink|trinkbar", r"impropre\w*|unfit|undrinkable|unsafe"),
        (r"dout\w+|doubt\w*", r"certain\w*|convaincu\w*|sure\b|convinced"),
        (r"exclu[ts]?\b|exclure|rules?\sout|ruled\sout", r"n['’]exclu\w+|no\sdescart\w+|not\sruled?\sout"),
        (r"mort\w*|dead\b|killed|tué\w*|died", r"surv\w+|rescap\w+|unhurt|indemne\w*"),
        (r"soutien\w*|support(?:s|ed)?\b|backs?\b|backed|favou?r\w*|en\sfaveur|respald\w+|apoy\w+|begrüß\w+|welcom\w+", r"oppos\w+|against|contre\b(?!\s\d)|en\scontra|rechaz\w+|critic\w+|critiqu\w+|kritisier\w+"),
        (r"céd(?:é|er|ait)\w*|effondr\w+|gave\sway|collaps\w+", r"tenu|résist\w+|held\b|withstood|resist\w+"),
        (r"réuss\w+|succe\w+", r"échou\w+|échec\w*|fail\w*"),
        (r"commenc\w+|début\w+|start\w*|beg[aiu]n\w*", r"cess\w+|termin\w+|stopp\w+|ended|finish\w*"),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[Span, ...]:
    """Return where a text says no; a verb that turns what is behind it, "refused to", ends where it does."""
    plain = NO_DENIAL.sub(lambda match: " " * len(match.group()), text)
    turning = (Span(match.end() - 1, match.end()) for match in TURNS.finditer(plain))
    return tuple(sorted((*(Span(m.start(), m.end()) for m in SAYS_NO.finditer(plain)), *turning)))


def denies(clause: str) -> bool:
    """Tell whether a clause denies something, by a negation or a word like "refuse"."""
    return says_no(clause) or bool(DENIES_BY_WORD.search(clause))


def says_no(clause: str) -> bool:
    """Tell whether a clause holds a negation."""
    return bool(SAYS_NO.search(NO_DENIAL.sub(" ", clause)))


def contrary(clause: str, source: str) -> str | None:
    """Return the word of a clause whose contrary the source has instead of it; None where there is none."""
    for pair in _CONTRARIES:
        for mine, theirs in (pair, pair[::-1]):
            said = mine.search(clause)
            if said and not theirs.search(clause) and theirs.search(source) and not mine.search(source):
                return said.group() if says_no(clause) == says_no(source) else None
    return None


def added_denial(clause: str, source: str) -> str | None:
    """Return the "no" of a clause whose source clause denies nothing, by no word at all; None where it does."""
    if not says_no(clause) or denies(source) or _are_contrary(clause, source):
        return None
    return _word(clause)


def lost_denial(draft: str, source: str) -> str | None:
    """Return the "no" of a source clause where a draft denies nothing at all; None where it does."""
    is_lost = (
        says_no(_WITHOUT.sub(" ", source))
        and not denies(draft)
        and not NO_INSIDE.search(draft)
        and not _are_contrary(draft, source)
    )
    return _word(source) if is_lost else None


def _are_contrary(one: str, other: str) -> bool:
    """Tell whether two clauses have a word and its contrary: what is not pulled down is kept."""
    return any(
        (a.search(one) and b.search(other) and not b.search(one))
        or (b.search(one) and a.search(other) and not a.search(one))
        for a, b in _CONTRARIES
    )


def _word(clause: str) -> str:
    match = SAYS_NO.search(NO_DENIAL.sub(" ", clause))
    return match.group().strip() if match else clause
