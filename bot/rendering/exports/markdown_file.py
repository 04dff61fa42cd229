"""The evidence as a page to read: the question, the answer, and every quote with all that checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import index_line, published, text, why
from bot.rendering.exports.facts import beside, contradiction, is_address, iso, named, near, within
from bot.rendering.exports.signs import for_markdown
from bot.rendering.remarks import model_remarks
from bot.types import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.types import Citation, Kept, NotCovered, Statement
    from index.types import Article

_CHECK = "`python -m bot.cli show --json ARTICLE`"


def as_markdown(kept: Kept, language: str) -> bytes:
    """Return the page, UTF-8, in the CommonMark kind of Markdown.

    Quotes stand in block quotes, as :func:`bot.rendering.exports.signs.for_markdown` writes them, with a
    backslash at the end of each line of a quote but its last: nothing in an article or a question makes
    a heading, a link, an image or HTML, and every quote can be read back character for character.
    """
    answer = kept.answer
    told = _answered(answer, language) if isinstance(answer, Answer) else _silent(answer, language)
    blocks = (
        f"# {text('export:title', language)}",
        _list(_asked(kept, language)),
        *told,
        f"## {text('export:check', language)}",
        text("export:how", language, command=_CHECK, version="`version_sha256`", text="`text`"),
        text("export:signs", language, backslash="`\\`", reference="`&#xA;`", signs="`&` `<` `>`"),
        index_line(answer.generation, language),
    )
    return ("\n\n".join(blocks) + "\n").encode()


def _asked(kept: Kept, language: str) -> Iterator[str]:
    generation = kept.answer.generation
    yield text("asked", language, question=_shown(kept.asked))
    yield text("searched", language, searched=_shown(kept.query.text))
    yield from map(for_markdown, within(kept, language))
    yield text("export:asked-at", language, moment=iso(kept.asked_at))
    built = iso(generation.built_at)
    yield text("export:index", language, generation=_shown(generation.generation_id), moment=built)


def _answered(answer: Answer, language: str) -> Iterator[str]:
    yield f"## {text('export:answer', language)}"
    remarks = [for_markdown(remark) for remark in model_remarks(answer, language)]
    if answer.mode == "generated":
        yield from remarks
        yield from (f"{for_markdown(one.text)} {_labels(one)}" for one in answer.statements)
    else:
        yield text("according-to", language)
        yield from (f"{_block_quote(one.text)}\n\n{_labels(one)}" for one in answer.statements)
        yield from remarks
    if answer.differing:
        yield for_markdown(contradiction(answer, language))
    yield f"## {text('sources', language)}"
    for citation in answer.citations:
        yield from _source(citation, language)


def _labels(statement: Statement) -> str:
    return "".join(rf"\[{label}\]" for label in statement.citations)


def _source(citation: Citation, language: str) -> Iterator[str]:
    article, span = citation.article, citation.span
    characters = text("characters", language, start=span.start, end=span.end)
    yield rf"### \[{citation.label}\] {_headline(article, language)}"
    more = map(for_markdown, beside(citation, language))
    yield _list((*_facts(article, language), text("export:place", language, characters=characters), *more))
    yield _block_quote(citation.quote)


def _silent(answer: NotCovered, language: str) -> Iterator[str]:
    yield f"## {text('export:answer', language)}"
    yield text("not-covered", language)
    yield _shown(why(answer.reason, language))
    if answer.gap:
        yield for_markdown(near(answer.gap, language))
    if answer.nearest:
        yield text("nearest", language)
    for article in answer.nearest:
        yield f"### {_headline(article, language)}"
        yield _list(_facts(article, language))


def _facts(article: Article, language: str) -> Iterator[str]:
    publisher = _shown(article.publisher) or text("unnamed", language)
    yield text("export:publisher", language, name=publisher)
    if article.byline:
        yield text("export:byline", language, names=_shown(", ".join(article.byline)))
    day = published(article, language)
    yield text("export:published", language, moment=f"{day}, {iso(article.published_at)}".removesuffix(", "))
    if article.url:
        yield text("export:address", language, url=_address(article.url))
    yield text("export:file", language, path=_shown(article.source_path))
    yield text("export:article", language, article=_shown(article.article_id))
    yield text("export:version", language, digest=article.version_sha256)


def _headline(article: Article, language: str) -> str:
    return _shown(article.headline) or text("no-headline", language)


def _shown(value: str | None) -> str:
    return for_markdown(named(value))


def _address(url: str) -> str:
    """Return an address as a link that shows where it leads to; what is no such address is shown as words."""
    return f"<{url}>" if is_address(url) else _shown(url)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _block_quote(words: str) -> str:
    return "> " + for_markdown(words).replace("\n", "\\\n> ")
