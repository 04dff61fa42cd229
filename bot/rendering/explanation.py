"""Why an answer is as it is, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from bot.rendering.catalogue import day, text, why
from bot.rendering.search import scope
from bot.rendering.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bot.types import Explanation, Step, Weighed
    from index.types import Article, Hit

_LONGEST = 90


def render_explanation(explanation: Explanation, language: str) -> RenderableType:
    """Return each search with what its stages found, as rich shows it."""
    lines: list[Text] = []
    for number, step in enumerate(explanation.steps, start=1):
        lines += [Text(), *(Text(harmless(line)) for line in _step(number, step, language))]
    return Group(*lines)


def _step(number: int, step: Step, language: str) -> Iterator[str]:
    within = (
        text("search:explained-within", language, scope=scope(step.query, language))
        if step.query.is_filtered
        else text("search:explained-all", language)
    )
    yield f"{text('search:explained', language, number=number)} · {within} · {step.query.language} · {step.query.text}"
    for key, hits in (("search:stage-dense", step.dense), ("search:stage-lexical", step.lexical)):
        yield f"  {text(key, language)}"
        yield from (_hit(hit) for hit in hits)
    yield f"  {text('search:stage-evidence', language)}"
    for found in step.evidence:
        folded = f" ({text('search:repeated', language, count=len(found.also_in))})" if found.also_in else ""
        yield f"    {found.score:6.2f}  {found.cosine:.3f}  {_named(found.article, language)}{folded}"
    if step.outdated:
        yield f"  {text('search:stage-outdated', language)}"
        yield from (f"    {_named(article, language)}" for article in step.outdated)
    yield f"  {text('search:stage-sentences', language)}"
    yield from (_weighed(sentence, language) for sentence in step.weighed)
    yield from _verdict(step, language)


def _hit(hit: Hit) -> str:
    return f"    {hit.rank:2}  {hit.score:7.3f}  {_short(hit.passage.text)}"


def _weighed(sentence: Weighed, language: str) -> str:
    mark = f"  ← {text('search:quoted', language)}" if sentence.is_chosen else ""
    return f"    {sentence.score:.3f}  {sentence.cosine:.3f}  {_short(sentence.text)}{mark}"


def _verdict(step: Step, language: str) -> Iterator[str]:
    said = {"probability": f"{step.probability:.2f}", "threshold": f"{step.threshold:.2f}"}
    yield f"  {text('search:stage-verdict', language, **said)}"
    yield f"  {why(step.reason, language) if step.reason else text('search:stage-answers', language)}"


def _named(article: Article, language: str) -> str:
    moment = article.published_at
    date = day(moment, language) if moment else text("undated", language)
    return f"{article.publisher or text('unnamed', language)}, {date} · {_short(article.headline or article.text)}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
