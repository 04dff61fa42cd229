"""The stages of a search in words, wherever they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rendering.catalogue import day, decimal, text, why
from bot.rendering.escape import clean
from bot.rendering.search import scope
from bot.rendering.split import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.types import Evidence, Step, Weighed
    from index.types import Article

_LONGEST_OUTLET = 60


@dataclass(frozen=True, slots=True)
class Find:
    """What a stage found: its figures, and one line of a stranger's words, cut; whoever shows it makes it harmless.

    The first figure is its score in that stage, a second one how near its meaning is to the question.
    """

    figures: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a search: what it is called, and what it found, best first."""

    heading: str
    finds: tuple[Find, ...]


def searched(number: int, step: Step, language: str) -> str:
    """Return the line that says within what was searched, and for which words.

    Args:
        number: of the search, from 1.
        step: the search.
        language: of the person; whoever shows the line makes it harmless.
    """
    query = step.query
    within = (
        text("search:explained-within", language, scope=scope(query, language))
        if query.is_filtered
        else text("search:explained-all", language)
    )
    return f"{text('search:explained', language, number=number)} · {within} · {query.language} · {query.text}"


def stages(step: Step, language: str, longest: int) -> Iterator[Stage]:
    """Return what each stage of a search found, in the order in which they were run.

    Args:
        step: the search.
        language: of the person.
        longest: characters of a headline, a passage or a sentence that are shown.
    """
    for key, hits in (("search:stage-dense", step.dense), ("search:stage-lexical", step.lexical)):
        finds = (Find((decimal(hit.score, 3, language),), _cut(hit.passage.text, longest)) for hit in hits)
        yield Stage(text(key, language), tuple(finds))
    kept = tuple(_kept(found, language, longest) for found in step.evidence)
    yield Stage(text("search:stage-evidence", language), kept)
    if step.outdated:
        outdated = tuple(Find((), _named(article, language, longest)) for article in step.outdated)
        yield Stage(text("search:stage-outdated", language), outdated)
    weighed = tuple(_weighed(sentence, language, longest) for sentence in step.weighed)
    yield Stage(text("search:stage-sentences", language), weighed)


def verdict(step: Step, language: str) -> tuple[str, str]:
    """Return how probable an answer was, and what was judged."""
    probability, threshold = (decimal(share, 2, language) for share in (step.probability, step.threshold))
    return (
        text("search:stage-verdict", language, probability=probability, threshold=threshold),
        why(step.reason, language) if step.reason else text("search:stage-answers", language),
    )


def _kept(found: Evidence, language: str, longest: int) -> Find:
    count = len(found.also_in)
    repeated = text("search:repeated-one" if count == 1 else "search:repeated-many", language, count=count)
    folded = f" ({repeated})" if count else ""
    figures = decimal(found.score, 2, language), decimal(found.cosine, 3, language)
    return Find(figures, f"{_named(found.article, language, longest)}{folded}")


def _weighed(sentence: Weighed, language: str, longest: int) -> Find:
    mark = f" ← {text('search:quoted', language)}" if sentence.is_chosen else ""
    figures = decimal(sentence.score, 3, language), decimal(sentence.cosine, 3, language)
    named = ", ".join(_cut(speaker, _LONGEST_OUTLET) for speaker in sentence.speakers)
    said = f" ({text('search:says', language, names=named)})" if named else ""
    return Find(figures, f"{_cut(sentence.text, longest)}{said}{mark}")


def _named(article: Article, language: str, longest: int) -> str:
    moment = article.published_at
    outlet = _cut(article.publisher or "", _LONGEST_OUTLET) or text("unnamed", language)
    date = day(moment, language) if moment else text("undated", language)
    return f"{outlet}, {date} · {_cut(article.headline or article.text, longest)}"


def _cut(words: str, longest: int) -> str:
    return shortened(clean(words).strip(), longest)
