"""The report counts what was judged, and shows first what to mend."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.keeping.answers import KeptAnswers
from bot.keeping.feedback import KeptFeedback
from bot.keeping.report import Judged, feedback_report, judged_answers
from bot.types import Reason
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import ASKED_AT, KEY, make_kept
from tests.factories import make_article, make_english_article

if TYPE_CHECKING:
    import sqlite3

    import pytest

_COUNTS = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(any)
QUOTED = make_kept()
SILENT = make_kept(make_not_covered(reason=Reason("name-missing", ("Vernay",)), language="en"))


@given(st.lists(_COUNTS, min_size=1, max_size=8))
def test_every_verdict_is_in_every_division_once(counts: list[tuple[int, int]]) -> None:
    """A verdict that a table drops or counts twice would send the maintainer the wrong way."""
    judged = [Judged((QUOTED, SILENT)[i % 2], *pair) for i, pair in enumerate(counts)]
    report = feedback_report(judged)
    helpful, not_helpful = (sum(pair[i] for pair in counts) for i in (0, 1))
    (totals,) = report["totals"]
    assert totals == {
        "answers": len(counts),
        "helpful": helpful,
        "not_helpful": not_helpful,
        "share_helpful": helpful / (helpful + not_helpful),
    }
    for table in ("by_status", "by_language"):
        assert sum(row["helpful"] for row in report[table]) == helpful
        assert sum(row["not_helpful"] for row in report[table]) == not_helpful


def test_divisions_name_their_kinds_most_judged_first() -> None:
    """What most people judged is what most people meet."""
    report = feedback_report([Judged(QUOTED, 1, 0), Judged(SILENT, 1, 2)])
    assert [(row["status"], row["share_helpful"]) for row in report["by_status"]] == [
        ("not_covered", 1 / 3),
        ("answered", 1.0),
    ]
    assert [row["language"] for row in report["by_language"]] == ["en", "fr"]


def test_an_answer_counts_with_each_outlet_that_it_quotes_once() -> None:
    """An outlet that is quoted twice in an answer was judged once; one that no source names is shown too."""
    citations = (
        make_citation(make_article(publisher=None)),
        make_citation(make_english_article(), label=2),
        make_citation(make_english_article(), "The harbour", label=3),
    )
    report = feedback_report([Judged(make_kept(make_answer(*citations)), 2, 1), Judged(SILENT, 0, 1)])
    assert [(row["publisher"], row["helpful"], row["not_helpful"]) for row in report["by_publisher"]] == [
        (None, 2, 1),
        ("The Saltmere Gazette", 2, 1),
    ]


def test_the_worst_questions_come_first_and_the_good_ones_not_at_all() -> None:
    """The maintainer reads from the top: the most people against, however the question was typed."""
    judged = [
        Judged(make_kept(asked="Bien ?"), 5, 0),
        Judged(make_kept(asked="Partagé ?"), 3, 2),
        Judged(make_kept(asked="Où est le PONT"), 0, 1),
        Judged(make_kept(make_not_covered(), asked="ou est le pont ?"), 0, 1),
    ]
    rows = feedback_report(judged)["least_helpful"]
    assert [(row["question"], row["status"], row["answers"]) for row in rows] == [
        ("Où est le PONT", "answered, not_covered: not-said", 2),
        ("Partagé ?", "answered", 1),
    ]


def test_at_most_ten_questions_are_shown() -> None:
    """A list nobody reads to its end hides what it begins with."""
    judged = [Judged(make_kept(asked=f"Question {number} ?"), 0, 1) for number in range(30)]
    assert len(feedback_report(judged)["least_helpful"]) == 10


def test_nothing_judged_is_empty_tables() -> None:
    """Programs find the same names when there is nothing yet."""
    report = feedback_report([])
    assert set(report) == {"totals", "by_status", "by_language", "by_publisher", "least_helpful"}
    assert not any(report.values())


def test_judged_answers_are_read_in_order_and_since_a_day(
    database: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    """Answers that nobody judged are not in it; one that is damaged is named in the log and left out."""
    answers, feedback = KeptAnswers(database), KeptFeedback(database)
    for number in range(4):
        answers.keep(make_kept(key=f"{number:016x}", asked_at=ASKED_AT + timedelta(days=number)))
    for number in (2, 1, 0):
        feedback.give(f"{number:016x}", 7, "helpful")
    with database:
        database.execute("UPDATE answers SET record = x'00' WHERE answer_key = ?", (f"{1:016x}",))
    assert [each.kept.key for each in judged_answers(answers, feedback, None)] == [f"{0:016x}", f"{2:016x}"]
    assert f"{1:016x}" in caplog.text
    assert judged_answers(answers, feedback, ASKED_AT + timedelta(days=3)) == ()
    assert KEY not in caplog.text
