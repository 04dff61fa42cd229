"""Quotations: found in every kind of marks, and found again in the source to the character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.verification.folding import fold
from bot.answering.verification.quotations import find_quotation, is_stitched, quotations

TEXT = (
    "« Nous n’avons pas été prévenus de l’“arrêt” », a dit l'adjointe. "
    "Le pont rouvrira, selon la mairie, le 9 janvier : « Cœur de ville »."
)


def quoted(text: str) -> list[str]:
    """Return the quoted words of a text."""
    return [span.of(text) for span in quotations(text)]


class TestQuotations:
    """What stands in quotation marks."""

    @pytest.mark.parametrize(
        "text",
        [
            "Il dit « le pont ferme ».",
            "Il dit «\u00a0le pont ferme\u00a0».",
            "Il dit “le pont ferme”.",
            'Il dit "le pont ferme".',
            "Il dit ‘le pont ferme’.",
            "Il dit 'le pont ferme'.",
            "Er sagt „le pont ferme“.",
        ],
    )
    def test_every_kind_of_marks_is_known(self, text: str) -> None:
        """Marks that are overlooked let an invented quotation through."""
        assert quoted(text) == ["le pont ferme"]

    def test_nested_marks_make_one_quotation(self) -> None:
        """The inner one is verbatim when the outer one is."""
        assert quoted("« Il a dit “non” hier », dit-elle.") == ["Il a dit “non” hier"]

    @pytest.mark.parametrize(
        "text", ["l'adjoint n'a pas dit qu'il l'ignore", "l’adjoint n’a pas dit", "the dogs' owner"]
    )
    def test_an_apostrophe_quotes_nothing(self, text: str) -> None:
        """Every French sentence would be unsupported."""
        assert quoted(text) == []

    def test_an_open_mark_quotes_to_the_end(self) -> None:
        """A model that forgets the closing mark must not get away with the words."""
        assert quoted("Il dit « le pont ferme demain.") == ["le pont ferme demain."]


class TestFindQuotation:
    """Where quoted words stand."""

    @pytest.mark.parametrize(
        "quotation",
        [
            "Nous n’avons pas été prévenus de l’“arrêt”",
            "Nous n'avons pas été prévenus de l'arrêt",
            "nous n'avons pas été prévenus",
            unicodedata.normalize("NFD", "Nous n’avons pas été prévenus"),
            "Nous n’avons pas été pré\u00advenus",
            "Nous n’avons\u00a0pas été prévenus.",
            "Nous n’avons […] prévenus",
            "Nous n’avons (…) prévenus",
            "Nous n’avons... prévenus de l’« arrêt »",
        ],
    )
    def test_typography_does_not_matter(self, quotation: str) -> None:
        """A model types straight marks and composed accents whatever the source has."""
        found = find_quotation(quotation, TEXT)
        assert found is not None
        assert found.of(TEXT).startswith("Nous n’avons")
        assert "prévenus" in found.of(TEXT)

    @pytest.mark.parametrize(
        "quotation",
        [
            "Nous n’avons pas été avertis",
            "Nous avons été prévenus",
            "prévenus […] Nous n’avons",
            "nous n'avons pas ete prevenus",
            "ous n’avons pas été",
            "Nous n’avons pas été prévenu",
            "",
            "…",
        ],
    )
    def test_other_words_are_not_found(self, quotation: str) -> None:
        """One changed word, letter or accent, or another order, is a misquotation."""
        assert find_quotation(quotation, TEXT) is None

    @given(st.data())
    def test_any_stretch_of_words_is_found_where_it_reads_the_same(self, data: st.DataObject) -> None:
        """What is verbatim in the source must never be called invented."""
        words = TEXT.split(" ")
        start = data.draw(st.integers(0, len(words) - 1))
        stretch = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
        found = find_quotation(stretch, TEXT)
        if fold(stretch).text.strip(" ,.;:!?-"):
            assert found is not None
            assert fold(found.of(TEXT)).text.strip(" ,.;:!?-") == fold(stretch).text.strip(" ,.;:!?-")

    def test_a_cut_may_not_leap_over_half_the_article(self) -> None:
        """Two far words joined by "[…]" say what nobody said."""
        text = "Le maire ment. " + "Rien de neuf. " * 80 + "Il pleut."
        assert find_quotation("Le maire […] pleut", text) is None


class TestIsStitched:
    """A quotation put together of two places."""

    def test_two_places_are_told_from_an_invention(self) -> None:
        """The mend names what is wrong: joined, or invented."""
        assert is_stitched("Nous n’avons pas été prévenus, le pont rouvrira", (TEXT,))
        assert not is_stitched("Nous sommes très heureux de ce résultat", (TEXT,))


class TestFold:
    """Folded text leads back to its original."""

    @given(st.text(max_size=80))
    def test_every_folded_character_has_its_place(self, text: str) -> None:
        """A place beyond the text, or out of order, would cite other words."""
        folded = fold(text)
        assert len(folded.text) == len(folded.places)
        assert list(folded.places) == sorted(folded.places)
        assert all(0 <= place < len(text) for place in folded.places)
