"""An article shown whole: as it stands in the index, as it was before, and where else it is printed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from bot.shown import ReadVersion, Shown
from index.errors import ArticleNotFound, IndexMissing
from index.retrieval.reprints import original_first, reprints_of
from index.storage.layout import IndexFiles
from index.wiring import open_articles, open_past_versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import BotSettings
    from index.types import Article

_SHORTEST_DIGEST = 6


def find_shown(settings: BotSettings, article_id: str, version: str | None = None) -> Shown:
    """Return an article as the index holds it, or a version of it that was read before.

    Args:
        settings: where the index lies.
        article_id: as a citation names it.
        version: how the ``version_sha256`` of a citation begins; None for the version of the index, and where
            that holds none, for the last one that was read.

    Raises:
        ArticleNotFound: no such article, or no such version of it, was ever read.
    """
    with closing(open_articles(settings)) as store:
        try:
            current = store.article(article_id)
        except ArticleNotFound:
            current = None
        versions = [past.article for past in past_versions(settings, article_id)]
        article = _version(article_id, current, versions, version)
        prints = reprints_of(article, store) if current else ()
    digests = {one.version_sha256 for one in (*versions, *((current,) if current else ()))}
    is_current = current is not None and article.version_sha256 == current.version_sha256
    return Shown(
        article=article,
        standing="current" if is_current else "replaced" if current else "gone",
        current=current,
        others=len(digests - {article.version_sha256}),
        prints=original_first([article, *prints]) if prints else (),
    )


def current_version(settings: BotSettings, article_id: str) -> str | None:
    """Return the digest of the version that the index holds; None where it holds none, or nothing is published."""
    try:
        with closing(open_articles(settings)) as store:
            return store.article(article_id).version_sha256
    except (ArticleNotFound, IndexMissing):
        return None


def past_versions(settings: BotSettings, article_id: str) -> tuple[ReadVersion, ...]:
    """Return every version of an article that was read, oldest first; none where none is kept here."""
    if not IndexFiles(settings.index_dir).past_versions.is_file():
        return ()  # nothing was read here, or a shared index was built on another machine
    with closing(open_past_versions(settings)) as store:
        return tuple(ReadVersion(past.article, past.first_read_at) for past in store.of(article_id))


def _version(
    article_id: str, current: Article | None, versions: Sequence[Article], digest: str | None
) -> Article:
    known: list[Article] = [*versions, *((current,) if current else ())]
    if digest is None:
        found = known[-1:]
    else:
        found = [one for one in reversed(known) if one.version_sha256.startswith(digest.lower())]
    if not found or (digest is not None and len(digest) < _SHORTEST_DIGEST):
        raise ArticleNotFound(
            f"The index holds no article {article_id!a}: citations name the ids that it holds."
            if digest is None
            else f"No version {digest!a} of article {article_id!a} was ever read: show --versions lists them."
        )
    return found[0]
