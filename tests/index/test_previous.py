"""What differs between two collections, and what a build takes over from the one before."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.previous import Difference, compared, previous_of
from index.storage.layout import IndexFiles, open_published
from index.storage.segments import segments_in, to_merge
from tests.builds import build
from tests.factories import make_article
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article

_ROWS = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.sampled_from([b"1", b"2"]))


@given(_ROWS, _ROWS)
def test_the_difference_is_that_of_two_dictionaries(new: dict[str, bytes], old: dict[str, bytes]) -> None:
    """Both are read once, in order, so that two large collections can be compared without holding them."""
    found = compared(sorted(new.items()), sorted(old.items()))
    assert found.added == sorted(new.keys() - old.keys())
    assert found.removed == sorted(old.keys() - new.keys())
    both = new.keys() & old.keys()
    assert found.changed == sorted(name for name in both if new[name] != old[name])
    assert found.unchanged == sum(new[name] == old[name] for name in both)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=40))
def test_segments_stay_few(sizes: list[int]) -> None:
    """A year of nights must not leave a file for each, and a large file is not copied for a small one."""
    kept: list[int] = []
    for size in sizes:
        kept.append(size)
        count = to_merge(kept)
        kept[-count:] = [sum(kept[-count:])]
    assert sum(kept) == sum(sizes)
    assert all(before >= 2 * after for before, after in pairwise(kept))


def test_a_share_of_nothing_is_everything() -> None:
    """The first build has no collection before it."""
    assert Difference(["a"], [], [], 0).share() >= 1


def articles(count: int, first: int = 0) -> list[Article]:
    """Return articles of one passage each."""
    sentence = "Le pont numéro {} de la rue du Moulin sera fermé aux camions pendant quatorze mois."
    return [make_article(f"pont{n}", text=sentence.format(n)) for n in range(first, first + count)]


@pytest.fixture
def index(tmp_path: Path) -> IndexFiles:
    """Return an index of twelve articles."""
    build(tmp_path / "index", articles(12))
    return IndexFiles(tmp_path / "index")


def test_what_was_embedded_is_shared_and_not_copied(index: IndexFiles) -> None:
    """Words take sixteen kilobytes a passage: two generations must not take them twice."""
    (before,) = segments_in(open_published(index)[1].words)
    summary = build(index.folder, articles(13))
    assert summary.anew is None
    shared, added = segments_in(open_published(index)[1].words)
    assert shared.stat().st_ino == before.stat().st_ino
    assert added.stat().st_nlink == 1
    assert not index.vector_cache.exists()


def test_dead_rows_go_when_they_are_many(index: IndexFiles) -> None:
    """What nobody needs any more must not stay for ever."""
    (before,) = segments_in(open_published(index)[1].words)
    for count in (9, 7, 5):
        build(index.folder, articles(count))
    (after,) = segments_in(open_published(index)[1].words)
    assert after.name != before.name
    embedder = FakeEmbedder()
    build(index.folder, articles(12), embedder=embedder)
    assert embedder.embedded  # those that were dropped with their generations


def test_a_removed_article_leaves_no_trace(index: IndexFiles, tmp_path: Path) -> None:
    """Full text, vectors and counts are those of an index that never held it."""
    changed = build(index.folder, articles(11)).generation
    fresh = build(tmp_path / "fresh", articles(11)).generation
    assert (changed.passages, changed.corpus_sha256) == (fresh.passages, fresh.corpus_sha256)
    assert (changed.vectors_sha256, changed.words_sha256) == (fresh.vectors_sha256, fresh.words_sha256)


def test_an_altered_generation_is_not_taken_over(index: IndexFiles) -> None:
    """Damage must not be copied from generation to generation."""
    _, files = open_published(index)
    written = bytearray(files.articles.read_bytes())
    place = written.index(b"Moulin")
    written[place : place + 6] = b"Ruelle"
    files.articles.write_bytes(written)
    with previous_of(index) as previous:
        assert "was altered" in (previous.unusable or "")
    summary = build(index.folder, articles(12))
    assert "was altered" in (summary.anew or "")
    assert summary.embedded == 0


def test_what_is_published_is_proved_and_not_written(index: IndexFiles) -> None:
    """A graph that was never kept Chroma makes anew as it opens it, and where the disk is full cuts it short."""
    _, files = open_published(index)
    graph = sorted(files.vectors.glob("*/*.bin"))
    assert graph
    before = [path.stat().st_mtime_ns for path in graph]
    with previous_of(index) as previous:
        assert previous.unusable is None
        assert [path.stat().st_mtime_ns for path in graph] == before


def test_much_that_is_new_is_built_from_nothing(index: IndexFiles) -> None:
    """Copying and changing most of a copy would be slower, and leave holes."""
    assert "more than a third" in (build(index.folder, articles(20)).anew or "")
