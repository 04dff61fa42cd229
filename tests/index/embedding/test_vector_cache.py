"""Nothing is embedded twice, and a vector of one model never stands for one of another."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.vector_cache import VectorCache
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.embedding.words_in_place import WordsInPlace
    from index.protocols import Embedder, Vectors


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    """Return an empty cache."""
    with closing(VectorCache.open(tmp_path / "vectors.db")) as opened:
        yield opened


def embed(cache: VectorCache, embedder: Embedder, texts: Sequence[str]) -> tuple[Vectors, list[bytes], int]:
    """Return vectors, digests of words and what was known, as a build asks for them and has them kept."""
    found = cache.read(embedder, texts)
    return found.vectors, cache.keep(found), found.from_cache


def plain(texts: Sequence[str]) -> Vectors:
    """Return the vectors without a cache."""
    return FakeEmbedder().embed_passages(texts)


def test_vectors_are_those_of_the_model(cache: VectorCache) -> None:
    """A cache may be quicker, never different, in the order of the texts."""
    texts = ["Le pont ferme.", "Le port rouvre.", "Un loup rôde."]
    vectors, _, known = embed(cache, FakeEmbedder(), texts)
    assert vectors.tobytes() == plain(texts).tobytes()
    assert known == 0


def test_the_second_time_nothing_is_embedded(cache: VectorCache) -> None:
    """Embedding is what a build waits for; the same text again must cost nothing."""
    embedder = FakeEmbedder()
    first, _, _ = embed(cache, embedder, ["a", "b"])
    second, _, known = embed(cache, embedder, ["b", "a"])
    assert embedder.embedded == ["a", "b"]
    assert known == 2
    assert second.tobytes() == first[::-1].tobytes()


def test_only_what_is_missing_is_embedded(cache: VectorCache) -> None:
    """One new article must not have the whole collection embedded again."""
    embedder = FakeEmbedder()
    embed(cache, embedder, ["a", "c"])
    vectors, _, known = embed(cache, embedder, ["a", "b", "c", "d"])
    assert embedder.embedded == ["a", "c", "b", "d"]
    assert known == 2
    assert vectors.tobytes() == plain(["a", "b", "c", "d"]).tobytes()


def test_a_text_that_comes_twice_is_embedded_once(cache: VectorCache) -> None:
    """Wire copy stands in many articles word for word."""
    embedder = FakeEmbedder()
    vectors, _, known = embed(cache, embedder, ["a", "b", "a"])
    assert embedder.embedded == ["a", "b"]
    assert known == 0
    assert vectors.tobytes() == plain(["a", "b", "a"]).tobytes()


def test_another_process_finds_the_vectors(tmp_path: Path) -> None:
    """The cache outlives the build, bit for bit."""
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        embed(cache, FakeEmbedder(), ["a"])
    embedder = FakeEmbedder()
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        vectors, _, known = embed(cache, embedder, ["a"])
    assert (embedder.embedded, known) == ([], 1)
    assert vectors.tobytes() == plain(["a"]).tobytes()


def test_two_models_do_not_share_vectors(cache: VectorCache) -> None:
    """The same words have another vector in another model."""
    one, other = FakeEmbedder(), FakeEmbedder("other")
    first, _, _ = embed(cache, one, ["a"])
    second, _, known = embed(cache, other, ["a"])
    assert known == 0
    assert first.tobytes() != second.tobytes()


def test_a_vector_of_the_wrong_length_is_embedded_anew(cache: VectorCache) -> None:
    """A damaged row must not end up in the index."""
    embedder = FakeEmbedder()
    embed(cache, embedder, ["a"])
    cache._db.execute("UPDATE embedded SET vector = x'00000000'")
    vectors, _, known = embed(cache, embedder, ["a"])
    assert known == 0
    assert vectors.tobytes() == plain(["a"]).tobytes()
    assert embed(cache, embedder, ["a"])[2] == 1


def test_no_texts_give_no_rows(cache: VectorCache) -> None:
    """A collection without passages is a matrix without rows."""
    vectors, _, known = embed(cache, FakeEmbedder(), [])
    assert vectors.shape == (0, 64)
    assert vectors.dtype == np.float32
    assert known == 0


def test_rows_are_our_own(cache: VectorCache) -> None:
    """A caller that changes its matrix must not change the next caller's."""
    embedder = FakeEmbedder()
    embed(cache, embedder, ["a"])
    vectors, _, _ = embed(cache, embedder, ["a"])
    vectors[:] = 0
    assert embed(cache, embedder, ["a"])[0].tobytes() == plain(["a"]).tobytes()


def test_a_model_that_fails_leaves_the_cache_as_it_was(cache: VectorCache) -> None:
    """Vectors that were never made must not be remembered."""

    class Failing(FakeEmbedder):
        def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[WordsInPlace]]:
            raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError, match="out of memory"):
        embed(cache, Failing(), ["a"])
    assert embed(cache, FakeEmbedder(), ["a"])[2] == 0


def test_a_build_that_is_killed_keeps_its_batches(tmp_path: Path) -> None:
    """What was embedded is on disk when the call returns, not when the cache is closed."""
    with closing(VectorCache.open(tmp_path / "vectors.db")) as killed:
        embed(killed, FakeEmbedder(), ["a"])
        with closing(VectorCache.open(tmp_path / "vectors.db")) as following:
            assert embed(following, FakeEmbedder(), ["a"])[2] == 1


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=6), max_size=4)
)
def test_whatever_was_asked_before(batches: list[list[str]]) -> None:
    """The vectors do not depend on what is in the cache, and no text is ever embedded twice."""
    embedder = FakeEmbedder()
    with closing(_in_memory()) as cache:
        for batch in batches:
            vectors, _, known = embed(cache, embedder, batch)
            assert vectors.tobytes() == plain(batch).tobytes()
            assert 0 <= known <= len(batch)
    assert len(embedder.embedded) == len(set(embedder.embedded))


def test_a_damaged_file_is_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is only a cache: a build goes on without it, says so, and remembers from then on."""
    (tmp_path / "vectors.db").write_bytes(b"garbage" * 1000)
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        assert embed(cache, FakeEmbedder(), ["a"])[2] == 0
    assert "vectors.db is damaged" in caplog.text
    caplog.clear()
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        assert embed(cache, FakeEmbedder(), ["a"])[2] == 1
    assert caplog.text == ""


def test_a_damaged_file_leaves_nothing_of_the_build_that_was_killed(tmp_path: Path) -> None:
    """SQLite keeps the last writes in a file beside it, which must not be taken for the new one's."""
    killed = VectorCache.open(tmp_path / "vectors.db")
    embed(killed, FakeEmbedder(), ["a"])
    log = (tmp_path / "vectors.db-wal").read_bytes()
    killed.close()
    (tmp_path / "vectors.db").write_bytes(b"garbage" * 1000)
    (tmp_path / "vectors.db-wal").write_bytes(log)
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        vectors, _, _ = embed(cache, FakeEmbedder(), ["a", "b"])
    assert vectors.tobytes() == plain(["a", "b"]).tobytes()
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        assert embed(cache, FakeEmbedder(), ["a", "b"])[2] == 2


def test_a_file_cut_short_does_not_stop_a_build(tmp_path: Path) -> None:
    """A copy that broke off half way opens well, and fails only when it is read."""
    texts = [str(number) for number in range(300)]
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        embed(cache, FakeEmbedder(), texts)
    whole = (tmp_path / "vectors.db").read_bytes()
    (tmp_path / "vectors.db").write_bytes(whole[: len(whole) // 2])
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        vectors, _, _ = embed(cache, FakeEmbedder(), texts)
    assert vectors.tobytes() == plain(texts).tobytes()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_damaged_page_does_not_stop_a_build(tmp_path: Path, share: float) -> None:
    """It would stop every build after that with a traceback, and nobody would know what to remove."""
    texts = [str(number) for number in range(300)]
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        embed(cache, FakeEmbedder(), texts)
    written = bytearray((tmp_path / "vectors.db").read_bytes())
    page = int(share * len(written)) // 4096 * 4096
    written[page : page + 200] = b"\xff" * 200
    (tmp_path / "vectors.db").write_bytes(written)
    with closing(VectorCache.open(tmp_path / "vectors.db")) as cache:
        vectors, _, _ = embed(cache, FakeEmbedder(), texts)
    assert vectors.tobytes() == plain(texts).tobytes()


def _in_memory() -> VectorCache:
    return VectorCache.open(Path(":memory:"))
