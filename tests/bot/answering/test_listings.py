"""Lists: best first, in order of date, near to a claim; reprints folded, and nothing beside the topic."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.listings import MOST_EVENTS, MOST_FOUND, MOST_NEAREST, nearest, search, timeline
from bot.answering.question import LONGEST_QUESTION, read_question
from index.passages import split
from tests.bot.asking import PASSAGE_CHARACTERS
from tests.factories import day, make_article, make_english_article, make_generation, make_query
from tests.fakes import FakeRetriever

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.types import Listing
    from index.types import Article, Hit, Query


class _Squeezed(FakeRetriever):
    """The bag of words with cosines that lie as close together as the model's: 0.75 to 0.85."""

    def retrieve(self, query: Query) -> tuple[Hit, ...]:
        """Return the hits with a squeezed cosine."""
        return tuple(replace(hit, cosine=0.75 + 0.10 * hit.cosine) for hit in super().retrieve(query))


WOLVES = (
    "Les loups du plateau d'Ourcelle sont onze. Les loups ont tué moins de brebis cette année.",
    "Les loups du plateau reviennent vers la vallée. Un berger a compté trois loups près du col.",
    "La préfecture autorise des tirs contre les loups. Les éleveurs du plateau approuvent les tirs.",
)
OTHERS = (
    "Le conseil municipal a voté la rénovation du vieux pont. Les travaux dureront quatorze mois.",
    "La chorale donnera un concert samedi soir. Les billets coûtent douze euros.",
    "La pluie a noyé les caves du quartier bas. Les pompiers ont travaillé toute la nuit.",
    "Un incendie a détruit la scierie. Personne n'est blessé.",
)


def articles_of(texts: Sequence[str], prefix: str = "a") -> list[Article]:
    """Return articles of as many outlets, a day apart."""
    return [
        make_article(
            f"{prefix}{number}",
            text=text,
            headline=None,
            byline=(),
            publisher=f"Outlet {prefix}{number}",
            published_at=day(f"2022-05-{number + 1:02}"),
        )
        for number, text in enumerate(texts)
    ]


def retriever_of(*articles: Article) -> FakeRetriever:
    """Return a retriever over articles."""
    return _Squeezed(
        make_generation(articles=len(articles)),
        [(article, split(article, target=PASSAGE_CHARACTERS)) for article in articles],
    )


def knowing(cosines: dict[Article, float], *others: Article) -> FakeRetriever:
    """Return a retriever that knows how near some articles come; the others come as near as by chance."""
    by_id = {article.article_id: cosine for article, cosine in cosines.items()}

    class _Knowing(FakeRetriever):
        def retrieve(self, query: Query) -> tuple[Hit, ...]:
            hits = super().retrieve(query)
            return tuple(replace(hit, cosine=by_id.get(hit.passage.article_id, 0.78)) for hit in hits)

    everything = (*cosines, *others)
    return _Knowing(make_generation(), [(a, split(a, target=PASSAGE_CHARACTERS)) for a in everything])


def topic(text: str) -> Query:
    """Return a topic as it reaches the lists."""
    return replace(read_question(text, top_k=10), language="fr")


def listed(listings: Sequence[Listing]) -> list[Article]:
    """Return the articles of a list."""
    return [listing.article for listing in listings]


ABOUT_WOLVES = articles_of(WOLVES)
EVERYTHING = (*ABOUT_WOLVES, *articles_of(OTHERS, "o"))


class TestSearch:
    """Articles for words."""

    def test_the_best_article_comes_first_with_its_nearest_sentence(self) -> None:
        """One line an article, and the line shows why it is there."""
        found = search(topic("la préfecture et les loups"), retriever_of(*EVERYTHING))
        assert found[0].article == ABOUT_WOLVES[2]
        assert found[0].citation.quote == "La préfecture autorise des tirs contre les loups."
        assert [listing.citation.label for listing in found] == list(range(1, len(found) + 1))
        assert len({a.article_id for a in listed(found)}) == len(found)

    def test_words_that_nobody_writes_list_nothing(self) -> None:
        """A list of the nearest would pretend that something was found."""
        assert search(topic("bitcoin cryptomonnaies"), retriever_of(*EVERYTHING)) == ()

    @pytest.mark.parametrize("names", list(permutations(("Late", "Early", "Undated"))))
    def test_reprints_stand_beside_the_best_in_order_of_date(self, names: tuple[str, ...]) -> None:
        """Three outlets with one wire story are one find, whichever of them was found first."""
        when = {"Late": day("2022-03-03"), "Early": day("2022-03-01"), "Undated": None}
        by_outlet = {
            outlet: make_article(
                f"{number}", text=WOLVES[0], headline=None, publisher=outlet, published_at=when[outlet]
            )
            for number, outlet in enumerate(names)
        }
        retriever = retriever_of(*by_outlet.values(), *articles_of(OTHERS))
        (found,) = search(topic("loups Ourcelle"), retriever)
        in_order = [by_outlet["Early"], by_outlet["Late"], by_outlet["Undated"]]
        assert list(found.also_in) == [article for article in in_order if article != found.article]
        assert len(found.also_in) == 2

    def test_at_most_so_many(self) -> None:
        """A list is read on a phone."""
        many = articles_of(
            [f"Les loups numéro {n} mangent {n} brebis au lieu-dit {n} dans la nuit {n}." for n in range(25)]
        )
        assert len(search(topic("loups"), retriever_of(*many))) == MOST_FOUND

    def test_filters_hold(self) -> None:
        """What the guild's managers chose holds for lists too."""
        query = replace(topic("loups"), publishers=("Outlet a1",))
        assert listed(search(query, retriever_of(*EVERYTHING))) == [ABOUT_WOLVES[1]]


class TestTimeline:
    """The coverage of a topic in order of date."""

    def test_events_come_in_order_of_date_undated_last(self) -> None:
        """Relevance must not replace chronology."""
        texts = articles_of(WOLVES)
        undated = replace(texts[0], published_at=None)
        events = timeline(
            topic("loups plateau"), retriever_of(texts[2], undated, texts[1], *articles_of(OTHERS, "o"))
        )
        assert listed(events) == [texts[1], texts[2], undated]
        assert [event.citation.label for event in events] == [1, 2, 3]

    def test_only_what_is_about_the_topic_is_listed(self) -> None:
        """A chronology with strangers in it tells another story."""
        assert set(listed(timeline(topic("loups"), retriever_of(*EVERYTHING)))) == set(ABOUT_WOLVES)

    @pytest.mark.parametrize("beside", ["bitcoin", "élection présidentielle", "world cup final", "🌋 volcan"])
    def test_a_topic_that_is_not_covered_lists_nothing(self, beside: str) -> None:
        """Something is always nearest."""
        assert timeline(topic(beside), retriever_of(*EVERYTHING)) == ()

    def test_a_story_stands_at_its_first_printing(self) -> None:
        """The outlet that printed the wire first is when it happened."""
        first, second = (
            make_article(name, text=WOLVES[0], headline=None, publisher=name, published_at=day(when))
            for name, when in (("Zulu", "2022-02-01"), ("Alpha", "2022-02-02"))
        )
        events = timeline(topic("loups"), retriever_of(second, first, *articles_of(OTHERS)))
        assert [(event.article, event.also_in) for event in events] == [(first, (second,))]

    def test_an_article_in_other_words_is_listed_when_it_leads_clearly(self) -> None:
        """Across languages no word is shared; only the nearness can tell."""
        wolf = make_article("wolf", text="A wolf was seen near Brackley.", language="en", headline=None)
        retriever = knowing({wolf: 0.84}, *articles_of(OTHERS))
        assert listed(timeline(topic("loups"), retriever)) == [wolf]

    def test_an_article_that_names_the_topic_in_passing_is_not_listed(self) -> None:
        """A rugby team may be called the wolves."""
        rugby = make_article("rugby", text="Les loups ont gagné leur match.", headline=None)
        retriever = knowing({ABOUT_WOLVES[0]: 0.88, rugby: 0.82}, *articles_of(OTHERS, "o"))
        assert listed(timeline(topic("loups"), retriever)) == [ABOUT_WOLVES[0]]

    def test_of_a_long_story_the_best_are_listed(self) -> None:
        """A list has an end; what is cut must be what is least about it."""
        texts = [f"Les loups ont mangé {n} brebis au lieu-dit numéro {n} cette nuit." for n in range(25)]
        best = make_article(
            "best",
            text="Les loups ont mangé des loups au lieu-dit numéro deux cette nuit.",
            headline=None,
            publisher="Best",
            published_at=day("2023-01-01"),
        )
        events = timeline(topic("loups"), retriever_of(*articles_of(texts), best))
        assert len(events) == MOST_EVENTS
        assert events[-1].article == best

    def test_an_empty_collection_has_no_history(self) -> None:
        """No article at all is no error."""
        assert timeline(topic("loups"), retriever_of()) == ()


class TestNearest:
    """What comes nearest to a claim."""

    def test_the_nearest_sentences_come_first_each_once(self) -> None:
        """The reader compares them with the claim; the same words twice would only look like two sources."""
        found = nearest(topic("La préfecture autorise des tirs contre les loups"), retriever_of(*EVERYTHING))
        assert found[0].citation.quote == "La préfecture autorise des tirs contre les loups."
        assert len(found) <= MOST_NEAREST
        assert len({(f.article.article_id, f.citation.span) for f in found}) == len(found)
        assert [f.citation.label for f in found] == list(range(1, len(found) + 1))

    def test_a_sentence_that_others_print_too_is_shown_once(self) -> None:
        """One wire sentence in two outlets is one source."""
        one, other = make_article("one"), make_article("other", publisher="AFI")
        found = nearest(topic("Les travaux coûteront 3,5 millions d'euros"), retriever_of(one, other))
        assert "3,5 millions" in found[0].citation.quote
        assert {found[0].article, *found[0].also_in} == {one, other}
        assert len({f.citation.quote for f in found}) == len(found)

    def test_a_claim_as_long_as_a_question_may_be_is_searched(self) -> None:
        """People write long messages."""
        claim = ("Les loups du plateau ont tué des brebis. " * 40)[:LONGEST_QUESTION]
        assert nearest(topic(claim), retriever_of(*EVERYTHING))[0].article in ABOUT_WOLVES

    def test_few_sentences_are_encoded_however_large_the_collection(self) -> None:
        """Encoding a sentence takes a hundredth of a second, and somebody waits."""
        many = articles_of(
            [f"Les loups {n} sont là. Ils sont {n}. Le berger {n} veille. Fin." for n in range(28)]
        )
        for listing in (search, timeline, nearest):
            retriever = retriever_of(*many)
            before = len(retriever.embedder.embedded)
            listing(topic("loups"), retriever)
            assert len(retriever.embedder.embedded) - before <= 100


@given(st.text(max_size=60))
def test_whatever_is_searched_every_quote_stands_where_it_says(text: str) -> None:
    """A list cites as an answer does: verbatim, in the article that it names."""
    retriever = retriever_of(make_article(), make_english_article())
    for listing in (search, timeline, nearest):
        for line in listing(make_query(text), retriever):
            assert line.citation.article == line.article
            assert line.article not in line.also_in
