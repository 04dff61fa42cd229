"""Report what people think of the bot's answers, so that one sees what to mend."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from bot.errors import FilterRefused
from bot.progress import fail, speak
from bot.rendering.table import render_table
from bot.rendering.terminal import one_line
from bot.settings import BotSettings
from index.errors import DatelineError
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.keeping.report import Judged, Row

_TITLES = {
    "totals": "All answers that somebody judged",
    "by_status": "By what was answered",
    "by_language": "By language of the question",
    "by_publisher": "By outlet quoted",
    "least_helpful": "Questions whose answers helped least",
}
_EPILOG = """examples:
  python scripts/feedback_report.py
  python scripts/feedback_report.py --since 2026-11-01 --json

Answers count as long as they are kept (DATELINE_KEEP_DAYS); nobody who judged can be named. It can run while
the bot does.

exit status: 0 reported, and also when there is no feedback yet; 1 an error"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report and return the exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        settings = load_settings(BotSettings, state_file=options.state)
        judged = _judged(settings.state_file, _first_moment(options.since) if options.since else None)
    except DatelineError as error:
        return fail(error)
    from bot.keeping.report import feedback_report  # --help answers at once

    report = feedback_report(judged)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    elif not judged:
        since = f" on a question asked since {options.since}" if options.since else " yet"
        print(f"There is no feedback{since}: people give it with the buttons under an answer.")
    else:
        _show(report)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--state", type=Path, metavar="FILE", help="what the bot remembers (DATELINE_STATE_FILE)"
    )
    parser.add_argument("--since", metavar="DATE", help="first day of asking that counts, as 2026-11-01")
    parser.add_argument("--json", action="store_true", help="print the tables as one object")
    return parser


def _first_moment(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    except ValueError:
        msg = f"“{day[:40]}” is not a date: write it as 2026-11-01."
        raise FilterRefused(msg) from None


def _judged(state: Path, since: datetime | None) -> tuple[Judged, ...]:
    from bot.keeping.answers import KeptAnswers  # --help answers at once
    from bot.keeping.database import read_database
    from bot.keeping.feedback import KeptFeedback
    from bot.keeping.report import judged_answers

    database = read_database(state)
    if database is None:
        return ()
    with closing(database):
        return judged_answers(KeptAnswers(database), KeptFeedback(database), since)


def _show(report: Mapping[str, Sequence[Row]]) -> None:
    # Questions and names of outlets are text of strangers: nothing in them is markup.
    console = Console(width=110, markup=False, emoji=False, highlight=False)
    for name, title in _TITLES.items():
        if report[name]:
            console.print(render_table(title, [_shown(row) for row in report[name]]))


def _shown(row: Row) -> dict[str, Any]:
    return {name.replace("_", " "): _cell(cell) for name, cell in row.items()}


def _cell(cell: object) -> object:
    if cell is None:
        return "(outlet not stated)"
    return one_line(cell) if isinstance(cell, str) else cell


if __name__ == "__main__":
    sys.exit(main())
