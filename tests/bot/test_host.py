"""The host: what is said to each thing that a person does, and what managers may set."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar, get_args

import pytest

from bot.errors import AnswerGone, ChannelClosed, FilterRefused
from bot.host import Host, Said
from bot.keeping.database import open_database
from bot.types import GuildSettings, Removable
from index.errors import ArticleNotFound
from tests.bot.desks import ALICE, CHANNEL, GUILD, Shelf, asking, desk_over
from tests.factories import make_article, make_english_article

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

_Found = TypeVar("_Found")
BRIDGE, HARBOUR = make_article(), make_english_article()
COMMAS = make_article("commas", publisher="Rives, Vallées et Cols", text="Le col est fermé depuis mardi.")
QUESTION = "Combien coûteront les travaux du pont d'Orvanne ?"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Return a host over three articles by three outlets."""
    with closing(open_database(tmp_path / "bot.db")) as database:
        yield Host(desk_over(Shelf((BRIDGE, HARBOUR, COMMAS)), database))


def run(work: Coroutine[object, object, _Found]) -> _Found:
    """Run to the end."""
    return asyncio.run(work)


def shown(said: Said) -> str:
    """Return everything that is said."""
    return "\n".join(part.content for part in said.parts)


def ask(host: Host) -> str:
    """Return the key of an answer."""
    key = run(host.ask(asking(QUESTION), "fr")).key
    assert key is not None
    return key


def set_(
    host: Host,
    publishers: str | None = None,
    channels: str | None = None,
    private: bool | None = None,
    *,
    guild: int | None = GUILD,
    may_manage: bool = True,
) -> GuildSettings:
    """Set something as somebody who may, and return what is set."""
    run(host.settings(guild, publishers, channels, private, "fr", may_manage=may_manage))
    return host.desk.guild_settings(GUILD)


class TestAnswers:
    """Answers and the buttons under them."""

    def test_an_answer_comes_with_its_key(self, host: Host) -> None:
        """What follows in its place is understood by it."""
        said = run(host.ask(asking(QUESTION), "fr"))
        assert "3,5 millions" in shown(said)
        assert said.key is not None
        assert host.desk.kept(said.key).asked == QUESTION

    def test_an_empty_mention_is_told_how_to_ask_and_costs_nothing(self, host: Host) -> None:
        """People greet a bot before they ask it."""
        said = run(host.ask(asking("  "), "fr"))
        assert shown(said)
        assert said.key is None
        assert shown(run(host.ask(asking(""), "en"))) != shown(said)

    def test_a_number_shows_its_source(self, host: Host) -> None:
        """The quoted words stand in what is shown."""
        assert "3,5 millions" in shown(run(host.passage(ask(host), 1, "fr")))

    @pytest.mark.parametrize("label", [0, 99])
    def test_a_number_that_the_answer_has_not_is_no_fault(self, host: Host, label: int) -> None:
        """A button may be pressed that an older version made."""
        assert shown(run(host.passage(ask(host), label, "fr"))) == shown(_gone(host))

    def test_a_wider_search_is_an_answer_of_its_own(self, host: Host) -> None:
        """Its buttons and what follows it in its place are about it."""
        for removed in get_args(Removable):
            key = ask(host)
            said = run(host.wider(key, removed, ALICE, "fr", guild=GUILD, channel=CHANNEL))
            assert said.key not in (None, key)
            assert "3,5 millions" in shown(said)

    def test_why_is_told_in_the_persons_language_and_is_no_answer(self, host: Host) -> None:
        """A question in its thread follows the answer, not the explanation."""
        said = run(host.why(ask(host), ALICE, "en", guild=GUILD, channel=CHANNEL))
        assert said.key is None
        assert "Why this answer" in shown(said)
        assert "Judged: answers." in shown(said)

    def test_more_and_export_and_a_verdict(self, host: Host) -> None:
        """Each button says something."""
        key = ask(host)
        more = run(host.more(key, ALICE, "fr", guild=GUILD, channel=CHANNEL))
        assert more.key not in (None, key)
        exported = run(host.export(key, "fr"))
        assert [file for part in exported.parts for file in part.files]
        assert shown(run(host.judge(key, ALICE, "helpful", "fr")))

    def test_a_button_under_an_answer_that_is_gone_passes_the_error_on(self, host: Host) -> None:
        """The sentence is made where every error's is."""
        for work in (
            host.more("0" * 16, ALICE, "fr", guild=GUILD, channel=CHANNEL),
            host.wider("0" * 16, "date", ALICE, "fr", guild=GUILD, channel=CHANNEL),
            host.why("0" * 16, ALICE, "fr", guild=GUILD, channel=CHANNEL),
            host.passage("0" * 16, 1, "fr"),
            host.export("0" * 16, "fr"),
            host.judge("0" * 16, ALICE, "helpful", "fr"),
        ):
            with pytest.raises(AnswerGone):
                run(work)


def _gone(host: Host) -> Said:
    return run(host.passage(ask(host), 1000, "fr"))


class TestLists:
    """Lists, articles and what is indexed."""

    def test_each_list_names_what_it_found(self, host: Host) -> None:
        """By words, in order of date, near to a claim."""
        for work in (host.search, host.timeline, host.check):
            assert "Orvanne rénove son pont" in shown(
                run(work(asking("rénovation du vieux pont d'Orvanne"), "fr"))
            )

    def test_there_is_nothing_to_check_in_a_picture(self, host: Host) -> None:
        """A message may have no text; a search for nothing would be an error."""
        assert shown(run(host.check(asking(" "), "fr")))

    def test_an_article_is_shown_where_it_may_be(self, host: Host) -> None:
        """And nowhere else."""
        assert "Orvanne rénove son pont" in shown(run(host.article(asking(BRIDGE.article_id), "fr")))
        with pytest.raises(ArticleNotFound):
            run(host.article(asking("nobody"), "fr"))
        set_(host, channels="<#1>")
        with pytest.raises(ChannelClosed):
            run(host.article(asking(BRIDGE.article_id), "fr"))

    def test_the_coverage_names_the_outlets(self, host: Host) -> None:
        """Whoever asks what is there must see it."""
        assert "The Saltmere Gazette" in shown(run(host.coverage(GUILD, "en")))

    def test_where_outlets_are_chosen_the_coverage_names_no_others(self, host: Host) -> None:
        """Nor their articles in its figures; other servers and direct messages see all."""
        host.desk.set_guild(
            GUILD, GuildSettings(publishers=("Rives, Vallées et Cols", "The Saltmere Gazette"))
        )
        said = shown(run(host.coverage(GUILD, "en")))
        assert "2 articles" in said
        assert "these outlets alone count" in said
        assert "The Saltmere Gazette · 1" in said
        assert "Courrier" not in said
        for elsewhere in (None, GUILD + 1):
            assert "Courrier" in shown(run(host.coverage(elsewhere, "en")))

    def test_a_chosen_outlet_that_has_no_article_any_more_is_seen_to(self, host: Host) -> None:
        """Whoever manages the server wonders why nothing is answered."""
        host.desk.set_guild(GUILD, GuildSettings(publishers=("The Gone Gazette",)))
        said = shown(run(host.coverage(GUILD, "fr")))
        assert "0 article\n" in said
        assert "The Gone Gazette · 0" in said


class TestSettings:
    """What those who manage a guild set."""

    def test_what_is_given_is_set_and_the_rest_stays(self, host: Host) -> None:
        """Closing a channel must not open the outlets."""
        assert set_(host, publishers="the saltmere gazette").publishers == ("The Saltmere Gazette",)
        assert set_(host, channels="<#12> <#34>") == GuildSettings(
            ("The Saltmere Gazette",), (12, 34), private=False
        )
        assert set_(host, private=True) == GuildSettings(("The Saltmere Gazette",), (12, 34), private=True)
        assert set_(host) == GuildSettings(("The Saltmere Gazette",), (12, 34), private=True)

    @pytest.mark.parametrize("word", ["all", "Tous", " toutes ", "*"])
    def test_one_word_takes_a_restriction_away(self, host: Host, word: str) -> None:
        """In the languages that we speak."""
        set_(host, publishers="The Saltmere Gazette", channels="<#12>")
        assert set_(host, publishers=word, channels=word) == GuildSettings()

    @pytest.mark.parametrize(
        "typed", ["#général", "général", "12", "<#12", "<#12> et #autre", "<@12>", " ", ",", "tout"]
    )
    def test_channels_typed_wrongly_open_nothing(self, host: Host, typed: str) -> None:
        """An unreadable restriction taken for none would let the bot loose everywhere."""
        set_(host, channels="<#12>")
        with pytest.raises(FilterRefused, match="#"):
            set_(host, channels=typed)
        assert host.desk.guild_settings(GUILD).channels == (12,)

    @pytest.mark.parametrize(
        "typed", ["Nobody's News", "The Saltmere Gazette; Nobody's News", " ", ",", ";,", "🌉", "all, AFI"]
    )
    def test_outlets_typed_wrongly_open_nothing(self, host: Host, typed: str) -> None:
        """Nor does a list of which only half is there."""
        set_(host, publishers="The Saltmere Gazette")
        with pytest.raises(FilterRefused):
            set_(host, publishers=typed)
        assert host.desk.guild_settings(GUILD).publishers == ("The Saltmere Gazette",)

    def test_what_is_refused_sets_nothing_of_the_rest(self, host: Host) -> None:
        """Half of a command would be set without anybody knowing."""
        with pytest.raises(FilterRefused):
            set_(host, publishers="The Saltmere Gazette", channels="général", private=True)
        assert host.desk.guild_settings(GUILD) == GuildSettings()

    def test_several_outlets_are_set_each_once(self, host: Host) -> None:
        """With commas or semicolons, in any case."""
        found = set_(host, publishers="the saltmere gazette; Le Courrier d'Orvanne, THE SALTMERE GAZETTE")
        assert found.publishers == ("The Saltmere Gazette", "Le Courrier d'Orvanne")

    def test_an_outlet_with_a_comma_in_its_name_can_be_chosen(self, host: Host) -> None:
        """The list that Discord offers fills in the whole name."""
        assert set_(host, publishers="Rives, Vallées et Cols").publishers == ("Rives, Vallées et Cols",)

    def test_ids_of_any_size_are_kept_as_they_are(self, host: Host) -> None:
        """Discord checks no mention that a person types by hand."""
        assert set_(host, channels=f"<#{'9' * 20}>,<#1><#1>").channels == (int("9" * 20), 1)

    def test_nobody_else_sets_anything(self, host: Host) -> None:
        """A server may give the command to everybody by mistake."""
        assert set_(host, channels="<#12>", may_manage=False) == GuildSettings()
        assert set_(host, channels="<#12>", guild=None) == GuildSettings()
        assert set_(host, channels="<#12>", guild=0) == GuildSettings()
        assert host.desk.guild_settings(0) == GuildSettings()
