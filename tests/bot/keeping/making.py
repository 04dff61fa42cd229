"""Answers to be kept: one by hand, and any that can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, get_args

from hypothesis import strategies as st

from bot.answering.kinds import Kind
from bot.types import Answer, Citation, Dropped, Gap, Kept, NotCovered, Reason, Search, Statement
from index.types import Query, Span
from tests.bot.asking import make_answer
from tests.factories import make_article, make_generation, make_query

if TYPE_CHECKING:
    from index.types import Article

ASKED_AT = datetime(2026, 11, 24, 17, 30, 5, 123456, tzinfo=UTC)
KEY = "00112233445566aa"

# What JSON, SQLite, Markdown, spreadsheets and reference managers read as theirs; half surrogate pairs are
# refused when a source or a question is read.
_PIECES = (
    *"\\`*_{}[]()<>#+-.!|~=&;:@,'\"\t\n\r \x00\x1b\u2028\u202e\u200b\u00a0\ufeff«»“”’éß🌉1",
    "*gras*", "**", "__", "~~", "](https://ailleurs.example)", "<b>", "&lt;", "&#xA;", "\n\n", "\n1. ", "\n- ",
    "\n# ", "\n===", "\n    ", "  \n", "\n> ", "\\\n", "www.ailleurs.example", "=1+1", "@afi", "\nTY  - JOUR",
    "\nER  - ", "le pont",
)  # fmt: skip
WORDS = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.characters(exclude_categories=["Cs"])), min_size=1, max_size=8
).map("".join)
_MOMENTS = st.builds(
    lambda moment, minutes: moment.replace(tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(min_value=datetime(1850, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001  # the zone is added
    st.integers(-14 * 60, 14 * 60),
)

_NAMES = st.lists(WORDS, max_size=2).map(tuple)
QUERIES = st.builds(
    Query,
    text=WORDS,
    language=st.sampled_from(["fr", "en"]),
    published_from=st.none() | _MOMENTS,
    published_to=st.none() | _MOMENTS,
    publishers=_NAMES,
    languages=st.lists(st.sampled_from(["fr", "de"]), max_size=2).map(tuple),
    days_after=st.integers(0, 2),
    period_words=st.just("") | WORDS,
    source_words=st.just("") | WORDS,
    publishers_given=_NAMES,
    top_k=st.integers(1, 50),
)
_SEARCHES = st.builds(Search, query=QUERIES, set_aside=st.none() | QUERIES, undated=st.integers(0, 9))
_GAPS = st.builds(
    Gap,
    articles=st.integers(1, 99),
    publishers=_NAMES,
    oldest=st.none() | _MOMENTS,
    newest=st.none() | _MOMENTS,
    undated=st.integers(0, 9),
)
_REASONS = st.one_of(
    st.sampled_from([Reason("nothing-found"), Reason("kind-missing", get_args(Kind)), Reason("not-said")]),
    st.builds(Reason, st.just("name-missing"), st.lists(WORDS, min_size=1, max_size=2).map(tuple)),
)


def make_kept(
    answer: Answer | NotCovered | None = None,
    *,
    key: str = KEY,
    asked: str | None = None,
    asked_at: datetime = ASKED_AT,
    query: Query | None = None,
    follows: str | None = None,
) -> Kept:
    """Return an answer as it is kept, to the question of the factories unless another is given."""
    answer = answer or make_answer()
    return Kept(
        key=key,
        asked=asked or answer.question,
        asked_at=asked_at,
        query=query or make_query(answer.question),
        answer=answer,
        follows=follows,
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Return any article that could be read."""
    maybe = st.none() | WORDS
    name = draw(st.sampled_from(["pont", "port", "marche"]))
    return replace(
        make_article(name, text=draw(WORDS), language=draw(st.sampled_from(["fr", "en", "ru"]))),
        headline=draw(maybe),
        publisher=draw(maybe),
        byline=tuple(draw(st.lists(WORDS, max_size=2))),
        published_at=draw(st.none() | _MOMENTS),
        collected_at=draw(st.none() | _MOMENTS),
        url=draw(st.none() | WORDS.map("https://courrier.example/{}".format)),
    )


@st.composite
def _citations(draw: st.DrawFn) -> tuple[Citation, ...]:
    cited = draw(st.lists(articles(), min_size=1, max_size=3))
    return tuple(_citation(draw, label, article) for label, article in enumerate(cited, start=1))


def _citation(draw: st.DrawFn, label: int, article: Article) -> Citation:
    start = draw(st.integers(0, len(article.text) - 1))
    span = Span(start, draw(st.integers(start + 1, len(article.text))))
    return Citation(
        label,
        article,
        span,
        span.of(article.text),
        tuple(draw(st.lists(articles(), max_size=1))),
        draw(st.booleans()),
        draw(st.none() | articles()),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Return any answer, in quotes or in a chat model's words."""
    citations = draw(_citations())
    return Answer(
        question=draw(WORDS),
        language=draw(st.sampled_from(["fr", "en", "ru"])),
        statements=tuple(Statement(citation.quote, (citation.label,)) for citation in citations),
        citations=citations,
        generation=make_generation(newest_published_at=draw(st.none() | _MOMENTS)),
        mode=draw(st.sampled_from(["quotes", "generated"])),
        model=draw(st.none() | WORDS),
        dropped=tuple(
            draw(st.lists(st.builds(Dropped, kind=WORDS, sentences=st.integers(1, 9)), max_size=2))
        ),
        fallback=draw(st.sampled_from([None, "down", "slow"])),
        search=draw(st.none() | _SEARCHES),
        differing=tuple(citation.label for citation in citations if draw(st.booleans())),
    )


@st.composite
def silences(draw: st.DrawFn) -> NotCovered:
    """Return any word that nothing is said."""
    return NotCovered(
        question=draw(WORDS),
        language=draw(st.sampled_from(["fr", "en", "ru"])),
        reason=draw(_REASONS),
        nearest=tuple(draw(st.lists(articles(), max_size=3))),
        generation=make_generation(),
        search=draw(st.none() | _SEARCHES),
        gap=draw(st.none() | _GAPS),
    )


def kepts(answer: st.SearchStrategy[Answer | NotCovered]) -> st.SearchStrategy[Kept]:
    """Return any answer as it is kept."""
    return st.builds(
        Kept,
        key=st.text("0123456789abcdef", min_size=16, max_size=16),
        asked=WORDS,
        asked_at=_MOMENTS,
        query=QUERIES,
        answer=answer,
        follows=st.none() | st.just(KEY),
    )
