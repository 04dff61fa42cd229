"""Disagreement, who speaks, and correction, in words."""

from __future__ import annotations

from dataclasses import replace

from bot.rendering.changes import changes, difference, speaker
from tests.bot.asking import make_answer, make_citation, make_spoken
from tests.factories import day, make_article, make_english_article


def test_the_sources_that_differ_are_named_with_their_dates() -> None:
    """Which of two figures is the newer one decides whom to believe."""
    citations = (make_citation(), make_citation(make_english_article(), label=2))
    answer = replace(make_answer(*citations), differing=(1, 2))
    assert difference(answer, "fr") == (
        "Les sources ne disent pas la même chose\u00a0: [1] (Le Courrier d'Orvanne, 9 décembre 2022) et "
        "[2] (The Saltmere Gazette, 14 février 2023)."
    )
    assert difference(answer, "en").startswith("The sources do not say the same: [1] (Le")


def test_who_speaks_is_said_where_the_quote_does_not_say_it() -> None:
    """A sentence taken out of a longer quotation has lost whoever said it."""
    alone, with_name = make_spoken("Le pont ne rouvrira pas cet hiver."), make_spoken()
    assert list(speaker(alone, "fr")) == ["Selon Odile Marchais"]
    assert list(speaker(alone, "en")) == ["According to Odile Marchais"]
    assert with_name.speaker == "Odile Marchais"
    assert list(speaker(with_name, "fr")) == []
    assert list(speaker(make_citation(), "fr")) == []


def test_a_correction_is_said_with_the_version_that_it_replaces() -> None:
    """Who quoted the first version must learn that it was taken back."""
    older = make_article("older", published_at=day("2022-12-08"))
    citation = replace(make_citation(), is_corrected=True, replaces=older)
    assert list(changes(citation, "fr")) == [
        "Article corrigé par sa rédaction.",
        "Remplace la version du 8 décembre 2022.",
    ]
    assert list(changes(citation, "en")) == [
        "Corrected by its newsroom.",
        "Replaces the version of 8 December 2022.",
    ]
    assert list(changes(make_citation(), "fr")) == []
