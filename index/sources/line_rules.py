"""A rule about lines that are no part of any article."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Lines that go.

    Args:
        reason: what they are.
        why: how they are known, for a person who wonders.
        pattern: takes the whole line.
        longest: no longer line is tried.
    """

    reason: str
    why: str
    pattern: re.Pattern[str]
    longest: int


def rule(reason: str, why: str, *alternatives: str, longest: int = 160) -> Rule:
    """Return the rule whose pattern takes a line that is one of the alternatives, in small or capital letters."""
    return Rule(reason, why, re.compile(rf"(?:{'|'.join(alternatives)})$", re.IGNORECASE), longest)
