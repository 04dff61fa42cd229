"""Which language a text is in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.sources.language import detect_language, foreign_paragraphs, is_plausible
from index.types import Span
from tests.factories import make_article


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Que s'est-il passé à Port-Sablon ?", "fr"),
        ("What happened at the harbour on Friday?", "en"),
        ("¿Qué pasó en el puerto el viernes?", "es"),
        ("Was ist am Freitag im Hafen passiert?", "de"),
    ],
)
def test_short_questions_are_told_apart(text: str, code: str) -> None:
    """A question of a few words is enough."""
    assert detect_language(text) == code


def test_a_stated_language_must_be_possible() -> None:
    """What a source states counts unless the text is clearly in another language."""
    text = "Le pont de Corvelle a été fermé lundi matin après la découverte d’une fissure dans un pilier."
    assert is_plausible("fr", text)
    assert is_plausible("fr-FR", text)
    assert not is_plausible("en", text)
    assert not is_plausible("french", text)


FRENCH = (
    "Le moulin de Sainte-Ode tourne de nouveau depuis samedi, après trois ans de travaux et deux inondations."
)
ENGLISH = "The harbour at Saltmere will close for six weeks from May, because the old quay is sinking faster than expected."
NAMES = "Inès Carbonell, Fenna Bakker, Sékou Diarra, Bastien Roca, Denis Oudin, Karl Vandamme, Matéo Salles, Tom Alder."


def test_an_article_of_two_languages_keeps_both() -> None:
    """A paragraph that quotes a statement in full is in its own language, and so is a passage of it."""
    text = f"{FRENCH}\n{ENGLISH}\n{FRENCH}"
    (found,) = foreign_paragraphs(text, "fr")
    assert (found.span.of(text), found.language) == (ENGLISH, "en")
    article = replace(make_article(text=text, language="fr"), foreign=(found,))
    assert article.language_of(Span(found.span.start + 3, found.span.end - 3)) == "en"
    assert article.language_of(Span(0, 20)) == "fr"


@pytest.mark.parametrize(
    ("text", "language"), [(FRENCH, "fr"), (ENGLISH, "en"), (NAMES, "fr"), ("Oh no!", "fr"), (ENGLISH, "ja")]
)
def test_what_is_not_foreign_beyond_doubt_is_not(text: str, language: str) -> None:
    """A list of names, a short cry, and a text in a language whose words are not known prove nothing."""
    assert foreign_paragraphs(text, language) == ()
