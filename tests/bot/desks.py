"""A desk over articles in memory and what it remembers in a real file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.asking import Asking
from bot.current_index import CurrentIndex
from bot.desk import Desk
from bot.keeping.answers import KeptAnswers
from bot.keeping.feedback import KeptFeedback
from bot.keeping.guilds import KeptGuilds
from bot.turnstile import Turnstile
from index.errors import IndexMissing
from index.passages import split
from tests.bot.asking import PASSAGE_CHARACTERS
from tests.factories import make_generation
from tests.fakes import FakeRetriever

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from bot.answering.generation import Composer
    from index.protocols import Retriever
    from index.types import Article, Hit, Passage, Query, Span

GUILD, CHANNEL, ALICE = 70_000_000_000_000_001, 70_000_000_000_000_002, 70_000_000_000_000_003


class ClosableRetriever(FakeRetriever):
    """Finds what the bag of words finds until it is closed; then whoever still reads is told."""

    is_closed = False

    def retrieve(self, query: Query) -> tuple[Hit, ...]:
        """Return the best passages first."""
        assert not self.is_closed, "a question was still read from this generation"
        return super().retrieve(query)

    def nearness(self, question: str, places: Sequence[tuple[Passage, Span]]) -> tuple[float, ...]:
        """Return how near the words of each place are to a question."""
        assert not self.is_closed, "a question was still read from this generation"
        return super().nearness(question, places)

    def close(self) -> None:
        """Let go."""
        self.is_closed = True


@dataclass(slots=True)
class Shelf:
    """An index folder: the generation that is published, and those that were opened."""

    articles: tuple[Article, ...]
    number: int = 1
    opened: tuple[ClosableRetriever, ...] = ()
    is_missing: bool = False

    def publish(self, *articles: Article) -> None:
        """Publish another generation."""
        self.articles, self.number = articles, self.number + 1

    def published_id(self) -> str:
        """Return which generation is published."""
        return f"generation-{self.number}"

    def open(self) -> Retriever:
        """Open it."""
        if self.is_missing:
            raise IndexMissing("there is none")
        generation = make_generation(self.published_id(), articles=len(self.articles))
        retriever = ClosableRetriever(
            generation, [(article, split(article, target=PASSAGE_CHARACTERS)) for article in self.articles]
        )
        self.opened = (*self.opened, retriever)
        return retriever


def desk_over(
    shelf: Shelf,
    database: sqlite3.Connection,
    *,
    per_minute: int = 500,
    waiting: int = 50,
    composer: Composer | None = None,
    now: datetime | None = None,
) -> Desk:
    """Return a desk; people may ask as often as they like unless ``per_minute`` says otherwise.

    It is always ``now`` where that is given.
    """
    return Desk(
        CurrentIndex(shelf.published_id, shelf.open),
        Turnstile(per_minute=per_minute, waiting=waiting),
        KeptAnswers(database),
        KeptFeedback(database),
        KeptGuilds(database),
        composer=composer,
        clock=lambda: now or datetime.now(UTC),
    )


def asking(
    text: str,
    *,
    person: int = ALICE,
    guild: int | None = GUILD,
    channel: int | None = CHANNEL,
    places: tuple[int, ...] = (),
    since: str | None = None,
    publisher: str | None = None,
) -> Asking:
    """Return a question by Alice in the one channel of her guild, unless anything else is said."""
    return Asking(
        text=text,
        person=person,
        guild=guild,
        channel=channel,
        places=places,
        since=since,
        publisher=publisher,
    )
