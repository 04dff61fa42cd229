"""What people think of answers, counted so that a maintainer sees what to mend."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.errors import AnswerDamaged
from bot.types import Answer
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.keeping.answers import KeptAnswers
    from bot.keeping.feedback import KeptFeedback
    from bot.types import Kept

Row: TypeAlias = "Mapping[str, Any]"
_MOST_QUESTIONS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer, and how many people found it helpful or not; at least one of either."""

    kept: Kept
    helpful: int
    not_helpful: int


def judged_answers(
    answers: KeptAnswers, feedback: KeptFeedback, since: datetime | None
) -> tuple[Judged, ...]:
    """Return the answers that anybody judged, in the order of asking; a damaged one is logged and left out.

    Args:
        answers: answers, and
        feedback: verdicts of the same database.
        since: leave out answers of questions asked before; None for all.

    Raises:
        StateError: the file cannot be read.
    """
    found = []
    for counts in feedback.report(since):
        with suppress(AnswerDamaged):  # logged where it was found
            kept = answers.answer(counts.key)
            if kept is not None:  # forgotten by the running bot between the two
                found.append(Judged(kept, counts.helpful, counts.not_helpful))
    return tuple(found)


def feedback_report(judged: Sequence[Judged]) -> dict[str, list[Row]]:
    """Return the rows of each table of the report; a table may have none.

    ``totals`` has one row, ``by_status``, ``by_language`` and ``by_publisher`` one for each kind, most judged
    first, and ``least_helpful`` the questions that most people found not helpful. An answer that quotes
    several outlets counts with each of them; a share is of those who judged.
    """
    return {
        "totals": [_counted(judged)] if judged else [],
        "by_status": _by("status", ((_status(each.kept), each) for each in judged)),
        "by_language": _by("language", ((each.kept.answer.language, each) for each in judged)),
        "by_publisher": _by("publisher", _with_publishers(judged)),
        "least_helpful": _least_helpful(judged),
    }


def _counted(judged: Sequence[Judged]) -> Row:
    helpful = sum(each.helpful for each in judged)
    not_helpful = sum(each.not_helpful for each in judged)
    return {
        "answers": len(judged),
        "helpful": helpful,
        "not_helpful": not_helpful,
        "share_helpful": helpful / (helpful + not_helpful),
    }


def _by(name: str, pairs: Iterable[tuple[str | None, Judged]]) -> list[Row]:
    rows = [{name: kind, **_counted(judged)} for kind, judged in _grouped(pairs).items()]
    return sorted(rows, key=lambda row: (-row["helpful"] - row["not_helpful"], row[name] or ""))


def _grouped(pairs: Iterable[tuple[Hashable, Judged]]) -> dict[Any, list[Judged]]:
    groups: dict[Any, list[Judged]] = {}
    for kind, judged in pairs:
        groups.setdefault(kind, []).append(judged)
    return groups


def _with_publishers(judged: Iterable[Judged]) -> Iterable[tuple[str | None, Judged]]:
    for each in judged:
        if isinstance(each.kept.answer, Answer):
            for publisher in dict.fromkeys(c.article.publisher for c in each.kept.answer.citations):
                yield publisher, each


def _least_helpful(judged: Iterable[Judged]) -> list[Row]:
    """Return the questions with the most people against, however they were typed."""
    asked = _grouped((tuple(words(each.kept.asked)), each) for each in judged if each.not_helpful)
    rows: list[Row] = [
        {
            "question": same[0].kept.asked,
            "status": ", ".join(dict.fromkeys(_detailed_status(each.kept) for each in same)),
            **_counted(same),
        }
        for same in asked.values()
    ]
    rows.sort(key=lambda row: (row["helpful"] - row["not_helpful"], -row["not_helpful"], row["question"]))
    return rows[:_MOST_QUESTIONS]


def _status(kept: Kept) -> str:
    return "answered" if isinstance(kept.answer, Answer) else "not_covered"


def _detailed_status(kept: Kept) -> str:
    answer = kept.answer
    return _status(kept) if isinstance(answer, Answer) else f"{_status(kept)}: {answer.reason.kind}"
