"""What a person decided about an outlet's lines: a file of patterns that the cleaning rules give way to."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import RulesMalformed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.sources.lines import Line


@dataclass(frozen=True, slots=True)
class Overrule:
    """Patterns for whole lines of one outlet.

    Args:
        remove: lines that go although no rule knows them.
        keep: lines that stay whatever a rule says.
    """

    remove: tuple[re.Pattern[str], ...] = ()
    keep: tuple[re.Pattern[str], ...] = ()

    def removed(self, lines: Iterable[Line]) -> frozenset[int]:
        """Return the indexes of the lines that go."""
        return _matching(self.remove, lines)

    def kept(self, lines: Iterable[Line]) -> frozenset[int]:
        """Return the indexes of the lines that stay."""
        return _matching(self.keep, lines)


def read_overrules(file: Path) -> dict[str, Overrule]:
    """Read a rules file: TOML with a table ``[outlets."NAME"]`` for each, holding ``remove`` and ``keep``.

    Returns:
        Each outlet's patterns by its name.

    Raises:
        RulesMalformed: the file cannot be read, or says something else; the sentence names the place.
    """
    try:
        outlets = tomllib.loads(file.read_text(encoding="utf-8")).get("outlets", {})
    except (OSError, ValueError) as error:  # not there, not UTF-8, not TOML
        raise RulesMalformed(f"The rules file {file} cannot be read: {error}.") from error
    if not isinstance(outlets, dict):
        raise RulesMalformed(f"The rules file {file}: “outlets” is not a table.")
    return {name: _overrule(file, name, rules) for name, rules in outlets.items()}


def _overrule(file: Path, name: str, rules: Any) -> Overrule:
    if not isinstance(rules, dict) or set(rules) - {"remove", "keep"}:
        raise RulesMalformed(f"The rules file {file}: “{name}” may only hold “remove” and “keep”.")
    return Overrule(*(_patterns(file, name, rules.get(key, [])) for key in ("remove", "keep")))


def _patterns(file: Path, name: str, patterns: Any) -> tuple[re.Pattern[str], ...]:
    if not isinstance(patterns, list):
        raise RulesMalformed(f"The rules file {file}: the patterns of “{name}” are not a list.")
    try:
        return tuple(re.compile(str(pattern)) for pattern in patterns)
    except re.error as error:
        raise RulesMalformed(
            f"The rules file {file}: a pattern of “{name}” is malformed: {error}."
        ) from error


def _matching(patterns: tuple[re.Pattern[str], ...], lines: Iterable[Line]) -> frozenset[int]:
    return frozenset(i for i, line in enumerate(lines) if any(p.fullmatch(line.seen) for p in patterns))
