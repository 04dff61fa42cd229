"""The explanation at the terminal."""

from __future__ import annotations

import pytest
from rich.console import Console

from bot.answering.explaining import explain
from bot.answering.question import read_question
from bot.rendering.explanation import render_explanation
from tests.bot.asking import retriever_over
from tests.factories import day, make_article

QUESTION = "Combien coûteront les travaux depuis janvier ?"


def _shown(language: str, **facts: str) -> str:
    query = read_question(QUESTION, today=day("2023-03-01").date(), top_k=10)
    explanation = explain(query, retriever_over(make_article(**facts)))  # type: ignore[arg-type]  # facts are texts
    console = Console(width=300, no_color=True)
    with console.capture() as capture:
        console.print(render_explanation(explanation, language))
    return capture.get()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            ["Recherche 1 · dans les articles parus depuis 2023", "Aucun article ne correspond", "Recherche 2",
             "Proches par le sens", "Mots communs", "Passages retenus", "← citée", "Jugé\u00a0: répond."],
        ),
        ("en", ["Search 1 · in articles published since 2023", "Shared words", "← quoted", "Judged: answers."]),
    ],
)  # fmt: skip
def test_every_stage_is_told_in_the_readers_language(language: str, told: list[str]) -> None:
    """Queries, what each stage found, what was chosen, and the verdict."""
    shown = _shown(language)
    assert all(line in shown for line in told)


def test_an_article_cannot_command_the_terminal() -> None:
    """Headlines are text of strangers here too."""
    assert "\x1b" not in _shown("fr", headline="Le \x1b[2Jpont")
