"""Proof that an index tells the truth about its sources: every article is read again and compared."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from index.errors import SourceRefused
from index.sources.decoding import decode
from index.sources.files import read_everything, root_names
from index.sources.web import is_address, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from index.sources.fetching import Fetched
    from index.sources.kinds import ReadingRules
    from index.types import Article

_RECORD = re.compile(r"#\d+$")
_PLAIN = frozenset({".txt", ".md"})  # files whose characters an article's text is made of


def source_faults(
    articles: Iterable[Article], roots: Sequence[Path], rules: ReadingRules, *, now: datetime
) -> Iterator[str]:
    """Read the sources again and compare.

    Args:
        articles: the stored ones; those from the web have no file and are passed over, see ``web_faults``.
        roots: what they were read from.
        rules: those of the build.
        now: what time it is, aware.

    Yields:
        One sentence for each article that its source does not give any more, and for each span of a plain text that is
        not at its place there.
    """
    again = {
        r.article.article_id: r.article
        for r in read_everything(roots, rules, now=now)
        if r.article and r.status == "read"
    }
    folders = dict(zip(root_names(roots), roots, strict=True))
    for article in articles:
        if is_address(article.source_path):
            continue
        name = f"article {article.article_id} ({article.source_path})"
        found = again.get(article.article_id)
        if found is None:
            yield f"{name}: its source does not give it any more"
        elif (found.version_sha256, found.kept) != (article.version_sha256, article.kept):
            yield f"{name}: its source gives another version of it"
        elif not _is_in_place(article, folders):
            yield f"{name}: its text does not stand at its places in the file"


def web_faults(
    articles: Iterable[Article], kept: Callable[[str], Fetched | None], rules: ReadingRules
) -> Iterator[str]:
    """Read the kept pages of articles from the web again, without the web, and compare.

    Args:
        articles: the stored ones; what is not from the web, or from a page that is not kept, is passed over.
        kept: gives the page of an address as it was fetched last, None where it is not kept.
        rules: those of the build.

    Yields:
        One sentence for each article that its page does not give any more.
    """
    for article in articles:
        fetched = kept(page_of(article)) if is_address(article.source_path) else None
        if fetched is not None and article.version_sha256 not in _versions_in(
            page_of(article), fetched, rules
        ):
            name = f"article {article.article_id} ({article.source_path})"
            yield f"{name}: its page, as it was fetched, does not give this version of it"


def page_of(article: Article) -> str:
    """Return the address of an article from the web, without the number of a record in it."""
    return _RECORD.sub("", article.source_path)


def _versions_in(address: str, fetched: Fetched, rules: ReadingRules) -> set[str]:
    try:
        return {r.article.version_sha256 for r in read_page(address, fetched, rules) if r.article}
    except SourceRefused:
        return set()


def _is_in_place(article: Article, folders: dict[str, Path]) -> bool:
    """Whether the stretches of a plain file, put together, are the article's text; true of every other kind."""
    path = PurePath(article.source_path)
    root = folders.get(path.parts[0])
    if root is None or path.suffix.lower() not in _PLAIN or "!/" in article.source_path:
        return True
    try:
        text = decode(root.joinpath(*path.parts[1:]).read_bytes())
    except (OSError, SourceRefused):
        return False
    return all(span.end <= len(text) for span in article.kept) and "".join(
        span.of(text) for span in article.kept
    ) == (article.text)
