"""Lists of articles instead of an answer: found by words, in order of date, near to a claim."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.answering.evidence import candidates, gather
from bot.answering.leaning import telling_words
from bot.answering.quotes import says_the_same
from bot.answering.reprints import fold
from bot.types import Citation, Listing
from index.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answering.evidence import Candidate
    from bot.types import Evidence
    from index.protocols import Retriever
    from index.types import Article, Query

_NEVER = datetime.max.replace(tzinfo=UTC)
MOST_FOUND, MOST_EVENTS, MOST_NEAREST = 10, 20, 5
# Passages that are looked at: enough that a long story's other articles are among them.
_PASSAGES_OF_SEARCH, _PASSAGES_OF_TIMELINE, _PASSAGES_OF_CLAIM = 60, 200, 8
# An article mentions a topic when it holds this share of its words.
_MENTIONED = 2 / 3
# How far an article may trail the best one, in cosine: where it mentions the topic, and where only its
# meaning speaks for it.
_TRAILS, _TRAILS_UNMENTIONED = 0.05, 0.035
# By how much an article that does not mention the topic must lead the middle one of those that do not.
# Of 39 topics that the sample collection covers 33 were found with these, of 25 that it does not
# 22 listed nothing.
_LEADS = 0.044


def search(query: Query, retriever: Retriever) -> tuple[Listing, ...]:
    """List the articles that fit words best, best first, at most :data:`MOST_FOUND`.

    Args:
        query: the words, and what narrows them.
        retriever: finds the passages.

    Returns:
        Articles that mention the words, or are about them in other words; nothing where none is.
    """
    found = _found(query, retriever, _PASSAGES_OF_SEARCH)
    about = _about(found)
    stories = _stories(one for one in found if one.is_mentioned or one in about)
    return _listings(stories[:MOST_FOUND], query, retriever)


def timeline(query: Query, retriever: Retriever) -> tuple[Listing, ...]:
    """List what was published about a topic in order of date, undated last, at most :data:`MOST_EVENTS`.

    A story stands at the day of its first printing. Of more than fit the best ones are listed.

    Args:
        query: the topic, and what narrows it.
        retriever: finds the passages.

    Returns:
        Nothing where no article is about the topic.
    """
    stories = _stories(_about(_found(query, retriever, _PASSAGES_OF_TIMELINE)))[:MOST_EVENTS]
    events = [sorted(story, key=lambda one: _moment(one.article)) for story in stories]
    events.sort(key=lambda event: _moment(event[0].article))
    return _listings(events, query, retriever)


def nearest(query: Query, retriever: Retriever) -> tuple[Listing, ...]:
    """List the sentences nearest to a claim, best first, at most :data:`MOST_NEAREST`.

    Args:
        query: the claim, and what narrows it.
        retriever: finds the passages.

    Returns:
        One listing a sentence; an article may be listed for several.
    """
    evidence = gather(retriever.retrieve(replace(query, top_k=_PASSAGES_OF_CLAIM)), retriever)
    said: list[list[Candidate]] = []
    for candidate in candidates(evidence, query, retriever, passages=len(evidence)):
        known = next((same for same in said if says_the_same(candidate, same[0])), None)
        if known is not None:
            known.append(candidate)
        else:
            said.append([candidate])
    return tuple(
        _listing(label, same[0], [candidate.article for candidate in same[1:]])
        for label, same in enumerate(said[:MOST_NEAREST], start=1)
    )


def articles_by_words(query: Query, retriever: Retriever) -> tuple[Article, ...]:
    """Return the articles that share words with a query, best first.

    Args:
        query: the words, and how many passages are looked at.
        retriever: finds them.
    """
    found = dict.fromkeys(hit.passage.article_id for hit in retriever.lexical(query))
    return tuple(retriever.article(article_id) for article_id in found)


@dataclass(frozen=True, slots=True)
class _Found:
    """An article with the passage that was found first, and whether it mentions what is searched."""

    evidence: Evidence
    is_mentioned: bool

    @property
    def article(self) -> Article:
        """The article."""
        return self.evidence.article

    @property
    def cosine(self) -> float:
        """Nearness of the passage."""
        return self.evidence.cosine


def _found(query: Query, retriever: Retriever, passages: int) -> tuple[_Found, ...]:
    """Return the articles of so many passages, best first."""
    first: dict[str, Evidence] = {}
    for one in gather(retriever.retrieve(replace(query, top_k=passages)), retriever):
        first.setdefault(one.article.article_id, one)
    topic = " ".join(telling_words(query.text)) or query.text
    return tuple(_Found(one, _mentions(one.article, topic)) for one in first.values())


def _mentions(article: Article, topic: str) -> bool:
    asked = set(stems(topic, article.language))
    there = set(stems(f"{article.headline or ''} {article.text}", article.language))
    return len(asked & there) >= _MENTIONED * len(asked)


def _about(found: Sequence[_Found]) -> list[_Found]:
    """Keep the articles that are about the topic; what is nearest to it may be about anything else.

    Cosines of this model lie close together and mean nothing alone, so those of articles that do not
    mention the topic tell how near an article comes by chance.
    """
    if not found:
        return []
    best = max(one.cosine for one in found)
    by_chance = statistics.median_high([one.cosine for one in found if not one.is_mentioned] or [best])
    return [
        one
        for one in found
        if (one.is_mentioned and one.cosine >= best - _TRAILS)
        or (one.cosine >= best - _TRAILS_UNMENTIONED and one.cosine >= by_chance + _LEADS)
    ]


def _stories(found: Iterable[_Found]) -> list[list[_Found]]:
    """Put reprints of one story together."""
    by_id = {one.article.article_id: one for one in found}
    return [
        [by_id[article.article_id] for article in story]
        for story in fold(one.article for one in by_id.values())
    ]


def _listings(stories: Sequence[Sequence[_Found]], query: Query, retriever: Retriever) -> tuple[Listing, ...]:
    """List the first article of each story with its nearest sentence, the others beside it."""
    evidence = [story[0].evidence for story in stories]
    nearest_of: dict[str, Candidate] = {}
    for candidate in candidates(evidence, query, retriever, passages=len(evidence)):
        nearest_of.setdefault(candidate.article.article_id, candidate)
    return tuple(
        _listing(label, nearest_of[story[0].article.article_id], [one.article for one in story[1:]])
        for label, story in enumerate(stories, start=1)
    )


def _listing(label: int, candidate: Candidate, others: Iterable[Article]) -> Listing:
    article = candidate.article
    also_in = {other.article_id: other for other in others if other.article_id != article.article_id}
    return Listing(
        article,
        Citation(label, article, candidate.span, candidate.text),
        tuple(sorted(also_in.values(), key=_moment)),
    )


def _moment(article: Article) -> tuple[datetime, str]:
    """Order by date of publishing, undated last."""
    return article.published_at or _NEVER, article.article_id
