"""A researcher can put the coverage into a chain, and still cite it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from index.retrieval.langchain_retriever import CoverageRetriever
from index.types import Span
from tests.contracts.article_store import ALL, BRIDGE, UNDATED
from tests.contracts.retriever import SPLIT_ARTICLES
from tests.factories import make_generation
from tests.fakes import FakeRetriever

if TYPE_CHECKING:
    from index.types import Hit, Query


@pytest.fixture(scope="module")
def coverage() -> CoverageRetriever:
    """Return the LangChain retriever over four articles."""
    return CoverageRetriever(
        retriever=FakeRetriever(make_generation(articles=len(ALL)), SPLIT_ARTICLES), top_k=3
    )


def test_documents_are_passages_verbatim(coverage: CoverageRetriever) -> None:
    """Words that a chain quotes must be the article's own, at the offsets in the metadata."""
    by_id = {article.article_id: article for article in ALL}
    documents = coverage.invoke("Combien coûteront les travaux du pont ?")
    assert len(documents) == 3
    for document in documents:
        article = by_id[document.metadata["article_id"]]
        span = Span(document.metadata["start"], document.metadata["end"])
        assert span.of(article.text) == document.page_content
        assert document.metadata["version_sha256"] == article.version_sha256


def test_metadata_say_where_a_passage_stands(coverage: CoverageRetriever) -> None:
    """What a citation needs is there under the promised names, as JSON can hold it."""
    best = coverage.invoke("Combien coûteront les travaux du pont ?")[0]
    assert best.metadata == {
        "article_id": BRIDGE.article_id,
        "version_sha256": BRIDGE.version_sha256,
        "start": best.metadata["start"],
        "end": best.metadata["end"],
        "headline": "Orvanne rénove son pont",
        "publisher": "Le Courrier d'Orvanne",
        "published_at": "2022-12-09T00:00:00+00:00",
        "url": None,
        "source_path": "coverage/pont.txt",
        "score": best.metadata["score"],
    }
    assert best.id is not None
    assert best.id.startswith(BRIDGE.article_id)


def test_best_first(coverage: CoverageRetriever) -> None:
    """A chain that takes the first document takes the best."""
    scores = [document.metadata["score"] for document in coverage.invoke("La crue et la passerelle")]
    assert scores == sorted(scores, reverse=True)


def test_an_undated_article_has_no_date(coverage: CoverageRetriever) -> None:
    """What the article does not say is None, not an invented day."""
    best = coverage.invoke("La crue de la Sorgue a emporté la passerelle des tanneurs")[0]
    assert best.metadata["article_id"] == UNDATED.article_id
    assert best.metadata["published_at"] is None
    assert best.metadata["headline"] is None


def test_it_can_be_awaited(coverage: CoverageRetriever) -> None:
    """Chains run in event loops too."""
    question = "Combien coûteront les travaux du pont ?"
    assert asyncio.run(coverage.ainvoke(question)) == coverage.invoke(question)


def test_it_can_stand_in_a_chain(coverage: CoverageRetriever) -> None:
    """It composes like every other LangChain part."""
    chain = coverage | (lambda documents: [document.page_content for document in documents])
    assert len(chain.invoke("pont")) == 3


@pytest.mark.parametrize("question", ["", "🌉", '" OR *'])
def test_an_odd_question_is_no_error(coverage: CoverageRetriever, question: str) -> None:
    """A chain must not fall over a question without words."""
    assert len(coverage.invoke(question)) <= 3


def test_the_language_is_told_from_the_question() -> None:
    """How much shared words weigh depends on it, and a chain passes only a string."""
    seen: list[tuple[str, int]] = []

    class Listening(FakeRetriever):
        def retrieve(self, query: Query) -> tuple[Hit, ...]:
            seen.append((query.language, query.top_k))
            return super().retrieve(query)

    coverage = CoverageRetriever(retriever=Listening(make_generation(), SPLIT_ARTICLES), top_k=2)
    coverage.invoke("Combien coûteront les travaux du vieux pont de pierre ?")
    coverage.invoke("How much will the repair of the old harbour cost the county?")
    assert seen == [("fr", 2), ("en", 2)]
