"""Articles, passages and full text come back as they went in, and no question breaks the search."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import IndexDamaged
from index.storage.articles import SqliteArticles
from index.types import Span
from tests.contracts.article_store import ALL, ArticleStoreContract, MakeArticles, with_passages
from tests.factories import make_article, make_english_article, make_passage, make_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.protocols import ArticleStore
    from index.types import Article, Passage

# NUL and half surrogate pairs are refused when a source is read.
_STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
_MEMORY = Path(":memory:")


class TestSqliteArticles(ArticleStoreContract):
    """The real store, written, closed and opened again."""

    @pytest.fixture
    def store_of(self, tmp_path: Path) -> Iterator[MakeArticles]:
        """Return what writes a file and opens it to read."""
        opened: list[SqliteArticles] = []

        def make(split_articles: Sequence[tuple[Article, Sequence[Passage]]]) -> ArticleStore:
            written = SqliteArticles.create(tmp_path / "articles.db")
            for article, passages in split_articles:
                written.add(article, passages)
            written.close()
            opened.append(SqliteArticles.open(tmp_path / "articles.db"))
            return opened[-1]

        yield make
        for store in opened:
            store.close()


@pytest.fixture
def store() -> Iterator[SqliteArticles]:
    """Return an empty store in memory."""
    with closing(SqliteArticles.create(_MEMORY)) as made:
        yield made


@pytest.fixture(scope="module")
def full() -> Iterator[SqliteArticles]:
    """Return a store of articles in five languages."""
    with closing(SqliteArticles.create(_MEMORY)) as made:
        for article in ALL:
            made.add(*with_passages(article))
        for language, text in (
            ("de", "Die Brücke bleibt bis Mai gesperrt."),
            ("ru", "Мост закрыт до мая."),
            ("ja", "橋は五月まで閉鎖されます。"),
        ):
            made.add(*with_passages(make_article(language, text=text, language=language)))
        yield made


class TestRoundTrip:
    """Whatever was read is stored and comes back."""

    @given(_STORABLE.filter(bool), _STORABLE, st.data())
    @example("🌉 pont\ufeff\u2028\r\n'\"\x01", "", None)
    def test_any_text_and_any_slice(self, text: str, headline: str, data: st.DataObject | None) -> None:
        """SQLite slices passages out of the text itself, so its characters must be Python's."""
        start = data.draw(st.integers(0, len(text) - 1)) if data else 1
        end = data.draw(st.integers(start + 1, len(text))) if data else len(text)
        article = make_article(text=text, headline=headline)
        passage = make_passage(article, span=Span(start, end))
        with closing(SqliteArticles.create(_MEMORY)) as store:
            store.add(article, [passage])
            assert store.article(article.article_id) == article
            assert store.passages([passage.passage_id]) == {passage.passage_id: passage}

    @given(
        st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001  # strategies add the zone
        st.integers(-14 * 60, 14 * 60),
    )
    def test_any_moment(self, moment: datetime, minutes: int) -> None:
        """A date that came back with another offset would be another version of the article."""
        published = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        article = make_article(published_at=published, updated_at=published, collected_at=published)
        with closing(SqliteArticles.create(_MEMORY)) as store:
            store.add(article, [])
            found = store.article(article.article_id)
        assert found.version_sha256 == article.version_sha256
        assert found.collected_at == published

    def test_every_fact(self, store: SqliteArticles) -> None:
        """A fact forgotten here would be missing under every answer."""
        article = make_article(
            text="Titre\nLe pont ferme.",
            dek="Un chapô",
            byline=("Lise Aubrac", "Paul Vernay"),
            dateline="ORVANNE (AFI)",
            section="Régions",
            updated_at=datetime(2022, 12, 10, tzinfo=UTC),
            collected_at=datetime(2022, 12, 11, 9, 8, 7, 654321, tzinfo=UTC),
            url="https://courrier.example/pont?a=é",
            headings=(Span(0, 5),),
            kept=(Span(4, 9), Span(12, 27)),
        )
        store.add(article, [])
        assert store.article(article.article_id) == article

    def test_articles_and_passages_come_in_order(self, store: SqliteArticles) -> None:
        """The digests of two builds are equal only if the order is."""
        articles = sorted(ALL, key=lambda article: article.article_id)
        for article in reversed(articles):
            store.add(*with_passages(article))
        assert list(store.articles()) == articles
        assert list(store.all_passages()) == [p for article in articles for p in with_passages(article)[1]]
        assert store.versions() == {article.article_id: article.version_sha256 for article in articles}

    def test_counts(self, store: SqliteArticles) -> None:
        """The manifest says how many there are, in all three tables."""
        assert store.counts() == (0, 0, 0)
        article, passages = with_passages(make_article())
        store.add(article, passages)
        assert store.counts() == (1, len(passages), len(passages))


class TestFiles:
    """A published file is read and never written."""

    def test_a_missing_file_is_not_made(self, tmp_path: Path) -> None:
        """Opening what is not there must fail and leave nothing behind."""
        with pytest.raises(IndexDamaged, match="build the index again"):
            SqliteArticles.open(tmp_path / "articles.db")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("content", [b"", b"garbage" * 1000])
    def test_a_file_that_holds_no_articles(self, tmp_path: Path, content: bytes) -> None:
        """What SQLite says about its own files is not for a person to read."""
        (tmp_path / "articles.db").write_bytes(content)
        with pytest.raises(IndexDamaged, match="build the index again"):
            SqliteArticles.open(tmp_path / "articles.db")
        assert (tmp_path / "articles.db").read_bytes() == content

    def test_a_published_file_cannot_be_changed(self, tmp_path: Path) -> None:
        """A reader that wrote would break the digest of the generation."""
        SqliteArticles.create(tmp_path / "articles.db").close()
        with (
            closing(SqliteArticles.open(tmp_path / "articles.db")) as store,
            pytest.raises(sqlite3.OperationalError, match="readonly"),
        ):
            store.add(make_article(), [])

    def test_odd_folder_names(self, tmp_path: Path) -> None:
        """A question mark or a percent sign in a folder's name must not be read as part of an address."""
        folder = tmp_path / "a?b%20c#é"
        folder.mkdir()
        SqliteArticles.create(folder / "articles.db").close()
        with closing(SqliteArticles.open(folder / "articles.db")) as store:
            assert store.counts() == (0, 0, 0)

    def test_opening_leaves_no_file_beside(self, tmp_path: Path) -> None:
        """Journals beside a published file would be taken for part of it."""
        SqliteArticles.create(tmp_path / "articles.db").close()
        with closing(SqliteArticles.open(tmp_path / "articles.db")) as store:
            store.counts()
            assert [path.name for path in tmp_path.iterdir()] == ["articles.db"]


class TestAnyQuestion:
    """No question whatsoever breaks the search."""

    @given(st.text(st.characters(), max_size=120))
    @example('"" AND {body headline} : (^x* NEAR/2 "y) OR NOT -z')
    @example("\x00\ud800\udfff\U0001e900½²①")
    def test_it_is_answered_or_finds_nothing(self, full: SqliteArticles, question: str) -> None:
        """Quotation marks, operators, NUL, emoji and half pairs are a question like any other."""
        found = full.search(make_query(question), 5)
        assert len(found) <= 5
        assert full.scores(make_query(question), list(found)) == pytest.approx(found)

    @pytest.mark.parametrize("size", [1000, 10_000])
    def test_a_question_of_thousands_of_words(self, full: SqliteArticles, size: int) -> None:
        """Twenty thousand characters must not overflow the parser of the full-text engine."""
        question = " ".join(f"m{number}" for number in range(size)) + " pont"
        assert full.search(make_query(question), 5)

    def test_letters_that_the_full_text_engine_does_not_know(self, full: SqliteArticles) -> None:
        """A word that is nothing to the engine must not hide the others."""
        assert full.search(make_query("𞤀𞤁𞤂 pont"), 5)


class TestLanguages:
    """Each article is searched in its own language."""

    def test_words_are_stemmed_as_the_article_is(self, store: SqliteArticles) -> None:
        """The question's language must not decide how the article's words are cut."""
        store.add(*with_passages(make_english_article()))
        store.add(*with_passages(make_article()))
        assert store.search(make_query("repaired", language="fr"), 5)
        assert store.search(make_query("camion", language="en"), 5)

    def test_a_language_added_later_is_searched_as_well(self, tmp_path: Path) -> None:
        """The list of languages is that of the file, whatever was asked before."""
        with closing(SqliteArticles.create(tmp_path / "one.db")) as one:
            one.add(*with_passages(make_article()))
            assert one.search(make_query("Saltmere"), 5) == {}
        with closing(SqliteArticles.create(tmp_path / "two.db")) as two:
            two.add(*with_passages(make_article()))
            two.add(*with_passages(make_english_article()))
            assert two.search(make_query("Saltmere"), 5)

    def test_a_name_does_not_count_once_per_language(self, store: SqliteArticles) -> None:
        """The same name in the question's every branch must score a passage once."""
        store.add(*with_passages(make_article("a", text="Le pont de Saltmere est fermé.", headline=None)))
        store.add(*with_passages(make_article("b", text="Le marché est fermé.", headline=None)))
        alone = store.search(make_query("Saltmere"), 5)
        full_text = store._full_text
        full_text._passages = replace(full_text._all_passages(), names=("fr", "de", "en"))
        full_text._matched = None
        assert store.search(make_query("Saltmere"), 5) == pytest.approx(alone)


def test_words_that_stand_nearly_everywhere_are_not_searched() -> None:
    """They cost most of a search's time and tell no passage from another; alone, they are all there is."""
    with closing(SqliteArticles.create(Path(":memory:"))) as store:
        for number in range(120):
            article = make_article(f"a{number}", text=f"Le pont numéro {number}.", headline=None)
            store.add(article, [make_passage(article)])
        assert len(store.search(make_query("le pont 7"), 200)) == 1
        assert len(store.search(make_query("le pont"), 200)) == 120
        assert store.search(make_query("le pont de Brackley"), 200) == {}


def test_what_is_removed_is_found_no_more() -> None:
    """Full text, counts and the frequency of words are as if the article had never been there."""
    with closing(SqliteArticles.create(_MEMORY)) as changed, closing(SqliteArticles.create(_MEMORY)) as plain:
        for article in ALL:
            changed.add(*with_passages(article))
        for article in ALL[1:]:
            plain.add(*with_passages(article))
        gone = changed.remove(ALL[0].article_id)
        assert len(gone) == len(with_passages(ALL[0])[1])
        assert changed.counts() == plain.counts()
        assert changed.passages(gone) == {}
        for words in ("rénovation du pont", "harbour ferries", "wolf", "crue"):
            query = make_query(words)
            assert changed.search(query, 10) == plain.search(query, 10)
