"""The desk where every question is taken, whichever room it was asked in; it knows no Discord."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.answering.answerer import TOP_K, Answerer
from bot.answering.listings import articles_by_words, nearest, search, timeline
from bot.answering.question import LONGEST_QUESTION, read_question
from bot.answering.rewriting import rewritten
from bot.asking import check_channel, counts, narrowed, query_of
from bot.errors import AnswerGone
from bot.logs import log_answer
from bot.reading_room import ReadingRoom, finished
from bot.types import Answer, GuildSettings, Kept, Listed
from index.errors import ArticleNotFound
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from bot.answering.generation import Composer
    from bot.asking import Asking
    from bot.current_index import CurrentIndex
    from bot.keeping.answers import KeptAnswers
    from bot.keeping.feedback import KeptFeedback
    from bot.keeping.guilds import KeptGuilds
    from bot.turnstile import Turnstile
    from bot.types import Citation, Listing, NotCovered, Verdict
    from index.protocols import Retriever
    from index.types import Article, Extent, Generation, Query

# What a list for a person to pick from may hold.
MOST_CHOICES = 25


def _now() -> datetime:
    return datetime.now(UTC)


class Desk:
    """Takes questions in turn, answers them from the published index, and keeps the answers.

    Args:
        index: the published generation.
        turnstile: who may ask now.
        answers, feedback, guilds: what is remembered.
        composer: has a chat model answer; None for quotes only.
        clock: tells when a question is asked, and so which day "hier" is; aware.
    """

    def __init__(
        self,
        index: CurrentIndex,
        turnstile: Turnstile,
        answers: KeptAnswers,
        feedback: KeptFeedback,
        guilds: KeptGuilds,
        *,
        composer: Composer | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Keep the parts; nothing is opened here."""
        self._clock = clock
        self._composer = composer
        self._room = ReadingRoom(index, turnstile)
        self._answers = answers
        self._feedback = feedback
        self._guilds = guilds

    @property
    def waiting(self) -> int:
        """Questions that wait or are being answered."""
        return self._room.waiting

    async def warm_up(self) -> None:
        """Open the index and the model before the first question."""
        await self._room.warm_up()

    async def ask(self, asking: Asking) -> Kept:
        """Answer a question, as a follow-up where it stands under an earlier answer.

        Raises:
            QuestionRefused: it cannot be searched.
            FilterRefused: a date or outlet cannot be meant.
            DeskRefused: not now, or not here.
            CollectionError: the index cannot be used.
            StateError: what is remembered cannot be read or written.
        """
        self._check_channel(asking.guild, asking.channel)
        started = time.perf_counter()
        previous = self._previous(asking.places)
        async with self._room.admitted(asking.person):
            alone = await self._rewritten(asking.text, previous)
            async with self._room.seat() as retriever:
                today = self._clock().astimezone(UTC).date()
                query = await self._query(asking, retriever, previous, alone, today)
                answerer = Answerer(retriever, self._composer)
                quoted = await finished(answerer.quote(query))
            answer = await answerer.in_words(query, quoted)
        kept = self._keep(asking.text, query, answer)
        log_answer(kept, started)
        return kept

    async def more(self, key: str, person: int, *, guild: int | None, channel: int | None) -> Kept:
        """Dig further into an answer: what it and those it followed did not quote.

        Args:
            key: of the answer.
            person: who asks.
            guild: where its managers have a say; None in a direct message.
            channel: where it is asked; None where no channel can be closed.

        Raises:
            AnswerGone: it is no longer kept.
            DeskRefused: not now, or not here.
            CollectionError: the index cannot be used.
            StateError: what is remembered cannot be read or written.
        """
        self._check_channel(guild, channel)
        kept = self.kept(key)
        told = tuple(self._told(kept))
        started = time.perf_counter()
        async with self._room.turn(person) as retriever:
            query = narrowed(kept.held, self.guild_settings(guild))
            answer = await finished(Answerer(retriever).answer(replace(query, top_k=2 * TOP_K), told=told))
        further = self._keep(kept.asked, query, answer, follows=key)
        log_answer(further, started)
        return further

    async def search(self, asking: Asking) -> Listed:
        """List articles for words. Raises what :meth:`ask` raises."""
        return await self._list(asking, search)

    async def timeline(self, asking: Asking) -> Listed:
        """List the coverage of a topic in order of date. Raises what :meth:`ask` raises."""
        return await self._list(asking, timeline)

    async def check(self, asking: Asking) -> Listed:
        """List the passages nearest to a claim, of any length. Raises what :meth:`ask` raises."""
        claim = " ".join(asking.text.split())[:LONGEST_QUESTION]
        return await self._list(replace(asking, text=claim), nearest)

    async def article(self, asking: Asking) -> tuple[Article, Generation]:
        """Return an article whole.

        Args:
            asking: its text is the article's id.

        Raises:
            ArticleNotFound: there is none of that id, or the guild's managers chose other outlets.
            DeskRefused: not now, or not here.
            CollectionError: the index cannot be used.
        """
        self._check_channel(asking.guild, asking.channel)
        article_id = asking.text.strip()
        article, generation = await self._room.look(
            lambda found: (found.article(article_id), found.generation)
        )
        if not counts(article, self.guild_settings(asking.guild)):
            msg = f"The index holds no article {article_id!a} of the outlets that count here."
            raise ArticleNotFound(msg)
        return article, generation

    async def publishers(self) -> tuple[str, ...]:
        """Return the outlets of the collection.

        Raises:
            CollectionError: the index cannot be used.
        """
        return await self._room.look(lambda found: found.publishers())

    async def extent(self) -> tuple[Extent, Generation]:
        """Return what is indexed.

        Raises:
            CollectionError: the index cannot be used.
        """
        return await self._room.look(lambda found: (found.extent(), found.generation))

    async def suggest_publishers(self, typed: str, guild: int | None) -> tuple[str, ...]:
        """Return outlets whose name holds what was typed, those that begin with it first.

        Raises:
            CollectionError: the index cannot be used.
        """
        allowed = self.guild_settings(guild).publishers
        names = allowed or await self.publishers()
        begun = " ".join(words(typed))
        folded = {name: " ".join(words(name)) for name in names}
        fitting = [name for name in names if begun in folded[name]]
        return tuple(sorted(fitting, key=lambda name: not folded[name].startswith(begun)))[:MOST_CHOICES]

    async def suggest_articles(self, typed: str, guild: int | None) -> tuple[Article, ...]:
        """Return articles that share words with what was typed, best first; none for no words.

        Raises:
            CollectionError: the index cannot be used.
        """
        if not words(typed):
            return ()
        query = narrowed(
            read_question(typed[:LONGEST_QUESTION], top_k=MOST_CHOICES), self.guild_settings(guild)
        )
        return await self._room.look(lambda found: articles_by_words(query, found))

    def kept(self, key: str) -> Kept:
        """Return an answer that was given.

        Raises:
            AnswerGone: it is no longer kept.
        """
        kept = self._answers.answer(key)
        if kept is None:
            msg = "This answer is no longer kept: ask the question again."
            raise AnswerGone(msg)
        return kept

    async def is_changed(self, article: Article) -> bool:
        """Tell whether the index holds another version of an article now, or none.

        Raises:
            CollectionError: the index cannot be used.
        """
        return await self._room.look(
            lambda found: _version(article.article_id, found) != article.version_sha256
        )

    def stands_at(self, key: str, *places: int) -> None:
        """Remember where an answer stands, so that what follows there is understood."""
        for place in places:
            self._answers.place(place, key)

    def give_feedback(self, key: str, person: int, verdict: Verdict) -> None:
        """Keep what a person thinks of an answer.

        Raises:
            AnswerGone: it is no longer kept.
        """
        self.kept(key)
        self._feedback.give(key, person, verdict)

    def guild_settings(self, guild: int | None) -> GuildSettings:
        """Return what was set for a guild; nothing can be set for direct messages.

        Raises:
            StateError: it cannot be read.
        """
        return GuildSettings() if guild is None else self._guilds.settings(guild)

    def set_guild(self, guild: int, settings: GuildSettings) -> None:
        """Keep what those who manage a guild set for it."""
        self._guilds.set(guild, settings)

    def forget_before(self, moment: datetime) -> int:
        """Forget the answers of questions asked before a moment; return how many."""
        return self._answers.forget_before(moment)

    async def close(self, seconds: float) -> bool:
        """Take no more questions, finish those taken, let go of the index.

        Returns:
            Whether all were answered within ``seconds``.
        """
        return await self._room.close(seconds)

    async def _list(
        self, asking: Asking, listing: Callable[[Query, Retriever], tuple[Listing, ...]]
    ) -> Listed:
        self._check_channel(asking.guild, asking.channel)
        async with self._room.turn(asking.person) as retriever:
            query = await self._query(asking, retriever, None)
            found = await finished(asyncio.to_thread(listing, query, retriever))
        return Listed(found, retriever.generation)

    async def _rewritten(self, text: str, previous: Kept | None) -> str | None:
        """Return a follow-up as a chat model puts it; None where there is none of either."""
        if self._composer is None or previous is None:
            return None
        said = previous.answer.statements if isinstance(previous.answer, Answer) else ()
        turn = previous.query.text, " ".join(statement.text for statement in said)
        return await rewritten(text, [turn], self._composer.model)

    async def _query(
        self,
        asking: Asking,
        retriever: Retriever,
        previous: Kept | None,
        alone: str | None = None,
        today: date | None = None,
    ) -> Query:
        settings = self.guild_settings(asking.guild)

        def read() -> Query:
            searched = previous.query if previous else None
            return query_of(
                asking,
                previous=searched,
                settings=settings,
                publishers=retriever.publishers(),
                rewritten=alone,
                today=today,
                extent=retriever.extent() if today else None,
            )

        return await finished(asyncio.to_thread(read))

    def _check_channel(self, guild: int | None, channel: int | None) -> None:
        check_channel(channel, self.guild_settings(guild))

    def _previous(self, places: Sequence[int]) -> Kept | None:
        return next((kept for place in places if (kept := self._answers.at(place)) is not None), None)

    def _told(self, kept: Kept) -> Iterator[Citation]:
        """Return what an answer and those it digs further into have quoted."""
        earlier: Kept | None = kept
        while earlier is not None:
            if isinstance(earlier.answer, Answer):
                yield from earlier.answer.citations
            earlier = self._answers.answer(earlier.follows) if earlier.follows else None

    def _keep(
        self, asked: str, query: Query, answer: Answer | NotCovered, *, follows: str | None = None
    ) -> Kept:
        kept = Kept(
            key=secrets.token_hex(8),
            asked=" ".join(asked.split()),
            asked_at=self._clock(),
            query=query,
            answer=answer,
            follows=follows,
        )
        self._answers.keep(kept)
        return kept


def _version(article_id: str, retriever: Retriever) -> str | None:
    try:
        return retriever.article(article_id).version_sha256
    except ArticleNotFound:
        return None
