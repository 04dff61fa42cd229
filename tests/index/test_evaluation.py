"""Measures are what their definitions say."""

from __future__ import annotations

import pytest

from index.evaluation import JudgedQuestion, first_rank, measure_run


def judged(name: str, *relevant: str) -> JudgedQuestion:
    """Return a question that these articles answer."""
    return JudgedQuestion(name, "Combien coûte le pont ?", "fr", frozenset(relevant))


@pytest.mark.parametrize(
    ("found", "rank"),
    [(("a", "b"), 1), (("x", "a", "b"), 2), (("x", "b", "a"), 2), (("x",), None), ((), None)],
)
def test_first_rank_counts_from_one(found: tuple[str, ...], rank: int | None) -> None:
    """The reciprocal of a rank that began at zero would be infinite."""
    assert first_rank(found, frozenset({"a", "b"})) == rank


def test_measures_are_shares_of_the_judged_questions() -> None:
    """Hits at one and ten and the mean reciprocal rank, computed by hand."""
    run = {"q1": ("a",), "q2": ("x", "b"), "q3": (*"xyzuvwrstq", "c"), "q4": ("x",)}
    questions = [judged("q1", "a"), judged("q2", "b"), judged("q3", "c"), judged("q4", "d")]
    found = measure_run(run, questions)
    assert found.questions == 4
    assert found.hit_at_1 == 0.25
    assert found.hit_at_10 == 0.5
    assert found.mrr_at_10 == pytest.approx((1 + 1 / 2) / 4)


def test_the_tenth_place_still_counts() -> None:
    """A cut at nine or eleven would not be hit@10."""
    run = {"q": (*"xyzuvwrst", "a")}
    found = measure_run(run, [judged("q", "a")])
    assert (found.hit_at_10, found.mrr_at_10) == (1.0, 0.1)


def test_a_question_that_nothing_answers_does_not_count() -> None:
    """Questions beside the collection measure silence, not retrieval."""
    found = measure_run({"q1": ("a",), "q2": ("a",)}, [judged("q1", "a"), judged("q2")])
    assert (found.questions, found.hit_at_1) == (1, 1.0)


def test_a_question_without_a_run_is_a_miss() -> None:
    """A question that the run forgot must not raise the measures by being left out."""
    found = measure_run({"q1": ("a",)}, [judged("q1", "a"), judged("q2", "b")])
    assert (found.questions, found.hit_at_1) == (2, 0.5)


def test_no_questions_measure_zero() -> None:
    """An empty set is not a division by zero."""
    assert measure_run({}, []).hit_at_1 == 0.0
