"""What was chosen and what it was chosen instead of: the two must not change places."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.answering.verification.types import Fault
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answering.verification.alignment import Wording
    from bot.answering.verification.comparison import Comparison

# What is left stands right behind one of these.
_LEFT = re.compile(
    r"""\b(?:instead\sof|rather\sthan|in\s(?:place|lieu)\sof|as\sopposed\sto
    |plutôt\squ(?:e\b|['’])|au\slieu\sd(?:e\b|es\b|u\b|['’])|à\sla\splace\sd(?:e\b|es\b|u\b|['’])|et\snon(?:\spas)?\b|contre(?=\s\S+\s(?:auparavant|jusqu['’](?:ici|alors)|avant|précédemment)\b)|(?:compared\sto|compared\swith|against|versus|vs)(?=\s\S+\s(?:before|previously|until\snow)\b)
    |anstatt|anstelle|statt|en\s(?:lugar|vez)\sde(?:l\b|\b)|invece\sd(?:i|el|ei|ella|elle)\b|piuttosto\sche|al\sposto\sd(?:i|el|ei))""",
    re.IGNORECASE | re.VERBOSE,
)
# "He prefers A to B", "il préfère A à B", "they chose A over B": what is left stands behind the last word.
_PREFERS = re.compile(
    r"\b(?:préf[eéè]r\w+[^.;,]{3,70}?\s(?:à|aux?)\s(?=\S)|prefer\w*[^.;,]{3,70}?\sto\s|(?:cho(?:se|sen|oses)|pick(?:ed|s)|favou?red)[^.;,]{3,60}?\sover\s"
    r"|replac(?:ed|es|ing)?\s(?=[^.;,]{3,60}?\s(?:by|with)\s)|rempla(?:ce|cer|cé|cent|cera)\w*\s(?=[^.;,]{3,60}?\spar\s))",
    re.IGNORECASE,
)
_REPLACES = re.compile(r"^(?:replac|rempla)", re.IGNORECASE)
_BY = re.compile(r"\s(?:by|with|par)\s", re.IGNORECASE)
_END = re.compile(
    r"[,;:.!?»”)]|\s(?:and|but|et|mais|und|aber|y|pero|because|parce|for\sreasons|afin)\s", re.IGNORECASE
)


@lru_cache(maxsize=2048)
def left_out(text: str) -> tuple[Span, ...]:
    """Return where a text says what was not taken: "a slide" in "a pool instead of a slide"."""
    spans = [Span(m.end(), _end(text, m.end())) for m in _LEFT.finditer(text)]
    for match in _PREFERS.finditer(text):
        if _REPLACES.match(match.group()):
            by = _BY.search(text, match.end())
            spans.append(Span(match.end(), by.start() if by else _end(text, match.end())))
        else:
            spans.append(Span(match.end(), _end(text, match.end())))
    return tuple(span for span in spans if span.end > span.start)


def instead_fault(comparison: Comparison) -> Fault | None:
    """Return that a draft has chosen what its source has left, or leaves what the source has chosen."""
    mine = left_out(comparison.draft.text)
    for wording, links in zip(comparison.wordings, comparison.links, strict=True):
        theirs = left_out(wording.text)
        if not theirs:
            continue
        kept_there = _differing(comparison.words, wording, links, mine, theirs)
        if kept_there:
            return Fault("instead", " ".join(s.of(comparison.draft.text) for s in mine) or kept_there)
    return None


def _differing(
    words: Wording,
    source: Wording,
    links: Mapping[int, int],
    mine: tuple[Span, ...],
    theirs: tuple[Span, ...],
) -> str | None:
    """Return words that one side takes and the other leaves, where they are the better part of what is left."""
    left = {place for place in source.telling.tolist() if _inside(source, place, theirs)}
    linked = {place: to for place, to in links.items() if to in left}
    taken = [place for place in linked if not _inside(words, place, mine)]
    now_left = [place for place, to in links.items() if _inside(words, place, mine) and to not in left]
    if mine and now_left and taken:
        return words.spans[taken[0]].of(words.text)
    if not mine and left and len(taken) * 2 > len(left) and not _says_no(words.text):
        return words.spans[taken[0]].of(words.text)
    if mine and now_left and not (linked.keys() - set(taken)):
        return words.spans[now_left[0]].of(words.text)
    return None


def _inside(words: Wording, place: int, spans: tuple[Span, ...]) -> bool:
    return any(words.spans[place].within(span) for span in spans)


def _says_no(text: str) -> bool:
    from bot.answering.verification.polarity import denies

    return denies(text)


def _end(text: str, start: int) -> int:
    match = _END.search(text, start + 1)
    return match.start() if match else len(text)
