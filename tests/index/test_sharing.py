"""A builder's folder, a database and a Chroma server put together: built once, read from elsewhere."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: pip install -e '.[shared]'")

from pydantic import SecretStr
from sqlalchemy import text

from index import build_wiring, wiring
from index.build import BuildLine
from index.embedding.vector_cache import VectorCache
from index.errors import IndexAway, IndexDamaged, IndexMissing
from index.previous import Previous
from index.progress import Clock
from index.settings import IndexSettings, load_settings
from index.shared_wiring import share_with, shared_index, sharing
from index.storage.chroma_server import ChromaServer, sweep_collections
from index.storage.database import Database
from index.storage.layout import IndexFiles
from tests.builds import GivenCoverage, no_progress
from tests.contracts.article_store import ALL
from tests.contracts.retriever import RetrieverContract
from tests.factories import NOW, make_query
from tests.fakes import FakeEmbedder
from tests.servers.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.build import BuildSummary
    from index.protocols import Retriever
    from index.types import Article
    from tests.servers.chroma import RunningChroma
    from tests.servers.postgres import PostgresServer

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def embedder(monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    """Put the fake in the model's place, and return it: it knows what was embedded."""
    fake = FakeEmbedder()
    monkeypatch.setattr(wiring, "make_embedder", lambda _: fake)
    return fake


@pytest.fixture(scope="module")
def address(postgres: PostgresServer) -> str:
    """Return the address of one database for this module: each test publishes what it reads."""
    return postgres.make_database("sharing")


def settings_of(
    folder: Path, *, database: str | None = None, chroma: RunningChroma | None = None
) -> IndexSettings:
    """Return settings for an index in a folder and on servers."""
    return load_settings(
        IndexSettings,
        index_dir=folder / "index",
        cache_dir=folder / "cache",
        passage_characters=150,
        database_url=SecretStr(database) if database else None,
        chroma_url=chroma.url if chroma else None,
    )


@pytest.fixture
def shared(tmp_path: Path, address: str, chroma_server: RunningChroma) -> IndexSettings:
    """Return the settings of a builder, with both servers."""
    return settings_of(tmp_path / "builder", database=address, chroma=chroma_server)


@pytest.fixture
def elsewhere(tmp_path: Path, address: str, chroma_server: RunningChroma) -> IndexSettings:
    """Return the settings of a bot on another machine: the same servers, and a folder that is not there."""
    return settings_of(tmp_path / "bot", database=address, chroma=chroma_server)


def build(settings: IndexSettings, articles: Sequence[Article]) -> BuildSummary:
    """Build from a folder of records, as a person does."""
    sources = settings.index_dir.parent / "coverage"
    shutil.rmtree(sources, ignore_errors=True)
    sources.mkdir(parents=True)
    records = (
        {
            "id": article.source_path,
            "title": article.headline,
            "text": article.text,
            "date": article.published_at.isoformat() if article.published_at else None,
            "publisher": article.publisher,
            "language": article.language,
        }
        for article in articles
    )
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (sources / "articles.jsonl").write_text(lines, encoding="utf-8")
    return build_wiring.build_index(settings, [sources], no_progress)


def found_by(settings: IndexSettings, question: str) -> list[tuple[str, float]]:
    """Return passages and scores of a question, asked by somebody who opens the index anew."""
    with closing(wiring.open_retriever(settings)) as retriever:
        return [(hit.passage.passage_id, hit.score) for hit in retriever.retrieve(make_query(question))]


def faults_of(settings: IndexSettings) -> list[str]:
    """Return what is untrue about the published generation."""
    with wiring.published_faults(settings) as (_, faults):
        return list(faults)


class TestSharedRetriever(RetrieverContract):
    """The retriever over both servers passes the contract of the one over a folder."""

    @pytest.fixture(scope="class")
    @classmethod
    def retriever(
        cls, postgres: PostgresServer, chroma_server: RunningChroma, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Retriever]:
        """Return one over the contract's articles, as they are."""
        folder = tmp_path_factory.mktemp("retriever")
        settings = settings_of(folder, database=postgres.make_database("retriever"), chroma=chroma_server)
        index, fake = IndexFiles(settings.index_dir), FakeEmbedder()
        index.folder.mkdir()
        with closing(VectorCache.open(index.vector_cache)) as cache, sharing(settings, index, 5) as shared:
            line = BuildLine(
                index=index,
                embedder=fake,
                cache=cache,
                passage_characters=150,
                progress=no_progress,
                clock=Clock(),
                share=share_with(shared),
            )
            line.run(GivenCoverage(ALL), Previous(), now=NOW)
        with closing(wiring.open_retriever(settings, fake)) as opened:
            yield opened


class TestBuilding:
    """What a build shares."""

    def test_another_machine_answers_as_the_builder(
        self, shared: IndexSettings, elsewhere: IndexSettings
    ) -> None:
        """Wherever the parts lie, a question finds the same, and nothing is written where it is asked."""
        build(shared, ALL)
        alone = shared.model_copy(update={"database_url": None, "chroma_url": None})
        for question in ("rénovation du pont", "Ferries to the islands", "wolf", "camions"):
            found = found_by(elsewhere, question)
            assert [name for name, _ in found] == [name for name, _ in found_by(alone, question)]
            assert dict(found) == pytest.approx(dict(found_by(alone, question)), abs=1e-6)
        assert faults_of(elsewhere) == []
        with closing(wiring.open_articles(elsewhere)) as articles:
            assert len(list(articles.articles())) == len(ALL)
        assert not elsewhere.index_dir.exists()

    def test_a_second_build_embeds_and_sends_what_is_new(
        self, shared: IndexSettings, elsewhere: IndexSettings, embedder: FakeEmbedder
    ) -> None:
        """The pointer moves, and older generations go from both servers."""
        build(shared, ALL[:2])
        embedder.embedded.clear()
        last = build(shared, ALL).generation.generation_id
        assert len(embedder.embedded) == 2
        with closing(shared_index(elsewhere)) as index:
            assert index.published_id() == last
        assert faults_of(elsewhere) == []

    def test_a_folder_moves_to_servers(self, shared: IndexSettings, elsewhere: IndexSettings) -> None:
        """Somebody sets the two addresses and builds again: nothing else is to be done."""
        alone = shared.model_copy(update={"database_url": None, "chroma_url": None})
        build(alone, ALL)
        build(shared, ALL)
        assert found_by(elsewhere, "wolf") == found_by(shared, "wolf")

    def test_vectors_alone_may_be_on_a_server(self, tmp_path: Path, chroma_server: RunningChroma) -> None:
        """The folder's own pointer publishes them."""
        settings = settings_of(tmp_path, chroma=chroma_server)
        build(settings, ALL[:2])
        build(settings, ALL)
        assert found_by(settings, "wolf")
        assert faults_of(settings) == []

    def test_articles_alone_may_be_in_a_database(self, tmp_path: Path, address: str) -> None:
        """The vectors stay in the folder of the machine that builds, and a bot beside it answers."""
        settings = settings_of(tmp_path, database=address)
        build(settings, ALL)
        assert found_by(settings, "wolf")
        assert faults_of(settings) == []

    def test_servers_that_are_away_are_named_before_the_work(
        self, tmp_path: Path, postgres: PostgresServer, embedder: FakeEmbedder
    ) -> None:
        """Nobody wants to hear it after an hour of embedding."""
        with pytest.raises(IndexAway, match="database"):
            build(settings_of(tmp_path, database=postgres.address(port=free_port())), ALL)
        nobody = load_settings(
            IndexSettings, index_dir=tmp_path / "index", chroma_url=f"http://127.0.0.1:{free_port()}"
        )
        with pytest.raises(IndexAway, match="Chroma"):
            build(nobody, ALL)
        assert embedder.embedded == []

    def test_vectors_that_were_lost_are_sent_again(
        self, shared: IndexSettings, chroma_server: RunningChroma
    ) -> None:
        """A server that was emptied is filled by the next build; until then the fault has a name."""
        build(shared, ALL)
        _empty(shared, chroma_server)
        with pytest.raises(IndexDamaged, match="no collection"):
            wiring.open_retriever(shared)
        build(shared, ALL)
        assert faults_of(shared) == []

    def test_versions_are_asked_for_where_they_are(self, elsewhere: IndexSettings) -> None:
        """They stay with the builder; another machine says so."""
        with pytest.raises(IndexMissing, match="machine that builds"):
            wiring.open_past_versions(elsewhere)


def _empty(settings: IndexSettings, chroma_server: RunningChroma) -> None:
    with closing(shared_index(settings)) as index:
        sweep_collections(ChromaServer(chroma_server.url), index.identity(), set())


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE articles SET text = replace(text, 'pont', 'port') WHERE until IS NULL",
            "are not those that were written",
        ),
        ("UPDATE passages SET span_start = span_start + 1", "are not those that were written"),
        ("UPDATE passages SET words = words || 'x'::bytea", "not whole"),
        ("UPDATE stem_places SET frequency = frequency + 1", "words of passage"),
        ("DELETE FROM stem_places", "passages in full text"),
        ("UPDATE stem_counts SET passages = passages + 1", "counts of words"),
        ("DELETE FROM passages", "articles, passages, passages in full text: expected"),
    ],
)
def test_what_was_altered_in_the_database_is_found(
    tmp_path: Path, address: str, statement: str, named: str
) -> None:
    """verify_index.py proves what machines share as it proves a folder."""
    settings = settings_of(tmp_path, database=address)
    build(settings, ALL)
    engine = Database.at(address).engine()
    with engine.connect() as connection:
        connection.execute(text(statement))
        try:
            assert any(named in fault for fault in faults_of(settings))
        finally:
            connection.execute(text("DROP SCHEMA dateline CASCADE"))
    engine.dispose()
