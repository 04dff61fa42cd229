"""The page to read holds every quote character for character, and obeys nothing that an article says."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.types import Answer
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import answers, kepts, make_kept, silences
from tests.bot.rendering.exports.reading import COST, LANGUAGES, disputed, files, hostile, quotes, unanswered
from tests.factories import make_article, make_english_article, make_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from bot.types import Kept

_VIEWER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What is undone as the documentation says.
_MARKDOWN_SIGN = re.compile(r"\\(\n> |.)|&#x([0-9A-F]+);")
# A viewer shows that something stands there that it has no sign for.
_NO_SIGN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def times(kept: Kept) -> int:
    """Return how often each quote stands in the page: as it answers, unless a model's words do; with its source."""
    return 1 if isinstance(kept.answer, Answer) and kept.answer.mode == "generated" else 2


@given(kepts(answers()), st.sampled_from(LANGUAGES))
@example(hostile(), "fr")
def test_every_quote_can_be_read_back(kept: Kept, language: str) -> None:
    """A quote that changed on its way into the page is evidence of nothing."""
    statements, expected = _blockquotes(files(kept, language)["md"]), quotes(kept)
    assert statements == expected * times(kept)


@given(kepts(answers()), st.sampled_from(LANGUAGES))
@example(hostile(), "fr")
@example(make_kept(make_answer(make_citation(make_article(text="\n \nfin\n\n")))), "en")
def test_a_viewer_shows_every_quote_and_obeys_nothing(kept: Kept, language: str) -> None:
    """No text of an article or a question makes a heading, a list, a link, an image, a table or HTML."""
    tokens = _VIEWER.parse(files(kept, language)["md"])
    expected = [_NO_SIGN.sub("\ufffd", quote) for quote in quotes(kept)]
    assert [_shown(quote) for quote in _quoted(tokens)] == expected * times(kept)
    kinds = [token.type for token in tokens]
    assert kinds.count("heading_open") == 4 + len(expected)
    assert kinds.count("blockquote_open") == times(kept) * len(expected)
    assert kinds.count("bullet_list_open") == 1 + len(expected)
    assert not set(kinds) & {"ordered_list_open", "code_block", "fence", "hr", "html_block", "table_open"}
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {
        "text", "hardbreak", "softbreak", "code_inline", "link_open", "link_close",
    }  # fmt: skip
    assert {child.info for child in inside if child.type == "link_open"} <= {"auto"}


@given(kepts(silences()), st.sampled_from(LANGUAGES))
def test_a_silence_obeys_nothing_either(kept: Kept, language: str) -> None:
    """Headlines of nearest articles are strangers' text too."""
    tokens = _VIEWER.parse(files(kept, language)["md"])
    nearest = kept.answer.nearest  # type: ignore[union-attr]  # silences alone were drawn
    assert [token.type for token in tokens].count("heading_open") == 3 + len(nearest)
    assert not {token.type for token in tokens} & {"blockquote_open", "html_block", "table_open", "hr"}


def test_a_bare_address_in_an_article_is_no_link() -> None:
    """Many viewers link what merely looks like an address: no article may have that."""
    page = files(hostile())["md"]
    assert "www." not in page
    assert "https:" not in page


def test_a_link_shows_where_it_leads() -> None:
    """The one link of a source is its own address, and what is no address is no link."""
    url = "https://courrier.example/pont?a=1&b=é"
    page = files(make_kept(make_answer(make_citation(make_article(url=url)))))["md"]
    assert f"<{url}>" in page
    for url in (
        "javascript:alert(1)",
        "https://a.example/ b",
        "https://a.example/\u202egnp",
        "https://a.example/<b>",
    ):
        page = files(make_kept(make_answer(make_citation(make_article(url=url)))))["md"]
        links = [t for token in _VIEWER.parse(page) for t in token.children or () if t.type == "link_open"]
        assert links == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_checks_a_quote_is_there(language: str) -> None:
    """Outlet, author, day, source, offsets, version, index: a colleague must find the words again."""
    citation = make_citation(words=COST)
    page = files(make_kept(make_answer(citation)), language)["md"]
    article = citation.article
    for fact in (
        "Le Courrier d'Orvanne", "Lise Aubrac", "2022-12-09", article.source_path, article.article_id,
        article.version_sha256, f"{citation.span.start} ", f" {citation.span.end}", "20230301T083000Z-abc123",
        "2023-03-01T08:30:00+00:00", "python -m bot.cli show --json", "Combien coûteront les travaux",
    ):  # fmt: skip
        assert fact in page


def test_what_was_searched_is_told_with_its_filters() -> None:
    """A follow-up was searched in other words than it was asked in; dates and outlets narrow what is found."""
    query = make_query(
        "Combien coûtera le pont d'Orvanne ?",
        published_from=datetime(2022, 12, 1, tzinfo=UTC),
        published_to=datetime(2022, 12, 31, 23, 59, 59, tzinfo=UTC),
        publishers=("AFI",),
    )
    page = files(make_kept(asked="Et le prix ?", query=query))["md"]
    assert "Et le prix ?" in page
    assert "Combien coûtera le pont d'Orvanne ?" in page
    assert "du 1er décembre 2022 au 31 décembre 2022, AFI" in page


def test_a_silence_says_why_and_what_is_near() -> None:
    """That the coverage does not say is an answer, and evidence of where one looked."""
    page = files(make_kept(make_not_covered(make_article(), make_english_article())))["md"]
    assert "La couverture ne répond pas" in page
    assert "Aucun passage ne s’approche assez" in page
    assert "Orvanne rénove son pont" in page
    assert "Saltmere harbour to close" in page


def test_disagreement_corrections_and_reprints_are_told() -> None:
    """A colleague must see what the answer's reader saw, and find the other articles again."""
    page = files(disputed())["md"].replace("\\", "").replace("\u00a0", " ")
    (differ,) = [line for line in page.splitlines() if line.startswith("Les sources ne disent pas")]
    assert "[1] (Le Courrier d'Orvanne, 9 décembre 2022)" in differ
    assert page.index(differ) < page.index("## Sources")
    for line in (
        "- Article corrigé par sa rédaction.",
        f"- Remplace : Le Courrier d'Orvanne · 8 décembre 2022 · Orvanne rénove son pont · {make_article('avant').article_id}",
        f"- Aussi dans : Le Courrier d'Orvanne · 9 décembre 2022 · Orvanne rénove son pont · {make_article('reprise').article_id}",
        "- Filtres : AFI",
        "- Filtres abandonnés, car rien n’y répondait : du 1er décembre 2022 au 31 décembre 2022",
        "- 2 articles sans date n’ont pas été pris en compte.",
    ):
        assert line in page.splitlines()


def test_a_silence_says_what_comes_near_in_figures() -> None:
    """How far from an answer the coverage is, is part of the finding."""
    page = files(unanswered(), "en")["md"].replace("\\", "")
    assert "3 articles come near, by AFI, from 1 December 2022 to 9 December 2022" in page


def _blockquotes(page: str) -> list[str]:
    blocks = re.findall(r"^> (.*(?:\n> .*)*)$", page, re.MULTILINE)
    return [_MARKDOWN_SIGN.sub(_undone, block) for block in blocks]


def _undone(found: re.Match[str]) -> str:
    if found[2]:
        return chr(int(found[2], 16))
    return "\n" if found[1] == "\n> " else found[1]


def _quoted(tokens: list[Token]) -> Iterator[list[Token]]:
    depth = 0
    for token in tokens:
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if depth and token.type == "inline":
            yield token.children or []


def _shown(children: list[Token]) -> str:
    return "".join("\n" if child.type == "hardbreak" else child.content for child in children)
