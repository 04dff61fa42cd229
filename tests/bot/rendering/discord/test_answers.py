"""An answer in Discord: whole, short of nothing, and obeyed by nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.catalogue import quoted
from bot.rendering.discord import render_answer
from bot.rendering.escape import clean
from bot.rendering.links import link_to
from bot.rendering.split import LIMIT, length
from bot.types import Dropped, Reason, Statement
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import KEY, hostile, hostile_articles, hostile_citations, make_kept
from tests.bot.rendering.reading import content_of, seen_in, squeezed
from tests.factories import make_article, make_english_article, make_query

if TYPE_CHECKING:
    from bot.types import Answer, Citation
    from index.types import Article

COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."
COST_DIRECTIVE = (
    "#:~:text=Les%20travaux%20co%C3%BBteront%203%2C5%20millions%20d%27euros%20et%20dureront%20quatorze%20mois"
)
FERRIES = "Ferries to the islands will leave from Brackley instead."
PONT = make_article(url="https://courrier.example/pont")


class TestAnswered:
    """Quotes, then their sources."""

    def test_a_french_answer_is_whole(self) -> None:
        """Every line that a person reads on a phone, in its order."""
        answer = make_answer(
            make_citation(PONT, COST), make_citation(make_english_article(), FERRIES, label=2)
        )
        (part,) = render_answer(make_kept(answer), "fr")
        assert part.content.replace("\u00a0", " ").split("\n") == [
            "-# Question : Combien coûteront les travaux du pont ?",
            "",
            "**D’après la couverture :**",
            rf"> « {COST} » \[1\]",
            "",
            rf"> « {FERRIES} » \[2\]",
            "",
            "**Sources**",
            r"\[1\] **Orvanne rénove son pont**",
            "Le Courrier d'Orvanne · 9 décembre 2022 · par Lise Aubrac",
            f"[Lire le passage](<https://courrier.example/pont{COST_DIRECTIVE}>) · courrier.example",
            "",
            r"\[2\] **Saltmere harbour to close**",
            "The Saltmere Gazette · 14 février 2023 · par Tom Reddick",
            "",
            "-# Index du 1er mars 2023, 2 articles, le plus récent du 14 février 2023.",
        ]

    def test_an_english_reader_has_english_around_french_words(self) -> None:
        """What stands around a quote is in the person's language, the quote in its own."""
        (part,) = render_answer(make_kept(make_answer(make_citation(PONT, COST))), "en")
        assert f"> “{COST}”" in part.content
        assert "9 December 2022 · by Lise Aubrac" in part.content
        assert "Index of 1 March 2023" in part.content

    def test_an_article_that_is_cited_twice_is_named_once(self) -> None:
        """The same headline three times is a wall of text; each passage keeps its own link."""
        citations = (make_citation(PONT, COST), make_citation(PONT, "dès le 9 janvier", label=2))
        (part,) = render_answer(make_kept(make_answer(*citations)), "fr")
        assert part.content.count("Orvanne rénove son pont") == 1
        assert r"\[1\]\[2\] **Orvanne" in part.content
        assert [mark.words for mark in read(part.content).of("link")] == [
            "Lire le passage 1",
            "Lire le passage 2",
        ]

    def test_digging_further_is_headed_differently(self) -> None:
        """A second answer under the first must not look like another first one."""
        (part,) = render_answer(make_kept(make_answer(), follows="f" * 16), "fr")
        assert "La couverture dit aussi" in part.content
        assert "D’après" not in part.content

    def test_what_was_searched_is_said_where_it_is_not_what_was_asked(self) -> None:
        """Whoever asks “and the bridge?” must see what was made of it."""
        query = make_query("Combien coûtera le pont ?", published_from=datetime(2022, 12, 1, tzinfo=UTC))
        (part,) = render_answer(make_kept(make_answer(), asked="Et le pont ?", query=query), "en")
        assert part.content.startswith(
            "-# Question: Et le pont ?\n-# Searched: Combien coûtera le pont ?\n-# Filters: since 1 December 2022\n"
        )

    @pytest.mark.parametrize(
        ("since", "until", "publishers", "line"),
        [
            (None, None, (), None),
            (1, 9, (), "du 1er décembre 2022 au 9 décembre 2022"),
            (None, 9, ("AFI",), "jusqu’au 9 décembre 2022 · AFI"),
            (None, None, ("A", "B", "C", "D", "E"), "A, B, C et 2 autres"),
        ],
    )
    def test_filters_are_said(
        self, since: int | None, until: int | None, publishers: tuple[str, ...], line: str | None
    ) -> None:
        """“Nothing was said” is untrue of all times where only one week was searched."""
        query = make_query(
            published_from=datetime(2022, 12, since, tzinfo=UTC) if since else None,
            published_to=datetime(2022, 12, until, 23, 59, tzinfo=UTC) if until else None,
            publishers=publishers,
        )
        (part,) = render_answer(make_kept(make_answer(), query=query), "fr")
        filters = [each for each in part.content.split("\n") if each.startswith("-# Filtres")]
        assert filters == ([f"-# Filtres\u00a0: {line}"] if line else [])


class TestButtons:
    """What can be done with an answer stands under its last message."""

    def test_a_number_a_source_and_the_gestures(self) -> None:
        """All that a button knows is its id: a changed one would be dead after a restart."""
        answer = make_answer(make_citation(PONT, COST), make_citation(PONT, "dès le 9 janvier", label=2))
        (part,) = render_answer(make_kept(answer), "fr")
        assert [[(button.label, button.custom_id) for button in row] for row in part.buttons] == [
            [("1", f"dateline:source:{KEY}:1"), ("2", f"dateline:source:{KEY}:2")],
            [
                ("En savoir plus", f"dateline:more:{KEY}"),
                ("Pourquoi\u00a0?", f"dateline:why:{KEY}"),
                ("Exporter", f"dateline:export:{KEY}"),
                ("👍 Utile", f"dateline:helpful:{KEY}"),
                ("👎 Pas utile", f"dateline:not-helpful:{KEY}"),
            ],
        ]

    def test_where_nothing_is_said_there_is_nothing_to_dig_for(self) -> None:
        """A button that can only disappoint is worse than none."""
        (part,) = render_answer(make_kept(make_not_covered()), "en")
        assert [[button.label for button in row] for row in part.buttons] == [
            ["Why?", "Export", "👍 Helpful", "👎 Not helpful"]
        ]

    @pytest.mark.parametrize("count", [1, 5, 6, 20, 40])
    def test_discord_takes_the_buttons_of_any_number_of_sources(self, count: int) -> None:
        """A sixth row or a sixth button, and the whole answer is refused."""
        citations = tuple(make_citation(PONT, COST, label=label) for label in range(1, count + 1))
        parts = render_answer(make_kept(make_answer(*citations)), "fr")
        rows = parts[-1].buttons
        assert len(rows) <= 5
        assert all(1 <= len(row) <= 5 for row in rows)
        assert sum(len(row) for row in rows[:-1]) == min(count, 20)
        assert not any(part.buttons for part in parts[:-1])


class TestNotCovered:
    """Silence is explained."""

    def test_the_reason_and_the_nearest_articles_are_there(self) -> None:
        """A reader must see why, and where to read on."""
        answer = make_not_covered(
            PONT, make_english_article(), reason=Reason("name-missing", ("Emmanuel Macron",))
        )
        (part,) = render_answer(make_kept(answer), "fr")
        assert part.content.replace("\u00a0", " ").split("\n")[2:] == [
            "**La couverture ne répond pas à cette question.**",
            "Les articles les plus proches ne mentionnent pas : Emmanuel Macron.",
            "",
            "Les articles les plus proches :",
            "**Orvanne rénove son pont**",
            "Le Courrier d'Orvanne · 9 décembre 2022",
            "",
            "**Saltmere harbour to close**",
            "The Saltmere Gazette · 14 février 2023",
            "",
            "-# Index du 1er mars 2023, 2 articles, le plus récent du 14 février 2023.",
        ]

    def test_without_any_article_no_list_is_announced(self) -> None:
        """“The nearest articles:” above nothing reads like a fault."""
        (part,) = render_answer(make_kept(make_not_covered(reason=Reason("nothing-found"))), "en")
        assert "nearest" not in part.content

    def test_nothing_more_is_not_nothing(self) -> None:
        """Under an answer, “the coverage does not answer this” would contradict it."""
        answer = make_not_covered(reason=Reason("nothing-more"))
        (part,) = render_answer(make_kept(answer, follows="f" * 16), "en")
        assert "The coverage says nothing else" in part.content
        assert "does not answer" not in part.content


class TestAnything:
    """Whatever strangers wrote."""

    @given(
        st.lists(hostile_citations(), min_size=1, max_size=6), hostile, st.sampled_from(("fr", "en", "de"))
    )
    def test_nothing_is_made_but_what_we_make(self, cited: list[Citation], words: str, language: str) -> None:
        """A heading, a ping, an invite or a link to elsewhere in one article must not reach a server."""
        citations = [replace(citation, label=number) for number, citation in enumerate(cited, start=1)]
        kept = make_kept(make_answer(*citations), asked=f"q {words}", query=make_query(f"q {words}!"))
        allowed = {link.target for c in citations if (link := link_to(c.article.url, c.quote))}
        for part in render_answer(kept, language):
            found = read(part.content)
            assert found.kinds() <= {"quote", "bold", "small", "link"}
            assert {mark.target for mark in found.of("link")} <= allowed
            assert all(mark.words.startswith(("Lire le passage", "Read ")) for mark in found.of("link"))

    @given(st.lists(hostile_citations(), min_size=1, max_size=6))
    def test_nothing_is_lost_and_no_message_is_too_long(self, cited: list[Citation]) -> None:
        """Every quote whole, every source with its outlet and date, whatever its length."""
        citations = [replace(citation, label=number) for number, citation in enumerate(cited, start=1)]
        parts = render_answer(make_kept(make_answer(*citations)), "fr")
        assert all(length(part.content) <= LIMIT for part in parts)
        seen = seen_in(parts)
        for citation in citations:
            assert squeezed(quoted(citation.quote, "fr")) in seen
            assert squeezed(clean(citation.article.headline or "")[:120]) in seen
            assert squeezed(clean(citation.article.publisher or "")[:50]) in seen

    @given(st.lists(hostile_articles(), max_size=5), hostile)
    def test_silence_is_as_safe(self, nearest: list[Article], missing: str) -> None:
        """The name that is missing is the question's own, and headlines are shown here too."""
        answer = make_not_covered(*nearest, reason=Reason("name-missing", (missing,)))
        for part in render_answer(make_kept(answer), "en"):
            assert read(part.content).kinds() <= {"bold", "small"}

    @pytest.mark.parametrize("size", [1900, 6000, 20000])
    def test_a_quote_that_is_longer_than_a_message_is_shown_whole(self, size: int) -> None:
        """Each of its pieces is a quotation of its own, cut between sentences; the marks stand at its ends."""
        sentence = "Le conseil a voté *lundi* la rénovation du vieux pont, et M. Delmas s'en félicite. "
        article = make_article(text=(sentence * (size // len(sentence) + 1)).strip())
        parts = render_answer(make_kept(make_answer(make_citation(article))), "fr")
        quotes = [line for line in content_of(parts).split("\n") if line.startswith("> ")]
        assert squeezed(article.text) in seen_in(parts)
        assert quotes[0].startswith("> «")
        assert quotes[-1].endswith(r"» \[1\]")
        assert all(line.endswith(("félicite.", r"\[1\]")) for line in quotes)

    def test_a_word_of_six_thousand_letters_and_a_headline_of_as_many(self) -> None:
        """The quote is whole; of the headline its beginning is enough."""
        article = make_article(text="a" * 6000, headline="h" * 6000, publisher="p" * 6000)
        parts = render_answer(make_kept(make_answer(make_citation(article))), "fr")
        assert "a" * 6000 in seen_in(parts)
        assert f"**{'h' * 250}…**" in content_of(parts)
        assert f"{'p' * 100}…" in content_of(parts)

    def test_forty_sources(self) -> None:
        """Each is there, whole, in a message with its headline."""
        articles = [
            make_article(f"a{number}", headline=f"Titre {number}", url=f"https://courrier.example/{number}")
            for number in range(1, 41)
        ]
        citations = [make_citation(article, COST, label=n) for n, article in enumerate(articles, start=1)]
        parts = render_answer(make_kept(make_answer(*citations)), "fr")
        for number in range(1, 41):
            block = rf"\[{number}\] **Titre {number}**" + "\nLe Courrier d'Orvanne · 9 décembre 2022"
            assert sum(block in part.content for part in parts) == 1
        assert sum(len(read(part.content).of("link")) for part in parts) == 40


class TestInAModelsWords:
    """A chat model's sentences, and the words of the sources that carry them."""

    WRITTEN = "Les travaux du pont coûteront 3,5 millions d'euros."

    def _answer(self, sentence: str = WRITTEN, citation: Citation | None = None) -> Answer:
        answer = make_answer(
            citation or make_citation(PONT, COST),
            mode="generated",
            model="openai:gpt-x",
            dropped=(Dropped("number", 2),),
        )
        return replace(answer, statements=(Statement(sentence, (1,)),))

    def test_they_are_not_shown_as_quotes(self) -> None:
        """What a machine wrote must not look like what an outlet printed."""
        (part,) = render_answer(make_kept(self._answer()), "fr")
        lines = part.content.replace("\u00a0", " ").split("\n")
        assert rf"{self.WRITTEN} \[1\]" in lines
        assert rf"> « {COST} » \[1\]" in lines
        assert lines.index(rf"{self.WRITTEN} \[1\]") < lines.index(rf"> « {COST} » \[1\]")

    def test_whose_words_they_are_and_what_was_dropped_is_said(self) -> None:
        """A reader must know that a model wrote, and that it wrote more than is shown."""
        seen = seen_in(render_answer(make_kept(self._answer()), "en"))
        assert squeezed("Written by openai:gpt-x") in seen
        assert squeezed("not shown: 2") in seen

    def test_that_a_model_was_away_is_said(self) -> None:
        """Quotes instead of an answer in words need a reason."""
        answer = make_answer(make_citation(PONT, COST), model="openai:gpt-x", fallback="slow")
        assert squeezed("The model is too slow") in seen_in(render_answer(make_kept(answer), "en"))

    @given(hostile, hostile_citations())
    def test_a_model_cannot_make_anything_happen_either(self, sentence: str, citation: Citation) -> None:
        """A model repeats what an article tells it to: pings, links, headings."""
        for part in render_answer(make_kept(self._answer(f"mot {sentence}", citation)), "fr"):
            assert read(part.content).kinds() <= {"quote", "bold", "small", "link"}
            assert length(part.content) <= LIMIT
