"""A passage in its article, and an article whole."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from bot.rendering.catalogue import index_line, text
from bot.rendering.discord.markup import bold, small
from bot.rendering.discord.messages import parts
from bot.rendering.discord.sources import article_link, headline, origin, passage_links
from bot.rendering.escape import clean, escape
from bot.rendering.parts import File, Part
from bot.rendering.split import LIMIT, last_of, length, pack, pieces, shortened
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.types import Citation
    from index.generation import Generation
    from index.types import Article

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# What stands around the quoted words: enough to judge them by, and not a whole article on a phone.
_AROUND = 350
# Room that marks of ours take on a line.
_MARKS = 8
_MOST_PARTS = 5
# A file of so many characters is within what Discord takes, whatever they are.
_CHARACTERS_A_FILE = 2_000_000


def render_passage(citation: Citation, language: str, *, changed: bool) -> tuple[Part, ...]:
    """Return the quoted words in bold, in their paragraph, with the paragraphs before and after.

    Args:
        citation: what was quoted, from the article as it was then.
        language: of the person.
        changed: whether the index holds another version of the article now, or none.
    """
    article = citation.article
    head = f"{bold(headline(article, language))}\n{origin(article, language)}"
    link = passage_links([citation], language)
    note = [small(text("article-changed", language))] if changed else []
    return parts([head, *_surroundings(article, citation.span), *link, *note])


def render_article(article: Article, language: str, generation: Generation) -> tuple[Part, ...]:
    """Return an article whole: as messages, or as its first ones and a file.

    Args:
        article: the article.
        language: of the person.
        generation: the index that it is of.
    """
    last = small(f"{escape(article.article_id)} · {index_line(generation, language)}")
    shown = list(islice(pack(_article(article, language, last)), _MOST_PARTS + 1))
    if len(shown) <= _MOST_PARTS:
        return tuple(Part(content) for content in shown)
    note = f"{text('whole-attached', language)}\n\n{last}"
    return (*(Part(content) for content in shown[: _MOST_PARTS - 1]), Part(note, files=_files(article)))


def _article(article: Article, language: str, last: str) -> Iterator[str]:
    """Yield an article's facts, its paragraphs, and what stands under it, each small enough for a message."""
    facts = (bold(headline(article, language)), origin(article, language), *article_link(article, language))
    yield "\n".join(facts)
    for line in _lines(article):
        is_heading = any(line.within(heading) or heading.within(line) for heading in article.headings)
        for piece in _pieces(line.of(article.text), article.language):
            yield bold(piece) if is_heading else piece
    yield last


def _files(article: Article) -> tuple[File, ...]:
    """Return the article's text as it was indexed, in as many files as Discord asks for."""
    starts = range(0, len(article.text), _CHARACTERS_A_FILE)
    texts = [article.text[start : start + _CHARACTERS_A_FILE] for start in starts]
    return tuple(
        File(f"{article.article_id}{f'-{number}' if number > 1 else ''}.txt", words.encode(errors="replace"))
        for number, words in enumerate(texts, start=1)
    )


def _surroundings(article: Article, quoted: Span) -> Iterator[str]:
    """Yield the paragraph before, those that hold the quoted words, and the one after, as quotations."""
    lines = _lines(article)
    held = [n for n, line in enumerate(lines) if line.start < quoted.end and quoted.start < line.end]
    if held and held[0] > 0:
        yield f"> {escape(last_of(_seen(lines[held[0] - 1].of(article.text)), _AROUND))}"
    for n in held:
        yield from _paragraph(article, lines[n], quoted)
    if held and held[-1] + 1 < len(lines):
        yield f"> {escape(shortened(_seen(lines[held[-1] + 1].of(article.text)), _AROUND))}"


def _paragraph(article: Article, line: Span, quoted: Span) -> list[str]:
    """Return a paragraph with the quoted words in bold: one block, or several where they are very long."""
    start, end = max(line.start, quoted.start), min(line.end, quoted.end)
    before = escape(last_of(clean(article.text[line.start : start]), _AROUND))
    after = escape(shortened(clean(article.text[end : line.end]), _AROUND))
    words = article.text[start:end]
    whole = f"> {before}{bold(escape(words))}{after}".rstrip()
    if length(whole) <= LIMIT:
        return [whole]
    in_bold = [bold(piece) for piece in _pieces(words, article.language)]
    return [f"> {each}" for each in (before.strip(), *in_bold, after.strip()) if each]


def _pieces(words: str, language: str) -> Iterator[str]:
    """Yield one line of an article, escaped, in pieces that leave room for marks of ours."""
    room = LIMIT - _MARKS
    for piece in pieces(_seen(words), language, lambda piece: length(escape(piece)) <= room):
        yield escape(piece)


def _lines(article: Article) -> list[Span]:
    """Return the lines of an article that show anything."""
    found = (Span(*match.span()) for match in _LINE.finditer(article.text))
    return [line for line in found if _seen(line.of(article.text))]


def _seen(words: str) -> str:
    return clean(words).strip()
