"""The evidence as a table for a spreadsheet: one row a citation, or else one a nearest article."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from bot.rendering.catalogue import spoken, why
from bot.rendering.exports.facts import articles, filters, iso, named, near, reference, set_aside
from bot.types import Answer, NotCovered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.types import Citation, Kept
    from index.types import Article

# Spreadsheets read bytes as UTF-8 only behind this mark, and expect the separator of their language.
_MARK = "\ufeff"
_SEPARATORS = {"fr": ";", "en": ","}
_PLACE = ("label", "quote", "start", "end")
_ARTICLE = (
    "headline", "publisher", "byline", "published_at", "url", "source_path", "article_id", "version_sha256",
)  # fmt: skip
# Of a citation: whose words it is, whether others give other figures, whether it was corrected, what it replaces, who
# prints the same.
_BESIDE = ("speaker", "differing", "corrected", "replaces", "also_in")
_QUESTION = (
    "question", "searched", "filters", "set_aside", "undated_left_out", "asked_at", "status", "reason", "gap",
    "generation_id", "built_at",
)  # fmt: skip
DEFUSED = "apostrophe_added_to"
COLUMNS = (*_PLACE, *_ARTICLE, *_BESIDE, *_QUESTION, DEFUSED)
# A cell that begins so is a formula to one spreadsheet or another, also behind blanks that nobody sees:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(
    "[\t\r\n]|[\\s\ufeff\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069]*[=+\\-@＝＋－＠]"
)


def as_csv(kept: Kept, language: str) -> bytes:
    """Return the table, UTF-8 with a byte order mark, its columns named as in ``scripts/ask --json``.

    Cells are separated by semicolons in French and by commas else, as spreadsheets expect them. An
    apostrophe is put before a cell that a spreadsheet would take for a formula; the last column names
    the columns where that was done, so that every quote can be read back character for character.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=_SEPARATORS[spoken(language)])
    writer.writerow(COLUMNS)
    writer.writerows(map(_defused, _rows(kept, language)))
    return (_MARK + table.getvalue()).encode()


def _rows(kept: Kept, language: str) -> Iterator[dict[str, str]]:
    about, answer = _about(kept, language), kept.answer
    if isinstance(answer, Answer):
        for citation in answer.citations:
            differs = citation.label in answer.differing
            further = _beside(citation, language, differs=differs)
            yield {**_place(citation), **_facts(citation.article), **further, **about}
    else:
        uncited = dict.fromkeys((*_PLACE, *_ARTICLE, *_BESIDE), "")
        for article in articles(kept):
            yield {**uncited, **_facts(article), **about}


def _place(citation: Citation) -> dict[str, str]:
    span = citation.span
    values = (citation.label, citation.quote, span.start, span.end)
    return dict(zip(_PLACE, map(str, values), strict=True))


def _facts(article: Article) -> dict[str, str]:
    values: tuple[Any, ...] = (
        named(article.headline),
        named(article.publisher),
        named(", ".join(article.byline)),
        iso(article.published_at),
        named(article.url),
        named(article.source_path),
        article.article_id,
        article.version_sha256,
    )
    return dict(zip(_ARTICLE, values, strict=True))


def _beside(citation: Citation, language: str, *, differs: bool) -> dict[str, str]:
    values = (
        named(citation.speaker),
        "true" if differs else "false",
        "true" if citation.is_corrected else "false",
        reference(citation.replaces, language) if citation.replaces else "",
        " ; ".join(reference(other, language) for other in citation.also_in),
    )
    return dict(zip(_BESIDE, values, strict=True))


def _about(kept: Kept, language: str) -> dict[str, str]:
    answer, generation = kept.answer, kept.answer.generation
    silent = answer if isinstance(answer, NotCovered) else None
    values = (
        named(kept.asked),
        named(kept.query.text),
        filters(kept.held, language),
        set_aside(kept, language),
        str(answer.search.undated) if answer.search else "",
        iso(kept.asked_at),
        "not_covered" if silent else "answered",
        named(why(silent.reason, language)) if silent else "",
        near(silent.gap, language) if silent and silent.gap else "",
        generation.generation_id,
        iso(generation.built_at),
    )
    return dict(zip(_QUESTION, values, strict=True))


def _defused(row: dict[str, str]) -> list[str]:
    risky = [name for name, cell in row.items() if _FORMULA.match(cell)]
    cells = [f"'{cell}" if name in risky else cell for name, cell in row.items()]
    return [*cells, " ".join(risky)]
