"""Runs of verification: over drafts with planted faults, and over sentences that people labelled."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.draft_evaluation import answer_times, check_drafts, judged_drafts, measure_kinds
from bot.progress import note, shown_progress
from bot.settings import BotSettings
from bot.support_evaluation import measure_support
from index.evaluation import read_records
from index.sample_coverage import ARTICLES, DRAFT_ARTICLES
from index.settings import load_settings
from index.sources.files import read_sources
from index.wiring import make_embedder

if TYPE_CHECKING:
    from pathlib import Path


def drafts(half: str) -> list[dict[str, Any]]:
    """Verify drafts, true or with one planted fault, and say on standard error what verification adds to an answer.

    Args:
        half: which drafts.

    Returns:
        A row for each kind, and one for all faults together.
    """
    settings = load_settings(BotSettings)
    readings = read_sources(
        [ARTICLES, DRAFT_ARTICLES], max_bytes=settings.max_source_bytes, now=datetime.now(UTC)
    )
    articles = {reading.article.source_path: reading.article for reading in readings if reading.article}
    judged, outcomes = list(judged_drafts(half)), []
    with shown_progress() as progress:
        for done, outcome in enumerate(check_drafts(judged, articles, make_embedder(settings)), start=1):
            outcomes.append(outcome)
            progress("check", done, len(judged))
    took, used = answer_times(outcomes)
    note(
        f"added to an answer of five sentences, encoding too: {took:.0f} ms, {used:.0f} ms of processor time"
    )
    return [asdict(row) for row in measure_kinds(outcomes)]


def support(data: Path) -> list[dict[str, Any]]:
    """Verify sentences that machines wrote, beside people's labels.

    Args:
        data: a folder of ``corpus.LANG.jsonl`` and ``queries.LANG.jsonl``, or the same with ``.gz``.

    Returns:
        A row for each language.

    Raises:
        SourceRefused: a line is no JSON object.
    """
    embedder, rows = make_embedder(load_settings(BotSettings)), []
    with shown_progress() as progress:
        for queries in sorted(data.glob("queries.*.jsonl*")):
            corpus = queries.with_name(queries.name.replace("queries", "corpus"))
            measures = measure_support(
                list(read_records(corpus)), list(read_records(queries)), embedder, progress
            )
            rows.append({"language": queries.name.split(".")[1], **asdict(measures)})
    return rows
