"""Numbers: the same value in every usual form, and another value never."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.verification.numbers import missing_numbers, numbers_in


def same(one: str, other: str, languages: tuple[str, str] = ("fr", "en")) -> bool:
    """Tell whether the numbers of one text are all in the other."""
    drafted, there = numbers_in(one, languages[0]), numbers_in(other, languages[1])
    assert drafted
    return not missing_numbers(drafted, there)


class TestNumbersIn:
    """What a number is worth."""

    @pytest.mark.parametrize(
        ("french", "english"),
        [
            ("1,5 million d’euros", "1.5 million euros"),
            ("1,5 million d’euros", "€1.5 million"),
            ("1,5 million d’euros", "€1,500,000"),
            ("19 000 véhicules", "19,000 vehicles"),
            ("19\u202f000 véhicules", "nineteen thousand vehicles"),
            ("trente-deux pilotes", "32 pilots"),
            ("quatre-vingt-dix agriculteurs", "ninety farmers"),
            ("soixante-dix-sept ans", "seventy-seven years"),
            ("deux cent un jours", "201 days"),
            ("6,2 %", "6.2%"),
            ("14 pour cent", "14 per cent"),
            ("un tiers des salariés", "a third of the staff"),
            ("un tiers des vols", "one in three flights"),
            ("60 % des élèves, soit trois élèves sur cinq", "60% of pupils, or three in five"),
            ("les quatre cinquièmes", "four-fifths"),
            ("une trentaine de salariés", "about thirty employees"),
            ("2 milliards de dollars", "$2bn"),
        ],
    )
    def test_the_usual_forms_of_both_languages_are_one(self, french: str, english: str) -> None:
        """A true number in the asker's form would be dropped."""
        assert same(french, english)
        assert same(english, french, ("en", "fr"))

    @pytest.mark.parametrize(
        ("drafted", "there"),
        [
            ("412 passagers", "421 passengers"),
            ("1,5 million", "1.5 billion"),
            ("14 %", "14 people"),
            ("14 euros", "14 dollars"),
            ("900 millions d’euros", "$900 million"),
            ("vingt-sept blessés", "seventeen were injured"),
            ("un tiers", "a quarter of"),
        ],
    )
    def test_another_value_or_unit_is_another_number(self, drafted: str, there: str) -> None:
        """A changed figure would be shown."""
        assert not same(drafted, there)

    @pytest.mark.parametrize(
        "text", ["un pont", "one bridge too", "des avions Su-35", "du CO2", "the third century"]
    )
    def test_what_counts_nothing_is_no_number(self, text: str) -> None:
        """Articles, types of plane and ordinals would be looked for in vain."""
        assert numbers_in(text, "en" if "the" in text or "one" in text else "fr") == ()

    @given(st.integers(0, 10**9))
    def test_a_grouped_number_is_worth_its_digits(self, value: int) -> None:
        """Commas, blanks and nothing between the thousands are one number."""
        for text in (f"{value}", f"{value:,}", f"{value:,}".replace(",", "\u202f")):
            (number,) = numbers_in(text, "fr")
            assert Decimal(value) in number.values

    @given(st.text(max_size=60))
    def test_spans_lie_in_the_text_and_never_overlap_backwards(self, text: str) -> None:
        """A hostile sentence must not break verification."""
        spans = [number.span for number in numbers_in(text, "fr")]
        assert all(span.end <= len(text) for span in spans)
