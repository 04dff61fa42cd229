"""Passages spread over workers come back as if one process had read them, whoever dies."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[cluster]'")

from index.embedding.spread import HERE, SpreadEmbedder, workers
from index.errors import ModelNotLoadable, WorkersAway
from tests.contracts.embedder import EmbedderContract
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.embedding.words_in_place import WordsInPlace
    from index.protocols import Embedder, Vectors

pytestmark = [
    pytest.mark.slow,
    # Ray leaves sockets and files to the end of the process.
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"
    ),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class DyingEmbedder(FakeEmbedder):
    """Dies with its whole process, as by the kernel's hand, the first few times that it reads.

    Args:
        marks: a folder: each death leaves a file there.
        deaths: how often.
    """

    def __init__(self, marks: Path, deaths: int) -> None:
        """Keep both."""
        super().__init__()
        self._marks = marks
        self._deaths = deaths

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[WordsInPlace]]:
        """Die, or read."""
        if len(list(self._marks.iterdir())) < self._deaths:
            (self._marks / f"{os.getpid()}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read_passages(texts)


@pytest.fixture(scope="module", autouse=True)
def _cluster() -> Iterator[None]:
    with workers(HERE):
        yield


class TestSpreadEmbedder(EmbedderContract):
    """The same contract as a model in this process."""

    tolerance = 0.0

    @pytest.fixture
    def embedder(self) -> Embedder:
        """Return the fake on workers."""
        return SpreadEmbedder(FakeEmbedder(), FakeEmbedder)


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """On a cluster machines come and go; the vectors must be those of an undisturbed build, to the bit."""
    texts = [f"Passage {number} sur le pont numéro {number * 7}." for number in range(300)]
    spread = SpreadEmbedder(FakeEmbedder(), partial(DyingEmbedder, tmp_path, 2))
    vectors, words = spread.read_passages(texts)
    assert len(list(tmp_path.iterdir())) == 2
    expected, expected_words = FakeEmbedder().read_passages(texts)
    assert vectors.tobytes() == expected.tobytes()
    assert [one.starts.tolist() for one in words] == [one.starts.tolist() for one in expected_words]
    assert [one.vectors.tobytes() for one in words] == [one.vectors.tobytes() for one in expected_words]


def test_a_worker_with_another_model_is_refused() -> None:
    """Vectors of two models in one index would answer at random."""
    spread = SpreadEmbedder(FakeEmbedder(), partial(FakeEmbedder, "other"))
    with pytest.raises(ModelNotLoadable, match="fake:other:64"):
        spread.read_passages(["Pont."])


def _broken() -> Embedder:
    raise OSError("no model on this machine")


def test_workers_that_fail_again_and_again_are_named() -> None:
    """The build ends with a sentence, not with a page of a stranger's traceback."""
    with pytest.raises(WorkersAway, match="Dateline is installed there"):
        SpreadEmbedder(FakeEmbedder(), _broken).read_passages(["Pont."])
