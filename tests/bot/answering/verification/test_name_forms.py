"""Names: found in the source's spelling and language, and a strange one never."""

from __future__ import annotations

import pytest

from bot.answering.verification.name_forms import missing_names, names_of, vocabulary


def missing(drafted: str, there: str, languages: tuple[str, str] = ("en", "fr")) -> list[str]:
    """Return the names of a draft that a source does not hold."""
    found = missing_names(names_of(drafted), vocabulary(there, languages[1]), language=languages[0])
    return [name.text for name in found]


class TestMissingNames:
    """A name is held in one of its forms, or it is missing."""

    @pytest.mark.parametrize(
        ("english", "french"),
        [
            ("The deal with the United States", "Un accord avec les États-Unis"),
            ("It says that Iran gets jets", "L’aviation iranienne reçoit des avions"),
            ("Pilots from Tehran", "Des pilotes de Téhéran"),
            ("The Danish goalkeeper", "La gardienne danoise"),
            ("Ahead of the Belgian Joris Maas", "Devant le Belge Joris Maas"),
            ("According to Joris Maas, it is", "Joris Maas a estimé"),
            ("After Northline", "Après Northline"),
            ("The United Nations", "Les Nations unies"),
            ("Judge Hélène Vasseur-Roy", "La préfète, Mme Hélène Vasseur-Roy"),
            ("The Su-35 jets", "des Su-35"),
        ],
    )
    def test_translated_and_respelled_names_are_held(self, english: str, french: str) -> None:
        """An answer in another language would lose every sentence with a name."""
        assert missing(english, french) == []

    @pytest.mark.parametrize(
        ("drafted", "there", "name"),
        [
            ("The deal with Poland", "Un accord avec les États-Unis", "Poland"),
            ("He met Martin Colby", "Colin Marsh, le chauffeur", "Martin Colby"),
            ("He met Colin Marlow", "Colin Marsh, le chauffeur", "Colin Marlow"),
            ("The ferry to Saltmere", "Le ferry de Brackley", "Saltmere"),
            ("With the Belgian Joris Maas", "Avec l’Italien Joris Maas", "Belgian Joris Maas"),
            ("After Morgan Dupont left", "Après la mort, Marie Dupont", "Morgan Dupont"),
        ],
    )
    def test_another_name_is_missing(self, drafted: str, there: str, name: str) -> None:
        """A changed name would be shown."""
        assert missing(drafted, there) == [name]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Rescuers left on Monday in May.",
            "Selon la mairie, M. le maire part.",
            "Shares fell. They rose again.",
        ],
    )
    def test_capitals_of_grammar_are_no_names(self, sentence: str) -> None:
        """First words, weekdays and titles are in no source."""
        assert missing(sentence, "rien", ("fr", "fr")) == []

    def test_a_new_first_name_is_another_person(self) -> None:
        """The last name alone does not make it the same person."""
        assert missing("On a vu Gérard Fontanès.", "le maire, M. Gérald Fontanès", ("fr", "fr")) == [
            "Gérard Fontanès"
        ]
