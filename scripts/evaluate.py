"""Measure Dateline on judged questions; every row of a table comes from the same run."""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from bot.progress import shown_progress, speak
from bot.settings import BotSettings
from index.errors import DatelineError
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.evaluation import JudgedQuestion, RunMeasures
    from index.retrieval.retriever import HybridRetriever
    from index.types import Hit, Query

# Passages asked for, so that ten different articles are among them.
_DEPTH = 50

_EPILOG = """examples:
  python scripts/evaluate.py retrieval --corpus piaf/corpus.jsonl --queries piaf/queries.jsonl
  python scripts/evaluate.py retrieval --corpus xquad/corpus.en.jsonl --queries xquad/queries.{de,es,ru}.jsonl
  python scripts/evaluate.py sample

corpus: one object a line with doc_id, title, text, lang; queries: qid, question, lang, relevant_doc_ids.
.gz is read too. --work DIR keeps the index for the next run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one evaluation and return the exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        rows: list[dict[str, Any]] = options.run(options)
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        Console(width=110).print(_table(options.title, rows))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    retrieval = commands.add_parser("retrieval", help="is the right article found: dense, lexical, fused")
    retrieval.add_argument("--corpus", type=Path, required=True, metavar="FILE")
    retrieval.add_argument("--queries", type=Path, required=True, nargs="+", metavar="FILE")
    retrieval.add_argument("--work", type=Path, metavar="DIR", help="keep the index here for the next run")
    retrieval.set_defaults(run=_retrieval, title="Retrieval: share of questions whose article is found")
    sample = commands.add_parser("sample", help="the sample collection's questions, asked for real")
    sample.add_argument("--work", type=Path, metavar="DIR", help="keep the index here for the next run")
    sample.set_defaults(run=_sample, title="Sample collection: what was answered")
    for command in (retrieval, sample):
        command.add_argument("--json", action="store_true", help="print the rows as JSON")
    return parser


def _table(title: str, rows: Sequence[dict[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left")
    for name in rows[0]:
        table.add_column(name, justify="left" if isinstance(rows[0][name], str) else "right")
    for row in rows:
        table.add_row(*(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row.values()))
    return table


def _retrieval(options: argparse.Namespace) -> list[dict[str, Any]]:
    with _folder(options.work) as work:
        corpus = _plain(options.corpus, work)
        names = _source_paths(corpus)
        retriever = _open(work, [corpus])
        rows = []
        for file in options.queries:
            questions = list(_questions(file, names))
            for found_by, measures in _measured(retriever, questions).items():
                rows.append({"questions from": file.name, "found by": found_by, **asdict(measures)})
    return rows


def _measured(retriever: HybridRetriever, questions: Sequence[JudgedQuestion]) -> dict[str, RunMeasures]:
    from index.evaluation import measure_run  # --help answers at once

    ways: dict[str, Callable[[Query], tuple[Hit, ...]]] = {
        "dense": retriever.dense,
        "lexical": retriever.lexical,
        "fused": retriever.retrieve,
    }
    runs: dict[str, dict[str, list[str]]] = {way: {} for way in ways}
    source_paths: dict[str, str] = {}
    with shown_progress() as progress:
        for done, question in enumerate(questions, start=1):
            query = _query(question)
            for way, find in ways.items():
                runs[way][question.question_id] = _articles(find(query), retriever, source_paths)
            progress("ask", done, len(questions))
    return {way: measure_run(run, questions) for way, run in runs.items()}


def _query(question: JudgedQuestion) -> Query:
    from bot.answering.question import read_question

    return read_question(question.text, top_k=_DEPTH)


def _articles(hits: Sequence[Hit], retriever: HybridRetriever, source_paths: dict[str, str]) -> list[str]:
    """Return the source paths of the articles found, best first, each once."""
    found = dict.fromkeys(hit.passage.article_id for hit in hits)
    for article_id in found:
        if article_id not in source_paths:
            source_paths[article_id] = retriever.article(article_id).source_path
    return [source_paths[article_id] for article_id in found]


def _sample(options: argparse.Namespace) -> list[dict[str, Any]]:
    import asyncio  # --help answers at once

    from bot.answering.answerer import Answerer
    from bot.answering.question import read_question
    from bot.evaluation import measure_answers
    from index.sample_coverage import ARTICLES, judged_questions

    with _folder(options.work) as work:
        answerer = Answerer(_open(work, [ARTICLES]))
        by_kind: dict[str, list[Any]] = {}
        for kind, question in judged_questions():
            answer = asyncio.run(answerer.answer(read_question(question.text, top_k=10)))
            by_kind.setdefault(kind, []).append((question, answer))
    return [{"questions": kind, **asdict(measure_answers(pairs))} for kind, pairs in by_kind.items()]


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """Yield the folder to work in: the one that was given, or one that goes when the work is done."""
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given
    else:
        with tempfile.TemporaryDirectory(prefix="dateline-evaluate-") as made:
            yield Path(made)


def _open(work: Path, sources: Sequence[Path]) -> HybridRetriever:
    from index.wiring import build_index, open_retriever

    settings = load_settings(BotSettings, index_dir=work / "index")
    with shown_progress() as progress:
        build_index(settings, sources, progress)
    return open_retriever(settings)


def _plain(file: Path, work: Path) -> Path:
    """Return the file, unpacked where it is compressed."""
    if file.suffix != ".gz":
        return file
    unpacked = work / file.stem
    with gzip.open(file) as packed, unpacked.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return unpacked


def _records(file: Path) -> Iterator[dict[str, Any]]:
    open_file = gzip.open if file.suffix == ".gz" else open
    with open_file(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _source_paths(corpus: Path) -> dict[str, str]:
    """Return the source path of each document: its line in the file."""
    return {
        record["doc_id"]: f"{corpus.name}#{line}" for line, record in enumerate(_records(corpus), start=1)
    }


def _questions(file: Path, source_paths: dict[str, str]) -> Iterator[JudgedQuestion]:
    from index.evaluation import JudgedQuestion

    for record in _records(file):
        yield JudgedQuestion(
            question_id=record["qid"],
            text=record["question"],
            language=record["lang"],
            relevant=frozenset(
                source_paths[name] for name in record["relevant_doc_ids"] if name in source_paths
            ),
        )


if __name__ == "__main__":
    sys.exit(main())
