"""What an outlet says of itself among the paragraphs of its article."""

from __future__ import annotations

import pytest

from index.sources.layout import Marks
from index.sources.own_voice import strike_own_voice
from index.sources.proof import Proof

HEADLINE = "La fanfare de Sainte-Ode retrouve son tuba"
PARAGRAPHS = (
    "Le tuba de la fanfare de Sainte-Ode a été retrouvé mardi dans un train de nuit, entre deux valises et un vélo.",
    "« Nous vous rendrons votre train avec plaisir », a écrit la fanfare au chef de gare, qui garde la lettre au mur.",
    "Le concert aura lieu samedi sur le quai, à l’heure du train de nuit, et l’entrée est libre pour les voyageurs.",
)
OUTLET = "Le Clairon de Sainte-Ode"


def staying(*lines: str, byline: tuple[str, ...] = ()) -> list[str]:
    """Return the lines that stay below the headline."""
    proof = Proof.of("\n".join((HEADLINE, *lines)))
    proof.strike(0, "headline")
    strike_own_voice(proof, Marks(0, None, 1, len(lines) + 1), OUTLET, byline)
    return [proof.wording(index) for index in proof.staying()]


@pytest.mark.parametrize(
    "call",
    [
        "Vous aimez lire Le Clairon de Sainte-Ode ? Votre avis compte pour ceux qui le font.",
        "Si vous pensez que l’information se paie, rejoignez nos lecteurs et abonnez-vous dès aujourd’hui à notre lettre.",
        "Like this story? Our readers pay for it, and you can become a member for the price of a coffee a month.",
        "Laden Sie unsere App herunter, und Sie lesen jeden Morgen kostenlos drei Artikel aus der Region beim Kaffee.",
    ],
)
def test_a_call_to_readers_goes(call: str) -> None:
    """It addresses them, and speaks of the outlet or of two things of its trade."""
    assert staying(PARAGRAPHS[0], call, *PARAGRAPHS[1:]) == list(PARAGRAPHS)


def test_the_title_and_the_button_of_a_call_go_with_it() -> None:
    """Both speak of the same as the call between them."""
    call = "Si vous pensez que l’information se paie, rejoignez nos lecteurs et abonnez-vous dès aujourd’hui à la lettre."
    lines = (PARAGRAPHS[0], "Nos enquêtes ont besoin de vous", call, "Je m’abonne", *PARAGRAPHS[1:])
    assert staying(*lines) == list(PARAGRAPHS)


def test_what_is_quoted_is_no_call() -> None:
    """Somebody in the article may say "you", and speak of subscriptions."""
    quoted = "« Abonnez-vous à notre lettre, vous qui êtes nos lecteurs », a lancé le chef de la fanfare à la foule du quai."
    assert quoted in staying(*PARAGRAPHS, quoted)


def test_an_article_about_the_trade_keeps_its_advice() -> None:
    """Where other paragraphs are about the same things, they are the subject."""
    about = "Les abonnements à l’application de la fanfare ont doublé depuis mardi, selon son trésorier, qui s’en étonne."
    advice = "Vous pouvez résilier votre abonnement dans l’application, sans frais, jusqu’au dernier jour du mois en cours."
    assert advice in staying(PARAGRAPHS[0], about, advice, PARAGRAPHS[2])


def test_what_is_said_of_who_signed_goes() -> None:
    """Nobody reports of himself by name at the end of his article."""
    note = "Ida Corvo suit les fanfares de la vallée et de la côte pour ce journal depuis plus de dix ans."
    assert staying(*PARAGRAPHS, note, byline=("Ida Corvo",)) == list(PARAGRAPHS)
    assert note in staying(*PARAGRAPHS, note, byline=("Tom Alder",))


def test_a_pulled_quotation_goes() -> None:
    """A line whose sentences all stand in one paragraph is printed for show."""
    spoken = "“A tuba does not say good morning,” the porter told us. “I asked about that. It was not in the rules.”"
    pulled = "“A tuba does not say good morning. I asked about that. It was not in the rules.”"
    assert staying(PARAGRAPHS[0], pulled, spoken) == [PARAGRAPHS[0], spoken]


def test_a_heading_in_the_words_of_a_quotation_stays() -> None:
    """Without a full stop it heads a section."""
    heading = "« Avec plaisir »"
    assert heading in staying(PARAGRAPHS[0], heading, PARAGRAPHS[1])


def test_the_headline_printed_again_goes() -> None:
    """Beside the buttons below the text it says nothing new."""
    assert HEADLINE not in staying(*PARAGRAPHS, HEADLINE)


@pytest.mark.parametrize(
    "aside",
    [
        "Cet article vous a-t-il été utile ?",
        "Invalid email",
        "You can find this story in My Bookmarks.",
        "Nos rédacteurs vous proposent chaque semaine de décrypter l’actualité.",
        "Enjoyed this piece?",
    ],
)
def test_a_short_line_of_the_sites_own_goes(aside: str) -> None:
    """One thing of the trade is enough where the line is short and speaks to readers, or is no sentence."""
    assert staying(*PARAGRAPHS, aside) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "heading", ["Une boîte aux lettres à Verneval", "Ce que vous pouvez faire", "Un compte à rebours"]
)
def test_a_heading_stays_whatever_it_names(heading: str) -> None:
    """What stands right above running text, and is no sentence, heads it."""
    assert heading in staying(PARAGRAPHS[0], heading, *PARAGRAPHS[1:])


def test_a_report_with_two_things_of_the_trade_stays() -> None:
    """It speaks to nobody, and stands among paragraphs."""
    report = "Le ministère promet une application de mise à jour gratuite à l’automne."
    assert report in staying(PARAGRAPHS[0], report, *PARAGRAPHS[1:])


def test_what_follows_the_note_on_who_signed_goes_too() -> None:
    """Below most of the text, a sentence that begins with the reporter's name closes the article."""
    notes = ("Ida Corvo est tubiste et mère de trois enfants.", "Les tribunes paraissent le mardi.")
    assert staying(*PARAGRAPHS, *notes, byline=("Ida Corvo",)) == list(PARAGRAPHS)


def test_who_signed_may_answer_questions() -> None:
    """A name with a colon lets its bearer speak."""
    answer = "Ida Corvo : « Le tuba va bien, et le chef de gare aussi. Nous jouerons samedi sur le quai du train. »"
    assert answer in staying(*PARAGRAPHS, answer, PARAGRAPHS[0] + " Bis.", byline=("Ida Corvo",))


def test_a_surname_is_no_imperative() -> None:
    """Spanish names end as French imperatives do."""
    report = (
        "Lopez denounced the advert in the newsletter of the band, and the stationmaster answered on Friday."
    )
    assert report in staying(PARAGRAPHS[0], report, *PARAGRAPHS[1:])
    call = "Recevez chaque matin la newsletter gratuite de la fanfare, et retrouvez son chef tous les soirs à la radio."
    assert call not in staying(PARAGRAPHS[0], call, *PARAGRAPHS[1:])
