"""Proof that an index tells the truth about its sources: every article is read again and compared."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from index.errors import SourceRefused
from index.sources.decoding import decode
from index.sources.files import read_everything, root_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from index.sources.kinds import ReadingRules
    from index.types import Article

_PLAIN = frozenset({".txt", ".md"})  # files whose characters an article's text is made of


def source_faults(
    articles: Iterable[Article], roots: Sequence[Path], rules: ReadingRules, *, now: datetime
) -> Iterator[str]:
    """Read the sources again and compare.

    Args:
        articles: the stored ones.
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
        name = f"article {article.article_id} ({article.source_path})"
        found = again.get(article.article_id)
        if found is None:
            yield f"{name}: its source does not give it any more"
        elif (found.version_sha256, found.kept) != (article.version_sha256, article.kept):
            yield f"{name}: its source gives another version of it"
        elif not _is_in_place(article, folders):
            yield f"{name}: its text does not stand at its places in the file"


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
