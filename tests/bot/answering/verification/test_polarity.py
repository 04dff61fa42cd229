"""Yes and no across two clauses."""

from __future__ import annotations

import pytest

from bot.answering.verification.polarity import added_denial, contrary, lost_denial


def _turned(clause: str, source: str) -> str | None:
    return contrary(clause, source) or added_denial(clause, source) or lost_denial(clause, source)


class TestTurned:
    """A clause that says the contrary of its source."""

    @pytest.mark.parametrize(
        ("clause", "source"),
        [
            ("the region has not renewed its grant", "la région a renouvelé sa subvention"),
            ("la région a renouvelé sa subvention", "the region has not renewed its grant"),
            ("l’eau est potable", "l’eau n’est pas potable"),
            ("les tests sont positifs", "les tests se sont révélés négatifs"),
            ("its turnover rose by 3.5%", "son chiffre d’affaires a reculé de 3,5 %"),
            ("the board accepted the plan", "la commission a rejeté le projet"),
            ("no one was killed", "two people were killed"),
            ("the company accepted the offer", "la presidenta rechazó la oferta"),
            ("le pont a rouvert", "die Brücke wurde gesperrt"),
            ("he voted in favour", "il a voté contre"),
            ("the suspects admit it", "les suspects nient les faits"),
            ("the firm kept its plan", "la société a renoncé à son projet"),
            ("la digue a cédé", "the dyke held"),
            ("doctors confirmed a fracture", "les médecins ont écarté une fracture"),
            (
                "the firm acknowledged that it ignored warnings",
                "residents accused the firm of ignoring warnings",
            ),
        ],
    )
    def test_the_contrary_is_recognised(self, clause: str, source: str) -> None:
        """A lost or added "not" turns the news round."""
        assert _turned(clause, source)

    @pytest.mark.parametrize(
        ("clause", "source"),
        [
            ("the ministry declined to comment", "le ministère n’a pas souhaité commenter"),
            ("l’eau n’est pas potable", "l’eau du robinet est impropre à la consommation"),
            ("the tests were negative", "les tests se sont révélés négatifs"),
            ("the mayor wants more than a bridge", "le maire veut plus qu’un pont"),
            ("not only the bridge closes", "le pont ferme"),
            ("aucun contrat n’a été signé", "no contract has been signed"),
            ("les lignes restent inchangées", "the routes will not change"),
            ("turnout was no higher than 27%", "la participation n’a pas dépassé 27 %"),
            ("the dyke held", "la digue n’a pas cédé"),
            ("il a renoncé à prendre le départ", "he did not start the race"),
            ("six trains a day at 30 miles per hour", "six trains a day, at no more than 30 miles per hour"),
            ("the region has yet to decide", "la région n’a pas encore décidé"),
            ("les pots sont rationnés depuis le mois de mai", "jars have been rationed since May"),
        ],
    )
    def test_the_same_in_other_words_is_not(self, clause: str, source: str) -> None:
        """A true sentence would be dropped for its wording."""
        assert _turned(clause, source) is None
