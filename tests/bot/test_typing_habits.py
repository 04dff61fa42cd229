"""Questions as people type them in a hurry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.typing_habits import in_capitals, with_slips, without_accents


def test_a_slip_swaps_two_letters_inside_a_word() -> None:
    """Ends of words stay, as they do under people's fingers, and short words have none."""
    meant = "Combien de passagers sont au port"
    typed = with_slips(meant).split(" ")
    changed = [(one, other) for one, other in zip(meant.split(" "), typed, strict=True) if one != other]
    assert len(changed) == 2
    for one, other in changed:
        assert (one[0], one[-1], sorted(one)) == (other[0], other[-1], sorted(other))


@given(st.text(max_size=60))
def test_slips_are_the_same_each_time_and_lose_nothing(text: str) -> None:
    """A table that changes from run to run could not be compared."""
    assert with_slips(text) == with_slips(text)
    assert sorted(with_slips(text)) == sorted(text)


def test_accents_and_case_are_left_out() -> None:
    """What a phone leaves out."""
    assert without_accents("Où sont les blessés ?") == "Ou sont les blesses ?"
    assert in_capitals("blessés") == "BLESSÉS"
