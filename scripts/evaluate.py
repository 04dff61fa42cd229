"""Measure Dateline on judged questions; every row of a table comes from the same run."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from bot.progress import fail, speak
from bot.rendering.table import render_table
from index.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    Rows: TypeAlias = list[dict[str, Any]]
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # it has no other name

_HALVES = ("figures", "fresh", "held-out", "latest", "learnt", "rules", "study", "unseen")
_EPILOG = """examples:
  python scripts/evaluate.py retrieval --corpus piaf/corpus.jsonl --queries piaf/queries.jsonl
  python scripts/evaluate.py retrieval --corpus xquad/corpus.en.jsonl --queries xquad/queries.{de,es,ru}.jsonl
  python scripts/evaluate.py sample
  python scripts/evaluate.py typed
  python scripts/evaluate.py pages --data html_pages
  python scripts/evaluate.py scraped --data tests/index/sources/scraped_pages/{tuned,single_set_aside}
  python scripts/evaluate.py answers

corpus: one object a line with doc_id, title, text, lang; queries: qid, question, lang, relevant_doc_ids.
.gz is read too. --work DIR keeps the index for the next run.

exit status: 0 measured, 1 an error"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one evaluation and return the exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        rows: Rows = options.run(options)
    except (DatelineError, OSError) as error:
        return fail(error)
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        Console(width=140).print(render_table(options.title, rows))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    _add_finding(commands)
    _add_abstention(commands)
    _add_sample(commands)
    _add_verification(commands)
    _add_reading(commands)
    for command in commands.choices.values():
        command.add_argument("--json", action="store_true", help="print the rows as JSON")
        if command.get_default("keeps_index"):
            command.add_argument(
                "--work", type=Path, metavar="DIR", help="keep the index here for the next run"
            )
    return parser


def _add(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], Rows],
    title: str,
    *,
    says: str,
    keeps_index: bool = True,
) -> argparse.ArgumentParser:
    """Add a command.

    Args:
        commands: all of them.
        name: what is typed.
        run: gives the rows.
        title: stands over the table.
        says: its line in the list of commands.
        keeps_index: whether it builds an index that the next run can take up.
    """
    command = commands.add_parser(name, help=says)
    command.set_defaults(run=run, title=title, keeps_index=keeps_index)
    return command


def _add_finding(commands: Commands) -> None:
    title = "Retrieval: share of questions whose article is found"
    retrieval = _add(
        commands, "retrieval", _retrieval, title, says="is the right article found, by each way of finding"
    )
    title = "Quotes: share of questions whose answer stands in them"
    quotes = _add(
        commands, "quotes", _quotes, title, says="does the expected answer stand in what would be quoted"
    )
    for command in (retrieval, quotes):
        command.add_argument("--corpus", type=Path, required=True, metavar="FILE")
        command.add_argument("--queries", type=Path, required=True, nargs="+", metavar="FILE")
        command.add_argument("--sample", type=int, metavar="N", help="questions of each file (all)")
    title = "Planted reprints: what the first ten passages are"
    reprints = _add(
        commands, "reprints", _reprints, title, says="do reprints take the places of other voices"
    )
    reprints.add_argument("--corpus", type=Path, required=True, metavar="FILE")
    reprints.add_argument("--queries", type=Path, required=True, metavar="FILE")
    reprints.add_argument(
        "--copies", type=int, default=5, metavar="N", help="reprints of each gold article (5)"
    )
    reprints.add_argument("--sample", type=int, default=300, metavar="N", help="questions (300)")


def _add_abstention(commands: Commands) -> None:
    title = "Abstention: share of questions that were answered"
    command = _add(
        commands, "abstention", _abstention, title, says="is it known when the coverage does not say"
    )
    command.add_argument("--corpus", type=Path, metavar="FILE", help="a collection, with --queries")
    for option, metavar, says in (
        ("--queries", "FILE", "questions that it answers"),
        ("--foreign", "FILE", "questions of other collections"),
        (
            "--labelled",
            "CORPUS",
            "with queries.* beside corpus.*: each question is judged against its own candidates",
        ),
    ):
        command.add_argument(option, type=Path, nargs="*", default=[], metavar=metavar, help=says)
    command.add_argument("--sample", type=int, default=300, metavar="N", help="questions of each file (300)")


def _add_sample(commands: Commands) -> None:
    title = "Sample collection: what was answered"
    _add(commands, "sample", _sample, title, says="the sample collection's questions, asked for real")
    title = "Sample collection: what was found and answered, by how it was typed"
    _add(
        commands, "typed", _typed, title, says="the sample collection's questions, as people type in a hurry"
    )
    title = "Chat model: what was shown, and whether quotes are verbatim"
    says = "the sample collection's questions, answered by the configured chat model"
    generated = _add(commands, "generated", _generated, title, says=says)
    generated.add_argument("--sample", type=int, metavar="N", help="only the first N questions")


def _add_verification(commands: Commands) -> None:
    title = "Verification: drafts that a reader would see, by kind"
    says = "drafts with planted faults: which would be shown, by kind"
    answers = _add(commands, "answers", _answers, title, says=says, keeps_index=False)
    answers.add_argument("--half", choices=_HALVES, default="held-out", help="which drafts (held-out)")
    title = "Support: agreement with people's labels"
    says = "against people's labels: is a machine's sentence supported"
    support = _add(commands, "support", _support, title, says=says, keeps_index=False)
    support.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="corpus.LANG and queries.LANG"
    )


def _add_reading(commands: Commands) -> None:
    title = "Saved pages: shares that are right, F1 of authors and words"
    says = "saved pages beside what people found in them"
    pages = _add(commands, "pages", _pages, title, says=says, keeps_index=False)
    pages.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="*/NAME_DATE.html.gz, */NAME.json"
    )
    title = "Pages saved as text: shares of characters, and of pages that are right"
    says = "pages saved as text beside their gold files"
    scraped = _add(commands, "scraped", _scraped, title, says=says, keeps_index=False)
    scraped.add_argument(
        "--data", type=Path, required=True, nargs="+", metavar="DIR", help="NAME.txt, NAME.json"
    )


# What follows imports what it runs where it runs it: --help answers at once.


def _retrieval(options: argparse.Namespace) -> Rows:
    from bot.measuring.collections import retrieval

    return retrieval(options.corpus, options.queries, sample=options.sample, work=options.work)


def _quotes(options: argparse.Namespace) -> Rows:
    from bot.measuring.collections import quotes

    return quotes(options.corpus, options.queries, sample=options.sample, work=options.work)


def _reprints(options: argparse.Namespace) -> Rows:
    from bot.measuring.collections import reprints

    return reprints(
        options.corpus, options.queries, copies=options.copies, sample=options.sample, work=options.work
    )


def _abstention(options: argparse.Namespace) -> Rows:
    from bot.measuring.abstention import abstention

    return abstention(
        options.corpus,
        options.queries,
        options.foreign,
        options.labelled,
        sample=options.sample,
        work=options.work,
    )


def _sample(options: argparse.Namespace) -> Rows:
    from bot.measuring.sample import sample

    return sample(options.work)


def _typed(options: argparse.Namespace) -> Rows:
    from bot.measuring.sample import typed

    return typed(options.work)


def _generated(options: argparse.Namespace) -> Rows:
    from bot.measuring.sample import generated

    return generated(options.sample, options.work)


def _answers(options: argparse.Namespace) -> Rows:
    from bot.measuring.drafts import drafts

    return drafts(options.half)


def _support(options: argparse.Namespace) -> Rows:
    from bot.measuring.drafts import support

    return support(options.data)


def _pages(options: argparse.Namespace) -> Rows:
    from bot.measuring.pages import pages

    return pages(options.data)


def _scraped(options: argparse.Namespace) -> Rows:
    from bot.measuring.pages import scraped

    return scraped(options.data)


if __name__ == "__main__":
    sys.exit(main())
