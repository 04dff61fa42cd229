"""The values of the ask line: frozen, small, and true from the moment they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  # pydantic reads the annotations when answers are kept
from typing import TYPE_CHECKING, Literal

from bot.errors import Misquoted
from index.types import Query  # noqa: TC001  # the same

if TYPE_CHECKING:
    from index.generation import Generation
    from index.types import Article, Hit, Passage, Span

Mode = Literal["quotes", "generated"]
# Why a configured chat model's words are not shown, and quotes are.
Fallback = Literal["down", "slow", "refused", "over-budget", "nothing-supported"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that was found for a question, with its article and a label from 1.

    ``score`` orders the evidence of one question; ``cosine`` compares across questions. ``also_in`` are
    articles that print nearly the same passage.
    """

    label: int
    passage: Passage
    article: Article
    score: float
    cosine: float
    also_in: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that carry a statement, at their place.

    Args:
        label: number that the reader sees, from 1.
        article: the article in the version that was indexed.
        span: where the words stand in ``article.text``.
        quote: the words.
        also_in: other articles that print nearly the same words, in order of date; undated ones last.
        is_corrected: whether the article says that it was corrected.
        replaces: the earlier version that it replaces, where both are in the coverage.

    Raises:
        Misquoted: the words are not what stands there.
    """

    label: int
    article: Article
    span: Span
    quote: str
    also_in: tuple[Article, ...] = ()
    is_corrected: bool = False
    replaces: Article | None = None

    def __post_init__(self) -> None:
        """Refuse words that the article does not hold at that place."""
        if self.span.end > len(self.article.text) or self.span.of(self.article.text) != self.quote:
            msg = (
                f"Article {self.article.article_id} does not hold the quoted words at "
                f"{self.span.start}:{self.span.end}; nothing was answered."
            )
            raise Misquoted(msg)

    @property
    def speaker(self) -> str | None:
        """The one person whose words most of the quote is, named as the article does; None where no one is, or several."""
        said = self.article.quoted_in(self.span)
        words = sum(min(q.span.end, self.span.end) - max(q.span.start, self.span.start) for q in said)
        speakers = {q.speaker for q in said}
        return speakers.pop() if len(speakers) == 1 and 2 * words > len(self.quote) else None


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
class Search:
    """What was searched for an answer.

    Args:
        query: the query with the filters that held.
        set_aside: the query as it was first understood, where nothing answered within the filters that its
            words name, and the search went on without them; None where it did not.
        undated: articles that were left out because they give no date; 0 where no period was asked for.
    """

    query: Query
    set_aside: Query | None = None
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the coverage says, in statements that citations carry.

    Args:
        mode: "quotes", or "generated": the statements are a chat model's, verified.
        model: the chat model that was asked; None where none is configured.
        dropped: its sentences that were not shown, by kind.
        fallback: why quotes are shown although a model was asked; None where its words are.
        search: what was searched; None where nothing is known of it.
        differing: labels of citations that give different figures or dates for what was asked.
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
    search: Search | None = None
    differing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What the coverage has near a question that it does not answer.

    Args:
        articles: how many come near.
        publishers: their outlets, in order of name.
        oldest: when the first of them was published; None when none is dated.
        newest: when the last was.
        undated: how many of them give no date.
    """

    articles: int
    publishers: tuple[str, ...]
    oldest: datetime | None
    newest: datetime | None
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered:
    """That the coverage does not say, why, and the articles that come nearest."""

    question: str
    language: str
    reason: Reason
    nearest: tuple[Article, ...]
    generation: Generation
    search: Search | None = None
    gap: Gap | None = None


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

    @property
    def held(self) -> Query:
        """The query that the answer was found with: what was set aside for it stays aside."""
        return self.answer.search.query if self.answer.search else self.query


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


@dataclass(frozen=True, slots=True)
class Listed:
    """Articles that were listed, and the generation that they are of."""

    listings: tuple[Listing, ...]
    generation: Generation


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence that was weighed for an answer: its nearness to the question, its score, whether it is quoted.

    ``speakers`` are those whom it quotes, as the article prints their names.
    """

    article: Article
    text: str
    cosine: float
    score: float
    is_chosen: bool
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One search for an answer, told stage by stage.

    Args:
        query: what was searched.
        dense, lexical: the passages that each way of finding has first.
        evidence: the passages that both together brought, reprints folded into them.
        outdated: articles that were left out because a newer version was found.
        weighed: the best sentences, best first.
        probability: that the evidence answers, 0 to 1, as calibrated.
        threshold: what it must reach.
        reason: why it was judged not to answer; None where it was judged to.
    """

    query: Query
    dense: tuple[Hit, ...]
    lexical: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    outdated: tuple[Article, ...]
    weighed: tuple[Weighed, ...]
    probability: float
    threshold: float
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an answer is as it is: its searches in order, a second one where the first was set aside."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A kept answer, why it is as it is, and the generation that was searched again to tell it."""

    kept: Kept
    explanation: Explanation
    generation: Generation

    @property
    def is_changed(self) -> bool:
        """Whether another generation answered: the same search may find something else now."""
        return self.generation.generation_id != self.kept.answer.generation.generation_id


Verdict = Literal["helpful", "not-helpful"]
# What is read from a question's words, and can be taken away again: a period; outlets and languages.
Removable = Literal["date", "source"]


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
