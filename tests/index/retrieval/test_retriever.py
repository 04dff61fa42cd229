"""Dense and lexical search together find what either alone would miss."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.words_in_place import packed, unpacked
from index.passages import embedded_text
from index.retrieval.fusion import fused
from index.retrieval.interaction import best_matches, weighed
from index.retrieval.retriever import HybridRetriever
from index.storage.articles import SqliteArticles
from index.storage.vectors import facts_of
from index.types import Span
from tests.contracts.retriever import SPLIT_ARTICLES, RetrieverContract
from tests.factories import make_article, make_generation, make_passage, make_query
from tests.fakes import FakeEmbedder, FakeVectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.protocols import Retriever
    from index.types import Article, Hit, Passage, Query

_MEMORY = Path(":memory:")


class KeptWords:
    """Words in a dictionary."""

    def __init__(self) -> None:
        """Begin empty."""
        self.by_passage: dict[str, bytes] = {}

    def add(self, passage_ids: Sequence[str], packed_words: Sequence[bytes]) -> None:
        """Store the words of passages."""
        self.by_passage.update(zip(passage_ids, packed_words, strict=True))

    def packed_words(self, passage_ids: Sequence[str]) -> dict[str, bytes]:
        """Return the stored words of those ids that are there."""
        return {name: self.by_passage[name] for name in passage_ids if name in self.by_passage}

    def close(self) -> None:
        """Let go of nothing."""


class Collection:
    """The parts of a retriever over some articles.

    Args:
        split_articles: articles with their passages.
        candidates: passages that each way of finding brings.
        lexical_weight: weight of shared words within a language.
        lexical_weight_across: the same across languages.
    """

    def __init__(
        self,
        split_articles: Sequence[tuple[Article, Sequence[Passage]]],
        *,
        candidates: int = 100,
        lexical_weight: float = 0.35,
        lexical_weight_across: float = 0.1,
    ) -> None:
        """Store everything."""
        self.embedder = FakeEmbedder()
        self.articles = SqliteArticles.create(_MEMORY)
        self.vectors = FakeVectors()
        self.words = KeptWords()
        for article, passages in split_articles:
            self.articles.add(article, passages)
            rows, words = self.embedder.read_passages([embedded_text(article, p) for p in passages])
            names = [passage.passage_id for passage in passages]
            self.vectors.add(names, rows, [facts_of(article, passage.span) for passage in passages])
            self.words.add(names, [packed(one) for one in words])
        self.embedder.embedded.clear()
        self.retriever = HybridRetriever(
            make_generation(articles=len(split_articles)),
            self.articles,
            self.vectors,
            self.words,
            self.embedder,
            candidates=candidates,
            lexical_weight=lexical_weight,
            lexical_weight_across=lexical_weight_across,
        )

    def close(self) -> None:
        """Let go of the stores."""
        self.articles.close()
        self.words.close()


def one_passage(name: str, text: str, language: str = "fr") -> tuple[Article, tuple[Passage, ...]]:
    """Return an article without a headline that is a single passage."""
    article = make_article(name, text=text, language=language, headline=None)
    return article, (make_passage(article),)


class TestHybridRetriever(RetrieverContract):
    """The real retriever over the real full text."""

    @pytest.fixture
    def retriever(self) -> Iterator[Retriever]:
        """Return it over the contract's articles."""
        with closing(Collection(SPLIT_ARTICLES)) as collection:
            yield collection.retriever


@pytest.fixture
def collection() -> Iterator[Collection]:
    """Return the contract's articles."""
    with closing(Collection(SPLIT_ARTICLES)) as made:
        yield made


def names(hits: Sequence[Hit]) -> list[str]:
    """Return the passages' ids in order."""
    return [hit.passage.passage_id for hit in hits]


def test_each_way_of_finding_says_its_name(collection: Collection) -> None:
    """Evaluation prints a row for each, and a hit says how it was found."""
    query = make_query()
    retriever = collection.retriever
    assert {hit.found_by for hit in retriever.retrieve(query)} == {"fused"}
    assert {hit.found_by for hit in retriever.fused(query)} == {"fused"}
    assert {hit.found_by for hit in retriever.dense(query)} == {"dense"}
    assert {hit.found_by for hit in retriever.lexical(query)} == {"lexical"}


def test_a_question_in_capitals_is_encoded_in_lower_case(collection: Collection) -> None:
    """The model hardly knows words in capitals: who shouts gets the answer of who does not."""
    collection.retriever.retrieve(make_query("QUI A VOTÉ LA RÉNOVATION ?"))
    assert collection.embedder.asked[-1:] == ["qui a voté la rénovation ?"]


def test_dense_scores_are_cosines(collection: Collection) -> None:
    """The score of a dense hit is compared between questions, so it must be the cosine itself."""
    query = make_query()
    (question,) = FakeEmbedder().embed_questions([query.text])
    for hit in collection.retriever.dense(query):
        article = collection.articles.article(hit.passage.article_id)
        (passage,) = FakeEmbedder().embed_passages([embedded_text(article, hit.passage)])
        assert hit.score == pytest.approx(float(question @ passage), abs=1e-6)


@pytest.mark.parametrize("way", ["dense", "lexical", "fused", "retrieve"])
def test_every_hit_has_its_cosine(collection: Collection, way: str) -> None:
    """Whether the collection answers at all is judged by it, whatever way the passage was found."""
    query = make_query("pont travaux passerelle")
    (question,) = FakeEmbedder().embed_questions([query.text])
    hits: tuple[Hit, ...] = getattr(collection.retriever, way)(query)
    assert hits
    stored = collection.vectors.vectors(names(hits))
    for hit in hits:
        cosine = float(stored[hit.passage.passage_id] @ question)
        assert hit.cosine == pytest.approx(cosine, abs=1e-6)


def test_lexical_hits_share_a_word(collection: Collection) -> None:
    """A passage without any word of the question is no lexical hit."""
    hits = collection.retriever.lexical(make_query("passerelle"))
    assert hits
    assert all("passerelle" in hit.passage.text for hit in hits)


@pytest.mark.parametrize("question", ["Le pont ferme lundi matin Zéphyrine", "le pont numéro 3 rue 7"])
def test_every_candidate_has_both_scores(question: str) -> None:
    """What only words found is weighed by its cosine too, and what only meaning found by its words."""
    crowd = [
        one_passage(f"crowd{n}", f"Le pont numéro {n} ferme lundi matin rue {n % 9}.") for n in range(30)
    ]
    rare = one_passage("rare", "Zéphyrine a ouvert une boulangerie au coin de la place des Tanneurs hier.")
    query = make_query(question, top_k=10)
    with closing(Collection([*crowd, rare], candidates=10)) as few:
        vector = few.embedder.embed_questions([question])[0]
        nearest, matching = few.vectors.nearest(vector, 10, query), few.articles.search(query, 10)
        assert set(nearest) != set(matching), "the two ways must bring different passages here"
        cosines = {
            name: float(row @ vector) for name, row in few.vectors.vectors([*nearest, *matching]).items()
        }
        expected = fused(cosines, few.articles.scores(query, list(cosines)), dict.fromkeys(cosines, 0.35))
        found = {hit.passage.passage_id: hit.score for hit in few.retriever.fused(query)}
    assert found == pytest.approx(dict(list(expected.items())[:10]))


def test_weight_zero_leaves_the_dense_order() -> None:
    """With no lexical weight at all the fused order is the dense order."""
    with closing(Collection(SPLIT_ARTICLES, lexical_weight=0, lexical_weight_across=0)) as collection:
        query = make_query("pont harbour wolf travaux")
        assert names(collection.retriever.fused(query)) == names(collection.retriever.dense(query))


def test_passages_are_ranked_by_their_words_in_place() -> None:
    """The passage that has a word for each word of the question wins over one that is near as a whole."""
    with closing(Collection(SPLIT_ARTICLES, lexical_weight=0, lexical_weight_across=0)) as collection:
        query, retriever = make_query("travaux passerelle loup"), collection.retriever
        hits = retriever.retrieve(query)
        stored = collection.words.packed_words(names(hits))
        rows = [unpacked([stored[name]], 64)[0].vectors for name in names(hits)]
        near = weighed(best_matches(collection.embedder.read_question(query.text)[1], rows))
        assert near.tolist() == sorted(near.tolist(), reverse=True)
        assert names(hits) != names(retriever.fused(query)), "the two orders must differ here"


def test_given_passages_are_ranked_as_those_that_are_found(collection: Collection) -> None:
    """What is measured among a question's own candidates must be the ranking that answers."""
    query = make_query()
    found = collection.retriever.retrieve(query)
    assert collection.retriever.rank(query, names(found)) == found
    assert collection.retriever.rank(query, names(found)[1:2])[0].passage == found[1].passage
    assert collection.retriever.rank(query, []) == ()


def test_a_span_is_as_near_as_its_own_words(collection: Collection) -> None:
    """A sentence must not be credited with the words of its neighbour, nor with the headline's."""
    passage = next(h.passage for h in collection.retriever.retrieve(make_query()) if "3,5" in h.passage.text)
    start = passage.span.start + passage.text.index("3,5")
    places = [(passage, Span(start, start + 3)), (passage, passage.span), (passage, Span(10**6, 10**6 + 1))]
    figures, whole, nowhere = collection.retriever.nearness("3,5", places)
    assert figures == pytest.approx(1, abs=0.02)
    assert whole == pytest.approx(figures)
    assert nowhere == -1
    elsewhere = (passage, Span(passage.span.start, start))
    assert collection.retriever.nearness("3,5", [elsewhere])[0] < 0.9


def test_words_that_are_lost_are_made_anew(collection: Collection) -> None:
    """A damaged file of words makes answers slower, not worse."""
    query = make_query("Combien coûteront les travaux du pont ?")
    before = collection.retriever.retrieve(query)
    collection.words.by_passage.clear()
    assert collection.retriever.retrieve(query) == before


def test_shared_words_count_within_a_language_only() -> None:
    """A question in French lifts the French passage that shares its word above the English one."""
    french = one_passage("fr", "Saltmere rouvre.", "fr")
    english = one_passage("en", "Saltmere rouvre.", "en")
    others = [one_passage(f"o{n}", f"Mot {n} sans rapport.", "fr") for n in range(4)]
    with closing(Collection([french, english, *others])) as collection:
        in_french = collection.retriever.retrieve(make_query("Saltmere", language="fr"))
        in_english = collection.retriever.retrieve(make_query("Saltmere", language="en"))
    assert names(in_french)[:2] == [french[1][0].passage_id, english[1][0].passage_id]
    assert names(in_english)[:2] == [english[1][0].passage_id, french[1][0].passage_id]


def test_a_question_is_embedded_once(collection: Collection) -> None:
    """Finding passages and weighing their sentences share one encoding of the question."""
    retriever = collection.retriever
    retriever.retrieve(make_query())
    passage = retriever.retrieve(make_query())[0].passage
    retriever.nearness(make_query().text, [(passage, passage.span)])
    retriever.dense(make_query())
    assert collection.embedder.asked == [make_query().text]


def test_another_question_is_embedded_anew(collection: Collection) -> None:
    """The vector that is kept must be that of the question that is asked."""
    retriever = collection.retriever
    first = retriever.retrieve(make_query("pont"))
    retriever.retrieve(make_query("harbour"))
    assert retriever.retrieve(make_query("pont")) == first
    assert collection.embedder.asked == ["pont", "harbour", "pont"]


def test_what_comes_near_is_looked_for_once(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    """More of the same candidates cost no second search, and another question never gets the first one's."""
    first = collection.retriever.retrieve(make_query())
    searched: list[Query] = []
    search = collection.articles.search

    def noted(query: Query, top_k: int) -> dict[str, float]:
        searched.append(query)
        return search(query, top_k)

    monkeypatch.setattr(collection.articles, "search", noted)
    assert collection.retriever.retrieve(replace(make_query(), top_k=50))[: len(first)] == first
    assert not searched
    collection.retriever.retrieve(make_query("Deichbruch"))
    assert [query.text for query in searched] == ["Deichbruch"]


def test_finding_embeds_no_passages(collection: Collection) -> None:
    """Stored vectors are used: embedding passages for a question would take seconds."""
    collection.retriever.retrieve(make_query())
    assert collection.embedder.embedded == []


def test_more_may_be_wanted_than_candidates() -> None:
    """A query for more passages than there are candidates must get them."""
    crowd = [one_passage(f"crowd{n}", f"Le pont numéro {n} ferme.") for n in range(30)]
    with closing(Collection(crowd, candidates=10)) as collection:
        assert len(collection.retriever.retrieve(make_query("pont", top_k=25))) == 25


@pytest.fixture(scope="module")
def shared() -> Iterator[Collection]:
    """Return the contract's articles once for all examples of a property."""
    with closing(Collection(SPLIT_ARTICLES)) as made:
        yield made


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_question(shared: Collection, question: str) -> None:
    """Every question gets ranked hits, each once, however odd it is."""
    hits = shared.retriever.retrieve(make_query(question, top_k=5))
    assert len(hits) == 5
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert len(set(names(hits))) == 5
