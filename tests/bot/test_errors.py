"""Errors form one drawn tree, and the drawing is true."""

from __future__ import annotations

import inspect
import re

import pytest

import bot.errors
import index.errors
from index.errors import DatelineError

_DRAWN = re.compile(r"^((?:│   |    )*)(?:[├└]── )?([\w.]+)(?:\s{2,}.*)?$")
_BRANCH = re.compile(r"^(?:│   |    )*[├└]── ")


def _drawn(doc: str) -> dict[str, str | None]:
    """Return each error of a drawing with the one it hangs below; the root hangs below none."""
    parents: dict[str, str | None] = {}
    above: list[str] = []
    for line in doc.splitlines()[2:]:
        match = _DRAWN.match(line.rstrip())
        if not match or not line.strip():
            continue
        depth = len(match[1]) // 4 + 1 if _BRANCH.match(line) else 0
        name = match[2].rsplit(".", 1)[-1]
        del above[depth:]
        parents[name] = above[-1] if above else None
        above.append(name)
    return parents


def _defined(module: object) -> dict[str, type[Exception]]:
    return {
        name: kind
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == module.__name__  # type: ignore[attr-defined]
    }


_ALL = [
    (module, name, kind) for module in (index.errors, bot.errors) for name, kind in _defined(module).items()
]


@pytest.mark.parametrize(("module", "name", "kind"), _ALL, ids=[case[1] for case in _ALL])
def test_every_error_is_drawn_below_its_parent(module: object, name: str, kind: type[Exception]) -> None:
    """Whoever catches an error reads the drawing: what it leaves out or misplaces is not caught."""
    drawn = _drawn(inspect.getdoc(module) or "")
    assert name in drawn
    parent = drawn[name]
    assert parent is None or (kind.__base__ is not None and kind.__base__.__name__ == parent)


@pytest.mark.parametrize("module", [index.errors, bot.errors], ids=["index", "bot"])
def test_nothing_is_drawn_that_is_not_there(module: object) -> None:
    """An error that exists only in the drawing is waited for in vain."""
    assert set(_drawn(inspect.getdoc(module) or "")) <= {*_defined(module), "DatelineError"}


@pytest.mark.parametrize("kind", [case[2] for case in _ALL], ids=[case[1] for case in _ALL])
def test_every_error_is_one_of_ours(kind: type[Exception]) -> None:
    """A command line prints one line for a DatelineError and a traceback for all else."""
    assert issubclass(kind, DatelineError)
    assert (inspect.getdoc(kind) or "").strip()
