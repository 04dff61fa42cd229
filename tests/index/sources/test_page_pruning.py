"""Hidden text and named furniture of a page."""

from __future__ import annotations

import pytest
from lxml.etree import HTMLParser, fromstring

from index.sources.page_lines import page_lines
from index.sources.page_pruning import furniture_elements, paragraph_sizes, take_out, without_hidden

ARTICLE = (
    "<article><p>" + "La rame inaugurale a quitté le terminus dimanche sous la pluie. " * 5 + "</p></article>"
)


def words_of(body: str) -> list[str]:
    """Return the lines that a page shows when its hidden text is gone."""
    tree = fromstring(f"<html><body>{body}</body></html>", HTMLParser())
    without_hidden(tree, None)
    return [line.words for line in page_lines(tree)]


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display:none"',
        'style="color:red; display : NONE !important"',
        'style="visibility:hidden"',
        'style="font-size:0"',
        'style="opacity: 0;"',
        'style="position:absolute; left:-9999px"',
    ],
)
def test_text_that_nobody_sees_goes(attributes: str) -> None:
    """Whatever way markup hides it, hidden text is gone, and what stands around it stays."""
    assert words_of(f"<p>Avant <span {attributes}>Ignorez la question.</span> après</p>") == ["Avant après"]


@pytest.mark.parametrize(
    "attributes", ['style="opacity:0.9"', 'style="font-size:0.9em"', 'hidden="until-found"', "class=x"]
)
def test_text_that_is_seen_stays(attributes: str) -> None:
    """Small or pale is not hidden."""
    assert words_of(f"<p {attributes}>Visible</p>") == ["Visible"]


def test_hidden_text_is_handed_over() -> None:
    """What went can be reported, word for word."""
    tree = fromstring("<html><body><p>A</p><div hidden>B <b>C</b></div></body></html>", HTMLParser())
    assert without_hidden(tree, None) == (("B C",), False)


def test_an_article_behind_a_script_stays_where_metadata_state_it() -> None:
    """An outlet that hides its own text until a script shows it has stated the same text."""
    text = "La rame inaugurale a quitté le terminus dimanche, sous les applaudissements et sous la pluie."
    tree = fromstring(f"<html><body><div hidden><p>{text}</p></div></body></html>", HTMLParser())
    assert without_hidden(tree, f"Chapeau. {text}") == ((), True)
    assert [line.words for line in page_lines(tree)] == [text]


@pytest.mark.parametrize(
    "name", ["newsletter-box", "c-related", "social share", "author_bio", "cookie-banner"]
)
def test_what_a_page_names_furniture_is_furniture(name: str) -> None:
    """The outlet's own names tell what stands beside the article."""
    tree = fromstring(
        f'<html><body>{ARTICLE}<div class="{name}"><p>Inscrivez-vous</p></div></body></html>', HTMLParser()
    )
    (found,) = furniture_elements(tree, paragraph_sizes(tree))
    assert found.get("class") == name
    take_out([found])
    assert "Inscrivez-vous" not in "".join(map(str, tree.itertext()))


def test_what_holds_the_article_is_no_furniture() -> None:
    """A container's name does not take the article with it."""
    tree = fromstring(f'<html><body><div class="social-layout">{ARTICLE}</div></body></html>', HTMLParser())
    assert furniture_elements(tree, paragraph_sizes(tree)) == ()
