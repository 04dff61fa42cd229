"""The desk where every question is taken, whichever room it was asked in; it knows no Discord."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.answering.answerer import TOP_K, Answerer
from bot.answering.explaining import explain
from bot.answering.listings import nearest, search, timeline
from bot.answering.question import LONGEST_QUESTION
from bot.answering.rewriting import MOST_TURNS, rewritten
from bot.asking import narrowed, query_of
from bot.errors import AnswerGone
from bot.logs import log_answer
from bot.lookups import Lookups
from bot.reading_room import ReadingRoom, finished
from bot.types import Answer, Explained, Kept, Listed
from bot.widening import widened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from datetime import date

    from bot.answering.generation import Composer
    from bot.asking import Asking
    from bot.current_index import CurrentIndex
    from bot.keeping.answers import KeptAnswers
    from bot.keeping.feedback import KeptFeedback
    from bot.keeping.guilds import KeptGuilds
    from bot.turnstile import Turnstile
    from bot.types import Citation, Listing, NotCovered, Removable, Verdict
    from index.protocols import Retriever
    from index.types import Query


def _now() -> datetime:
    return datetime.now(UTC)


class Desk(Lookups):
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
        super().__init__(ReadingRoom(index, turnstile), guilds)
        self._answers = answers
        self._feedback = feedback

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
        earlier = self._earlier(asking.places)
        previous = earlier[0] if earlier else None
        async with self._room.admitted(asking.person):
            alone = await self._rewritten(asking.text, earlier)

            async def query(retriever: Retriever) -> Query:
                today = self._clock().astimezone(UTC).date()
                return await self._query(asking, retriever, previous, alone, today)

            return await self._answered(asking.text, query, started)

    async def more(self, key: str, person: int, *, guild: int | None, channel: int | None) -> Kept:
        """Dig further into an answer: what it, those it followed and those that followed it did not quote.

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
        started = time.perf_counter()
        async with self._room.turn(person) as retriever:
            # Only now: whoever pressed the same button before has been answered.
            last = self._last(kept)
            query = narrowed(last.held, self.guild_settings(guild))
            wide, told = replace(query, top_k=2 * TOP_K), tuple(self._told(last))
            answer = await finished(Answerer(retriever).answer(wide, told=told))
            further = self._keep(kept.asked, query, answer, follows=last.key)
        log_answer(further, started)
        return further

    async def wider(
        self, key: str, removed: Removable, person: int, *, guild: int | None, channel: int | None
    ) -> Kept:
        """Ask the question of an answer again, without filters that were read from its words.

        Args:
            key: of the answer.
            removed: the filters that no longer hold; those of a guild's managers always do.
            person: who asks.
            guild: where its managers have a say; None in a direct message.
            channel: where it is asked; None where no channel can be closed.

        Raises:
            What :meth:`more` raises.
        """
        self._check_channel(guild, channel)
        kept = self.kept(key)
        started = time.perf_counter()
        wide = replace(widened(kept.held, removed), top_k=TOP_K)

        async def query(_: Retriever) -> Query:
            return narrowed(wide, self.guild_settings(guild))

        async with self._room.admitted(person):
            return await self._answered(kept.asked, query, started)

    async def why(self, key: str, person: int, *, guild: int | None, channel: int | None) -> Explained:
        """Tell why an answer is as it is, by searching for it again in the index as it is now.

        Args:
            key: of the answer.
            person: who asks.
            guild: where its managers have a say; None in a direct message.
            channel: where it is asked; None where no channel can be closed.

        Raises:
            What :meth:`more` raises.
        """
        self._check_channel(guild, channel)
        kept = self.kept(key)
        earlier = self._answers.answer(kept.follows) if kept.follows else None
        told = tuple(self._told(earlier)) if earlier else ()
        query = narrowed(kept.held if told else kept.query, self.guild_settings(guild))
        async with self._room.turn(person) as retriever:
            explanation = await finished(asyncio.to_thread(explain, query, retriever, told=told))
            return Explained(kept, explanation, retriever.generation)

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

    async def _answered(
        self, asked: str, make: Callable[[Retriever], Awaitable[Query]], started: float
    ) -> Kept:
        """Answer a question of somebody who was admitted, and keep the answer.

        Args:
            asked: the question.
            make: returns what is searched for it.
            started: when it was asked, as :func:`time.perf_counter` tells.
        """
        async with self._room.seat() as retriever:
            query = await make(retriever)
            answerer = Answerer(retriever, self._composer)
            quoted = await finished(answerer.quote(query))
        answer = await answerer.in_words(query, quoted)
        kept = self._keep(asked, query, answer)
        log_answer(kept, started)
        return kept

    async def _rewritten(self, text: str, earlier: Sequence[Kept]) -> str | None:
        """Return a follow-up as a chat model puts it; None where there is none of either."""
        if self._composer is None or not earlier:
            return None
        return await rewritten(text, [_turn(kept) for kept in reversed(earlier)], self._composer.model)

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

    def _earlier(self, places: Sequence[int]) -> tuple[Kept, ...]:
        """Return the last answers where a question is asked, newest first."""
        standing = (self._answers.standing(place, MOST_TURNS) for place in places)
        return next((found for found in standing if found), ())

    def _last(self, kept: Kept) -> Kept:
        """Return the last that digs further into an answer, or that itself; that nothing more is said is none."""
        further = self._answers.following(kept.key)
        while further is not None and isinstance(further.answer, Answer):
            kept, further = further, self._answers.following(further.key)
        return kept

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


def _turn(kept: Kept) -> tuple[str, str]:
    """Return a question, as it was searched, with what was answered."""
    said = kept.answer.statements if isinstance(kept.answer, Answer) else ()
    return kept.query.text, " ".join(statement.text for statement in said)
