"""JSON that is not valid as a whole: its records one by one, so that a broken one costs no other."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST_NAMES = ("articles", "records", "items", "entries", "documents", "data", "results", "docs")
# The list is at the top, or in an object under one of the usual names with plain fields before it.
_LIST = re.compile(
    r"\s*(?:\[|\{(?:\s*\"[^\"\\]{1,60}\"\s*:\s*(?:\"[^\"\\]{0,400}\"|[-+.\w]{1,40})\s*,)*?"
    rf"\s*\"(?:{'|'.join(LIST_NAMES)})\"\s*:\s*\[)",
    re.IGNORECASE,
)
_BETWEEN = ",]"
_NEXT = re.compile(r"(?:\n|\},?)[ \t]*(?=\{)")
_DEEP = 10_000  # what finding out that a record is nested too deeply costs, in characters looked at
_MOST_LOOKED_AT = 20_000_000  # characters of broken records: beyond, the rest of the file is given up
_SHOWN = 40  # characters of what is no record


class Broken(str):
    """The end of the sentence that says why a piece is no record."""

    __slots__ = ()


def pieces_of(text: str) -> Iterator[object]:
    """Return what can be read of a text that is not valid JSON.

    Args:
        text: a list of records with a broken one among them or that breaks off, records one after the other,
            or JSON with something else behind it.

    Yields:
        Each record, and a ``Broken`` in the place of each that is none.
    """
    listed = _LIST.match(text)
    position, looked_at = listed.end() if listed else 0, 0
    decoder = json.JSONDecoder()
    while (position := _past_gap(text, position, listed)) < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
            yield value
        except (ValueError, RecursionError) as error:
            yield Broken(_fault(text, position, error))
            looked_at += (
                error.pos - position + error.pos // 16 if isinstance(error, json.JSONDecodeError) else _DEEP
            )
            following = _NEXT.search(text, position + 1)
            position = following.end() if following else len(text)
        if looked_at > _MOST_LOOKED_AT:
            yield Broken("and what follows is broken too often and was left out")
            return


def _past_gap(text: str, position: int, listed: re.Match[str] | None) -> int:
    """Return where the next piece begins; what an object says after its list is no record."""
    while position < len(text) and (text[position].isspace() or text[position] in _BETWEEN):
        if listed and text[position] == "]" and "{" in listed[0]:
            return len(text)
        position += 1
    return position


def _fault(text: str, position: int, error: ValueError | RecursionError) -> str:
    if text[position] not in "{[":
        return f"is no record: {text[position : position + _SHOWN].splitlines()[0]!r}"
    return json_fault(error)


def json_fault(error: ValueError | RecursionError) -> str:
    """Return the end of the sentence that says why a text is not JSON."""
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    return f"is not valid JSON: {error}"
