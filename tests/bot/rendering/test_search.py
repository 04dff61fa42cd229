"""What was searched, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rendering.search import search_lines
from bot.types import Search
from tests.factories import day, make_query

DECEMBER = make_query(published_from=day("2022-12-01"), published_to=day("2022-12-31T23:59"))


def _lines(search: Search | None, language: str = "fr", *, is_answered: bool = True) -> list[str]:
    return list(search_lines(search, language, is_answered=is_answered))


def test_without_filters_nothing_is_said() -> None:
    """Most answers need no such line."""
    assert _lines(None) == _lines(Search(query=make_query())) == []


def test_the_period_is_said() -> None:
    """“In articles of December 2022”: the reader must know that others were left out."""
    assert _lines(Search(query=DECEMBER)) == ["Dans les articles de décembre 2022."]
    assert _lines(Search(query=DECEMBER), "en") == ["In articles of December 2022."]


def test_the_days_after_a_day_are_said() -> None:
    """What is searched is what is said, to the day."""
    query = make_query(published_from=day("2022-12-09"), published_to=day("2022-12-11T23:59"))
    search = Search(query=replace(query, days_after=2))
    assert _lines(search) == ["Dans les articles du 9 décembre 2022 et des deux jours suivants."]
    assert _lines(search, "en") == ["In articles of 9 December 2022 and the two days after."]


def test_outlets_and_languages_are_said() -> None:
    """Beside the period or alone; many outlets are counted, as a list of twenty tells nothing."""
    one = replace(DECEMBER, publishers=("Méridia 24",), languages=("en",))
    assert _lines(Search(query=one)) == [
        "Dans les articles de décembre 2022, publiés par Méridia 24, en anglais."
    ]
    assert _lines(Search(query=one), "en") == ["In articles of December 2022, by Méridia 24, in English."]
    two = make_query(publishers=("AFI", "Méridia 24"))
    assert _lines(Search(query=two)) == ["Dans les articles publiés par AFI et Méridia 24."]
    many = make_query(publishers=tuple("ABCD"))
    assert _lines(Search(query=many), "en") == ["In articles by 4 outlets."]


@pytest.mark.parametrize(
    ("is_answered", "french", "english"),
    [
        (
            True,
            "Rien n’y répond dans les articles de décembre 2022\u00a0; dans les autres\u00a0:",
            "Nothing in articles of December 2022 answers it; in the others:",
        ),
        (
            False,
            "Ni dans les articles de décembre 2022, ni dans les autres.",
            "Neither in articles of December 2022 nor in the others.",
        ),
    ],
)
def test_a_period_that_was_set_aside_is_said(is_answered: bool, french: str, english: str) -> None:
    """A quote of another year must not pass for one of the period that was asked for."""
    search = Search(query=make_query(), set_aside=DECEMBER)
    assert _lines(search, is_answered=is_answered) == [french]
    assert _lines(search, "en", is_answered=is_answered) == [english]


@pytest.mark.parametrize(
    ("undated", "french", "english"),
    [
        (1, "Un article sans date n’a pas été pris en compte.", "One article without a date was left out."),
        (
            9,
            "9 articles sans date n’ont pas été pris en compte.",
            "9 articles without a date were left out.",
        ),
    ],
)
def test_the_undated_are_counted(undated: int, french: str, english: str) -> None:
    """Undated articles are neither lost nor pretended."""
    search = Search(query=DECEMBER, undated=undated)
    assert _lines(search)[1:] == [french]
    assert _lines(search, "en")[1:] == [english]
