"""Fit the few numbers by which Dateline tells an answer from a near miss, and print them.

A question whose article is there counts as answered; the same question with that article taken away, or
asked of another collection, as not covered; so do the questions that a set labels unanswerable. Put what
is printed into bot/answering/coverage.py, and report on sets and languages that were not fitted on.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.abstention_evaluation import (
    asked_abroad,
    asked_at_home,
    asked_of_candidates,
    asked_without_its_article,
)
from bot.answering.coverage import Signs, signs
from bot.answering.evidence import candidates
from bot.answering.question import read_question
from bot.progress import fail, shown_progress, speak
from bot.settings import BotSettings
from index.errors import DatelineError
from index.evaluation import (
    corpus_source_paths,
    read_judged_questions,
    sample_questions,
    working_folder,
)
from index.settings import load_settings
from index.wiring import open_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from bot.abstention_evaluation import Asked
    from index.retrieval.retriever import HybridRetriever

# Answerable questions of the fitted sets that must be answered: the threshold follows from it.
_ANSWERED = 0.95
_EPILOG = """example:
  python scripts/fit_coverage.py --own piaf_v1/corpus.jsonl half-of-its-queries.jsonl \\
    --own xquad/corpus.en.jsonl xquad/queries.{en,es,de,tr}.jsonl \\
    --foreign-corpus wikinews_fr/corpus.jsonl --labelled nomiracl/corpus.{en,de}.jsonl.gz

exit status: 0 fitted, 1 an error"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Gather signs, fit, print; return the exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        with working_folder(options.work) as work:
            rows = [*_own(options, work), *_labelled(options, work)]
    except DatelineError as error:
        return fail(error)
    _report(np.array([astuple(found) for found, _ in rows]), np.array([answered for _, answered in rows]))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--own",
        type=Path,
        required=True,
        nargs="+",
        action="append",
        metavar="FILE",
        help="a corpus and the files of its questions; may be given again",
    )
    parser.add_argument("--foreign-corpus", type=Path, required=True, metavar="FILE")
    parser.add_argument(
        "--labelled",
        type=Path,
        nargs="*",
        default=[],
        metavar="CORPUS",
        help="with queries.* beside corpus.*",
    )
    parser.add_argument("--sample", type=int, default=300, metavar="N", help="questions of each file (300)")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the indexes here for the next run")
    return parser


def _own(options: argparse.Namespace, work: Path) -> Iterator[tuple[Signs, bool]]:
    """Yield signs of questions with their article, without it, and of another collection."""
    foreign = _retriever(options.foreign_corpus, work / "foreign")
    for place, (corpus, *files) in enumerate(options.own):
        home, names = _retriever(corpus, work / f"home-{place}"), corpus_source_paths(corpus)
        for file in files:
            questions = sample_questions(list(read_judged_questions(file, names)), options.sample)
            yield from _signs(asked_at_home(questions, home), home)
            yield from _signs(asked_without_its_article(questions, home), home)
            yield from _signs(asked_abroad(questions, foreign), foreign)


def _labelled(options: argparse.Namespace, work: Path) -> Iterator[tuple[Signs, bool]]:
    """Yield signs of questions that people labelled, each against its own candidates."""
    for place, corpus in enumerate(options.labelled):
        index_dir = work / f"labelled-{place}"
        retriever, names = _retriever(corpus, index_dir), corpus_source_paths(corpus)
        articles = open_articles(load_settings(BotSettings, index_dir=index_dir))
        file = corpus.with_name(corpus.name.replace("corpus", "queries"))
        questions = sample_questions(list(read_judged_questions(file, names)), options.sample)
        yield from _signs(asked_of_candidates(questions, names, retriever, articles), retriever)


def _signs(all_asked: Iterable[Asked], retriever: HybridRetriever) -> Iterator[tuple[Signs, bool]]:
    with shown_progress() as progress:
        for done, asked in enumerate(all_asked, start=1):
            query = read_question(asked.question.text, top_k=1)
            if asked.evidence:
                ranked = candidates(asked.evidence, query, retriever)
                yield signs(ranked), asked.answerable
            progress("ask", done, None)


def _report(found: NDArray[np.float64], answered: NDArray[np.bool_]) -> None:
    from sklearn.linear_model import LogisticRegression  # comes with sentence-transformers

    model = LogisticRegression(C=1e4, class_weight="balanced", max_iter=10_000).fit(found, answered)
    probabilities = model.predict_proba(found)[:, 1]
    threshold = float(np.quantile(probabilities[answered], 1 - _ANSWERED))
    for sign, weight in zip(fields(Signs), model.coef_[0], strict=True):
        print(f"{sign.name:20} {weight:8.2f}")
    print(f"{'TYPICAL_LEAD':20} {found[:, 1].mean():8.3f}")
    print(f"{'BIAS':20} {model.intercept_[0]:8.2f}\n{'THRESHOLD':20} {threshold:8.3f}")
    silent = float((probabilities[~answered] < threshold).mean())
    print(
        f"fitted on {len(answered)}: {_ANSWERED:.0%} of the answered are answered, {silent:.0%} of the others are not"
    )


def _retriever(corpus: Path, index_dir: Path) -> HybridRetriever:
    from index.wiring import build_index, open_retriever  # --help answers at once

    settings = load_settings(BotSettings, index_dir=index_dir)
    with shown_progress() as progress:
        build_index(settings, [corpus], progress)
    return open_retriever(settings)


if __name__ == "__main__":
    sys.exit(main())
