"""Sources in questions: outlets and languages, told from people and places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.sources import asked_sources, language_codes

OUTLETS = (
    "AFI", "Gazette des Trois-Vallées", "L'Écho de Montrelle", "La Vigie de l'Estuaire", "Le Courrier d'Orvanne",
    "Le Courrier du Littoral", "Les Nouvelles du Plateau", "Mousse et Lichen", "Méridia 24", "Northgate Tribune",
    "Radio Calviéra", "The Kestrel Post", "The Tessbury Ledger",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "outlets"),
    [
        ("Selon Le Courrier du Littoral, combien de blessés ?", ["Le Courrier du Littoral"]),
        ("selon le courrier du littoral, combien de blessés ?", ["Le Courrier du Littoral"]),
        ("SELON LE COURRIER DU LITTORAL, COMBIEN ?", ["Le Courrier du Littoral"]),
        ("Combien de blessés d’après La Vigie de l’Estuaire ?", ["La Vigie de l'Estuaire"]),
        ("Combien selon La Vigie de l’Estuaire et Méridia 24 ?", ["La Vigie de l'Estuaire", "Méridia 24"]),
        ("Que dit la Vigie du pont ?", ["La Vigie de l'Estuaire"]),
        ("À en croire la Gazette, combien de foyers ?", ["Gazette des Trois-Vallées"]),
        ("Selon Méridia, quels avions ?", ["Méridia 24"]),
        ("Selon l'AFI, combien ?", ["AFI"]),
        ("Combien selon l’Echo ?", ["L'Écho de Montrelle"]),
        ("Qui est cité dans le Courrier du Littoral ?", ["Le Courrier du Littoral"]),
        ("Quels articles de Méridia 24 parlent du pont ?", ["Méridia 24"]),
        ("According to The Tessbury Ledger, how many?", ["The Tessbury Ledger"]),
        ("According to the Ledger, how many?", ["The Tessbury Ledger"]),
        ("What did the Northgate Tribune report about the ferry?", ["Northgate Tribune"]),
        ("Who is quoted in the Kestrel Post?", ["The Kestrel Post"]),
    ],
)
def test_an_outlet_is_named_as_people_name_it(question: str, outlets: list[str]) -> None:
    """With or without its article, its accents and the rest of its name."""
    asked = asked_sources(question, OUTLETS)
    assert asked is not None
    assert list(asked.publishers) == outlets
    assert asked.words in question


@pytest.mark.parametrize(
    "question",
    [
        "Selon John Kirby, que va-t-il se passer ?",
        "According to John Kirby, what will happen?",
        "Selon la préfecture, combien de blessés ?",
        "Selon Montrelle, que faire ?",
        "According to Tessbury, what happened?",
        "According to Northgate officials, what happened?",
        "What did the Northgate council decide?",
        "Que s'est-il passé dans l'estuaire ?",
        "Que s'est-il passé sur le plateau ?",
        "D'où venait l'erreur de la Gazette sur les évacuations ?",
        "Qui dirige Le Courrier du Littoral ?",
        "selon la radio, combien d'entrées ?",
        "Selon Littoral, combien ?",
        "Combien de blessés ?",
        "",
    ],
)
def test_people_and_places_are_no_outlets(question: str) -> None:
    """A filter that was not meant hides the answer."""
    assert asked_sources(question, OUTLETS) is None


def test_a_part_that_fits_two_outlets_is_neither() -> None:
    """Le Courrier d'Orvanne or du Littoral: nobody can tell."""
    assert asked_sources("Selon le Courrier, combien ?", OUTLETS) is None


def test_every_spelling_of_an_outlet_counts() -> None:
    """Articles that write "LE COURRIER" must not vanish because others write "Le Courrier"."""
    asked = asked_sources("Selon le courrier, combien ?", ("LE COURRIER", "Le Courrier"))
    assert asked is not None
    assert set(asked.publishers) == {"LE COURRIER", "Le Courrier"}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is said in English-language coverage about the drones?", "en"),
        ("What do French newspapers say about the ferry?", "fr"),
        ("According to the German press, who won?", "de"),
        ("What do articles in English say?", "en"),
        ("Dans la presse anglophone, que dit-on des drones ?", "en"),
        ("Que disent les journaux allemands ?", "de"),
        ("Que disent les médias francophones ?", "fr"),
        ("Que dit la presse espagnole ?", "es"),
        ("Que dit la presse de langue anglaise ?", "en"),
        ("Quels articles en anglais parlent des drones ?", "en"),
    ],
)
def test_a_language_is_named_as_people_name_it(question: str, language: str) -> None:
    """“The English-language coverage” is what is written in English."""
    asked = asked_sources(question, OUTLETS)
    assert asked is not None
    assert (asked.publishers, asked.languages) == ((), (language,))
    assert asked.words in question


@pytest.mark.parametrize(
    "question",
    [
        "How many French newspapers closed?",
        "Combien d'Anglais vivent en France ?",
        "Who teaches English in Tessbury?",
        "Pourquoi la presse a-t-elle menti ?",
        "Who won the German election?",
    ],
)
def test_a_nation_is_no_language(question: str) -> None:
    """A question about the French is answered by everyone."""
    assert asked_sources(question, OUTLETS) is None


@pytest.mark.parametrize(
    ("name", "codes"),
    [("fr", ("fr",)), ("FR", ("fr",)), ("français", ("fr",)), ("French", ("fr",)), ("xx", ()), ("", ())],
)
def test_a_language_has_a_code_and_names(name: str, codes: tuple[str, ...]) -> None:
    """``--language`` takes whichever a person knows."""
    assert language_codes(name) == codes


@given(st.text(max_size=80))
def test_no_question_breaks_reading(question: str) -> None:
    """Whatever is typed, only outlets of the collection are named."""
    asked = asked_sources(f"selon {question}", OUTLETS)
    assert asked is None or set(asked.publishers) <= set(OUTLETS)
