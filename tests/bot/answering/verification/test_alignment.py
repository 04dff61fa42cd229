"""Which word says what which word says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.verification.alignment import Wording, likeness, links, wording
from tests.fakes import FakeEmbedder


def _worded(text: str, language: str = "en") -> Wording:
    (found,) = FakeEmbedder().read_passages([text])[1]
    return wording(text, language, found)


@given(st.text(max_size=80))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    """A span that slips would name the wrong word in a fault."""
    found = _worded(text)
    assert len(found.spans) == len(found.vectors) == len(found.folded)
    assert all(0 <= span.start < span.end <= len(text) for span in found.spans)
    assert list(found.spans) == sorted(found.spans)
    assert all(one.end <= other.start for one, other in zip(found.spans, found.spans[1:], strict=False))


def test_words_are_linked_to_themselves_wherever_they_stand() -> None:
    """Word order is free."""
    draft, source = _worded("Harms sued the town"), _worded("It was the town that Harms sued")
    found = links(draft, source, likeness(draft, source))
    assert {draft.folded[mine]: source.folded[theirs] for mine, theirs in found.items()} == {
        "harms": "harms", "sued": "sued", "town": "town",
    }  # fmt: skip


def test_small_words_and_strange_ones_are_not_linked() -> None:
    """Every sentence has a "the"."""
    draft, source = _worded("the pilot of the plane"), _worded("the baker of the bread")
    assert links(draft, source, likeness(draft, source)) == {}
