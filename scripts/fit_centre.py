"""Compute the mean direction of the bundled model's states, which comparing words leaves out.

All states of this model point much the same way; what tells words apart is the rest. Only text is needed,
no judgement. Write the result to index/embedding/mean_state.npy, and build every index again.
"""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.progress import fail, speak
from bot.settings import BotSettings
from index.embedding.onnx_model import OnnxEmbedder
from index.errors import DatelineError
from index.evaluation import read_records
from index.settings import load_settings
from index.wiring import make_embedder

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = """example:
  python scripts/fit_centre.py index/embedding/mean_state.npy nomiracl/corpus.{en,es,de}.jsonl.gz

exit status: 0 written, 1 an error"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Encode, average, write; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path, metavar="OUTPUT.npy")
    parser.add_argument("corpora", type=Path, nargs="+", metavar="CORPUS")
    parser.add_argument("--sample", type=int, default=300, metavar="N", help="documents of each corpus (300)")
    options = parser.parse_args(arguments)
    speak()
    try:
        embedder = make_embedder(load_settings(BotSettings))
        texts = [
            r["text"] for corpus in options.corpora for r in islice(read_records(corpus), options.sample)
        ]
    except (DatelineError, OSError) as error:
        return fail(error)
    if not isinstance(embedder, OnnxEmbedder):
        print("dateline: only the bundled model has such a file", file=sys.stderr)
        return 1
    mean = embedder.mean_state(texts)
    np.save(options.output, mean)
    print(f"{len(texts)} texts, length of the mean {np.linalg.norm(mean):.3f}: {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
