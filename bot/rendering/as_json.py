"""An answer as the object that other programs rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.rendering.catalogue import why
from bot.types import Answer

if TYPE_CHECKING:
    from datetime import datetime

    from bot.types import Citation, NotCovered
    from index.types import Article, Generation


def answer_object(answer: Answer | NotCovered, elapsed_ms: int) -> dict[str, Any]:
    """Return the object that ``scripts/ask --json`` prints.

    Args:
        answer: what was answered.
        elapsed_ms: milliseconds from the question to the answer.
    """
    return {
        "question": answer.question,
        "language": answer.language,
        **(_answered(answer) if isinstance(answer, Answer) else _not_covered(answer)),
        "index": index_object(answer.generation),
        "elapsed_ms": elapsed_ms,
    }


def index_object(generation: Generation) -> dict[str, Any]:
    """Return what an answer says of the index it comes from."""
    return {
        "generation_id": generation.generation_id,
        "built_at": generation.built_at.isoformat(),
        "articles": generation.articles,
        "passages": generation.passages,
        "newest_published_at": _iso(generation.newest_published_at),
    }


def article_object(article: Article) -> dict[str, Any]:
    """Return an article whole, so that anyone can check a citation's offsets in ``text``."""
    return {
        **_facts(article),
        "dek": article.dek,
        "dateline": article.dateline,
        "section": article.section,
        "updated_at": _iso(article.updated_at),
        "collected_at": _iso(article.collected_at),
        "language": article.language,
        "source_sha256": article.source_sha256,
        "headings": [{"start": span.start, "end": span.end} for span in article.headings],
        "kept": [{"start": span.start, "end": span.end} for span in article.kept],
        "text": article.text,
    }


def _answered(answer: Answer) -> dict[str, Any]:
    return {
        "status": "answered",
        "reason": None,
        "mode": answer.mode,
        "model": answer.model,
        "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [],
        **(_asked_model(answer) if answer.model else {}),
    }


def _asked_model(answer: Answer) -> dict[str, Any]:
    """Return what became of the chat model's other sentences; an answer that asked none says nothing of it."""
    return {
        "dropped": [{"kind": dropped.kind, "sentences": dropped.sentences} for dropped in answer.dropped],
        "fallback": answer.fallback,
    }


def _not_covered(answer: NotCovered) -> dict[str, Any]:
    return {
        "status": "not_covered",
        "reason": why(answer.reason, answer.language),
        "mode": "quotes",
        "model": None,
        "statements": [],
        "citations": [],
        "nearest": [article.headline or article.source_path for article in answer.nearest],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "label": citation.label,
        **_facts(citation.article),
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
    }


def _facts(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "version_sha256": article.version_sha256,
        "headline": article.headline,
        "publisher": article.publisher,
        "byline": list(article.byline),
        "published_at": _iso(article.published_at),
        "url": article.url,
        "source_path": article.source_path,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
