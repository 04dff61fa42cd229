"""What is and what may be."""

from __future__ import annotations

import pytest

from bot.answering.verification.modality import Certainty, certainty, is_shifted


class TestCertainty:
    """How sure a clause is."""

    @pytest.mark.parametrize(
        ("clause", "expected"),
        [
            ("l’Iran pourrait recevoir des avions", Certainty.MAY),
            ("crews are said to have begun their training", Certainty.MAY),
            ("die Arbeiten könnten im Herbst beginnen", Certainty.MAY),
            ("la stagione potrebbe essere inaugurata", Certainty.MAY),
            ("le trust aurait voulu relâcher dix animaux", Certainty.EXPECTED),
            ("he would like to rent vans", Certainty.EXPECTED),
            ("des équipages auraient commencé leur formation", Certainty.MAY),
            ("la remise en état coûterait 2,6 millions", Certainty.MAY),
            ("Iran could receive jets", Certainty.MAY),
            ("the villa appears to have been abandoned", Certainty.MAY),
            ("le pont doit être livré en avril", Certainty.EXPECTED),
            ("the National Guard is expected to send troops", Certainty.EXPECTED),
            ("le site perdra 265 emplois", Certainty.WILL),
            ("the harbour will close", Certainty.WILL),
            ("she announced it would close the plant", Certainty.WILL),
            ("le ferry a heurté le quai", Certainty.IS),
            ("the harbour closed in May", Certainty.IS),
            ("la région souhaite la paix", Certainty.EXPECTED),
            ("le ministère n’a pas souhaité commenter", Certainty.IS),
            ("il montre un portrait", Certainty.IS),
        ],
    )
    def test_the_forms_of_both_languages(self, clause: str, expected: Certainty) -> None:
        """The French conditional of the press says "reportedly"."""
        assert certainty(clause) == expected


class TestIsShifted:
    """Surer or less sure than the source."""

    @pytest.mark.parametrize(
        ("clause", "source"),
        [
            ("Iran received the jets", "l’Iran pourrait recevoir les avions"),
            ("les équipages ont commencé", "les équipages auraient commencé"),
            ("the troops were sent", "the National Guard is expected to send troops"),
            ("the mayor might resign", "le maire a démissionné"),
            ("le terrain sera traversé", "le terrain pourrait être traversé"),
        ],
    )
    def test_a_lost_or_added_perhaps_is_a_shift(self, clause: str, source: str) -> None:
        """What "could" be received was not received."""
        assert is_shifted(clause, source)

    @pytest.mark.parametrize(
        ("clause", "source"),
        [
            ("the bridge will open in April", "le pont doit être livré en avril"),
            ("Iran may receive jets", "l’Iran pourrait recevoir des avions"),
            ("Orvane announced it would cut 420 jobs", "Orvane a annoncé la suppression de 420 postes"),
            ("the port closes in May", "the harbour will close from May"),
            ("cars may still use the bridge", "Autos dürfen sie weiterhin benutzen"),
        ],
    )
    def test_a_manner_of_speaking_is_none(self, clause: str, source: str) -> None:
        """True sentences would be dropped."""
        assert not is_shifted(clause, source)

    def test_hearsay_may_be_told_as_what_somebody_says_in_another_language(self) -> None:
        """English has no mood for what is only reported: "he says that it is" keeps whose word it is."""
        told = ("the river is cleaner, the mayor says", "la rivière serait plus propre")
        assert is_shifted(*told)
        assert not is_shifted(*told, is_attributed=True)
        assert is_shifted("the river is cleaner", "la rivière pourrait être plus propre", is_attributed=True)
