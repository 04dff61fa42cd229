"""Vectors row by row in plain files: exact cosines of any choice of passages, and vectors by id.

<folder>/vectors      float32 (n, dimension), in the order in which they were added
<folder>/facts        what a search may be narrowed by, 16 bytes a row
<folder>/ids          passage ids, 48 bytes a row
<folder>/order        int32 (n), the rows in order of id
<folder>/names.json   the dimension, and the outlets and languages that the facts count
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import numpy as np

from index.products import products

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.protocols import PassageFacts, Vectors
    from index.types import Query

_ID_BYTES = 48
_ID = np.dtype(f"S{_ID_BYTES}")
_FACTS = np.dtype([("published_at", "<f8"), ("publisher", "<i4"), ("language", "<i4")])
_ROW = np.dtype("<i4")
_NONE = -1
_UNFINISHED = ".new"
_ADDED_TO = ("vectors", "facts", "ids")
# Rows that are multiplied at once: some megabytes, so that the memory of a search stays small.
_BLOCK = 8192


class VectorRows:
    """The rows of one store of vectors; added to at the end, and written anew without those that go."""

    def __init__(self, folder: Path) -> None:
        """Take a folder from :meth:`create` or :meth:`open`."""
        self._folder = folder
        self._dimension = 0
        self._names: dict[str, dict[str, int]] = {"publisher": {}, "language": {}}
        self._writing: dict[str, BinaryIO] = {}
        self._is_pending = False
        self._unmap()

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make the files anew, to write to.

        Raises:
            OSError: the folder cannot be written.
        """
        folder.mkdir(parents=True)
        for name in _ADDED_TO:
            (folder / name).touch()
        rows = cls(folder)
        rows._is_pending = True
        return rows

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open finished files.

        Raises:
            OSError: one of them is not there.
            ValueError: they are not as long as each other, or something else.
        """
        rows = cls(folder)
        try:
            rows._map()
        except BaseException:  # what cannot be opened is tried again, and must not pile up
            rows._unmap()
            raise
        return rows

    def close(self) -> None:
        """Write what is pending and let go of the files."""
        if self._is_pending:
            self._finish()
        for file in self._writing.values():
            file.close()
        self._writing.clear()
        self._unmap()

    def add(self, passage_ids: Sequence[str], vectors: Vectors, facts: Sequence[PassageFacts]) -> None:
        """Add rows behind the last.

        Args:
            passage_ids: each once, of at most 48 bytes.
            vectors: float32 (n, dimension).
            facts: of each passage, as :func:`index.storage.vectors.facts_of` gives them.

        Raises:
            OSError: the disk is full.
            ValueError: an id is too long.
        """
        ids = [_encoded(name) for name in passage_ids]
        if any(len(name) > _ID_BYTES for name in ids):
            msg = f"a passage id is longer than {_ID_BYTES} bytes"
            raise ValueError(msg)
        rows = [
            (
                fact.get("published_at", np.nan),
                self._number("publisher", fact),
                self._number("language", fact),
            )
            for fact in facts
        ]
        self._dimension = vectors.shape[1]
        self._is_read, self._is_pending = False, True
        added = (np.ascontiguousarray(vectors, "<f4"), np.array(rows, _FACTS), np.array(ids, _ID))
        for name, array in zip(_ADDED_TO, added, strict=True):
            if name not in self._writing:
                self._writing[name] = (self._folder / name).open("ab")
            self._writing[name].write(array.data)

    def remove(self, passage_ids: Iterable[str]) -> None:
        """Take rows out: those that stay are written anew, in their order.

        Raises:
            OSError: the disk is full.
        """
        gone = list(self.rows_of(passage_ids).values())
        if not gone:
            return
        kept = np.delete(np.arange(len(self._ids)), gone)
        for name, array in (("vectors", self._vectors), ("facts", self._facts), ("ids", self._ids)):
            with (self._folder / f"{name}{_UNFINISHED}").open("wb") as aside:
                for start in range(0, len(kept), _BLOCK):
                    aside.write(np.ascontiguousarray(array[kept[start : start + _BLOCK]]).data)
        del array  # what is mapped cannot be replaced everywhere
        for file in self._writing.values():
            file.close()
        self._writing.clear()
        self._unmap()
        for name in _ADDED_TO:
            os.replace(self._folder / f"{name}{_UNFINISHED}", self._folder / name)
        self._is_pending = True

    def count(self) -> int:
        """Return how many rows there are."""
        self._finish()
        return len(self._ids)

    def rows_of(self, passage_ids: Iterable[str]) -> dict[str, int]:
        """Return the rows of those ids that are there."""
        self._finish()
        names = list(passage_ids)
        if not names or not len(self._ids):
            return {}
        wanted = [_encoded(name) for name in names]
        places = np.searchsorted(self._ids, np.array(wanted, _ID), sorter=self._order)
        rows = self._order[np.minimum(places, len(self._order) - 1)]
        found = zip(names, wanted, rows.tolist(), self._ids[rows].tolist(), strict=True)
        return {name: row for name, mine, row, stored in found if mine == stored}

    def vectors(self, passage_ids: Iterable[str]) -> dict[str, Vectors]:
        """Return the vectors of those ids that are there, float32 (dimension), bit for bit."""
        rows = self.rows_of(passage_ids)
        return dict(zip(rows, np.asarray(self._vectors[list(rows.values())]), strict=True)) if rows else {}

    def facts(self, passage_ids: Iterable[str]) -> dict[str, PassageFacts]:
        """Return the facts of those ids that are there."""
        rows = self.rows_of(passage_ids)
        names = {kind: dict(enumerate(known)) for kind, known in self._names.items()}
        found: dict[str, PassageFacts] = {}
        for name, row in rows.items():
            moment, publisher, language = self._facts[row].item()
            fact: dict[str, str | float] = {} if np.isnan(moment) else {"published_at": moment}
            numbers = {"publisher": publisher, "language": language}
            found[name] = fact | {kind: names[kind][n] for kind, n in numbers.items() if n != _NONE}
        return found

    def passing(self, query: Query) -> NDArray[np.bool_]:
        """Return for each row whether it passes a query's filters: one look at the facts of all."""
        self._finish()
        passes = np.ones(len(self._facts), np.bool_)
        if query.published_from:  # a row without a date is not a number, and passes no comparison
            passes &= self._facts["published_at"] >= query.published_from.timestamp()
        if query.published_to:
            passes &= self._facts["published_at"] <= query.published_to.timestamp()
        for kind, wanted in (("publisher", query.publishers), ("language", query.languages)):
            if wanted:
                numbers = [self._names[kind][name] for name in wanted if name in self._names[kind]]
                passes &= np.isin(self._facts[kind], np.array(numbers, np.int32))
        return passes

    def nearest(self, vector: Vectors, top_k: int, rows: NDArray[np.intp]) -> dict[str, float]:
        """Return the ids of the best of given rows with their cosines, best first, ties by id.

        Args:
            vector: of length one (dimension).
            top_k: how many at most.
            rows: which count, ascending.
        """
        self._finish()
        cosines = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _BLOCK):
            block = slice(start, start + _BLOCK)
            cosines[block] = products(self._vectors[rows[block]], vector[np.newaxis])[:, 0]
        best = np.argpartition(-cosines, top_k)[:top_k] if top_k < len(rows) else np.arange(len(rows))
        best = best[np.lexsort((self._ids[rows[best]], -cosines[best]))]  # whichever row was written first
        names = [name.decode("utf-8", "surrogatepass") for name in self._ids[rows[best]].tolist()]
        return dict(zip(names, cosines[best].tolist(), strict=True))

    def _number(self, kind: str, fact: PassageFacts) -> int:
        known, name = self._names[kind], fact.get(kind)
        return _NONE if name is None else known.setdefault(str(name), len(known))

    def _finish(self) -> None:
        """Write down what was added, and have all ready to be read."""
        if self._is_pending:
            for file in self._writing.values():
                file.flush()
            ids = np.fromfile(self._folder / "ids", _ID)
            np.argsort(ids, kind="stable").astype(_ROW).tofile(self._folder / "order")
            names = {"dimension": self._dimension} | {kind: list(each) for kind, each in self._names.items()}
            (self._folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
            self._is_pending = False
        if not self._is_read:
            self._map()

    def _map(self) -> None:
        self._unmap()
        names = json.loads((self._folder / "names.json").read_text(encoding="utf-8"))
        self._dimension = int(names["dimension"])
        for kind in self._names:
            self._names[kind] = {str(name): number for number, name in enumerate(names[kind])}
        self._ids = _mapped(self._folder / "ids", _ID)
        self._order = _mapped(self._folder / "order", _ROW)
        self._facts = _mapped(self._folder / "facts", _FACTS)
        numbers = _mapped(self._folder / "vectors", np.dtype("<f4"))
        count = len(self._ids)
        if not (len(self._order) == len(self._facts) == count and numbers.size == count * self._dimension):
            msg = "the files of the rows are not as long as each other"
            raise ValueError(msg)
        self._vectors = numbers.reshape(count, self._dimension)
        self._is_read = True

    def _unmap(self) -> None:
        nothing: NDArray[Any] = np.empty(0)
        self._vectors = self._facts = self._ids = self._order = nothing
        self._is_read = False


def _mapped(path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    """Map a file into memory; one that is empty, or ends within a row, cannot be mapped."""
    size = path.stat().st_size
    if size % kind.itemsize:
        msg = f"{path.name} ends within a row"
        raise ValueError(msg)
    return np.asarray(np.memmap(path, kind, mode="r")) if size else np.empty(0, kind)


def _encoded(passage_id: str) -> bytes:
    return passage_id.encode("utf-8", "surrogatepass")
