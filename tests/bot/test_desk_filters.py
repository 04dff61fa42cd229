"""The desk reads dates and outlets in a question, counted from the day on which it is asked."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.keeping.database import open_database
from bot.types import Answer, GuildSettings, NotCovered
from tests.bot.desks import ALICE, CHANNEL, GUILD, Shelf, asking, desk_over
from tests.factories import day, make_article, make_english_article

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from bot.types import Kept

BRIDGE, HARBOUR = make_article(), make_english_article()
LAST_WEEK = "Combien coûteront, selon les articles de la semaine dernière, les travaux du pont d'Orvanne ?"
TOURNAMENT = make_article(
    "tournoi",
    text="Le tournoi de Calvières a réuni cent joueurs dimanche.",
    headline="Cent joueurs à Calvières",
    publisher="Méridia 24",
)
IN_MERIDIA = "Combien coûteront, selon Méridia 24, les travaux du pont d'Orvanne ?"
SOON, LATE = day("2022-12-14T10:00"), day("2023-03-01T10:00")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return what a bot remembers that has only just begun."""
    with closing(open_database(tmp_path / "bot.db")) as opened:
        yield opened


def answered(kept: Kept) -> Answer:
    """Return an answer that must be one."""
    assert isinstance(kept.answer, Answer), kept.answer
    return kept.answer


def test_last_week_is_the_week_before_the_question(database: sqlite3.Connection) -> None:
    """And the answer says within what was searched."""
    desk = desk_over(Shelf((BRIDGE, HARBOUR)), database, now=SOON)
    kept = asyncio.run(desk.ask(asking(LAST_WEEK)))
    search = answered(kept).search
    assert search is not None
    assert search.set_aside is None
    assert search.query.published_from == day("2022-12-05")
    assert (kept.asked_at, desk.kept(kept.key)) == (SOON, kept)


def test_where_nothing_answers_within_it_the_rest_is_searched(database: sqlite3.Connection) -> None:
    """The same words months later: the period is set aside, and that is kept with the answer."""
    desk = desk_over(Shelf((BRIDGE, HARBOUR)), database, now=LATE)
    kept = asyncio.run(desk.ask(asking(LAST_WEEK)))
    search = answered(kept).search
    assert search is not None
    assert search.set_aside == kept.query
    assert not search.query.is_filtered
    assert desk.kept(kept.key) == kept


def test_digging_further_keeps_to_where_the_answer_was_found(database: sqlite3.Connection) -> None:
    """“More” after a week's articles must not go on with those of other times."""
    later = make_article("plus-tard", text=BRIDGE.text.replace("3,5", "4,2"), published_at=day("2023-02-01"))
    desk = desk_over(Shelf((BRIDGE, later, HARBOUR)), database, now=SOON)
    kept = asyncio.run(desk.ask(asking(LAST_WEEK)))
    while isinstance(kept.answer, Answer):
        assert {citation.article for citation in kept.answer.citations} == {BRIDGE}
        kept = asyncio.run(desk.more(kept.key, ALICE, guild=GUILD, channel=CHANNEL))
    assert kept.answer.reason.kind == "nothing-more"


def test_setting_an_outlet_aside_stays_within_a_guilds_outlets(database: sqlite3.Connection) -> None:
    """The Courrier answers, and its managers shut it out."""
    desk = desk_over(Shelf((BRIDGE, TOURNAMENT)), database, now=LATE)
    free = asyncio.run(desk.ask(asking(IN_MERIDIA)))
    assert {citation.article for citation in answered(free).citations} == {BRIDGE}
    desk.set_guild(GUILD, GuildSettings(publishers=("Méridia 24",)))
    narrow = asyncio.run(desk.ask(asking(IN_MERIDIA)))
    assert isinstance(narrow.answer, NotCovered)
    assert BRIDGE not in narrow.answer.nearest
    assert narrow.answer.gap is None or narrow.answer.gap.publishers == ("Méridia 24",)


def test_a_list_takes_words_for_words(database: sqlite3.Connection) -> None:
    """Who lists what is said of a year wants more than what was published in it."""
    desk = desk_over(Shelf((BRIDGE, HARBOUR)), database, now=LATE)
    listed = asyncio.run(desk.search(asking("rénovation du vieux pont d'Orvanne, travaux, hier")))
    assert BRIDGE in {listing.article for listing in listed.listings}
