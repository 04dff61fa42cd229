"""Why an answer is as it is, in Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import text
from bot.rendering.discord.markup import bold, small
from bot.rendering.discord.messages import foot, parts
from bot.rendering.discord.sources import name
from bot.rendering.search import left_out
from bot.rendering.split import pack
from bot.rendering.stages import searched, stages, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rendering.parts import Part
    from bot.rendering.stages import Find, Stage
    from bot.types import Explained, Step

# What fits on two lines of a phone; a whole line of ours, with outlets and figures; what was searched.
_LONGEST, _LONGEST_LINE, _LONGEST_SEARCH = 70, 250, 400
_LONGEST_QUESTION = 200


def render_explanation(explained: Explained, language: str) -> tuple[Part, ...]:
    """Return each search with its verdict and with what its stages found.

    Args:
        explained: the answer, and why it is as it is.
        language: of the person.
    """
    blocks = ["\n".join(_head(explained, language))]
    for number, step in enumerate(explained.explanation.steps, start=1):
        blocks += _step(number, step, language)
    return parts([*blocks, foot(explained.generation, language)])


def _head(explained: Explained, language: str) -> Iterator[str]:
    """Return what is asked about, and what must be known to read the rest."""
    kept = explained.kept
    yield bold(text("why:title", language))
    yield small(text("asked", language, question=name(kept.asked, _LONGEST_QUESTION)))
    if explained.is_changed:
        yield text("why:changed", language)
    if kept.follows:
        yield text("why:told", language)
    yield from left_out(kept.answer.search, language)
    yield small(text("why:scores", language))


def _step(number: int, step: Step, language: str) -> Iterator[str]:
    heading = bold(name(searched(number, step, language), _LONGEST_SEARCH))
    yield "\n".join((heading, *(name(line, _LONGEST_SEARCH) for line in verdict(step, language))))
    for stage in stages(step, language, _LONGEST):
        yield from _stage(stage, language)


def _stage(stage: Stage, language: str) -> Iterator[str]:
    """Return a stage as one block, or as several where one message cannot hold it."""
    finds = map(_line, stage.finds) if stage.finds else (text("why:nothing", language),)
    return pack((bold(stage.heading), *finds), gap="\n")


def _line(find: Find) -> str:
    first, *second = find.figures or ("",)
    figures = f"{first} ({second[0]})" if second else first
    return name(f"{figures} · {find.words}" if figures else find.words, _LONGEST_LINE)
