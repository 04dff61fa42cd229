"""An answer in Discord: the quotes, their sources, the age of the index, and the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import day, published, text, why
from bot.rendering.changes import difference
from bot.rendering.discord.buttons import buttons
from bot.rendering.discord.markup import bold, labels, quotation, small
from bot.rendering.discord.messages import foot, parts, under
from bot.rendering.discord.sources import headline, name, publisher, some, sources
from bot.rendering.escape import clean, escape
from bot.rendering.gaps import gap_line
from bot.rendering.remarks import model_remarks
from bot.rendering.search import search_lines
from bot.rendering.split import LIMIT, length, pieces, shortened
from bot.types import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.rendering.parts import Part
    from bot.types import Kept, NotCovered
    from index.types import Article, Query

_LONGEST_QUESTION = 200
# A sentence of ours that names outlets.
_LONGEST_REMARK = 400


def render_answer(kept: Kept, language: str) -> tuple[Part, ...]:
    """Return an answer, or that there is none, as messages.

    Args:
        kept: the answer with what was asked.
        language: of the person; the quotes stay in their own.
    """
    answer = kept.answer
    if isinstance(answer, Answer):
        body = _answered(answer, language, further=kept.follows is not None)
    else:
        body = _not_covered(answer, language)
    said = _asked(kept, language), *body, foot(answer.generation, language)
    return parts(said, buttons=buttons(kept, language))


def _asked(kept: Kept, language: str) -> str:
    """Return what was asked, and what was made of it: others in the channel may see the answer alone."""
    lines = [text("asked", language, question=_question(kept.asked))]
    if kept.query.text != kept.asked:
        lines.append(text("searched", language, searched=_question(kept.query.text)))
    lines += _within(kept, language)
    return "\n".join(small(line) for line in lines)


def _within(kept: Kept, language: str) -> list[str]:
    """Return within what was searched, and what was left out; of what was kept long ago the filters alone."""
    if kept.answer.search:
        is_answered = isinstance(kept.answer, Answer)
        said = search_lines(kept.answer.search, language, is_answered=is_answered)
        return [name(line, _LONGEST_REMARK) for line in said]
    if kept.query.is_filtered:
        return [text("filters", language, filters=_filters(kept.query, language))]
    return []


def _question(words: str) -> str:
    return escape(shortened(clean(words).strip(), _LONGEST_QUESTION))


def _filters(query: Query, language: str) -> str:
    since = day(query.published_from, language) if query.published_from else ""
    until = day(query.published_to, language) if query.published_to else ""
    filters = []
    if since or until:
        key = "filter:between" if since and until else "filter:since" if since else "filter:until"
        filters.append(text(key, language, since=since, until=until))
    if query.publishers:
        filters.append(some([name(each) for each in query.publishers], language, most=3))
    return " · ".join(filters)


def _answered(answer: Answer, language: str, *, further: bool) -> list[str]:
    remarks = [small(escape(remark)) for remark in model_remarks(answer, language)]
    if answer.mode == "generated":
        return [*_written(answer, language), *remarks]
    return [*_in_quotes(answer, language, further=further), *remarks]


def _written(answer: Answer, language: str) -> list[str]:
    """Return a chat model's sentences as its own, and under each source the words that carry them."""
    sentences = [f"{escape(clean(one.text).strip())} {labels(*one.citations)}" for one in answer.statements]
    cited = sources(answer.citations, language, with_quotes=True)
    return [
        *_fitting(sentences, answer.language),
        *_difference(answer, language),
        *under(bold(text("sources", language)), cited),
    ]


def _difference(answer: Answer, language: str) -> list[str]:
    return [name(difference(answer, language), _LONGEST_REMARK)] if answer.differing else []


def _fitting(sentences: Sequence[str], language: str) -> list[str]:
    return [
        piece
        for sentence in sentences
        for piece in pieces(sentence, language, lambda part: length(part) <= LIMIT)
    ]


def _in_quotes(answer: Answer, language: str, *, further: bool) -> list[str]:
    languages = {citation.label: citation.article.language for citation in answer.citations}
    quotations = [
        block
        for statement in answer.statements
        for block in quotation(
            statement.text,
            language,
            languages.get(statement.citations[0], answer.language),
            f" {labels(*statement.citations)}",
        )
    ]
    heading = bold(text("according-to-further" if further else "according-to", language))
    cited = sources(answer.citations, language)
    return [
        *under(heading, quotations),
        *_difference(answer, language),
        *under(bold(text("sources", language)), cited),
    ]


def _not_covered(answer: NotCovered, language: str) -> list[str]:
    reason = escape(why(answer.reason, language))
    if answer.reason.kind != "nothing-more":
        reason = f"{bold(text('not-covered', language))}\n{reason}"
        if answer.gap:
            reason = f"{reason}\n{name(gap_line(answer.gap, language), _LONGEST_REMARK)}"
    nearest = [_near(article, language) for article in answer.nearest]
    return [reason, *(under(text("nearest", language), nearest) if nearest else ())]


def _near(article: Article, language: str) -> str:
    facts = f"{publisher(article, language)} · {published(article, language)}"
    return f"{bold(headline(article, language))}\n{facts}"
