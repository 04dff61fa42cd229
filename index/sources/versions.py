"""The same article more than once: duplicates and older versions among all readings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import Article, Reading

_UNDATED = datetime.min.replace(tzinfo=UTC)


def settle(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Decide which readings of the same article count.

    Of several versions under one id, the newest counts (by update, else by publishing, else the one read
    last) and the others are "superseded". The same words again (by id, or by headline, text and
    publisher) are a "duplicate" of the first.

    Args:
        readings: every reading, in order.

    Returns:
        The same readings in the same order, some with another status and the reason.
    """
    settled = list(readings)
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, reading in enumerate(settled):
        if reading.status == "read" and reading.article:
            by_id[reading.article.article_id].append(index)
    for same in by_id.values():
        _settle_versions(settled, same)
    _settle_copies(settled)
    return tuple(settled)


def _settle_versions(settled: list[Reading], same: list[int]) -> None:
    first_with: dict[tuple[str | None, str], int] = {}
    for index in same:
        article = _article(settled[index])
        first = first_with.setdefault((article.headline, article.text), index)
        if first != index:
            _mark_duplicate(settled, index, first)
    versions = list(first_with.values())
    newest = max(versions, key=lambda index: (_last_change(_article(settled[index])), index))
    for index in versions:
        if index != newest:
            reason = f"A newer version of it was read from {settled[newest].source_path}."
            settled[index] = replace(
                settled[index], status="superseded", reason=_joined(settled[index], reason)
            )


def _settle_copies(settled: list[Reading]) -> None:
    first_with: dict[tuple[str | None, str, str | None], int] = {}
    for index, reading in enumerate(settled):
        if reading.status == "read" and reading.article:
            words = (reading.article.headline, reading.article.text, reading.article.publisher)
            first = first_with.setdefault(words, index)
            if first != index:
                _mark_duplicate(settled, index, first)


def _mark_duplicate(settled: list[Reading], index: int, first: int) -> None:
    reason = f"It is the same article as {settled[first].source_path}."
    settled[index] = replace(settled[index], status="duplicate", reason=_joined(settled[index], reason))


def _joined(reading: Reading, reason: str) -> str:
    return f"{reason} {reading.reason}" if reading.reason else reason


def _article(reading: Reading) -> Article:
    if reading.article is None:
        msg = f"{reading.source_path} was read without an article"
        raise ValueError(msg)
    return reading.article


def _last_change(article: Article) -> datetime:
    return article.updated_at or article.published_at or _UNDATED
