"""Which lines of a page are its article."""

from __future__ import annotations

from lxml.etree import HTMLParser, fromstring

from index.sources.page_body import article_region, body_of_region, stated_body
from index.sources.page_lines import PageLine, page_lines
from index.sources.page_pruning import paragraph_sizes

SENTENCES = [
    f"Le {day} mars, la commission du port de Saltmere a entendu {day} témoins sur l’état du vieux quai."
    for day in range(2, 32)
]
HEADLINE = "Le vieux quai de Saltmere"


def lines_of(body: str) -> tuple[PageLine, ...]:
    """Return the lines of a page, its region marked."""
    tree = fromstring(f"<html><body>{body}</body></html>".encode(), HTMLParser(encoding="utf-8"))
    return page_lines(tree, (), article_region(tree, (), paragraph_sizes(tree)))


def paragraphs(sentences: list[str]) -> str:
    """Return sentences as paragraphs."""
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


PAGE = (
    f"<ul><li>Menu du jour</li></ul><h1>{HEADLINE}</h1><p>{SENTENCES[0]}</p><div>{paragraphs(SENTENCES[1:12])}"
    f"<h2>Un quai qui s’enfonce</h2><p><a href='/x'>{SENTENCES[12]}</a></p>{paragraphs(SENTENCES[13:])}"
    "<ul><li>Port</li><li>Saltmere</li></ul></div><p>À lire ailleurs sur ce site.</p>"
    + "<p>Pied de page</p>"
    * 9
)


def test_the_region_s_paragraphs_are_the_article() -> None:
    """From the headline on: paragraphs and headings, without links to elsewhere, labels and the foot."""
    body = body_of_region(lines_of(PAGE), HEADLINE)
    assert body is not None
    assert [line.words for line in body] == [*SENTENCES[:12], "Un quai qui s’enfonce", *SENTENCES[13:]]


def test_little_text_is_no_region() -> None:
    """Where a page shows little, another way must decide."""
    assert (
        body_of_region(
            lines_of(f"<h1>{HEADLINE}</h1><div>{paragraphs(SENTENCES[:3])}</div>" + "<b>x</b><br>" * 9),
            HEADLINE,
        )
        is None
    )


def test_what_metadata_repeat_is_the_article() -> None:
    """The page's own words stay, those that its metadata do not know go."""
    stated = " ".join(SENTENCES).replace("’", "'")
    page = paragraphs(
        [
            *SENTENCES[:15],
            "Inscrivez-vous à notre lettre du port, chaque mardi, pour deux euros par mois.",
            *SENTENCES[15:],
        ]
    )
    body = stated_body(lines_of(page), stated)
    assert body is not None
    assert [line.words for line in body] == SENTENCES


def test_a_stated_text_that_stops_short_decides_nothing() -> None:
    """Metadata often hold a beginning only: then the page knows better."""
    assert stated_body(lines_of(paragraphs(SENTENCES)), " ".join(SENTENCES[:8])) is None


def test_a_stated_text_that_is_not_on_the_page_decides_nothing() -> None:
    """Metadata may describe another article."""
    assert stated_body(lines_of(paragraphs(SENTENCES[:10])), " ".join(SENTENCES)) is None
