"""What every :class:`index.protocols.Retriever` must do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import ArticleNotFound
from tests.contracts.article_store import ALL, BRIDGE, EXTENT, HARBOUR, with_passages
from tests.factories import day, make_query

if TYPE_CHECKING:
    from index.protocols import Retriever

SPLIT_ARTICLES = tuple(with_passages(article) for article in ALL)


class RetrieverContract:
    """Subclass it as ``Test…`` with a fixture ``retriever`` over ``SPLIT_ARTICLES``."""

    @pytest.fixture
    def retriever(self) -> Retriever:
        """Return the retriever under test."""
        raise NotImplementedError

    def test_hits_are_ranked_best_first(self, retriever: Retriever) -> None:
        """Ranks count from one, scores fall, and no passage comes twice."""
        hits = retriever.retrieve(make_query())
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len({hit.passage.passage_id for hit in hits}) == len(hits)
        assert all(-1.001 <= hit.cosine <= 1.001 for hit in hits)

    def test_the_passage_that_answers_comes_first(self, retriever: Retriever) -> None:
        """A question in the words of a passage finds it."""
        best = retriever.retrieve(make_query("Combien coûteront les travaux du pont ?"))[0]
        assert best.passage.article_id == BRIDGE.article_id
        assert "3,5 millions" in best.passage.text

    @pytest.mark.parametrize("top_k", [1, 2, 3])
    def test_at_most_top_k_are_returned(self, retriever: Retriever, top_k: int) -> None:
        """The query's bound holds."""
        assert len(retriever.retrieve(make_query(top_k=top_k))) == top_k

    def test_a_passage_is_a_slice_of_its_article(self, retriever: Retriever) -> None:
        """Citations are made from hits, so every hit must stand where it says."""
        for hit in retriever.retrieve(make_query(top_k=50)):
            article = retriever.article(hit.passage.article_id)
            assert hit.passage.span.of(article.text) == hit.passage.text

    def test_filters_hold_for_every_hit(self, retriever: Retriever) -> None:
        """Whatever way a passage was found, the period and the outlet are kept to."""
        dated = retriever.retrieve(make_query("pont harbour wolf", published_from=day("2022-12-10")))
        assert {hit.passage.article_id for hit in dated} == {HARBOUR.article_id}
        named = retriever.retrieve(make_query("harbour wolf", publishers=("Le Courrier d'Orvanne",)))
        publishers = {retriever.article(hit.passage.article_id).publisher for hit in named}
        assert publishers == {"Le Courrier d'Orvanne"}
        assert retriever.retrieve(make_query(publishers=("Nobody's News",))) == ()
        spoken = retriever.retrieve(make_query("pont harbour wolf", languages=("en",)))
        assert {retriever.article(hit.passage.article_id).language for hit in spoken} == {"en"}

    def test_what_only_comes_near_passes_the_same_filters(self, retriever: Retriever) -> None:
        """The cheaper way of finding is bound by the query as the other one is, and finds the same passages."""
        for query in (make_query(top_k=50), make_query("pont harbour wolf", languages=("en",), top_k=50)):
            near, best = retriever.fused(query), retriever.retrieve(query)
            assert {hit.passage.passage_id for hit in near} == {hit.passage.passage_id for hit in best}
        assert len(retriever.fused(make_query(top_k=1))) == 1

    def test_words_find_only_what_shares_one(self, retriever: Retriever) -> None:
        """Somebody who types a headline is offered articles with its words, and none where no word is shared."""
        hits = retriever.lexical(make_query("harbour", language="en"))
        assert hits
        assert {hit.passage.article_id for hit in hits} == {HARBOUR.article_id}
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert {hit.found_by for hit in hits} == {"lexical"}
        assert len(retriever.lexical(make_query("harbour", language="en", top_k=1))) == 1
        assert retriever.lexical(make_query("zygomorphe")) == ()
        assert retriever.lexical(make_query("harbour", publishers=("Le Courrier d'Orvanne",))) == ()

    @pytest.mark.parametrize("question", ["", "🌉", '" OR *', "pont " * 4000, "pont\x00"])
    def test_no_question_is_an_error(self, retriever: Retriever, question: str) -> None:
        """An empty, endless or odd question gets hits or none."""
        assert len(retriever.retrieve(make_query(question, top_k=3))) <= 3

    def test_nearness_has_one_number_per_place_in_order(self, retriever: Retriever) -> None:
        """Sentences are chosen by it: the one that answers must be nearest, and the order kept."""
        question = "Combien coûteront les travaux du pont ?"
        best = retriever.retrieve(make_query(question))[0].passage
        other = retriever.retrieve(make_query("harbour wolf"))[0].passage
        near = retriever.nearness(question, [(other, other.span), (best, best.span), (other, other.span)])
        assert len(near) == 3
        assert near[0] == near[2]
        assert max(near) == near[1]
        assert all(-1.001 <= nearness <= 1.001 for nearness in near)
        assert retriever.nearness("Pont ?", ()) == ()

    def test_publishers_and_articles_are_those_of_the_collection(self, retriever: Retriever) -> None:
        """The outlets can be offered, and an article be shown whole."""
        assert retriever.publishers() == ("Le Courrier d'Orvanne", "The Saltmere Gazette")
        assert retriever.article(BRIDGE.article_id) == BRIDGE
        with pytest.raises(ArticleNotFound):
            retriever.article("nobody")

    def test_the_extent_is_that_of_the_collection(self, retriever: Retriever) -> None:
        """What is indexed is said by whoever searches it."""
        assert retriever.extent() == EXTENT

    def test_the_undated_are_counted(self, retriever: Retriever) -> None:
        """An answer within a period says how many articles gave no date."""
        assert retriever.undated(make_query(published_from=day("2022-01-01"))) == EXTENT.undated

    def test_the_generation_is_said(self, retriever: Retriever) -> None:
        """Under every answer stands which index gave it."""
        assert retriever.generation.articles == len(ALL)
