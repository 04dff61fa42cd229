"""What every :class:`index.protocols.ArticleStore` must do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import pytest

from index.errors import ArticleNotFound
from index.generation import Extent
from index.passages import split
from index.types import Foreign, Span
from tests.factories import day, make_article, make_english_article, make_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.protocols import ArticleStore
    from index.types import Article, Passage

MakeArticles: TypeAlias = "Callable[[Sequence[tuple[Article, Sequence[Passage]]]], ArticleStore]"

BRIDGE = make_article()
HARBOUR = make_english_article()
UNDATED = make_article(
    "crue",
    text="La crue de la Sorgue a emporté la passerelle des tanneurs. Personne n'a été blessé.",
    headline=None,
    byline=(),
    published_at=None,
)
UNNAMED = make_article(
    "wolves",
    text="A wolf was seen near Brackley. Farmers asked the county for help.",
    language="en",
    headline="A wolf at the gate",
    publisher=None,
    published_at=day("2021-06-01"),
)
_ENGLISH = (
    "The harbour authority had warned that the two ferries were mooring far too close to each other, and that nobody "
    "was listening to what the pilots said about it."
)
MIXED = replace(
    make_article(
        "mixte",
        text=f"Le conseil a lu la lettre reçue lundi.\n{_ENGLISH}\nLe maire en discutera avec les armateurs.",
        headline="La lettre du port",
        published_at=None,
    ),
    foreign=(Foreign(Span(39, 39 + len(_ENGLISH)), "en"),),
)
ALL = (BRIDGE, HARBOUR, UNDATED, UNNAMED)
EXTENT = Extent(
    publishers=(("Le Courrier d'Orvanne", 2), ("The Saltmere Gazette", 1)),
    unnamed=1,
    languages=(("en", 2), ("fr", 2)),
    oldest_published_at=day("2021-06-01"),
    newest_published_at=day("2023-02-14T17:05"),
    undated=1,
)


def with_passages(article: Article, target: int = 150) -> tuple[Article, tuple[Passage, ...]]:
    """Return an article with its passages."""
    return article, split(article, target=target)


class ArticleStoreContract:
    """Subclass it as ``Test…`` with a fixture ``store_of``."""

    @pytest.fixture
    def store_of(self) -> MakeArticles:
        """Return what makes a store that holds the given articles with their passages."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, store_of: MakeArticles) -> ArticleStore:
        """Return a store of four articles in two languages, one undated, one without an outlet."""
        return store_of([with_passages(article) for article in ALL])

    def test_an_article_comes_back_equal(self, store: ArticleStore) -> None:
        """A citation is checked against the article that comes back, so nothing of it may change."""
        for article in ALL:
            assert store.article(article.article_id) == article

    def test_an_unknown_article_is_named(self, store: ArticleStore) -> None:
        """The error must say which id is not there."""
        with pytest.raises(ArticleNotFound, match="nobody"):
            store.article("nobody")

    def test_passages_come_back_equal_by_id(self, store: ArticleStore) -> None:
        """A hit is made of what comes back: id, place and words."""
        expected = {p.passage_id: p for article in ALL for p in with_passages(article)[1]}
        assert store.passages(expected) == expected

    def test_unknown_passages_are_left_out(self, store: ArticleStore) -> None:
        """One id that is not there must not hide those that are."""
        known = with_passages(BRIDGE)[1][0].passage_id
        assert set(store.passages([known, "nobody"])) == {known}
        assert store.passages([]) == {}

    def test_languages_are_those_of_the_articles(self, store: ArticleStore) -> None:
        """How much shared words weigh depends on it."""
        french, english = with_passages(BRIDGE)[1][0], with_passages(HARBOUR)[1][0]
        found = store.languages([french.passage_id, english.passage_id, "nobody"])
        assert found == {french.passage_id: "fr", english.passage_id: "en"}

    def test_publishers_are_named_once_in_order(self, store: ArticleStore) -> None:
        """The outlets are offered for choosing; articles that name none add nothing."""
        assert store.publishers() == ("Le Courrier d'Orvanne", "The Saltmere Gazette")

    def test_the_extent_says_what_is_there(self, store: ArticleStore) -> None:
        """The person who asks what is covered must see every outlet, and what could not be told."""
        assert store.extent() == EXTENT

    def test_the_largest_come_first_and_equals_in_order(self, store_of: MakeArticles) -> None:
        """A list that is cut short must lose the small ones, and two builds must list alike."""
        made = [("b", "Beta", "en"), ("c", "Ceta", "fr"), ("c2", "Ceta", "fr"), ("a", "Alpha", "en")]
        store = store_of(
            [with_passages(make_article(name, publisher=who, language=what)) for name, who, what in made]
        )
        assert store.extent().publishers == (("Ceta", 2), ("Alpha", 1), ("Beta", 1))
        assert store.extent().languages == (("en", 2), ("fr", 2))

    def test_dates_of_the_extent_keep_their_zone(self, store_of: MakeArticles) -> None:
        """An article of half past midnight in Paris must not be dated to the day before."""
        paris = make_article(published_at=day("2022-12-09T00:30:00.25+01:00"))
        extent = store_of([with_passages(paris)]).extent()
        assert extent.oldest_published_at == extent.newest_published_at == paris.published_at
        assert extent.newest_published_at is not None
        assert extent.newest_published_at.utcoffset() == timedelta(hours=1)

    def test_the_extent_of_nothing_is_nothing(self, store_of: MakeArticles) -> None:
        """An empty collection has no first and no last day."""
        extent = store_of([]).extent()
        assert extent == Extent(
            publishers=(),
            unnamed=0,
            languages=(),
            oldest_published_at=None,
            newest_published_at=None,
            undated=0,
        )

    @pytest.mark.parametrize(
        ("question", "article"),
        [
            ("rénovation du pont", BRIDGE),
            ("RENOVATION DU PONT", BRIDGE),
            ("les camions détournés", BRIDGE),
            ("le camion", BRIDGE),
            ("ferry islands", HARBOUR),
            ("Saltmere", HARBOUR),
            ("passerelles emportées", UNDATED),
            ("farmer", UNNAMED),
        ],
    )
    def test_words_find_their_article(self, store: ArticleStore, question: str, article: Article) -> None:
        """Accents, case and inflection do not matter, in the language of each article."""
        best = next(iter(store.search(make_query(question), 10)))
        assert store.passages([best])[best].article_id == article.article_id

    def test_search_is_best_first_and_bounded(self, store: ArticleStore) -> None:
        """A higher score is better, and no more than ``top_k`` come."""
        found = store.search(make_query("pont travaux camions harbour ferries wolf"), 3)
        assert len(found) == 3
        assert list(found.values()) == sorted(found.values(), reverse=True)

    def test_a_word_that_nobody_wrote_finds_nothing(self, store: ArticleStore) -> None:
        """No shared word, no hit: lexical search must not invent."""
        assert store.search(make_query("zygomatique"), 10) == {}

    @pytest.mark.parametrize("question", ["", " ", "?!", "🌉🌉", "_", "%", "*"])
    def test_a_question_without_words_finds_nothing(self, store: ArticleStore, question: str) -> None:
        """What holds no word matches no passage, and not every passage."""
        assert store.search(make_query(question), 10) == {}

    @pytest.mark.parametrize(
        "question",
        [
            '"', "'", "NEAR(pont travaux)", "pont AND", "OR", "NOT pont", "headline : pont", "-pont", "^pont",
            "{body} : pont", "pont*", '"pont', "𝐍𝐎𝐓 𝐀𝐍𝐃 𝐎𝐑", "(pont", "pont\x00travaux", "langfr", "body", "\ud800", "½ ²",
        ],
    )  # fmt: skip
    def test_operators_are_words_or_nothing(self, store: ArticleStore, question: str) -> None:
        """No question may be read as an instruction to the search engine."""
        store.search(make_query(question), 10)
        store.scores(make_query(question), ["nobody"])

    def test_an_operator_does_not_exclude(self, store: ArticleStore) -> None:
        """A "NOT" and a minus are words like any other: the passage about the bridge is still found."""
        plain = store.search(make_query("pont"), 10)
        assert plain
        assert set(store.search(make_query("NOT -pont"), 10)) >= set(plain)

    @pytest.mark.parametrize(
        ("since", "until", "publishers", "expected"),
        [
            (None, None, (), {BRIDGE, HARBOUR, UNDATED, UNNAMED}),
            (None, None, ("Le Courrier d'Orvanne",), {BRIDGE, UNDATED}),
            (None, None, ("Nobody's News",), set()),
            ("2022-12-09", None, (), {BRIDGE, HARBOUR}),
            (None, "2022-12-09", (), {BRIDGE, UNNAMED}),
            ("2022-12-09", "2022-12-09", (), {BRIDGE}),
            ("2022-01-01", None, ("The Saltmere Gazette",), {HARBOUR}),
        ],
    )
    def test_filters_narrow_the_search(
        self,
        store: ArticleStore,
        since: str | None,
        until: str | None,
        publishers: tuple[str, ...],
        expected: set[Article],
    ) -> None:
        """Both ends of a period count, an undated article is in no period, outlets are exact names."""
        query = make_query(
            "pont harbour passerelle wolf",
            published_from=day(since) if since else None,
            published_to=day(until) if until else None,
            publishers=publishers,
        )
        found = store.passages(store.search(query, 50)).values()
        assert {passage.article_id for passage in found} == {article.article_id for article in expected}

    @pytest.mark.parametrize(
        ("languages", "expected"),
        [
            (("fr",), {BRIDGE, UNDATED}),
            (("en",), {HARBOUR, UNNAMED}),
            (("en", "fr"), set(ALL)),
            (("de",), set()),
        ],
    )
    def test_languages_narrow_the_search(
        self, store: ArticleStore, languages: tuple[str, ...], expected: set[Article]
    ) -> None:
        """The English-language coverage is what is written in English, whoever wrote it."""
        found = store.search(make_query("pont harbour passerelle wolf", languages=languages), 50)
        passages = store.passages(found).values()
        assert {passage.article_id for passage in passages} == {article.article_id for article in expected}

    def test_a_mixed_article_is_of_two_languages(self, store_of: MakeArticles) -> None:
        """An English paragraph of a French article is English: what stands around it is not."""
        split_article = with_passages(MIXED)
        before, within, after = (passage.passage_id for passage in split_article[1])
        store = store_of([split_article])
        assert store.languages([before, within, after]) == {before: "fr", within: "en", after: "fr"}
        # "mooring" is stemmed as English only: what people type is inflected otherwise.
        assert set(store.search(make_query("moored ferry", language="en"), 10)) == {within}
        assert set(store.search(make_query("armateur", language="fr"), 10)) == {after}
        assert store.scores(make_query("mooring", language="en"), [before, within]).keys() == {within}
        for languages, expected in ((("en",), {within}), (("fr",), {before, after}), (("de",), set())):
            found = store.search(make_query("lettre harbour conseil armateurs", languages=languages), 10)
            assert set(found) == expected
        assert store.undated(make_query(languages=("en",))) == 1
        assert store.undated(make_query(languages=("de",))) == 0
        assert dict(store.extent().languages) == {"fr": 1}

    def test_the_undated_that_a_period_leaves_out_are_counted(self, store: ArticleStore) -> None:
        """The answer says how many; only those count that the other filters would have let pass."""
        since = day("2022-01-01")
        assert store.undated(make_query(published_from=since, published_to=day("2022-12-31"))) == 1
        assert store.undated(make_query(published_from=since, publishers=("Le Courrier d'Orvanne",))) == 1
        assert store.undated(make_query(published_from=since, publishers=("The Saltmere Gazette",))) == 0
        assert store.undated(make_query(languages=("en",))) == 0

    def test_scores_are_those_of_the_search(self, store: ArticleStore) -> None:
        """Candidates that dense search brought are weighed on the same scale as the others."""
        query = make_query("pont travaux harbour county")
        found = store.search(query, 50)
        everything = [p.passage_id for article in ALL for p in with_passages(article)[1]]
        assert store.scores(query, everything) == pytest.approx(found)

    def test_scores_leave_out_what_shares_no_word(self, store: ArticleStore) -> None:
        """Nothing in common is no score, which counts as zero."""
        wolf = with_passages(UNNAMED)[1][0].passage_id
        assert store.scores(make_query("pont"), [wolf]) == {}
        assert store.scores(make_query("pont"), []) == {}

    def test_the_headline_counts_as_words_of_its_passages(self, store: ArticleStore) -> None:
        """A passage that says "the work" is found by what the article is about."""
        found = store.search(make_query("gate"), 10)
        assert set(found) == {passage.passage_id for passage in with_passages(UNNAMED)[1]}
        assert min(found.values()) > 0.01
