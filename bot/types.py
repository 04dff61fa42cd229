"""The values of the ask line: frozen, small, and true from the moment they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.errors import Misquoted

if TYPE_CHECKING:
    from datetime import datetime

    from index.types import Article, Generation, Passage, Query, Span

Mode = Literal["quotes", "generated"]
# Why a configured chat model's words are not shown, and quotes are.
Fallback = Literal["down", "slow", "refused", "over-budget", "nothing-supported"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that was found for a question, with its article and a label from 1.

    ``score`` orders the evidence of one question; ``cosine`` compares across questions.
    """

    label: int
    passage: Passage
    article: Article
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that carry a statement, at their place.

    Args:
        label: number that the reader sees, from 1.
        article: the article in the version that was indexed.
        span: where the words stand in ``article.text``.
        quote: the words.

    Raises:
        Misquoted: the words are not what stands there.
    """

    label: int
    article: Article
    span: Span
    quote: str

    def __post_init__(self) -> None:
        """Refuse words that the article does not hold at that place."""
        if self.span.end > len(self.article.text) or self.span.of(self.article.text) != self.quote:
            msg = (
                f"Article {self.article.article_id} does not hold the quoted words at "
                f"{self.span.start}:{self.span.end}; nothing was answered."
            )
            raise Misquoted(msg)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the labels of the citations that carry it, at least one."""

    text: str
    citations: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse a statement that nothing carries."""
        if not self.citations:
            msg = "a statement needs a citation"
            raise ValueError(msg)


ReasonKind = Literal["nothing-found", "name-missing", "kind-missing", "not-said", "nothing-more"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the coverage does not answer.

    ``nothing-found``: no article passes the filters. ``name-missing``: it never mentions
    ``details``. ``kind-missing``: the nearest sentences lack the kind of fact that is asked for,
    ``details`` names it. ``not-said``: nothing comes near enough to be an answer.
    ``nothing-more``: what was quoted already is all that does.
    """

    kind: ReasonKind
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """Sentences of a chat model that no source carries, and that nobody was shown.

    Args:
        kind: what was wrong with them, as verification names it.
        sentences: how many.
    """

    kind: str
    sentences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the coverage says, in statements that citations carry.

    Args:
        mode: "quotes", or "generated": the statements are a chat model's, verified.
        model: the chat model that was asked; None where none is configured.
        dropped: its sentences that were not shown, by kind.
        fallback: why quotes are shown although a model was asked; None where its words are.
    """

    question: str
    language: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    generation: Generation
    mode: Mode = "quotes"
    model: str | None = None
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered:
    """That the coverage does not say, why, and the articles that come nearest."""

    question: str
    language: str
    reason: Reason
    nearest: tuple[Article, ...]
    generation: Generation


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was given, kept so that its buttons work for as long as its message stands.

    Args:
        key: name of the answer: sixteen hexadecimal characters, drawn at random.
        asked: what the person wrote; ``query.text`` is what was searched for it.
        asked_at: aware, UTC.
        query: what was searched.
        answer: what was answered, with the articles in the versions that it quotes.
        follows: key of the answer that this one digs further into; None for a first answer.
    """

    key: str
    asked: str
    asked_at: datetime
    query: Query
    answer: Answer | NotCovered
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An article among others: with the sentence of it that is nearest to what was searched.

    Args:
        article: the article.
        citation: its nearest words; labels count the listing from 1.
        also_in: articles that print nearly the same text, in order of date.
    """

    article: Article
    citation: Citation
    also_in: tuple[Article, ...] = ()


Verdict = Literal["helpful", "not-helpful"]


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What those who manage a guild have set for it.

    Args:
        publishers: outlets that answers there may come from; empty for all.
        channels: ids of the channels where the bot answers; empty for all.
        private: answers to commands are seen by the person who asks alone, unless they say otherwise.
    """

    publishers: tuple[str, ...] = ()
    channels: tuple[int, ...] = ()
    private: bool = False
