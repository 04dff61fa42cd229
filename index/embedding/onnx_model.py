"""The bundled model on onnxruntime: a question is encoded without loading torch."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.bundled_model import MODEL, PROMPTS, TOKENIZER
from index.errors import ModelDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from index.protocols import Vectors

# Tokens of one batch, padding included: a batch that stays in the processor's cache is the fastest.
_BATCH_TOKENS = 1024


class OnnxEmbedder:
    """multilingual-e5-small as :mod:`index.embedding.bundled_model` unpacked it.

    One session of one thread runs a batch per processor side by side, which is faster than one
    batch on all of them.

    Args:
        folder: holds the model and its tokenizer; they are loaded when they are first used.
        embedder_id: the name that the unpacking gave.
    """

    dimension = 384

    def __init__(self, folder: Path, embedder_id: str) -> None:
        """Keep the folder; nothing is loaded here."""
        self._folder = folder
        self.embedder_id = embedder_id

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per passage, float32 (n, 384)."""
        return self._embed("passage", texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per question, float32 (n, 384)."""
        return self._embed("query", texts)

    def _embed(self, prompt: str, texts: Sequence[str]) -> Vectors:
        tokenizer, session, prompts = self._loaded
        prompted = [prompts[prompt] + text for text in texts]
        tokens = [found.ids for found in tokenizer.encode_batch_fast(prompted)]
        batches = list(_batches([len(ids) for ids in tokens]))
        rows = self._pool.map(lambda batch: _run(session, [tokens[place] for place in batch]), batches)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for batch, found in zip(batches, rows, strict=True):
            vectors[batch] = found
        return vectors

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_processors(), thread_name_prefix="embed")

    @cached_property
    def _loaded(self) -> tuple[Tokenizer, InferenceSession, dict[str, str]]:
        """Load the session while the tokenizer is read: a first question waits for the longer of both."""
        from tokenizers import Tokenizer  # what does not embed does not load it

        session = self._pool.submit(_open_session, self._folder / MODEL)
        try:
            prompts = json.loads((self._folder / PROMPTS).read_text(encoding="utf-8"))["prompts"]
            return Tokenizer.from_file(str(self._folder / TOKENIZER)), session.result(), prompts
        # Two compiled libraries read these files and raise errors of their own; all of them mean the same.
        except Exception as error:
            msg = f"The model in {self._folder} does not load ({type(error).__name__}): delete that folder."
            raise ModelDamaged(msg) from error


def _open_session(model: Path) -> InferenceSession:
    import onnxruntime  # what does not embed does not load it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _run(session: InferenceSession, tokens: Sequence[Sequence[int]]) -> Vectors:
    lengths = np.array([len(ids) for ids in tokens])
    attention_mask = np.arange(lengths.max()) < lengths[:, np.newaxis]
    input_ids = np.zeros(attention_mask.shape, np.int64)
    input_ids[attention_mask] = np.concatenate([np.asarray(ids) for ids in tokens])
    inputs = {"input_ids": input_ids, "attention_mask": attention_mask.astype(np.int64)}
    vectors: Vectors = session.run(["sentence_embedding"], inputs)[0]
    return vectors


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group texts of like length, the longest first, so that no processor ends alone with a long batch."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # what this process may use, as containers set it
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
