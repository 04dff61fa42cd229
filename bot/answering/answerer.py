"""The ask line: a query in, an answer in verbatim quotes or a reasoned "not covered" out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answering.carried import differing_still, known_of
from bot.answering.changes import differing, without_outdated
from bot.answering.coverage import judge
from bot.answering.evidence import candidates, find, gather
from bot.answering.further import judge_further
from bot.answering.kinds import kind_asked
from bot.answering.nearby import gap, near
from bot.answering.quotes import choose, state
from bot.types import Answer, NotCovered, Reason, Search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.answering.evidence import Candidate
    from bot.answering.generation import Composer, Show
    from bot.types import Citation, Evidence, Gap
    from index.protocols import Retriever
    from index.types import Article, Query

# Passages that a question asks for.
TOP_K = 10
_NEAREST = 3
# Passages that are looked at to say what comes near.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Quoted:
    """An answer in quotes, and the evidence from which a chat model may write one."""

    answer: Answer | NotCovered
    evidence: tuple[Evidence, ...]


class Answerer:
    """Answers questions from one generation.

    Args:
        retriever: finds the passages.
        composer: has a chat model answer; None for quotes only.
    """

    def __init__(self, retriever: Retriever, composer: Composer | None = None) -> None:
        """Keep the parts; nothing is loaded here."""
        self._retriever = retriever
        self._composer = composer

    async def answer(
        self, query: Query, *, told: Sequence[Citation] = (), show: Show | None = None
    ) -> Answer | NotCovered:
        """Answer in quotes, or in a chat model's verified words, or say why the coverage does not answer.

        Args:
            query: what is asked.
            told: what earlier answers quoted. It is left out, and so is what says the same; the best of
                what is left that may be quoted is, however far it trails them. What follows an answer is
                always quoted.
            show: is given a chat model's sentences one by one, each as soon as it is verified.
        """
        quoted = await self.quote(query, told=told)
        return quoted.answer if told else await self.in_words(query, quoted, show=show)

    async def quote(self, query: Query, *, told: Sequence[Citation] = ()) -> Quoted:
        """Answer in quotes, or say why the coverage does not answer.

        The collection is synchronous: this is the one place where it is handed to a thread.

        Args:
            query: what is asked.
            told: as for :meth:`answer`.
        """
        return await asyncio.to_thread(self._quote, query, told)

    async def in_words(
        self, query: Query, quoted: Quoted, *, show: Show | None = None
    ) -> Answer | NotCovered:
        """Have the chat model put an answer in words, where one is configured; the index is not needed for it.

        Args:
            query: what is asked.
            quoted: what the index gave.
            show: as for :meth:`answer`.
        """
        answer = quoted.answer
        if self._composer is None or isinstance(answer, NotCovered):
            return answer
        composed = await self._composer.compose(query, quoted.evidence, show=show)
        answer = replace(answer, model=self._composer.model_name, dropped=composed.dropped)
        if composed.fallback:
            return replace(answer, fallback=composed.fallback)
        return replace(
            answer,
            statements=composed.statements,
            citations=known_of(composed.citations, answer),
            differing=differing_still(composed.citations, answer),
            mode="generated",
        )

    def _quote(self, query: Query, told: Sequence[Citation]) -> Quoted:
        """Answer within the filters, then without those that were read from the words.

        Words are read as a filter where they most probably are one; where nothing answers within it, the
        question is asked as if they were none, and the answer says so. What follows an answer keeps to where
        that was found.
        """
        within = self._find(query, told)
        if told or isinstance(within.answer, Answer) or not query.is_understood:
            return within
        given = query.as_given()
        without = self._find(given, told)
        search = replace(self._search(given), set_aside=query)
        return replace(without, answer=replace(without.answer, search=search))

    def _find(self, query: Query, told: Sequence[Citation]) -> Quoted:
        evidence, replaced = without_outdated(find(query, self._retriever))
        return Quoted(self._quoted(query, evidence, replaced, told), evidence)

    def _quoted(
        self,
        query: Query,
        evidence: tuple[Evidence, ...],
        replaced: Mapping[str, Article],
        told: Sequence[Citation],
    ) -> Answer | NotCovered:
        if not evidence:
            return self._not_covered(query, Reason("nothing-found"), evidence)
        verdict = self._judge_further(query, evidence, told) if told else self._judge(query, evidence)
        if isinstance(verdict, Reason):
            return self._not_covered(query, verdict, evidence)
        kind = kind_asked(query.text)
        chosen = choose(verdict, kind, query)
        statements, citations = state(chosen, replaced)
        return Answer(
            question=query.text,
            language=query.language,
            statements=statements,
            citations=citations,
            generation=self._retriever.generation,
            search=self._search(query),
            differing=tuple(chosen.index(c) + 1 for c in differing(chosen, kind, query) or ()),
        )

    def _search(self, query: Query) -> Search:
        return Search(query=query, undated=self._retriever.undated(query) if query.has_period else 0)

    def _judge(self, query: Query, evidence: Sequence[Evidence]) -> tuple[Candidate, ...] | Reason:
        return judge(query, candidates(evidence, query, self._retriever), evidence)

    def _judge_further(
        self, query: Query, evidence: Sequence[Evidence], told: Sequence[Citation]
    ) -> tuple[Candidate, ...] | Reason:
        """Judge what is left of the sentences that may be quoted, as if nothing nearer had been found."""
        ranked = candidates(evidence, query, self._retriever, passages=len(evidence))
        return judge_further(query, ranked, evidence, told)

    def _not_covered(self, query: Query, reason: Reason, evidence: Sequence[Evidence]) -> NotCovered:
        return NotCovered(
            question=query.text,
            language=query.language,
            reason=reason,
            nearest=_articles(evidence)[:_NEAREST],
            generation=self._retriever.generation,
            search=self._search(query),
            gap=self._gap(query, is_empty=not evidence),
        )

    def _gap(self, query: Query, *, is_empty: bool) -> Gap | None:
        """Return what comes near; where the filters leave nothing, what would without dates and languages."""
        wide = replace(query, top_k=_LOOKED_AT)
        if is_empty:
            wide = replace(wide, published_from=None, published_to=None, languages=())
        # What is told of them does not depend on their order, so that their words need not be compared.
        found = gather(near(self._retriever.fused(wide)), self._retriever)
        return gap(found) if found else None


def _articles(evidence: Sequence[Evidence]) -> tuple[Article, ...]:
    return tuple({found.article.article_id: found.article for found in evidence}.values())
