"""A query without what was read from its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.types import Removable
from bot.widening import widened
from tests.bot.keeping.making import QUERIES
from tests.factories import day, make_query

if TYPE_CHECKING:
    from index.types import Query

REMOVABLE = st.sampled_from(get_args(Removable))
UNDERSTOOD = replace(
    make_query(),
    published_from=day("2022-12-01"),
    published_to=day("2022-12-11T23:59"),
    days_after=2,
    period_words="le 9 décembre",
    publishers=("AFI",),
    languages=("en",),
    source_words="selon l’AFI",
    publishers_given=("AFI", "La Vigie"),
)


def test_the_period_goes_and_the_sources_stay() -> None:
    """Whoever wants any date still wants the outlet."""
    assert widened(UNDERSTOOD, "date") == replace(
        make_query(),
        publishers=("AFI",),
        languages=("en",),
        source_words="selon l’AFI",
        publishers_given=("AFI", "La Vigie"),
    )


def test_the_sources_go_and_the_period_stays() -> None:
    """What was given apart is what is left of the outlets."""
    wide = widened(UNDERSTOOD, "source")
    assert (wide.publishers, wide.languages, wide.source_words) == (("AFI", "La Vigie"), (), "")
    assert (wide.published_from, wide.period_words) == (UNDERSTOOD.published_from, "le 9 décembre")


@given(QUERIES, REMOVABLE)
def test_a_second_time_changes_nothing(query: Query, removed: Removable) -> None:
    """A button that is pressed twice is harmless."""
    assert widened(widened(query, removed), removed) == widened(query, removed)


@given(QUERIES)
def test_both_together_leave_what_was_given(query: Query) -> None:
    """In whichever order they are pressed."""
    assert widened(widened(query, "date"), "source") == query.as_given()
    assert widened(widened(query, "source"), "date") == query.as_given()
