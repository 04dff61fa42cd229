"""One thing instead of the other."""

from __future__ import annotations

import pytest

from bot.answering.verification.instead import left_out
from bot.answering.verification.types import Fault, Verified
from tests.bot.answering.verification.drafting import checked
from tests.factories import make_article

_ENGLISH = "The club used wooden judges instead of silver cameras. Oakley chose diesel rather than petrol."


class TestLeftOut:
    """What a sentence says was not taken."""

    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("a pool instead of a new slide", "a new slide"),
            ("Statt einer neuen Rutsche, so die Stadt, kommt ein Becken", "einer neuen Rutsche"),
            ("620 places au lieu de 710", "710"),
            ("six trains par jour, contre 14 auparavant", "14 auparavant"),
            ("six trains a day, against 14 before", "14 before"),
            ("des moteurs diesel plutôt qu’électriques, pour l’autonomie", "électriques"),
            ("bicicletas en lugar de los patinetes", "los patinetes"),
            ("620 posti invece dei 710 di prima", "710 di prima"),
            ("They chose a backwater over the bridge.", "the bridge"),
            ("Elle préfère une porte fermée à une porte ouverte", "une porte ouverte"),
            ("They replaced the cameras with judges", "the cameras"),
        ],
    )
    def test_it_is_found_in_each_language(self, text: str, left: str) -> None:
        """The two sides can only be told apart where the one that was left is found."""
        assert [span.of(text).strip() for span in left_out(text)] == [left]

    def test_a_plain_sentence_leaves_nothing(self) -> None:
        """Most sentences choose nothing."""
        assert left_out("The bridge closes on Monday, and the mayor is glad.") == ()


class TestInstead:
    """The sides must not change places."""

    @pytest.mark.parametrize(
        ("sentence", "passes"),
        [
            ("The club used wooden judges rather than silver cameras [1].", True),
            ("The club used silver cameras rather than wooden judges [1].", False),
            ("The club used silver cameras [1].", False),
            ("Oakley chose diesel instead of petrol [1].", True),
            ("Oakley chose petrol instead of diesel [1].", False),
        ],
    )
    def test_what_was_left_is_not_what_was_chosen(self, sentence: str, *, passes: bool) -> None:
        """All words are there either way."""
        verdict = checked(sentence, make_article(text=_ENGLISH, language="en"), language="en")
        assert isinstance(verdict, Verified) is passes
        assert passes or (isinstance(verdict, Fault) and verdict.kind == "instead")
