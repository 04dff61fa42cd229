"""What comes near a question that nothing answers."""

from __future__ import annotations

from bot.answering.nearby import gap, near
from bot.types import Evidence
from index.types import Hit
from tests.factories import make_article, make_english_article, make_passage


def test_near_articles_are_counted_with_their_outlets_and_dates() -> None:
    """“3 articles, of 2 outlets, none after February” tells a reader where the coverage ends."""
    bridge, harbour = make_article(), make_english_article()
    undated = make_article("undated", published_at=None, publisher=None)
    evidence = [
        Evidence(1, make_passage(bridge), bridge, 3.0, 0.86, also_in=(harbour,)),
        Evidence(2, make_passage(bridge), bridge, 2.0, 0.85),
        Evidence(3, make_passage(undated), undated, 1.0, 0.84),
    ]
    found = gap(evidence)
    assert (found.articles, found.undated) == (3, 1)
    assert found.publishers == ("Le Courrier d'Orvanne", "The Saltmere Gazette")
    assert (found.oldest, found.newest) == (bridge.published_at, harbour.published_at)


def test_undated_articles_give_no_dates() -> None:
    """A date that is not known must not be made up."""
    undated = make_article(published_at=None)
    found = gap([Evidence(1, make_passage(undated), undated, 1.0, 0.8)])
    assert (found.oldest, found.newest, found.undated) == (None, None, 1)


def test_what_trails_the_best_does_not_come_near() -> None:
    """The best is not always the first: words that are shared move passages, too."""
    passage = make_passage(make_article())
    hits = [
        Hit(passage, 1.0, rank, "fused", cosine) for rank, cosine in enumerate((0.84, 0.86, 0.70), start=1)
    ]
    assert near(hits) == (hits[0], hits[1])
    assert near(()) == ()
