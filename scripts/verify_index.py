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
        default=[],
        help="read what it was built from again; pages from the web as they were fetched, without the web",
    )
    options = parser.parse_args(arguments)
    speak()
    try:
        settings = load_settings(BotSettings, index_dir=options.index)
        from index.wiring import published_faults  # --help answers at once

        with published_faults(settings) as (generation, faults):
            found = list(islice(chain(faults, _source_faults(settings, options.sources)), _SHOWN))
        unproven = _without_page(settings) if options.sources else 0
    except DatelineError as error:
        return fail(error)
    for fault in found:
        print(fault)
    if unproven:
        print(f"Not compared, as their pages are not kept: {unproven} from the web.")
    if found:
        print(
            f"Generation {generation.generation_id} is untrue: {len(found)} faults above, at most the first ten."
        )
        return 1
    counts = f"{generation.articles} articles, {generation.passages} passages"
    print(f"Generation {generation.generation_id} is true: {counts}.")
    return 0


def _source_faults(settings: IndexSettings, sources: Sequence[str]) -> Iterator[str]:
    """Compare with the sources, where they are given."""
    if not sources:
        return
    from index.retracing import source_faults, web_faults
    from index.sources.web import is_address
    from index.wiring import kept_pages, open_articles, reading_rules

    rules = reading_rules(settings)
    files = [Path(source) for source in sources if not is_address(source)]
    with closing(open_articles(settings)) as articles, kept_pages(settings) as kept:
        yield from source_faults(articles.articles(), files, rules, now=datetime.now(UTC))
        yield from web_faults(articles.articles(), kept, rules)


def _without_page(settings: IndexSettings) -> int:
    """Count the articles from the web whose page is not kept."""
    from index.retracing import page_of
    from index.sources.web import is_address
    from index.wiring import kept_pages, open_articles

    with closing(open_articles(settings)) as articles, kept_pages(settings) as kept:
        return sum(is_address(a.source_path) and kept(page_of(a)) is None for a in articles.articles())


if __name__ == "__main__":
    sys.exit(main())
