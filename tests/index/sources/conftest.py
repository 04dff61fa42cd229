"""What the tests of this room share: one origin, and short ways to read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from index.sources.drafts import Origin

if TYPE_CHECKING:
    from index.types import Article, Reading

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def origin() -> Origin:
    """Return where the texts of these tests come from."""
    return Origin(source_path="coverage/page.txt", sha256="0" * 64, now=NOW)


def article_of(reading: Reading) -> Article:
    """Return the article of a reading that must have one."""
    assert reading.article is not None, reading.reason
    return reading.article
