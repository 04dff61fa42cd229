"""An article shown with what is known of it: other versions, and other places that print it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rich.console import Console

from bot.rendering.as_json import shown_object, versions_objects
from bot.rendering.shown import render_shown, render_versions
from bot.shown import ReadVersion, Shown
from index.types import Foreign, Span
from tests.factories import make_article

ARTICLE = make_article()
OTHER = make_article("copy", publisher="La Gazette", published_at=datetime(2022, 12, 10, tzinfo=UTC))


def _printed(renderable: object) -> str:
    console = Console(file=io.StringIO(), width=300, highlight=False)
    console.print(renderable)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().replace("\u00a0", " ")


def _shown(**facts: object) -> Shown:
    known = {"article": ARTICLE, "standing": "current", "current": ARTICLE, "others": 0}
    return Shown(**(known | facts))  # type: ignore[arg-type]  # the facts of a test, each of its type


def test_an_article_that_stands_alone_is_shown_as_it_is() -> None:
    """Where there are no other versions and no reprints, nothing is said of them."""
    printed = _printed(render_shown(_shown(), "fr"))
    assert printed.rstrip().endswith(ARTICLE.text.rstrip())
    assert printed.startswith("Orvanne rénove son pont")


def test_reprints_are_named_in_their_order() -> None:
    """The likely original stands first, with outlet, date and id, and the article that is shown is marked."""
    printed = _printed(render_shown(_shown(prints=(ARTICLE, OTHER)), "en"))
    assert f"1. Le Courrier d'Orvanne · 9 December 2022 · {ARTICLE.article_id}  ← this article" in printed
    assert f"2. La Gazette · 10 December 2022 · {OTHER.article_id}\n" in printed
    assert [facts["article_id"] for facts in shown_object(_shown(prints=(ARTICLE, OTHER)))["prints"]] == [
        ARTICLE.article_id,
        OTHER.article_id,
    ]


def test_a_paragraph_in_another_language_is_named() -> None:
    """An article of two languages says which passage is in which."""
    article = replace(ARTICLE, foreign=(Foreign(Span(0, 30), "en"),))
    printed = _printed(render_shown(_shown(article=article), "fr"))
    assert f"Passage en anglais : {article.text[:30].rstrip()}…" in printed


def test_strangers_words_obey_nothing() -> None:
    """An outlet's name cannot colour a terminal."""
    copy = replace(OTHER, publisher="\x1b[31mrouge")
    assert "\x1b" not in _printed(render_shown(_shown(prints=(ARTICLE, copy)), "fr"))


def test_the_version_of_the_index_is_marked() -> None:
    """Of all versions the one that answers come from is told apart, and what each changed."""
    now = datetime(2023, 1, 1, tzinfo=UTC)
    newer = replace(ARTICLE, text=ARTICLE.text.replace("3,5", "4,1"), updated_at=now)
    versions = (ReadVersion(ARTICLE, now), ReadVersion(newer, now + timedelta(days=1)))
    first, *rest = _printed(render_versions(versions, newer.version_sha256, "fr")).splitlines()
    assert "dans l’index" not in first
    assert rest[0].endswith("← dans l’index")
    old, new = versions_objects(versions, newer.version_sha256)
    assert (old["in_index"], new["in_index"]) == (False, True)
    assert old["changes"] == []
    assert any("4,1" in line for line in new["changes"])
