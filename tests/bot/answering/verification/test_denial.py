"""Which word is denied."""

from __future__ import annotations

import pytest

from bot.answering.verification.alignment import wording
from bot.answering.verification.denial import denied, heads, reach
from bot.answering.verification.types import Fault, Verified
from tests.bot.answering.verification.drafting import checked
from tests.factories import make_article
from tests.fakes import FakeEmbedder


def _words(text: str, language: str, places: frozenset[int]) -> set[str]:
    (found,) = FakeEmbedder().read_passages([text])[1]
    return {wording(text, language, found).folded[place] for place in places}


@pytest.mark.parametrize(
    ("text", "language", "head"),
    [
        ("ils ont été saisis et non achetés", "fr", "achetes"),
        ("she did not waive the fine", "en", "waive"),
        ("she refused to blame it", "en", "blame"),
        ("la fête a duré sans incident notable", "fr", "incident"),
        ("L’entrée ne coûtera rien", "fr", "coutera"),
        ("no se venderá la marca", "es", "vendera"),
    ],
)
def test_the_word_that_is_denied_is_found(text: str, language: str, head: str) -> None:
    """What was "saisi et non acheté" was not "acheté et non saisi"."""
    (found,) = FakeEmbedder().read_passages([text])[1]
    place = wording(text, language, found)
    assert head in _words(text, language, heads(place))
    assert heads(place) <= denied(place)
    assert heads(place) <= reach(place)


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("Les masques ont été saisis et non achetés [1].", True),
        ("Les masques ont été achetés et non saisis [1].", False),
        ("La bibliothécaire a annulé l’amende [1].", True),
        ("La bibliothécaire n’a pas annulé l’amende [1].", False),
        ("Les repas ne seront pas payés par la région [1].", True),
        ("Les repas seront payés par la région [1].", False),
    ],
)
def test_a_moved_a_lost_and_an_added_no_are_faults(sentence: str, *, passes: bool) -> None:
    """One small word turns the news round."""
    text = (
        "Les masques ont été saisis et non achetés. La bibliothécaire a annulé l’amende. "
        "Les navettes, mais pas les repas, seront payés par la région."
    )
    verdict = checked(sentence, make_article(text=text), language="fr")
    assert isinstance(verdict, Verified) is passes
    assert passes or (isinstance(verdict, Fault) and verdict.kind in ("negation", "instead"))


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("Le tunnel pourrait ouvrir en juin plutôt qu’en septembre [1].", True),
        ("Le tunnel pourrait ouvrir en septembre plutôt qu’en juin [1].", False),
        ("Le gardien, étranger au club, a prévenu la police [1].", True),
    ],
)
def test_what_is_left_for_something_else_is_denied(sentence: str, *, passes: bool) -> None:
    """What opens "in June and no longer in September" opens "in June rather than September"."""
    text = (
        "Le tunnel pourrait ouvrir en juin, et non plus en septembre. "
        "Le gardien, étranger au club, a prévenu la police. La boutique n’a pas ouvert."
    )
    assert isinstance(checked(sentence, make_article(text=text), language="fr"), Verified) is passes
