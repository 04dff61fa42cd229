"""An article for the terminal with what is known of it: other versions, and other places that print it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from bot.rendering.catalogue import name_of_language, published, text
from bot.rendering.terminal import harmless, one_line, render_article
from index.changes import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bot.shown import ReadVersion, Shown
    from index.types import Article

_DIGEST = 12  # characters: enough to tell the versions of one article apart
_BEGINNING = 60  # characters of a paragraph, to find it by


def render_shown(shown: Shown, language: str) -> RenderableType:
    """Return an article whole; above it whether it still stands so, below it where else it is printed."""
    beside = list(_beside(shown, language))
    return Group(
        *(Text(line, style="yellow") for line in _standing(shown, language)),
        render_article(shown.article, language),
        *([Text()] if beside else []),
        *(Text(harmless(line), style="dim") for line in beside),
    )


def render_versions(versions: Sequence[ReadVersion], current: str | None, language: str) -> RenderableType:
    """Return each version of an article, oldest first, with what it changed in the one before.

    Args:
        versions: oldest first; at least one.
        current: digest of the one that the index holds; None where it holds none.
        language: of the person.
    """
    lines = [_version(versions[0], current, language)]
    for before, after in pairwise(versions):
        lines.append(_version(after, current, language))
        lines += [Text(f"    {one_line(line)}") for line in changes(before.article, after.article)]
    return Group(*lines)


def _version(version: ReadVersion, current: str | None, language: str) -> Text:
    article = version.article
    moment = article.updated_at or article.published_at
    digest = article.version_sha256
    words = f"{digest[:_DIGEST]}  {moment or '–'}  {one_line(article.headline or '')}"
    return Text(f"{words}  ← {text('show:in-index', language)}" if digest == current else words)


def _standing(shown: Shown, language: str) -> Iterator[str]:
    if shown.standing == "gone":
        yield text("show:gone", language)
    if shown.standing == "replaced" and shown.current:
        yield text("show:replaced", language, version=shown.current.version_sha256[:_DIGEST])
    if shown.others:
        yield text("show:others", language, count=shown.others)


def _beside(shown: Shown, language: str) -> Iterator[str]:
    article = shown.article
    for part in article.foreign:
        beginning = part.span.of(article.text)[:_BEGINNING].rstrip()
        yield text(
            "show:foreign", language, name=name_of_language(part.language, language), words=f"{beginning}…"
        )
    if shown.prints:
        yield text("show:prints", language)
    for place, other in enumerate(shown.prints, start=1):
        yield f"  {place}. {_printed(other, article, language)}"


def _printed(other: Article, article: Article, language: str) -> str:
    facts = (other.publisher or text("unnamed", language), published(other, language), other.article_id)
    mine = f"  ← {text('show:this', language)}" if other.article_id == article.article_id else ""
    return f"{' · '.join(facts)}{mine}"
