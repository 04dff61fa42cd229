"""Where words come from: headline, outlet, day, author, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import published, text
from bot.rendering.changes import changes, speaker
from bot.rendering.discord.markup import bold, labels, linked, quotation, small
from bot.rendering.escape import clean, escape
from bot.rendering.links import link_to
from bot.rendering.split import shortened, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.types import Citation, Listing
    from index.types import Article

_LONGEST_HEADLINE, _LONGEST_NAME, _LONGEST_BYLINE = 250, 100, 120


def name(words: str, most: int = _LONGEST_NAME) -> str:
    """Return a name on one line, escaped, and cut where it is no name any more."""
    return escape(shortened(clean(words).strip(), most))


def headline(article: Article, language: str) -> str:
    """Return an article's headline, escaped; a very long one is cut."""
    return name(article.headline or "", _LONGEST_HEADLINE) or escape(text("no-headline", language))


def publisher(article: Article, language: str) -> str:
    """Return an article's outlet, escaped, or that it is not stated."""
    return name(article.publisher or "") or text("unnamed", language)


def origin(article: Article, language: str) -> str:
    """Return who published an article, when, and who wrote it."""
    facts = [publisher(article, language), published(article, language)]
    if article.byline:
        facts.append(text("by", language, names=name(", ".join(article.byline), _LONGEST_BYLINE)))
    return " · ".join(facts)


def article_link(article: Article, language: str) -> list[str]:
    """Return the line that leads to an article; no line where it has no address that can be followed."""
    link = link_to(article.url)
    return [f"{linked(text('read-article', language), link)} · {escape(link.host)}"] if link else []


def passage_links(citations: Sequence[Citation], language: str) -> list[str]:
    """Return the lines that lead to quoted words, one each, numbered where there are several."""
    lines = []
    for citation in citations:
        key = "read-passage" if len(citations) == 1 else "read-numbered"
        link = link_to(citation.article.url, citation.quote)
        if link:
            words = text(key, language, label=citation.label)
            lines.append(f"{linked(words, link)} · {escape(link.host)}")
    return lines


def sources(citations: Iterable[Citation], language: str, *, with_quotes: bool = False) -> list[str]:
    """Return a block an article that is cited, each with the labels of its citations.

    Args:
        citations: in order of their labels.
        language: of the person.
        with_quotes: whether the cited words are shown too, where they do not stand in the answer.
    """
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article.version_sha256, []).append(citation)
    blocks = []
    for cited in by_article.values():
        blocks += _source(cited, language)
        if with_quotes:
            blocks += _words_of(cited, language)
    return blocks


def listed(listing: Listing, language: str) -> list[str]:
    """Return an article among others: what it is, and its nearest words."""
    article = listing.article
    facts = [bold(headline(article, language)), origin(article, language)]
    if listing.also_in:
        facts.append(small(also_in(listing.also_in, language)))
    nearest = quotation(listing.citation.quote, language, article.language)
    return together(*facts, *nearest, *passage_links([listing.citation], language))


def also_in(articles: Iterable[Article], language: str) -> str:
    """Return the outlets that print nearly the same, each once."""
    names = dict.fromkeys(publisher(article, language) for article in articles)
    return text("also-in", language, names=some(list(names), language))


def some(names: Sequence[str], language: str, most: int = 8) -> str:
    """Return names with commas between them; of very many the first, and how many more there are."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} {text('and-others', language, count=len(names) - most)}"


def _words_of(cited: Sequence[Citation], language: str) -> list[str]:
    return [
        block
        for one in cited
        for block in quotation(one.quote, language, one.article.language, f" {labels(one.label)}")
    ]


def _source(cited: Sequence[Citation], language: str) -> list[str]:
    article = cited[0].article
    numbers = labels(*(citation.label for citation in cited))
    title = f"{numbers} {bold(headline(article, language))}"
    return together(
        title, origin(article, language), *_beside(cited, language), *passage_links(cited, language)
    )


def _beside(cited: Sequence[Citation], language: str) -> list[str]:
    """Return what is said of an article beside who published it: who speaks, corrections, who printed the same."""
    speakers = dict.fromkeys(name(line) for citation in cited for line in speaker(citation, language))
    said = list(dict.fromkeys(line for citation in cited for line in changes(citation, language)))
    others = [article for citation in cited for article in citation.also_in]
    return [small(line) for line in (*speakers, *said, *((also_in(others, language),) if others else ()))]
