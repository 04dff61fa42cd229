"""What counts as a reprint, and that reprints take one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieval.duplicates import containment, folded, is_reprint, shingles
from index.types import Hit, Passage, Span
from tests.factories import FRENCH_TEXT, make_article, make_passage

WIRE = (
    "Le fabricant de batteries a annoncé mardi la suppression de 420 postes d'ici à la fin de l'année, "
    "soit un emploi sur cinq. La direction invoque une facture d'énergie multipliée par trois."
)
OTHER = "La foire aux fromages ouvrira samedi sur la place du marché, avec deux cents exposants attendus."


def _hit(name: str, text: str, rank: int) -> Hit:
    article = make_article(name, text=text, publisher=f"Le Courrier {name}")
    return Hit(make_passage(article), 10.0 - rank, rank, "fused", cosine=0.9)


def _said(text: str, rank: int) -> Hit:
    """Return a hit with a text, be it empty."""
    passage = Passage(f"{rank:04}.0", f"{rank:04}", 0, Span(0, 99), text)
    return Hit(passage, -float(rank), rank + 1, "fused", cosine=0.9)


def _is_reprint(one: str, other: str) -> bool:
    return is_reprint(shingles(one), shingles(other))


class TestIsReprint:
    """Two texts are one where one is contained in the other nearly word for word."""

    @pytest.mark.parametrize(
        "reprint",
        [
            WIRE,
            WIRE.upper(),
            WIRE.replace("'", "’"),
            WIRE.replace("mardi", "ce mardi"),
            f"VALBREUSE (AFI) - {WIRE}",
            WIRE.split(". ", maxsplit=1)[0] + ".",
        ],
    )
    def test_a_dispatch_as_outlets_print_it(self, reprint: str) -> None:
        """Whole or in part, with another apostrophe, a place before it, a word added."""
        assert _is_reprint(WIRE, reprint)
        assert _is_reprint(reprint, WIRE)

    @pytest.mark.parametrize(
        "other",
        [
            OTHER,
            FRENCH_TEXT,
            "Le fabricant de batteries supprimera 420 emplois cette année ; les syndicats parlent de trahison.",
            WIRE.replace("420", "380"),
            "",
        ],
    )
    def test_a_report_of_its_own(self, other: str) -> None:
        """Other words about the same, and the same words with another figure, are other voices."""
        assert not _is_reprint(WIRE, other)
        assert not _is_reprint(other, WIRE)

    def test_a_short_line_is_one_only_of_its_equal(self) -> None:
        """“Lire aussi” in two passages makes no reprint of them."""
        assert _is_reprint("Le pont est fermé.", "Le pont est fermé !")
        assert not _is_reprint("Le pont est fermé.", f"{OTHER} Le pont est fermé.")

    @given(st.text(max_size=80), st.text(max_size=80))
    def test_it_is_the_same_from_both_sides(self, one: str, other: str) -> None:
        """Which of two was found first must not matter; every text repeats itself."""
        assert _is_reprint(one, other) == _is_reprint(other, one)
        assert _is_reprint(one, one)
        assert 0 <= containment(shingles(one), shingles(other)) <= 1


class TestFolded:
    """Reprints among hits."""

    def test_five_reprints_take_one_place(self) -> None:
        """Otherwise a dispatch that everybody printed is all that is found."""
        hits = [_hit(f"r{n}", WIRE, n) for n in range(1, 6)] + [_hit("own", OTHER, 6)]
        kept = folded(hits, 2)
        assert [hit.passage.text for hit in kept] == [WIRE, OTHER]
        assert [hit.rank for hit in kept] == [1, 2]
        assert [passage.passage_id for passage in kept[0].also_in] == [
            h.passage.passage_id for h in hits[1:5]
        ]
        assert kept[1].also_in == ()

    def test_the_best_is_the_one_that_is_kept(self) -> None:
        """Its score and its place in the ranking hold."""
        hits = [_hit("own", OTHER, 1), _hit("a", WIRE, 2), _hit("b", f"AFI - {WIRE}", 3)]
        kept = folded(hits, 3)
        assert [hit.score for hit in kept] == [9.0, 8.0]

    def test_a_reprint_behind_the_last_place_is_told_too(self) -> None:
        """“Also in” is complete among what was looked at."""
        hits = [_hit("a", WIRE, 1), _hit("own", OTHER, 2), _hit("b", WIRE, 3)]
        assert len(folded(hits, 1)[0].also_in) == 1

    @given(
        st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=14).map(" ".join), max_size=8),
        st.integers(0, 4),
    )
    def test_the_same_as_comparing_each_with_each(self, texts: list[str], top_k: int) -> None:
        """Counting pairs in common is a shorter way to the same: the first of the kept hits that a hit repeats."""
        kept: list[str] = []
        repeats: list[list[str]] = []
        for text in texts:
            first = next((place for place, other in enumerate(kept) if _is_reprint(text, other)), None)
            if first is not None:
                repeats[first].append(text)
            elif len(kept) < top_k:
                kept.append(text)
                repeats.append([])
        found = folded([_said(text, rank) for rank, text in enumerate(texts)], top_k)
        assert [hit.passage.text for hit in found] == kept
        assert [[passage.text for passage in hit.also_in] for hit in found] == repeats

    def test_nothing_is_made_of_nothing(self) -> None:
        """No hits, no places."""
        assert folded([], 3) == folded([_hit("a", WIRE, 1)], 0) == ()
