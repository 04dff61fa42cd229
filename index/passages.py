"""Articles to passages: sentences are found by a kept library, offsets are exact, nothing is rewritten."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.types import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.types import Article

# Part of every generation's digest: raise it when the same article would be split differently.
SPLITTER_VERSION = 2

# sentencex cuts behind these; what follows them is always the same sentence.
_TITLE = re.compile(
    r"""(?:^|[\s(«“"'’\u00a0\u202f-])(?:
        M|MM|Mme|Mmes|Mlle|Mgr|Me|Dr|Drs|Pr|Prof|St|Ste|Gén|Col|Cdt|Lt|Mr|Mrs|Ms|Gen|Sen|Rep|Gov|Ph|Th|Ch  # titles
        |cf|vs|p\.\s?ex|env|[A-ZÀ-Þ](?:\.-[A-ZÀ-Þ])*                                               # J.-C. Lattès
    )\.\s*$""",
    re.VERBOSE,
)
# What follows these is the same sentence when it begins with a figure: "art. 5", "9 déc. 2022", "No. 3".
_COUNTED = re.compile(
    r"""(?:^|[\s(«“"'’\u00a0\u202f-])(?:
        art|al|approx|chap|vol|fig|av|tél|réf|No|Nos|no|nos|n|pp?|ca?
        |janv|févr|fév|avr|juil|sept|oct|nov|déc|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec
    )\.\s*$""",
    re.VERBOSE,
)
# sentencex does not cut behind these: "Il hésite… Puis", "(Voir la carte.) Le".
_MISSED = re.compile(r"(?:…|\.{3}|[.!?]\))\s+(?=[«“\"]?\s?[A-ZÀ-Þ])")
# "Der 2. Weltkrieg", "am 9. Dezember": in German a figure with a full stop is an ordinal.
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.\s*$")
_FIRST_LETTER = re.compile(r"[^\W_]")
# What may stand between the end of a quotation and the words that go on with its sentence.
_OPENING = " »”\"'’)]\u00a0\u202f,;:.!?…–—-"
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_TERMINAL = tuple(".!?…:;»”\"')]")
# A line that is shorter than this and ends without a full stop was not wrapped: it ended.
_WRAPPED_LINE = 50
# No title or shortened word is longer.
_ENDING = 40


def sentences(
    text: str, language: str, headings: Sequence[Span] = (), *, touching: Span | None = None
) -> tuple[Span, ...]:
    """Split text into sentences.

    Args:
        text: an article's text.
        language: ISO 639-1 code; an unknown one is split by general rules.
        headings: spans of ``text`` that are section headings: no sentence runs into one, and they
            are not sentences themselves.
        touching: only the sentences that lie in this stretch at least in part; None for all.

    Returns:
        Spans in order, without the blank space around them; together they cover every character of
        ``text`` that is neither blank nor in a heading.
    """
    found: list[Span] = []
    for paragraph in _paragraphs_of(text, tuple(headings)):
        if touching is None or _touch(paragraph, touching):
            said = _sentences_of(paragraph.of(text), language)
            found.extend(span.shifted(paragraph.start) for span in said)
    return tuple(span for span in found if touching is None or _touch(span, touching))


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def split(article: Article, *, target: int) -> tuple[Passage, ...]:
    """Split an article into passages of whole sentences, none across a section heading or into another language.

    Args:
        article: its ``text`` is final.
        target: size in characters that a passage aims at; it is larger only where one sentence is
            longer than ``target`` but at most twice that; a longer sentence is cut between words.

    Returns:
        Passages in order, each with its exact span of ``article.text``.
    """
    spans = [
        passage
        for section in _sections(article)
        for passage in _grouped(_fitting(article.text, section, limit=2 * target), target)
    ]
    return tuple(
        Passage(
            passage_id=passage_id_of(article, ordinal),
            article_id=article.article_id,
            ordinal=ordinal,
            span=span,
            text=span.of(article.text),
        )
        for ordinal, span in enumerate(spans)
    )


def passage_id_of(article: Article, ordinal: int) -> str:
    """Return the name of an article's passage: it changes with the article's version."""
    return f"{article.article_id}.{article.version_sha256[:8]}.{ordinal}"


def embedded_text(article: Article, passage: Passage) -> str:
    """Return what is embedded for a passage: its article's headline says what it is about."""
    return f"{article.headline}\n{passage.text}" if article.headline else passage.text


def _sections(article: Article) -> Iterator[list[Span]]:
    borders = [heading.start for heading in article.headings]
    borders += [border for part in article.foreign for border in (part.span.start, part.span.end)]
    section: list[Span] = []
    for sentence in sentences(article.text, article.language, article.headings):
        if section and any(section[-1].end <= border < sentence.start + 1 for border in borders):
            yield section
            section = []
        section.append(sentence)
    if section:
        yield section


def _fitting(text: str, section: list[Span], *, limit: int) -> list[Span]:
    """Cut what no passage can hold, at the last blank before the limit."""
    fitting: list[Span] = []
    for sentence in section:
        start = sentence.start
        while sentence.end - start > limit:
            blank = max(text.rfind(" ", start, start + limit), text.rfind("\n", start, start + limit))
            end = blank + 1 if blank > start else start + limit
            fitting += _trimmed(text, start, end)
            start = end
        fitting += _trimmed(text, start, sentence.end)
    return fitting


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """Return the range without the blank space around it, nothing where it is blank."""
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return [Span(start, end)] if start < end else []


def _grouped(section: list[Span], target: int) -> list[Span]:
    """Fill as few passages as hold the sentences, and those evenly, so that the last is not a scrap."""
    fewest = len(_packed(section, target))
    enough, too_small = target, (section[-1].end - section[0].start) // fewest - 1
    while enough - too_small > 1:
        middle = (enough + too_small) // 2
        if len(_packed(section, middle)) == fewest:
            enough = middle
        else:
            too_small = middle
    return _packed(section, enough)


def _packed(section: list[Span], size: int) -> list[Span]:
    """Put sentences together while they fit into ``size`` characters."""
    packed: list[Span] = []
    for sentence in section:
        if packed and sentence.end - packed[-1].start <= size:
            packed[-1] = Span(packed[-1].start, sentence.end)
        else:
            packed.append(sentence)
    return packed


@lru_cache(maxsize=64)  # a question asks for the sentences of several stretches of an article
def _paragraphs_of(text: str, headings: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(_paragraphs(text, headings))


def _paragraphs(text: str, headings: Sequence[Span]) -> Iterator[Span]:
    """Join lines that were wrapped inside a sentence; every other line is a paragraph."""
    in_order = sorted(headings, key=lambda heading: heading.start)
    starts = [heading.start for heading in in_order]
    lines = list(_stripped_lines(text))
    wrapped = _is_wrapped(text, lines)
    current: Span | None = None
    for line in lines:
        above = bisect_right(starts, line.start) - 1
        is_heading = above >= 0 and (line.start == starts[above] or line.within(in_order[above]))
        if current and not is_heading and _runs_on(text, current, line, wrapped=wrapped):
            current = Span(current.start, line.end)
            continue
        if current:
            yield current
        current = None if is_heading else line
    if current:
        yield current


def _stripped_lines(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():  # hardly any line of an article
            line = match.group()
            start, end = start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        if start < end:
            yield Span(start, end)


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Tell whether lines end where the page did, not where a paragraph does."""
    long_lines = [line for line in lines if line.end - line.start >= _WRAPPED_LINE]
    open_ends = sum(not text.endswith(_TERMINAL, line.start, line.end) for line in long_lines)
    return open_ends > 1 and 2 * open_ends > len(long_lines)


def _runs_on(text: str, above: Span, line: Span, *, wrapped: bool) -> bool:
    """Tell whether ``line`` goes on with the sentence that the line above began."""
    if text.count("\n", above.end, line.start) != 1:
        return False
    said = above.of(text)
    if _ends_in(_TITLE, said) or (text[line.start].islower() and not said.endswith((":", ";"))):
        return True
    last_line = above.end - max(above.start, text.rfind("\n", above.start, above.end) + 1)
    return wrapped and last_line >= _WRAPPED_LINE and not said.endswith(_TERMINAL)


@lru_cache(maxsize=2048)  # what answers one question is often weighed for the next
def _sentences_of(paragraph: str, language: str) -> tuple[Span, ...]:
    return tuple(_joined(paragraph, _pieces(paragraph, language), language))


def _pieces(paragraph: str, language: str) -> list[Span]:
    """Return the borders that the library finds, and those that it misses, without blank space."""
    found = _boundaries()(language, paragraph)
    borders = {border["start_index"] for border in found} | {m.end() for m in _MISSED.finditer(paragraph)}
    starts = sorted({0, *borders})
    return [
        piece
        for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True)
        for piece in _trimmed(paragraph, start, end)
    ]


def _joined(paragraph: str, pieces: list[Span], language: str) -> Iterator[Span]:
    """Mend what the library cut inside a sentence."""
    current: Span | None = None
    for piece in pieces:
        if current and _cut_inside(paragraph, current, piece, language):
            current = Span(current.start, piece.end)
            continue
        if current:
            yield current
        current = piece
    if current:
        yield current


def _ends_in(pattern: re.Pattern[str], said: str) -> bool:
    """Tell whether a pattern that is bound to the end is found; only there is it looked for."""
    return bool(pattern.search(said, max(0, len(said) - _ENDING)))


def _cut_inside(paragraph: str, before: Span, after: Span, language: str) -> bool:
    said, words = before.of(paragraph), after.of(paragraph)
    letter = _FIRST_LETTER.search(words)
    if letter is None:
        return True
    goes_on = letter.group().islower() and not words[: letter.start()].strip(_OPENING)
    counted = words[0].isdigit() and _ends_in(_COUNTED, said)
    ordinal = language == "de" and _ends_in(_ORDINAL, said)
    return goes_on or counted or ordinal or _ends_in(_TITLE, said)


@cache
def _boundaries() -> Callable[[str, str], list[dict[str, int]]]:
    # Loaded when the first text is split: a command that only shows an article does without it.
    from sentencex import get_sentence_boundaries

    return get_sentence_boundaries  # type: ignore[no-any-return]  # the library has no annotations
