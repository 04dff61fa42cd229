"""One wire story in several outlets is one story; a correction is news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.reprints import fold, is_reprint
from index.sample_coverage import ARTICLES
from index.sources.files import read_sources
from tests.factories import FRENCH_TEXT, NOW, make_article

if TYPE_CHECKING:
    from index.types import Article


@pytest.fixture(scope="module")
def sample() -> tuple[Article, ...]:
    """Return the articles of the sample collection."""
    readings = read_sources([ARTICLES], max_bytes=20_000_000, now=NOW)
    return tuple(reading.article for reading in readings if reading.article is not None)


def test_the_wire_story_of_the_sample_is_one(sample: tuple[Article, ...]) -> None:
    """Three outlets print it, one with a paragraph more, one with a paragraph less; nobody else does."""
    several = [story for story in fold(sample) if len(story) > 1]
    assert [{article.publisher for article in story} for story in several] == [
        {"L'Écho de Montrelle", "Méridia 24", "Le Quotidien de Valbreuse"}
    ]


def test_a_correction_by_the_same_outlet_is_not_folded_away(sample: tuple[Article, ...]) -> None:
    """The corrected figure is what a reader must not miss."""
    flood = [a for a in sample if a.publisher == "Gazette des Trois-Vallées"]
    assert len(flood) == 2
    assert len(fold(flood)) == 2


def test_one_outlet_that_prints_the_same_words_twice_is_folded() -> None:
    """Nothing in the second is news."""
    assert is_reprint(make_article("a"), make_article("b"))


def test_outlets_that_are_not_named_may_be_several() -> None:
    """An export of wire copy names none."""
    longer = f"{FRENCH_TEXT} Le préfet s'est rendu sur place mardi matin."
    assert is_reprint(make_article("a", publisher=None), make_article("b", publisher=None, text=longer))


def test_half_a_wire_story_is_a_reprint() -> None:
    """An outlet with little room cuts from the end."""
    half = FRENCH_TEXT[: FRENCH_TEXT.index("\n")]
    assert is_reprint(make_article("a"), make_article("b", text=half, publisher="AFI"))


def test_a_shared_quotation_makes_no_reprint() -> None:
    """Two reporters at one press conference write down the same words."""
    quote = "« Nous ne pouvions plus attendre, les piles du vieux pont s'affaissent », a déclaré le maire."
    one = make_article(
        "a",
        text=f"{quote} Le chantier durera quatorze mois, les camions feront un détour par la vallée et l'école sera fermée.",
    )
    other = make_article(
        "b",
        publisher="AFI",
        text=f"Des riverains s'inquiètent de la poussière et du bruit, la nuit surtout, et demandent des contrôles. {quote}",
    )
    assert not is_reprint(one, other)


def test_texts_of_a_word_or_none_are_no_error() -> None:
    """An article may be nothing but its photograph's caption."""
    assert not is_reprint(make_article("a", text="Pont."), make_article("b", text="Loup.", publisher="AFI"))
    assert is_reprint(make_article("a", text="…"), make_article("b", text="!", publisher="AFI"))


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(("AFI", None, "Écho"))), max_size=8))
def test_every_article_is_in_one_story(kinds: list[tuple[str, str | None]]) -> None:
    """A list must lose nothing and show nothing twice, in whatever order the articles were found."""
    articles = [
        make_article(f"{number}", text=f"{kind} " * 9, publisher=publisher, published_at=None)
        for number, (kind, publisher) in enumerate(kinds)
    ]
    stories = fold(articles)
    assert sorted(a.article_id for story in stories for a in story) == sorted(a.article_id for a in articles)
    firsts = [articles.index(story[0]) for story in stories]
    assert firsts == sorted(firsts)
