"""One drill of ``faults`` in a process of its own: its name, a folder, how often, and ``real`` or ``fake``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.index.faults import run

_SAID = 10  # faults between two lines


def _tell(undergone: int) -> None:
    if undergone % _SAID == 0:
        sys.stderr.write(f"dateline: benchmark: {undergone} undergone\n")


if __name__ == "__main__":
    name, folder, times, model = sys.argv[1:5]
    rows = run(name, Path(folder), int(times), real=model == "real", tell=_tell)
    sys.stdout.write(json.dumps(rows) + "\n")
