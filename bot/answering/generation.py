"""An answer in a chat model's words: written sentence by sentence, shown only where a source carries it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answering.prompts import answer_messages, mend_messages
from bot.answering.verification.labels import read_labels
from bot.answering.verification.sources import encode, prepare
from bot.answering.verification.types import Fault, Verified
from bot.answering.verification.verify import verify
from bot.answering.written import whole_sentences
from bot.chat_model import Spent
from bot.errors import ChatModelDown, ChatModelRefused, ChatModelSlow, ChatModelUnavailable, OverBudget
from bot.types import Citation, Dropped, Statement
from index.sources.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from bot.answering.verification.sources import Sources
    from bot.answering.verification.types import Support
    from bot.chat_model import ChatModel
    from bot.types import Evidence, Fallback
    from index.protocols import Embedder
    from index.types import Query

    Show: TypeAlias = Callable[[Statement, tuple[Citation, ...]], None]

MOST_SENTENCES = 6
# Passages that are sent: the best; each costs tokens and time, and the last ones answer least often.
MOST_SENT = 6
_log = logging.getLogger(__name__)
_FALLBACKS: dict[type[ChatModelUnavailable], Fallback] = {
    ChatModelDown: "down",
    ChatModelSlow: "slow",
    ChatModelRefused: "refused",
    OverBudget: "over-budget",
}


@dataclass(frozen=True, slots=True)
class Composed:
    """What came of asking a chat model.

    Args:
        statements: its sentences that the sources carry, in order.
        citations: the words that carry them, verbatim, with the labels that the reader sees.
        dropped: its other sentences, by kind of fault.
        fallback: why there is no statement; None where there is one.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...]
    fallback: Fallback | None


@dataclass(slots=True)
class _Page:
    """The answer as it grows."""

    show: Show | None
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    def add(self, verified: Verified) -> None:
        """Take a sentence with its words, unless it stands there already, and show it."""
        if len(self.statements) == MOST_SENTENCES or any(s.text == verified.text for s in self.statements):
            return
        cited = tuple(dict.fromkeys(self._cite(support) for support in verified.supports))
        statement = Statement(verified.text, tuple(citation.label for citation in cited))
        self.statements.append(statement)
        if self.show:
            self.show(statement, cited)

    def _cite(self, support: Support) -> Citation:
        for citation in self.citations:
            if citation.article == support.article and citation.span == support.span:
                return citation
        quote = support.span.of(support.article.text)
        citation = Citation(len(self.citations) + 1, support.article, support.span, quote)
        self.citations.append(citation)
        return citation


class Composer:
    """Has a chat model answer, and keeps what the sources carry.

    Args:
        model: writes.
        embedder: the model of the index, for verification.
        tokens: the most that one answer may use, mending included.
    """

    def __init__(self, model: ChatModel, embedder: Embedder, *, tokens: int) -> None:
        """Keep the parts; nothing is sent here."""
        self._model = model
        self._embedder = embedder
        self._tokens = tokens

    @property
    def model(self) -> ChatModel:
        """What writes."""
        return self._model

    @property
    def model_name(self) -> str:
        """Provider and model, as configured."""
        return self._model.name

    async def compose(
        self, query: Query, evidence: Sequence[Evidence], *, show: Show | None = None
    ) -> Composed:
        """Ask, verify each sentence, and ask once more for those that did not pass.

        Args:
            query: what is asked.
            evidence: the labelled passages, best first; a few of them are sent.
            show: is given each sentence with its words as soon as it is verified.
        """
        sent = evidence[:MOST_SENT]
        preparing = asyncio.create_task(asyncio.to_thread(prepare, sent, self._embedder))
        page, spent = _Page(show), Spent(self._tokens)
        messages = answer_messages(query.text, sent, query.language, sentences=MOST_SENTENCES)
        fallback: Fallback | None = None
        try:
            await self._write(messages, query, preparing, page, spent)
            if page.faults:
                await self._mend(messages, query, preparing, page, spent)
        except ChatModelUnavailable as error:
            fallback = _FALLBACKS[type(error)]
            _log.warning("The chat model %s stopped: %s", self.model_name, error)
        finally:
            await preparing
        return self._composed(page, fallback, spent)

    async def _write(
        self,
        messages: list[tuple[str, str]],
        query: Query,
        preparing: asyncio.Task[Sources],
        page: _Page,
        spent: Spent,
    ) -> None:
        async for sentence in whole_sentences(self._model.write(messages, spent), query.language):
            page.written.append(sentence)
            verdict = await asyncio.to_thread(self._check, sentence, query, await preparing)
            if isinstance(verdict, Verified):
                page.add(verdict)
            else:
                page.faults.append((sentence, verdict))

    async def _mend(
        self,
        messages: list[tuple[str, str]],
        query: Query,
        preparing: asyncio.Task[Sources],
        page: _Page,
        spent: Spent,
    ) -> None:
        """Ask once more for what did not pass; what passes now is no longer counted as dropped."""
        faulty, page.faults = page.faults, []
        named = [(sentence, fault.kind, fault.detail) for sentence, fault in faulty]
        shown = len(page.statements)
        try:
            await self._write(
                mend_messages(messages, "\n".join(page.written), named), query, preparing, page, spent
            )
        finally:
            mended = len(page.statements) - shown
            page.faults = faulty[mended:]

    def _check(self, sentence: str, query: Query, sources: Sources) -> Verified | Fault:
        language = detect_language(sentence, likely=(query.language,))
        draft = read_labels(sentence, sources.labels, language)
        return verify(draft, encode(draft, self._embedder), sources)

    def _composed(self, page: _Page, fallback: Fallback | None, spent: Spent) -> Composed:
        counts = Counter(fault.kind for _, fault in page.faults)
        dropped = tuple(Dropped(kind, count) for kind, count in sorted(counts.items()))
        if not page.statements and fallback is None:
            fallback = "nothing-supported"
        _log.info(
            "%s: %d sentences shown, %d dropped %s, about %d tokens%s",
            self.model_name,
            len(page.statements),
            counts.total(),
            dict(counts),
            spent.tokens,
            f", fell back: {fallback}" if not page.statements else "",
        )
        return Composed(
            tuple(page.statements), tuple(page.citations), dropped, None if page.statements else fallback
        )
