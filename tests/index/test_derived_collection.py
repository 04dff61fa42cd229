"""A derived collection is as large as it is asked to be, and every place in it is true."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.derived_collection import derive
from index.storage.articles import SqliteArticles
from index.storage.layout import IndexFiles, open_published
from index.storage.vectors import ChromaVectors, facts_of
from index.storage.words import SqliteWords
from tests.builds import build, no_progress
from tests.factories import make_article, make_english_article

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_derived_collection_is_whole(tmp_path: Path) -> None:
    """What is measured on it must cost what a real one costs: each passage has its place, vector and words."""
    real, index = IndexFiles(tmp_path / "real"), IndexFiles(tmp_path / "derived")
    build(real.folder, [make_article(), make_english_article()])
    generation = derive(real, index, 60, no_progress)
    published, files = open_published(index)
    with (
        closing(SqliteArticles.open(files.articles)) as articles,
        closing(ChromaVectors.open(files.vectors)) as vectors,
        closing(SqliteWords.open(files.words, published.embedder_id, articles.text_digests)) as words,
    ):
        passages = list(articles.all_passages())
        ids = [passage.passage_id for passage in passages]
        stored = vectors.vectors(ids)
        assert published == generation
        assert (
            generation.passages
            == len(passages)
            == len(set(ids))
            == vectors.count()
            == len(words.packed_words(ids))
            >= 60
        )
        assert vectors.at_odds(ids) == []
        assert np.linalg.norm(np.stack(list(stored.values())), axis=1) == pytest.approx(1, abs=1e-5)
        for passage in passages:
            article = articles.article(passage.article_id)
            assert passage.span.of(article.text) == passage.text
            assert vectors.facts([passage.passage_id])[passage.passage_id] == facts_of(article, passage.span)
        assert len({articles.article(p.article_id).text for p in passages}) > 2
