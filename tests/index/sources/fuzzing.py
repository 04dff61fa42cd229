"""Hostile inputs of one kind by the thousand, each accounted for within five seconds.

``python -m tests.index.sources.fuzzing SUFFIX INPUTS`` prints the row of one kind as JSON
"""

from __future__ import annotations

import json
import statistics
import sys
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings

from tests.index.sources.hostile import account_for, hostile_inputs

if TYPE_CHECKING:
    from collections.abc import Sequence


def accounted(suffix: str, inputs: int) -> list[tuple[str, float]]:
    """Return what became of so many inputs of one kind, and the seconds that each took."""
    became: list[tuple[str, float]] = []

    @settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile_inputs(suffix))
    def run(data: bytes) -> None:
        became.append(account_for(suffix, data))

    run()
    return became


def row(suffix: str, became: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """Return the figures of one kind."""
    seconds = [taken for _, taken in became]
    return {
        "kind": suffix,
        "inputs": len(became),
        "read": sum(what == "read" for what, _ in became),
        "refused": sum(what == "refused" for what, _ in became),
        "median ms": round(1000 * statistics.median(seconds), 2),
        "slowest ms": round(1000 * max(seconds), 1),
    }


if __name__ == "__main__":
    print(json.dumps(row(sys.argv[1], accounted(sys.argv[1], int(sys.argv[2])))))  # noqa: T201  # for the benchmark
