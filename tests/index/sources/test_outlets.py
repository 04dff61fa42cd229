"""Which outlet a page says that it is of, and where nothing is certain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.sources.drafts import Origin
from index.sources.scraped import parse_scraped_text
from tests.index.sources.conftest import article_of

ORIGIN = Origin(source_path="page.txt", sha256="0" * 64, now=datetime(2026, 1, 1, tzinfo=UTC))
ARTICLE = """\
The tuba of Saint Ode is back where it belongs
12 May 2023
The tuba of the brass band was found on Tuesday in a night train, between two suitcases and a bicycle.
The concert will take place on Saturday on the platform, at the hour of the night train, and it is free.
"""


def outlet_of(*top: str) -> str | None:
    """Return the outlet of a page that opens with the lines."""
    return article_of(parse_scraped_text("\n".join((*top, ARTICLE)), ORIGIN)).publisher


@pytest.mark.parametrize(
    "name", ["Marrowdale Echo", "Le Fil de Verneval", "The Ostrey Star", "El Eco del Litoral"]
)
def test_what_heads_a_page_names_its_outlet(name: str) -> None:
    """A line with capitals throughout that no rule knows."""
    assert outlet_of(name, "Menu") == name


@pytest.mark.parametrize("call", ["Watch Now", "Une semaine offerte", "Breaking"])
def test_a_call_names_no_outlet(call: str) -> None:
    """It opens with what to do, or is written as a sentence is."""
    assert outlet_of(call, "Menu") is None


def test_of_two_names_neither_is_certain() -> None:
    """Unless one of them stands elsewhere on the page, or has the article of a name."""
    assert outlet_of("Hurricane Center", "Marrowdale Echo") is None
    assert (
        outlet_of("Hurricane Center", "Marrowdale Echo", "Get the Marrowdale Echo app") == "Marrowdale Echo"
    )
    assert outlet_of("The Marrowdale Echo", "Hurricane Center") == "The Marrowdale Echo"
