"""What strangers might write to make a message do something, and an answer that is made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from bot.types import Kept
from tests.bot.asking import make_citation
from tests.factories import make_article, make_query

if TYPE_CHECKING:
    from bot.types import Answer, Citation, NotCovered
    from index.types import Article, Query

KEY = "0123456789abcdef"
# Each of these does something in Discord where nothing is done about it.
ATTACKS = (
    "@everyone",
    "@Here",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "</ask:1>",
    "<:x:1>",
    "<a:x:1>",
    "<t:1:R>",
    "<id:browse>",
    "<mailto:x@evil.example>",
    ":smile:",
    "[la suite](https://evil.example)",
    "](<https://evil.example>)",
    "[",
    "]",
    "https://evil.example/x?y#z",
    "HTTP://EVIL.EXAMPLE",
    "<https://evil.example>",
    "discord.gg/abc",
    "https://discord.com/invite/abc",
    "# titre",
    "\n## titre",
    "-# petit",
    "\n-# petit",
    "> cité",
    "\n>>> cité",
    "- point",
    "\n* point",
    "+ point",
    "\n1. point",
    "2) point",
    "**gras**",
    "***",
    "_souligné_",
    "__u__",
    "~~barré~~",
    "||caché||",
    "`code`",
    "```\nbloc\n```",
    "\\",
    "\u202eesrever\u202c",
    "\u2066isolé\u2069",
    "ev\u200bil",
    "\u00ad",
    "\ufeff",
    "12:30:45",
)
# These do something only beside others, or to a careless program.
_ODDITIES = (
    "(",
    ")",
    "\\\\",
    "\\*",
    "\u200d",
    "\ud800",
    "\x00\x1b",
    "\r\n",
    "\u2028",
    "discord",
    "¯\\_(ツ)_/¯",
    "{0}",
    "%s",
    "Su-35",
    "l’été « dernier »",
    "نعم",
    "👩‍🚒",
    "long" * 40,
)
hostile = st.lists(
    st.one_of(st.sampled_from(ATTACKS + _ODDITIES), st.text(max_size=12), st.just(" ")), max_size=12
).map("".join)
# With a word that is seen, so that something can be quoted.
hostile_text = hostile.map(lambda words: f"mot {words} fin")
hostile_urls = st.one_of(
    hostile.map(lambda words: f"https://courrier.example/{words}"),
    st.sampled_from(
        (
            "https://courrier.example/a_(b)?c=[d]&e=<f>#g",
            "https://banque.example@evil.example/",
            "https://discord.gg/abc",
            "javascript:alert(1)",
            "https://courrier.example/@everyone",
            "https://éclair.example/été",
        )
    ),
    hostile,
)


@st.composite
def hostile_articles(draw: st.DrawFn) -> Article:
    """Return an article of which a stranger wrote every word."""
    return make_article(
        text=draw(hostile_text),
        headline=draw(st.one_of(st.none(), hostile, st.just("titre " * 1000))),
        publisher=draw(st.one_of(st.none(), hostile)),
        byline=tuple(draw(st.lists(hostile, max_size=2))),
        url=draw(st.one_of(st.none(), hostile_urls)),
        published_at=draw(st.sampled_from((None, datetime(2022, 12, 1, tzinfo=UTC)))),
    )


@st.composite
def hostile_citations(draw: st.DrawFn) -> Citation:
    """Return a citation of all that such an article says."""
    return make_citation(draw(hostile_articles()))


def make_kept(
    answer: Answer | NotCovered,
    *,
    asked: str | None = None,
    query: Query | None = None,
    follows: str | None = None,
) -> Kept:
    """Return an answer as it is kept; what was searched is what was asked unless a query is given."""
    asked = asked or answer.question
    return Kept(
        key=KEY,
        asked=asked,
        asked_at=datetime(2023, 3, 1, 9, 0, tzinfo=UTC),
        query=query or make_query(asked),
        answer=answer,
        follows=follows,
    )
