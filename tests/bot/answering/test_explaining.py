"""Why an answer is as it is."""

from __future__ import annotations

import asyncio

from bot.answering.answerer import Answerer
from bot.answering.explaining import explain
from bot.answering.question import read_question
from bot.types import Answer, Citation, Reason
from tests.bot.asking import retriever_over
from tests.factories import day, make_article, make_english_article

BRIDGE, HARBOUR = make_article(), make_english_article()
TODAY = day("2023-03-01").date()


def test_what_was_found_weighed_and_quoted_is_told() -> None:
    """The explanation must be that of the answer: what it marks as quoted is what is quoted."""
    retriever = retriever_over(BRIDGE, HARBOUR)
    query = read_question("Combien coûteront les travaux du pont ?", top_k=10)
    answer = asyncio.run(Answerer(retriever).answer(query))
    (step,) = explain(query, retriever).steps
    assert isinstance(answer, Answer)
    assert {w.text for w in step.weighed if w.is_chosen} == {c.quote for c in answer.citations}
    assert step.reason is None
    assert step.query == query
    assert [hit.found_by for hit in step.dense[:1]] == ["dense"]
    assert [hit.found_by for hit in step.lexical[:1]] == ["lexical"]
    assert step.evidence[0].article == BRIDGE
    assert 0 <= step.threshold <= step.probability <= 1


def test_why_it_was_judged_unanswered_is_told() -> None:
    """The reason is the one that the answer gives."""
    (step,) = explain(
        read_question("Qu'a dit Emmanuel Macron ?", top_k=10), retriever_over(BRIDGE, HARBOUR)
    ).steps
    assert step.reason == Reason("name-missing", ("Emmanuel Macron",))
    assert not any(weighed.is_chosen for weighed in step.weighed)


def test_a_search_that_was_set_aside_is_told_too() -> None:
    """Two searches were run: the first within the period that was read, the second without."""
    query = read_question("Combien coûteront les travaux depuis janvier ?", today=TODAY, top_k=10)
    first, second = explain(query, retriever_over(BRIDGE)).steps
    assert first.query.period_words == "janvier"
    assert first.reason == Reason("nothing-found")
    assert (first.evidence, first.weighed, first.probability) == ((), (), 0.0)
    assert not second.query.is_filtered
    assert second.reason is None


def test_what_digs_further_is_told_as_it_was_judged() -> None:
    """What had been quoted is not marked as quoted again, and where nothing is left that is the reason."""
    retriever = retriever_over(BRIDGE, HARBOUR)
    query = read_question("Combien coûteront les travaux du pont ?", top_k=20)
    told: list[Citation] = []
    for _ in range(9):
        answer = asyncio.run(Answerer(retriever).answer(query, told=told))
        (step,) = explain(query, retriever, told=told).steps
        cited = answer.citations if isinstance(answer, Answer) else ()
        assert {w.text for w in step.weighed if w.is_chosen} == {c.quote for c in cited}
        if not isinstance(answer, Answer):
            break
        told += cited
    assert step.reason == Reason("nothing-more")
    assert told


def test_what_digs_further_is_not_searched_elsewhere() -> None:
    """“More” keeps to where the answer was found; so does what tells why."""
    query = read_question("Combien coûteront les travaux depuis janvier ?", today=TODAY, top_k=10)
    told = asyncio.run(Answerer(retriever_over(BRIDGE)).answer(query.as_given()))
    assert isinstance(told, Answer)
    (step,) = explain(query, retriever_over(BRIDGE), told=told.citations).steps
    assert step.reason == Reason("nothing-found")


def test_a_version_that_was_left_out_is_told() -> None:
    """Who misses an article sees what became of it."""
    older = make_article("older", published_at=day("2022-12-01"))
    newer = make_article("newer", text=f"{older.text} Correction : le pont est long.")
    (step,) = explain(
        read_question("Combien coûteront les travaux ?", top_k=10), retriever_over(older, newer)
    ).steps
    assert step.outdated == (older,)
