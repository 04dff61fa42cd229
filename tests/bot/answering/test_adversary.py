"""A model that writes what it likes over the sample collection: no quote that is shown differs from its span."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.answering.answerer import TOP_K, Answerer
from bot.answering.generation import Composer
from bot.answering.question import read_question
from bot.answering.verification.quotations import find_quotation, quotations
from bot.draft_evaluation import judged_drafts
from bot.types import Answer
from index.sample_coverage import ARTICLES, judged_questions
from index.sources.files import read_sources
from tests.bot.asking import retriever_over
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.chat_model import Spent
    from index.types import Article

_LINES = 8


class Adversary:
    """Writes drafts of other questions, sentences of the sources and orders, under any labels.

    Args:
        seed: of its whims.
    """

    name = "fake:adversary"

    def __init__(self, seed: int) -> None:
        """Gather what it may write."""
        self._whim = random.Random(seed)  # noqa: S311  # a whim, no secret
        self._drafts = [draft.sentence for half in ("rules", "figures") for draft in judged_drafts(half)]

    async def write(self, messages: Sequence[tuple[str, str]], spent: Spent) -> AsyncIterator[str]:
        """Yield lines, each with a label that may be any."""
        sources = [line for line in messages[1][1].splitlines() if line.endswith(".")]
        for _ in range(_LINES):
            sentence = self._whim.choice([self._whim.choice(self._drafts), self._whim.choice(sources)])
            quoted = f"« {sentence} », a dit le maire." if self._whim.random() < 0.3 else sentence
            yield f"{quoted[:-1]} [{self._whim.randint(0, 8)}].\n"


@cache
def _articles() -> tuple[Article, ...]:
    readings = read_sources([ARTICLES], max_bytes=10**7, now=datetime(2026, 1, 1, tzinfo=UTC))
    return tuple(reading.article for reading in readings if reading.article)


@pytest.mark.slow
def test_every_quote_equals_its_span_over_the_whole_question_file() -> None:
    """One altered quote under a link to the source is the end of trust in all of them."""
    composer = Composer(Adversary(4), FakeEmbedder(), tokens=10**6)
    answerer = Answerer(retriever_over(*_articles()), composer)
    shown = 0
    for _, question in judged_questions():
        answer = asyncio.run(answerer.answer(read_question(question.text, top_k=TOP_K)))
        if not isinstance(answer, Answer):
            continue
        assert all(c.span.of(c.article.text) == c.quote for c in answer.citations)
        by_label = {citation.label: citation for citation in answer.citations}
        for statement in answer.statements if answer.mode == "generated" else ():
            shown += 1
            texts = [by_label[label].article.text for label in statement.citations]
            for quoted in (span.of(statement.text) for span in quotations(statement.text)):
                assert any(find_quotation(quoted, text) for text in texts)
    assert shown > 0
