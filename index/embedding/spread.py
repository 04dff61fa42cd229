"""Passages read by the workers of a Ray cluster; the only place that talks to Ray."""

from __future__ import annotations

import logging
import os
import pickle
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from index.embedding.words_in_place import WordsInPlace
from index.errors import ModelNotLoadable, WorkersAway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.protocols import Embedder, Vectors

Make: TypeAlias = "Callable[[], Embedder]"
_Batch: TypeAlias = "dict[str, Any]"

# Means that workers are started on this machine; everything else is the address of a cluster.
HERE = "ray"
# Passages of one task: enough that handing it out does not count, few enough that all workers have some.
_AT_ONCE = 64
_OTHER_MODEL = "a worker has the model"


class SpreadEmbedder:
    """A model on many workers. What a worker does not finish, as it dies, another one does.

    Workers keep the model between tasks: Ray hands the tasks of one batch after another to the same processes.

    Args:
        here: the same model, for questions, and for its name.
        make: makes the model on a worker, once for each process; it is sent there, so it holds no secrets.
    """

    def __init__(self, here: Embedder, make: Make) -> None:
        """Keep both; :func:`workers` has connected."""
        self._here = here
        self._make = make

    @property
    def embedder_id(self) -> str:
        """The name of the model: it does not matter where it runs."""
        return self._here.embedder_id

    @property
    def runs_on(self) -> str:
        """What each worker runs on, as far as they are like this machine."""
        return f"Ray, each worker like this machine: {self._here.runs_on}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._here.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row per passage, float32 (n, dimension). Raises what :meth:`read_passages` raises."""
        return self.read_passages(texts)[0]

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row per question, float32 (n, dimension)."""
        return self._here.embed_questions(texts)

    def read_question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return a question's vector, and one row per piece of it."""
        return self._here.read_question(text)

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[WordsInPlace]]:
        """Return one row per passage and its words in place, as the workers read them.

        Raises:
            WorkersAway: the cluster is gone, or every worker fails.
            ModelNotLoadable: the workers have another model.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        words: dict[int, WordsInPlace] = {}
        for row in self._rows(texts):
            place = int(row["place"])
            if place in words:
                raise _miscounted(f"passage {place} came back twice")
            vectors[place] = np.frombuffer(row["vector"], np.float32)
            starts = np.frombuffer(row["starts"], np.int32)
            words[place] = WordsInPlace(
                starts, np.frombuffer(row["words"], np.float32).reshape(len(starts), self.dimension)
            )
        if len(words) < len(texts):
            raise _miscounted(f"{len(texts) - len(words)} of {len(texts)} passages did not come back")
        return vectors, [words[place] for place in range(len(texts))]

    def _rows(self, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
        if not texts:
            return
        import ray.data

        # Neighbours of one length waste no padding; each block is a task.
        by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        items = [{"place": place, "text": texts[place]} for place in by_length]
        read: Any = _read  # Ray's own annotation asks for less than it takes
        given = {"pickled": pickle.dumps(self._make), "embedder_id": self.embedder_id}
        with _asking():
            blocks = ray.data.from_items(items, override_num_blocks=-(-len(items) // _AT_ONCE))
            yield from blocks.map_batches(read, batch_size=None, fn_kwargs=given).iter_rows()


@contextmanager
def workers(address: str) -> Iterator[None]:
    """Connect to a cluster, or start one on this machine, and let go of it.

    Args:
        address: ``ray`` for workers on this machine, else the address of a cluster, as Ray writes it.

    Raises:
        ModelNotLoadable: Ray is not installed.
        WorkersAway: the cluster does not answer.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    try:
        import ray
        import ray.data
    except ModuleNotFoundError as error:
        msg = f"Workers need {error.name}, which is not installed: pip install -e '.[cluster]' -c scripts/constraints.txt"
        raise ModelNotLoadable(msg) from error
    started_here: dict[str, Any] = {"include_dashboard": False} if address == HERE else {}
    with _asking():
        ray.init(
            address="local" if address == HERE else address,
            log_to_driver=False,
            logging_level=logging.ERROR,
            **started_here,
        )
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield
    finally:
        ray.shutdown()


def _read(batch: _Batch, pickled: bytes, embedder_id: str) -> _Batch:
    """Read passages on a worker."""
    embedder = _made(pickled)
    if embedder.embedder_id != embedder_id:
        raise ValueError(f"{_OTHER_MODEL} {embedder.embedder_id}")
    vectors, words = embedder.read_passages([str(text) for text in batch["text"]])
    return {
        "place": batch["place"],
        "vector": _bytes(vectors),
        "starts": _bytes([one.starts for one in words]),
        "words": _bytes([one.vectors for one in words]),
    }


@lru_cache(maxsize=1)
def _made(pickled: bytes) -> Embedder:
    """Make the model once for each process: what two tasks are sent is equal as bytes alone."""
    make: Make = pickle.loads(pickled)  # noqa: S301  # the build that runs these workers wrote it
    return make()


def _bytes(rows: Sequence[Any] | Vectors) -> Any:
    column = np.empty(len(rows), object)
    column[:] = [np.ascontiguousarray(row).tobytes() for row in rows]
    return column


@contextmanager
def _asking() -> Iterator[None]:
    from ray.exceptions import RayError

    try:
        yield
    except (RayError, ConnectionError, RuntimeError, ValueError) as error:
        if _OTHER_MODEL in str(error):
            msg = f"{str(error).rsplit(_OTHER_MODEL, 1)[1].split()[0]} is the model of a worker, not ours: install it there."
            raise ModelNotLoadable(msg) from error
        msg = (
            f"The workers do not answer or keep failing ({type(error).__name__}): see that the cluster runs and that "
            "Dateline is installed there; what was embedded is kept."
        )
        raise WorkersAway(msg) from error


def _miscounted(what: str) -> WorkersAway:
    return WorkersAway(
        f"The workers did not do what they were given ({what}): build again, what was embedded is kept."
    )
