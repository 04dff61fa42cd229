"""Any sentence-transformers model, by name or path: slower to start than the bundled one, and as exact."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

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

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per passage, float32 (n, dimension)."""
        return self._normalised(self._model.encode_document(list(texts), show_progress_bar=False))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per question, float32 (n, dimension)."""
        return self._normalised(self._model.encode_query(list(texts), show_progress_bar=False))

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
