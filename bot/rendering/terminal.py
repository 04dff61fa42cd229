"""An answer for the terminal: quotes stand out, a citation is found at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from bot.rendering.catalogue import index_line, published, quoted, text, why
from bot.rendering.changes import changes, difference, speaker
from bot.rendering.gaps import gap_line
from bot.rendering.remarks import model_remarks
from bot.rendering.search import search_lines
from bot.types import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bot.types import Citation, NotCovered, Statement
    from index.types import Article

# An article must not be able to move the cursor, colour the screen or turn the writing round.
_HARMLESS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_HARMLESS |= dict.fromkeys((127, *range(128, 160), *range(8234, 8239), *range(8294, 8298)), "�")


def render(answer: Answer | NotCovered) -> RenderableType:
    """Return an answer as rich shows it; nothing in an article's text is read as markup."""
    body = _answered(answer) if isinstance(answer, Answer) else _not_covered(answer)
    footer = Text(index_line(answer.generation, answer.language), style="dim")
    return Group(*body, Text(), footer)


def render_article(article: Article, language: str) -> RenderableType:
    """Return an article whole, with its facts above it."""
    facts = [f"{article.article_id}  {article.source_path}", *([article.url] if article.url else [])]
    return Group(
        Text(harmless(article.headline or text("no-headline", language)), style="bold"),
        Text(harmless(_origin(article, language)), style="cyan"),
        *(Text(harmless(fact), style="dim") for fact in facts),
        Text(),
        Text(harmless(article.text)),
    )


def harmless(words: str) -> str:
    """Return text in which control and direction characters are shown instead of obeyed."""
    return words.translate(_HARMLESS)


def one_line(words: str) -> str:
    """Return text as one harmless line: names of files and outlets are text of strangers."""
    return " ".join(harmless(words).split())


def _searched(answer: Answer | NotCovered) -> Iterator[RenderableType]:
    """Return what was searched, and how to search more, where the question's words narrowed it."""
    search, language = answer.search, answer.language
    for line in search_lines(search, language, is_answered=isinstance(answer, Answer)):
        yield Text(harmless(line), style="yellow")
    query = search.query if search else None
    if query and query.period_words:
        yield Text(text("search:period-hint", language, words=harmless(query.period_words)), style="dim")
    if query and query.source_words:
        yield Text(text("search:source-hint", language, words=harmless(query.source_words)), style="dim")


def _answered(answer: Answer) -> Iterator[RenderableType]:
    yield from _searched(answer)
    yield Text(text("according-to", answer.language), style="dim")
    for statement in answer.statements:
        yield Text()
        yield _indented(_stated(statement, answer), 2)
    yield Text()
    if answer.differing:
        yield Text(harmless(difference(answer, answer.language)), style="yellow")
        yield Text()
    yield Text(text("sources", answer.language), style="bold")
    for citation in answer.citations:
        yield from _source(citation, answer.language)
        if answer.mode == "generated":
            yield _indented(Text(quoted(harmless(citation.quote), answer.language), style="italic"), 4)
    for remark in model_remarks(answer, answer.language):
        yield Text()
        yield Text(one_line(remark), style="dim")


def _stated(statement: Statement, answer: Answer) -> Text:
    labels = "".join(f"[{label}]" for label in statement.citations)
    is_quote = answer.mode == "quotes"
    words = quoted(harmless(statement.text), answer.language) if is_quote else harmless(statement.text)
    return Text.assemble((words, "bold"), " ", (labels, "bold cyan"))


def _source(citation: Citation, language: str) -> Iterator[RenderableType]:
    article, span = citation.article, citation.span
    headline = harmless(article.headline or text("no-headline", language))
    yield Text.assemble((f"[{citation.label}] ", "bold cyan"), (headline, "bold"))
    place = text("characters", language, start=span.start, end=span.end)
    details = (
        _origin(article, language),
        article.url or article.source_path,
        f"{article.article_id} · {place}",
    )
    for detail, style in zip(details, ("cyan", "", "dim"), strict=True):
        yield _indented(Text(harmless(detail), style=style), 4)
    for line in (*speaker(citation, language), *changes(citation, language)):
        yield _indented(Text(one_line(line), style="yellow"), 4)
    if citation.also_in:
        others = " ; ".join(_origin(other, language) for other in citation.also_in)
        yield _indented(Text(harmless(text("search:also-in", language, articles=others)), style="dim"), 4)


def _indented(words: Text, columns: int) -> Padding:
    return Padding(words, (0, 0, 0, columns), expand=False)


def _origin(article: Article, language: str) -> str:
    """Return who published an article, who wrote it, and when."""
    parts = [article.publisher or text("unnamed", language)]
    if article.byline:
        parts.append(text("by", language, names=", ".join(article.byline)))
    parts.append(published(article, language))
    return " · ".join(parts)


def _not_covered(answer: NotCovered) -> Iterator[RenderableType]:
    yield Text(text("not-covered", answer.language), style="bold")
    yield Text(why(answer.reason, answer.language))
    yield from _searched(answer)
    if answer.gap:
        yield Text(harmless(gap_line(answer.gap, answer.language)))
    if answer.nearest:
        yield Text()
        yield Text(text("nearest", answer.language), style="dim")
    for article in answer.nearest:
        headline = harmless(article.headline or text("no-headline", answer.language))
        yield Text.assemble(
            "  • ", (headline, "bold"), "  ", (harmless(_origin(article, answer.language)), "cyan")
        )
