"""How a chat model's answer is shown, and what is said of it."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.rendering.as_json import answer_object
from bot.rendering.terminal import render
from bot.types import Answer, Dropped, Statement
from tests.bot.asking import make_answer, make_citation


def shown(answer: Answer) -> str:
    """Return an answer as the terminal shows it, without styles."""
    console = Console(file=io.StringIO(), width=300)
    console.print(render(answer))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class TestGenerated:
    """The model's words are not in quotation marks; the words that carry them are."""

    def test_only_the_sources_words_stand_in_quotation_marks(self) -> None:
        """Quotation marks around a model's words would say that an outlet wrote them."""
        citation = make_citation(
            words="Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."
        )
        answer = make_answer(citation, mode="generated", model="openai:x", dropped=(Dropped("number", 2),))
        object.__setattr__(answer, "statements", (Statement("Ils coûteront 3,5 millions d’euros.", (1,)),))
        page = shown(answer).replace("\u00a0", " ")
        assert "« Ils coûteront" not in page
        assert "« Les travaux coûteront 3,5 millions" in page
        assert "openai:x" in page
        assert ": 2." in page

    @pytest.mark.parametrize("fallback", ["down", "slow", "refused", "over-budget", "nothing-supported"])
    def test_a_fallback_is_said_in_a_few_words(self, fallback: str) -> None:
        """A reader who configured a model must know why quotes are shown."""
        page = shown(make_answer(model="openai:x", fallback=fallback))  # type: ignore[arg-type]  # a parameter
        assert "voici des citations" in page

    def test_the_object_tells_what_was_dropped_and_why(self) -> None:
        """Programs count what a model invents."""
        answer = make_answer(mode="generated", model="openai:x", dropped=(Dropped("number", 2),))
        told = answer_object(answer, 1)
        assert (told["mode"], told["model"]) == ("generated", "openai:x")
        assert told["dropped"] == [{"kind": "number", "sentences": 2}]

    def test_without_a_model_nothing_is_said_of_one(self) -> None:
        """Answers in quotes stay what they were."""
        assert "dropped" not in answer_object(make_answer(), 1)
        assert "modèle" not in shown(make_answer())
