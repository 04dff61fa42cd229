"""A small collection of our own writing, so that a first question needs no set-up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from index.evaluation import JudgedQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).resolve().parent
ARTICLES = _HERE / "articles"
QUESTIONS = _HERE / "questions.jsonl"
DRAFTS = _HERE / "drafts.jsonl"
# A few short articles that drafts are written over, and that no question is about.
DRAFT_ARTICLES = _HERE / "draft_articles.jsonl"
EXPECTED_ARTICLES = _HERE / "expected_articles.jsonl"


def judged_questions() -> Iterator[tuple[str, JudgedQuestion]]:
    """Return the sample's questions with their kind: same-language, cross-language, off-topic, near-miss."""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield (
            record["kind"],
            JudgedQuestion(
                question_id=record["qid"],
                text=record["question"],
                language=record["lang"],
                relevant=frozenset(record["expected"]),
                quotes=tuple(record["quotes"]),
            ),
        )
