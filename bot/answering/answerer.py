"""The ask line: a query in, an answer in verbatim quotes or a reasoned "not covered" out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.answering.coverage import judge
from bot.answering.evidence import candidates, gather
from bot.answering.kinds import kind_asked
from bot.answering.quotes import choose, state
from bot.types import Answer, NotCovered, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.types import Evidence
    from index.protocols import Retriever
    from index.types import Article, Query

# Passages that a question asks for.
TOP_K = 10
_NEAREST = 3


class Answerer:
    """Answers questions from one generation.

    Args:
        retriever: finds the passages.
    """

    def __init__(self, retriever: Retriever) -> None:
        """Keep the retriever; nothing is loaded here."""
        self._retriever = retriever

    async def answer(self, query: Query) -> Answer | NotCovered:
        """Answer in quotes, or say why the coverage does not answer.

        The collection is synchronous: this is the one place where it is handed to a thread.
        """
        return await asyncio.to_thread(self._answer, query)

    def _answer(self, query: Query) -> Answer | NotCovered:
        evidence = gather(self._retriever.retrieve(query), self._retriever)
        if not evidence:
            return self._not_covered(query, Reason("nothing-found"), evidence)
        ranked = candidates(evidence, query, self._retriever)
        verdict = judge(query, ranked, evidence)
        if isinstance(verdict, Reason):
            return self._not_covered(query, verdict, evidence)
        statements, citations = state(choose(verdict, kind_asked(query.text)))
        return Answer(
            question=query.text,
            language=query.language,
            statements=statements,
            citations=citations,
            generation=self._retriever.generation,
        )

    def _not_covered(self, query: Query, reason: Reason, evidence: Sequence[Evidence]) -> NotCovered:
        return NotCovered(
            question=query.text,
            language=query.language,
            reason=reason,
            nearest=_articles(evidence)[:_NEAREST],
            generation=self._retriever.generation,
        )


def _articles(evidence: Sequence[Evidence]) -> tuple[Article, ...]:
    return tuple({found.article.article_id: found.article for found in evidence}.values())
