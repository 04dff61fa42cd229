"""What is said of a chat model under an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import text

if TYPE_CHECKING:
    from bot.types import Answer


def model_remarks(answer: Answer, language: str) -> tuple[str, ...]:
    """Return whose words an answer is in, and what was not shown; nothing where no model was asked.

    Args:
        answer: the answer.
        language: of the person; whoever shows the lines makes them harmless.
    """
    said = []
    if answer.mode == "generated":
        said.append(text("written-by", language, model=answer.model or ""))
    if answer.fallback:
        said.append(text(f"fallback:{answer.fallback}", language))
    if answer.dropped:
        count = sum(dropped.sentences for dropped in answer.dropped)
        said.append(text("dropped", language, count=count))
    return tuple(said)
