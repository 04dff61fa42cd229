"""Prove that the published index is what its manifest says: counts, slices, digests."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from bot.progress import fail, speak
from bot.settings import BotSettings
from index.errors import DatelineError
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.settings import IndexSettings

_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify, print what is untrue, return 0 only when nothing is."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="exit status: 0 true, 1 untrue or no index")
    parser.add_argument("--index", metavar="DIR", type=Path, help="folder of the index (DATELINE_INDEX_DIR)")
    parser.add_argument(
        "--sources",
        metavar="SOURCE",
        nargs="+",
        type=Path,
        default=[],
        help="read what it was built from again",
    )
    options = parser.parse_args(arguments)
    speak()
    try:
        settings = load_settings(BotSettings, index_dir=options.index)
        from index.storage.layout import IndexFiles, published_files, read_manifest  # --help answers at once
        from index.storage.verification import faults

        index = IndexFiles(settings.index_dir)
        files = published_files(index)
        generation = read_manifest(index, files)
        everything = chain(faults(files, generation), _source_faults(settings, options.sources))
        found = list(islice(everything, _SHOWN))
    except DatelineError as error:
        return fail(error)
    for fault in found:
        print(fault)
    if found:
        print(
            f"Generation {generation.generation_id} is untrue: {len(found)} faults above, at most the first ten."
        )
        return 1
    counts = f"{generation.articles} articles, {generation.passages} passages"
    print(f"Generation {generation.generation_id} is true: {counts}.")
    return 0


def _source_faults(settings: IndexSettings, sources: Sequence[Path]) -> Iterator[str]:
    """Compare with the sources, where they are given."""
    if not sources:
        return
    from index.retracing import source_faults
    from index.wiring import open_articles, reading_rules

    with closing(open_articles(settings)) as articles:
        yield from source_faults(articles.articles(), sources, reading_rules(settings), now=datetime.now(UTC))


if __name__ == "__main__":
    sys.exit(main())
