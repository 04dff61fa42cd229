"""The same article more than once: duplicates and older versions among all readings."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Article, Reading, ReadingStatus


class Claim(NamedTuple):
    """What decides whether a reading of an article counts.

    Args:
        source_path: names the source in a sentence.
        story: the same for the same headline and text.
        words: the same for the same headline, text and publisher.
        changed_at: when the article says that it was changed, else published; see :func:`last_change`.
    """

    source_path: str
    story: object
    words: object
    changed_at: float


class Verdict(NamedTuple):
    """Another status than "read", and the reason."""

    status: ReadingStatus
    reason: str


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
    by_id: dict[object, list[int]] = defaultdict(list)
    for index, reading in enumerate(settled):
        if reading.status == "read" and reading.article:
            by_id[reading.article.article_id].append(index)
    for same in by_id.values():
        _apply(settled, same, among_versions([claim_of(settled[index]) for index in same]))
    by_words: dict[object, list[int]] = defaultdict(list)
    for index, reading in enumerate(settled):
        if reading.status == "read" and reading.article:
            by_words[claim_of(reading).words].append(index)
    for same in by_words.values():
        _apply(settled, same, among_copies([claim_of(settled[index]) for index in same]))
    return tuple(settled)


def among_versions(claims: Sequence[Claim]) -> dict[int, Verdict]:
    """Return the verdicts on readings under one id, by their place; the others count.

    Args:
        claims: the readings in order.
    """
    found: dict[int, Verdict] = {}
    first_with: dict[object, int] = {}
    for place, claim in enumerate(claims):
        first = first_with.setdefault(claim.story, place)
        if first != place:
            found[place] = _duplicate_of(claims[first])
    versions = list(first_with.values())
    newest = max(versions, key=lambda place: (claims[place].changed_at, place))
    for place in versions:
        if place != newest:
            reason = f"A newer version of it was read from {claims[newest].source_path}."
            found[place] = Verdict("superseded", reason)
    return found


def among_copies(claims: Sequence[Claim]) -> dict[int, Verdict]:
    """Return the verdicts on readings of the same words, by their place: the first counts."""
    return {place: _duplicate_of(claims[0]) for place in range(1, len(claims))}


def claim_of(reading: Reading) -> Claim:
    """Return what decides about a reading of an article.

    Raises:
        ValueError: it has no article.
    """
    article = reading.article
    if article is None:
        msg = f"{reading.source_path} was read without an article"
        raise ValueError(msg)
    story = (article.headline, article.text)
    return Claim(reading.source_path, story, (*story, article.publisher), last_change(article))


def last_change(article: Article) -> float:
    """Return when an article says that it was changed, else published, in seconds since 1970."""
    moment = article.updated_at or article.published_at
    return moment.timestamp() if moment else -math.inf


def joined(reason: str, other: str | None) -> str:
    """Return a verdict's reason, and behind it what was said of the reading before."""
    return f"{reason} {other}" if other else reason


def _duplicate_of(first: Claim) -> Verdict:
    return Verdict("duplicate", f"It is the same article as {first.source_path}.")


def _apply(settled: list[Reading], same: Sequence[int], verdicts: Mapping[int, Verdict]) -> None:
    for place, (status, reason) in verdicts.items():
        reading = settled[same[place]]
        settled[same[place]] = replace(reading, status=status, reason=joined(reason, reading.reason))
