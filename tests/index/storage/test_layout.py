"""A generation is published in one step, and what cannot be trusted is refused with the way out."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from index.errors import IndexDamaged, IndexMissing, IndexStale
from index.storage.layout import (
    LAYOUT_VERSION,
    IndexFiles,
    open_published,
    rebuild_command,
    write_manifest,
)
from index.storage.leases import Lease
from index.storage.publishing import file_facts, publish, sweep
from tests.factories import make_generation

if TYPE_CHECKING:
    from pathlib import Path

    from index.generation import Generation


@pytest.fixture
def index(tmp_path: Path) -> IndexFiles:
    """Return an index folder in which nothing is published."""
    return IndexFiles(tmp_path / "index")


def publish_one(index: IndexFiles, generation_id: str, **facts: Any) -> Generation:
    """Publish a generation of one file."""
    draft = index.draft(generation_id)
    draft.folder.mkdir(parents=True)
    draft.articles.write_bytes(b"articles")
    draft.lease.touch()
    facts = {"serial": len(list(index.generations.iterdir())), "files": file_facts(draft, {}, 0), **facts}
    generation = make_generation(generation_id, **facts)
    write_manifest(draft, generation)
    publish(index, generation_id)
    return generation


def generations(index: IndexFiles) -> set[str]:
    """Return the names of the folders that are there."""
    return {folder.name for folder in (index.folder / "generations").iterdir()}


class TestPublishing:
    """A reader sees the old generation or the new one."""

    def test_what_was_published_can_be_opened(self, index: IndexFiles) -> None:
        """The pointer and the folder must agree, and the manifest come back as it was written."""
        generation = publish_one(index, "g1", newest_published_at=None)
        assert open_published(index) == (generation, index.generation("g1"))

    def test_the_newest_one_counts(self, index: IndexFiles) -> None:
        """After a second build questions go to it."""
        publish_one(index, "g1")
        publish_one(index, "g2")
        assert index.published_id() == "g2"

    def test_no_draft_and_no_pointer_beside_remain(self, index: IndexFiles) -> None:
        """What is left lying about would be taken for something."""
        publish_one(index, "g1")
        assert generations(index) == {"g1"}
        assert {path.name for path in index.folder.iterdir()} == {"CURRENT", "generations"}

    def test_a_pointer_that_cannot_be_written_leaves_the_old_one(self, index: IndexFiles) -> None:
        """When the last step fails, the published generation must go on serving."""
        old = publish_one(index, "g1")
        index.current.with_suffix(".new").mkdir()
        with pytest.raises(OSError, match="directory"):
            publish_one(index, "g2")
        assert open_published(index)[0] == old

    def test_a_draft_that_is_not_there_leaves_the_old_one(self, index: IndexFiles) -> None:
        """The pointer must never name what does not exist."""
        publish_one(index, "g1")
        with pytest.raises(FileNotFoundError):
            publish(index, "never-built")
        assert index.published_id() == "g1"

    def test_the_one_before_stays_and_older_ones_go(self, index: IndexFiles) -> None:
        """A bot that still reads the old one needs it until the next build; the disk is not for ever."""
        for name in ("g1", "g2", "g3", "g4"):
            publish_one(index, name)
        assert generations(index) == {"g3", "g4"}

    def test_as_many_stay_as_are_wanted(self, index: IndexFiles) -> None:
        """Who wants to go back further keeps more of them."""
        for name in ("g1", "g2", "g3"):
            publish_one(index, name)
        assert sweep(index, "g3", 1) == ("g3",)
        assert generations(index) == {"g3"}

    def test_one_that_is_read_stays(self, index: IndexFiles) -> None:
        """A bot that was asked something long goes on reading its generation however many come after."""
        publish_one(index, "g1")
        with closing(Lease.take(index.generation("g1").folder)):
            for name in ("g2", "g3", "g4"):
                publish_one(index, name)
            assert generations(index) == {"g1", "g3", "g4"}
        publish_one(index, "g5")
        assert generations(index) == {"g4", "g5"}

    def test_a_clock_that_jumps_back_changes_no_order(self, index: IndexFiles) -> None:
        """Names begin with a time, and a name of the future must not make a generation the newest."""
        for name in ("20290101T000000Z-a", "20230101T000000Z-b", "20230101T000001Z-c"):
            publish_one(index, name)
        assert generations(index) == {"20230101T000000Z-b", "20230101T000001Z-c"}

    def test_dead_drafts_go(self, index: IndexFiles) -> None:
        """A build that was killed leaves a draft behind, which the next one removes."""
        index.draft("killed").folder.mkdir(parents=True)
        publish_one(index, "g1")
        assert generations(index) == {"g1"}

    def test_sweeping_touches_generations_only(self, index: IndexFiles) -> None:
        """The cache of vectors and the person's other files are not ours to remove."""
        publish_one(index, "g1")
        index.vector_cache.write_bytes(b"vectors")
        (index.folder / "notes.txt").write_text("mine", encoding="utf-8")
        sweep(index, "g1", 1)
        assert index.vector_cache.exists()
        assert (index.folder / "notes.txt").exists()

    def test_sweeping_an_empty_folder_is_no_error(self, index: IndexFiles) -> None:
        """The very first build has nothing to remove."""
        sweep(index, "none", 1)


class TestRefusing:
    """What cannot be read is refused, with the command that repairs it."""

    def test_nothing_published(self, index: IndexFiles) -> None:
        """A person who has no index yet must learn how to make one, and where it would be."""
        with pytest.raises(IndexMissing) as caught:
            open_published(index)
        assert rebuild_command(index.folder) in str(caught.value)
        assert str(index.folder) in str(caught.value)

    @pytest.mark.parametrize(
        "written",
        [
            b"",
            b"\n",
            b".",
            b"..",
            b"g1/../g1",
            b"../../elsewhere",
            b"/elsewhere",
            b"g1\ng1",
            b"\xff\xfe\xfa",
            b"\x00",
        ],
    )
    def test_a_pointer_that_names_no_generation(self, index: IndexFiles, written: bytes) -> None:
        """Nothing but a name may be joined to a path: an empty one is the folder of all generations."""
        publish_one(index, "g1")
        index.current.write_bytes(written)
        with pytest.raises(IndexDamaged) as caught:
            open_published(index)
        assert str(index.current) in str(caught.value)
        assert rebuild_command(index.folder) in str(caught.value)

    @pytest.mark.parametrize("layout", [LAYOUT_VERSION + 1, 0, "1", None])
    def test_another_layout_is_stale(self, index: IndexFiles, layout: object) -> None:
        """Files of another version must not be half understood."""
        publish_one(index, "g1")
        self.rewrite(index, layout=layout)
        with pytest.raises(IndexStale) as caught:
            open_published(index)
        assert rebuild_command(index.folder) in str(caught.value)

    def test_another_layout_is_stale_whatever_else_it_says(self, index: IndexFiles) -> None:
        """A future manifest has other fields; it is stale, not damaged."""
        publish_one(index, "g1")
        index.generation("g1").manifest.write_text('{"layout": 99, "shape": "new"}', encoding="utf-8")
        with pytest.raises(IndexStale, match="layout 99"):
            open_published(index)

    @pytest.mark.parametrize(
        "written",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b"{}",
            b'{"layout": 6}',
            b"\xff\xfe\x00",
            b"\x00" * 100,
            b'{"layout": 6, "generation_id": "g1", "articles": "many"}',
        ],
    )
    def test_a_damaged_manifest(self, index: IndexFiles, written: bytes) -> None:
        """A manifest cut short by a full disk is named as damaged, with the way out."""
        publish_one(index, "g1")
        index.generation("g1").manifest.write_bytes(written)
        with pytest.raises(IndexDamaged) as caught:
            open_published(index)
        assert rebuild_command(index.folder) in str(caught.value)

    @pytest.mark.parametrize("damage", ["cut short", "gone", "manifest"])
    def test_the_one_before_serves_while_the_newest_is_damaged(
        self, index: IndexFiles, caplog: pytest.LogCaptureFixture, damage: str
    ) -> None:
        """Questions are answered from what is whole, and the damage is told by name."""
        before = publish_one(index, "g1")
        publish_one(index, "g2")
        files = index.generation("g2")
        if damage == "cut short":
            files.articles.write_bytes(b"art")
        else:
            (files.articles if damage == "gone" else files.manifest).unlink()
        assert open_published(index) == (before, index.generation("g1"))
        assert "g2" in caplog.text
        assert "g1" in caplog.text
        assert rebuild_command(index.folder) in caplog.text

    def test_a_missing_manifest(self, index: IndexFiles) -> None:
        """A folder that someone half deleted is damaged, not a traceback."""
        publish_one(index, "g1")
        index.generation("g1").manifest.unlink()
        with pytest.raises(IndexDamaged):
            open_published(index)

    def test_a_pointer_to_nothing(self, index: IndexFiles) -> None:
        """A generation that is gone is damaged, not missing: something was published."""
        before = publish_one(index, "g1")
        index.current.write_text("gone\n", encoding="utf-8")
        assert open_published(index)[0] == before
        shutil.rmtree(index.generation("g1").folder)
        with pytest.raises(IndexDamaged, match="gone"):
            open_published(index)

    def test_a_damaged_pointer_is_mended_by_the_next_build(self, index: IndexFiles) -> None:
        """The sentence says that rebuilding helps, so it must."""
        publish_one(index, "g1")
        index.current.write_bytes(b"")
        generation = publish_one(index, "g2")
        assert open_published(index)[0] == generation

    def test_an_index_folder_that_is_a_file(self, tmp_path: Path) -> None:
        """``--index FILE`` is a slip of the hand and deserves a sentence."""
        (tmp_path / "index").write_text("a file", encoding="utf-8")
        with pytest.raises(IndexMissing):
            open_published(IndexFiles(tmp_path / "index"))

    def test_the_command_can_be_pasted(self, tmp_path: Path) -> None:
        """A folder with a blank in its name must be one argument."""
        assert f"'{tmp_path / 'my index'}'" in rebuild_command(tmp_path / "my index")

    @staticmethod
    def rewrite(index: IndexFiles, **facts: object) -> None:
        """Change facts in the published manifest."""
        _, files = open_published(index)
        written = json.loads(files.manifest.read_text(encoding="utf-8"))
        files.manifest.write_text(json.dumps(written | facts), encoding="utf-8")
