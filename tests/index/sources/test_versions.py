"""The same article more than once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from index.sources.drafts import canonical_url
from index.sources.versions import settle
from index.types import Article, Reading


def reading(path: str, text: str = "Un texte.", **facts: Any) -> Reading:
    """Return a reading of an article."""
    article = Article(**{"article_id": path, "source_path": path, "text": text, "language": "fr", **facts})
    return Reading(source_path=path, status="read", article=article)


def statuses(*readings: Reading) -> list[str]:
    """Return what became of each reading."""
    return [settled.status for settled in settle(readings)]


def day(number: int) -> datetime:
    """Return a day of March 2024."""
    return datetime(2024, 3, number, tzinfo=UTC)


def test_the_same_words_again_are_a_duplicate() -> None:
    """Headline, text and outlet of an earlier article make a duplicate that names it."""
    first, second = settle([reading("a"), reading("b")])
    assert (first.status, second.status) == ("read", "duplicate")
    assert "a" in str(second.reason)


def test_another_outlet_s_copy_is_its_own_article() -> None:
    """Wire copy in two outlets is two articles."""
    assert statuses(reading("a", publisher="X"), reading("b", publisher="Y")) == ["read", "read"]


def test_the_newest_version_counts() -> None:
    """Of several versions under one id the newest is read, by update before publishing."""
    old = reading("a", "Premier.", article_id="x", published_at=day(1), updated_at=day(5))
    new = reading("b", "Second.", article_id="x", published_at=day(2))
    assert statuses(old, new) == ["read", "superseded"]


def test_without_dates_the_later_version_counts() -> None:
    """Undated versions are ordered as they were read."""
    assert statuses(reading("a", "Un.", article_id="x"), reading("b", "Deux.", article_id="x")) == [
        "superseded",
        "read",
    ]


def test_refusals_pass_through() -> None:
    """What was refused stays refused, in its place."""
    refused = Reading(source_path="r", status="refused", reason="It is empty.")
    assert settle([refused, reading("a")])[0] is refused


def test_addresses_differ_in_what_matters_only() -> None:
    """Case of the host, fragment and tracking do not make another address; everything else does."""
    address = canonical_url("https://Outlet.example/a/?utm_source=x&id=3#top")
    assert address == "https://outlet.example/a?id=3"
    assert canonical_url("https://outlet.example/A?id=3") != address
