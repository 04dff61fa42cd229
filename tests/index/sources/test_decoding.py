"""Bytes become characters strictly, or the source is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceRefused
from index.sources.decoding import decode
from index.sources.drafts import Origin
from index.sources.kinds import TEXT_PARSERS
from tests.index.sources.conftest import NOW

ORIGIN = Origin(source_path="coverage/x", sha256="0" * 64, now=NOW)


@given(
    st.binary(max_size=200) | st.text().map(str.encode) | st.text().map(lambda text: text.encode("utf-16"))
)
def test_nothing_is_lost_or_patched(data: bytes) -> None:
    """What is decoded encodes back to the same bytes; everything else is refused."""
    try:
        text = decode(data)
    except SourceRefused:
        return
    encodings = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
    wide = (b"\xfe\xff" + text.encode("utf-16-be"), b"\x00\x00\xfe\xff" + text.encode("utf-32-be"))
    assert data in (*wide, *(text.encode(encoding, "ignore") for encoding in encodings))


@pytest.mark.parametrize("suffix", sorted(TEXT_PARSERS))
@given(text=st.text(max_size=120) | st.text(alphabet="<>/ap\"'= !-[]{}:,#\n&;é", max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_readings_of_any_kind(suffix: str, text: str) -> None:
    """No text of any kind of file is a crash: each gives readings with an article or a reason."""
    for reading in TEXT_PARSERS[suffix](text, ORIGIN):
        assert reading.article or reading.reason
