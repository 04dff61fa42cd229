"""Whether a question leans on another is told by its words alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.leaning import asks_itself, language_of, leans, telling_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Quand ouvrira-t-il ?", "fr"),
        ("Qui les a vus ?", "fr"),
        ("Combien coûtera ce pont de la vallée ?", "fr"),
        ("Où ses pilotes sont-ils formés, en Russie ?", "fr"),
        ("Qu'en pense le maire de Montrelle ?", "fr"),
        ("Est-ce que celui-ci a été réparé par la commune ?", "fr"),
        ("Et le pont de Corvelle ?", "fr"),
        ("How many houses in the valley has it destroyed?", "en"),
        ("What did the mayor say about that?", "en"),
        ("Who built these bridges in Orvanne?", "en"),
        ("Which of them did Quillon sell?", "en"),
        ("And what did Quillon say?", "en"),
    ],
)
def test_what_points_at_something_unsaid_leans(text: str, language: str) -> None:
    """A pronoun, a demonstrative or an "and" with nothing before it."""
    assert leans(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pourquoi le maire de Montrelle a-t-il convoqué son conseil ?", "fr"),
        ("Faut-il payer pour traverser le pont de Corvelle ?", "fr"),
        ("Combien y a-t-il de loups sur le plateau d'Ourcelle ?", "fr"),
        ("Est-ce que le pont de Corvelle est ouvert ?", "fr"),
        ("Qu'est-ce que la couverture dit cette année du tramway de Valbreuse ?", "fr"),
        ("Mais qui a gagné le tournoi de Calvières ?", "fr"),
        ("tramway Valbreuse", "fr"),
        ("Why did Quillon cut its planned factory?", "en"),
        ("Is it true that Quillon halves its factory?", "en"),
        ("How many wolves were counted this year in Orrin County?", "en"),
        ("What happened to the ferry when it hit the dock at Port-Sablon?", "en"),
        ("And who won the women's handball final in Calvières?", "en"),
    ],
)
def test_what_names_what_it_is_about_does_not_lean(text: str, language: str) -> None:
    """A pronoun with its noun before it, one that stands for nothing, and an "and" before a whole question."""
    assert not leans(text, language)


@pytest.mark.parametrize("text", ["", " ", "🌉", "?!", "…"])
def test_what_holds_no_word_leans_on_nothing(text: str) -> None:
    """It is refused as it is, not made a question by what came before."""
    assert not leans(text, "fr")


@pytest.mark.parametrize(
    ("text", "taken_for", "language"),
    [
        ("Quand ?", "es", "fr"),
        ("And Ukraine?", "da", "en"),
        ("and in Valbreuse?", "fr", "en"),
        ("Wann war das?", "de", None),
    ],
)
def test_the_words_tell_the_language_where_the_identifier_guesses(
    text: str, taken_for: str, language: str | None
) -> None:
    """Of two words it cannot be sure."""
    assert language_of(text, taken_for) == language


def test_a_fragment_asks_nothing_itself() -> None:
    """It takes the question word of what it follows; "à" is no verb."""
    assert not asks_itself("Et à Valbreuse ?", "fr")
    assert not asks_itself("What about the pilots?", "en")
    assert asks_itself("Et combien de pilotes ?", "fr")
    assert asks_itself("Avait-il bu ?", "fr")


def test_the_telling_words_are_those_that_name_things() -> None:
    """They are what a search is narrowed to, in either language."""
    assert telling_words("Quels avions l'Iran pourrait-il recevoir ?") == ("avions", "iran", "recevoir")
    assert telling_words("How big is the Cutter Ridge fire?") == ("big", "cutter", "ridge", "fire")


@given(st.text(max_size=300), st.sampled_from(("fr", "en", "de")))
def test_case_and_apostrophes_change_nothing_without_names(text: str, language: str) -> None:
    """Telephones write their own apostrophes, and people all in small letters."""
    small = text.casefold()
    assert leans(small.replace("’", "'"), language) == leans(small.replace("'", "’"), language)
