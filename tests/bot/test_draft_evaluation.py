"""Measures over drafts, and the set of drafts itself."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.answering.verification.types import Fault
from bot.draft_evaluation import (
    TRUE,
    DraftOutcome,
    JudgedDraft,
    answer_times,
    check_drafts,
    judged_drafts,
    measure_kinds,
)
from bot.support_evaluation import measure_support
from index.sample_coverage import ARTICLES, DRAFT_ARTICLES
from index.sources.files import read_sources
from tests.builds import no_progress
from tests.fakes import FakeEmbedder


def _draft(kind: str = TRUE, sentence: str = "Le pont ferme.") -> JudgedDraft:
    return JudgedDraft(
        draft_id="pont-01",
        half="rules",
        sources=("articles/courrier-littoral-pont-corvelle.txt",),
        language="fr",
        kind=kind,
        sentence=sentence,
        cites=("doit être livré en avril 2023",),
        inserted=None,
    )


class TestJudgedDrafts:
    """The set that the figures come from."""

    def test_half_of_it_is_true_and_every_kind_of_fault_is_in_both_halves(self) -> None:
        """A kind that is missing from a half is not measured there."""
        halves = {half: Counter(draft.kind for draft in judged_drafts(half)) for half in ("rules", "figures")}
        assert sum(counts.total() for counts in halves.values()) >= 400
        for counts in halves.values():
            assert len(counts) == 14
            assert 0.4 < counts[TRUE] / counts.total() < 0.6

    def test_the_unseen_drafts_plant_what_numbers_and_names_do_not_give_away(self) -> None:
        """Who did it to whom, what instead of what, and when as seen from a day, need more than words that match."""
        counts = Counter(draft.kind for draft in judged_drafts("unseen"))
        assert counts.total() >= 200
        assert 0.4 < counts[TRUE] / counts.total() < 0.6
        assert (
            min(counts[kind] for kind in ("roles", "instead", "relative-time", "negation", "modality")) >= 10
        )

    @pytest.mark.parametrize("halves", [("rules", "figures"), ("learnt", "held-out")])
    def test_no_event_is_in_both_halves(self, halves: tuple[str, str]) -> None:
        """Rules that were made on an event know it."""
        made_on, counted = ({path for d in judged_drafts(half) for path in d.sources} for half in halves)
        assert made_on
        assert counted
        assert not made_on & counted

    def test_the_held_out_drafts_cross_languages_and_hold_every_kind(self) -> None:
        """What a model writes about an article of another language is the harder half."""
        drafts = list(judged_drafts("held-out"))
        counts = Counter(draft.kind for draft in drafts)
        assert counts.total() >= 100
        assert len(counts) == 15
        assert 0.4 < counts[TRUE] / counts.total() < 0.6

    def test_every_passage_that_is_cited_is_there(self) -> None:
        """A draft whose label is lost would be dropped for that, whatever its fault."""
        readings = read_sources(
            [ARTICLES, DRAFT_ARTICLES], max_bytes=10**7, now=datetime(2026, 1, 1, tzinfo=UTC)
        )
        articles = {reading.article.source_path: reading.article for reading in readings if reading.article}
        for half in ("rules", "figures", "study", "unseen", "learnt", "held-out", "latest"):
            outcomes = check_drafts(
                [d for d in judged_drafts(half) if d.kind == TRUE], articles, FakeEmbedder()
            )
            for outcome in outcomes:
                assert not (isinstance(outcome.verdict, Fault) and outcome.verdict.kind == "no-label")


class TestMeasureKinds:
    """Counts by kind."""

    def test_shown_and_dropped_are_counted_by_kind(self) -> None:
        """The table must not mix true sentences with faults."""
        outcomes = [
            DraftOutcome(_draft(kind), Fault("number"), 1.0, 1.0)
            for kind in (TRUE, "number", "date", "number")
        ]
        rows = {row.kind: (row.drafts, row.shown) for row in measure_kinds(outcomes)}
        assert rows == {TRUE: (1, 0), "date": (1, 0), "number": (2, 0), "all faults": (3, 0)}


class TestAnswerTimes:
    """What verification adds to an answer."""

    def test_five_sentences_are_an_answer(self) -> None:
        """A time of one sentence says little of what somebody waits for."""
        outcomes = [DraftOutcome(_draft(), Fault("number"), float(place < 5), 2.0) for place in range(14)]
        assert answer_times(outcomes) == (2.5, 10.0)
        assert answer_times(outcomes[:4]) == (0.0, 0.0)


class TestMeasureSupport:
    """Agreement with people's labels."""

    def test_a_verbatim_sentence_passes_and_another_does_not(self) -> None:
        """The figure must move with what is shown."""
        corpus = [{"doc_id": "a", "text": "Le pont d'Orvanne ferme lundi pour des travaux.", "lang": "fr"}]
        labelled = [
            {"sentence": "Le pont d'Orvanne ferme lundi pour des travaux.", "factuality": "Supported"},
            {"sentence": "Le pont d'Orvanne coûte 12 millions d'euros.", "factuality": "Not Supported"},
            {"sentence": "Le pont.", "factuality": "Challenging to determine"},
        ]
        queries = [{"lang": "fr", "candidate_doc_ids": ["a"], "labelled_answer": labelled}]
        measures = measure_support(corpus, queries, FakeEmbedder(), no_progress)
        assert (measures.sentences, measures.balanced_accuracy) == (2, 1.0)
