"""What is written of an article where machines share it, told by one digest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Passage

_ARTICLE = TypeAdapter(Article)


def row_digest(shaping: str, article: Article, passages: Sequence[Passage]) -> bytes:
    """Return the digest of all that is written of an article: equal rows need not be written again."""
    digest = hashlib.sha256(f"{shaping}\n{facts_of_article(article)}\n{article.version_sha256}".encode())
    for passage in passages:
        digest.update(f"\n{passage.passage_id} {passage.span.start} {passage.span.end}".encode())
    return digest.digest()


def facts_of_article(article: Article) -> str:
    """Return all of an article but its text, as JSON."""
    return _ARTICLE.dump_json(article, exclude={"text"}).decode()
