"""Measures over answers count what they say they count."""

from __future__ import annotations

import pytest

from bot.evaluation import AnswerMeasures, QuoteMeasures, measure_answers, measure_quotes, outcome
from index.evaluation import JudgedQuestion
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.factories import make_article, make_english_article

COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."
VOTE = "Le conseil municipal d'Orvanne a voté lundi la rénovation du vieux pont."


def _judged(*quotes: str) -> JudgedQuestion:
    relevant = frozenset({"pont.txt"} if quotes else ())
    return JudgedQuestion("q1", "Combien ?", "fr", relevant, quotes)


class TestOutcome:
    """One answer is right, wrong or silent."""

    def test_the_expected_sentence_is_right(self) -> None:
        """The plain case."""
        assert outcome(make_answer(make_citation(words=COST)), _judged(COST)) == "right"

    def test_one_right_quote_among_three_is_right(self) -> None:
        """A reader finds the answer among the quotes."""
        answer = make_answer(make_citation(words=VOTE), make_citation(words=COST, label=2))
        assert outcome(answer, _judged(COST)) == "right"

    def test_only_the_first_quotes_count_where_asked(self) -> None:
        """“First” must not be fulfilled by the second quote."""
        answer = make_answer(make_citation(words=VOTE), make_citation(words=COST, label=2))
        assert outcome(answer, _judged(COST), quotes=1) == "wrong"

    @pytest.mark.parametrize(
        "expected", ["3,5 millions d'euros", "3,5 MILLIONS D’EUROS", "coûteront 3,5\nmillions"]
    )
    def test_words_count_and_typography_does_not(self, expected: str) -> None:
        """Apostrophes, case and line ends of the expected words are the judge's, not the article's."""
        assert outcome(make_answer(make_citation(words=COST)), _judged(expected)) == "right"

    def test_half_a_word_is_not_a_word(self) -> None:
        """“3,5 million” must not be found inside “13,5 millions”."""
        article = make_article(text="Les travaux coûteront 13,5 millions.")
        assert outcome(make_answer(make_citation(article)), _judged("3,5 million")) == "wrong"

    def test_another_sentence_is_wrong(self) -> None:
        """A quote beside the point is the fault that is counted."""
        assert outcome(make_answer(make_citation(words=VOTE)), _judged(COST)) == "wrong"

    def test_silence_where_something_is_expected(self) -> None:
        """“Not covered” although the coverage answers is a fault of its own kind."""
        assert outcome(make_not_covered(), _judged(COST)) == "silent"

    def test_silence_where_nothing_is_expected_is_right(self) -> None:
        """An off-topic question is answered by saying so."""
        assert outcome(make_not_covered(), _judged()) == "right"

    def test_an_answer_where_nothing_is_expected_is_wrong(self) -> None:
        """Anything quoted for an off-topic question is beside the point."""
        assert outcome(make_answer(make_citation(words=VOTE)), _judged()) == "wrong"


class TestMeasures:
    """Shares of all questions."""

    def test_shares_are_of_all_questions(self) -> None:
        """right, wrong and silent must add up to one, and first stand beside them."""
        second_right = make_answer(make_citation(words=VOTE), make_citation(words=COST, label=2))
        measures = measure_answers(
            [
                (_judged(COST), make_answer(make_citation(words=COST))),
                (_judged(COST), second_right),
                (_judged(COST), make_answer(make_citation(make_english_article()))),
                (_judged(COST), make_not_covered()),
                (_judged(), make_not_covered()),
            ]
        )
        assert measures == AnswerMeasures(questions=5, right=0.6, first=0.4, wrong=0.2, silent=0.2)

    def test_no_question_is_no_error(self) -> None:
        """An empty set measures as nothing, not as a division by zero."""
        assert measure_answers([]) == AnswerMeasures(questions=0, right=0, first=0, wrong=0, silent=0)


def test_the_first_quote_is_told_from_the_first_three() -> None:
    """The two shares answer two questions: is the best sentence right, is any."""
    measures = measure_quotes([(_judged(COST), (COST,)), (_judged(COST), (VOTE, COST)), (_judged(COST), ())])
    assert measures == QuoteMeasures(questions=3, in_one=1 / 3, in_three=2 / 3, quotes=1.0)
