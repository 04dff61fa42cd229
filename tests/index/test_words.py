"""A question typed without accents, in capitals or in another number finds the same words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.words import stems, words

FRENCH_LETTERS = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿ 0123456789'’-.,"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Élysée", ["l", "elysee"]),
        ("aujourd’hui", ["aujourd", "hui"]),
        ("3,5 millions", ["3", "5", "millions"]),
        ("SU-35", ["su", "35"]),
        ("n° 3", ["n", "3"]),
        ("snake_case", ["snake", "case"]),
        ("Где?", ["где"]),
        ("ÇA, À NOËL…", ["ca", "a", "noel"]),
        ("", []),
        ("🌉 — ?!", []),
    ],
)
def test_words_are_letters_and_figures(text: str, expected: list[str]) -> None:
    """Punctuation, apostrophes and accents must not be part of a word."""
    assert words(text) == expected


@given(st.text(FRENCH_LETTERS))
def test_case_does_not_matter(text: str) -> None:
    """A question in capitals finds what was written in small letters."""
    assert words(text.upper()) == words(text)
    assert words(text.title()) == words(text)


@given(st.text(FRENCH_LETTERS))
def test_accents_do_not_matter(text: str) -> None:
    """A question typed without accents finds what was written with them."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert words(plain) == words(text)


@given(st.text())
def test_how_an_accent_is_encoded_does_not_matter(text: str) -> None:
    """Pages come with "é" as one character and as two."""
    composed = unicodedata.normalize("NFC", text)
    assert words(unicodedata.normalize("NFD", text)) == words(composed)


@given(st.text(st.characters()))
@example("\ud800")
@example("\x00")
def test_words_hold_nothing_that_could_be_an_operator(text: str) -> None:
    """Words are put between quotation marks in a full-text query, so none may hold one."""
    assert all(word.isalnum() for word in words(text))


@pytest.mark.parametrize("text", ["Acme™", "№ 5", "25 ℃", "𝐆ras"])
def test_words_are_in_lower_case_whatever_the_sign(text: str) -> None:
    """A trade mark sign or a bold letter unfolds to capitals, which must be folded as well."""
    assert [word.lower() for word in words(text)] == words(text)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("cœur", "coeur"),
        ("Œuvre", "oeuvre"),
        ("les vœux", "les voeux"),
        ("curriculum vitæ", "curriculum vitae"),
    ],
)
def test_a_ligature_is_its_letters(written: str, typed: str) -> None:
    """Nobody finds "œ" on a keyboard: a question about "voeux" must find "vœux"."""
    assert words(written) == words(typed)


def test_a_sharp_s_is_two() -> None:
    """German writes "Straße" as "STRASSE" in capitals."""
    assert words("Straße") == words("STRASSE")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "avions", "avion"),
        ("fr", "pilotes iraniens", "pilote iranien"),
        ("fr", "Sanctionnées", "sanctionnee"),
        ("en", "sanctions", "sanction"),
        ("en", "pilots", "pilot"),
        ("de", "Häuser", "hausern"),
        ("es", "aviones", "avion"),
        ("ru", "самолёты", "самолеты"),
    ],
)
def test_inflection_does_not_matter(language: str, one: str, other: str) -> None:
    """Singular and plural of the same word must meet in the full text."""
    assert stems(one, language) == stems(other, language)


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    """An article in a language that nobody stems must still be found by its words."""
    assert stems("Habari za asubuhi?", "sw") == ["habari", "za", "asubuhi"]
    assert stems("今日は", "ja") == ["今日は"]


@given(st.text(st.characters()), st.sampled_from(["fr", "en", "de", "es", "ru", "ar", "xx", ""]))
def test_there_is_a_stem_for_every_word(text: str, language: str) -> None:
    """Stemming must neither lose nor split a word, nor stop at an odd one."""
    assert len(stems(text, language)) == len(words(text))
