"""What is known of an answer's quotes, carried over to the words that a chat model's sentences rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.changes import is_corrected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.types import Answer, Citation


def known_of(citations: Sequence[Citation], answer: Answer) -> tuple[Citation, ...]:
    """Return citations with what is known of their articles: a correction, an earlier version, reprints.

    Args:
        citations: of a chat model's sentences.
        answer: the same in quotes.
    """
    return tuple(_known_of(citation, answer) for citation in citations)


def differing_still(citations: Sequence[Citation], answer: Answer) -> tuple[int, ...]:
    """Return the labels of the citations that hold the words which differ; none where one side is missing.

    Args:
        citations: of a chat model's sentences.
        answer: the same in quotes.
    """
    sides = [quote for quote in answer.citations if quote.label in answer.differing]
    held = [[one.label for one in citations if _overlap(one, side)] for side in sides]
    return tuple(sorted({label for labels in held for label in labels})) if all(held) else ()


def _known_of(citation: Citation, answer: Answer) -> Citation:
    article_id = citation.article.article_id
    of_article = [one for one in answer.citations if one.article.article_id == article_id]
    return replace(
        citation,
        is_corrected=is_corrected(citation.article),
        replaces=next((one.replaces for one in of_article if one.replaces), None),
        also_in=next((one.also_in for one in of_article if _overlap(one, citation)), ()),
    )


def _overlap(one: Citation, other: Citation) -> bool:
    return (
        one.article.version_sha256 == other.article.version_sha256
        and one.span.start < other.span.end
        and other.span.start < one.span.end
    )
