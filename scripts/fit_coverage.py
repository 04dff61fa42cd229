"""Fit the few numbers by which Dateline tells an answer from a near miss, and print them.

A question whose article is there counts as answered; the same question with that article taken away, or
asked of another collection, as not covered; so do the questions that a set labels unanswerable. Put what
is printed into bot/answering/coverage.py, and report on sets and languages that were not fitted on.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

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

# Whether it is answered, and the kind of question it is.
_Row: TypeAlias = "tuple[Signs, bool, str]"
# Questions asked at home that must be answered: the threshold follows from it.
_ANSWERED = 0.92
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
    _report(rows)
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


def _own(options: argparse.Namespace, work: Path) -> Iterator[_Row]:
    """Yield signs of questions with their article, without it, and of another collection."""
    foreign = _retriever(options.foreign_corpus, work / "foreign")
    for place, (corpus, *files) in enumerate(options.own):
        home, names = _retriever(corpus, work / f"home-{place}"), corpus_source_paths(corpus)
        for file in files:
            questions = sample_questions(list(read_judged_questions(file, names)), options.sample)
            yield from _signs("own", asked_at_home(questions, home), home)
            yield from _signs("without", asked_without_its_article(questions, home), home)
            yield from _signs("foreign", asked_abroad(questions, foreign), foreign)


def _labelled(options: argparse.Namespace, work: Path) -> Iterator[_Row]:
    """Yield signs of questions that people labelled, each against its own candidates."""
    for place, corpus in enumerate(options.labelled):
        index_dir = work / f"labelled-{place}"
        retriever, names = _retriever(corpus, index_dir), corpus_source_paths(corpus)
        articles = open_articles(load_settings(BotSettings, index_dir=index_dir))
        file = corpus.with_name(corpus.name.replace("corpus", "queries"))
        questions = sample_questions(list(read_judged_questions(file, names)), options.sample)
        yield from _signs("labelled", asked_of_candidates(questions, names, retriever, articles), retriever)


def _signs(group: str, all_asked: Iterable[Asked], retriever: HybridRetriever) -> Iterator[_Row]:
    with shown_progress() as progress:
        for done, asked in enumerate(all_asked, start=1):
            query = read_question(asked.question.text, top_k=1)
            if asked.evidence:
                ranked = candidates(asked.evidence, query, retriever)
                yield signs(query, ranked), asked.answerable, group
            progress("ask", done, None)


def _report(rows: Sequence[_Row]) -> None:
    """Print the weights, and what they do to each kind of question.

    How much the lead weighs beside the sentence is where three abilities are best on the average: to tell
    what is answered from the same without its article, from foreign questions, and from what people
    judged unanswered. A logistic regression on their sum, each kind counting alike, makes it a probability.
    """
    from sklearn.linear_model import LogisticRegression  # comes with sentence-transformers

    found = np.array([astuple(one) for one, _, _ in rows])
    kinds = np.array([f"{group}, {'answered' if answered else 'not'}" for _, answered, group in rows])
    ratio = max(np.arange(0, 10.25, 0.25), key=lambda lead: _ability(found @ [1, lead], kinds))
    score = found @ [1, ratio]
    answered = np.array([is_answered for _, is_answered, _ in rows])
    alike = np.array([len(rows) / (kinds == kind).sum() for kind in kinds])
    model = LogisticRegression(C=1e4).fit(score[:, np.newaxis], answered, sample_weight=alike)
    probabilities = model.predict_proba(score[:, np.newaxis])[:, 1]
    threshold = float(np.quantile(probabilities[kinds == "own, answered"], 1 - _ANSWERED))
    weight = model.coef_[0, 0]
    print(f"WEIGHTS sentence={weight:.2f}, lead={weight * ratio:.2f}\nTYPICAL_LEAD {found[:, 1].mean():.3f}")
    print(f"BIAS {model.intercept_[0]:.2f}\nTHRESHOLD {threshold:.3f}")
    print(f"fitted on {len(rows)} questions; of each kind, answered from the threshold on:")
    for kind in sorted(set(kinds)):
        print(f"  {kind:20} {(probabilities[kinds == kind] >= threshold).mean():.2f}")


def _ability(score: NDArray[np.float64], kinds: NDArray[np.str_]) -> float:
    """Return the mean area under the curve of the three pairs of kinds that are to be told apart."""
    from sklearn.metrics import roc_auc_score

    pairs = (
        ("own, answered", "without, not"),
        ("own, answered", "foreign, not"),
        ("labelled, answered", "labelled, not"),
    )
    areas = []
    for answered, silent in pairs:
        which = (kinds == answered) | (kinds == silent)
        areas.append(float(roc_auc_score(kinds[which] == answered, score[which])))
    return sum(areas) / len(areas)


def _retriever(corpus: Path, index_dir: Path) -> HybridRetriever:
    from index.build_wiring import build_index  # --help answers at once
    from index.wiring import open_retriever  # --help answers at once

    settings = load_settings(BotSettings, index_dir=index_dir)
    with shown_progress() as progress:
        build_index(settings, [corpus], progress)
    return open_retriever(settings)


if __name__ == "__main__":
    sys.exit(main())
