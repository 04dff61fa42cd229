"""Vectors in Chroma come back bit for bit, also in another process."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from chromadb.errors import ChromaError

from index.errors import CollectionError, IndexDamaged
from index.storage.vectors import ChromaVectors, facts_of
from tests.contracts.vector_store import (
    FACTS,
    NAMES,
    MakeVectors,
    VectorStoreContract,
    unit_rows,
)
from tests.factories import day, make_article, make_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.protocols import PassageFacts, Vectors, VectorStore

_ROOT = Path(__file__).resolve().parents[3]
_READ_ELSEWHERE = """
import json, sys
from pathlib import Path
from index.storage.vectors import ChromaVectors
from tests.contracts.vector_store import NAMES, unit_rows
from tests.factories import make_query
store = ChromaVectors.open(Path(sys.argv[1]))
found = store.vectors(NAMES)
print(json.dumps({
    "count": store.count(),
    "bits": {name: vector.tobytes().hex() for name, vector in found.items()},
    "nearest": list(store.nearest(unit_rows(1, seed=1)[0], 3, make_query())),
    "of one outlet": list(store.nearest(unit_rows(1)[0], 3, make_query(publishers=("The Saltmere Gazette",)))),
}))
store.close()
"""


class TestChromaVectors(VectorStoreContract):
    """The real store, in the process that wrote it."""

    @pytest.fixture
    def store_of(self, tmp_path: Path) -> Iterator[MakeVectors]:
        """Return what writes a Chroma folder."""
        made: list[ChromaVectors] = []

        def make(names: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> VectorStore:
            store = ChromaVectors.create(tmp_path / f"chroma{len(made)}")
            made.append(store)
            store.add(names, vectors, facts)
            return store

        yield make
        for store in made:
            store.close()

    @pytest.mark.xfail(strict=True, raises=ValueError, reason="Chroma refuses an empty list of ids")
    def test_no_ids_give_no_vectors(self, store: VectorStore) -> None:
        """Asking for nothing is not an error."""
        super().test_no_ids_give_no_vectors(store)

    @pytest.mark.xfail(
        strict=True, reason="bounds and dates are cut to whole seconds, in SQLite they are not"
    )
    def test_a_period_may_end_within_a_second(self, store_of: MakeVectors) -> None:
        """Dense and lexical search must agree about what is in a period."""
        published = day("2022-12-09T10:00:00.700")
        facts = facts_of(make_article(published_at=published))
        store = store_of(["p0"], unit_rows(1), [facts])
        query = make_query(published_to=day("2022-12-09T10:00:00.200"))
        assert store.nearest(unit_rows(1)[0], 1, query) == {}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return a folder that was written and closed."""
    store = ChromaVectors.create(tmp_path / "chroma")
    store.add(NAMES, unit_rows(len(NAMES)), FACTS)
    store.close()
    return tmp_path / "chroma"


def test_another_process_reads_the_same_bits(written: Path) -> None:
    """An index is built by one process and read by others; nothing may be left in memory only."""
    output = subprocess.run(  # noqa: S603  # our own interpreter and script
        [sys.executable, "-c", _READ_ELSEWHERE, str(written)],
        cwd=_ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = json.loads(output)
    rows, question = unit_rows(len(NAMES)), unit_rows(1, seed=1)[0]
    best = sorted(zip((rows @ question).tolist(), NAMES, strict=True), reverse=True)
    assert found["count"] == len(NAMES)
    assert found["bits"] == {name: row.tobytes().hex() for name, row in zip(NAMES, rows, strict=True)}
    assert found["nearest"] == [name for _, name in best[:3]]
    assert found["of one outlet"] == ["p1"]


def test_a_store_reopened_is_the_same(written: Path) -> None:
    """Closing must write everything, and opening must not need the process that wrote."""
    store = ChromaVectors.open(written)
    assert store.count() == len(NAMES)
    assert store.vectors(["p4"])["p4"].tobytes() == unit_rows(len(NAMES))[4].tobytes()
    store.close()


def test_thousands_of_vectors_are_found_exactly(tmp_path: Path) -> None:
    """Above a thousand Chroma searches a graph; it must still bring the true neighbours."""
    rows, names = unit_rows(2500), [f"p{number}" for number in range(2500)]
    store = ChromaVectors.create(tmp_path / "chroma")
    store.add(names, rows, [{}] * len(names))
    store.close()
    store = ChromaVectors.open(tmp_path / "chroma")
    shares = []
    for question in unit_rows(5, seed=3):
        exact = {names[place] for place in np.argsort(-(rows @ question))[:50]}
        shares.append(len(exact & set(store.nearest(question, 50, make_query()))) / 50)
    found = store.vectors(names)
    store.close()
    assert min(shares) >= 0.98
    assert all(found[name].tobytes() == row.tobytes() for name, row in zip(names, rows, strict=True))


def test_closing_one_reader_leaves_the_other(written: Path) -> None:
    """Verifying an index while a bot reads it must not close it under the bot."""
    one, other = ChromaVectors.open(written), ChromaVectors.open(written)
    other.close()
    assert one.count() == len(NAMES)
    assert one.nearest(unit_rows(1)[0], 1, make_query())
    one.close()


def test_a_missing_folder_is_damaged_and_not_made(tmp_path: Path) -> None:
    """Chroma would make an empty store, and every question would be "not covered"."""
    with pytest.raises(IndexDamaged, match="missing"):
        ChromaVectors.open(tmp_path / "chroma")
    assert not (tmp_path / "chroma").exists()


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000])
def test_a_damaged_folder_is_named(tmp_path: Path, content: bytes) -> None:
    """What Chroma raises about its own files is not for a person to read."""
    (tmp_path / "chroma.sqlite3").write_bytes(content)
    with pytest.raises(IndexDamaged, match="build the index again"):
        ChromaVectors.open(tmp_path)


@pytest.mark.xfail(strict=True, raises=ChromaError, reason="only open() maps Chroma's errors")
def test_a_graph_that_is_gone_is_named(tmp_path: Path) -> None:
    """Above a thousand vectors Chroma keeps them beside its database, and that folder can be lost too."""
    rows, names = unit_rows(1500), [f"p{number}" for number in range(1500)]
    store = ChromaVectors.create(tmp_path / "chroma")
    store.add(names, rows, [{}] * len(names))
    store.close()
    for folder in (path for path in (tmp_path / "chroma").iterdir() if path.is_dir()):
        shutil.rmtree(folder)
    store = ChromaVectors.open(tmp_path / "chroma")
    try:
        with pytest.raises(IndexDamaged):
            store.vectors(names)
    finally:
        store.close()


@pytest.mark.xfail(strict=True, raises=ChromaError, reason="create() does not map Chroma's errors")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A build on a disk that says no ends in a sentence."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(CollectionError):
        ChromaVectors.create(tmp_path / "file" / "chroma")


class TestFacts:
    """What a search may be narrowed by."""

    def test_outlet_and_day(self) -> None:
        """Whole seconds since 1970, as the filters compare them."""
        article = make_article(published_at=datetime(1970, 1, 2, tzinfo=UTC), publisher="La Sorgue libre")
        assert facts_of(article) == {"publisher": "La Sorgue libre", "published_at": 86400}

    def test_what_is_not_said_is_left_out(self) -> None:
        """An undated article must not be taken for one of 1970."""
        assert facts_of(make_article(published_at=None, publisher=None)) == {}

    def test_1970_is_a_date(self) -> None:
        """Zero seconds are a date and not none."""
        article = make_article(published_at=datetime(1970, 1, 1, tzinfo=UTC), publisher=None)
        assert facts_of(article) == {"published_at": 0}

    def test_before_1970(self, tmp_path: Path) -> None:
        """Coverage is older than the clock of the computers."""
        store = ChromaVectors.create(tmp_path / "chroma")
        store.add(["old"], unit_rows(1), [facts_of(make_article(published_at=day("1944-08-25")))])
        within = make_query(published_from=day("1944-01-01"), published_to=day("1945-01-01"))
        assert set(store.nearest(unit_rows(1)[0], 1, within)) == {"old"}
        assert store.nearest(unit_rows(1)[0], 1, make_query(published_from=day("1950-01-01"))) == {}
        store.close()


def test_more_vectors_than_one_batch_of_chroma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chroma takes a bounded number at once; a larger batch must be divided in order, its rest included."""
    store = ChromaVectors.create(tmp_path / "chroma")
    monkeypatch.setattr(store._client, "get_max_batch_size", lambda: 3)
    rows, names = unit_rows(10), [f"p{number}" for number in range(10)]
    store.add(names, rows, [{"publisher": name} for name in names])
    count, found = store.count(), store.vectors(names)
    of_the_last = store.nearest(rows[0], 5, make_query(publishers=("p9",)))
    store.close()
    assert count == 10
    assert all(found[name].tobytes() == row.tobytes() for name, row in zip(names, rows, strict=True))
    assert set(of_the_last) == {"p9"}
