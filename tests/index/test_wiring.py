"""The parts put together: real folders in, an index out, and one sentence when something is in the way."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from filelock import FileLock

from index import build_wiring, wiring
from index.errors import (
    IndexDamaged,
    IndexMissing,
    IndexNotWritable,
    IndexStale,
    NothingRead,
    SourceNotFound,
)
from index.settings import IndexSettings, load_settings
from index.storage.layout import IndexFiles, open_published
from index.storage.verification import faults
from tests.builds import build, no_progress
from tests.factories import FRENCH_TEXT, make_article, make_query
from tests.fakes import FakeEmbedder

_DESCRIPTORS = Path("/proc/self/fd")


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the fake in the model's place: loading the real one takes seconds."""
    monkeypatch.setattr(wiring, "make_embedder", lambda _: FakeEmbedder())


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IndexSettings:
    """Return settings for an index that is not there yet."""
    monkeypatch.chdir(tmp_path)
    return load_settings(IndexSettings, index_dir=tmp_path / "index", cache_dir=tmp_path / "cache")


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    """Return a folder of one readable record and one file that is refused."""
    folder = tmp_path / "coverage"
    folder.mkdir()
    record = {
        "id": "1",
        "title": "Orvanne rénove son pont",
        "text": FRENCH_TEXT,
        "date": "2022-12-09",
        "publisher": "Le Courrier d'Orvanne",
    }
    (folder / "articles.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    (folder / "photo.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of one article, only to be copied."""
    folder = tmp_path_factory.mktemp("built") / "index"
    build(folder, [make_article()])
    return folder


class TestBuildIndex:
    """From a folder to a published index."""

    def test_a_folder_becomes_an_index_that_answers(self, settings: IndexSettings, coverage: Path) -> None:
        """Reading, splitting, storing and finding must fit together."""
        summary = build_wiring.build_index(settings, [coverage], no_progress)
        assert (summary.count("read"), summary.count("refused")) == (1, 1)
        assert list(faults(open_published(IndexFiles(settings.index_dir))[1], summary.generation)) == []
        retriever = wiring.open_retriever(settings)
        best = retriever.retrieve(make_query("Combien de millions coûteront les travaux ?"))[0]
        article = retriever.article(best.passage.article_id)
        assert "3,5 millions" in best.passage.text
        assert best.passage.span.of(article.text) == best.passage.text
        assert article.publisher == "Le Courrier d'Orvanne"
        retriever.close()

    def test_articles_can_be_opened_alone(self, settings: IndexSettings, coverage: Path) -> None:
        """Showing an article needs neither the model nor the vectors."""
        build_wiring.build_index(settings, [coverage], no_progress)
        with closing(wiring.open_articles(settings)) as articles:
            assert [article.headline for article in articles.articles()] == ["Orvanne rénove son pont"]

    def test_a_root_that_is_not_there(self, settings: IndexSettings, tmp_path: Path) -> None:
        """A misspelt folder must be named, and nothing be published."""
        with pytest.raises(SourceNotFound, match="nowhere"):
            build_wiring.build_index(settings, [tmp_path / "nowhere"], no_progress)
        with pytest.raises(IndexMissing):
            wiring.open_articles(settings)

    def test_a_folder_of_nothing_keeps_the_old_index(
        self, settings: IndexSettings, coverage: Path, tmp_path: Path
    ) -> None:
        """An empty folder must not publish an empty index over a good one."""
        old = build_wiring.build_index(settings, [coverage], no_progress).generation
        (tmp_path / "empty").mkdir()
        with pytest.raises(NothingRead):
            build_wiring.build_index(settings, [tmp_path / "empty"], no_progress)
        assert open_published(IndexFiles(settings.index_dir))[0] == old

    def test_two_builds_do_not_meet(
        self, settings: IndexSettings, coverage: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A second build waits, and says what it waited for when it gives up."""
        monkeypatch.setattr(build_wiring, "_PATIENCE", 0)
        files = IndexFiles(settings.index_dir)
        files.folder.mkdir()
        with FileLock(files.build_lock), pytest.raises(IndexNotWritable, match="Another build"):
            build_wiring.build_index(settings, [coverage], no_progress)
        build_wiring.build_index(settings, [coverage], no_progress)

    def test_an_index_folder_that_is_a_file(self, settings: IndexSettings, coverage: Path) -> None:
        """``--index FILE`` is a slip of the hand and deserves a sentence."""
        settings.index_dir.write_text("a file", encoding="utf-8")
        with pytest.raises(IndexNotWritable):
            build_wiring.build_index(settings, [coverage], no_progress)

    def test_a_disk_that_is_read_only(
        self, settings: IndexSettings, coverage: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Such a disk does not raise PermissionError, and a person needs the sentence all the same."""

        def read_only(*_: object, **__: object) -> None:
            raise OSError(errno.EROFS, "Read-only file system")

        monkeypatch.setattr(FileLock, "acquire", read_only)
        with pytest.raises(IndexNotWritable, match="Read-only file system"):
            build_wiring.build_index(settings, [coverage], no_progress)

    def test_a_cache_that_cannot_be_opened(self, settings: IndexSettings, coverage: Path) -> None:
        """A disk that is full is full before the first vector, too."""
        IndexFiles(settings.index_dir).vector_cache.mkdir(parents=True)
        with pytest.raises(IndexNotWritable, match="cannot be written"):
            build_wiring.build_index(settings, [coverage], no_progress)

    def test_names_that_are_not_utf8(self, settings: IndexSettings, tmp_path: Path) -> None:
        """A folder and a file named on an old system are read like any other, and can be cited."""
        odd = tmp_path / os.fsdecode(b"caf\xe9")
        odd.mkdir()
        (odd / os.fsdecode(b"\xe9t\xe9.txt")).write_text(FRENCH_TEXT, encoding="utf-8")
        summary = build_wiring.build_index(settings, [odd], no_progress)
        assert summary.count("read") == 1
        with closing(wiring.open_articles(settings)) as articles:
            (article,) = articles.articles()
        assert article.source_path.encode()


class TestClosing:
    """A bot that runs for weeks opens an index after each build."""

    def test_a_closed_retriever_answers_no_more(self, built: Path, settings: IndexSettings) -> None:
        """Whoever still holds it must be told, not be answered from files that are gone."""
        shutil.copytree(built, settings.index_dir)
        retriever = wiring.open_retriever(settings)
        retriever.close()
        with pytest.raises(IndexDamaged):
            retriever.extent()

    @pytest.mark.skipif(not _DESCRIPTORS.is_dir(), reason="open files cannot be counted here")
    def test_nothing_stays_open(self, built: Path, settings: IndexSettings) -> None:
        """A process may hold a thousand files or so, and a build comes every hour."""
        shutil.copytree(built, settings.index_dir)
        with closing(wiring.open_retriever(settings)) as first:  # what is opened once and for all is open now
            first.retrieve(make_query())
            assert _open_in(settings.index_dir), "the counting itself must see what is open"
        _wait_until_closed(settings.index_dir)
        before = len(_open_in(Path("/")))
        for _ in range(30):
            with closing(wiring.open_retriever(settings)) as retriever:
                retriever.retrieve(make_query())
        _wait_until_closed(settings.index_dir)
        assert _open_in(settings.index_dir) == []
        assert len(_open_in(Path("/"))) <= before

    @pytest.mark.skipif(not _DESCRIPTORS.is_dir(), reason="open files cannot be counted here")
    def test_half_of_an_index_does_not_stay_open(self, built: Path, settings: IndexSettings) -> None:
        """What cannot be opened is tried again at each question."""
        shutil.copytree(built, settings.index_dir)
        _, files = open_published(IndexFiles(settings.index_dir))
        (files.vectors / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
        with pytest.raises(
            IndexDamaged
        ) as held:  # with its frames, so that nothing is closed by being forgotten
            wiring.open_retriever(settings)
        _wait_until_closed(settings.index_dir)
        assert _open_in(settings.index_dir) == [], held


def _open_in(folder: Path) -> list[str]:
    found = []
    for descriptor in _DESCRIPTORS.iterdir():
        with suppress(OSError):  # the one that lists them is gone when it is asked for
            found.append(str(descriptor.readlink()))
    return [name for name in found if folder == Path("/") or name.startswith(str(folder.resolve()))]


def _wait_until_closed(folder: Path) -> None:
    """Chroma's compiled half closes its database beside us, within a hundredth of a second."""
    until = time.monotonic() + 10
    while _open_in(folder) and time.monotonic() < until:
        time.sleep(0.01)


class TestOpening:
    """What cannot be searched is refused with the way out."""

    def test_no_index(self, settings: IndexSettings) -> None:
        """A person without an index learns how to build one."""
        with pytest.raises(IndexMissing, match=r"rebuild_index\.py"):
            wiring.open_retriever(settings)

    def test_an_index_of_another_model(self, settings: IndexSettings) -> None:
        """Questions of one model among vectors of another find nonsense."""
        build(settings.index_dir, [make_article()], embedder=FakeEmbedder("other"))
        with pytest.raises(IndexStale) as caught:
            wiring.open_retriever(settings)
        for words in ("fake:other:64", "fake:words:64", "rebuild_index.py", str(settings.index_dir)):
            assert words in str(caught.value)

    @pytest.mark.parametrize("content", [None, b"", b"garbage" * 1000])
    def test_articles_that_are_gone_or_damaged(
        self, built: Path, settings: IndexSettings, content: bytes | None
    ) -> None:
        """The docstrings promise IndexDamaged where files cannot be read."""
        shutil.copytree(built, settings.index_dir)
        _, files = open_published(IndexFiles(settings.index_dir))
        files.articles.unlink()
        if content is not None:
            files.articles.write_bytes(content)
        with pytest.raises(IndexDamaged):
            wiring.open_articles(settings)
        with pytest.raises(IndexDamaged):
            wiring.open_retriever(settings)

    def test_vectors_that_are_gone(self, built: Path, settings: IndexSettings) -> None:
        """Half an index is damaged."""
        shutil.copytree(built, settings.index_dir)
        _, files = open_published(IndexFiles(settings.index_dir))
        files.vectors.rename(files.vectors.with_name("elsewhere"))
        with pytest.raises(IndexDamaged, match="damaged"):
            wiring.open_retriever(settings)
