"""The desk: who may ask what, from which generation, and what is remembered of it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest

from bot.errors import AnswerGone, AskedTooOften, ChannelClosed, ClosingDown, FilterRefused, QuestionEmpty
from bot.keeping.database import open_database
from bot.types import Answer, GuildSettings, Kept, NotCovered
from index.errors import ArticleNotFound, IndexMissing
from tests.bot.desks import ALICE, CHANNEL, GUILD, Shelf, asking, desk_over
from tests.factories import make_article, make_english_article

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Coroutine, Iterator
    from pathlib import Path

    from bot.desk import Desk

_Found = TypeVar("_Found")
THREAD = 70_000_000_000_000_004
BRIDGE, HARBOUR = make_article(), make_english_article()
QUESTION = "Combien coûteront les travaux du pont d'Orvanne ?"
OF_THE_COURRIER = GuildSettings(publishers=("Le Courrier d'Orvanne",))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return what a bot remembers that has only just begun."""
    with closing(open_database(tmp_path / "bot.db")) as opened:
        yield opened


@pytest.fixture
def shelf() -> Shelf:
    """Return an index of two articles by two outlets."""
    return Shelf((BRIDGE, HARBOUR))


@pytest.fixture
def desk(shelf: Shelf, database: sqlite3.Connection) -> Desk:
    """Return a desk over them."""
    return desk_over(shelf, database)


def run(work: Coroutine[object, object, _Found]) -> _Found:
    """Run to the end."""
    return asyncio.run(work)


def answered(kept: Kept) -> Answer:
    """Return an answer that must be one."""
    assert isinstance(kept.answer, Answer), kept.answer
    return kept.answer


def quotes(kept: Kept) -> list[str]:
    """Return what an answer quotes."""
    return [citation.quote for citation in answered(kept).citations]


class TestAsk:
    """Questions and what follows them."""

    def test_an_answer_is_kept_as_it_was_given(self, desk: Desk) -> None:
        """Its buttons must find it again."""
        kept = run(desk.ask(asking(f"  {QUESTION} ")))
        assert "3,5 millions" in quotes(kept)[0]
        assert (kept.asked, kept.follows) == (QUESTION, None)
        assert desk.kept(kept.key) == kept

    def test_a_follow_up_in_a_place_is_completed_and_keeps_the_filters(self, desk: Desk) -> None:
        """In a thread nobody repeats what it is about."""
        first = run(desk.ask(asking(QUESTION, since="2022", publisher="le courrier d'orvanne")))
        desk.stands_at(first.key, THREAD)
        then = run(desk.ask(asking("Et pendant combien de temps ?", places=(THREAD,))))
        assert then.asked == "Et pendant combien de temps ?"
        assert "Orvanne" in then.query.text
        assert then.query.publishers == first.query.publishers == ("Le Courrier d'Orvanne",)
        assert then.query.published_from == first.query.published_from is not None

    def test_a_reply_follows_the_answer_it_replies_to_and_not_the_newest_of_the_thread(
        self, desk: Desk
    ) -> None:
        """The first of the places that holds an answer counts."""
        bridge = run(desk.ask(asking(QUESTION)))
        harbour = run(desk.ask(asking("How long will the harbour at Saltmere close?")))
        desk.stands_at(bridge.key, 11, THREAD)
        desk.stands_at(harbour.key, 12, THREAD)
        assert "Orvanne" in run(desk.ask(asking("Pourquoi ?", places=(11, THREAD)))).query.text
        assert "Saltmere" in run(desk.ask(asking("Why?", places=(99, THREAD)))).query.text

    def test_without_a_place_nothing_is_followed(self, desk: Desk) -> None:
        """Two people in two channels must not complete each other's questions."""
        desk.stands_at(run(desk.ask(asking(QUESTION))).key, THREAD)
        assert run(desk.ask(asking("Pourquoi ?"))).query.text == "Pourquoi ?"

    def test_a_question_in_flight_when_the_index_changes_is_answered_from_one_generation(
        self, shelf: Shelf, database: sqlite3.Connection
    ) -> None:
        """An index may be published at any moment; what was closed under a reader would say so."""
        desk = desk_over(shelf, database)
        versions = [
            make_article(text=f"Les travaux du pont coûteront {n} millions d'euros.") for n in range(3, 9)
        ]

        async def scenario() -> list[Kept]:
            asked = []
            for version in versions:
                asked += [asyncio.create_task(desk.ask(asking(QUESTION))) for _ in range(3)]
                await asyncio.sleep(0.002)
                shelf.publish(version, HARBOUR)
            return await asyncio.gather(*asked, desk.ask(asking(QUESTION)))

        for kept in run(scenario()):
            number = int(answered(kept).generation.generation_id.removeprefix("generation-"))
            expected = BRIDGE if number == 1 else versions[number - 2]
            cited = {c.article.version_sha256 for c in answered(kept).citations} - {HARBOUR.version_sha256}
            assert cited == {expected.version_sha256}
        assert [retriever.is_closed for retriever in shelf.opened[:-1]] == [True] * (len(shelf.opened) - 1)

    def test_what_cannot_be_asked_passes_through(self, desk: Desk) -> None:
        """The sentence for each error is made elsewhere; swallowed here, there would be silence."""
        with pytest.raises(QuestionEmpty):
            run(desk.ask(asking(" ")))
        with pytest.raises(FilterRefused):
            run(desk.ask(asking(QUESTION, since="hier")))

    def test_without_an_index_everybody_is_told(self, database: sqlite3.Connection) -> None:
        """A bot may be started before the first build."""
        desk = desk_over(Shelf((), is_missing=True), database)
        with pytest.raises(IndexMissing):
            run(desk.ask(asking(QUESTION)))
        with pytest.raises(IndexMissing):
            run(desk.extent())

    def test_an_error_gives_the_turn_back(self, desk: Desk) -> None:
        """One bad question must not hold up all that follow."""
        with pytest.raises(QuestionEmpty):
            run(desk.ask(asking("")))
        assert desk.waiting == 0
        assert quotes(run(desk.ask(asking(QUESTION))))

    def test_a_person_has_a_share(self, shelf: Shelf, database: sqlite3.Connection) -> None:
        """Whatever the person asks for, all of it counts."""
        desk = desk_over(shelf, database, per_minute=1)
        kept = run(desk.ask(asking(QUESTION)))
        works: list[Awaitable[object]] = [
            desk.ask(asking(QUESTION)),
            desk.search(asking("pont")),
            desk.timeline(asking("pont")),
            desk.check(asking("pont")),
            desk.more(kept.key, ALICE, guild=GUILD, channel=CHANNEL),
        ]

        async def refused(work: Awaitable[object]) -> None:
            with pytest.raises(AskedTooOften):
                await work

        for work in works:
            run(refused(work))

    def test_nothing_about_who_asked_is_logged_nor_the_words(
        self, desk: Desk, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A log is read by others than the person who asked."""
        caplog.set_level(logging.DEBUG)
        kept = run(desk.ask(asking(QUESTION, places=(THREAD,))))
        run(desk.more(kept.key, ALICE, guild=GUILD, channel=CHANNEL))
        run(desk.search(asking("rénovation")))
        desk.set_guild(GUILD, GuildSettings(channels=(1,)))
        with pytest.raises(ChannelClosed):
            run(desk.ask(asking(QUESTION)))
        logged = "\n".join(
            str(vars(record)) for record in caplog.records if record.name.startswith(("bot", "index"))
        )
        assert kept.key in logged
        for secret in (ALICE, GUILD, CHANNEL, THREAD, "travaux", "coûteront", "rénovation"):
            assert str(secret) not in logged


class TestMore:
    """Digging further."""

    def test_it_never_repeats_and_ends_with_nothing_more(self, desk: Desk) -> None:
        """The button says “more”, and stops when there is none."""
        kept = run(desk.ask(asking("Que se passe-t-il pour le pont d'Orvanne ?")))
        seen: list[str] = []
        while isinstance(kept.answer, Answer):
            assert len(seen) < 20
            seen += quotes(kept)
            further = run(desk.more(kept.key, ALICE, guild=GUILD, channel=CHANNEL))
            assert further.follows == kept.key
            kept = further
        assert len(seen) == len(set(seen)) > 3
        assert kept.answer.reason.kind == "nothing-more"
        again = run(desk.more(kept.key, ALICE, guild=GUILD, channel=CHANNEL))
        assert isinstance(again.answer, NotCovered)
        assert again.answer.reason.kind == "nothing-more"

    def test_it_does_not_repeat_an_article_that_was_published_anew(self, desk: Desk, shelf: Shelf) -> None:
        """A correction elsewhere in the article makes no old sentence new."""
        first = run(desk.ask(asking(QUESTION)))
        shelf.publish(replace(BRIDGE, headline="Orvanne : le pont rénové"), HARBOUR)
        further = run(desk.more(first.key, ALICE, guild=GUILD, channel=CHANNEL))
        told = set(quotes(first))
        assert not isinstance(further.answer, Answer) or told.isdisjoint(quotes(further))

    def test_an_answer_that_is_gone_is_said_to_be(self, desk: Desk) -> None:
        """A button may be older than what is kept."""
        with pytest.raises(AnswerGone):
            run(desk.more("0" * 16, ALICE, guild=GUILD, channel=CHANNEL))


class TestGuilds:
    """What the managers of a guild decided holds for everything."""

    def test_answers_come_from_their_outlets(self, desk: Desk) -> None:
        """Asked without a filter, with a forbidden one, and with one that is theirs."""
        desk.set_guild(GUILD, OF_THE_COURRIER)
        kept = run(desk.ask(asking("How long will the harbour at Saltmere close?")))
        assert kept.query.publishers == OF_THE_COURRIER.publishers
        assert not isinstance(kept.answer, Answer) or {c.article for c in kept.answer.citations} == {BRIDGE}
        with pytest.raises(FilterRefused):
            run(desk.ask(asking(QUESTION, publisher="The Saltmere Gazette")))
        assert quotes(run(desk.ask(asking(QUESTION, publisher="Le Courrier d'Orvanne"))))

    def test_more_and_follow_ups_do_not_reach_behind_the_decision(self, desk: Desk) -> None:
        """The answer under which a button stands may be older than the decision."""
        first = run(desk.ask(asking("How long will the harbour at Saltmere close?")))
        desk.stands_at(first.key, THREAD)
        desk.set_guild(GUILD, OF_THE_COURRIER)
        further = run(desk.more(first.key, ALICE, guild=GUILD, channel=CHANNEL))
        then = run(desk.ask(asking("Why?", places=(THREAD,))))
        for kept in (further, then):
            assert kept.query.publishers == OF_THE_COURRIER.publishers
            cited = kept.answer.citations if isinstance(kept.answer, Answer) else ()
            assert HARBOUR not in {citation.article for citation in cited}

    def test_lists_hold_their_outlets_only(self, desk: Desk) -> None:
        """A list shows as much of an article as an answer does."""
        desk.set_guild(GUILD, OF_THE_COURRIER)
        for work in (desk.search, desk.timeline, desk.check):
            found = run(work(asking("The harbour at Saltmere will close for six weeks")))
            assert HARBOUR not in {listing.article for listing in found.listings}
            assert all(HARBOUR not in listing.also_in for listing in found.listings)

    def test_articles_of_others_are_not_shown(self, desk: Desk) -> None:
        """Nobody learns an id by asking for it in another server."""
        desk.set_guild(GUILD, OF_THE_COURRIER)
        assert run(desk.article(asking(f" {BRIDGE.article_id}")))[0] == BRIDGE
        with pytest.raises(ArticleNotFound):
            run(desk.article(asking(HARBOUR.article_id)))
        assert run(desk.article(asking(HARBOUR.article_id, guild=GUILD + 1)))[0] == HARBOUR

    def test_suggestions_name_no_others(self, desk: Desk) -> None:
        """What may not be chosen is not offered."""
        assert run(desk.suggest_publishers("", GUILD)) == ("Le Courrier d'Orvanne", "The Saltmere Gazette")
        assert run(desk.suggest_articles("harbour pont", GUILD)) != (BRIDGE,)
        desk.set_guild(GUILD, OF_THE_COURRIER)
        assert run(desk.suggest_publishers("", GUILD)) == OF_THE_COURRIER.publishers
        assert run(desk.suggest_publishers("saltmere", GUILD)) == ()
        assert run(desk.suggest_articles("harbour pont", GUILD)) == (BRIDGE,)

    def test_other_channels_are_closed_for_everything_that_is_said(self, desk: Desk) -> None:
        """A busy channel is kept free of the bot."""
        kept = run(desk.ask(asking(QUESTION)))
        desk.set_guild(GUILD, GuildSettings(channels=(CHANNEL + 50,)))

        async def closed(work: Awaitable[object]) -> None:
            with pytest.raises(ChannelClosed):
                await work

        for work in (
            desk.ask(asking(QUESTION)),
            desk.search(asking("pont")),
            desk.timeline(asking("pont")),
            desk.check(asking("pont")),
            desk.article(asking(BRIDGE.article_id)),
            desk.more(kept.key, ALICE, guild=GUILD, channel=CHANNEL),
        ):
            run(closed(work))
        assert quotes(run(desk.ask(asking(QUESTION, channel=CHANNEL + 50))))

    def test_a_direct_message_has_no_managers(self, desk: Desk) -> None:
        """What is set for a guild, even for one of number nought, touches nobody's direct messages."""
        desk.set_guild(0, GuildSettings(publishers=("The Saltmere Gazette",), private=True))
        assert desk.guild_settings(None) == GuildSettings()
        assert quotes(run(desk.ask(asking(QUESTION, guild=None))))


class TestSuggestions:
    """Lists to pick from while somebody types."""

    def test_outlets_that_begin_so_come_first(self, shelf: Shelf, database: sqlite3.Connection) -> None:
        """Case and accents do not matter."""
        names = ("Radio Écho", "L'Écho de Montrelle", "Écho du Soir", "AFI")
        articles = [make_article(name, publisher=name) for name in names]
        desk = desk_over(Shelf(tuple(articles)), database)
        assert run(desk.suggest_publishers("echo", GUILD)) == (
            "Écho du Soir",
            "L'Écho de Montrelle",
            "Radio Écho",
        )

    def test_no_list_is_longer_than_discord_takes(self, database: sqlite3.Connection) -> None:
        """One more, and nothing at all would be offered."""
        articles = tuple(
            make_article(f"{n}", publisher=f"Outlet {n}", text=f"Pont numéro {n}.") for n in range(40)
        )
        desk = desk_over(Shelf(articles), database)
        assert len(run(desk.suggest_publishers("", GUILD))) == 25
        assert len(run(desk.suggest_articles("pont", GUILD))) == 25

    @pytest.mark.parametrize("typed", ["", "  ", "🌉", "p" * 3000])
    def test_whatever_is_typed_is_no_error(self, desk: Desk, typed: str) -> None:
        """A person is in the middle of a word."""
        assert run(desk.suggest_articles(typed, GUILD)) == ()


class TestKept:
    """What is remembered."""

    def test_an_article_that_changed_or_went_is_said_to_have(self, desk: Desk, shelf: Shelf) -> None:
        """The reader of an old answer must know that the source says something else now."""
        assert not run(desk.is_changed(BRIDGE))
        shelf.publish(replace(BRIDGE, headline="Orvanne : le pont"), HARBOUR)
        assert run(desk.is_changed(BRIDGE))
        shelf.publish(HARBOUR)
        assert run(desk.is_changed(BRIDGE))

    def test_feedback_is_for_an_answer_that_is_kept(self, desk: Desk) -> None:
        """And the last word of a person counts."""
        kept = run(desk.ask(asking(QUESTION)))
        desk.give_feedback(kept.key, ALICE, "not-helpful")
        desk.give_feedback(kept.key, ALICE, "helpful")
        (counts,) = desk._feedback.report()
        assert (counts.helpful, counts.not_helpful) == (1, 0)
        with pytest.raises(AnswerGone):
            desk.give_feedback("0" * 16, ALICE, "helpful")

    def test_a_claim_of_any_length_is_checked(self, desk: Desk) -> None:
        """A message may be four times as long as a question."""
        found = run(desk.check(asking("Les travaux du pont coûteront cher. " * 120)))
        assert found.listings[0].article == BRIDGE
        assert found.generation.generation_id == "generation-1"


class TestClosing:
    """Stopping loses nothing that was taken."""

    def test_it_waits_for_those_inside_and_refuses_the_rest(self, desk: Desk, shelf: Shelf) -> None:
        """Then the index is let go of."""

        async def scenario() -> list[Kept]:
            asked = [asyncio.create_task(desk.ask(asking(QUESTION))) for _ in range(3)]
            await asyncio.sleep(0)
            closing_down = asyncio.create_task(desk.close(60))
            await asyncio.sleep(0)
            with pytest.raises(ClosingDown):
                await desk.ask(asking(QUESTION))
            assert await closing_down
            return await asyncio.gather(*asked)

        assert all(quotes(kept) for kept in run(scenario()))
        assert [retriever.is_closed for retriever in shelf.opened] == [True]


class TestWarmingUp:
    """Before the first question."""

    def test_the_index_is_open_before_anybody_asks(self, desk: Desk, shelf: Shelf) -> None:
        """The first person to ask must not wait for what could be done before."""
        run(desk.warm_up())
        assert len(shelf.opened) == 1

    def test_what_is_wrong_is_told_to_whoever_asks(
        self, desk: Desk, shelf: Shelf, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A bot without an index starts all the same: one may be published any moment."""
        shelf.is_missing = True
        run(desk.warm_up())
        assert "there is none" in caplog.text
        with pytest.raises(IndexMissing):
            run(desk.ask(asking(QUESTION)))
