"""A message that Discord would refuse is refused where it is made."""

from __future__ import annotations

import pytest

from bot.rendering.parts import Part


@pytest.mark.parametrize("content", ["", " \n", "a" * 2001, "😀" * 1001])
def test_what_discord_would_refuse_cannot_be_made(content: str) -> None:
    """An empty or overlong message is an answer that never arrives."""
    with pytest.raises(ValueError, match="a message holds 1 to 2000 code units"):
        Part(content)


def test_what_discord_takes_can_be_made() -> None:
    """The limit itself is allowed."""
    assert Part("😀" * 1000).buttons == ()
