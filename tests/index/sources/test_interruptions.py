"""What interrupts the paragraphs of a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.sources.interruptions import strike_interruptions
from index.sources.proof import Proof

PARAGRAPHS = tuple(
    f"Le {place} de Sainte-Ode a rouvert mardi après {months} mois de travaux, et la fanfare y a joué jusqu’au soir."
    for place, months in (
        ("moulin", "trois"),
        ("lavoir", "quatre"),
        ("kiosque", "cinq"),
        ("préau", "six"),
        ("pont", "dix"),
    )
)
TITLES = (
    "Un tuba oublié dans un train de nuit fait trois fois le tour du pays",
    "Les boulangers de la vallée comptent leurs croissants avant l’été",
    "Pourquoi les facteurs de la côte préfèrent le vélo à la camionnette",
)


def staying(*lines: str, struck: dict[int, str] | None = None, body: int = 0) -> list[str]:
    """Return the lines that stay."""
    proof = Proof.of("\n".join(lines))
    for index, reason in (struck or {}).items():
        proof.strike(index, reason)
    strike_interruptions(proof, body)
    return [proof.wording(index) for index in proof.staying()]


def test_titles_in_a_row_are_of_other_articles() -> None:
    """Three titles without a paragraph between them head nothing here."""
    assert staying(*PARAGRAPHS[:2], *TITLES, *PARAGRAPHS[2:]) == list(PARAGRAPHS)


def test_a_short_title_below_them_heads_the_text() -> None:
    """A section's heading follows the list."""
    found = staying(*PARAGRAPHS[:2], *TITLES, "La fête du soir", *PARAGRAPHS[2:])
    assert found == [*PARAGRAPHS[:2], "La fête du soir", *PARAGRAPHS[2:]]


def test_names_with_their_marks_are_a_list_of_the_article() -> None:
    """What is said of each of several is no title."""
    marks = ("1. Ida Corvo, onze voix", "2. Tom Alder, sept voix", "3. Jane Roe, deux voix")
    assert staying(*PARAGRAPHS[:2], *marks, *PARAGRAPHS[2:]) == [*PARAGRAPHS[:2], *marks, *PARAGRAPHS[2:]]


def test_a_long_title_alone_is_of_another_article() -> None:
    """No section has a heading of a hundred characters; a short one stays."""
    long = "Les boulangers de la vallée comptent leurs croissants avant l’été, et les pâtissiers comptent leurs jours de repos"
    found = staying(PARAGRAPHS[0], long, *PARAGRAPHS[1:3], "La fête du soir", *PARAGRAPHS[3:])
    assert found == [*PARAGRAPHS[:3], "La fête du soir", *PARAGRAPHS[3:]]


def test_a_short_line_printed_again_and_again_goes() -> None:
    """No heading stands three times in one article."""
    found = staying(
        PARAGRAPHS[0], "Voir les images", PARAGRAPHS[1], "Voir les images", PARAGRAPHS[2], "Voir les images"
    )
    assert found == list(PARAGRAPHS[:3])


def test_a_heading_in_a_list_of_contents_stays_as_a_heading() -> None:
    """It is printed twice, and once above its text."""
    found = staying("Sommaire", "La fête du soir", "Le bal", PARAGRAPHS[0], "La fête du soir", PARAGRAPHS[1])
    assert found.count("La fête du soir") == 1
    assert found[found.index("La fête du soir") + 1] == PARAGRAPHS[1]


def test_a_paragraph_printed_twice_stays_once() -> None:
    """Its words are the article's, at its first place."""
    assert staying(*PARAGRAPHS, PARAGRAPHS[1]) == list(PARAGRAPHS)


def test_an_offer_printed_twice_goes_whole() -> None:
    """What stands twice beside a call to subscribe is what it promises."""
    offer = "Tous les récits de la vallée et ceux de la côte, chaque semaine, sur votre écran ou sur du beau papier."
    lines = (PARAGRAPHS[0], "S’abonner", offer, PARAGRAPHS[1], "S’abonner", offer, PARAGRAPHS[2])
    assert staying(*lines, struck={1: "subscription", 4: "subscription"}) == list(PARAGRAPHS[:3])


def test_text_far_below_is_not_the_article_s() -> None:
    """Behind many lines without a paragraph stands what the page offers besides."""
    besides = (
        "Petites annonces",
        "Jeux du jour",
        "Météo marine",
        "Nos archives",
        "Les marées",
        "Nos boutiques",
        "Le courrier",
    )
    assert (
        staying(*PARAGRAPHS, *besides, f"{TITLES[0]}, selon la gare.")[-1] != f"{TITLES[0]}, selon la gare."
    )


def test_what_is_said_of_the_reporter_is_not_the_article_s() -> None:
    """A name that signed above, alone below the text, opens a note on its bearer."""
    note = "Passionnée de fanfares depuis l’enfance, elle a suivi trois tubas autour du monde avant de poser ses valises ici."
    found = staying("Ida Corvo", *PARAGRAPHS, "Ida Corvo", note, struck={0: "byline"}, body=1)
    assert found == list(PARAGRAPHS)


@given(
    st.lists(
        st.sampled_from([*PARAGRAPHS, *TITLES, "Le bal", "Partager", "1. Un", "Selon elle :"]), max_size=14
    )
)
def test_the_first_of_every_paragraph_may_stay_and_nothing_is_moved(lines: list[str]) -> None:
    """Whatever goes, what stays is in its order, and a page of paragraphs alone loses only what it repeats."""
    found = staying(*lines)
    remaining = iter(lines)
    assert all(line in remaining for line in found)
    if set(lines) <= set(PARAGRAPHS):
        assert found == list(dict.fromkeys(lines))
