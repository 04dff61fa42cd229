"""What every :class:`index.protocols.Embedder` must do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.factories import ENGLISH_TEXT, FRENCH_TEXT

if TYPE_CHECKING:
    from index.protocols import Embedder

# Lengths jump, so that a model that sorts by length must put its rows back in order.
_TEXTS = (
    FRENCH_TEXT,
    "Pont.",
    ENGLISH_TEXT * 3,
    "",
    "La crue a emporté la passerelle.",
    "The quay is sinking.",
    " ".join([FRENCH_TEXT] * 2),
    "🌉",
)


class EmbedderContract:
    """Subclass it as ``Test…`` with a fixture ``embedder``.

    ``tolerance`` is how far a number may move with the neighbours in a batch.
    """

    tolerance = 1e-4

    @pytest.fixture
    def embedder(self) -> Embedder:
        """Return the model under test."""
        raise NotImplementedError

    def test_rows_have_the_promised_shape_and_type(self, embedder: Embedder) -> None:
        """Stores and digests rely on float32 rows of the stated dimension, for passages and questions."""
        for vectors in (embedder.embed_passages(_TEXTS), embedder.embed_questions(_TEXTS)):
            assert vectors.shape == (len(_TEXTS), embedder.dimension)
            assert vectors.dtype == np.float32

    def test_every_row_has_length_one(self, embedder: Embedder) -> None:
        """A dot product is a cosine only between vectors of length one, also for an empty text."""
        vectors = np.concatenate([embedder.embed_passages(_TEXTS), embedder.embed_questions(_TEXTS)])
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)

    def test_rows_keep_the_order_of_the_texts(self, embedder: Embedder) -> None:
        """A row in another place would give a passage another passage's meaning."""
        together = embedder.embed_passages(_TEXTS)
        backwards = embedder.embed_passages(_TEXTS[::-1])[::-1]
        assert np.abs(together - backwards).max() <= self.tolerance

    def test_neighbours_do_not_change_a_vector(self, embedder: Embedder) -> None:
        """The cache may hand out a vector made in another batch only if the batch does not matter."""
        together = embedder.embed_passages(_TEXTS)
        alone = np.concatenate([embedder.embed_passages([text]) for text in _TEXTS])
        assert np.abs(together - alone).max() <= self.tolerance

    def test_the_same_text_twice_has_the_same_vector(self, embedder: Embedder) -> None:
        """Two builds of the same collection must have the same digest."""
        first, second = embedder.embed_passages([FRENCH_TEXT]), embedder.embed_passages([FRENCH_TEXT])
        assert first.tobytes() == second.tobytes()

    def test_different_texts_have_different_vectors(self, embedder: Embedder) -> None:
        """A model that answers the same to everything finds nothing."""
        vectors = embedder.embed_passages([FRENCH_TEXT, ENGLISH_TEXT, "Pont."])
        assert len({vector.tobytes() for vector in vectors}) == 3

    def test_question_and_passage_prompts_differ(self, embedder: Embedder) -> None:
        """A question embedded as if it were a passage is found less well."""
        question, passage = embedder.embed_questions(["Pont."]), embedder.embed_passages(["Pont."])
        assert np.abs(question - passage).max() > 1e-3

    def test_no_text_gives_no_rows(self, embedder: Embedder) -> None:
        """An empty batch is a matrix without rows, not an error."""
        assert embedder.embed_passages([]).shape == (0, embedder.dimension)
        assert embedder.embed_questions([]).shape == (0, embedder.dimension)

    def test_words_in_common_bring_texts_nearer(self, embedder: Embedder) -> None:
        """A question must be nearer to the passage that answers it than to one about something else."""
        question = embedder.embed_questions(["Combien coûteront les travaux du pont ?"])[0]
        about, beside = embedder.embed_passages(
            ["Les travaux du pont coûteront trois millions.", "The choir sang in the old chapel."]
        )
        assert about @ question > beside @ question

    def test_one_reading_gives_the_same_vectors(self, embedder: Embedder) -> None:
        """A passage read for its words must not get another vector than one that was only embedded."""
        rows, words = embedder.read_passages(_TEXTS)
        assert np.abs(rows - embedder.embed_passages(_TEXTS)).max() <= self.tolerance
        assert len(words) == len(_TEXTS)
        question, pieces = embedder.read_question(FRENCH_TEXT)
        assert np.abs(question - embedder.embed_questions([FRENCH_TEXT])[0]).max() <= self.tolerance
        assert pieces.shape == (len(pieces), embedder.dimension)
        assert len(pieces)

    def test_words_stand_where_they_begin(self, embedder: Embedder) -> None:
        """A sentence's words are found by their place; what is no word has none."""
        _, (words, nothing) = embedder.read_passages(["La crue a emporté la passerelle.", "🌉"])
        assert words.starts.tolist() == [0, 3, 8, 10, 18, 21]
        assert words.vectors.shape == (6, embedder.dimension)
        assert np.linalg.norm(words.vectors, axis=1) == pytest.approx(1.0, abs=1e-3)
        assert len(nothing.vectors) == 0
        assert embedder.read_passages([])[1] == []

    def test_a_word_is_nearest_to_itself(self, embedder: Embedder) -> None:
        """Words are compared across texts: the same one must be nearer than its neighbours."""
        _, (words,) = embedder.read_passages(["La crue a emporté la passerelle."])
        _, pieces = embedder.read_question("passerelle")
        assert int((pieces @ words.vectors.T).mean(axis=0).argmax()) == 5

    def test_the_id_is_a_name_and_stays(self, embedder: Embedder) -> None:
        """Vectors of two models never mix because their ids differ; an id that moves defeats the cache."""
        before = embedder.embedder_id
        embedder.embed_passages(["Pont."])
        assert embedder.embedder_id == before
        assert before.strip()
