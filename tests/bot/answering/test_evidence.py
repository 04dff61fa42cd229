"""What was found, labelled, and the sentences that could be quoted from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.evidence import candidates, gather
from index.passages import split
from tests.bot.asking import PASSAGE_CHARACTERS, article_saying, retriever_over
from tests.factories import make_article, make_english_article, make_query

BRIDGE, HARBOUR = make_article(), make_english_article()
QUERY = make_query("Combien coûteront les travaux du pont ?")
COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."


def test_evidence_is_labelled_from_one_in_the_order_found() -> None:
    """Labels are how a reader and a model name a passage: they must be unique and start at one."""
    retriever = retriever_over(BRIDGE, HARBOUR)
    hits = retriever.retrieve(QUERY)
    evidence = gather(hits, retriever)
    assert [found.label for found in evidence] == list(range(1, len(hits) + 1))
    assert [found.passage for found in evidence] == [hit.passage for hit in hits]
    assert [found.score for found in evidence] == [hit.score for hit in hits]


def test_each_passage_comes_with_its_own_article() -> None:
    """A passage beside another article's headline would be cited wrongly."""
    retriever = retriever_over(BRIDGE, HARBOUR)
    for found in gather(retriever.retrieve(QUERY), retriever):
        assert found.passage.article_id == found.article.article_id
        assert found.passage.span.of(found.article.text) == found.passage.text


def test_nothing_found_is_no_evidence() -> None:
    """No hit, no sentence, no error."""
    retriever = retriever_over(BRIDGE)
    assert gather((), retriever) == ()
    assert candidates((), QUERY, retriever) == ()


def test_the_sentence_that_answers_comes_first() -> None:
    """Quotes are taken from the front."""
    retriever = retriever_over(BRIDGE, HARBOUR)
    found = candidates(gather(retriever.retrieve(QUERY), retriever), QUERY, retriever)
    assert found[0].text == COST
    assert found[0].article == BRIDGE
    cosines = [candidate.cosine for candidate in found]
    assert cosines == sorted(cosines, reverse=True)


def test_each_sentence_has_its_own_nearness() -> None:
    """A cosine that slipped to the neighbouring sentence would quote the neighbour."""
    retriever = retriever_over(BRIDGE, HARBOUR)
    found = candidates(gather(retriever.retrieve(QUERY), retriever), QUERY, retriever)
    alone = [retriever.nearness(QUERY.text, [(c.evidence.passage, c.span)])[0] for c in found]
    assert [candidate.cosine for candidate in found] == pytest.approx(alone)


def test_every_sentence_is_a_slice_of_its_article_and_comes_once() -> None:
    """A sentence twice would be two quotes of the same words."""
    retriever = retriever_over(BRIDGE, HARBOUR)
    found = candidates(gather(retriever.retrieve(QUERY), retriever), QUERY, retriever)
    assert all(candidate.span.of(candidate.article.text) == candidate.text for candidate in found)
    places = [(candidate.article.article_id, candidate.span) for candidate in found]
    assert len(set(places)) == len(places)


def test_headings_are_no_sentences() -> None:
    """A section heading says nothing that could be quoted as an answer."""
    text = (
        "Le pont est fermé depuis lundi.\nLe coût des travaux du pont\nPersonne ne sait ce que cela coûtera."
    )
    start = text.index("Le coût")
    span = type(BRIDGE.kept[0])(start, start + len("Le coût des travaux du pont"))
    article = make_article(text=text, headings=(span,))
    retriever = retriever_over(article)
    found = candidates(gather(retriever.retrieve(QUERY), retriever), QUERY, retriever)
    assert found
    assert all("Le coût des travaux" not in candidate.text for candidate in found)


def test_a_sentence_that_two_passages_share_is_quoted_whole_and_once() -> None:
    """A sentence too long for a passage is cut for searching, never for quoting."""
    long_sentence = "Le pont " + "très " * 120 + "long est fermé."
    article = article_saying("long", f"Un début. {long_sentence} Une fin.", "fr")
    assert len(split(article, target=PASSAGE_CHARACTERS)) > 2
    retriever = retriever_over(article)
    found = candidates(gather(retriever.retrieve(QUERY), retriever), QUERY, retriever)
    assert [candidate.text for candidate in found].count(long_sentence) == 1
    assert all(candidate.text in {"Un début.", long_sentence, "Une fin."} for candidate in found)


@given(
    st.lists(
        st.sampled_from(["Le pont est fermé. ", "🌉 ! ", "M. Delmas l'a dit ; ", "\n", "« Oui. » ", "pont "])
    )
)
def test_any_article_gives_exact_sentences(parts: list[str]) -> None:
    """Whatever a page holds, what could be quoted from it stands there word for word."""
    article = article_saying("any", "".join(parts), "fr")
    if not article.text.strip():
        return
    retriever = retriever_over(article)
    for candidate in candidates(gather(retriever.retrieve(QUERY), retriever), QUERY, retriever):
        assert candidate.span.of(article.text) == candidate.text
