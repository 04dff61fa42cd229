"""What is and what may be."""

from __future__ import annotations

import pytest

from bot.answering.verification.modality import Certainty, certainty, is_shifted, lost_condition


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
            ("la remise en état coûterait 2,6 millions", Certainty.OPEN),
            ("the council is considering paying for housing", Certainty.OPEN),
            ("le syndicat craint 800 suppressions", Certainty.OPEN),
            ("they made two earlier offers", Certainty.IS),
            ("the mayor asked the ministry for a delay", Certainty.EXPECTED),
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
            ("the council will pay for housing", "le conseil envisage de financer des logements"),
            ("the district will rent vans", "he wants the district to rent vans"),
            ("the government sent the army", "it had threatened to send the army"),
            ("a fourth dose will certainly be needed", "a fourth dose will probably be needed"),
            ("il a déposé un recours", "il n’exclut pas de déposer un recours"),
            ("the board opened an inquiry", "the board is considering whether to open an inquiry"),
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
            ("the council may pay for housing", "le conseil envisage de financer des logements"),
            ("the planned closure of the tower", "la fermeture de la tour, dont les agents seraient mutés"),
            ("une dose sera sans doute nécessaire", "a dose will probably be needed"),
            ("il n’exclut pas d’aller en justice", "no descarta acudir a los tribunales"),
            ("he meant to pay the money back", "he would try to repay the money"),
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


class TestLostCondition:
    """What comes only if something else does."""

    @pytest.mark.parametrize(
        ("draft", "source", "lost"),
        [
            ("Le forage débutera en mai", "Le forage débutera en mai si la ville le paie", True),
            ("Drilling will start in May", "Le forage débutera en mai, à condition que la ville paie", True),
            ("Drilling will start in May if the town pays", "Le forage débutera si la ville paie", False),
            ("Drilling will start in May", "Drilling will start in May, even if it rains", False),
            ("Le forage pourrait débuter", "Le forage débutera si la ville le paie", False),
            ("Le forage débutera en mai", "Le maire a demandé si le forage débutera en mai", False),
        ],
    )
    def test_it_may_not_be_left_out(self, draft: str, source: str, *, lost: bool) -> None:
        """Without its "if" a plan is a promise."""
        assert lost_condition(draft, source) is lost
