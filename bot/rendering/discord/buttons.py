"""What can be done with an answer: rows of buttons under its last message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.catalogue import text
from bot.rendering.parts import Button
from bot.types import Answer
from bot.widening import widened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.types import Kept
    from index.types import Query

# Discord takes five rows of five; the last ones are for what can be done with the whole answer.
_BUTTONS_A_ROW, _MOST_ROWS = 5, 5


def buttons(kept: Kept, language: str) -> tuple[tuple[Button, ...], ...]:
    """Return a button a source, those that search more widely, and those for the whole answer.

    Args:
        kept: the answer; all that a button knows of it is its key.
        language: of the person.
    """
    is_answered = isinstance(kept.answer, Answer)
    below = [row for row in (_wider(kept, language), _gestures(kept.key, language, more=is_answered)) if row]
    numbers = [c.label for c in kept.answer.citations] if isinstance(kept.answer, Answer) else []
    return (*_numbers(numbers[: _BUTTONS_A_ROW * (_MOST_ROWS - len(below))], kept.key), *below)


def _numbers(numbers: Sequence[int], key: str) -> Iterator[tuple[Button, ...]]:
    """Return a button a source: it shows the passage in its article."""
    for start in range(0, len(numbers), _BUTTONS_A_ROW):
        row = numbers[start : start + _BUTTONS_A_ROW]
        yield tuple(Button(str(label), "primary", f"dateline:source:{key}:{label}") for label in row)


def _wider(kept: Kept, language: str) -> tuple[Button, ...]:
    """Return a button for each kind of filter that was read from the words and narrowed the search."""
    held = kept.held
    labels = (("any-date", _dates(held)), ("any-source", _sources(held)))
    return tuple(
        Button(text(label, language), "secondary", f"dateline:{verb}:{kept.key}")
        for verb, label in labels
        if label
    )


def _dates(held: Query) -> str:
    wide = widened(held, "date")
    return "button:any-date" if held.has_period and not wide.has_period else ""


def _sources(held: Query) -> str:
    """Return what is said of outlets and languages; nothing where there are no others to be searched."""
    wide = widened(held, "source")
    outlets, languages = wide.publishers != held.publishers, wide.languages != held.languages
    if outlets and languages:
        return "button:any-source"
    return "button:any-outlet" if outlets else "button:any-language" if languages else ""


def _gestures(key: str, language: str, *, more: bool) -> tuple[Button, ...]:
    verbs = (*(("more",) if more else ()), "why", "export", "helpful", "not-helpful")
    return tuple(
        Button(text(f"button:{verb}", language), "secondary", f"dateline:{verb}:{key}") for verb in verbs
    )
