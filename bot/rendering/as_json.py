"""An answer as the object that other programs rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.rendering.catalogue import why
from bot.types import Answer
from index.changes import changes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.shown import ReadVersion, Shown
    from bot.types import Citation, Explanation, Gap, NotCovered, Search, Step
    from index.generation import Generation
    from index.types import Article, Hit, Query, Quotation


def answer_object(
    answer: Answer | NotCovered, elapsed_ms: int, explanation: Explanation | None = None
) -> dict[str, Any]:
    """Return the object that ``scripts/ask --json`` prints.

    Args:
        answer: what was answered.
        elapsed_ms: milliseconds from the question to the answer.
        explanation: why it is as it is, where that was asked for.
    """
    return {
        "question": answer.question,
        "language": answer.language,
        **(_answered(answer) if isinstance(answer, Answer) else _not_covered(answer)),
        "index": index_object(answer.generation),
        "elapsed_ms": elapsed_ms,
        "search": _search(answer.search) if answer.search else None,
        "differing": list(answer.differing) if isinstance(answer, Answer) else [],
        "gap": None if isinstance(answer, Answer) or answer.gap is None else _gap(answer.gap),
        **({"explanation": [_step(step) for step in explanation.steps]} if explanation else {}),
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
        "quotations": [_quotation(quotation) for quotation in article.quotations],
        "foreign": [
            {"start": part.span.start, "end": part.span.end, "language": part.language}
            for part in article.foreign
        ],
        "text": article.text,
    }


def shown_object(shown: Shown) -> dict[str, Any]:
    """Return an article whole with its standing, and the articles that print the same, the likely original first."""
    return {
        **article_object(shown.article),
        "standing": shown.standing,
        "current_version_sha256": shown.current.version_sha256 if shown.current else None,
        "other_versions": shown.others,
        "prints": [_facts(article) for article in shown.prints],
    }


def versions_objects(versions: Sequence[ReadVersion], current: str | None) -> list[dict[str, Any]]:
    """Return each version of an article whole, oldest first, with what it changed in the one before.

    Args:
        versions: oldest first.
        current: digest of the one that the index holds; None where it holds none.
    """
    before = [None, *(version.article for version in versions)]
    return [
        {
            **article_object(version.article),
            "first_read_at": version.first_read_at.isoformat(),
            "in_index": version.article.version_sha256 == current,
            "changes": list(changes(older, version.article)) if older else [],
        }
        for older, version in zip(before, versions, strict=False)
    ]


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


def _step(step: Step) -> dict[str, Any]:
    return {
        "query": {"text": step.query.text, "language": step.query.language, **_filters(step.query)},
        "dense": [_hit(hit) for hit in step.dense],
        "lexical": [_hit(hit) for hit in step.lexical],
        "evidence": [
            {
                "passage_id": found.passage.passage_id,
                "score": found.score,
                "cosine": found.cosine,
                "also_in": [article.article_id for article in found.also_in],
            }
            for found in step.evidence
        ],
        "outdated": [article.article_id for article in step.outdated],
        "sentences": [
            {
                "article_id": weighed.article.article_id,
                "text": weighed.text,
                "cosine": weighed.cosine,
                "score": weighed.score,
                "chosen": weighed.is_chosen,
                "speakers": list(weighed.speakers),
            }
            for weighed in step.weighed
        ],
        "probability": step.probability,
        "threshold": step.threshold,
        "reason": step.reason.kind if step.reason else None,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {"rank": hit.rank, "score": hit.score, "passage_id": hit.passage.passage_id}


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "articles": gap.articles,
        "publishers": list(gap.publishers),
        "oldest_published_at": _iso(gap.oldest),
        "newest_published_at": _iso(gap.newest),
        "undated": gap.undated,
    }


def _search(search: Search) -> dict[str, Any]:
    return {
        **_filters(search.query),
        "undated_left_out": search.undated,
        "set_aside": _filters(search.set_aside) if search.set_aside else None,
    }


def _filters(query: Query) -> dict[str, Any]:
    return {
        "published_from": _iso(query.published_from),
        "published_to": _iso(query.published_to),
        "days_after": query.days_after,
        "period_words": query.period_words or None,
        "publishers": list(query.publishers),
        "languages": list(query.languages),
        "source_words": query.source_words or None,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "label": citation.label,
        **_facts(citation.article),
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "speaker": citation.speaker,
        "also_in": [_facts(article) for article in citation.also_in],
        "corrected": citation.is_corrected,
        "replaces": _facts(citation.replaces) if citation.replaces else None,
    }


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {"name": quotation.speaker, "start": quotation.span.start, "end": quotation.span.end}


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
