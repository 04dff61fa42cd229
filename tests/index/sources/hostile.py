"""Hostile inputs of every kind, for tests and for ``scripts/benchmark.py fuzz``.

Each begins as a small true file; then bytes are turned, cut, doubled and swapped for words that parsers trip over,
and the end of another kind is put behind its first half.
"""

from __future__ import annotations

import gzip
import io
import json
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from index.errors import SourceRefused
from index.sources.drafts import Origin
from index.sources.kinds import SUFFIXES, ReadingRules, read_stream
from tests.index.sources.conftest import NOW
from tests.index.sources.making import (
    HEADLINE,
    PAGE,
    RECORD,
    SECOND,
    SENTENCE,
    document,
    mhtml,
    parquet,
    pdf,
    tarred,
    warc,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SLOWEST = 5.0  # seconds that no input may take
_LIMIT = 200_000
_TEXT = f"{HEADLINE}\nPar Claire Dumont\nPublié le 4 septembre 2023\n{SENTENCE}\n{SECOND}\n"
_TABLE = f'title,date,text\n"{HEADLINE}",2023-09-04,"{SENTENCE}"\n'
_LINE = json.dumps(RECORD)
_SEEDS: dict[str, bytes] = {
    ".txt": _TEXT.encode(),
    ".html": PAGE.encode(),
    ".htm": PAGE.encode("cp1252", "xmlcharrefreplace"),
    ".xhtml": f"<?xml version='1.0'?>{PAGE}".encode(),
    ".md": f"---\ntitle: {HEADLINE}\ndate: 2023-09-04\n---\n# {HEADLINE}\n\n{SENTENCE} **{SECOND}**\n".encode(),
    ".json": f"[{_LINE}, {_LINE}]".encode(),
    ".jsonl": f"{_LINE}\n{_LINE}\n".encode(),
    ".csv": _TABLE.encode(),
    ".tsv": _TABLE.replace(",", "\t").encode(),
    ".mhtml": mhtml(PAGE),
    ".mht": mhtml(PAGE),
    ".pdf": pdf([HEADLINE.replace("’", "'"), SENTENCE.replace("’", "'")]),
    ".docx": document([HEADLINE, SENTENCE]),
    ".warc": gzip.decompress(warc(("200 OK", "text/html", PAGE.encode()))),
    ".warc.gz": warc(("200 OK", "text/html", PAGE.encode())),
    ".parquet": parquet([RECORD]),
    ".zip": zipped({"a.html": PAGE.encode(), "b/c.txt": _TEXT.encode()}),
    ".tar": tarred({"a.html": PAGE.encode(), "b/c.txt": _TEXT.encode()}, "w"),
    ".tar.gz": tarred({"a.html": PAGE.encode()}),
    ".tgz": tarred({"a.jsonl": _LINE.encode()}),
    ".tar.bz2": tarred({"a.md": _TEXT.encode()}, "w:bz2"),
    ".tbz2": tarred({"a.md": _TEXT.encode()}, "w:bz2"),
    ".tar.xz": tarred({"a.csv": _TABLE.encode()}, "w:xz"),
    ".txz": tarred({"a.csv": _TABLE.encode()}, "w:xz"),
    ".gz": gzip.compress(PAGE.encode()),
}
# What parsers have tripped over: entities, markup that never ends, encodings, numbers, names that climb.
_TRIPWIRES = (
    *(
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>&b;",
        b"<![CDATA[",
        b"<!--",
        b"<script>",
        b"&#x110000;",
    ),
    *(
        b"<div hidden>",
        b'<p style="display:none">',
        b"<table><tr><td>",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\xed\xa0\x80",
    ),
    *(
        b"../../etc/passwd",
        b"-1",
        b"99999999999999999999",
        b"1e999",
        b"NaN",
        b'{"a":' * 50,
        b"[" * 200,
        b'"' * 99,
        b"\r\n\r\n",
    ),
    *(
        b"--B",
        b"Content-Transfer-Encoding: base64\n\n",
        b"Content-Length: -5",
        b"stream\n",
        b"endobj",
        b"startxref\n0",
        b"%%EOF",
    ),
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b\x08",
        b"PAR1",
        b"WARC/1.0\r\n",
        "\u202e\u0000\u2028".encode(),
        b"a" * 5000,
        b" \t" * 2000,
    ),
    *(
        b"> " * 500,
        b"*_" * 500,
        b"((((" * 200,
        b"32 d\xc3\xa9cembre 9999",
        "« ".encode() * 300,
        b",,,,\n" * 100,
    ),
)


def hostile_inputs(suffix: str) -> st.SearchStrategy[bytes]:
    """Return broken, cut, doubled and mixed files of one kind."""
    seeds = st.just(_SEEDS[suffix]) if suffix in _SEEDS else st.binary(max_size=300)
    changes = st.lists(_changes(), max_size=5)
    return st.builds(_changed, seeds, changes) | st.binary(max_size=400)


def account_for(suffix: str, data: bytes) -> tuple[str, float]:
    """Read one input.

    Returns:
        What became of it ("read" or "refused"), and the seconds that it took.

    Raises:
        AssertionError: it is not accounted for.
        TimeoutError: it takes longer than any input may.
    """
    origin = Origin(source_path=f"a{suffix}", sha256="", now=NOW)
    started = time.perf_counter()
    with _alarm():
        try:
            rules = ReadingRules(max_bytes=_LIMIT)
            name = f"a.html{suffix}" if suffix == ".gz" else f"a{suffix}"
            readings = list(read_stream(name, io.BytesIO(data), len(data), origin, rules))
        except SourceRefused as error:
            readings = []
            if not str(error):
                raise AssertionError("refused without a reason") from error
        else:
            if not readings or not all(reading.article or reading.reason for reading in readings):
                raise AssertionError("not accounted for")
    became = "read" if any(reading.article for reading in readings) else "refused"
    return became, time.perf_counter() - started


def _changes() -> st.SearchStrategy[Callable[[bytes], bytes]]:
    """Return single changes: each a place, and what happens there."""
    places = st.floats(0, 1, exclude_max=True)
    return (
        st.builds(_insert, places, st.sampled_from(_TRIPWIRES))
        | st.builds(_replace, places, st.binary(min_size=1, max_size=4))
        | st.builds(_cut, places, places)
        | st.builds(_double, places, places)
        | st.builds(_turn_into, places, st.sampled_from(sorted(_SEEDS)))
    )


def _changed(seed: bytes, changes: list[Callable[[bytes], bytes]]) -> bytes:
    for change in changes:
        seed = change(seed)
    return seed


def _insert(place: float, words: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data[: int(place * len(data))] + words + data[int(place * len(data)) :]


def _replace(place: float, words: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data[: int(place * len(data))] + words + data[int(place * len(data)) + len(words) :]


def _cut(place: float, end: float) -> Callable[[bytes], bytes]:
    return lambda data: data[: int(min(place, end) * len(data))] + data[int(max(place, end) * len(data)) :]


def _double(place: float, end: float) -> Callable[[bytes], bytes]:
    return lambda data: data + data[int(min(place, end) * len(data)) : int(max(place, end) * len(data))]


def _turn_into(place: float, suffix: str) -> Callable[[bytes], bytes]:
    other = _SEEDS[suffix]
    return lambda data: data[: int(place * len(data))] + other[int(place * len(other)) :]


@contextmanager
def _alarm() -> Iterator[None]:
    """Interrupt what takes too long."""

    def ring(number: int, frame: Any) -> None:
        raise TimeoutError(f"longer than {SLOWEST} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SLOWEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


KINDS = tuple(suffix for suffix in SUFFIXES if suffix in _SEEDS)
