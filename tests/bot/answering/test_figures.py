"""Values that sentences give, so that two sources can be compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.figures import figures_in


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Dix-sept personnes ont été blessées, dont deux grièvement.", {17, 2}),
        ("Twenty-three people were injured.", {23}),
        ("Les secours ont évacué 240 foyers.", {240}),
        ("Les secours ont évacué deux cent quarante foyers.", {240}),
        ("Quatre-vingt-douze loups et vingt et un chiens", {92, 21}),
        ("Le site émettait 2 900 tonnes, contre 2,900 tonnes et 2.900 tonnes.", {2900}),
        ("Le site émettait 2\u202f900 tonnes.", {2900}),
        ("Un homme a vu une vache.", set()),
        ("L'attaque du 9 mars 2022, à 7 h 52, a duré 22 minutes.", set()),
        ("Les ventes ont reculé de 3,5 % au 2e trimestre.", set()),
        ("Le quai n° 3 est fermé.", set()),
        ("Les travaux coûteront 48 millions d'euros.", set()),
        ("Crews hold the fire at 9,400 acres.", {9400}),
    ],
)
def test_numbers(sentence: str, values: set[float]) -> None:
    """In figures or words, French or English; what dates, times, shares and prices count is another thing."""
    assert figures_in(sentence, "number") == values


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Les travaux coûteront 48 millions d’euros.", {48e6}),
        ("Les travaux coûteront 3,5 millions d'euros et dureront 14 mois.", {3.5e6}),
        ("Repairs will cost $2.4 million.", {2.4e6}),
        ("The fine would have come to £18.20.", {18.2}),
        ("Ersteigert für 165.000 Euro", {165_000}),
        ("Une cagnotte de 18 500 euros", {18_500}),
        ("Un milliard d'euros", set()),
        ("Deux milliards d'euros", {2e9}),
        ("240 foyers évacués en 2022", set()),
    ],
)
def test_amounts(sentence: str, values: set[float]) -> None:
    """Of whatever currency and however grouped."""
    assert figures_in(sentence, "amount") == values


@given(st.text(alphabet="0123456789 .,€$%-deuxcentmillionsquatrevingtone", max_size=60))
def test_no_sentence_breaks_reading(sentence: str) -> None:
    """Articles print the oddest figures."""
    for kind in ("amount", "number"):
        assert all(value >= 0 for value in figures_in(sentence, kind))
