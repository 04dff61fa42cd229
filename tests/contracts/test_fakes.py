"""The fakes pass the contracts of the real parts, or no test that uses them proves anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.article_store import ALL
from tests.contracts.embedder import EmbedderContract
from tests.contracts.retriever import SPLIT_ARTICLES, RetrieverContract
from tests.contracts.vector_store import MakeVectors, VectorStoreContract
from tests.factories import make_generation
from tests.fakes import FakeEmbedder, FakeRetriever, FakeVectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.protocols import Embedder, PassageFacts, Retriever, Vectors, VectorStore


class TestFakeEmbedder(EmbedderContract):
    """The bag of words as a model."""

    tolerance = 0.0

    @pytest.fixture
    def embedder(self) -> Embedder:
        """Return the fake."""
        return FakeEmbedder()

    def test_another_name_is_another_model(self) -> None:
        """Tests of stale indexes need two models whose ids and vectors differ."""
        one, other = FakeEmbedder(), FakeEmbedder("other")
        assert one.embedder_id != other.embedder_id
        assert one.embed_passages(["Pont."]).tobytes() != other.embed_passages(["Pont."]).tobytes()


class TestFakeVectors(VectorStoreContract):
    """The dictionary as a store."""

    @pytest.fixture(scope="class")
    @classmethod
    def store_of(cls) -> MakeVectors:
        """Return what fills a dictionary."""

        def make(names: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> VectorStore:
            store = FakeVectors()
            store.add(names, vectors, facts)
            return store

        return make


class TestFakeRetriever(RetrieverContract):
    """The bag of words as a retriever."""

    @pytest.fixture
    def retriever(self) -> Retriever:
        """Return the fake over the contract's articles."""
        return FakeRetriever(make_generation(articles=len(ALL)), SPLIT_ARTICLES)
