"""Ask the coverage, or show an article, at the command line."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.progress import EXIT_ERROR, fail, shown_progress, speak
from bot.rendering.terminal import harmless, one_line
from bot.settings import BotSettings
from index.errors import DatelineError, IndexMissing
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.generation import Show
    from bot.types import NotCovered, Statement
    from index.retrieval.retriever import HybridRetriever

EXIT_NOT_COVERED = 3
_UNWRAPPED = 100_000

_EXAMPLES = """examples:
  scripts/ask "Quels avions l'Iran pourrait-il recevoir ?"
  scripts/ask --since 2022-12 --publisher "Le Courrier du Littoral" "Who was injured in the ferry accident?"
  scripts/ask "What did the Northgate Tribune report in December 2022?"     dates in words narrow the search
  scripts/ask --as-of 2022-12-14 "Que s'est-il passé la semaine dernière ?"
  scripts/ask --json "When does the library open again?" | jq .citations
  python -m bot.cli show ARTICLE_ID        an article whole, to check a citation's offsets
  python -m bot.cli show --versions ARTICLE_ID   every version that was read, and what changed
  python -m bot.cli show --version SHA256 ARTICLE_ID   the version that an older citation names

exit status: 0 answered, 3 the coverage does not say, 1 an error, whose one line names what to do"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        settings = load_settings(BotSettings, index_dir=options.index)
        status: int = options.run(options, settings)
    except DatelineError as error:
        return fail(error)
    return status


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and exits as every error does: 2 would be another contract."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_ERROR, f"dateline: {one_line(message)}; {self.prog} --help shows how.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m bot.cli",
        description="Answers questions about news coverage in verbatim quotes, each with its place.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_ask(
        commands.add_parser(
            "ask",
            prog="scripts/ask",
            help="answer a question",
            epilog=_EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_show(commands.add_parser("show", help="print an article whole"))
    return parser


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question", metavar="QUESTION", help="in any language; quotes keep their article's")
    ask.add_argument(
        "--since", metavar="DATE", help="only articles published then or later: 2022, 2022-12, 2022-12-09"
    )
    ask.add_argument("--until", metavar="DATE", help="only articles published then or earlier")
    ask.add_argument("--as-of", metavar="DATE", help="the day that “yesterday” and “last year” count from")
    ask.add_argument("--any-date", action="store_true", help="do not read a period from the question")
    ask.add_argument("--publisher", metavar="NAME", help="only articles of that outlet")
    ask.add_argument(
        "--language", metavar="NAME", help="only articles in that language: fr, French, français"
    )
    ask.add_argument("--any-source", action="store_true", help="do not read outlets or a language from it")
    ask.add_argument("--explain", action="store_true", help="tell what each stage found, and why")
    _add_common(ask)
    ask.add_argument(
        "--sample-if-missing", action="store_true", help="without an index, build the sample collection"
    )
    ask.set_defaults(run=_ask)


def _add_show(show: argparse.ArgumentParser) -> None:
    show.add_argument("article_id", metavar="ARTICLE_ID", help="as a citation names it")
    show.add_argument("--versions", action="store_true", help="each version that was read, and what changed")
    show.add_argument(
        "--version", metavar="SHA256", help="the version that a citation names; its first six characters do"
    )
    _add_common(show)
    show.set_defaults(run=_show)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", metavar="DIR", type=Path, help="folder of the index (DATELINE_INDEX_DIR)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _ask(options: argparse.Namespace, settings: BotSettings) -> int:
    from bot.answering.answerer import TOP_K, Answerer  # what `show` does not use, it does not load
    from bot.answering.explaining import explain
    from bot.answering.question import read_day, read_question
    from bot.chat_wiring import make_composer
    from bot.rendering.as_json import answer_object
    from bot.rendering.explanation import render_explanation
    from bot.rendering.terminal import render
    from bot.types import Answer

    started = time.perf_counter()
    retriever = _retriever(settings, sample_if_missing=options.sample_if_missing)
    query = read_question(
        options.question,
        since=options.since,
        until=options.until,
        publisher=options.publisher,
        publishers=retriever.publishers(),
        language=options.language,
        today=read_day(options.as_of) if options.as_of else date.today(),  # noqa: DTZ011  # the asker's day
        any_date=options.any_date,
        any_source=options.any_source,
        extent=retriever.extent(),
        top_k=TOP_K,
    )
    composer = make_composer(settings, retriever.embedder) if settings.chat_model else None
    answerer = Answerer(retriever, composer)
    with _growing(is_shown=not options.json) as show:
        answer: Answer | NotCovered = asyncio.run(answerer.answer(query, show=show))
    elapsed_ms = round(1000 * (time.perf_counter() - started))
    explanation = explain(query, retriever) if options.explain else None
    if options.json:
        print(json.dumps(answer_object(answer, elapsed_ms, explanation), ensure_ascii=False))
    else:
        _console().print(render(answer))
        if explanation:
            _console().print(render_explanation(explanation, answer.language))
    return 0 if isinstance(answer, Answer) else EXIT_NOT_COVERED


@contextmanager
def _growing(*, is_shown: bool) -> Iterator[Show | None]:
    """Show a chat model's sentences on a terminal as they are verified, until the answer stands there whole."""
    if not (is_shown and sys.stdout.isatty()):
        yield None
        return
    told: list[str] = []
    with Live(console=_console(), transient=True) as live:

        def show(statement: Statement, _: object) -> None:
            told.append(statement.text)
            live.update(Text(harmless("\n".join(told))))

        yield show


def _retriever(settings: BotSettings, *, sample_if_missing: bool) -> HybridRetriever:
    from index.sample_coverage import ARTICLES
    from index.wiring import open_retriever

    try:
        return open_retriever(settings)
    except IndexMissing:
        if not sample_if_missing or settings.database_url:  # what others share is theirs to build
            raise
    from index.build_wiring import build_index  # most questions build nothing

    print(f"No index in {settings.index_dir}: building the sample collection there …", file=sys.stderr)
    with shown_progress() as progress:
        build_index(settings, [ARTICLES], progress)
    return open_retriever(settings)


def _show(options: argparse.Namespace, settings: BotSettings) -> int:
    from bot.rendering.as_json import shown_object
    from bot.rendering.shown import render_shown
    from bot.showing import find_shown

    if options.versions:
        return _show_versions(options, settings)
    shown = find_shown(settings, options.article_id, options.version)
    if options.json:
        print(json.dumps(shown_object(shown), ensure_ascii=False))
    else:
        _console().print(render_shown(shown, shown.article.language))
    return 0


def _show_versions(options: argparse.Namespace, settings: BotSettings) -> int:
    from bot.rendering.as_json import versions_objects
    from bot.rendering.shown import render_versions
    from bot.showing import current_version, past_versions
    from index.errors import ArticleNotFound

    versions = past_versions(settings, options.article_id)
    if not versions:
        raise ArticleNotFound(
            f"No version of an article {options.article_id!a} was ever read into this index."
        )
    current = current_version(settings, options.article_id)
    if options.json:
        print(json.dumps(versions_objects(versions, current), ensure_ascii=False))
    else:
        _console().print(render_versions(versions, current, versions[-1].article.language))
    return 0


def _console() -> Console:
    # A pipe gets whole lines: whoever reads them wraps them.
    return Console(highlight=False, width=None if sys.stdout.isatty() else _UNWRAPPED)


if __name__ == "__main__":
    sys.exit(main())
