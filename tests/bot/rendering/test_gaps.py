"""The sentence about what comes near."""

from __future__ import annotations

import pytest

from bot.rendering.gaps import gap_line
from bot.types import Gap
from tests.factories import day


def _gap(articles: int, outlets: int, *days: str, undated: int = 0) -> Gap:
    moments = [day(written) for written in days]
    return Gap(
        articles=articles,
        publishers=("La Vigie", "AFI", "Méridia 24")[:outlets],
        oldest=min(moments, default=None),
        newest=max(moments, default=None),
        undated=undated,
    )


@pytest.mark.parametrize(
    ("found", "french", "english"),
    [
        (
            _gap(12, 3, "2022-10-01", "2023-03-03"),
            "12 articles s’en approchent, de 3 médias, du 1er octobre 2022 au 3 mars 2023.",
            "12 articles come near, by 3 outlets, from 1 October 2022 to 3 March 2023.",
        ),
        (
            _gap(1, 1, "2022-12-09"),
            "Un article s’en approche, publié par La Vigie, le 9 décembre 2022.",
            "One article comes near, by La Vigie, on 9 December 2022.",
        ),
        (
            _gap(2, 0, undated=2),
            "2 articles s’en approchent, dont 2 sans date.",
            "2 articles come near, 2 of them undated.",
        ),
    ],
)
def test_how_many_whose_and_when(found: Gap, french: str, english: str) -> None:
    """A reader learns where the coverage ends instead of only that it does."""
    assert gap_line(found, "fr") == french
    assert gap_line(found, "en") == english
