"""What the tests of the ask line share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _answer_at_any_probability(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the rules alone to refuse: a bag of words has other cosines than the calibrated model."""
    monkeypatch.setattr("bot.answering.coverage.THRESHOLD", 0.0)
