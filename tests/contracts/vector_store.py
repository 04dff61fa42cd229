"""What every :class:`index.protocols.VectorStore` must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest

from tests.factories import day, make_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.protocols import PassageFacts, Vectors, VectorStore

MakeVectors: TypeAlias = "Callable[[Sequence[str], Vectors, Sequence[PassageFacts]], VectorStore]"

DIMENSION = 16
NAMES = ("p0", "p1", "p2", "p3", "p4")
FACTS: tuple[PassageFacts, ...] = (
    {"publisher": "Le Courrier d'Orvanne", "published_at": day("2022-12-09").timestamp()},
    {"publisher": "The Saltmere Gazette", "published_at": day("2023-02-14T17:05").timestamp()},
    {"publisher": "Le Courrier d'Orvanne"},
    {"published_at": day("2021-06-01").timestamp()},
    {},
)


def unit_rows(count: int, seed: int = 7) -> Vectors:
    """Return rows of length one that fill all the bits of a float32."""
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


class VectorStoreContract:
    """Subclass it as ``Test…`` with a fixture ``store_of`` of the same scope."""

    @pytest.fixture(scope="class")
    @classmethod
    def store_of(cls) -> MakeVectors:
        """Return what makes a store that holds the given vectors."""
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, store_of: MakeVectors) -> VectorStore:
        """Return a store of five vectors, dated and not, of two outlets and of none, only to be read."""
        return store_of(NAMES, unit_rows(len(NAMES)), FACTS)

    def test_vectors_come_back_bit_for_bit(self, store_of: MakeVectors) -> None:
        """The digest in the manifest is over the bits, so a rounded vector is a damaged index."""
        rows = unit_rows(50)
        names = [f"p{number}" for number in range(50)]
        found = store_of(names, rows, [{}] * 50).vectors(names)
        assert set(found) == set(names)
        assert all(found[name].tobytes() == row.tobytes() for name, row in zip(names, rows, strict=True))

    def test_vectors_are_float32(self, store: VectorStore) -> None:
        """A float64 vector has other bytes and breaks the digest."""
        assert store.vectors(["p0"])["p0"].dtype == np.float32

    def test_unknown_ids_are_left_out(self, store: VectorStore) -> None:
        """One id that is not there must not hide those that are."""
        assert set(store.vectors(["p1", "nobody", "p3"])) == {"p1", "p3"}

    def test_no_ids_give_no_vectors(self, store: VectorStore) -> None:
        """Asking for nothing is not an error."""
        assert store.vectors([]) == {}

    def test_count_is_how_many_were_added(self, store: VectorStore) -> None:
        """The manifest's count is compared with it."""
        assert store.count() == len(NAMES)

    def test_adding_batch_by_batch_adds_up(self, store_of: MakeVectors) -> None:
        """A build adds batch after batch, the last one smaller; none may replace another."""
        store = store_of(NAMES, unit_rows(len(NAMES)), FACTS)
        store.add(["p5", "p6"], unit_rows(2, seed=8), [{}, {}])
        store.add(["p7"], unit_rows(1, seed=9), [{}])
        assert store.count() == len(NAMES) + 3

    def test_nearest_gives_cosines_best_first(self, store: VectorStore) -> None:
        """The score of a hit is the cosine, so it must equal the dot product, and the first is the best."""
        rows = unit_rows(len(NAMES))
        question = unit_rows(1, seed=1)[0]
        found = store.nearest(question, 5, make_query())
        assert found == pytest.approx(dict(zip(NAMES, (rows @ question).tolist(), strict=True)), abs=1e-5)
        assert list(found.values()) == sorted(found.values(), reverse=True)

    def test_nearest_finds_the_vector_itself(self, store: VectorStore) -> None:
        """A passage asked for in its own words is the first."""
        for name, row in zip(NAMES, unit_rows(len(NAMES)), strict=True):
            assert next(iter(store.nearest(row, 1, make_query()))) == name

    def test_nearest_returns_at_most_top_k(self, store: VectorStore) -> None:
        """Callers rely on the bound, and on getting all there are where there are fewer."""
        question = unit_rows(1, seed=1)[0]
        assert len(store.nearest(question, 2, make_query())) == 2
        assert len(store.nearest(question, 50, make_query())) == len(NAMES)
        assert store.nearest(question, 0, make_query()) == {}

    def test_an_empty_store_finds_nothing(self, store_of: MakeVectors) -> None:
        """A generation without passages answers "not covered", not with an error."""
        store = store_of([], np.empty((0, DIMENSION), np.float32), [])
        assert store.count() == 0
        assert store.nearest(unit_rows(1)[0], 3, make_query()) == {}

    @pytest.mark.parametrize(
        ("since", "until", "publishers", "expected"),
        [
            (None, None, ("Le Courrier d'Orvanne",), {"p0", "p2"}),
            (None, None, ("Le Courrier d'Orvanne", "The Saltmere Gazette"), {"p0", "p1", "p2"}),
            (None, None, ("Nobody's News",), set()),
            ("2022-01-01", None, (), {"p0", "p1"}),
            (None, "2022-12-31", (), {"p0", "p3"}),
            ("2022-12-09", "2022-12-09", (), {"p0"}),
            ("2023-02-14T17:06", None, (), set()),
            (None, "2023-02-14T17:05", (), {"p0", "p1", "p3"}),
            ("1960-01-01", None, (), {"p0", "p1", "p3"}),
            ("2022-01-01", "2023-12-31", ("The Saltmere Gazette",), {"p1"}),
        ],
    )
    def test_filters_narrow_the_search(
        self,
        store: VectorStore,
        since: str | None,
        until: str | None,
        publishers: tuple[str, ...],
        expected: set[str],
    ) -> None:
        """Both ends of a period count, an undated passage is in no period, outlets are exact names."""
        query = make_query(
            published_from=day(since) if since else None,
            published_to=day(until) if until else None,
            publishers=publishers,
        )
        assert set(store.nearest(unit_rows(1, seed=1)[0], 10, query)) == expected

    def test_languages_narrow_the_search(self, store_of: MakeVectors) -> None:
        """Dense search must keep to the languages too, beside every other filter."""
        facts: list[PassageFacts] = [
            {"language": "fr", "publisher": "A"}, {"language": "en", "publisher": "A"}, {"language": "de"},
        ]  # fmt: skip
        store = store_of(["p0", "p1", "p2"], unit_rows(3), facts)
        question = unit_rows(1, seed=1)[0]
        assert set(store.nearest(question, 9, make_query(languages=("fr", "de")))) == {"p0", "p2"}
        assert set(store.nearest(question, 9, make_query(languages=("en",), publishers=("A",)))) == {"p1"}
        assert store.nearest(question, 9, make_query(languages=("es",))) == {}

    def test_a_period_may_end_within_a_second(self, store_of: MakeVectors) -> None:
        """Dense and lexical search must agree about what is in a period, to the fraction of a second."""
        published = day("2022-12-09T10:00:00.700")
        store = store_of(["p0"], unit_rows(1), [{"published_at": published.timestamp()}])
        for since, until, found in (
            (None, "2022-12-09T10:00:00.200", set()),
            (None, "2022-12-09T10:00:00.700", {"p0"}),
            ("2022-12-09T10:00:00.700", None, {"p0"}),
            ("2022-12-09T10:00:00.900", None, set()),
        ):
            query = make_query(
                published_from=day(since) if since else None, published_to=day(until) if until else None
            )
            assert set(store.nearest(unit_rows(1)[0], 1, query)) == found

    def test_a_filter_does_not_use_up_the_places(self, store_of: MakeVectors) -> None:
        """Narrowing happens before counting to ``top_k``, or a rare outlet would never be found."""
        rows = unit_rows(200)
        facts: list[PassageFacts] = [{"publisher": "Rare" if n == 199 else "Common"} for n in range(200)]
        store = store_of([f"p{n}" for n in range(200)], rows, facts)
        farthest = -rows[199]
        assert set(store.nearest(farthest, 3, make_query(publishers=("Rare",)))) == {"p199"}
