"""Sentences out of a stream of text, each as soon as it is whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.prompts import NOTHING
from index.passages import sentences

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

_LINE_END = re.compile(r"\n+")
# Bullets and numbers that models put before a line.
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_MARKUP = re.compile(r"\*\*|__|^#+\s|`")
_LABEL_BEHIND = re.compile(r"^\s*((?:\[[\d,\s]+\]\s*)+)[.!?]?\s*")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
# A sentence longer than this is none: a model that never stops must not fill the memory.
_LONGEST = 1200


async def whole_sentences(pieces: AsyncIterator[str], language: str) -> AsyncIterator[str]:
    """Yield the sentences of a stream, with their labels, as soon as the next one has begun.

    Args:
        pieces: the text as it comes.
        language: ISO 639-1 code of the text.
    """
    waiting = ""
    async for piece in pieces:
        waiting += piece
        if "<think>" in waiting and "</think>" not in waiting:
            continue
        waiting = _THOUGHT.sub("", waiting)
        *lines, waiting = _LINE_END.split(waiting)
        for line in lines:
            for sentence in of_line(line, language):
                yield sentence
        if len(waiting) > _LONGEST:
            waiting = ""
    for sentence in of_line(_THOUGHT.sub("", waiting), language):
        yield sentence


def of_line(line: str, language: str) -> Iterator[str]:
    """Yield the sentences of one line, each with the labels that stand behind its full stop."""
    plain = _MARKUP.sub("", _BULLET.sub("", line)).strip()
    found: list[str] = []
    for span in sentences(plain, language):
        text = span.of(plain)
        behind = _LABEL_BEHIND.match(text)
        if behind and found:
            found[-1] = f"{found[-1]} {behind[1].strip()}"
            text = text[behind.end() :]
        if text.strip():
            found.append(text)
    yield from (sentence for sentence in found if sentence.strip(" .*[]") != NOTHING)
