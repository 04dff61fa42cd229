"""An answer as JSON to be kept, in which an article is named by a digest, and back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  # pydantic reads the annotations
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter

from bot.types import (
    Answer,
    Citation,
    Dropped,
    Fallback,
    Gap,
    Kept,
    Mode,
    NotCovered,
    Reason,
    Search,
    Statement,
)
from index.generation import Generation  # noqa: TC001  # pydantic reads the annotations
from index.types import Article, Query, Span

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class _Quoted:
    label: int
    article_sha256: str
    span: Span
    quote: str
    also_in: tuple[str, ...] = ()
    is_corrected: bool = False
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    status: Literal["answered"] = "answered"
    question: str
    language: str
    statements: tuple[Statement, ...]
    citations: tuple[_Quoted, ...]
    generation: Generation
    mode: Mode
    model: str | None
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None
    search: Search | None = None
    differing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Silent:
    status: Literal["not_covered"] = "not_covered"
    question: str
    language: str
    reason: Reason
    nearest: tuple[str, ...]
    generation: Generation
    search: Search | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    key: str
    asked: str
    asked_at: datetime
    query: Query
    answer: _Answered | _Silent
    follows: str | None


_ARTICLE = TypeAdapter(Article)
_RECORD = TypeAdapter(_Record)


def write_article(article: Article) -> tuple[str, bytes]:
    """Return the digest of an article as it was read, and the bytes that it is the digest of.

    ``version_sha256`` would not do: two files may hold the same words, and an article of its own each.
    """
    written = _ARTICLE.dump_json(article)
    return hashlib.sha256(written).hexdigest(), written


def read_article(digest: str, written: bytes) -> Article:
    """Return an article that was written.

    Raises:
        ValueError: it is not what was written.
    """
    if hashlib.sha256(written).hexdigest() != digest:
        msg = f"article {digest[:16]} was changed"
        raise ValueError(msg)
    return _ARTICLE.validate_json(written)


def articles_of(answer: Answer | NotCovered) -> tuple[Article, ...]:
    """Return the articles that an answer quotes or names beside its quotes, or that came nearest."""
    if isinstance(answer, Answer):
        return tuple(article for citation in answer.citations for article in _of_citation(citation))
    return answer.nearest


def _of_citation(citation: Citation) -> tuple[Article, ...]:
    return citation.article, *citation.also_in, *((citation.replaces,) if citation.replaces else ())


def write_answer(kept: Kept) -> bytes:
    """Return an answer without its articles."""
    record = _Record(
        key=kept.key,
        asked=kept.asked,
        asked_at=kept.asked_at,
        query=kept.query,
        answer=_answered(kept.answer) if isinstance(kept.answer, Answer) else _silent(kept.answer),
        follows=kept.follows,
    )
    return _RECORD.dump_json(record)


def read_answer(key: str, written: bytes, articles: Mapping[str, Article]) -> Kept:
    """Return an answer that was written; each citation checks itself as it is made.

    Args:
        key: the answer that is meant.
        written: what :func:`write_answer` returned.
        articles: by the digests of :func:`write_article`.

    Raises:
        ValueError: it is not what was written.
        KeyError: an article is missing.
        Misquoted: an article does not hold a quote.
    """
    record = _RECORD.validate_json(written)
    if record.key != key:
        msg = f"the record is of answer {record.key!a}"
        raise ValueError(msg)
    answer = record.answer
    return Kept(
        key=key,
        asked=record.asked,
        asked_at=record.asked_at,
        query=record.query,
        answer=_answer(answer, articles) if isinstance(answer, _Answered) else _not_covered(answer, articles),
        follows=record.follows,
    )


def _answered(answer: Answer) -> _Answered:
    return _Answered(
        question=answer.question,
        language=answer.language,
        statements=answer.statements,
        citations=tuple(_quoted(citation) for citation in answer.citations),
        generation=answer.generation,
        mode=answer.mode,
        model=answer.model,
        dropped=answer.dropped,
        fallback=answer.fallback,
        search=answer.search,
        differing=answer.differing,
    )


def _quoted(citation: Citation) -> _Quoted:
    return _Quoted(
        label=citation.label,
        article_sha256=_digest(citation.article),
        span=citation.span,
        quote=citation.quote,
        also_in=tuple(_digest(article) for article in citation.also_in),
        is_corrected=citation.is_corrected,
        replaces=_digest(citation.replaces) if citation.replaces else None,
    )


def _digest(article: Article) -> str:
    return write_article(article)[0]


def _answer(written: _Answered, articles: Mapping[str, Article]) -> Answer:
    return Answer(
        question=written.question,
        language=written.language,
        statements=written.statements,
        citations=tuple(_citation(quoted, articles) for quoted in written.citations),
        generation=written.generation,
        mode=written.mode,
        model=written.model,
        dropped=written.dropped,
        fallback=written.fallback,
        search=written.search,
        differing=written.differing,
    )


def _citation(written: _Quoted, articles: Mapping[str, Article]) -> Citation:
    return Citation(
        written.label,
        articles[written.article_sha256],
        written.span,
        written.quote,
        tuple(articles[digest] for digest in written.also_in),
        written.is_corrected,
        articles[written.replaces] if written.replaces else None,
    )


def _silent(answer: NotCovered) -> _Silent:
    return _Silent(
        question=answer.question,
        language=answer.language,
        reason=answer.reason,
        nearest=tuple(_digest(article) for article in answer.nearest),
        generation=answer.generation,
        search=answer.search,
        gap=answer.gap,
    )


def _not_covered(written: _Silent, articles: Mapping[str, Article]) -> NotCovered:
    return NotCovered(
        question=written.question,
        language=written.language,
        reason=written.reason,
        nearest=tuple(articles[digest] for digest in written.nearest),
        generation=written.generation,
        search=written.search,
        gap=written.gap,
    )
