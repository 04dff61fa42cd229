"""Why an answer is as it is, in Discord: readable, within every limit, and obeyed by nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.explaining import explain
from bot.answering.question import read_question
from bot.rendering.discord import render_explanation
from bot.rendering.split import LIMIT, length
from bot.types import Evidence, Explained, Explanation, Reason, Search, Step, Weighed
from index.types import Article, Hit
from tests.bot.asking import make_answer, make_not_covered, retriever_over
from tests.bot.rendering.discord_markdown import read
from tests.bot.rendering.hostile import hostile, hostile_articles, make_kept
from tests.bot.rendering.reading import content_of
from tests.factories import day, make_article, make_generation, make_passage, make_query

QUESTION = "Combien coûteront les travaux depuis janvier ?"


def explained(*articles: Article, follows: str | None = None) -> Explained:
    """Return why a question about January is answered from articles without those of January."""
    query = read_question(QUESTION, today=day("2023-03-01").date(), top_k=10)
    retriever = retriever_over(*articles)
    kept = make_kept(make_answer(search=Search(query=query, undated=2)), asked=QUESTION, follows=follows)
    return Explained(kept, explain(query, retriever), retriever.generation)


def lines(told: Explained, language: str = "fr") -> list[str]:
    """Return the lines that a person sees."""
    said = "\n".join(read(part.content).seen for part in render_explanation(told, language))
    return said.replace("\u00a0", " ").splitlines()


def test_a_french_explanation_is_told_from_search_to_verdict() -> None:
    """Which queries were run, what each stage found with its scores, what was judged."""
    said = lines(explained(make_article()))
    assert said[:4] == [
        "Pourquoi cette réponse",
        f"Question : {QUESTION}",
        "2 articles sans date n’ont pas été pris en compte.",
        "Devant chaque ligne, son score à cette étape ; entre parenthèses, sa proximité de sens avec la question (1 au plus).",
    ]
    first = said.index("Recherche 1 · dans les articles parus depuis 2023 · fr · " + QUESTION)
    second = said.index("Recherche 2 · dans tous les articles · fr · " + QUESTION)
    assert said[first + 1 : first + 3] == [
        "Probabilité d’une réponse : 0,00 (il faut 0,14).",
        "Aucun article ne correspond à ces filtres.",
    ]
    assert said[said.index("Proches par le sens", first) + 1] == "rien"
    assert said[second + 2] == "Jugé : répond."
    for heading in ("Proches par le sens", "Mots communs", "Passages retenus", "Phrases pesées"):
        assert heading in said[second:]
    (quoted,) = [line for line in said if line.endswith("← citée")]
    assert "Les travaux coûteront 3,5 millions" in quoted
    assert quoted[1:2] == "," or quoted[:2] == "-0"
    assert said[-1].startswith("Index du 1er mars 2023")


def test_what_was_folded_and_left_out_is_told() -> None:
    """Who misses an article sees what became of it."""
    article = make_article()
    older = make_article("avant", headline="Le pont, avant", published_at=day("2022-12-01"))
    evidence = Evidence(1, make_passage(article), article, 2.5, 0.8, (older, older))
    once = replace(evidence, also_in=(older,))
    step = replace(explained(article).explanation.steps[-1], evidence=(evidence, once), outdated=(older,))
    said = lines(replace(explained(article), explanation=Explanation((step,))), "en")
    assert (
        "2.50 (0.800) · Le Courrier d'Orvanne, 9 December 2022 · Orvanne rénove son pont (repeated 2 times)"
        in said
    )
    assert any(line.endswith("Orvanne rénove son pont (repeated once)") for line in said)
    assert said[said.index("Replaced versions, left out") + 1] == (
        "Le Courrier d'Orvanne, 1 December 2022 · Le pont, avant"
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_that_the_index_is_another_is_said_first(language: str) -> None:
    """The explanation may contradict the answer then."""
    told = explained(make_article())
    changed = "L’index a changé" if language == "fr" else "The index has changed"
    assert changed not in content_of(render_explanation(told, language))
    other = replace(told, generation=make_generation("another"))
    assert changed in render_explanation(other, language)[0].content.split("\n\n")[0]


def test_of_what_digs_further_it_is_said_what_is_missing() -> None:
    """Else nobody understands why the best sentence is not quoted."""
    assert "Ce qui avait déjà été cité a été écarté." in lines(explained(make_article(), follows="f" * 16))
    assert "Ce qui avait déjà été cité a été écarté." not in lines(explained(make_article()))


@st.composite
def _explained(draw: st.DrawFn) -> Explained:
    """Return an explanation of which strangers wrote every word."""
    articles = draw(st.lists(hostile_articles(), min_size=1, max_size=4))
    found = [
        Evidence(label, make_passage(article), article, draw(st.floats(-9, 99)), 0.5, (article,))
        for label, article in enumerate(articles, start=1)
    ]
    hits = tuple(Hit(each.passage, 12.5, each.label, "dense", cosine=0.5) for each in found)
    step = Step(
        query=replace(
            make_query(draw(hostile) + " q"), publishers=tuple(draw(st.lists(hostile, max_size=3)))
        ),
        dense=hits,
        lexical=hits,
        evidence=tuple(found) * draw(st.sampled_from((1, 5))),
        outdated=tuple(articles),
        weighed=tuple(Weighed(each.article, each.article.text, 0.5, 0.6, True) for each in found),
        probability=0.5,
        threshold=0.2,
        reason=draw(st.none() | st.builds(Reason, st.just("name-missing"), st.tuples(hostile))),
    )
    kept = make_kept(make_not_covered(), asked="q " + draw(hostile))
    return Explained(kept, Explanation((step,) * draw(st.integers(1, 2))), make_generation())


@given(_explained(), st.sampled_from(("fr", "en", "de")))
def test_nothing_that_was_found_does_anything(told: Explained, language: str) -> None:
    """What was not quoted is text of strangers too; and no message is longer than Discord takes."""
    for part in render_explanation(told, language):
        assert length(part.content) <= LIMIT
        assert read(part.content).kinds() <= {"bold", "small"}
        assert not part.buttons
