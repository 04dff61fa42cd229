"""One verdict a person and answer, and nobody's name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import AnswerGone
from bot.keeping.answers import KeptAnswers
from bot.keeping.feedback import Counts, KeptFeedback
from tests.bot.keeping.making import ASKED_AT, KEY, make_kept

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from bot.types import Verdict

PERSON = 987_654_321_098_765_432
_VERDICTS: st.SearchStrategy[Verdict] = st.sampled_from(["helpful", "not-helpful"])


@pytest.fixture
def feedback(database: sqlite3.Connection) -> KeptFeedback:
    """Return a memory of one answer, a day younger than another, that nobody has judged."""
    answers = KeptAnswers(database)
    answers.keep(make_kept(key="1" * 16, asked_at=ASKED_AT - timedelta(days=1)))
    answers.keep(make_kept())
    return KeptFeedback(database)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example begins without feedback
@given(given_=st.lists(st.tuples(st.sampled_from([1, 2, 2**63 + 5]), _VERDICTS), min_size=1, max_size=12))
def test_the_last_verdict_of_each_person_counts(
    feedback: KeptFeedback, database: sqlite3.Connection, given_: list[tuple[int, Verdict]]
) -> None:
    """Who presses twice has one voice, and may change it."""
    with database:
        database.execute("DELETE FROM feedback")
    for person, verdict in given_:
        feedback.give(KEY, person, verdict)
    last = list(dict(given_).values())
    expected = Counts(KEY, last.count("helpful"), last.count("not-helpful"))
    assert feedback.report() == (expected,)


def test_answers_are_counted_each_for_itself_in_order_of_asking(feedback: KeptFeedback) -> None:
    """What somebody thinks of one answer says nothing of another."""
    feedback.give(KEY, PERSON, "helpful")
    feedback.give("1" * 16, PERSON, "not-helpful")
    assert feedback.report() == (Counts("1" * 16, 0, 1), Counts(KEY, 1, 0))


def test_since_leaves_out_older_questions(feedback: KeptFeedback) -> None:
    """After a change, only what was answered since tells whether it helped."""
    feedback.give(KEY, PERSON, "helpful")
    feedback.give("1" * 16, PERSON, "helpful")
    assert feedback.report(ASKED_AT) == (Counts(KEY, 1, 0),)


def test_nobody_has_judged_yet(feedback: KeptFeedback) -> None:
    """Answers without a verdict are not in the report."""
    assert feedback.report() == ()


def test_an_answer_that_is_no_longer_kept_is_not_judged(feedback: KeptFeedback) -> None:
    """A verdict that is lost must be told to the person who gave it."""
    with pytest.raises(AnswerGone, match="ask the question again"):
        feedback.give("f" * 16, PERSON, "helpful")
    assert feedback.report() == ()


def test_no_person_can_be_read_out_of_the_file(
    feedback: KeptFeedback, database: sqlite3.Connection, tmp_path: Path
) -> None:
    """Neither the id, nor one digest for all of a person's verdicts, by which they could be joined up."""
    feedback.give(KEY, PERSON, "helpful")
    feedback.give("1" * 16, PERSON, "helpful")
    digests = [digest for (digest,) in database.execute("SELECT person_hmac FROM feedback")]
    assert len(set(digests)) == 2
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    written = (tmp_path / "bot.db").read_bytes()
    assert str(PERSON).encode() not in written
    assert PERSON.to_bytes(8, "big") not in written
