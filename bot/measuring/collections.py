"""Runs over the questions of a judged collection: what is found, what is quoted, what reprints do."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.answering.answerer import TOP_K
from bot.answering.evidence import find, gather
from bot.answering.question import read_question
from bot.evaluation import measure_quotes, measure_reprints, quotes_for
from bot.measuring.opening import answerable, open_corpus
from bot.progress import shown_progress
from index.evaluation import (
    measure_run,
    read_judged_questions,
    read_records,
    sample_questions,
    with_reprints,
    working_folder,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.evaluation import JudgedQuestion, RunMeasures
    from index.retrieval.retriever import HybridRetriever
    from index.types import Hit, Query

# Passages asked for, so that ten different articles are among them.
_DEPTH = 50


def retrieval(
    corpus: Path, queries: Sequence[Path], *, sample: int | None, work: Path | None
) -> list[dict[str, Any]]:
    """Search for each question by each way of finding.

    Args:
        corpus: documents, one a line.
        queries: files of questions, one a line; those count whose article is there.
        sample: questions of each file; None for all.
        work: keeps the index for the next run, where it is given.

    Returns:
        A row for each file and way of finding.

    Raises:
        CollectionError: something cannot be read, built or opened.
    """
    return _by_file(corpus, queries, lambda q: bool(q.relevant), _found, sample=sample, work=work)


def quotes(
    corpus: Path, queries: Sequence[Path], *, sample: int | None, work: Path | None
) -> list[dict[str, Any]]:
    """Quote for each question, whether or not the coverage would be judged to answer it.

    Takes and raises what :func:`retrieval` does; those questions count whose answer is known.

    Returns:
        A row for each file and way of choosing the sentences.
    """
    return _by_file(
        corpus, queries, lambda q: bool(q.quotes and q.relevant), _quoted, sample=sample, work=work
    )


def _by_file(
    corpus: Path,
    queries: Sequence[Path],
    counts: Callable[[JudgedQuestion], bool],
    run: Callable[[Sequence[JudgedQuestion], HybridRetriever], list[dict[str, Any]]],
    *,
    sample: int | None,
    work: Path | None,
) -> list[dict[str, Any]]:
    """Run a measure over those questions of each file that count for it."""
    with working_folder(work) as folder:
        names, retriever = open_corpus(corpus, folder)
        rows = []
        for file in queries:
            questions = [q for q in read_judged_questions(file, names) if counts(q)]
            questions = sample_questions(questions, sample or len(questions))
            rows += [{"questions from": file.name, **row} for row in run(questions, retriever)]
        return rows


def _found(questions: Sequence[JudgedQuestion], retriever: HybridRetriever) -> list[dict[str, Any]]:
    measured = _measured(questions, retriever)
    return [{"found by": way, **asdict(measures)} for way, measures in measured.items()]


def _measured(questions: Sequence[JudgedQuestion], retriever: HybridRetriever) -> dict[str, RunMeasures]:
    ways: dict[str, Callable[[Query], tuple[Hit, ...]]] = {
        "dense": retriever.dense,
        "lexical": retriever.lexical,
        "fused": retriever.fused,
        "compared": retriever.retrieve,
    }
    runs: dict[str, dict[str, list[str]]] = {way: {} for way in ways}
    source_paths: dict[str, str] = {}
    with shown_progress() as progress:
        for done, question in enumerate(questions, start=1):
            query = read_question(question.text, top_k=_DEPTH)
            for way, search in ways.items():
                runs[way][question.question_id] = articles_of(search(query), retriever, source_paths)
            progress("ask", done, len(questions))
    return {way: measure_run(run, questions) for way, run in runs.items()}


def articles_of(
    hits: Sequence[Hit], retriever: HybridRetriever, source_paths: dict[str, str] | None = None
) -> list[str]:
    """Return the source paths of the articles found, best first, each once.

    Args:
        hits: passages, best first.
        retriever: holds their articles.
        source_paths: by article id, those that are known already; it is added to.
    """
    known = {} if source_paths is None else source_paths
    found = dict.fromkeys(hit.passage.article_id for hit in hits)
    for article_id in found:
        if article_id not in known:
            known[article_id] = retriever.article(article_id).source_path
    return [known[article_id] for article_id in found]


def _quoted(questions: Sequence[JudgedQuestion], retriever: HybridRetriever) -> list[dict[str, Any]]:
    runs: dict[str, list[tuple[JudgedQuestion, tuple[str, ...]]]] = {}
    with shown_progress() as progress:
        for done, question in enumerate(questions, start=1):
            for way, chosen in quotes_for(question, retriever).items():
                runs.setdefault(way, []).append((question, chosen))
            progress("ask", done, len(questions))
    return [{"chosen by": way, **asdict(measure_quotes(run))} for way, run in runs.items()]


def reprints(
    corpus: Path, queries: Path, *, copies: int, sample: int, work: Path | None
) -> list[dict[str, Any]]:
    """Plant reprints of the articles that answer, and ask with reprints folded and as they are found.

    Args:
        corpus: documents, one a line.
        queries: questions, one a line.
        copies: reprints of each article that answers a question.
        sample: how many questions.
        work: keeps the index for the next run, where it is given.

    Raises:
        CollectionError: something cannot be read, built or opened.
    """
    with working_folder(work) as folder:
        names, retriever = open_corpus(_planted(corpus, queries, copies, folder), folder)
        originals = {path: names[name.rsplit("+", 1)[0]] for name, path in names.items()}
        as_found, folded = [], []
        for question in [q for q in answerable(queries, names, sample) if q.relevant]:
            query = read_question(question.text, top_k=TOP_K)
            as_found.append((question, gather(retriever.retrieve(query), retriever)))
            folded.append((question, find(query, retriever)))
    ways = {"as found": as_found, "folded": folded}
    return [
        {"reprints": way, **asdict(measure_reprints(found, originals, copies))} for way, found in ways.items()
    ]


def _planted(corpus: Path, queries: Path, copies: int, work: Path) -> Path:
    asked = {name for record in read_records(queries) for name in record["relevant_doc_ids"] or ()}
    planted = work / "planted.jsonl"
    with planted.open("w", encoding="utf-8") as lines:
        for record in with_reprints(read_records(corpus), asked, copies):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return planted
