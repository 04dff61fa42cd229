"""Runs that ask what the coverage answers and what it does not: is it known when it does not say."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.abstention_evaluation import (
    asked_abroad,
    asked_at_home,
    asked_of_candidates,
    asked_without_its_article,
    measure_abstention,
    verdict_on,
)
from bot.measuring.opening import answerable, open_corpus
from bot.progress import shown_progress
from bot.settings import BotSettings
from index.evaluation import read_judged_questions, sample_questions, working_folder
from index.settings import load_settings
from index.wiring import open_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.abstention_evaluation import Asked, Verdict
    from index.retrieval.retriever import HybridRetriever


def abstention(
    corpus: Path | None,
    queries: Sequence[Path],
    foreign: Sequence[Path],
    labelled: Sequence[Path],
    *,
    sample: int,
    work: Path | None,
) -> list[dict[str, Any]]:
    """Ask questions that a collection answers, the same without their article, and foreign ones.

    Args:
        corpus: a collection, documents one a line; None where only the labelled ones are asked.
        queries: files of questions that it answers.
        foreign: files of questions that another collection answers.
        labelled: corpora ``corpus.*`` with ``queries.*`` beside them, each question with its own candidates.
        sample: questions of each file.
        work: keeps the indexes for the next run, where it is given.

    Returns:
        A row for each file, of the queries two.

    Raises:
        CollectionError: something cannot be read, built or opened.
    """
    with working_folder(work) as folder:
        rows = _abstained(corpus, queries, foreign, sample, folder) if corpus else []
        return [*rows, *(_labelled(file, sample, folder) for file in labelled)]


def _abstained(
    corpus: Path, queries: Sequence[Path], foreign: Sequence[Path], sample: int, work: Path
) -> list[dict[str, Any]]:
    names, retriever = open_corpus(corpus, work)
    rows, answered = [], []
    for file in queries:
        questions = answerable(file, names, sample)
        own = _verdicts(asked_at_home(questions, retriever), retriever)
        rows.append(_row(file, "its own", own))
        without = _verdicts(asked_without_its_article(questions, retriever), retriever)
        rows.append(_row(file, "its own, the answering article taken away", without, own))
        answered += own
    for file in foreign:
        abroad = _verdicts(asked_abroad(answerable(file, {}, sample), retriever), retriever)
        rows.append(_row(file, "another collection's", abroad, answered))
    return rows


def _labelled(file: Path, count: int, work: Path) -> dict[str, Any]:
    folder = work / file.name
    folder.mkdir(exist_ok=True)
    names, retriever = open_corpus(file, folder)
    articles = open_articles(load_settings(BotSettings, index_dir=folder / "index"))
    queries = file.with_name(file.name.replace("corpus", "queries"))
    questions = sample_questions(list(read_judged_questions(queries, names)), count)
    asked = asked_of_candidates(questions, names, retriever, articles)
    return _row(queries, "judged against its candidates", _verdicts(asked, retriever))


def _verdicts(asked: Iterable[Asked], retriever: HybridRetriever) -> list[tuple[Verdict, bool]]:
    verdicts = []
    with shown_progress() as progress:
        for done, one in enumerate(asked, start=1):
            verdicts.append((verdict_on(one, retriever), one.answerable))
            progress("ask", done, None)
    return verdicts


def _row(
    file: Path,
    which: str,
    verdicts: list[tuple[Verdict, bool]],
    answered: Sequence[tuple[Verdict, bool]] = (),
) -> dict[str, Any]:
    return {"questions from": file.name, "which": which, **asdict(measure_abstention(verdicts, answered))}
