"""Labels: which sources a sentence names."""

from __future__ import annotations

import pytest

from bot.answering.verification.labels import read_labels

KNOWN = frozenset(range(1, 6))


class TestReadLabels:
    """The labels go out of the sentence, and what no source has is told apart."""

    @pytest.mark.parametrize(
        ("sentence", "labels"),
        [
            ("Le port ferme [2].", (2,)),
            ("Le port ferme. [2]", (2,)),
            ("Le port ferme [1, 3].", (1, 3)),
            ("Le port ferme [1][3].", (1, 3)),
            ("The port closes [1-3].", (1, 2, 3)),
            ("The port closes [source 4].", (4,)),
            ("The port closes 【5】.", (5,)),
            ("The port closes [2][2].", (2,)),
        ],
    )
    def test_every_usual_form_is_read_and_removed(self, sentence: str, labels: tuple[int, ...]) -> None:
        """A label that stayed in the sentence would be shown beside the citation's own number."""
        draft = read_labels(sentence, KNOWN, "fr")
        assert draft.labels == labels
        assert draft.text in ("Le port ferme.", "The port closes.")

    def test_a_label_that_no_source_has_is_not_kept(self) -> None:
        """A citation number that leads nowhere must never be shown."""
        draft = read_labels("Le port ferme [9].", KNOWN, "fr")
        assert (draft.labels, draft.unknown) == ((), (9,))

    @pytest.mark.parametrize(
        "sentence", ["Calvières gagne (27-26).", "Il dit : « Le port […] ferme ».", "Le [sic] port."]
    )
    def test_other_brackets_are_no_labels(self, sentence: str) -> None:
        """A score, a cut or a remark would become a citation."""
        draft = read_labels(sentence, KNOWN, "fr")
        assert (draft.text, draft.labels) == (sentence, ())

    def test_a_huge_range_names_no_thousand_labels(self) -> None:
        """A hostile answer must not make the bot count for minutes."""
        assert read_labels("X [1-999].", KNOWN, "fr").labels == (1, 2, 3, 4, 5)
