"""The evidence as references for Zotero and other managers: one an article, its quotes as notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rispy

from bot.rendering.catalogue import quotation_marks, text, why
from bot.rendering.exports.facts import (
    articles,
    beside,
    contradiction,
    is_address,
    iso,
    named,
    near,
    within,
)
from bot.rendering.exports.signs import for_html
from bot.types import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.types import Citation, Kept
    from index.types import Article


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy carries no types
    """Leaves out the number above each reference, which some managers do not know."""

    def set_header(self, count: int) -> str:
        return ""


def as_ris(kept: Kept, language: str) -> bytes:
    """Return one reference (``TY  - NEWS``) for each article; nothing where there is none.

    A note (``N1``) holds a quote with its label, offsets and the article's version. Managers read notes as
    HTML and a line break as the next field: in a quote, ``&``, ``<``, ``>``, line breaks and characters
    that cannot be seen are references such as ``&#xA;``, and all else is verbatim.
    """
    entries = [_entry(kept, article, language) for article in articles(kept)]
    written: str = rispy.dumps(entries, implementation=_Writer) if entries else ""
    return written.encode()


def _entry(kept: Kept, article: Article, language: str) -> dict[str, Any]:
    publisher, moment = named(article.publisher), article.published_at
    entry = {
        "type_of_reference": "NEWS",
        "title": named(article.headline) or text("no-headline", language),
        "secondary_title": publisher,  # where managers look for the outlet of a newspaper's article
        "publisher": publisher,
        "authors": [name for name in map(named, article.byline) if name],
        "date": f"{moment:%Y/%m/%d}/" if moment else "",
        "year": f"{moment:%Y}" if moment else "",
        "urls": [article.url] if article.url and is_address(article.url) else [],
        "language": article.language,
        "accession_number": article.article_id,
        "notes": list(_notes(kept, article, language)),
    }
    return {name: value for name, value in entry.items() if value}


def _notes(kept: Kept, article: Article, language: str) -> Iterator[str]:
    answer = kept.answer
    if isinstance(answer, Answer):
        quotes = (citation for citation in answer.citations if citation.article == article)
        for citation in quotes:
            yield _quote(citation, language)
            yield from map(for_html, beside(citation, language))
            if citation.label in answer.differing:
                yield for_html(contradiction(answer, language))
    else:
        yield for_html(text("export:nearest-note", language, why=named(why(answer.reason, language))))
        if answer.gap:
            yield for_html(near(answer.gap, language))
        yield text("export:version", language, digest=article.version_sha256)
    yield for_html(text("export:file", language, path=named(article.source_path)))
    yield for_html(text("asked", language, question=named(kept.asked)))
    yield for_html(text("searched", language, searched=named(kept.query.text)))
    yield from map(for_html, within(kept, language))
    generation = answer.generation
    built = iso(generation.built_at)
    yield text("export:index", language, generation=generation.generation_id, moment=built)


def _quote(citation: Citation, language: str) -> str:
    span, (opening, closing) = citation.span, quotation_marks(language)
    return text(
        "export:quote-note",
        language,
        label=citation.label,
        characters=text("characters", language, start=span.start, end=span.end),
        digest=citation.article.version_sha256,
        quote=f"{opening}{for_html(citation.quote)}{closing}",  # always the same marks: it is read back
    )
