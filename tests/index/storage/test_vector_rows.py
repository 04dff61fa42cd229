"""Vectors row by row come back bit for bit, and what passes a filter is what the facts say."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.vector_rows import VectorRows
from tests.contracts.vector_store import FACTS, NAMES, unit_rows
from tests.factories import make_query
from tests.fakes import _counts

if TYPE_CHECKING:
    from index.protocols import PassageFacts

_MOMENTS = st.integers(0, 5).map(lambda day: datetime(2022, 1, 1 + day, tzinfo=UTC))
_OUTLETS = st.sampled_from(["A", "B", "C"])
_FACTS = st.fixed_dictionaries(
    {},
    optional={"published_at": _MOMENTS.map(datetime.timestamp), "publisher": _OUTLETS, "language": _OUTLETS},
)
_QUERIES = st.builds(
    make_query,
    published_from=st.none() | _MOMENTS,
    published_to=st.none() | _MOMENTS,
    publishers=st.lists(_OUTLETS, max_size=2).map(tuple),
    languages=st.lists(_OUTLETS, max_size=2).map(tuple),
)


@pytest.fixture
def rows(tmp_path: Path) -> VectorRows:
    """Return five rows, written and open to read."""
    with closing(VectorRows.create(tmp_path / "rows")) as written:
        written.add(NAMES, unit_rows(len(NAMES)), FACTS)
    return VectorRows.open(tmp_path / "rows")


@given(facts=st.lists(_FACTS, max_size=12), query=_QUERIES)
def test_what_passes_is_what_the_facts_say(facts: list[PassageFacts], query: object) -> None:
    """A filter that lets one row too many pass is an answer from another outlet."""
    with TemporaryDirectory() as folder, closing(VectorRows.create(Path(folder) / "rows")) as rows:
        rows.add([f"p{n}" for n in range(len(facts))], unit_rows(len(facts)), facts)
        assert rows.passing(query).tolist() == [_counts(fact, query) for fact in facts]  # type: ignore[arg-type]  # a strategy has no better type
        assert rows.facts([f"p{n}" for n in range(len(facts))]) == {f"p{n}": f for n, f in enumerate(facts)}


def test_the_nearest_are_the_nearest(tmp_path: Path) -> None:
    """Every row that may count is looked at, across the borders of the blocks, and no other."""
    vectors, question = unit_rows(20_000), unit_rows(1, seed=1)[0]
    with closing(VectorRows.create(tmp_path / "rows")) as rows:
        rows.add([f"p{n}" for n in range(len(vectors))], vectors, [{}] * len(vectors))
        chosen = np.arange(1, len(vectors), 2)
        found = rows.nearest(question, 30, chosen)
    best = chosen[np.argsort(-(vectors[chosen] @ question))[:30]]
    assert list(found) == [f"p{n}" for n in best]
    assert list(found.values()) == pytest.approx((vectors[best] @ question).tolist(), abs=1e-5)


def test_rows_may_be_added_to_what_was_closed(rows: VectorRows) -> None:
    """What is new goes behind what is there, and ids are found in either."""
    rows.add(["p9", "a"], unit_rows(2, seed=8), [{"publisher": "New"}, {}])
    assert rows.count() == len(NAMES) + 2
    assert rows.vectors(["a"])["a"].tobytes() == unit_rows(2, seed=8)[1].tobytes()
    assert rows.facts(["p0", "p9"]) == {"p0": FACTS[0], "p9": {"publisher": "New"}}
    rows.close()


@given(
    facts=st.lists(_FACTS, max_size=12),
    gone=st.sets(st.integers(0, 13)),
    query=_QUERIES,
    is_closed=st.booleans(),
    more=st.lists(_FACTS, max_size=3),
)
def test_rows_that_go_leave_no_trace(
    facts: list[PassageFacts], gone: set[int], query: object, *, is_closed: bool, more: list[PassageFacts]
) -> None:
    """What stays keeps its vector and its facts, whatever is taken out, and whatever is added behind it."""
    vectors, names = unit_rows(len(facts) + len(more) or 1), [f"p{n}" for n in range(len(facts) + len(more))]
    old = len(facts)
    stay = [n for n in range(len(names)) if n >= old or n not in gone]
    with TemporaryDirectory() as folder:
        with closing(VectorRows.create(Path(folder) / "rows")) as rows:
            if facts:
                rows.add(names[:old], vectors[:old], facts)
            if not is_closed:
                rows.remove([f"p{n}" for n in gone])
        with closing(VectorRows.open(Path(folder) / "rows")) as rows:
            rows.remove([f"p{n}" for n in gone if n < old])
            if more:
                rows.add(names[old:], vectors[old : len(names)], more)
        with closing(VectorRows.open(Path(folder) / "rows")) as rows:
            assert rows.count() == len(stay)
            assert {name: row.tobytes() for name, row in rows.vectors(names).items()} == {
                names[n]: vectors[n].tobytes() for n in stay
            }
            assert rows.facts(names) == {names[n]: [*facts, *more][n] for n in stay}
            assert rows.passing(query).tolist() == [_counts([*facts, *more][n], query) for n in stay]  # type: ignore[arg-type]  # a strategy has no better type


def test_an_id_is_found_whole_or_not(rows: VectorRows) -> None:
    """Neither the beginning of an id nor one that is too long may be taken for it."""
    assert set(rows.rows_of(["p1", "p", "p11", "p1" + "x" * 60, "\ud800"])) == {"p1"}


def test_an_id_that_is_too_long_is_refused(rows: VectorRows) -> None:
    """Cut short it might be another one's."""
    with pytest.raises(ValueError, match="longer than 48 bytes"):
        rows.add(["é" * 25], unit_rows(1), [{}])


@pytest.mark.parametrize("name", ["vectors", "facts", "ids", "order"])
@pytest.mark.parametrize("lost", [1, 48 * 16])
def test_files_that_do_not_fit_each_other_are_refused(rows: VectorRows, name: str, lost: int) -> None:
    """A file that lost its end would give one passage the vector or the date of another."""
    path = rows._folder / name
    path.write_bytes(path.read_bytes()[:-lost])
    with pytest.raises(ValueError, match=r"as long as each other|ends within a row"):
        VectorRows.open(rows._folder)


def test_closing_a_reader_twice_changes_nothing(rows: VectorRows) -> None:
    """What is published is only read, whatever a reader does."""
    before = {path.name: path.stat().st_mtime_ns for path in rows._folder.iterdir()}
    rows.close()
    rows.close()
    assert {path.name: path.stat().st_mtime_ns for path in rows._folder.iterdir()} == before
