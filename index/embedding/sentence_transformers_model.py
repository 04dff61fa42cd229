"""Any sentence-transformers model, by name or path: slower to start than the bundled one, and as exact."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedding.words_in_place import WordsInPlace, of_length_one, words_in_place
from index.errors import ModelNotLoadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentence_transformers import SentenceTransformer

    from index.protocols import Vectors


class SentenceTransformersEmbedder:
    """A model that sentence-transformers loads, with the prompts that the model itself brings.

    Args:
        name: a folder, or a name on a model hub. A name is the maintainer's explicit choice, so
            here, and only here, the hub may be asked.

    Raises:
        ModelNotLoadable: no such model, or not one that makes sentence vectors.
    """

    def __init__(self, name: str) -> None:
        """Load the model."""
        from sentence_transformers import SentenceTransformer  # seconds to import

        try:
            self._model = SentenceTransformer(name)
        # Loading runs code of several libraries, which raise whatever they like; all of it means the same.
        except Exception as error:
            msg = f"The embedding model {name} does not load ({type(error).__name__}: {error})."
            raise ModelNotLoadable(msg) from error
        self.embedder_id = f"sentence-transformers:{Path(name).name}:{_weights_sha256(self._model)[:12]}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    @property
    def runs_on(self) -> str:
        """The device and the precision that sentence-transformers chose: a graphics card where there is one."""
        weight = next(self._model.parameters())
        return f"torch on {self._model.device}, {str(weight.dtype).removeprefix('torch.')}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per passage, float32 (n, dimension)."""
        return self._normalised(self._model.encode_document(list(texts), show_progress_bar=False))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per question, float32 (n, dimension)."""
        return self._normalised(self._model.encode_query(list(texts), show_progress_bar=False))

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[WordsInPlace]]:
        """Return one row of length one per passage, and its words in place, from one pass."""
        prompt = self._prompt("document", "passage", "corpus")
        rows, pieces, states = self._read(prompt, texts)
        read = zip(texts, pieces, states, strict=True)
        return rows, [words_in_place(text, places, of_length_one(state)) for text, places, state in read]

    def read_question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return a question's vector, and one row of length one per piece of it, without prompt and ends."""
        rows, (pieces,), (states,) = self._read(self._prompt("query"), [text])
        kept = [place for place, (start, end) in enumerate(pieces) if end > max(start, 0)]
        return rows[0], of_length_one(states[kept])

    def _prompt(self, *names: str) -> str:
        prompts = self._model.prompts
        return next((prompts[name] for name in names if prompts.get(name)), "")

    def _read(
        self, prompt: str, texts: Sequence[str]
    ) -> tuple[Vectors, list[list[tuple[int, int]]], list[Vectors]]:
        """Return vectors, the place of each piece in its text, and the state of each piece."""
        found: list[Any] = []
        if texts:
            found = self._model.encode(list(texts), prompt=prompt, output_value=None, show_progress_bar=False)
        rows = self._normalised([one["sentence_embedding"].float().cpu().numpy() for one in found])
        pieces = [self._places(prompt, text) for text in texts]
        states = [
            one["token_embeddings"][: len(places)].float().cpu().numpy()
            for one, places in zip(found, pieces, strict=True)
        ]
        return rows, pieces, states

    def _places(self, prompt: str, text: str) -> list[tuple[int, int]]:
        cut = {"truncation": True, "max_length": self._model.max_seq_length}
        offsets = self._model.tokenizer(prompt + text, return_offsets_mapping=True, **cut)["offset_mapping"]
        return [(start - len(prompt), end - len(prompt)) for start, end in offsets]

    def _normalised(self, vectors: object) -> Vectors:
        rows = np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        normalised: Vectors = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
        return normalised


def _weights_sha256(model: SentenceTransformer) -> str:
    """Return the digest of a model's weights: a name or a folder may hold another model tomorrow."""
    digest = hashlib.sha256()
    for name, weights in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weights.cpu().contiguous().float().numpy().tobytes())
    return digest.hexdigest()
