"""A question becomes a query that follows what it follows, within what a guild's managers decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking import check_channel, counts, narrowed, query_of
from bot.errors import ChannelClosed, FilterRefused, QuestionTooLong
from bot.types import GuildSettings
from tests.bot.desks import asking
from tests.factories import day, make_article, make_query

OUTLETS = ("AFI", "Le Courrier d'Orvanne", "Méridia 24")
PREVIOUS = make_query(
    "Quels avions l'Iran pourrait-il recevoir ?",
    published_from=day("2022-12-01"),
    published_to=day("2022-12-31"),
    publishers=("Méridia 24",),
)
NOTHING_SET = GuildSettings()


def test_a_follow_up_is_completed_and_keeps_the_filters_of_what_it_follows() -> None:
    """Who asked about December in one outlet still does."""
    query = query_of(asking("Pourquoi ?"), previous=PREVIOUS, settings=NOTHING_SET, publishers=OUTLETS)
    assert query.text == "Pourquoi ? (avions Iran recevoir)"
    assert (query.published_from, query.published_to) == (PREVIOUS.published_from, PREVIOUS.published_to)
    assert query.publishers == ("Méridia 24",)


def test_a_follow_up_with_dates_of_its_own_keeps_the_outlet_alone() -> None:
    """With "since 2023" both of the earlier dates are gone."""
    query = query_of(
        asking("Et ses pilotes ?", since="2023"), previous=PREVIOUS, settings=NOTHING_SET, publishers=OUTLETS
    )
    assert (query.published_from, query.published_to) == (day("2023-01-01"), None)
    assert query.publishers == ("Méridia 24",)


def test_a_follow_up_with_an_outlet_of_its_own_keeps_the_dates() -> None:
    """Another outlet about the same days."""
    query = query_of(
        asking("Pourquoi ?", publisher="afi"), previous=PREVIOUS, settings=NOTHING_SET, publishers=OUTLETS
    )
    assert query.publishers == ("AFI",)
    assert query.published_from == PREVIOUS.published_from


def test_a_question_that_stands_by_itself_keeps_nothing() -> None:
    """Who changes the subject is not held to the earlier filters."""
    question = "Qui a gagné le tournoi de Calvières ?"
    query = query_of(asking(question), previous=PREVIOUS, settings=NOTHING_SET, publishers=OUTLETS)
    assert query.text == question
    assert not query.is_filtered


def test_the_managers_outlets_hold_without_being_named() -> None:
    """Everything that is asked in the guild is answered from them."""
    settings = GuildSettings(publishers=("AFI",))
    assert query_of(asking("Pont ?"), previous=None, settings=settings, publishers=OUTLETS).publishers == (
        "AFI",
    )


def test_naming_another_outlet_is_refused_and_names_only_the_managers() -> None:
    """A restriction that anybody can lift by an option is none, and what is shut out is not advertised."""
    settings = GuildSettings(publishers=("AFI",))
    with pytest.raises(FilterRefused) as refused:
        query_of(
            asking("Pont ?", publisher="Méridia 24"), previous=None, settings=settings, publishers=OUTLETS
        )
    assert "AFI" in str(refused.value)
    assert "Orvanne" not in str(refused.value)


def test_a_follow_up_brings_no_outlet_back_that_was_shut_out_since() -> None:
    """The earlier answer may be older than the managers' decision."""
    settings = GuildSettings(publishers=("AFI",))
    query = query_of(asking("Pourquoi ?"), previous=PREVIOUS, settings=settings, publishers=OUTLETS)
    assert query.publishers == ("AFI",)


def test_what_is_too_long_is_refused_as_a_follow_up_too() -> None:
    """Nobody's question is cut in silence."""
    with pytest.raises(QuestionTooLong):
        query_of(asking("Et " * 400), previous=PREVIOUS, settings=NOTHING_SET, publishers=OUTLETS)


_NAMES = st.lists(st.sampled_from(OUTLETS), unique=True).map(tuple)


@given(asked=_NAMES, allowed=_NAMES)
def test_a_query_is_never_widened(asked: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    """Whatever a query names, where managers chose outlets it searches some of these, and never all."""
    found = narrowed(make_query(publishers=asked), GuildSettings(publishers=allowed)).publishers
    if allowed:
        assert found
        assert set(found) <= set(allowed)
    else:
        assert found == asked


def test_an_article_counts_when_its_outlet_does() -> None:
    """One that names no outlet is of none that was chosen."""
    settings = GuildSettings(publishers=("AFI",))
    assert counts(make_article(publisher="AFI"), settings)
    assert not counts(make_article(publisher="Méridia 24"), settings)
    assert not counts(make_article(publisher=None), settings)
    assert counts(make_article(publisher=None), NOTHING_SET)


def test_only_the_chosen_channels_are_open() -> None:
    """And all of them where none was chosen; direct messages have no channel to close."""
    settings = GuildSettings(channels=(7,))
    check_channel(7, settings)
    check_channel(None, settings)
    check_channel(8, NOTHING_SET)
    with pytest.raises(ChannelClosed):
        check_channel(8, settings)
