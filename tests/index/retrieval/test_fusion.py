"""Dense and lexical scores are added so that neither hurts."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from index.retrieval.fusion import fused, standardised

# Scores as they come, cosines and BM25; whole hundredths, so that equal means equal.
_SCORES = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2),
    st.integers(-100, 2500).map(lambda hundredths: hundredths / 100),
    min_size=1,
    max_size=12,
)
_FACTORS = st.integers(1, 400).map(lambda quarters: quarters / 4)
_OFFSETS = st.integers(-50, 50)


def same_order(one: dict[str, float], other: dict[str, float]) -> bool:
    """Tell whether no two names stand the other way round, but for the last digits of their scores."""
    place = {name: rank for rank, name in enumerate(other)}
    names = list(one)
    return all(
        place[names[i]] < place[names[j]] or math.isclose(one[names[i]], one[names[j]], abs_tol=1e-9)
        for i in range(len(names))
        for j in range(i + 1, len(names))
    )


class TestStandardised:
    """Scores of two kinds are brought to one scale."""

    @given(_SCORES)
    def test_mean_zero_and_deviation_one(self, scores: dict[str, float]) -> None:
        """Otherwise the weight would mean something else for every question."""
        assume(len(set(scores.values())) > 1)
        found = standardised(scores).values()
        assert statistics.fmean(found) == pytest.approx(0, abs=1e-9)
        assert statistics.pstdev(found) == pytest.approx(1)

    @given(_SCORES)
    def test_order_stays(self, scores: dict[str, float]) -> None:
        """Standardising compares passages, it does not rank them anew."""
        found = standardised(scores)
        assert sorted(scores, key=lambda name: (scores[name], name)) == sorted(
            found, key=lambda name: (found[name], name)
        )

    @given(st.floats(0.01, 30), st.integers(1, 8))
    @example(0.8172009118604844, 3)
    def test_equal_scores_are_all_zero(self, score: float, count: int) -> None:
        """Where nothing tells passages apart the score must not count; weights differ by passage."""
        assert set(standardised({str(n): score for n in range(count)}).values()) == {0.0}

    def test_no_scores(self) -> None:
        """Nothing found is not a division by zero."""
        assert standardised({}) == {}

    def test_one_passage(self) -> None:
        """A single candidate stands neither above nor below the others."""
        assert standardised({"a": 0.83}) == {"a": 0.0}


class TestFused:
    """One order from two scores."""

    @given(_SCORES, _SCORES, _FACTORS, _OFFSETS)
    def test_the_scale_of_dense_scores_does_not_matter(
        self, dense: dict[str, float], lexical: dict[str, float], factor: float, offset: int
    ) -> None:
        """Another model's cosines lie elsewhere, and the weight must still mean the same."""
        weights = dict.fromkeys(dense, 0.35)
        plain = fused(dense, lexical, weights)
        scaled = fused({name: factor * s + offset for name, s in dense.items()}, lexical, weights)
        assert scaled == pytest.approx(plain, abs=1e-6)
        assert same_order(plain, scaled)

    @given(_SCORES, _FACTORS)
    def test_the_scale_of_lexical_scores_does_not_matter(
        self, lexical: dict[str, float], factor: float
    ) -> None:
        """BM25 grows with the length of the question, and the weight must still mean the same."""
        dense = {name: place / 10 for place, name in enumerate(lexical)}
        weights = dict.fromkeys(dense, 0.35)
        plain = fused(dense, lexical, weights)
        scaled = fused(dense, {name: factor * s for name, s in lexical.items()}, weights)
        assert scaled == pytest.approx(plain, abs=1e-6)
        assert same_order(plain, scaled)

    @given(_SCORES, _SCORES)
    def test_weight_zero_is_the_dense_order(self, dense: dict[str, float], lexical: dict[str, float]) -> None:
        """Across languages shared words must be able to count nothing."""
        found = fused(dense, lexical, dict.fromkeys(dense, 0.0))
        assert list(found) == sorted(dense, key=lambda name: (-dense[name], name))

    @given(_SCORES, _SCORES, st.floats(0, 1))
    def test_candidates_are_those_of_the_dense_scores(
        self, dense: dict[str, float], lexical: dict[str, float], weight: float
    ) -> None:
        """Every candidate is ranked, and a stray lexical score adds none."""
        assert set(fused(dense, lexical, dict.fromkeys(dense, weight))) == set(dense)

    @given(_SCORES, _SCORES)
    def test_best_first_and_ties_by_name(self, dense: dict[str, float], lexical: dict[str, float]) -> None:
        """The same question must get the same order in every process."""
        found = fused(dense, lexical, dict.fromkeys(dense, 0.35))
        assert list(found.items()) == sorted(found.items(), key=lambda item: (-item[1], item[0]))
        backwards = fused(dict(reversed(dense.items())), lexical, dict.fromkeys(dense, 0.35))
        assert list(backwards) == list(found)

    @given(_SCORES, st.data())
    def test_more_shared_words_never_hurt(self, dense: dict[str, float], data: st.DataObject) -> None:
        """Of two passages equally near, the one that shares more words stands higher."""
        one = data.draw(st.sampled_from(sorted(dense)))
        level = dict.fromkeys(dense, 0.5)
        found = fused(level, {one: 3.0}, dict.fromkeys(dense, 0.35))
        assert next(iter(found)) == one

    def test_each_passage_has_a_weight_of_its_own(self) -> None:
        """The same BM25 counts where question and passage share a language, and hardly elsewhere."""
        dense = {"same": 0.75, "across": 0.75, "none": 0.75}
        found = fused(dense, {"same": 5.0, "across": 5.0}, {"same": 0.35, "across": 0.05, "none": 0.35})
        assert list(found) == ["same", "across", "none"]
        assert found["same"] == pytest.approx(7 * found["across"])

    def test_no_candidates(self) -> None:
        """Nothing found is an empty order."""
        assert fused({}, {}, {}) == {}
