"""A question becomes a query that follows what it follows, within what a guild's managers decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking import check_channel, counts, narrowed, query_of
from bot.errors import ChannelClosed, FilterRefused, QuestionTooLong
from bot.types import GuildSettings, Search
from tests.bot.asking import make_answer
from tests.bot.desks import asking
from tests.bot.keeping.making import make_kept
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


@given(named=_NAMES, given_apart=_NAMES, allowed=_NAMES.filter(bool), is_read=st.booleans())
def test_setting_words_aside_never_leaves_the_managers_outlets(
    named: tuple[str, ...], given_apart: tuple[str, ...], allowed: tuple[str, ...], is_read: bool
) -> None:
    """Where "selon Méridia 24" finds nothing, the search goes on in the outlets that were chosen, not in all."""
    query = replace(
        make_query(publishers=named),
        publishers_given=given_apart,
        source_words="Méridia 24" if is_read else "",
        period_words="en décembre 2022",
        published_from=day("2022-12-01"),
    )
    without = narrowed(query, GuildSettings(publishers=allowed)).as_given()
    assert without.publishers
    assert set(without.publishers) <= set(allowed)


def test_words_that_name_no_outlet_of_the_managers_are_no_filter_to_set_aside() -> None:
    """Otherwise people would be told of a search that never was."""
    settings = GuildSettings(publishers=("AFI",))
    earlier = replace(PREVIOUS, source_words="Méridia 24")
    query = query_of(asking("Pourquoi ?"), previous=earlier, settings=settings, publishers=OUTLETS)
    assert query.source_words == ""
    assert not query.is_understood


def test_dates_and_outlets_are_read_from_the_words_where_a_day_is_given() -> None:
    """“Hier” is the day before the day on which it is asked; lists of articles are given no day."""
    question = "Que s'est-il passé à Orvanne la semaine dernière selon Méridia 24 ?"
    query = query_of(
        asking(question), previous=None, settings=NOTHING_SET, publishers=OUTLETS, today=date(2022, 12, 14)
    )
    assert (query.published_from, query.publishers) == (day("2022-12-05"), ("Méridia 24",))
    assert query.as_given() == make_query(question)
    plain = query_of(asking(question), previous=None, settings=NOTHING_SET, publishers=OUTLETS)
    assert plain == make_query(question)


def test_an_option_holds_against_the_words() -> None:
    """What was chosen from a list was meant."""
    query = query_of(
        asking("Que s'est-il passé hier ?", since="2022-11", publisher="AFI"),
        previous=None,
        settings=NOTHING_SET,
        publishers=OUTLETS,
        today=date(2022, 12, 14),
    )
    assert (query.published_from, query.period_words) == (day("2022-11-01"), "")
    assert query.as_given().publishers == ("AFI",)


def test_a_follow_up_keeps_what_was_read_from_the_words_as_such() -> None:
    """Where nothing answers within it, it can still be set aside."""
    earlier = replace(
        PREVIOUS,
        languages=("fr",),
        days_after=2,
        period_words="le 9 décembre",
        source_words="selon Méridia 24",
        publishers_given=("AFI",),
    )
    query = query_of(
        asking("Pourquoi ?"),
        previous=earlier,
        settings=NOTHING_SET,
        publishers=OUTLETS,
        today=date(2023, 3, 1),
    )
    assert replace(query, text=earlier.text) == earlier
    assert query.as_given().publishers == ("AFI",)


def test_what_was_set_aside_for_an_answer_stays_aside_where_it_is_dug_further() -> None:
    """And of an answer of which that is not known, what was asked is searched."""
    aside = Search(query=make_query(), set_aside=PREVIOUS)
    assert make_kept(make_answer(search=aside), query=PREVIOUS).held == make_query()
    assert make_kept(make_answer(), query=PREVIOUS).held == PREVIOUS


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
