"""The labels of a drafted sentence: which sources it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.verification.types import Draft

if TYPE_CHECKING:
    from collections.abc import Collection

# [1], [1, 2], [1][2], 【3】, [source 2], [^4]; a bracket with other words is none: "[…]", "[sic]".
_LABEL = re.compile(
    r"\s?[\[【(](?:\^|sources?\s|n°\s?|passages?\s)?(\d{1,3}(?:\s?(?:[,;–-]|et|and)\s?\d{1,3})*)[\]】)]",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"^\s?\(\s?\d")
_RANGE = re.compile(r"(\d+)\s?[–-]\s?(\d+)")
_MOST = 20


def read_labels(sentence: str, known: Collection[int], language: str) -> Draft:
    """Take the labels out of a sentence.

    Args:
        sentence: as the model wrote it, "… the port said [2]."
        known: labels that were given.
        language: ISO 639-1 code of the sentence.

    Returns:
        The sentence without labels, and those of them that are known.
    """
    named: list[int] = []

    def take(match: re.Match[str]) -> str:
        if _PARENTHESES.match(match.group()):  # "(27-26)", "(71)": parentheses are never labels
            return match.group()
        named.extend(_numbers(match[1]))
        return ""

    text = re.sub(r"\s+([.,])", r"\1", _LABEL.sub(take, sentence)).strip()
    unique = tuple(dict.fromkeys(named))
    return Draft(
        text=text,
        labels=tuple(label for label in unique if label in known),
        unknown=tuple(label for label in unique if label not in known),
        language=language,
    )


def _numbers(text: str) -> list[int]:
    spread = _RANGE.sub(
        lambda m: " ".join(map(str, range(int(m[1]), min(int(m[2]), int(m[1]) + _MOST) + 1))), text
    )
    return [int(number) for number in re.findall(r"\d+", spread)]
