"""Measures of silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.abstention_evaluation import (
    Verdict,
    asked_at_home,
    asked_without_its_article,
    measure_abstention,
    verdict_on,
)
from index.evaluation import JudgedQuestion
from tests.bot.asking import article_saying, retriever_over

ANSWERED, SILENT = Verdict(0.9, None), Verdict(0.1, "not-said")
VERDICTS = st.lists(
    st.tuples(st.sampled_from([ANSWERED, SILENT, Verdict(0.0, "name-missing")]), st.booleans())
)


def test_what_is_taken_for_what_it_is_counts_half_each() -> None:
    """Three unanswerable questions must not outweigh the one that is answered."""
    measures = measure_abstention([(ANSWERED, True), (SILENT, False), (SILENT, False), (ANSWERED, False)])
    assert measures.balanced_accuracy == pytest.approx((1 + 2 / 3) / 2)
    assert measures.auroc == pytest.approx((2 + 0.5) / 3)
    assert measures.answered == 0.5


def test_foreign_questions_are_told_from_those_at_home() -> None:
    """Questions that nothing answers have no measure of their own, only beside answered ones."""
    alone = measure_abstention([(SILENT, False)])
    assert alone.auroc is alone.balanced_accuracy is None
    beside = measure_abstention([(SILENT, False)], [(ANSWERED, True)])
    assert beside.auroc == beside.balanced_accuracy == 1.0
    assert beside.questions == 1


@given(VERDICTS)
def test_reasons_and_answers_are_all_of_the_questions(verdicts: list[tuple[Verdict, bool]]) -> None:
    """No question is lost in a table."""
    found = measure_abstention(verdicts)
    shares = found.answered + found.not_said + found.name_missing + found.kind_missing
    assert shares == pytest.approx(1.0 if verdicts else 0.0)


def test_the_answering_article_can_be_taken_away() -> None:
    """A question whose topic is there but not its answer is the hardest to be silent on."""
    says, beside = (
        article_saying("says", "The bridge cost three million."),
        article_saying("beside", "A ferry."),
    )
    retriever = retriever_over(says, beside)
    question = JudgedQuestion("q", "What did the bridge cost?", "en", frozenset({says.source_path}))
    (at_home,) = asked_at_home([question], retriever)
    (without,) = asked_without_its_article([question], retriever)
    assert (at_home.answerable, without.answerable) == (True, False)
    assert says.article_id in {e.article.article_id for e in at_home.evidence}
    assert says.article_id not in {e.article.article_id for e in without.evidence}


def test_a_name_that_nothing_mentions_is_no_matter_of_degree() -> None:
    """However near the words are: the probability of a question about somebody unmentioned is 0."""
    retriever = retriever_over(article_saying("says", "The mayor opened the bridge on Monday."))
    question = JudgedQuestion("q", "What did Ursula Kowalczyk open on Monday?", "en", frozenset())
    (asked,) = asked_at_home([question], retriever)
    assert verdict_on(asked, retriever) == Verdict(0.0, "name-missing")
