"""Find the least and the most that each channel of the bundled model holds, for its int8 form.

Only text is needed, no judgement: passages, several joined up to the model's length, and single words. Write the
result to index/embedding/activation_ranges.npz, raise UNPACKING_VERSION, and build every index again.
"""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.progress import fail, note, speak
from bot.settings import BotSettings
from index.embedding.activation_ranges import Ranges, write_ranges
from index.embedding.bundled_model import unpacked_for_sentence_transformers
from index.errors import DatelineError
from index.evaluation import read_records
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

_EPILOG = """example:
  python scripts/fit_ranges.py index/embedding/activation_ranges.npz nomiracl/corpus.{en,es,de}.jsonl.gz

exit status: 0 written, 1 an error"""
_JOINED = 8  # passages of a text as long as the model reads
_WORDS = 40  # of each corpus, one by one


class _Seen:
    """Least and most of each channel so far, by layer."""

    def __init__(self) -> None:
        self.low: dict[int, npt.NDArray[np.float32]] = {}
        self.high: dict[int, npt.NDArray[np.float32]] = {}

    def add(self, layer: int, states: Any) -> None:
        rows = states.detach().reshape(-1, states.shape[-1])
        low, high = rows.amin(dim=0).numpy(), rows.amax(dim=0).numpy()
        self.low[layer] = np.minimum(self.low.get(layer, low), low)
        self.high[layer] = np.maximum(self.high.get(layer, high), high)

    def all(self) -> npt.NDArray[np.float32]:
        return np.array([(self.low[layer], self.high[layer]) for layer in sorted(self.low)], np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Encode, keep the extremes, write; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path, metavar="OUTPUT.npz")
    parser.add_argument("corpora", type=Path, nargs="+", metavar="CORPUS")
    parser.add_argument("--sample", type=int, default=200, metavar="N", help="documents of each corpus (200)")
    options = parser.parse_args(arguments)
    speak()
    try:
        folder = unpacked_for_sentence_transformers(load_settings(BotSettings).cache_dir)
        texts = [text for corpus in options.corpora for text in _texts(corpus, options.sample)]
    except (DatelineError, OSError) as error:
        return fail(error)
    ranges = _ranges(folder, texts)
    write_ranges(ranges, options.output)
    tops = " ".join(f"{high:.0f}" for _, high in ranges.after_gelu)
    print(f"{len(texts)} texts, most after gelu by layer {tops}: {options.output}")
    return 0


def _texts(corpus: Path, sample: int) -> Iterator[str]:
    passages = [record["text"] for record in islice(read_records(corpus), sample)]
    yield from (f"passage: {text}" for text in passages)
    for start in range(0, sample // 2, _JOINED):
        yield f"passage: {' '.join(passages[start : start + _JOINED])}"
    yield from (f"query: {word}" for text in passages[:1] for word in text.split()[:_WORDS])


def _ranges(folder: Path, texts: Sequence[str]) -> Ranges:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    seen = {name: _Seen() for name in Ranges.__slots__}
    for number, layer in enumerate(model[0].auto_model.encoder.layer):
        attention = layer.attention
        layer.register_forward_pre_hook(lambda _, given, n=number: seen["entering"].add(n, given[0]))
        attention.self.register_forward_hook(
            _noting(seen["attended"], number, minus=attention.self.value.bias)
        )
        attention.register_forward_hook(_noting(seen["between"], number))
        layer.intermediate.register_forward_hook(_noting(seen["after_gelu"], number))
    for place, text in enumerate(texts, start=1):
        model.encode([text], prompt="")
        if place % 50 == 0:
            note(f"dateline: {place} of {len(texts)} texts")
    gelu = seen["after_gelu"].all()
    return Ranges(
        entering=seen["entering"].all(),
        attended=seen["attended"].all(),
        between=seen["between"].all(),
        after_gelu=np.stack([gelu[:, 0].min(axis=-1), gelu[:, 1].max(axis=-1)], axis=1),
    )


def _noting(seen: _Seen, layer: int, minus: Any = 0.0) -> Callable[[Any, Any, Any], None]:
    def add(_module: Any, _given: Any, result: Any) -> None:
        seen.add(layer, (result[0] if isinstance(result, tuple) else result) - minus)

    return add


if __name__ == "__main__":
    sys.exit(main())
