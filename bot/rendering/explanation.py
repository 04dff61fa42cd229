"""Why an answer is as it is, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from bot.rendering.stages import searched, stages, verdict
from bot.rendering.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bot.rendering.stages import Find
    from bot.types import Explanation, Step

_LONGEST = 90


def render_explanation(explanation: Explanation, language: str) -> RenderableType:
    """Return each search with what its stages found, as rich shows it."""
    lines: list[Text] = []
    for number, step in enumerate(explanation.steps, start=1):
        lines += [Text(), *(Text(harmless(line)) for line in _step(number, step, language))]
    return Group(*lines)


def _step(number: int, step: Step, language: str) -> Iterator[str]:
    yield searched(number, step, language)
    for stage in stages(step, language, _LONGEST):
        yield f"  {stage.heading}"
        yield from map(_line, stage.finds)
    yield from (f"  {line}" for line in verdict(step, language))


def _line(find: Find) -> str:
    return "  ".join(("  ", *(f"{figure:>6}" for figure in find.figures), find.words))
