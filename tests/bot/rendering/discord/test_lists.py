"""Lists of articles: a reader finds what, who and when at a glance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.discord import render_check, render_search, render_timeline
from bot.rendering.escape import clean
from bot.rendering.split import LIMIT, length
from bot.types import Citation, Listing
from tests.bot.asking import make_citation
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import hostile, hostile_articles, hostile_citations
from tests.bot.rendering.reading import content_of, seen_in, squeezed
from tests.factories import make_article, make_english_article, make_generation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.rendering.parts import Part
    from index.generation import Generation
    from index.types import Article

    Render = Callable[[Sequence[Listing], str, str, Generation], tuple[Part, ...]]

COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."
COST_DIRECTIVE = (
    "#:~:text=Les%20travaux%20co%C3%BBteront%203%2C5%20millions%20d%27euros%20et%20dureront%20quatorze%20mois"
)
FERRIES = "Ferries to the islands will leave from Brackley instead."
PONT = Listing(make_article(url="https://courrier.example/pont"), make_citation(words=COST))
HARBOUR = Listing(make_english_article(), make_citation(make_english_article(), FERRIES, label=2))
ALL: tuple[Render, ...] = (render_search, render_timeline, render_check)


def listing_of(article: Article, *also_in: Article) -> Listing:
    """Return an article of a list with all that it says."""
    return Listing(article, make_citation(article), also_in)


def lines(parts: Sequence[Part]) -> list[str]:
    """Return the lines that are sent, with ordinary blanks."""
    return content_of(parts).replace("\u00a0", " ").split("\n")


class TestSearch:
    """Articles with their nearest words."""

    def test_each_article_has_its_facts_and_its_nearest_words(self) -> None:
        """A headline alone does not say why an article was found."""
        pont = replace(PONT, citation=make_citation(PONT.article, COST))
        assert lines(render_search((pont, HARBOUR), "pont", "fr", make_generation())) == [
            "**Recherche : « pont »**",
            "",
            "**Orvanne rénove son pont**",
            "Le Courrier d'Orvanne · 9 décembre 2022 · par Lise Aubrac",
            f"> « {COST} »",
            f"[Lire le passage](<https://courrier.example/pont{COST_DIRECTIVE}>) · courrier.example",
            "",
            "**Saltmere harbour to close**",
            "The Saltmere Gazette · 14 février 2023 · par Tom Reddick",
            f"> « {FERRIES} »",
            "",
            "-# Index du 1er mars 2023, 2 articles, le plus récent du 14 février 2023.",
        ]

    def test_reprints_are_folded(self) -> None:
        """One wire story in three outlets is one story; an outlet is named once."""
        reprints = [make_article(f"r{n}", publisher=name) for n, name in enumerate(("AFI", "AFI", None))]
        listing = listing_of(make_article(), *reprints)
        assert "-# also in AFI, outlet not stated" in lines(
            render_search((listing,), "x", "en", make_generation())
        )


class TestTimeline:
    """The coverage in order of date."""

    def test_an_event_is_a_line(self) -> None:
        """When, what, who; and who else printed it."""
        reprint = make_article("reprise", publisher="La Vigie")
        listings = (replace(PONT, also_in=(reprint,)), HARBOUR)
        assert lines(render_timeline(listings, "pont", "fr", make_generation())) == [
            "**Chronologie : « pont »**",
            "",
            "**9 décembre 2022** · Orvanne rénove son pont · Le Courrier d'Orvanne (aussi dans La Vigie)",
            "",
            "**14 février 2023** · Saltmere harbour to close · The Saltmere Gazette",
            "",
            "-# Index du 1er mars 2023, 2 articles, le plus récent du 14 février 2023.",
        ]

    def test_what_has_no_date_comes_last_under_its_own_heading(self) -> None:
        """No date is not the first date."""
        undated = listing_of(make_article("sans", headline="Sans jour", published_at=None))
        said = lines(render_timeline((PONT, undated), "pont", "en", make_generation()))
        assert said[2].startswith("**9 December 2022**")
        assert said[4:6] == ["**Undated**", "Sans jour · Le Courrier d'Orvanne"]

    def test_only_undated_events_are_a_timeline_too(self) -> None:
        """The heading for the undated must not need dated ones before it."""
        undated = listing_of(make_article("sans", headline="Sans jour", published_at=None))
        said = lines(render_timeline((undated,), "pont", "fr", make_generation()))
        assert said[:4] == [
            "**Chronologie : « pont »**",
            "",
            "**Sans date**",
            "Sans jour · Le Courrier d'Orvanne",
        ]

    def test_an_event_without_headline_is_told_by_its_words(self) -> None:
        """“(no headline)” is no event."""
        nameless = Listing(make_article(headline=None), make_citation(make_article(headline=None), COST))
        said = lines(render_timeline((nameless,), "pont", "fr", make_generation()))
        assert said[2:4] == ["**9 décembre 2022** · Le Courrier d'Orvanne", f"> « {COST} »"]


class TestCheck:
    """What comes near to a message."""

    def test_there_is_no_verdict_and_that_is_said(self) -> None:
        """Nearness is not agreement: a reader must not take the first passage for a ruling."""
        said = lines(render_check((PONT,), "Le pont coûte 10 millions !", "fr", make_generation()))
        assert said[:2] == [
            "**Les passages les plus proches de ce message**",
            "-# Message : « Le pont coûte 10 millions ! »",
        ]
        assert f"> « {COST} »" in said
        assert said[-2].startswith("-# Ceci n’est pas un verdict")

    def test_a_long_message_is_not_repeated_whole(self) -> None:
        """It stands above already."""
        said = lines(render_check((PONT,), "bla " * 500, "en", make_generation()))
        assert said[1].endswith("bla…”")
        assert len(said[1]) < 350


class TestAnything:
    """Whatever was found, and whoever wrote it."""

    @pytest.mark.parametrize("render", ALL)
    def test_nothing_found_is_said(self, render: Render) -> None:
        """A heading above nothing reads like a fault."""
        (part,) = render((), "pont", "fr", make_generation())
        assert "Aucun article ne correspond." in part.content

    @pytest.mark.parametrize("render", ALL)
    @given(
        cited=st.lists(hostile_citations(), min_size=1, max_size=4),
        others=st.lists(hostile_articles(), max_size=3),
        words=hostile,
    )
    def test_nothing_is_made_but_what_we_make_and_nothing_is_lost(
        self, render: Render, cited: list[Citation], others: list[Article], words: str
    ) -> None:
        """Forty hostile articles in one list are forty chances for one ping."""
        listings = [Listing(citation.article, citation, tuple(others)) for citation in cited]
        parts = render(listings, words, "fr", make_generation())
        assert {kind for part in parts for kind in read(part.content).kinds()} <= {
            "quote",
            "bold",
            "small",
            "link",
        }
        assert all(length(part.content) <= LIMIT for part in parts)
        seen = seen_in(parts)
        for citation in cited:
            headline = squeezed(clean(citation.article.headline or "")[:120])
            assert headline in seen
            assert squeezed(clean(citation.article.publisher or "")[:50]) in seen
            if render is not render_timeline or not headline:
                assert squeezed(citation.quote) in seen

    @pytest.mark.parametrize("render", ALL)
    def test_a_hundred_articles_are_all_there(self, render: Render) -> None:
        """A long list is several messages; each article stands in one of them, whole."""
        articles = [
            make_article(
                f"a{n}", headline=f"Titre {n}.", published_at=datetime(2022, 1, 1, n % 24, tzinfo=UTC)
            )
            for n in range(100)
        ]
        parts = render([listing_of(article) for article in articles], "pont", "en", make_generation())
        content = content_of(parts)
        assert all(content.count(f"Titre {n}.") == 1 for n in range(100))
        assert len(parts) > 2
