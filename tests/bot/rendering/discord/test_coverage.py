"""What is indexed and what is set, in figures and names that a person reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.discord import render_coverage, render_settings, say
from bot.types import GuildSettings
from index.generation import Extent
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import hostile
from tests.bot.rendering.reading import content_of
from tests.factories import make_generation

EXTENT = Extent(
    publishers=(("Le Courrier d'Orvanne", 41000), ("The Saltmere Gazette", 3)),
    unnamed=2,
    languages=(("fr", 41002), ("en", 3), ("qqq", 1)),
    oldest_published_at=datetime(2021, 8, 1, tzinfo=UTC),
    newest_published_at=datetime(2023, 2, 14, tzinfo=UTC),
    undated=4,
)
GENERATION = make_generation(articles=41006, passages=1234567)


class TestCoverage:
    """What the collection holds."""

    def test_a_french_reader_sees_every_figure(self) -> None:
        """Counts, span, languages, outlets, age: an index that is stale must be seen to be."""
        (part,) = render_coverage(EXTENT, GENERATION, "fr")
        assert part.content.replace("\u00a0", " ").replace("\u202f", " ").split("\n") == [
            "**Ce qui est indexé**",
            "41 006 articles, 1 234 567 passages",
            "Du 1er août 2021 au 14 février 2023 · 4 sans date",
            "Langues : français 41 002, anglais 3, qqq 1",
            "",
            "**Médias**",
            "Le Courrier d'Orvanne · 41 000",
            "The Saltmere Gazette · 3",
            "média non précisé : 2",
            "",
            "-# Index construit le 1er mars 2023 à 08 h 30 UTC.",
        ]

    def test_an_english_reader_sees_english_figures(self) -> None:
        """“41 006” is 41 to some."""
        (part,) = render_coverage(EXTENT, GENERATION, "en")
        assert "41,006 articles, 1,234,567 passages" in part.content
        assert "French 41,002" in part.content
        assert part.content.endswith("Index built on 1 March 2023 at 08:30 UTC.")

    def test_of_many_outlets_the_largest_are_named(self) -> None:
        """Two hundred outlets are a wall; how many there are is said."""
        extent = replace(EXTENT, publishers=tuple((f"Média {n}", 300 - n) for n in range(200)), unnamed=0)
        content = content_of(render_coverage(extent, GENERATION, "fr"))
        assert "Média 14 · 286\net 185 autres\n" in content

    def test_an_empty_or_undated_collection_is_said_to_be(self) -> None:
        """No date must not be printed as some date, nor an empty list announced."""
        empty = Extent(
            publishers=(),
            unnamed=0,
            languages=(),
            oldest_published_at=None,
            newest_published_at=None,
            undated=0,
        )
        (part,) = render_coverage(empty, make_generation(articles=0, passages=0), "en")
        assert "No article is dated." in part.content
        assert "Outlets" not in part.content
        assert "Languages" not in part.content

    def test_one_day_is_one_day(self) -> None:
        """“From 1 August 2021 to 1 August 2021” reads like a fault."""
        extent = replace(EXTENT, newest_published_at=EXTENT.oldest_published_at, undated=0)
        assert "\nAll of 1 August 2021\n" in content_of(render_coverage(extent, GENERATION, "en"))

    @given(st.lists(st.tuples(hostile, st.integers(1, 9)), max_size=30), hostile)
    def test_no_name_does_anything(self, publishers: list[tuple[str, int]], code: str) -> None:
        """An outlet's name is text of a stranger."""
        extent = replace(EXTENT, publishers=tuple(publishers), languages=((code, 1),))
        parts = render_coverage(extent, GENERATION, "fr")
        assert {kind for part in parts for kind in read(part.content).kinds()} <= {"bold", "small"}


class TestSettings:
    """What a server's managers have set."""

    def test_what_is_set_is_said(self) -> None:
        """A channel is named as Discord names it; that pings nobody."""
        (part,) = render_settings(GuildSettings(("AFI", "La Vigie"), (12, 34), private=True), "fr")
        assert part.content.replace("\u00a0", " ").split("\n") == [
            "**Réglages de ce serveur**",
            "Médias : AFI, La Vigie",
            "Salons : <#12>, <#34>",
            "Réponses aux commandes : pour la seule personne qui demande",
            "-# Pour lever une restriction, écrivez « tous » à la place des noms.",
        ]

    def test_nothing_set_is_everything_allowed(self) -> None:
        """“Outlets:” with nothing behind it reads as none."""
        (part,) = render_settings(GuildSettings(), "en")
        assert "Outlets: all\nChannels: all\nAnswers to commands: for the whole channel" in part.content

    @given(st.lists(hostile, max_size=12))
    def test_no_outlet_does_anything(self, outlets: list[str]) -> None:
        """An outlet's name is text of a stranger here too."""
        parts = render_settings(GuildSettings(tuple(outlets)), "fr")
        assert {kind for part in parts for kind in read(part.content).kinds()} <= {"bold", "small"}

    def test_whoever_manages_sees_all_that_is_set(self) -> None:
        """“and 180 more” would hide what was typed wrong; a long list is several messages."""
        outlets = tuple(f"Média {n}." for n in range(150))
        channels = tuple(range(10**18, 10**18 + 100))
        parts = render_settings(GuildSettings(outlets, channels), "fr")
        content = content_of(parts)
        assert len(parts) > 1
        assert all(outlet in content for outlet in outlets)
        assert [mark.words for mark in read(content).of("mention")] == [
            f"<#{channel}>" for channel in channels
        ]


class TestSay:
    """Sentences of the catalogue."""

    def test_a_sentence_is_a_message(self) -> None:
        """The host puts files on it."""
        (part,) = say("exported", "fr")
        assert part.content.startswith("Voici les preuves")

    def test_what_it_names_is_escaped(self) -> None:
        """A value may be anybody's words."""
        (part,) = say("reference", "en", reference="@everyone **x**")
        assert read(part.content).marks == []
