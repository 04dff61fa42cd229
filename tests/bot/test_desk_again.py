"""The desk asked again about an answer: without what was read from its words, further, and why."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

import pytest

from bot.answering.generation import Composer
from bot.errors import AnswerGone, AskedTooOften, ChannelClosed
from bot.keeping.database import open_database
from bot.types import Answer, GuildSettings, NotCovered
from tests.bot.answering.test_generation import TRUE, ScriptedModel
from tests.bot.desks import ALICE, CHANNEL, GUILD, Shelf, asking, desk_over
from tests.factories import day, make_article, make_english_article
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

    from bot.desk import Desk
    from bot.types import Explained, Kept, Removable

_Found = TypeVar("_Found")
BRIDGE, HARBOUR = make_article(), make_english_article()
LATER = make_article(
    "plus-tard",
    text=BRIDGE.text.replace("3,5", "4,2"),
    publisher="Méridia 24",
    published_at=day("2023-02-01"),
)
SOON = day("2022-12-14T10:00")
WORKS = "Combien coûteront les travaux du pont d'Orvanne ?"
LAST_WEEK = "Combien coûteront, selon les articles de la semaine dernière, les travaux du pont d'Orvanne ?"
IN_MERIDIA = "Combien coûteront, selon Méridia 24, les travaux du pont d'Orvanne ?"
HAPPENING = "Que se passe-t-il pour le pont d'Orvanne ?"
ELSEWHERE = GuildSettings(channels=(CHANNEL + 50,))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return what a bot remembers that has only just begun."""
    with closing(open_database(tmp_path / "bot.db")) as opened:
        yield opened


@pytest.fixture
def shelf() -> Shelf:
    """Return an index of three articles."""
    return Shelf((BRIDGE, LATER, HARBOUR))


@pytest.fixture
def desk(shelf: Shelf, database: sqlite3.Connection) -> Desk:
    """Return a desk over them, a few days after the first."""
    return desk_over(shelf, database, now=SOON)


def run(work: Coroutine[object, object, _Found]) -> _Found:
    """Run to the end."""
    return asyncio.run(work)


def wider(desk: Desk, kept: Kept, removed: Removable = "date") -> Kept:
    """Let Alice press a button that searches more widely."""
    return run(desk.wider(kept.key, removed, ALICE, guild=GUILD, channel=CHANNEL))


def more(desk: Desk, kept: Kept) -> Kept:
    """Let Alice press the button that digs further."""
    return run(desk.more(kept.key, ALICE, guild=GUILD, channel=CHANNEL))


def why(desk: Desk, kept: Kept) -> Explained:
    """Let Alice press the button that asks why."""
    return run(desk.why(kept.key, ALICE, guild=GUILD, channel=CHANNEL))


def cited(kept: Kept) -> set[str]:
    """Return what is quoted; nothing of a silence."""
    return {c.quote for c in kept.answer.citations} if isinstance(kept.answer, Answer) else set()


def chosen(explained: Explained) -> set[str]:
    """Return what the last search of an explanation marks as quoted."""
    return {weighed.text for weighed in explained.explanation.steps[-1].weighed if weighed.is_chosen}


def outlets(kept: Kept) -> set[str | None]:
    """Return the outlets that are quoted or come near."""
    answer = kept.answer
    articles = [c.article for c in answer.citations] if isinstance(answer, Answer) else answer.nearest
    return {article.publisher for article in articles}


class TestWider:
    """Without what was read from the words."""

    def test_the_question_is_asked_of_all_dates(self, desk: Desk) -> None:
        """The article of another time comes too, and the new answer is kept as a first one."""
        kept = run(desk.ask(asking(LAST_WEEK)))
        assert outlets(kept) == {"Le Courrier d'Orvanne"}
        wide = wider(desk, kept)
        assert outlets(wide) == {"Le Courrier d'Orvanne", "Méridia 24"}
        assert (wide.asked, wide.follows, wide.query.is_filtered) == (LAST_WEEK, None, False)
        assert desk.kept(wide.key) == wide

    def test_the_question_is_asked_of_all_outlets(self, desk: Desk) -> None:
        """Without the outlet that the words name, and only where that is what was pressed."""
        kept = run(desk.ask(asking(IN_MERIDIA)))
        assert outlets(kept) == {"Méridia 24"}
        assert wider(desk, kept, "source").query.publishers == ()
        assert outlets(wider(desk, kept, "date")) == {"Méridia 24"}

    def test_pressing_twice_is_harmless(self, desk: Desk) -> None:
        """The same is answered once more, under the old answer and under the new one."""
        kept = run(desk.ask(asking(LAST_WEEK)))
        first, second = wider(desk, kept), wider(desk, kept)
        assert cited(first) == cited(second) == cited(wider(desk, first))

    def test_what_an_option_says_stays(self, desk: Desk) -> None:
        """A date that was typed into its own field is meant."""
        kept = run(desk.ask(asking(WORKS, since="2023")))
        assert wider(desk, kept).query.published_from == day("2023-01-01")

    def test_under_what_digs_further_the_question_is_asked_anew(self, desk: Desk) -> None:
        """Nothing is left out of another search because this one had quoted it."""
        kept = run(desk.ask(asking(LAST_WEEK)))
        wide = wider(desk, more(desk, kept))
        assert wide.query.top_k == kept.query.top_k
        assert cited(wide) == cited(wider(desk, kept))

    def test_a_guilds_outlets_hold(self, desk: Desk) -> None:
        """Also where they were chosen after the answer."""
        kept = run(desk.ask(asking(IN_MERIDIA)))
        desk.set_guild(GUILD, GuildSettings(publishers=("Méridia 24", "The Saltmere Gazette")))
        wide = wider(desk, kept, "source")
        assert "Le Courrier d'Orvanne" not in outlets(wide)
        assert set(wide.query.publishers) == {"Méridia 24", "The Saltmere Gazette"}

    def test_a_chat_model_answers_as_before(self, shelf: Shelf, database: sqlite3.Connection) -> None:
        """Who asked for its words gets them here too."""
        composer = Composer(ScriptedModel(TRUE, TRUE), FakeEmbedder(), tokens=20_000)
        desk = desk_over(shelf, database, composer=composer, now=SOON)
        kept = run(desk.ask(asking(LAST_WEEK)))
        wide = wider(desk, kept)
        assert isinstance(wide.answer, Answer)
        assert wide.answer.model is not None


class TestMoreTwice:
    """The same button pressed again."""

    def test_the_second_press_goes_on_from_the_first(self, desk: Desk) -> None:
        """Whoever scrolls back and presses the old button wants more, not the same again."""
        kept = run(desk.ask(asking(HAPPENING)))
        pressed = [more(desk, kept) for _ in range(3)]
        quotes = [kept, *pressed]
        for number, one in enumerate(quotes):
            for other in quotes[:number]:
                assert not cited(one) & cited(other)
        assert [one.follows for one in pressed] == [kept.key, pressed[0].key, pressed[1].key]

    def test_two_people_at_once_do_not_get_the_same(self, desk: Desk) -> None:
        """Two presses within a second are answered in turn."""
        kept = run(desk.ask(asking(HAPPENING)))

        async def both() -> list[Kept]:
            pressing = (desk.more(kept.key, ALICE + n, guild=GUILD, channel=CHANNEL) for n in range(2))
            return await asyncio.gather(*pressing)

        first, second = run(both())
        assert cited(first)
        assert not cited(first) & cited(second)
        assert {first.follows, second.follows} > {kept.key}

    def test_at_the_end_it_says_so_again_and_again(self, desk: Desk, shelf: Shelf) -> None:
        """Each press after the last sentence is told the same, until the index holds something new."""
        kept = run(desk.ask(asking(HAPPENING)))
        last = kept
        while isinstance(last.answer, Answer):
            end, last = last, more(desk, kept)
        assert [more(desk, kept).follows for _ in range(2)] == [last.follows, last.follows] == [end.key] * 2
        new = make_article(
            "neuf", text="Le pont d'Orvanne se passe de ses camions : il s'est affaissé mardi."
        )
        shelf.publish(BRIDGE, LATER, HARBOUR, new)
        assert cited(more(desk, kept)) == {new.text}

    def test_it_goes_on_after_a_restart(self, desk: Desk, shelf: Shelf, database: sqlite3.Connection) -> None:
        """What was said is remembered with the answers."""
        kept = run(desk.ask(asking(HAPPENING)))
        first = more(desk, kept)
        assert more(desk_over(shelf, database, now=SOON), kept).follows == first.key


class TestWhy:
    """Why an answer is as it is."""

    @pytest.mark.parametrize(
        "question", [WORKS, LAST_WEEK, IN_MERIDIA, HAPPENING, "Qu'a dit Emmanuel Macron ?"]
    )
    def test_it_is_told_of_the_answer_that_was_given(self, desk: Desk, question: str) -> None:
        """What it marks as quoted is what was quoted, and its reason is the reason."""
        kept = run(desk.ask(asking(question)))
        explained = why(desk, kept)
        assert explained.kept == kept
        assert not explained.is_changed
        assert chosen(explained) == cited(kept)
        reason = kept.answer.reason if isinstance(kept.answer, NotCovered) else None
        assert explained.explanation.steps[-1].reason == reason

    def test_of_what_digs_further_what_was_quoted_before_is_left_out(self, desk: Desk) -> None:
        """Each answer of a chain is told as it was judged."""
        kept = run(desk.ask(asking(HAPPENING)))
        while isinstance(kept.answer, Answer):
            assert chosen(why(desk, kept)) == cited(kept)
            kept = more(desk, kept)
        assert why(desk, kept).explanation.steps[-1].reason == kept.answer.reason

    def test_what_was_set_aside_is_told(self, desk: Desk, shelf: Shelf, database: sqlite3.Connection) -> None:
        """Two searches, in their order."""
        later = desk_over(shelf, database, now=day("2023-03-15T10:00"))
        kept = run(later.ask(asking(LAST_WEEK)))
        first, second = why(desk, kept).explanation.steps
        assert first.query.published_from == day("2023-03-06")
        assert not second.query.is_filtered

    def test_another_index_is_said_to_be_another(self, desk: Desk, shelf: Shelf) -> None:
        """Else an explanation would contradict the answer above it, and nobody knew why."""
        kept = run(desk.ask(asking(WORKS)))
        shelf.publish(HARBOUR)
        explained = why(desk, kept)
        assert explained.is_changed
        assert not chosen(explained) & cited(kept)

    def test_articles_of_other_outlets_are_not_shown(self, desk: Desk) -> None:
        """A decision of a guild's managers holds for what nearly answered, too."""
        kept = run(desk.ask(asking(WORKS)))
        desk.set_guild(GUILD, GuildSettings(publishers=("The Saltmere Gazette",)))
        for step in why(desk, kept).explanation.steps:
            assert {found.article for found in step.evidence} <= {HARBOUR}
            assert {weighed.article for weighed in step.weighed} <= {HARBOUR}
            assert {hit.passage.article_id for hit in step.dense + step.lexical} <= {HARBOUR.article_id}


class TestShared:
    """What holds for all three."""

    def test_they_take_their_share_and_keep_to_open_channels(
        self, shelf: Shelf, database: sqlite3.Connection
    ) -> None:
        """Each of them searches as a question does."""
        desk = desk_over(shelf, database, per_minute=1, now=SOON)
        kept = run(desk.ask(asking(LAST_WEEK)))
        for press in (wider, more, why):
            with pytest.raises(AskedTooOften):
                press(desk, kept)
        desk.set_guild(GUILD, ELSEWHERE)
        for press in (wider, more, why):
            with pytest.raises(ChannelClosed):
                press(desk, kept)

    def test_of_an_answer_that_is_gone_nothing_is_made_up(self, desk: Desk) -> None:
        """A button may be older than what is kept, and must not cost a share either."""
        kept = run(desk.ask(asking(WORKS)))
        desk.forget_before(day("2300-01-01"))
        for press in (wider, more, why):
            with pytest.raises(AnswerGone):
                press(desk, kept)
        assert desk.waiting == 0
