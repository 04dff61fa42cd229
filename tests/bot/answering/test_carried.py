"""What is known of the quotes is known of the words that a chat model's sentences rest on."""

from __future__ import annotations

from dataclasses import replace

from bot.answering.carried import differing_still, known_of
from bot.types import Statement
from tests.bot.asking import make_answer, make_citation
from tests.factories import day, make_article, make_english_article

LEAD = "Les travaux coûteront 3,5 millions d'euros"
HARBOUR = make_english_article()
EARLIER = make_article("avant", published_at=day("2022-12-08"))
QUOTED = make_answer(
    replace(make_citation(words=f"{LEAD} et dureront quatorze mois."), replaces=EARLIER, also_in=(HARBOUR,)),
    make_citation(HARBOUR, label=2),
)


def test_a_correction_and_reprints_are_named_beside_a_models_words_too() -> None:
    """Who reads a sentence of a model must learn as much of its sources as who reads the quote."""
    (citation,) = known_of([make_citation(words=LEAD)], QUOTED)
    assert (citation.replaces, citation.also_in) == (EARLIER, (HARBOUR,))
    (elsewhere,) = known_of([make_citation(words="Orvanne")], QUOTED)
    assert (elsewhere.replaces, elsewhere.also_in) == (EARLIER, ())


def test_that_an_article_was_corrected_is_read_in_the_article() -> None:
    """The quotes may be of others."""
    corrected = make_article(text="Correction : le pont coûtera 4 millions d'euros.")
    (citation,) = known_of([make_citation(corrected)], QUOTED)
    assert citation.is_corrected


def test_sources_differ_still_where_the_model_cites_each_side() -> None:
    """The labels are those of the model's citations; with one side missing there is nothing to compare."""
    answer = replace(QUOTED, differing=(1, 2))
    harbour, bridge = make_citation(HARBOUR), make_citation(words=LEAD, label=2)
    other = make_citation(words="Orvanne", label=3)
    assert differing_still([harbour, bridge, other], answer) == (1, 2)
    assert differing_still([harbour, other], answer) == ()
    assert differing_still([harbour, bridge], QUOTED) == ()


def test_statements_play_no_part() -> None:
    """Labels are compared by place, whatever a sentence says."""
    answer = replace(QUOTED, statements=(Statement("Rien.", (1,)),), differing=(1,))
    assert differing_still([make_citation(words=LEAD)], answer) == (1,)
