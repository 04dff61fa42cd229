"""Questions after what somebody said are answered in that person's words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.said import asked_speaker
from bot.types import Answer, NotCovered
from index.sources.quotations import quotations_in
from tests.bot.asking import article_saying, ask

if TYPE_CHECKING:
    from index.types import Article

QUAY = (
    "The quay at Port Morven reopens in May after works on its walls.\n"
    "“The quay walls are sound again,” said Anna Fell, who runs the port.\n"
    "“The quay should have been closed for good,” said Peter Lodge, a fisherman."
)


def _article(text: str = QUAY) -> Article:
    return replace(article_saying("quay", text), quotations=quotations_in(text))


@pytest.mark.parametrize(
    ("question", "name", "is_bare"),
    [
        ("Qu'a dit John Kirby ?", "John Kirby", True),
        ("Qu’a déclaré Mme Hélène Vasseur-Roy sur l’accident ?", "Hélène Vasseur-Roy", False),
        ("Que dit Jeanne Roy du Festival des Vents ?", "Jeanne Roy", False),
        ("Qu'est-ce que Paul Anselme a dit ?", "Paul Anselme", True),
        ("Qu'a dit Paul Roy de Corvelle ?", "Paul Roy de Corvelle", False),
        ("Et qu'a répondu Kirby ?", "Kirby", True),
        ("What did Mr. Tom Alder say about the deal?", "Tom Alder", False),
        ("What has Ursula von der Halm said?", "Ursula von der Halm", True),
        ("Что сказал Виктор Жуковченко?", "Виктор Жуковченко", True),
        ("Что Анна Фелл заявила о причале?", "Анна Фелл", False),
        ("Що сказала Анна Фелл про причал?", "Анна Фелл", False),
    ],
)
def test_the_question_names_whose_words_are_asked_for(question: str, name: str, is_bare: bool) -> None:
    """In four languages: titles, particles, and whether a subject is asked about, too."""
    asked = asked_speaker(question)
    assert asked is not None
    assert (asked.name, asked.is_bare) == (name, is_bare)


@pytest.mark.parametrize(
    "question",
    [
        "Qui a dit que le pont fermerait ?",
        "Que dit-on du pont ?",
        "Qu'a coûté le pont ?",
    ],
)
def test_other_questions_ask_for_nobodys_words(question: str) -> None:
    """A question without a name, or after something else, is answered as every other."""
    assert asked_speaker(question) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Anna Fell say?", "sound again"),
        ("What did Peter Lodge say?", "closed for good"),
        ("What did Anna Fell say about the quay?", "sound again"),
    ],
)
def test_the_answer_is_in_the_words_of_that_person(question: str, words: str) -> None:
    """Another's words on the same subject, however near, are not quoted."""
    answer = ask(question, _article())
    assert isinstance(answer, Answer)
    assert [words in citation.quote for citation in answer.citations] == [True]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Что сказала Анна Фелл?", "sound again"),
        ("Що сказав Пітер Лодж?", "closed for good"),
        ("Qu'a dit Anna Fell ?", "sound again"),
    ],
)
def test_words_are_found_in_another_spelling_of_the_name(question: str, words: str) -> None:
    """Путин, Poutine and Putin are one person."""
    answer = ask(question, _article())
    assert isinstance(answer, Answer)
    assert [words in citation.quote for citation in answer.citations] == [True]


def test_who_said_nothing_is_not_given_words_in_another_script() -> None:
    """Nothing in the article sounds like that name."""
    assert isinstance(ask("Что сказал Виктор Жуковченко?", _article()), NotCovered)


def test_who_said_nothing_is_given_no_words() -> None:
    """Somebody whom the coverage never quotes or names stays silent, though others speak of the subject."""
    assert isinstance(ask("What did Anna Fall say about the quay?", _article()), NotCovered)
    assert isinstance(ask("What did Ruth Arden say about the quay?", _article()), NotCovered)


ROLES = (
    "Le port de Morven rouvrira en mai après des travaux.\n"
    "« Les quais sont de nouveau solides », assure la directrice, Mme Anne Fellier.\n"
    "« Il fallait fermer les quais pour de bon », regrette Pierre Lauge, pêcheur."
)


@pytest.mark.parametrize(
    ("question", "name", "language"),
    [
        ("Qu'a dit la préfète ?", "préfète", "fr"),
        ("Qu'a déclaré le premier ministre sur la grève ?", "premier ministre", "fr"),
        ("Que dit l’avocate de Paul Roy ?", "avocate", "fr"),
        ("What did the chief executive say about the ferry?", "chief executive", "en"),
    ],
)
def test_a_role_names_somebody_as_well(question: str, name: str, language: str) -> None:
    """It is written small, behind an article."""
    asked = asked_speaker(question)
    assert asked is not None
    assert (asked.name, asked.role_in) == (name, language)


@pytest.mark.parametrize("question", ["Qu'a dit la directrice ?", "Que dit la directrice sur les quais ?"])
def test_the_answer_is_in_the_words_of_who_holds_the_role(question: str) -> None:
    """Another's words on the same subject are not quoted."""
    answer = ask(question, replace(_article(ROLES), language="fr"))
    assert isinstance(answer, Answer)
    assert ["solides" in citation.quote for citation in answer.citations] == [True]


@given(st.text(max_size=60))
def test_any_question_may_be_asked(question: str) -> None:
    """Whatever is typed, a name that is read is in it."""
    asked = asked_speaker(question)
    assert asked is None or asked.name in question
