"""Scraped pages: fields found, furniture gone, and not a character rewritten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sources.drafts import Origin
from index.sources.scraped import parse_scraped_text
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from index.types import Article, Reading

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
ORIGIN = Origin(source_path="coverage/page.txt", sha256="0" * 64, now=NOW)

FRENCH = """\
Logo La Gazette du Marais

Accueil > Environnement > Eau

À Bellecombe, la réforme de l’eau divise les éleveurs
Le conseil départemental a voté un partage de la ressource. Les éleveurs annoncent un recours.
Par Hélène Vauquier et Tom Alder, avec AFI
Publié le 5 mars 2024 à 6 h 00 - Mis à jour le 6 mars 2024 à 11 h 42
Temps de lecture : 4 min
Partager sur Facebook

top-article-image
Un éleveur devant son étang, à Bellecombe, le 2 mars 2024.
Photo : La Gazette du Marais / Léa Boisset

Il fait encore nuit quand Marcel Dubreuil ouvre la vanne. L’eau, ce matin-là, ne vient pas.
La newsletter de la mairie avait promis une concertation ; il faut partager, répète le maire.
Lire aussi : Sécheresse, les nappes au plus bas depuis 1976
Un partage contesté
Le texte entrera en vigueur le 1er juin 2024. Il prévoit des compteurs sur chaque forage du plateau.
Abonnez-vous à notre newsletter
« On se débrouillera », dit-il.

À lire aussi
Tempête : les ostréiculteurs comptent leurs pertes
Ce qui change au marché
Mots-clés : eau, agriculture
12 commentaires
© 2024 La Gazette du Marais. Tous droits réservés.
"""
FRENCH_TEXT = """\
Le conseil départemental a voté un partage de la ressource. Les éleveurs annoncent un recours.
Il fait encore nuit quand Marcel Dubreuil ouvre la vanne. L’eau, ce matin-là, ne vient pas.
La newsletter de la mairie avait promis une concertation ; il faut partager, répète le maire.
Un partage contesté
Le texte entrera en vigueur le 1er juin 2024. Il prévoit des compteurs sur chaque forage du plateau.
« On se débrouillera », dit-il."""

ENGLISH = """\
Skip to main content
The Custodian - Back to home
News
Sport
‘They just vanished’: the mystery of the missing herring
Catches at Portnavar have fallen by 80% in four years, and scientists cannot agree on why

Fiona Macrae
Scotland correspondent
Sat 11 Mar 2023 07.00 GMT
Last modified on Mon 13 Mar 2023 10.12 GMT
Share
Fishing boats moored at Portnavar harbour. Photograph: Murdo Kerr/The Custodian
On the quay at Portnavar, Iain Gunn is mending nets he does not expect to use this year.
Boats at rest in the harbour at Portnavar. Photograph: Murdo Kerr/The Custodian
Some researchers blame warmer water. Others point to the sprat, whose numbers have trebled.
skip past newsletter promotion
Sign up to First Edition
Our morning email breaks down the key stories of the day, telling you what matters
Enter your email address
after newsletter promotion
A fleet in limbo
“You cannot decommission a village,” said Morag Sinclair, who runs the harbour café.
Topics
Fishing
Scotland
Reuse this content
More on this story
Herring ban looms as stocks fall to record low
"""
ENGLISH_TEXT = """\
Catches at Portnavar have fallen by 80% in four years, and scientists cannot agree on why
On the quay at Portnavar, Iain Gunn is mending nets he does not expect to use this year.
Some researchers blame warmer water. Others point to the sprat, whose numbers have trebled.
A fleet in limbo
“You cannot decommission a village,” said Morag Sinclair, who runs the harbour café."""


def read(text: str) -> Reading:
    """Read a scraped page."""
    return parse_scraped_text(text, ORIGIN)


def read_article(text: str) -> Article:
    """Read a scraped page that has an article."""
    return article_of(read(text))


def body(*lines: str) -> str:
    """Return a page with a headline, the lines, and a paragraph around them."""
    before = "Le pont de Corvelle a été fermé lundi matin après la découverte d’une fissure dans un pilier."
    after = "Les travaux dureront trois semaines, selon la préfecture, qui promet une déviation dès mardi."
    return "\n".join(("Le pont de Corvelle fermé pour trois semaines", before, *lines, after))


class TestFrenchPage:
    """A page with everything that French sites print around an article."""

    def test_the_text_is_dek_body_and_headings(self) -> None:
        """Nothing but dek, body and section headings is left, with their line breaks."""
        assert read_article(FRENCH).text == FRENCH_TEXT

    def test_the_fields_are_what_the_page_says(self) -> None:
        """Headline, dek, authors, outlet, section and dates stand in their fields, verbatim."""
        article = read_article(FRENCH)
        assert article.headline == "À Bellecombe, la réforme de l’eau divise les éleveurs"
        assert article.dek == FRENCH_TEXT.splitlines()[0]
        assert article.byline == ("Hélène Vauquier", "Tom Alder")
        assert (article.publisher, article.section) == ("La Gazette du Marais", "Environnement")
        assert article.published_at == datetime(2024, 3, 5, 6, tzinfo=UTC)
        assert article.updated_at == datetime(2024, 3, 6, 11, 42, tzinfo=UTC)
        assert article.language == "fr"

    def test_the_heading_is_known_by_its_place(self) -> None:
        """A heading's span covers exactly the heading in the text."""
        article = read_article(FRENCH)
        assert [heading.of(article.text) for heading in article.headings] == ["Un partage contesté"]

    def test_each_removal_says_why(self) -> None:
        """Every stretch that went is named with its reason and its characters."""
        removals = {removal.text.strip(): removal.reason for removal in read(FRENCH).removals}
        assert removals["Photo : La Gazette du Marais / Léa Boisset"] == "credit"
        assert removals["Un éleveur devant son étang, à Bellecombe, le 2 mars 2024."] == "caption"
        assert removals["Temps de lecture : 4 min"] == "reading-time"
        assert removals["Abonnez-vous à notre newsletter"] == "newsletter"
        assert removals["12 commentaires"] == "comments"


class TestEnglishPage:
    """A page of an English-language site."""

    def test_the_text_is_dek_body_and_headings(self) -> None:
        """Captions with their credit, the letter's advertisement and the topics are gone."""
        assert read_article(ENGLISH).text == ENGLISH_TEXT

    def test_the_fields_are_what_the_page_says(self) -> None:
        """A name alone above the date signs the article, and its zone is respected."""
        article = read_article(ENGLISH)
        assert article.headline == "‘They just vanished’: the mystery of the missing herring"
        assert article.byline == ("Fiona Macrae",)
        assert article.publisher == "The Custodian"
        assert article.published_at == datetime(2023, 3, 11, 7, tzinfo=UTC)
        assert article.language == "en"


class TestPrecision:
    """What looks like furniture and is not stays."""

    @pytest.mark.parametrize(
        "sentence",
        [
            "La newsletter quotidienne de la mairie avait pourtant annoncé la fermeture du pont.",
            "Il faut partager la route, a dit le maire, et abonnez-vous au bus, a-t-il ajouté.",
            "Publié en mars, le rapport des experts concluait déjà à un risque élevé de rupture.",
            "Les cookies de la boulangerie voisine, eux, se vendent toujours aussi bien.",
            "« Lire aussi souvent, c’est un luxe », sourit la bibliothécaire de Corvelle.",
            "Par Corvelle passent chaque jour 19 000 véhicules, dont deux mille poids lourds.",
            "Commentaires et insultes se sont multipliés sur la page de la mairie depuis lundi.",
            "Support for the closure has grown among residents, according to an independent survey.",
            "Le suspect a été entendu, selon une source proche du dossier. (AFI)",
            "Le 12 mars 2023, un premier contrôle n’avait rien révélé d’anormal.",
        ],
    )
    def test_a_sentence_of_the_report_stays(self, sentence: str) -> None:
        """A sentence that holds a word of furniture is still part of the article."""
        assert sentence in read_article(body(sentence)).text

    @pytest.mark.parametrize(
        "line",
        [
            "Lire aussi : Le vrai prix du chantier",
            "► À écouter aussi : Corvelle, la presqu’île oubliée",
            "Publicité",
            "La suite après cette publicité",
            "Crédit photo : Jean Martin",
            "AFP / Jean Martin",
            "Recevez chaque matin l’essentiel de l’actualité dans votre boîte mail.",
            "Il vous reste 54.2% de cet article à lire. La suite est réservée aux abonnés.",
            "Read more: Harbour wall repairs delayed again",
            "Story continues below advertisement",
            "Subscribe to our newsletter",
            "Partager sur Facebook",
            "https://example.org/une-autre-page",
            "Le maire devant le pont, lundi 3 juin. © Jean Martin",
            "Suscríbete a nuestro boletín",
        ],
    )
    def test_furniture_between_paragraphs_goes(self, line: str) -> None:
        """A line of furniture in the middle of the article is removed."""
        assert line not in read_article(body(line)).text

    def test_a_body_date_is_no_publishing_date(self) -> None:
        """A date in a sentence of the report says nothing about when the report came out."""
        assert (
            read_article(body("Le 12 mars 2023, le pont avait été contrôlé une première fois.")).published_at
            is None
        )

    def test_what_is_not_there_is_not_invented(self) -> None:
        """An article without outlet, author, date and address has none."""
        article = read_article(body("La circulation est déviée par la rue du Port."))
        assert (article.publisher, article.byline, article.dek, article.url) == (None, (), None, None)
        assert (article.published_at, article.updated_at, article.collected_at) == (None, None, None)


class TestTeasers:
    """Headlines of other articles."""

    def test_in_the_middle_they_go_until_running_text_comes_back(self) -> None:
        """Titles after a bare "Lire aussi" go, and the paragraph after them stays."""
        article = read_article(
            body("Lire aussi", "Le vrai prix du chantier", "Corvelle, la presqu’île oubliée")
        )
        assert "vrai prix" not in article.text
        assert article.text.endswith("une déviation dès mardi.")

    def test_at_the_end_all_of_it_goes(self) -> None:
        """Nothing after "Les plus lus" is part of the article, however it is written."""
        page = (
            body("Une réunion publique se tiendra jeudi soir.")
            + "\n\nLes plus lus\n1\nUn titre\n2\nUn autre titre\n"
        )
        assert read_article(page).text.endswith("une déviation dès mardi.")


class TestFoot:
    """What stands below the article."""

    def test_what_the_outlet_says_of_itself_goes(self) -> None:
        """A call for support and the outlet's description of itself are not the article, long as they are."""
        page = body("Une réunion publique se tiendra jeudi soir.") + (
            "\n\nArticle écrit avec l'AFI\n\nSoutenez La Vigie à partir de 1€\n\n"
            "Comment pouvez-vous nous aider à vous tenir informés ?\n\n"
            "La Vigie est un média libre et indépendant, ne recevant aucune aide publique et n’appartenant "
            "à aucun parti politique ou groupe financier."
        )
        assert read_article(page).text.endswith("une déviation dès mardi.")

    def test_a_list_that_ends_the_article_stays(self) -> None:
        """Items after a colon are text, though they have no full stop."""
        page = body() + "\nTrois ponts restent ouverts :\n- le pont Vieux\n- le pont du Port\n"
        assert read_article(page).text.endswith("- le pont du Port")

    def test_a_short_last_sentence_stays_behind_a_call(self) -> None:
        """A call to subscribe above the last words does not take them along."""
        page = body() + "\nAbonnez-vous à notre newsletter\n« On verra », dit-il.\n"
        assert read_article(page).text.endswith("« On verra », dit-il.")


class TestHeader:
    """What stands above the article."""

    def test_a_page_title_does_not_become_the_outlet(self) -> None:
        """A title such as «Headline | Outlet» is split into its two halves."""
        article = read_article(body().replace("trois semaines\n", "trois semaines | La Vigie\n", 1))
        assert (article.headline, article.publisher) == (
            "Le pont de Corvelle fermé pour trois semaines",
            "La Vigie",
        )

    def test_the_portrait_names_the_author(self) -> None:
        """A name under the author's picture is the byline."""
        page = body().replace(
            "semaines\n", "semaines\nauthor-image\nJulien Marchetti\nPartager un article\n", 1
        )
        assert read_article(page).byline == ("Julien Marchetti",)

    def test_a_date_announced_in_the_line_above_is_what_it_says(self) -> None:
        """Where its words and its date stand in two lines, the date is what the words say."""
        page = body().replace("semaines\n", "semaines\nMis à jour le\n5 mars 2024\n", 1)
        article = read_article(page)
        assert (article.published_at, article.updated_at) == (None, datetime(2024, 3, 5, tzinfo=UTC))

    def test_a_date_that_cannot_be_is_not_believed(self) -> None:
        """A publishing date in the future leaves the article undated, and the reading says so."""
        reading = read(body().replace("semaines\n", "semaines\nPublié le 5 mars 9999\n", 1))
        assert reading.status == "read"
        assert article_of(reading).published_at is None
        assert "9999" in str(reading.reason)

    def test_a_date_that_reads_two_ways_is_named(self) -> None:
        """English 03/04/2023 is not guessed at."""
        page = (
            "Bridge closed for three weeks\nPublished 03/04/2023\n"
            "The bridge was closed on Monday morning after a crack was found in one of its pillars.\n"
            "Work will take three weeks, the county said, and a detour will be ready by Tuesday."
        )
        reading = read(page)
        assert article_of(reading).published_at is None
        assert "two ways" in str(reading.reason)

    def test_the_dateline_is_read_and_stays(self) -> None:
        """Place and agency that open the report are a field and still text."""
        article = read_article(body().replace("\nLe pont de", "\nCORVELLE (AFI) — Le pont de", 1))
        assert article.dateline == "CORVELLE (AFI)"
        assert "CORVELLE (AFI) — Le pont" in article.text


class TestCharacters:
    """Offsets are code points of the source, whatever the source is made of."""

    @pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b"])
    def test_every_line_break_separates_lines(self, line_break: str) -> None:
        """The same article comes out of every convention for line breaks."""
        article = read_article(FRENCH.replace("\n", line_break))
        assert article.text == FRENCH_TEXT.replace("\n", line_break)

    @pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009"])
    def test_special_blanks_do_not_hide_furniture(self, blank: str) -> None:
        """A no-break space before a colon changes no rule."""
        article = read_article(FRENCH.replace(" :", f"{blank}:"))
        assert "Sécheresse" not in article.text
        assert article.published_at == datetime(2024, 3, 5, 6, tzinfo=UTC)

    def test_soft_hyphens_and_marks_stay_in_the_text(self) -> None:
        """Characters that nobody sees are not taken out of what stays."""
        page = "\ufeff" + FRENCH.replace("concertation", "concer\u00adtation")
        assert "concer\u00adtation" in read_article(page).text

    def test_a_last_line_without_a_break_is_read(self) -> None:
        """The last paragraph of a file that does not end with a line break is whole."""
        assert read_article(body().rstrip("\n")).text.endswith("une déviation dès mardi.")


PIECES = st.sampled_from(
    [
        *FRENCH.splitlines(),
        *ENGLISH.splitlines(),
        "",
        " ",
        "\u00a0",
        "\u00ad",
        "Publicité",
        "Lire aussi",
        "«",
        "- a",
        "x",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\x85", ""])
PAGES = st.lists(st.tuples(st.one_of(PIECES, st.text(max_size=80)), BREAKS), max_size=25).map(
    lambda parts: "".join(line + line_break for line, line_break in parts)
)


@given(st.one_of(PAGES, st.text()))
@settings(max_examples=300, deadline=None)
def test_kept_and_removed_are_the_whole_source(page: str) -> None:
    """Whatever a page is, its stretches are kept or removed, none twice, and what is kept is the text."""
    reading = read(page)
    removed = [removal.span for removal in reading.removals if removal.span]
    kept = list(reading.article.kept) if reading.article else []
    if reading.article:
        article = reading.article
        assert "".join(span.of(page) for span in kept) == article.text
        assert all(heading.of(article.text).strip() for heading in article.headings)
        position = 0
        for span in sorted([*kept, *removed]):
            assert span.start == position
            position = span.end
        assert position == len(page)
    for removal in reading.removals:
        assert removal.span is not None
        assert removal.span.of(page) == removal.text


def test_countless_pointers_take_no_more_than_a_moment() -> None:
    """The time that pointers to other articles take grows with their number, not with its square."""
    started = process_time()
    parse_scraped_text(FRENCH + "Lire aussi\n" * 20_000, ORIGIN)
    assert process_time() - started < 5


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seeds are not on this machine")
def test_the_seed_is_read_as_a_person_reads_it() -> None:
    """The real page that the project began with: all of the body, nothing around it."""
    page = next(SEEDS.glob("000_*.txt")).read_text(encoding="utf-8")
    article = read_article(page)
    assert article.headline == (
        "La Maison Blanche s’alarme du «\u00a0partenariat militaire à grande échelle\u00a0» entre Russie et Iran"
    )
    assert (article.publisher, article.language, article.byline, article.dek) == (
        "Epoch Times",
        "fr",
        (),
        None,
    )
    assert article.published_at is None
    assert article.text.startswith("La Maison Blanche a lancé vendredi")
    assert page.endswith(article.text)
    assert len(article.headings) == 2
