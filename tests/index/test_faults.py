"""Whatever happens to a build, what is published answers, and the next build mends the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.index.faults import DRILLS, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts are those of Unix"),
]
_TIMES = {"killed": 3}


@pytest.mark.parametrize("name", DRILLS)
def test_a_drill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The old generation or the new one answers, the next build equals an undisturbed one, nothing is embedded again."""
    monkeypatch.chdir(tmp_path)
    for row in run(name, tmp_path / name, _TIMES.get(name, 1), real=False):
        if row["left_out"]:
            pytest.skip(row["left_out"])
        assert row["times"] or name == "damaged"
        assert not row["again"]
