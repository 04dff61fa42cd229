"""Build the index anew from files and folders of coverage, and publish it in one step."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.progress import fail, shown_progress, speak
from bot.rendering.terminal import one_line
from bot.settings import BotSettings
from index.errors import DatelineError, NothingRead
from index.report import report_line
from index.report_page import report_page
from index.settings import KEPT, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.build import BuildSummary
    from index.storage.ledger import Told
    from index.types import Reading

EXIT_SOMETHING_REFUSED = 4
_SHOWN = 10
_STATUSES = ("read", "duplicate", "superseded", "refused")

_EPILOG = """examples:
  python scripts/rebuild_index.py ~/coverage
  python scripts/rebuild_index.py ~/coverage --workers ray
  python scripts/rebuild_index.py ~/coverage --report what-was-removed.html
  python scripts/rebuild_index.py ~/coverage https://example.com/feed.xml
  python scripts/rebuild_index.py ~/coverage ~/more/export.jsonl --report what-was-removed.jsonl
  python scripts/rebuild_index.py ~/coverage --keep 3 --json 2>events.jsonl

reads .txt (pages saved as text), .html, .mhtml, .warc, .md, .json, .jsonl, .csv, .tsv, .parquet, .pdf, .docx, and
.zip, .tar and .gz of any of these; a bot that runs goes on with the old index until the new one is whole.
Only what is new or changed is read, split and embedded; with --report all sources are read.

exit status: 0 everything was read, 4 the index is published but something was refused, 1 an error
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, print the summary, return the exit status."""
    options = _parser().parse_args(arguments)
    speak(as_json=options.json)
    try:
        if options.report:
            options.report.open("a").close()  # whether it can be written is known now, not after an hour
        settings = load_settings(BotSettings, index_dir=options.index, workers=options.workers)
        from index.build_wiring import build_index  # --help and a bad setting answer at once

        with shown_progress(as_json=options.json) as progress:
            summary = build_index(
                settings,
                [Path(source) for source in options.sources if not _is_address(source)],
                progress,
                [source for source in options.sources if _is_address(source)],
                keep=options.keep,
                check_content=options.check_content,
                report=partial(_report, options.report) if options.report else None,
            )
    except NothingRead as error:
        if options.report:
            _report(options.report, iter(error.readings))
        return fail(error, as_json=options.json)
    except (DatelineError, OSError) as error:
        return fail(error, as_json=options.json)
    print(json.dumps(_summary_object(summary)) if options.json else _summary_text(summary))
    return EXIT_SOMETHING_REFUSED if summary.count("refused") else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="a file, a folder, or the address of a page, a feed or a sitemap",
    )
    parser.add_argument("--index", metavar="DIR", type=Path, help="folder of the index (DATELINE_INDEX_DIR)")
    parser.add_argument(
        "--workers",
        metavar="WHO",
        help="who embeds: 'ray' for workers on this machine, or a Ray cluster's address (DATELINE_WORKERS)",
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        help="write what was read, removed and refused: .html to look at, else JSON lines",
    )
    parser.add_argument(
        "--keep",
        metavar="N",
        type=_at_least_one,
        default=KEPT,
        help=f"generations that stay, the published one included ({KEPT}); one that a bot answers from stays too",
    )
    parser.add_argument(
        "--check-content",
        action="store_true",
        help="look into every source, also where its size and its times are as they were",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the summary as one JSON object, and on standard error an object a line while it runs",
    )
    return parser


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one generation stays")
    return number


def _report(file: Path, readings: Iterator[Reading]) -> None:
    if file.suffix in (".html", ".htm"):
        file.write_text(report_page(tuple(readings)), encoding="utf-8", errors="backslashreplace")
    else:
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(report_line(reading) + "\n" for reading in readings)


def _summary_object(summary: BuildSummary) -> dict[str, object]:
    generation = summary.generation
    return {
        "generation_id": generation.generation_id,
        "articles": generation.articles,
        "passages": generation.passages,
        "from_cache": summary.from_cache,
        **{status: summary.count(status) for status in _STATUSES},
        "refusals": [{"source_path": told.source_path, "reason": told.reason} for told in summary.refused],
        "seconds": {stage: round(seconds, 3) for stage, seconds in summary.seconds.items()},
        "added": summary.added,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "removed": summary.removed,
        "embedded": summary.embedded,
        "anew": summary.anew,
        "generations": list(summary.kept),
        "model": generation.embedder_id,
        "processors": summary.processes,
        "runs_on": summary.runs_on,
    }


def _summary_text(summary: BuildSummary) -> str:
    generation, refused = summary.generation, summary.refused
    lines = [f"refused  {_said(told)}" for told in refused[:_SHOWN]]
    if len(refused) > _SHOWN:
        lines.append(f"… and {len(refused) - _SHOWN} more; --report FILE names them all")
    lines += [f"noted    {_said(told)}" for told in summary.noted]
    counts = ", ".join(f"{summary.count(status)} {status}" for status in _STATUSES)
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in summary.seconds.items())
    changes = ", ".join(
        f"{getattr(summary, name)} {name}" for name in ("added", "changed", "unchanged", "removed")
    )
    lines += [
        f"sources  {counts}",
        f"articles {changes}",
        f"passages {summary.embedded} embedded, {summary.from_cache} taken from the cache",
        f"index    {generation.articles} articles, {generation.passages} passages, generation {generation.generation_id}",
        f"model    {generation.embedder_id}, {summary.processes} processors",
        f"runs on  {summary.runs_on}",
        f"time     {stages}",
    ]
    if summary.anew:
        lines.insert(-1, f"anew     built from nothing: {one_line(summary.anew)}")
    return "\n".join(lines)


def _said(told: Told) -> str:
    return one_line(f"{told.source_path}: {told.reason}")


if __name__ == "__main__":
    sys.exit(main())
