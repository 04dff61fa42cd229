"""Libraries that only some kinds of files need: where one is missing, the error names what brings it."""

from __future__ import annotations

import importlib
from typing import Any

from index.errors import ExtraMissing


def extra(module: str, *, kind: str, name: str) -> Any:
    """Return a module of an optional library.

    Args:
        module: its name.
        kind: what cannot be read without it.
        name: the extra of this project that brings it.

    Raises:
        ExtraMissing: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise ExtraMissing(f"{kind} files need the extra “{name}”: run scripts/set_up {name}.") from error
