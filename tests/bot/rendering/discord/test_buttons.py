"""Buttons that search again without what was read from a question's words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking import narrowed
from bot.discord_client.buttons import AnswerButton
from bot.rendering.catalogue import LANGUAGES
from bot.rendering.discord.buttons import buttons
from bot.types import GuildSettings, Reason, Search
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import answers, kepts, silences
from tests.bot.rendering.hostile import KEY, make_kept
from tests.factories import day, make_query

if TYPE_CHECKING:
    from bot.types import Kept
    from index.types import Query

DECEMBER = replace(
    make_query(published_from=day("2022-12-01"), published_to=day("2022-12-31")), period_words="en décembre"
)
IN_AFI = replace(make_query(publishers=("AFI",)), source_words="selon l’AFI")


def wider(query: Query, language: str = "fr") -> list[tuple[str, str]]:
    """Return label and id of the buttons that search more widely than a query."""
    rows = buttons(make_kept(make_answer(search=Search(query=query)), query=query), language)
    return [(each.label, each.custom_id) for row in rows for each in row if ":any-" in each.custom_id]


def test_a_period_that_was_read_can_be_removed() -> None:
    """“Last week” may have been no filter: whoever asked must be able to say so with one press."""
    assert wider(DECEMBER) == [("Toutes les dates", f"dateline:any-date:{KEY}")]
    assert wider(DECEMBER, "en") == [("All dates", f"dateline:any-date:{KEY}")]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        (IN_AFI, "Tous les médias"),
        (
            replace(make_query(languages=("en",)), source_words="dans la presse anglophone"),
            "Toutes les langues",
        ),
        (replace(IN_AFI, languages=("en",)), "Toutes les sources"),
    ],
)
def test_outlets_and_languages_are_named_as_what_they_are(query: Query, label: str) -> None:
    """“All outlets” under a search in one language would promise something else."""
    assert wider(query) == [(label, f"dateline:any-source:{KEY}")]


def test_each_kind_is_removed_by_itself() -> None:
    """Whoever wants one outlet at any time keeps the outlet."""
    both = replace(DECEMBER, publishers=("AFI",), source_words="selon l’AFI")
    assert [label for label, _ in wider(both)] == ["Toutes les dates", "Tous les médias"]


def test_what_was_given_apart_cannot_be_removed() -> None:
    """An option is meant."""
    assert wider(replace(DECEMBER, period_words="")) == []
    assert wider(replace(make_query(publishers=("AFI",)), publishers_given=("AFI",))) == []


def test_a_guilds_outlets_cannot_be_removed() -> None:
    """Where its managers chose the one outlet that is named, no other is offered."""
    assert wider(narrowed(IN_AFI, GuildSettings(publishers=("AFI",)))) == []
    assert wider(narrowed(IN_AFI, GuildSettings(publishers=("AFI", "La Vigie")))) != []


def test_what_was_set_aside_is_not_offered_to_be_removed() -> None:
    """All dates were searched already."""
    aside = Search(query=make_query(), set_aside=DECEMBER)
    for answer in (make_answer(search=aside), make_not_covered(search=aside)):
        rows = buttons(make_kept(answer, query=DECEMBER), "fr")
        assert not [each for row in rows for each in row if ":any-" in each.custom_id]


def test_where_nothing_more_is_said_other_dates_may_say_it() -> None:
    """Digging further keeps to the period, and ends there."""
    silent = make_not_covered(reason=Reason("nothing-more"), search=Search(query=DECEMBER))
    assert [[each.label for each in row] for row in buttons(make_kept(silent, query=DECEMBER), "en")] == [
        ["All dates"],
        ["Why?", "Export", "👍 Helpful", "👎 Not helpful"],
    ]


@pytest.mark.parametrize("count", [1, 15, 16, 40])
def test_with_one_row_more_there_is_room_for_fewer_numbers(count: int) -> None:
    """A sixth row, and Discord refuses the whole answer."""
    citations = [make_citation(label=label) for label in range(1, count + 1)]
    rows = buttons(make_kept(make_answer(*citations, search=Search(query=DECEMBER))), "fr")
    assert len(rows) <= 5
    assert sum(len(row) for row in rows[:-2]) == min(count, 15)


@given(kepts(answers() | silences()), st.sampled_from(LANGUAGES))
def test_discord_takes_every_button_and_the_client_knows_it(kept: Kept, language: str) -> None:
    """One id that nobody answers to is a button that is dead for good; two of one id are refused."""
    rows = buttons(kept, language)
    assert 1 <= len(rows) <= 5
    assert all(1 <= len(row) <= 5 for row in rows)
    found = [each for row in rows for each in row]
    assert len({each.custom_id for each in found}) == len(found)
    template = AnswerButton.__discord_ui_compiled_template__
    for each in found:
        match = template.fullmatch(each.custom_id)
        assert match is not None
        assert match["key"] == kept.key
        assert len(each.custom_id) <= 100
        assert 1 <= len(each.label) <= 80
