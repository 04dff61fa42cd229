"""Drafts, evidence and verdicts for tests, over articles made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.labels import read_labels
from bot.answering.verification.sources import encode, prepare
from bot.answering.verification.verify import verify
from bot.types import Evidence
from index.passages import split
from tests.factories import make_article, make_english_article
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.verification.types import Fault, Verified
    from index.protocols import Vectors
    from index.types import Article


class _AllAlike(FakeEmbedder):
    """Finds that all texts mean the same, so that only the other checks decide."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the same row for each text."""
        return np.tile(super().embed_passages(["the same"]), (len(texts), 1))


def evidence_of(*articles: Article, target: int = 150) -> tuple[Evidence, ...]:
    """Return the passages of articles, labelled from 1."""
    passages = [(article, passage) for article in articles for passage in split(article, target=target)]
    return tuple(
        Evidence(label, passage, article, 1.0, 1.0)
        for label, (article, passage) in enumerate(passages, start=1)
    )


def checked(sentence: str, *articles: Article, language: str = "fr", target: int = 2000) -> Verified | Fault:
    """Return what verification makes of a labelled sentence; by default over the two articles of the factories.

    Meaning is left out: every text is as near as every other.
    """
    evidence = evidence_of(*(articles or (make_article(), make_english_article())), target=target)
    embedder = _AllAlike()
    sources = prepare(evidence, embedder, language)
    draft = read_labels(sentence, sources.labels, language)
    return verify(draft, encode(draft, embedder, sources), sources, threshold=0)
