"""Saved web pages: the visible article, the page's own facts, and characters as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from time import process_time
from typing import TYPE_CHECKING

import pytest

from index.sources.drafts import Origin
from index.sources.pages import parse_html
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from index.types import Article

ORIGIN = Origin(source_path="coverage/page.html", sha256="0" * 64, now=NOW)
PARAGRAPHS = (
    (
        "La pluie n’a découragé personne. Dimanche à 5 h 47, quelque 200 habitants se pressaient déjà au terminus des "
        "Aulnes pour monter dans la première rame de la ligne B du tramway de Valbreuse, attendue depuis quatre ans."
    ),
    (
        "Longue de 11,3 kilomètres, la ligne dessert vingt stations et relie les quartiers sud à la gare en vingt-six "
        "minutes, contre quarante en autobus, selon les mesures de la métropole publiées la semaine dernière."
    ),
    (
        "Avenue de la Sorne, le chantier a laissé des traces. « J’ai perdu 60 % de ma clientèle », soupire Marcel "
        "Jobard, qui tient une cordonnerie au numéro 114. Neuf boutiques de l’avenue ont baissé le rideau."
    ),
)
PAGE = f"""<!doctype html>
<html lang="fr"><head><meta charset="utf-8">
<title>Tramway\u00a0: la ligne B est ouverte - Le Quotidien</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "NewsArticle",
 "headline": "Tramway : la ligne B est ouverte", "datePublished": "2023-09-04T06:30:00+02:00",
 "dateModified": "2023-09-04T08:00:00+02:00", "author": [{{"@type": "Person", "name": "Élodie Marquant"}}],
 "publisher": {{"@type": "Organization", "name": "Le Quotidien"}}, "articleSection": "Mobilité"}}]}}</script>
<link rel="canonical" href="https://quotidien.example/ligne-b?utm_source=x">
</head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/abo">Je m’abonne</a></li></ul></nav>
<article><h1>Tramway\u00a0: la ligne B est ouverte</h1>
<p class="chapo">La rame inaugurale a quitté le terminus dimanche, sous les applaudissements et la pluie.</p>
<p class="signature">Par Élodie Marquant</p><p>Publié le 4 septembre 2023 à 6 h 30</p>
<figure><img src="t.jpg"><figcaption>La première rame. © Le Quotidien / T. Rivoire</figcaption></figure>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
<h2>Des commerçants soulagés</h2>
<aside><h4>Lire aussi</h4><a href="/y">Vélos en libre-service : le bilan</a></aside>
<p>{PARAGRAPHS[2]}</p>
</article><footer>© 2023 Le Quotidien</footer></body></html>"""


def read_article(html: str) -> Article:
    """Read a page that has an article."""
    return article_of(parse_html(html, ORIGIN))


def test_the_text_is_dek_body_and_headings() -> None:
    """Dek, paragraphs and section headings, with the page's own characters, no-break spaces included."""
    dek = "La rame inaugurale a quitté le terminus dimanche, sous les applaudissements et la pluie."
    expected = [dek, *PARAGRAPHS[:2], "Des commerçants soulagés", PARAGRAPHS[2]]
    article = read_article(PAGE)
    assert article.text.split("\n") == expected
    assert article.dek == dek
    assert [heading.of(article.text) for heading in article.headings] == ["Des commerçants soulagés"]


def test_the_facts_are_the_page_s_own() -> None:
    """Structured data gives the facts, and the visible heading the headline."""
    article = read_article(PAGE)
    zone = timezone(timedelta(hours=2))
    assert article.headline == "Tramway\u00a0: la ligne B est ouverte"
    assert (article.byline, article.publisher, article.section) == (
        ("Élodie Marquant",),
        "Le Quotidien",
        "Mobilité",
    )
    assert article.published_at == datetime(2023, 9, 4, 6, 30, tzinfo=zone)
    assert article.updated_at == datetime(2023, 9, 4, 8, tzinfo=zone)
    assert (article.language, article.url) == ("fr", "https://quotidien.example/ligne-b?utm_source=x")


def test_nothing_can_be_mapped_to_the_file() -> None:
    """A page's text is no stretch of its file, so nothing is said to be kept."""
    assert read_article(PAGE).kept == ()


def test_what_went_is_reported() -> None:
    """The visible lines that are not in the text are in the report, without a place."""
    removals = parse_html(PAGE, ORIGIN).removals
    assert any("Je m’abonne" in removal.text for removal in removals)
    assert all(removal.span is None for removal in removals)


def test_without_metadata_the_page_itself_is_read() -> None:
    """Outlet, author and date are taken from title and header lines where no metadata is there."""
    bare = PAGE[: PAGE.index("<script")] + PAGE[PAGE.index("</head>") :]
    article = read_article(bare)
    assert (article.publisher, article.byline) == ("Le Quotidien", ("Élodie Marquant",))
    assert article.published_at == datetime(2023, 9, 4, 6, 30, tzinfo=UTC)
    assert article.url is None


def test_dates_that_contradict_each_other_are_reported() -> None:
    """Two publishing dates in one page are said, and the one in its structured data is taken."""
    meta = '<meta property="article:published_time" content="2023-08-01T06:30:00+02:00">'
    reading = parse_html(PAGE.replace("<link", f"{meta}<link"), ORIGIN)
    assert "contradict" in str(reading.reason)
    assert str(article_of(reading).published_at) == "2023-09-04 06:30:00+02:00"
    shown = parse_html(PAGE.replace("Publié le 4 septembre", "Publié le 14 septembre"), ORIGIN)
    assert "the page says 2023-09-14" in str(shown.reason)


@pytest.mark.parametrize(
    "html",
    [
        "<" * 5000,
        "<div>" * 50_000,
        "<html><head><script type='application/ld+json'>{broken</script></head></html>",
        "<?xml version='1.0' encoding='utf-8'?><html><body><p>Bref.</p></body></html>",
        "no markup at all",
        "&#0;&#xD800;<p>x</p>",
    ],
)
def test_what_is_no_page_is_refused(html: str) -> None:
    """Broken, endless or empty markup is a refusal, not a crash."""
    reading = parse_html(html, ORIGIN)
    assert reading.status == "refused"
    assert reading.reason


def test_a_page_of_countless_lines_takes_no_more_than_a_moment() -> None:
    """The time that a page without much text takes grows with its length, not with its square."""
    started = process_time()
    parse_html("<li>a" * 20_000, ORIGIN)
    assert process_time() - started < 5
