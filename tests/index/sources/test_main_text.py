"""Where the article is, and what heads it."""

from __future__ import annotations

from index.sources.head import find_headline
from index.sources.main_text import main_block
from index.sources.proof import Proof

MOTTO = "Le journal des gens qui lisent encore le journal le matin en ville."
TEASER = "Coupure d’eau dans trois rues de la vieille ville"
HEADLINE = "La fanfare de Sainte-Ode retrouve son tuba égaré"
PARAGRAPHS = (
    "Le tuba de la fanfare de Sainte-Ode a été retrouvé mardi dans un train de nuit, entre deux valises et un vélo.",
    "La fanfare avait lancé un appel dès le printemps, après que son instrument eut disparu pendant un voyage en train.",
    "Le chef de gare l’a rendu contre un concert, que la fanfare donnera samedi sur le quai, à l’heure du train de nuit.",
)
MENU = ("Rubriques", "Abonnements", "Petites annonces", "Météo marine", "Jeux du jour")


def proof_of(*lines: str) -> Proof:
    """Open a proof of lines."""
    return Proof.of("\n".join(lines))


def test_the_block_is_where_most_running_text_stands() -> None:
    """A motto between menus is less than the paragraphs, and the footer's titles are none of them."""
    proof = proof_of(MOTTO, *MENU, HEADLINE, *PARAGRAPHS, *MENU)
    first = 1 + len(MENU) + 1
    assert main_block(proof) == (first, first + len(PARAGRAPHS))


def test_short_lines_among_the_paragraphs_stay_in_the_block() -> None:
    """A section heading does not cut an article in two."""
    proof = proof_of(HEADLINE, PARAGRAPHS[0], "Un concert sur le quai", *PARAGRAPHS[1:])
    assert main_block(proof) == (1, 5)


def test_without_running_text_there_is_no_block() -> None:
    """A page of titles has no article."""
    start, past = main_block(proof_of(*MENU))
    assert start == past


def test_the_headline_says_what_the_text_says() -> None:
    """A teaser above it stands first, and shares no word with the article."""
    proof = proof_of(TEASER, *MENU, HEADLINE, *PARAGRAPHS)
    index = find_headline(proof)
    assert index is not None
    assert proof.wording(index) == HEADLINE


def test_a_dek_with_more_words_of_the_text_is_no_headline() -> None:
    """A playful headline has few words of its article; the line right below it has many."""
    dek = "La fanfare de Sainte-Ode cherchait l’instrument depuis un voyage en train au printemps"
    proof = proof_of(*MENU, "Ne perdez plus jamais le nord ni le sud", dek, *PARAGRAPHS)
    assert find_headline(proof) == len(MENU)


def test_a_button_that_repeats_the_headline_is_not_it() -> None:
    """Of "Share this story: …" and the headline by itself, the second is taken."""
    proof = proof_of(f"Histoire à partager : {HEADLINE}", *MENU, HEADLINE, *PARAGRAPHS)
    assert find_headline(proof) == len(MENU) + 1


def test_a_list_of_contents_holds_no_headline() -> None:
    """Titles in a row that head sections further down have every word of the text."""
    sections = ("Le tuba de la fanfare dans un train de nuit", "Un concert samedi sur le quai de la gare")
    proof = proof_of(
        HEADLINE, *MENU, *sections, PARAGRAPHS[0], sections[0], PARAGRAPHS[1], sections[1], PARAGRAPHS[2]
    )
    assert find_headline(proof) == 0
