"""Which language a text is in."""

from __future__ import annotations

import pytest

from index.sources.language import detect_language, is_plausible


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
