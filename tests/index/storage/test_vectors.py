"""Vectors in Chroma come back bit for bit, also in another process."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from index.errors import IndexDamaged, IndexNotWritable
from index.storage.vectors import ChromaVectors, facts_of
from index.types import Foreign, Span
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

LARGE = 2500
LARGE_NAMES = tuple(f"p{number}" for number in range(LARGE))
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

    @pytest.fixture(scope="class")
    @classmethod
    def store_of(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeVectors]:
        """Return what writes a Chroma folder."""
        made: list[ChromaVectors] = []

        def make(names: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> VectorStore:
            store = ChromaVectors.create(tmp_path_factory.mktemp("written") / "chroma")
            made.append(store)
            store.add(names, vectors, facts)
            return store

        yield make
        for store in made:
            store.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that was written and closed, only to be read."""
    folder = tmp_path_factory.mktemp("written") / "chroma"
    with closing(ChromaVectors.create(folder)) as store:
        store.add(NAMES, unit_rows(len(NAMES)), FACTS)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of more vectors than Chroma keeps in its database, or takes ids at once."""
    folder = tmp_path_factory.mktemp("large") / "chroma"
    with closing(ChromaVectors.create(folder)) as store:
        store.add(LARGE_NAMES, unit_rows(LARGE), [{"publisher": name} for name in LARGE_NAMES])
    return folder


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


def test_thousands_of_vectors_are_found_exactly(large: Path) -> None:
    """Above a thousand Chroma searches a graph; it must still bring the true neighbours."""
    rows = unit_rows(LARGE)
    shares = []
    with closing(ChromaVectors.open(large)) as store:
        for question in unit_rows(5, seed=3):
            exact = {LARGE_NAMES[place] for place in np.argsort(-(rows @ question))[:50]}
            shares.append(len(exact & set(store.nearest(question, 50, make_query()))) / 50)
    assert min(shares) >= 0.98


def test_thousands_of_ids_may_be_asked_for(large: Path) -> None:
    """They are asked for batch by batch, and none may be lost at the border or doubled."""
    with closing(ChromaVectors.open(large)) as store:
        found, facts = store.vectors([*LARGE_NAMES, "nobody"]), store.facts([*LARGE_NAMES, "nobody"])
    expected = dict(zip(LARGE_NAMES, unit_rows(LARGE), strict=True))
    assert {name: row.tobytes() for name, row in found.items()} == {
        name: row.tobytes() for name, row in expected.items()
    }
    assert facts == {name: {"publisher": name} for name in LARGE_NAMES}


def test_facts_come_back_as_they_were_written(written: Path) -> None:
    """Verification compares them with the articles, to the fraction of a second."""
    with closing(ChromaVectors.open(written)) as store:
        assert store.facts([*NAMES, "nobody"]) == dict(zip(NAMES, FACTS, strict=True))
        assert store.facts([]) == {}


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


def test_a_damaged_folder_is_named_each_time_and_opens_when_it_is_mended(
    written: Path, tmp_path: Path
) -> None:
    """A bot tries again: Chroma remembers by its folder what it could not start, and took it for started."""
    folder = shutil.copytree(written, tmp_path / "chroma")
    (folder / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    for _ in range(3):
        with pytest.raises(IndexDamaged, match="build the index again"):
            ChromaVectors.open(folder)
    shutil.copy(written / "chroma.sqlite3", folder)
    with closing(ChromaVectors.open(folder)) as store:
        assert store.count() == len(NAMES)


def test_what_cannot_be_opened_is_not_kept_open(written: Path, tmp_path: Path) -> None:
    """A store that is opened for each question and has no passages must not fill the process with files."""
    folder = shutil.copytree(written, tmp_path / "chroma")
    with closing(ChromaVectors.open(folder)) as store:
        store._client.delete_collection("passages")
    for _ in range(2):
        with pytest.raises(IndexDamaged):
            ChromaVectors.open(folder)
    assert str(folder) not in SharedSystemClient._identifier_to_system


def test_a_graph_that_is_gone_is_named(large: Path, tmp_path: Path) -> None:
    """Above a thousand vectors Chroma keeps them beside its database, and that folder can be lost too."""
    damaged = shutil.copytree(large, tmp_path / "chroma")
    (graph,) = (path for path in damaged.iterdir() if path.is_dir() and path.name != "rows")
    shutil.rmtree(graph)
    with (
        pytest.raises(IndexDamaged, match="build the index again"),
        closing(ChromaVectors.open(damaged)) as store,
    ):
        store.vectors(LARGE_NAMES)


def test_a_graph_that_is_gone_does_not_narrow_the_search(large: Path, tmp_path: Path) -> None:
    """A question must not be answered from a fifth of the collection as if that were all."""
    damaged = shutil.copytree(large, tmp_path / "chroma")
    (graph,) = (path for path in damaged.iterdir() if path.is_dir() and path.name != "rows")
    shutil.rmtree(graph)
    with pytest.raises(IndexDamaged), closing(ChromaVectors.open(damaged)) as store:
        store.nearest(unit_rows(1)[0], 3, make_query())


def test_a_question_of_another_length_is_no_traceback(written: Path) -> None:
    """Vectors of another model do not fit, and Chroma's own error is not for a person to read."""
    with closing(ChromaVectors.open(written)) as store, pytest.raises(IndexDamaged):
        store.nearest(unit_rows(1)[0][:-1], 3, make_query())


def test_a_collection_that_is_gone_is_named(written: Path, tmp_path: Path) -> None:
    """A store of something else has no passages, which is damage and not "not covered"."""
    damaged = shutil.copytree(written, tmp_path / "chroma")
    with closing(ChromaVectors.open(damaged)) as store:
        store._client.delete_collection("passages")
    with pytest.raises(IndexDamaged, match="build the index again"):
        ChromaVectors.open(damaged)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A build on a disk that says no ends in a sentence."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(IndexNotWritable, match="cannot be written"):
        ChromaVectors.create(tmp_path / "file" / "chroma")


def test_what_chroma_refuses_to_write_is_named(tmp_path: Path) -> None:
    """An id that comes twice would be one vector for two passages; the build must end in a sentence."""
    with (
        closing(ChromaVectors.create(tmp_path / "chroma")) as store,
        pytest.raises(IndexNotWritable, match="cannot be written"),
    ):
        store.add(["p", "p"], unit_rows(2), [{}, {}])


class TestFacts:
    """What a search may be narrowed by."""

    def test_outlet_and_day(self) -> None:
        """Seconds since 1970 with their fractions, as the filters compare them."""
        published = datetime(1970, 1, 2, 0, 0, 0, 250_000, tzinfo=UTC)
        facts = facts_of(make_article(published_at=published, publisher="La Sorgue libre"), Span(0, 9))
        assert facts == {"language": "fr", "publisher": "La Sorgue libre", "published_at": 86400.25}

    def test_what_is_not_said_is_left_out(self) -> None:
        """An undated article must not be taken for one of 1970."""
        assert facts_of(make_article(published_at=None, publisher=None), Span(0, 9)) == {"language": "fr"}

    def test_a_passage_has_the_language_of_its_paragraph(self) -> None:
        """A filter for English keeps the English paragraph of a French article."""
        article = replace(make_article(), foreign=(Foreign(Span(0, 9), "en"),))
        assert facts_of(article, Span(2, 9))["language"] == "en"
        assert facts_of(article, Span(10, 20))["language"] == "fr"

    def test_1970_is_a_date(self) -> None:
        """Zero seconds are a date and not none."""
        article = make_article(published_at=datetime(1970, 1, 1, tzinfo=UTC), publisher=None)
        assert facts_of(article, Span(0, 9)) == {"language": "fr", "published_at": 0}

    def test_before_1970(self, tmp_path: Path) -> None:
        """Coverage is older than the clock of the computers."""
        store = ChromaVectors.create(tmp_path / "chroma")
        store.add(["old"], unit_rows(1), [facts_of(make_article(published_at=day("1944-08-25")), Span(0, 9))])
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


class TestChromaAlone(VectorStoreContract):
    """Chroma without rows beside it, as where it runs as a server, narrows a search by itself."""

    @pytest.fixture(scope="class")
    @classmethod
    def store_of(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeVectors]:
        """Return what writes a Chroma folder and leaves the rows aside."""
        made: list[ChromaVectors] = []

        def make(names: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> VectorStore:
            store = ChromaVectors.create(tmp_path_factory.mktemp("alone") / "chroma")
            store._rows = None
            made.append(store)
            store.add(names, vectors, facts)
            return store

        yield make
        for store in made:
            store.close()


class TestNarrowed:
    """A filter may be found in a wider search, or by a look at all that pass: what is found is the same."""

    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaVectors]:
        """Return a store in which four in five are of one outlet, and the rest, all near one vector, of another."""
        rows = unit_rows(LARGE)
        near = set(np.argsort(-(rows @ rows[0]))[: LARGE // 5].tolist())
        facts: list[PassageFacts] = [{"publisher": "Near" if n in near else "Far"} for n in range(LARGE)]
        with closing(ChromaVectors.create(tmp_path_factory.mktemp("narrowed") / "chroma")) as store:
            store.add(LARGE_NAMES, rows, facts)
            yield store

    @pytest.mark.parametrize("publisher", ["Far", "Near"])
    @pytest.mark.parametrize("top_k", [2, 5, 200])
    def test_the_nearest_that_pass_are_found(self, store: ChromaVectors, publisher: str, top_k: int) -> None:
        """Also where all that is near the question is of another outlet, and a wider search brings nothing."""
        query = make_query(publishers=(publisher,))
        for question in (unit_rows(LARGE)[0], -unit_rows(LARGE)[0], unit_rows(1, seed=5)[0]):
            exact, passing = store.exact(question, top_k, query)
            found = store.nearest(question, top_k, query)
            assert passing == (LARGE // 5 if publisher == "Near" else LARGE - LARGE // 5)
            assert len(found) == top_k
            assert len(exact.keys() & found.keys()) >= 0.9 * top_k
            assert {fact["publisher"] for fact in store.facts(list(found)).values()} == {publisher}
