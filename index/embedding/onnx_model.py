"""The bundled model on onnxruntime: a question is encoded without loading torch."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from index.protocols import Vectors

# Tokens of one batch, padding included: more do not go faster and cost memory.
_TOKENS = 4096
_PASSAGE, _QUESTION = "passage: ", "query: "


class OnnxEmbedder:
    """multilingual-e5-small as :mod:`index.embedding.bundled_model` unpacked it.

    Args:
        folder: holds ``model.onnx`` and ``tokenizer.json``; they are loaded when they are first used.
        embedder_id: the name that the unpacking gave.
    """

    dimension = 384

    def __init__(self, folder: Path, embedder_id: str) -> None:
        """Keep the folder; nothing is loaded here."""
        self._folder = folder
        self.embedder_id = embedder_id

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per passage, float32 (n, 384)."""
        return self._embed(_PASSAGE, texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per question, float32 (n, 384)."""
        return self._embed(_QUESTION, texts)

    def _embed(self, prompt: str, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch_fast([prompt + text for text in texts])
        tokens = [encoding.ids for encoding in encoded]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for batch in _batches([len(ids) for ids in tokens]):
            vectors[batch] = self._run([tokens[place] for place in batch])
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        longest = max(map(len, tokens))
        input_ids = np.zeros((len(tokens), longest), np.int64)
        attention_mask = np.zeros_like(input_ids)
        for row, ids in enumerate(tokens):
            input_ids[row, : len(ids)] = ids
            attention_mask[row, : len(ids)] = 1
        inputs = {"input_ids": input_ids, "attention_mask": attention_mask}
        vectors: Vectors = self._session.run(["sentence_embedding"], inputs)[0]
        return vectors

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer  # noqa: PLC0415  # loaded when the first text is encoded

        return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime  # noqa: PLC0415  # loaded when the first text is encoded

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
        return onnxruntime.InferenceSession(
            str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group texts of similar length, so that little is padded, up to a number of tokens."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[place] * (len(batch) + 1) > _TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
