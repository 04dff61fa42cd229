"""An article as it is stored, and the digests by which two generations are compared, row by row."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter

from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.protocols import Vectors

_ARTICLE = TypeAdapter(Article)
# Long enough that no two rows of a collection meet by chance: integrity, not secrecy, is what it is for.
_DIGEST_BYTES = 16


class StoredArticle(NamedTuple):
    """An article's facts as JSON, its text apart, and the digest of both.

    Args:
        article_id: the article's.
        facts: JSON of every field but the text.
        text: the article's text.
        digest: 16 bytes; another one whenever anything that is stored of the article differs.
    """

    article_id: str
    facts: str
    text: str
    digest: bytes


class PassageRow(NamedTuple):
    """Where a passage lies, its language, and the digests of what was embedded for it, of its vector and of its words."""

    article_id: str
    passage_id: str
    ordinal: int
    span_start: int
    span_end: int
    language: str
    text_sha256: bytes
    vector_digest: bytes
    words_digest: bytes


def stored(article: Article) -> StoredArticle:
    """Return what is stored of an article."""
    facts = _ARTICLE.dump_json(article, exclude={"text"}).decode()
    return StoredArticle(article.article_id, facts, article.text, digest_of(facts, article.text))


def article_of(facts: str, text: str) -> Article:
    """Return the article that was stored.

    Raises:
        ValueError: the facts are not those of an article.
    """
    return _ARTICLE.validate_python({**json.loads(facts), "text": text})


def digest_of(facts: str, text: str) -> bytes:
    """Return the digest of an article's row."""
    return digest(facts.encode(), b"\n", text.encode("utf-8", "surrogatepass"))


def digest(*parts: bytes) -> bytes:
    """Return 16 bytes for bytes that are given in parts."""
    found = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        found.update(part)
    return found.digest()


def vector_digest(vector: Vectors) -> bytes:
    """Return the digest of one vector, float32, bit for bit."""
    return digest(vector.astype("<f4").tobytes())


def combined(digests: Iterable[bytes]) -> str:
    """Return one digest of many, in their order, hexadecimal."""
    found = hashlib.sha256()
    for one in digests:
        found.update(one)
    return found.hexdigest()
