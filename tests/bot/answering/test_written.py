"""Sentences out of a stream."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.written import whole_sentences

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def read(text: str, size: int = 5, language: str = "fr") -> list[str]:
    """Return the sentences of a text that comes in pieces."""

    async def pieces() -> AsyncIterator[str]:
        for start in range(0, len(text), size):
            yield text[start : start + size]

    async def collect() -> list[str]:
        return [sentence async for sentence in whole_sentences(pieces(), language)]

    return asyncio.run(collect())


class TestWholeSentences:
    """Each sentence comes whole, with its labels, however the text is cut."""

    @pytest.mark.parametrize(
        "text",
        [
            "Le pont ferme [1].\nLe bac reste [2].",
            "- Le pont ferme [1].\n- Le bac reste [2].",
            "1. Le pont ferme [1].\n2. Le bac reste [2].",
            "**Le pont ferme [1].**\n\nLe bac reste [2].",
            "Le pont ferme [1]. Le bac reste [2].",
            "<think>On me demande [3].</think>Le pont ferme [1].\nLe bac reste [2].",
        ],
    )
    def test_bullets_markup_and_thoughts_are_left_out(self, text: str) -> None:
        """They are no part of what is said, and would be shown."""
        assert read(text) == ["Le pont ferme [1].", "Le bac reste [2]."]

    def test_labels_behind_the_full_stop_belong_to_the_sentence_before(self) -> None:
        """Most models cite so; the next sentence would get another's source."""
        assert read("Le pont ferme. [1] Le bac reste. [2]") == ["Le pont ferme. [1]", "Le bac reste. [2]"]

    @pytest.mark.parametrize("text", ["NOTHING", "NOTHING.", "", "\n\n"])
    def test_nothing_is_no_sentence(self, text: str) -> None:
        """It would be counted as dropped."""
        assert read(text) == []

    @given(st.text(alphabet="ab. [1]\n", max_size=60), st.integers(1, 9))
    def test_how_the_text_is_cut_does_not_matter(self, text: str, size: int) -> None:
        """A provider may send letters or pages."""
        assert read(text, size) == read(text, 100)
