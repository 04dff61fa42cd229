"""Articles, words and full text in PostgreSQL: as in SQLite, for every generation, whatever is built meanwhile."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: pip install -e '.[shared]'")

from index.errors import IndexDamaged
from index.passages import split
from index.storage.articles import SqliteArticles
from index.storage.database import Database
from index.storage.shared_build import building
from index.storage.shared_index import SharedIndex
from index.types import Span
from tests.contracts.article_store import (
    ALL,
    BRIDGE,
    HARBOUR,
    ArticleStoreContract,
    MakeArticles,
    with_passages,
)
from tests.contracts.word_store import MakeWords, WordStoreContract
from tests.factories import FRENCH_TEXT, day, make_article, make_generation, make_passage, make_query
from tests.servers.shared import SHAPING, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from index.protocols import ArticleStore, WordStore
    from index.storage.postgres_articles import PostgresArticles
    from index.types import Article, Passage
    from tests.servers.postgres import PostgresServer

Open: TypeAlias = "Callable[[], PostgresArticles]"

QUESTIONS = (
    "rénovation du pont",
    "pont travaux camions harbour ferries wolf",
    "Saltmere",
    "a wolf at the gate",
    "NOT -pont* OR (harbour",
    "de la le les the",
)


@pytest.fixture(scope="module")
def database(postgres: PostgresServer) -> Database:
    """Return an empty database, shared by the tests of this module: each publishes generations of its own."""
    return Database.at(postgres.make_database("articles"))


@pytest.fixture
def open_published(database: Database) -> Iterator[Open]:
    """Return what opens the published generation; all that was opened is closed."""
    opened: list[PostgresArticles] = []

    def open_it() -> PostgresArticles:
        with closing(SharedIndex(database)) as shared:
            opened.append(shared.open_published()[1])
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


class TestPostgresArticles(ArticleStoreContract):
    """The same contract as SQLite's."""

    @pytest.fixture
    def store_of(self, database: Database, open_published: Open) -> MakeArticles:
        """Return what publishes a generation and opens it."""

        def make(split_articles: Sequence[tuple[Article, Sequence[Passage]]]) -> ArticleStore:
            publish(database, split_articles, keep=1)
            return open_published()

        return make


class TestPostgresWords(WordStoreContract):
    """The same contract as SQLite's."""

    @pytest.fixture
    def store_of(self, database: Database, open_published: Open) -> MakeWords:
        """Return what publishes a generation of passages with those words."""

        def make(words: Mapping[str, bytes]) -> WordStore:
            passages = [make_passage(span=Span(n, n + 1), ordinal=n) for n in range(len(words))]
            named = [
                type(passage)(name, passage.article_id, passage.ordinal, passage.span, passage.text)
                for name, passage in zip(words, passages, strict=True)
            ]
            publish(database, [(make_article(), named)], words=words)
            return open_published()

        return make


_WORD = st.sampled_from(
    [
        "pont",
        "Pont",
        "travaux",
        "travail",
        "harbour",
        "harbours",
        "le",
        "wolf",
        "élève",
        "crue",
        "2022",
        "3,5",
        "Æsir",
    ]
)
_TEXT = st.lists(_WORD, min_size=1, max_size=30).map(" ".join)
_ARTICLES = st.lists(
    st.tuples(_TEXT, st.sampled_from(["fr", "en", "de", "ru"]), _TEXT | st.none()), min_size=1, max_size=8
)


class TestAsInSqlite:
    """A question finds the same passages, with the same scores, wherever the collection lies."""

    @settings(max_examples=15)
    @given(_ARTICLES, st.lists(_TEXT, min_size=1, max_size=4))
    def test_scores_and_order_are_sqlite_s(
        self, database: Database, made: list[tuple[str, str, str | None]], questions: list[str]
    ) -> None:
        """Fusion weighs the scores against cosines: moving to a database must not move an answer."""
        pairs = [
            with_passages(make_article(f"{n}", text=text, language=language, headline=headline), target=40)
            for n, (text, language, headline) in enumerate(made)
        ]
        publish(database, pairs, keep=1)
        with (
            closing(SqliteArticles.create(Path(":memory:"))) as local,
            closing(SharedIndex(database)) as shared,
        ):
            for article, passages in pairs:
                local.add(article, passages)
            with closing(shared.open_published()[1]) as store:
                for question in questions:
                    expected = local.search(make_query(question), 50)
                    found = store.search(make_query(question), 50)
                    assert found == pytest.approx(expected, abs=1e-8)

    def test_everything_comes_back_in_order(self, database: Database, open_published: Open) -> None:
        """Verification re-digests the collection in the order in which it was built."""
        pairs = sorted((with_passages(article) for article in ALL), key=lambda pair: pair[0].article_id)
        publish(database, pairs)
        store = open_published()
        assert list(store.articles()) == [article for article, _ in pairs]
        assert list(store.all_passages()) == [passage for _, passages in pairs for passage in passages]
        versions = {name: version for name, (_, _, version) in store.row_digests().items()}
        assert versions == {article.article_id: article.version_sha256 for article in ALL}
        assert store.counts() == (4, 7, 7)

    @pytest.mark.parametrize("name", ["no\x00body", "", "é", "' OR true --"])
    def test_no_name_of_an_article_is_an_error_of_the_database(self, open_published: Open, name: str) -> None:
        """A person may type anything where an article's id belongs."""
        from index.errors import ArticleNotFound

        with pytest.raises(ArticleNotFound):
            open_published().article(name)

    def test_an_outlet_with_a_nul_is_nobody_s(self, open_published: Open) -> None:
        """PostgreSQL knows no NUL; a filter that holds one finds nothing."""
        assert open_published().search(make_query("pont", publishers=("Le\x00Courrier",)), 5) == {}


class TestGenerations:
    """A generation is what it was, until nobody needs it."""

    def test_only_what_changed_is_written(self, database: Database) -> None:
        """A nightly build of ten new articles must not send the archive again."""
        publish(database, [], shaping=SHAPING)
        assert publish(database, [with_passages(BRIDGE), with_passages(HARBOUR)])[1] == 2
        corrected = make_article(text=FRENCH_TEXT + " Le maire est absent.")
        assert publish(database, [with_passages(corrected), with_passages(HARBOUR)])[1] == 1
        assert publish(database, [with_passages(corrected), with_passages(HARBOUR)])[1] == 0

    def test_another_splitting_writes_everything_anew(self, database: Database) -> None:
        """The same article split otherwise has other passages of the same names."""
        publish(database, [with_passages(BRIDGE)])
        assert publish(database, [(BRIDGE, split(BRIDGE, target=400))])[1] == 1
        assert publish(database, [(BRIDGE, split(BRIDGE, target=400))], shaping="another model")[1] == 1

    def test_a_reader_sees_its_generation_whatever_is_built(
        self, database: Database, open_published: Open
    ) -> None:
        """Every answer is from one generation: articles, passages, and the weights of words."""
        publish(database, [with_passages(article) for article in ALL])
        before = open_published()
        found = [before.search(make_query(question), 50) for question in QUESTIONS]
        corrected = make_article(text="Le pont est fermé. Le pont, le pont !", published_at=day("2023-05-05"))
        publish(database, [with_passages(corrected)], keep=1)
        after = open_published()
        assert [before.search(make_query(question), 50) for question in QUESTIONS] == found
        assert before.article(BRIDGE.article_id) == BRIDGE
        assert (before.counts(), after.counts()) == ((4, 7, 7), (1, 1, 1))
        assert after.article(BRIDGE.article_id) == corrected
        assert set(after.passages([name for scores in found for name in scores])) == set()

    def test_what_nobody_has_open_goes(self, database: Database, open_published: Open) -> None:
        """A database that only grows is full one day."""
        publish(database, [with_passages(BRIDGE)], keep=1)
        held = open_published()
        publish(database, [with_passages(HARBOUR)], keep=1)
        assert (held.is_there(), _rows(database, "articles")) == (True, 2)
        held.close()
        publish(database, [with_passages(HARBOUR)], keep=1)
        assert _rows(database, "generations") == 1
        assert (_rows(database, "articles"), _rows(database, "passages")) == (
            1,
            len(with_passages(HARBOUR)[1]),
        )
        store = open_published()
        assert _rows(database, "stems") == len(store.stem_counts())
        assert _rows(database, "stem_places") == sum(store.stem_counts().values())

    def test_a_build_that_fails_leaves_nothing(self, database: Database, open_published: Open) -> None:
        """What is published goes on, and the next build begins as if there had been none."""
        publish(database, [with_passages(BRIDGE)], keep=1)
        with pytest.raises(RuntimeError):
            _write(database, HARBOUR, articles=1, passages=len(with_passages(HARBOUR)[1]), dies=True)
        assert [article.article_id for article in open_published().articles()] == [BRIDGE.article_id]
        assert publish(database, [with_passages(BRIDGE), with_passages(HARBOUR)])[1] == 1

    def test_what_arrives_is_counted(self, database: Database, open_published: Open) -> None:
        """A generation that is not what its manifest says is not published."""
        generation, _ = publish(database, [with_passages(BRIDGE)])
        with pytest.raises(IndexDamaged, match="not 9 and 99"):
            _write(database, BRIDGE, articles=9, passages=99)
        with closing(SharedIndex(database)) as shared:
            assert shared.published_id() == generation.generation_id


def _write(database: Database, article: Article, *, articles: int, passages: int, dies: bool = False) -> None:
    """Write a generation of one article that says that it holds so much; die before it is published."""
    with building(database, patience=1) as build, build.generation(SHAPING) as writer:
        writer.add(*with_passages(article), lambda names: dict.fromkeys(names, b""))
        writer.finish(make_generation(generation_id="g", articles=articles, passages=passages))
        if dies:
            raise RuntimeError("killed")


def _rows(database: Database, table: str) -> int:
    from sqlalchemy import text

    engine = database.engine()
    with engine.connect() as connection:
        count: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    engine.dispose()
    return count
