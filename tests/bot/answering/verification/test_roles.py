"""Who does it to whom, over one article in each language."""

from __future__ import annotations

import pytest

from bot.answering.verification.role_words import are_converse, is_directed
from bot.answering.verification.types import Fault, Verified
from tests.bot.answering.verification.drafting import checked
from tests.factories import make_article

_FRENCH = (
    "Vaubrun a battu Esclairac samedi. L’arbitre Perrachon a expulsé le pilier Fekitoa. La juge a condamné la laiterie "
    "Halvorsen à payer la ferme Pinfold. Le gardien Lehénaff avait prévenu la police. "
    "Le conseil a vendu la halle par 17 voix contre 6. Les pompiers ignorent la cause du bruit."
)
_ENGLISH = (
    "Vaubrun beat Esclairac on Saturday. Portugal sold two ships to Iceland. Benhamou replaced Sauvestre. "
    "The town accused Harms."
)
SAME = (
    ("Vaubrun a battu Esclairac samedi [1].", "fr"),
    ("Esclairac a été battu samedi par Vaubrun [1].", "fr"),
    ("Esclairac was beaten by Vaubrun on Saturday [1].", "en"),
    ("Vaubrun beat Esclairac on Saturday [1].", "en"),
    ("Le pilier Fekitoa a été expulsé par l’arbitre Perrachon [1].", "fr"),
    ("Le gardien Lehénaff avait prévenu la police [1].", "fr"),
    ("La halle a été vendue par 17 voix contre 6 [1].", "fr"),
    ("La cause du bruit, les pompiers l’ignorent [1].", "fr"),
)
TURNED = (
    ("Esclairac a battu Vaubrun samedi [1].", "fr"),
    ("Vaubrun a été battu samedi par Esclairac [1].", "fr"),
    ("Vaubrun was beaten by Esclairac on Saturday [1].", "en"),
    ("Esclairac beat Vaubrun on Saturday [1].", "en"),
    ("L’arbitre Perrachon a été expulsé par le pilier Fekitoa [1].", "fr"),
    ("La police avait prévenu le gardien Lehénaff [1].", "fr"),
)


class TestRoles:
    """A sentence with the same words may say the contrary."""

    @pytest.mark.parametrize(("sentence", "language"), SAME)
    def test_another_order_of_the_same_roles_passes(self, sentence: str, language: str) -> None:
        """A true sentence must not be dropped for its passive."""
        assert isinstance(checked(sentence, make_article(text=_FRENCH), language=language), Verified)

    @pytest.mark.parametrize(("sentence", "language"), TURNED)
    def test_exchanged_roles_do_not(self, sentence: str, language: str) -> None:
        """Whoever lost did not win."""
        verdict = checked(sentence, make_article(text=_FRENCH), language=language)
        assert isinstance(verdict, Fault)
        assert verdict.kind == "roles"

    @pytest.mark.parametrize(
        ("sentence", "passes"),
        [
            ("Iceland bought two ships from Portugal [1].", True),
            ("Portugal bought two ships from Iceland [1].", False),
            ("Sauvestre was replaced by Benhamou [1].", True),
            ("Sauvestre replaced Benhamou [1].", False),
            ("Harms was accused by the town [1].", True),
            ("Harms accused the town [1].", False),
        ],
    )
    def test_buying_is_selling_from_the_other_side(self, sentence: str, *, passes: bool) -> None:
        """A verb and its converse exchange the places, and nothing else."""
        article = make_article(text=_ENGLISH, language="en")
        assert isinstance(checked(sentence, article, language="en"), Verified) is passes


class TestRoleWords:
    """Verbs with a direction."""

    @pytest.mark.parametrize(
        ("word", "language"),
        [("beat", "en"), ("vendu", "fr"), ("verklagt", "de"), ("compro", "es"), ("battuto", "it")],
    )
    def test_verbs_are_known_in_each_language(self, word: str, language: str) -> None:
        """Nobody acts in a sentence whose verb is not known."""
        assert is_directed(word, language)

    @pytest.mark.parametrize(
        ("word", "language"), [("opposition", "fr"), ("buyer", "en"), ("paiement", "fr")]
    )
    def test_nouns_made_of_them_are_not_taken_for_verbs(self, word: str, language: str) -> None:
        """What stands before a noun does not act."""
        assert not is_directed(word, language)

    def test_sides_of_one_thing_are_converse(self) -> None:
        """Between "sold" and "bought" the agent changes."""
        assert are_converse("sold", "achete")
        assert are_converse("bought", "vendu")
        assert not are_converse("sold", "vendu")
