"""Markdown, with or without front matter -> an article; markup goes, the characters between it stay."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.sources.drafts import Draft, Origin, finish
from index.sources.front_matter import read_front_matter
from index.sources.layout import mark_clean_text
from index.sources.lines import Line, line_bounds, plain
from index.sources.proof import Proof, heading_spans, kept_between, lay_out
from index.sources.scraped import draft_of_page
from index.types import Span

if TYPE_CHECKING:
    from index.types import Reading

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|$)")
_CLOSING = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$|[ ]{0,3}(?:```|~~~).*$")
_PICTURE_LINE = re.compile(r"\s*(?:\[\s*)?!\[[^\]]*\]\([^)]*\)(?:\s*\]\([^)]*\))?\s*$")
_LINE_MARKS = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+(?=\S))?|[ \t]*(?:>[ \t]*)+")
# Each group is a stretch of markup; what stands between the groups stays. Lengths are bounded so that no
# line, however long, takes more than a moment.
_INLINE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(!\[[^\]\n]{0,400}\]\([^)\n]{0,400}\))",
        r"(\[\^[^\]\n]{1,40}\]:?)",
        r"(\[)[^\[\]\n]{1,400}(\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,400}\))",
        r"(\[)[^\[\]\n]{1,400}(\]\[[^\]\n]{0,80}\])",
        r"(<)https?://[^>\s]{1,400}(>)",
        r"(</?[A-Za-z][^<>\n]{0,400}>|<!--.{0,400}?-->)",
        r"(?<!`)(`{1,3})(?=[^\s`])[^`\n]{1,400}(\1)(?!`)",
        r"(\*\*|__)(?=[^\s*_])(?:.{1,400}?)(?<=\S)(\1)",
        r"(?<![\w*])(\*)(?=[^\s*])(?:[^*\n]{1,400}?)(?<=\S)(\*)(?![\w*])",
        r"(?<![\w_])(_)(?=[^\s_])(?:[^_\n]{1,400}?)(?<=\S)(_)(?![\w_])",
        r"(~~)(?=[^\s~])(?:.{1,400}?)(?<=\S)(~~)",
        r"(\\)[\\`*_{}\[\]()#+.!>~|-]",
    )
)
_SET_APART = re.compile(r"\s*(\*{1,3}|_{1,3})(?=\S)[^*_\n]+(?<=\S)\1\s*$")


def parse_markdown(text: str, origin: Origin) -> Reading:
    """Read an article written in Markdown.

    Args:
        text: the decoded file; front matter gives the fields where it is there.
        origin: where it comes from.

    Returns:
        The article, whose ``kept`` spans of ``text`` are its text, or the refusal.
    """
    known, body = read_front_matter(text)
    proof = Proof.of_lines(text, tuple(_lines(text, body)))
    _strike_markup_lines(proof, body)
    headline = _top_heading(proof)
    if headline is None and known.headline is None:
        return finish(draft_of_page(proof, known), origin)
    if headline is not None:
        known = replace(known, headline=known.headline or proof.wording(headline))
        proof.strike(headline, "headline")
    return finish(_draft(proof, known, headline), origin)


def _draft(proof: Proof, known: Draft, headline: int | None) -> Draft:
    dek = _dek(proof, headline)
    if dek is not None:
        known = replace(known, dek=known.dek or proof.wording(dek))
    mark_clean_text(proof, known.headline, known.dek)
    kept, removals = lay_out(proof)
    cleaned = "".join(span.of(proof.text) for span in kept)
    return Draft(text=cleaned, headings=heading_spans(proof, kept), kept=kept, removals=removals).or_else(
        known
    )


def _lines(text: str, body: int) -> list[Line]:
    found: list[Line] = []
    gap = False
    for start, end in line_bounds(text):
        wording = text[start:end].strip()
        if wording:
            found.append(_line(text, start, end, gap) if start >= body else Line(start, end, wording, gap))
        gap = not wording
    return found


def _line(text: str, start: int, end: int, gap: bool) -> Line:
    wording = text[start:end]
    heading = _HEADING.match(wording)
    markup = [span.shifted(start) for span in _markup_of(wording, heading)]
    seen = plain("".join(span.of(text) for span in kept_between(start, end, markup)))
    return Line(start, end, seen, gap, heading is not None, tuple(markup))


def _markup_of(wording: str, heading: re.Match[str] | None) -> list[Span]:
    found: list[Span] = []
    marks = heading or _LINE_MARKS.match(wording)
    opening = marks.end() if marks else 0
    if opening and (heading or wording[:opening].strip()):
        found.append(Span(0, opening))
    closing = _CLOSING.search(wording) if heading else None
    if closing:
        found.append(Span(*closing.span()))
    taken = {position for span in found for position in range(span.start, span.end)}
    for pattern in _INLINE:
        for match in pattern.finditer(wording, opening):
            spans = [Span(*match.span(group)) for group in range(1, (match.lastindex or 0) + 1)]
            positions = {position for span in spans for position in range(span.start, span.end)}
            if taken.isdisjoint(positions):
                found += spans
                taken |= positions
    return sorted(found)


def _strike_markup_lines(proof: Proof, body: int) -> None:
    """Strike front matter, rules, underlines of headings and lines with nothing but a picture."""
    underlined: set[int] = set()
    for index, line in enumerate(proof.lines):
        wording = proof.text[line.start : line.end]
        if line.start < body:
            proof.strike(index, "front-matter")
        elif index and _UNDERLINE.match(wording) and not line.follows_gap and proof.stays(index - 1):
            proof.strike(index, "markup")
            underlined.add(index - 1)
        elif _RULE.match(wording):
            proof.strike(index, "markup")
        elif _PICTURE_LINE.match(wording):
            proof.strike(index, "alt-text")
        elif not line.seen:
            proof.strike(index, "markup")
    proof.lines = tuple(
        replace(line, is_heading=True) if index in underlined else line
        for index, line in enumerate(proof.lines)
    )


def _top_heading(proof: Proof) -> int | None:
    """Return the heading above everything else, None where text comes before it."""
    first = next((index for index in range(len(proof.lines)) if proof.stays(index)), None)
    return first if first is not None and proof.lines[first].is_heading else None


def _dek(proof: Proof, headline: int | None) -> int | None:
    """Return the paragraph under the headline where it is emphasised as a whole."""
    below = next(
        (i for i in range(0 if headline is None else headline + 1, len(proof.lines)) if proof.stays(i)), None
    )
    if below is None or proof.lines[below].is_heading:
        return None
    line = proof.lines[below]
    is_set_apart = _SET_APART.match(proof.text[line.start : line.end]) is not None
    return below if is_set_apart and len(line.seen) >= 40 else None
