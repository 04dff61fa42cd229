"""Measure speed and memory on this machine: indexing beside LangChain's quick-start, and questions by stage.

Every part runs in a process of its own, so that its memory is its own. Quote ratios, not seconds: no two
machines are equally fast.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from bot.progress import fail, note, speak
from bot.rendering.table import render_table
from index.errors import DatelineError
from index.evaluation import working_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_ROOT = Path(__file__).resolve().parents[1]
# Hard days that tests/bot/discord_client/drills.py rehearses.
_DRILLS = ("crowd", "bad-day", "new-indexes", "hostile", "killed")
# What can happen to a build, see tests/index/faults.py.
_FAULTS = ("killed", "together", "full", "read-only", "changing", "damaged", "clock")
_EPILOG = """examples:
  python scripts/benchmark.py                                        the sample collection
  python scripts/benchmark.py --corpus realtimeqa/corpus.jsonl.gz    500 articles of a larger one,
                                                                     and questions at two sizes
  python scripts/benchmark.py discord                                five drills in a simulated Discord
  python scripts/benchmark.py scale --corpus realtimeqa/corpus.jsonl.gz
                                                                     1,000 to 1,000,000 passages
  python scripts/benchmark.py fuzz                                   20,000 hostile inputs of each kind of file
  python scripts/benchmark.py build --corpus corpus.jsonl.gz --sample 1000000
                                                                     a build from nothing beside the model alone
                                                                     and the quick-start, and ten articles more
  python scripts/benchmark.py faults                                 200 builds killed, and other faults

needs scripts/set_up benchmark; discord, fuzz and faults need scripts/set_up dev. --work keeps vectors, so that a second run is quick to the questions.

exit status: 0 measured, 1 an error"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is measured, and print its tables."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        tables = _MEASURES[options.what](options)
    except ModuleNotFoundError as error:
        return fail(DatelineError(f"{error.name} is not installed: run scripts/set_up benchmark first."))
    except (DatelineError, OSError, subprocess.CalledProcessError, BrokenExecutor) as error:
        return fail(error)
    if options.json:
        print(json.dumps(tables))
        return 0
    for name, rows in tables.items():
        Console(width=150).print(render_table(_TITLES[name], rows))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what", nargs="?", choices=_MEASURES, default="speed", help="what is measured (speed)"
    )
    parser.add_argument(
        "--inputs", type=int, default=20_000, metavar="N", help="of each kind, for fuzz (20000)"
    )
    parser.add_argument(
        "--kills", type=int, default=200, metavar="N", help="builds that are killed, for faults (200)"
    )
    parser.add_argument("--kinds", nargs="*", metavar="SUFFIX", help="of files, for fuzz (all)")
    parser.add_argument("--corpus", type=Path, metavar="FILE", help="records, one a line; .gz is read too")
    parser.add_argument("--sample", type=int, default=500, metavar="N", help="articles to index (500)")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        metavar="N",
        help="passages of the corpus to ask among (1000 40000; for scale 1000 10000 100000 1000000)",
    )
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep what was built for the next run")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    return parser


def _speed(options: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    from bot.measuring.speed import SIZES, asking, indexing  # here, so that --help answers at once

    with working_folder(options.work) as work:
        return {
            "indexing": indexing(options.corpus, options.sample, work),
            "questions": asking(options.corpus, options.sizes or SIZES, work),
        }


def _discord(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Run the drills one after the other, each in a process and a folder of its own."""
    rows = []
    for drill in _DRILLS:
        note(f"dateline: benchmark: {drill} …")
        with working_folder(options.work and options.work / drill) as folder:
            rows.append(_tested("tests.bot.discord_client.drills", drill, str(folder)))
    return rows


def _fuzz(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Read hostile inputs of each kind; a crash, a hang or an input unaccounted for ends with its bytes."""
    rows = []
    from index.sources.kinds import SUFFIXES

    for suffix in options.kinds or SUFFIXES:
        note(f"dateline: benchmark: {suffix} …")
        rows.append(_tested("tests.index.sources.fuzzing", suffix, str(options.inputs)))
    return rows


def _scale(options: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    from bot.measuring.scale import SIZES, measure
    from bot.measuring.speed import lines_of

    if options.corpus is None:
        raise DatelineError("Size is measured with real articles: name their file with --corpus.")
    with working_folder(options.work) as work:
        return measure(lambda: lines_of(options.corpus), options.sizes or SIZES, work)


def _faults(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Do to builds whatever can happen to them; what does not stand it ends with a sentence."""
    rows = []
    for drill in _FAULTS:
        note(f"dateline: benchmark: {drill} …")
        times = options.kills if drill == "killed" else max(1, options.kills // 40)
        with working_folder(options.work and options.work / drill) as folder:
            rows += _tested("tests.index.fault_run", drill, str(folder / "stage"), str(times), "real")
    return rows


def _build(options: argparse.Namespace) -> list[dict[str, Any]]:
    from bot.measuring.speed import building

    with working_folder(options.work) as work:
        return building(options.corpus, options.sample, work)


def _tested(module: str, *arguments: str) -> Any:
    """Run a module of the tests in a process of its own, and return what its last line says."""
    command = [sys.executable, "-m", module, *arguments]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=_ROOT).stdout  # noqa: S603  # ourselves
    return json.loads(printed.splitlines()[-1])


_MEASURES: dict[str, Callable[[argparse.Namespace], dict[str, list[dict[str, Any]]]]] = {
    "speed": _speed,
    "scale": _scale,
    "discord": lambda options: {"discord": _discord(options)},
    "fuzz": lambda options: {"fuzz": _fuzz(options)},
    "build": lambda options: {"build": _build(options)},
    "faults": lambda options: {"faults": _faults(options)},
}
_TITLES = {
    "indexing": "Indexing, end to end: the same passages, the same model",
    "questions": "A question, milliseconds: median of each stage, and of the whole",
    "scale": "What a collection of a size costs: building, memory, disk, and the first question of all",
    "scale questions": "A question at a size, milliseconds (median; CPU is time on all processors)",
    "discord": "The bot in a simulated Discord",
    "build": "A build; share: how fast it is beside the model alone, and beside the quick-start",
    "faults": "What happened to builds: each time the old or the new answered, and the next build was whole",
    "fuzz": "Hostile inputs: none crashed, hung or was unaccounted for",
}
if __name__ == "__main__":
    sys.exit(main())
