"""A role belongs to somebody where the article puts it beside the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.roles import holds_role
from index.words import words


@pytest.mark.parametrize(
    ("role", "name", "text", "language"),
    [
        (
            "préfète",
            "Hélène Vasseur-Roy",
            "La préfète, Mme Hélène Vasseur-Roy, s’est rendue sur place.",
            "fr",
        ),
        ("prefete", "Mme Vasseur-Roy", "La préfète, Mme Vasseur-Roy, s’est rendue sur place.", "fr"),
        ("maire", "Jean Anselme", "« Non », répond le maire de Corvelle, Jean Anselme.", "fr"),
        ("maires", "Jean Anselme", "Jean Anselme, maire de Corvelle, refuse.", "fr"),
        ("mayor", "Tom Hale", "“No,” said Tom Hale, the mayor of Orrin.", "en"),
        ("union president", "Ruth Arden", "“No,” said union president Ruth Arden.", "en"),
    ],
)
def test_a_role_beside_the_name_is_theirs(role: str, name: str, text: str, language: str) -> None:
    """Right before it, or behind a comma, with titles, without accents, in the plural."""
    assert holds_role(role, name, text, language)


@pytest.mark.parametrize(
    ("role", "name", "text"),
    [
        ("maire", "Jean Anselme", "Jean Anselme critique le maire de Corvelle."),
        ("maire", "Jean Anselme", "Le maire a reçu Jean Anselme, pêcheur."),
        ("rapport", "Jeanne Roy", "Le rapport de Mme Jeanne Roy est paru."),
        ("maire", "Paul Roy", "Le maire, Jeanne Roy, refuse."),
    ],
)
def test_a_role_of_somebody_else_is_not_theirs(role: str, name: str, text: str) -> None:
    """It stands in the same sentence, and is another's; nor is a namesake's role theirs."""
    assert not holds_role(role, name, text, "fr")


@given(role=st.text(max_size=20), name=st.text(max_size=20), text=st.text(max_size=80))
def test_a_role_that_the_text_lacks_is_nobodys(role: str, name: str, text: str) -> None:
    """Whatever is asked, no text without the name's last word gives a role."""
    if holds_role(role, name, text, "fr"):
        assert set(words(name)) & set(words(text))
