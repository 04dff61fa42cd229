"""Who wrote it: names out of a byline; beside a person, agencies and desks are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.sources.furniture_words import PICTURE_AGENCIES, PRESS_AGENCIES
from index.sources.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_BYLINE = 140
LONGEST_FIELD = 5000  # characters: no list of authors is longer
_LONGEST_BARE_BYLINE = 90
_LONGEST_DESK = 45
_LONGEST_OPENING = 40
_OPENING = re.compile(
    r"^(?:(?:(?:article |texte? |reportage |enquête |analyse )?"
    r"(?:écrit |rédigé |publié |posté |réalisé )?par|propos recueillis par|texte de|texto de|text"
    r"|(?:written |reported |posted |words |story |text )?by|por|von|door|di|(?-i:De)(?= (?-i:[A-ZÀ-Þ])\S+ (?-i:[A-ZÀ-Þ]))) *:?"
    r"|(?:auteure?s?|authors?|autore?s?|autor(?:en|es)?|journalistes?|rédact(?:eur|rice)|signature|byline) *:) +",
    re.IGNORECASE,
)
# "De notre correspondante à Kiev, Claire Dumont": the names stand behind the place.
_OUR = r"(?:(?:de|avec|from|von|dal|por) )?(?:notre|nos|our|unser\w*|nuestr[ao]s?|nostr[aoie]|onze)"
_OUR_REPORTER = re.compile(
    rf"^{_OUR} (?:own )?(?:correspond[ae]nte?s?|envoyée?s?|korrespondent\w*|corresponsal(?:es)?|enviad[ao]s?|inviat[aoie]"
    r"|corrispondent[ei])(?: spécia\w+| especia\w+| special\w+)?(?: (?:à|au|aux|en|in|at|a|aus|dans) [^,;:]{2,40})?[,;:]? ",
    re.IGNORECASE,
)
_OUR_OPENING = re.compile(rf"^{_OUR} ", re.IGNORECASE)
# What ends the names: a bar, a dash, a place, a function, a date.
_ENDING = re.compile(
    r" *(?:[|•·(\[/]| [–—-] |,? (?:publié|posté|mis à jour|published|updated|posted|le \d|on \d|à \d"
    r"|(?:à|au|aux|in|en|at) (?:la |l')?(?:[A-ZÀ-Þ]|[a-z]{2,10} )|avec (?:l'|les? |la )?(?:AF|agence)|with (?:agencies|wires)|pour |for |FOR |POUR |notre |our "
    r"|journaliste|correspond|envoyé|grand reporter|reporter|chef|rédact|editor"
    r"|special|political|science|chief|senior|staff)).*$",
)
_JOINTS = re.compile(r" *(?:,|;|&|/|\bet\b|\band\b|\by\b|\bund\b|\be\b|\bavec\b|\bwith\b|\ben\b) *")
_PARTICLES = r"(?:d[aeiou]s?|del|della|la|le|van|von|vom|zu|den|der|ter|ten|bin|ben|ibn|al|el|y|st|san)"
_WORD = r"(?:d'|D'|O'|L'|Mc|Mac|al-|el-)?[A-ZÀ-ÞŁŚŻŽČŠĞİ][\w'.-]*"
_NO_FIRST_NAME = re.compile(
    r"(?:par|by|le|la|les|un|une|des|du|de|au|aux|en|à|près|sur|pour|avec|sans|dans|chez|après|avant|contre"
    r"|entre|vers|notre|nos|votre|vos|ce|cette|the|a|an|in|on|at|for|from|with|after|before|our|your|my|this"
    r"|that|how|why|what|who|when|el|los|las|una|newsletter|ad|image|photo"
    r"|saint|sainte|new|north|south|east|west|nord|sud|est|ouest)(?: |$)|l'",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:GmbH|KG|AG|e\.V\.|Ltd|Limited|Inc|LLC|plc|SAS|SARL|S\.A\.|S\.p\.A\.|S\.r\.l\.|S\.L\.|B\.V\.|Lda)(?!\w)"
)
_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]\.[ -]?){2,4}(?: ?[,(]? ?(?:avec|with|et|and) .{2,25})?$")
_NAME = re.compile(rf"^{_WORD}(?:\s(?:{_WORD}|{_PARTICLES})){{0,4}}\s{_WORD}$")
_DESK = re.compile(
    r"\b(?:rédaction|agences?|équipe|bureau|presse|service|journal|agency|agencies|staff|newsroom|desk|reporters?"
    r"|correspondents?|editors?|team|wires?|news|press|media|redaktion|redacción)\b",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"(?:^|\b(?:avec|with|mit|con|et|and|und|y|par|by|von|por) |[/(] ?|[,–—-] )(?:l['’]|les |the )?"
    rf"(?P<name>{PRESS_AGENCIES}|(?<=\()[A-Z]{{3,5}}(?=\))|(?<=avec )[A-Z]{{3,5}}|(?<=with )[A-Z]{{3,5}}|^[A-Z]{{3,4}}$)"
    r"(?=$|[\s,)/.;–—-])"
)
_PICTURE_AGENCY = re.compile(rf"^(?:{PICTURE_AGENCIES})$", re.IGNORECASE)
_AGENCY = re.compile(rf"^(?:l'|[Tt]he )?(?:{PRESS_AGENCIES}|[A-Z]{{2,5}})$")


def authors_in(line: str) -> tuple[str, ...] | None:
    """Read a byline.

    Args:
        line: one line, verbatim.

    Returns:
        The persons' names, verbatim and in order; an agency's name where nobody else signs; empty where a
        desk signs; None where the line is not a byline.
    """
    opens = plain(line[:_LONGEST_OPENING])
    if len(line) > LONGEST_BYLINE + 20 or not (_OPENING.match(opens) or _OUR_OPENING.match(opens)):
        return None
    seen = plain(line)
    opening = _OUR_REPORTER.match(seen) or _OPENING.match(seen)
    if not opening or len(seen) > LONGEST_BYLINE:
        return None
    signed = _ENDING.sub("", seen[opening.end() :]).strip(" .,:")
    parts = [part for part in _JOINTS.split(signed) if part]
    names = tuple(_verbatim(part, line) for part in parts if is_name(part))
    if names:
        return names if len(names) >= len(parts) / 2 else None
    if parts and _AGENCY.match(parts[0]):
        return (_verbatim(parts[0], line),)
    whole = seen[opening.end() :]
    return () if len(whole) <= _LONGEST_DESK and is_desk(whole) and not whole.endswith(".") else None


def split_names(signed: str) -> tuple[str, ...]:
    """Return the persons named in a field for authors, where no word announces them."""
    if len(signed) > LONGEST_FIELD:
        return ()
    with_opening = authors_in(signed)
    if with_opening is not None:
        return with_opening
    parts = [part.strip() for part in _JOINTS.split(plain(signed)) if part.strip()]
    names = [_ENDING.sub("", part).strip() for part in parts if not is_desk(part) and not part[0].islower()]
    agencies = [part for part in parts if _AGENCY.match(part)]
    return tuple(_verbatim(name, signed) for name in [name for name in names if name] or agencies[:1])


def signatures(stated: Iterable[str]) -> tuple[str, ...]:
    """Return who signs according to metadata: the persons named, else the desks and outlets as they stand there.

    Args:
        stated: the fields for authors; addresses among them name nobody.
    """
    fields = [
        field.strip() for field in stated if field.strip() and not field.startswith(("http:", "https:"))
    ]
    named = (name for field in fields for name in split_names(field))
    persons = dict.fromkeys(name for name in named if not is_desk(name))
    short = (field for field in fields if len(field) <= LONGEST_BYLINE)
    return tuple(persons) if any(map(is_name, persons)) else tuple(dict.fromkeys(short))


def agencies_in(line: str) -> tuple[str, ...]:
    """Return the press agencies that a byline, a dateline or a last line credits, verbatim and each once."""
    return tuple(dict.fromkeys(found["name"] for found in _CREDITED.finditer(line[:LONGEST_BYLINE])))


def is_name(words: str) -> bool:
    """Tell whether the words look like a person's first and last name."""
    if not 4 <= len(words) <= 45 or _NO_FIRST_NAME.match(words) or _COMPANY.search(words):
        return False
    return _NAME.match(words) is not None and not is_desk(words) and not _PICTURE_AGENCY.match(words)


def is_bare_byline(seen: str) -> bool:
    """Tell whether a short line consists of nothing but persons' names or initials, an agency, a desk."""
    if len(seen) > _LONGEST_BARE_BYLINE or seen.endswith(("?", "!", ":")):
        return False
    if _INITIALS.match(seen):
        return True
    signed = _ENDING.sub("", seen.strip("()–—- "))
    parts = [part for part in _JOINTS.split(signed) if part]
    return (
        bool(parts)
        and not seen.endswith(".")
        and all(is_name(part) or _is_short_desk(part) for part in parts)
    )


def _is_short_desk(words: str) -> bool:
    return len(words) <= 30 and is_desk(words) and not words[0].islower()


def is_desk(words: str) -> bool:
    """Tell whether an agency, a desk or the newsroom as a whole signs so."""
    return _AGENCY.match(words) is not None or _DESK.search(words) is not None


def _verbatim(name: str, line: str) -> str:
    """Return the name with the apostrophes and blanks that stand in the line."""
    if name in line:
        return name
    pattern = re.escape(name).replace("'", "['’ʼ]").replace(r"\ ", r"[\s\u00ad\u200b]+")
    found = re.search(pattern, line)
    return found.group() if found else name
