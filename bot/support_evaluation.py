"""Measure of support against people's labels: sentences that machines wrote over passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.answering.verification.sources import encode, prepare
from bot.answering.verification.types import Draft, Verified
from bot.answering.verification.verify import verify
from bot.types import Evidence
from index.passages import split
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.progress import Progress
    from index.protocols import Embedder

_PASSAGE_CHARACTERS = 400
_LABELS = {"Supported": True, "Not Supported": False}


@dataclass(frozen=True, slots=True)
class SupportMeasures:
    """Agreement with people, shares from 0 to 1.

    Args:
        sentences: how many were judged.
        supported_shown: of those that people call supported, how many pass.
        unsupported_dropped: of those that people call not supported, how many do not.
        balanced_accuracy: the mean of both.
    """

    sentences: int
    supported_shown: float
    unsupported_dropped: float
    balanced_accuracy: float


def measure_support(
    corpus: Sequence[dict[str, Any]],
    queries: Sequence[dict[str, Any]],
    embedder: Embedder,
    progress: Progress,
) -> SupportMeasures:
    """Check every labelled sentence against the passages that it was written over.

    Args:
        corpus: records with ``doc_id``, ``text`` and ``lang``.
        queries: records with ``candidate_doc_ids`` and ``labelled_answer``: sentences with ``factuality``.
        embedder: the model.
        progress: told what is done.
    """
    articles = {r["doc_id"]: _article(r) for r in corpus}
    judged: list[tuple[bool, bool]] = []
    for done, query in enumerate(queries, start=1):
        judged.extend(_judge(query, [articles[name] for name in query["candidate_doc_ids"]], embedder))
        progress("check", done, len(queries))
    shown = [passes for supported, passes in judged if supported]
    dropped = [not passes for supported, passes in judged if not supported]
    sensitivity, specificity = (sum(side) / max(1, len(side)) for side in (shown, dropped))
    return SupportMeasures(len(judged), sensitivity, specificity, (sensitivity + specificity) / 2)


def _judge(
    query: dict[str, Any], articles: Sequence[Article], embedder: Embedder
) -> Iterator[tuple[bool, bool]]:
    """Yield for each sentence whether people support it and whether it passes; all passages count as cited."""
    passages = [
        (article, passage) for article in articles for passage in split(article, target=_PASSAGE_CHARACTERS)
    ]
    evidence = [
        Evidence(n, passage, article, 1.0, 1.0) for n, (article, passage) in enumerate(passages, start=1)
    ]
    sources = prepare(evidence, embedder)
    labels = tuple(e.label for e in evidence)
    for sentence in query["labelled_answer"]:
        if sentence["factuality"] in _LABELS:
            draft = Draft(sentence["sentence"], labels, (), query["lang"])
            verdict = verify(draft, encode(draft, embedder), sources)
            yield _LABELS[sentence["factuality"]], isinstance(verdict, Verified)


def _article(record: dict[str, Any]) -> Article:
    return Article(
        article_id=record["doc_id"],
        source_path=record["doc_id"],
        text=record["text"],
        language=record["lang"],
    )
