"""The bundled model on onnxruntime: a question is encoded without loading torch."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedding.bundled_model import MODEL, PROMPTS, TOKENIZER
from index.embedding.words_in_place import WordsInPlace, of_length_one, words_in_place
from index.errors import ModelDamaged
from index.processor import byte_products, processors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from index.protocols import Vectors

# Tokens of one batch: one that stays in the processor's own cache is the fastest.
_BATCH_TOKENS = 256
# The mean direction of the model's states, written by scripts/fit_centre.py from 900 paragraphs of Wikipedia in
# English, Spanish and German (NoMIRACL's): no question or judgement had a part in it.
_MEAN_STATE = Path(__file__).with_name("mean_state.npy")
_NO_WORDS = WordsInPlace(np.empty(0, np.int32), np.empty((0, 384), np.float32))


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

    @property
    def runs_on(self) -> str:
        """What multiplies, and how many batches of what size run side by side."""
        return f"onnxruntime, {byte_products()}, {processors()} threads of {_BATCH_TOKENS} tokens"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per passage, float32 (n, 384)."""
        return self._embed("passage", texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row of length one per question, float32 (n, 384)."""
        return self._embed("query", texts)

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[WordsInPlace]]:
        """Return one row of length one per passage, and its words in place, from one pass."""
        tokenizer, session, prompts = self._loaded
        prompt = prompts["passage"]
        found = tokenizer.encode_batch([prompt + text for text in texts])
        vectors = np.empty((len(texts), self.dimension), np.float32)
        words: list[WordsInPlace] = [_NO_WORDS] * len(texts)

        def read(batch: list[int]) -> None:
            rows, states = _run(session, [found[place].ids for place in batch])
            vectors[batch] = rows
            for place, state in zip(batch, states, strict=True):
                pieces = np.array(found[place].offsets) - len(prompt)
                mine = self._centred(state)
                words[place] = words_in_place(texts[place], pieces, mine)

        list(self._pool.map(read, _batches([len(one.ids) for one in found])))
        return vectors, words

    def read_question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return a question's vector, and one row of length one per piece of it, without prompt and ends."""
        tokenizer, session, prompts = self._loaded
        prompt = prompts["query"]
        found = tokenizer.encode(prompt + text)
        rows, states = _run(session, [found.ids])
        pieces = [place for place, (start, end) in enumerate(found.offsets) if end > max(start, len(prompt))]
        return rows[0], self._centred(states[0][pieces])

    def mean_state(self, texts: Sequence[str]) -> Vectors:
        """Return the mean direction of the states of passages, float32 (384)."""
        tokenizer, session, prompts = self._loaded
        total, count = np.zeros(self.dimension), 0
        for found in tokenizer.encode_batch_fast([prompts["passage"] + text for text in texts]):
            _, states = _run(session, [found.ids])
            total, count = total + of_length_one(states[0]).sum(axis=0), count + len(found.ids)
        return (total / max(1, count)).astype(np.float32)

    def _centred(self, states: Vectors) -> Vectors:
        return of_length_one(of_length_one(states) - self._mean_state)

    def _embed(self, prompt: str, texts: Sequence[str]) -> Vectors:
        tokenizer, session, prompts = self._loaded
        prompted = [prompts[prompt] + text for text in texts]
        tokens = [found.ids for found in tokenizer.encode_batch_fast(prompted)]
        batches = list(_batches([len(ids) for ids in tokens]))
        rows = self._pool.map(lambda batch: _run(session, [tokens[place] for place in batch])[0], batches)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for batch, found in zip(batches, rows, strict=True):
            vectors[batch] = found
        return vectors

    @cached_property
    def _mean_state(self) -> Vectors:
        mean: Vectors = np.load(_MEAN_STATE)
        return mean

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(processors(), thread_name_prefix="embed")

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


def _run(session: InferenceSession, tokens: Sequence[Sequence[int]]) -> tuple[Vectors, Vectors]:
    """Return vectors (n, 384) and states (n, length, 384) of texts that have all the same length.

    The vector is the sum of the states, brought to length one. The graph would sum too, but in an order, and so with
    a last digit, that depends on which texts come together; an index that was changed must equal one built anew.
    """
    (states,) = session.run(["last_hidden_state"], {"input_ids": np.array(tokens, np.int64)})
    sums = [state.sum(axis=0, dtype=np.float64) for state in states]
    return np.concatenate([of_length_one(total[np.newaxis]) for total in sums]), states


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group texts of one length, the longest first, so that no processor ends alone with a long batch."""
    places = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    for length, same in groupby(places, key=lambda place: lengths[place]):
        batch, size = list(same), max(1, _BATCH_TOKENS // length)
        yield from (batch[start : start + size] for start in range(0, len(batch), size))
