"""Periods as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.periods import period


def _said(first: str | None, last: str | None, language: str) -> str:
    """Return the words for the whole days from a first to a last one."""
    begin = datetime.combine(datetime.fromisoformat(first), time.min, UTC) if first else None
    end = datetime.combine(datetime.fromisoformat(last), time.max, UTC) if last else None
    return period(begin, end, language)


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        ("2022-12-09", "2022-12-09", " du 9 décembre 2022", " of 9 December 2022"),
        ("2022-03-01", "2022-03-01", " du 1er mars 2022", " of 1 March 2022"),
        ("2022-12-01", "2022-12-31", " de décembre 2022", " of December 2022"),
        ("2022-04-01", "2022-04-30", " d’avril 2022", " of April 2022"),
        ("2022-01-01", "2022-12-31", " de 2022", " of 2022"),
        ("2021-01-01", "2022-12-31", " de 2021 à 2022", " from 2021 to 2022"),
        ("2022-03-01", "2022-05-31", " de mars à mai 2022", " from March to May 2022"),
        ("2022-10-01", "2022-12-31", " d’octobre à décembre 2022", " from October to December 2022"),
        ("2021-11-01", "2022-02-28", " de novembre 2021 à février 2022", " from November 2021 to February 2022"),
        ("2022-03-03", "2022-03-09", " du 3 au 9 mars 2022", " from 3 to 9 March 2022"),
        ("2022-03-01", "2022-03-10", " du 1er au 10 mars 2022", " from 1 to 10 March 2022"),
        ("2022-02-28", "2022-03-03", " du 28 février au 3 mars 2022", " from 28 February to 3 March 2022"),
        ("2021-12-30", "2022-01-02", " du 30 décembre 2021 au 2 janvier 2022", " from 30 December 2021 to 2 January 2022"),
        ("2022-12-09", None, " parus depuis le 9 décembre 2022", " published since 9 December 2022"),
        ("2022-03-01", None, " parus depuis mars 2022", " published since March 2022"),
        ("2022-01-01", None, " parus depuis 2022", " published since 2022"),
        (None, "2022-12-09", " parus jusqu’au 9 décembre 2022", " published until 9 December 2022"),
        (None, "2022-06-30", " parus jusqu’en juin 2022", " published until June 2022"),
        (None, "2021-12-31", " parus jusqu’en 2021", " published until 2021"),
        (None, None, "", ""),
    ],
)  # fmt: skip
def test_a_period_is_said_as_shortly_as_people_say_it(
    first: str | None, last: str | None, french: str, english: str
) -> None:
    """The reader sees at a glance which articles were searched."""
    assert _said(first, last, "fr") == french
    assert _said(first, last, "en") == english
    assert _said(first, last, "de") == english


@given(st.dates(), st.dates())
def test_every_period_names_the_year_of_its_end(first: object, last: object) -> None:
    """Whatever is left out as understood, the year stands there once."""
    begin, end = sorted((str(first), str(last)))
    said = _said(begin, end, "fr")
    assert str(int(end[:4])) in said
