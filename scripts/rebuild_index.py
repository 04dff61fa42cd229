"""Build the index anew from files and folders of coverage, and publish it in one step."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.progress import fail, shown_progress, speak
from bot.rendering.terminal import one_line
from bot.settings import BotSettings
from index.errors import DatelineError, NothingRead
from index.report import report_line
from index.report_page import report_page
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.build import BuildSummary
    from index.types import Reading

EXIT_SOMETHING_REFUSED = 4
_SHOWN = 10

_EPILOG = """examples:
  python scripts/rebuild_index.py ~/coverage
  python scripts/rebuild_index.py ~/coverage --workers ray
  python scripts/rebuild_index.py ~/coverage --report what-was-removed.html
  python scripts/rebuild_index.py ~/coverage https://example.com/feed.xml
  python scripts/rebuild_index.py ~/coverage ~/more/export.jsonl --report what-was-removed.jsonl

reads .txt (pages saved as text), .html, .mhtml, .warc, .md, .json, .jsonl, .csv, .tsv, .parquet, .pdf, .docx, and
.zip, .tar and .gz of any of these; a bot that runs goes on with the old index until the new one is whole.

exit status: 0 everything was read, 4 the index is published but something was refused, 1 an error
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, print the summary, return the exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        if options.report:
            options.report.open("a").close()  # whether it can be written is known now, not after an hour
        settings = load_settings(BotSettings, index_dir=options.index, workers=options.workers)
        from index.wiring import build_index  # --help and a bad setting answer at once

        with shown_progress() as progress:
            paths = [Path(source) for source in options.sources if not _is_address(source)]
            addresses = [source for source in options.sources if _is_address(source)]
            summary = build_index(settings, paths, progress, addresses)
        _report(options.report, summary.readings)
    except NothingRead as error:
        _report(options.report, error.readings)
        return fail(error)
    except (DatelineError, OSError) as error:
        return fail(error)
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
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    return parser


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _report(file: Path | None, readings: Sequence[Reading]) -> None:
    if file is None:
        return
    if file.suffix in (".html", ".htm"):
        file.write_text(report_page(readings), encoding="utf-8", errors="backslashreplace")
    else:
        file.write_text("".join(report_line(reading) + "\n" for reading in readings), encoding="utf-8")


def _summary_object(summary: BuildSummary) -> dict[str, object]:
    generation = summary.generation
    return {
        "generation_id": generation.generation_id,
        "articles": generation.articles,
        "passages": generation.passages,
        "from_cache": summary.from_cache,
        **{status: summary.count(status) for status in ("read", "duplicate", "superseded", "refused")},
        "refusals": [{"source_path": r.source_path, "reason": r.reason} for r in _refused(summary)],
        "seconds": {stage: round(seconds, 3) for stage, seconds in summary.seconds.items()},
    }


def _summary_text(summary: BuildSummary) -> str:
    generation, refused = summary.generation, _refused(summary)
    lines = [f"refused  {_said(r)}" for r in refused[:_SHOWN]]
    if len(refused) > _SHOWN:
        lines.append(f"… and {len(refused) - _SHOWN} more; --report FILE names them all")
    lines += [f"noted    {_said(r)}" for r in summary.readings if r.status == "read" and r.reason]
    counts = ", ".join(f"{summary.count(s)} {s}" for s in ("read", "duplicate", "superseded", "refused"))
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in summary.seconds.items())
    cached = f"{summary.from_cache} vectors from the cache"
    size = f"{generation.articles} articles, {generation.passages} passages ({cached})"
    lines += [
        f"sources  {counts}",
        f"index    {size}, generation {generation.generation_id}",
        f"time     {stages}",
    ]
    return "\n".join(lines)


def _said(reading: Reading) -> str:
    return one_line(f"{reading.source_path}: {reading.reason}")


def _refused(summary: BuildSummary) -> list[Reading]:
    return [reading for reading in summary.readings if reading.status == "refused"]


if __name__ == "__main__":
    sys.exit(main())
