"""Who is quoted saying what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.quotations import quotations_in

_QUOTED = Path(__file__).with_name("quoted")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("« Rien ne change », estime Mme Irène Castagnol, chercheuse à Calvières.", "Irène Castagnol"),
        ("« Rien ne change », a assuré John Kirby.", "John Kirby"),
        ("« Rien ne change », a justifié le directeur général, Étienne Maubray, lundi.", "Étienne Maubray"),
        ("Le porte-parole John Kirby a déclaré que « rien ne change », lundi.", "John Kirby"),
        ("Selon Irène Castagnol, « rien ne change ».", "Irène Castagnol"),
        (
            "La préfète, Mme Hélène Vasseur-Roy, est venue. « Rien ne change », a-t-elle déclaré.",
            "Hélène Vasseur-Roy",
        ),
        ("“Nothing changes,” said Morag Sinclair, who runs the café.", "Morag Sinclair"),
        ("“Nothing changes,” ten-year-old Isla Munro told the roads convener.", "Isla Munro"),
        ("Prosecutor Helena Ng said that “nothing changes” on Friday.", "Helena Ng"),
        ("„Nichts ändert sich“, sagte Bürgermeisterin Antje Lorenzen in der Sitzung.", "Antje Lorenzen"),
        ("«No cambia nada», contaba Benita Lahoz, que vende aceitunas.", "Benita Lahoz"),
    ],
)
def test_the_sentence_around_names_the_speaker(text: str, speaker: str) -> None:
    """Verb and name stand before or after the marks, with title, role or pronoun, in several languages."""
    (found,) = quotations_in(text)
    assert found.speaker == speaker
    assert found.span.of(text).strip(",").lower() in (
        "rien ne change",
        "nothing changes",
        "nichts ändert sich",
        "no cambia nada",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Il juge la « plage » trop belle.",
        "Un partenariat « néfaste » pour l’Ukraine.",
        "« Les Heures basses » paraîtra à l’automne.",
        "« Rien ne change », a-t-il ajouté.",
        "« Rien ne change ». Jeanne Roy est partie sans un mot.",
        "“Nothing changes.” The meeting ended at nine.",
        "The fire began near Arvel Springs on Monday. “Nothing changes,” she said.",
        "Le stade de la Coupe de Calvières est plein. « Rien ne change », a-t-il lancé.",
        "« Rien ne change. » Le porte-parole du collectif la Grue du Nord se félicite du vote.",
        "« Rien ne change ». La maire, Jeanne Roy, a dit autre chose.",
        "“Nothing changes,” But Ballard said.",
        "Arvel Springs: The fire began on Monday. A nurse may leave soon. “Nothing changes,” she said.",
    ],
)
def test_what_nobody_says_has_no_speaker(text: str) -> None:
    """A word in marks, a title and a pronoun that means nobody name no speaker; none is made up."""
    assert quotations_in(text) == ()


def test_a_pronoun_and_a_surname_mean_the_one_quoted_before() -> None:
    """In the next paragraph "a-t-il ajouté" and "Kirby said" are the same person, under the full name."""
    text = "« Non », a dit John Kirby.\n« Jamais », a-t-il ajouté.\n« Pas ce soir », a répété Kirby."
    assert [quotation.speaker for quotation in quotations_in(text)] == ["John Kirby"] * 3


def _counted(name: str) -> tuple[int, int, int]:
    """Return how many quotations of a list are found right, found though they are none, and are there."""
    right = wrong = there = 0
    for line in (_QUOTED / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = {(one["words"], one["speaker"]) for one in row["quotations"]}
        found = {(one.span.of(row["text"]), one.speaker) for one in quotations_in(row["text"])}
        right, wrong, there = right + len(found & gold), wrong + len(found - gold), there + len(gold)
    return right, wrong, there


@pytest.mark.parametrize("name", ["rules", "figures", "later"])
def test_nearly_all_that_is_found_is_right(name: str) -> None:
    """Of the sentences in four languages, traps among them, at most one speaker in twenty is wrong."""
    right, wrong, there = _counted(name)
    assert right >= 0.95 * (right + wrong)
    assert right >= 0.75 * there


@pytest.mark.parametrize(
    "text",
    [
        "« Il a disparu », raconte un voisin d’Hector Lemaître.",
        "“They lied,” said a spokesman for Arthur Pell.",
        "Dans une lettre à Mme Claire Vadel, la région juge le projet « prématuré ».",
        "« Non », a dit le comité, que préside Paul Girel.",
        "The play “Seven Lanterns” closes on Sunday, director Joan Ashby said.",
        "„Nein“, sagte ein Sprecher von Bernd Falk.",
    ],
)
def test_a_name_beside_who_speaks_is_not_who_speaks(text: str) -> None:
    """A neighbour, a spokesman, an addressee: words are never given to the person who is only mentioned."""
    assert quotations_in(text) == ()


@given(
    st.lists(
        st.sampled_from(
            ["« Ah bon », ", "a dit ", "John Kirby", " said ", "“Oh,” ", "Mme Roy", "\n", "il ", ". "]
        ),
        max_size=14,
    )
)
def test_every_quotation_is_in_the_text(pieces: list[str]) -> None:
    """Words and speaker are the text's own, and quotations come in order without overlap."""
    text = "".join(pieces)
    end = 0
    for quotation in quotations_in(text):
        assert quotation.span.start >= end
        assert quotation.speaker in text
        assert "\n" not in quotation.span.of(text)
        end = quotation.span.end


def test_a_pronoun_behind_somebody_else_is_nobody() -> None:
    """Whoever the sentence between speaks of may be meant: a name from before must not be put in that place."""
    text = "« Le pont est beau », dit Marcel Jobard. La fleuriste a vu fermer la rue. « On verra », dit-elle."
    assert [found.speaker for found in quotations_in(text)] == ["Marcel Jobard"]
