"""Files and folders: each source gives a reading, whatever is on the disk."""

from __future__ import annotations

import errno
import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from index.errors import SourceNotFound
from index.sources import files, read_sources
from tests.index.sources.conftest import NOW, article_of

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Reading

TEXT = "Le pont de Corvelle a été fermé lundi matin après la découverte d’une fissure."
LIMIT = 2000


def read(*roots: Path) -> dict[str, Reading]:
    """Read the roots, by source path."""
    readings = list(read_sources(roots, max_bytes=LIMIT, now=NOW))
    found = {reading.source_path: reading for reading in readings}
    assert len(found) == len(readings)
    return found


def refusal(reading: Reading) -> str:
    """Return why a source was refused."""
    assert reading.status == "refused"
    assert reading.reason
    return reading.reason


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    """Return an empty folder named "coverage"."""
    folder = tmp_path / "coverage"
    folder.mkdir()
    return folder


class TestWalking:
    """Which sources are found, and under which names."""

    def test_sources_come_in_order_under_the_root_s_name(self, coverage: Path) -> None:
        """Folders are walked in order of names, hidden ones skipped, and no kind of file is passed over."""
        (coverage / "b").mkdir()
        (coverage / ".git").mkdir()
        for name in ("b/2.txt", "a.txt", ".hidden.txt", ".git/x.txt", "README", "c.doc"):
            (coverage / name).write_text(f"{TEXT} {name}", encoding="utf-8")
        readings = read(coverage)
        assert list(readings) == ["coverage/README", "coverage/a.txt", "coverage/b/2.txt", "coverage/c.doc"]
        assert "“README”" in refusal(readings["coverage/README"])
        assert "“.doc”" in refusal(readings["coverage/c.doc"])

    def test_a_file_can_be_a_root(self, coverage: Path) -> None:
        """A root that is a file is named by itself."""
        (coverage / "a.txt").write_text(TEXT, encoding="utf-8")
        assert list(read(coverage / "a.txt")) == ["a.txt"]

    def test_a_missing_root_is_named(self, coverage: Path) -> None:
        """A root that does not exist stops everything before anything is read."""
        with pytest.raises(SourceNotFound, match="nowhere"):
            read(coverage, coverage / "nowhere")

    def test_roots_of_one_name_stay_apart(self, tmp_path: Path) -> None:
        """The second root of a name gets a number."""
        for parent in ("x", "y"):
            (tmp_path / parent / "coverage").mkdir(parents=True)
            (tmp_path / parent / "coverage" / "a.txt").write_text(f"{TEXT} {parent}", encoding="utf-8")
        assert list(read(tmp_path / "x" / "coverage", tmp_path / "y" / "coverage")) == [
            "coverage/a.txt",
            "coverage~2/a.txt",
        ]

    def test_links_in_circles_end(self, coverage: Path) -> None:
        """A link back to a folder above is refused by name, not followed for ever."""
        (coverage / "a.txt").write_text(TEXT, encoding="utf-8")
        (coverage / "loop").symlink_to(coverage)
        (coverage / "self").symlink_to(coverage / "self")
        readings = read(coverage)
        assert readings["coverage/a.txt"].status == "read"
        assert refusal(readings["coverage/self"])
        assert "a folder that was read already" in refusal(readings["coverage/loop"])
        assert len(readings) == 3

    def test_a_folder_read_through_a_link_is_refused_under_its_other_names(self, coverage: Path) -> None:
        """A folder that a link led to before is refused under its own name and under further links."""
        (coverage / "b").mkdir()
        (coverage / "b" / "a.txt").write_text(TEXT, encoding="utf-8")
        for link in ("a", "c"):
            (coverage / link).symlink_to(coverage / "b")
        readings = read(coverage)
        assert list(readings) == ["coverage/a/a.txt", "coverage/b", "coverage/c"]
        assert "read already" in refusal(readings["coverage/b"])
        assert "read already" in refusal(readings["coverage/c"])

    def test_overlapping_roots_are_read_once(self, coverage: Path) -> None:
        """A folder that lies within two roots is read under the first of them, and nothing is refused."""
        (coverage / "b").mkdir()
        (coverage / "b" / "a.txt").write_text(TEXT, encoding="utf-8")
        assert list(read(coverage, coverage / "b", coverage)) == ["coverage/b/a.txt"]
        assert list(read(coverage / "b", coverage)) == ["b/a.txt"]

    def test_a_dangling_link_is_refused(self, coverage: Path) -> None:
        """A link to nothing is a refused source."""
        (coverage / "gone.txt").symlink_to(coverage / "nothing.txt")
        assert "No such file" in refusal(read(coverage)["coverage/gone.txt"])

    def test_pipes_and_sockets_do_not_hang(self, coverage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is no regular file is refused without being opened."""
        os.mkfifo(coverage / "pipe.txt")
        monkeypatch.chdir(coverage)  # a socket's path must be short
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("s.jsonl")
        readings = read(coverage)
        assert refusal(readings["coverage/pipe.txt"]) == "It is not a regular file."
        assert refusal(readings["coverage/s.jsonl"]) == "It is not a regular file."

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_what_may_not_be_read_is_refused(self, coverage: Path) -> None:
        """Files and folders without permission are refused with the reason."""
        (coverage / "a.txt").write_text(TEXT, encoding="utf-8")
        (coverage / "b").mkdir()
        (coverage / "a.txt").chmod(0)
        (coverage / "b").chmod(0)
        readings = read(coverage)
        (coverage / "b").chmod(0o700)
        assert "Permission denied" in refusal(readings["coverage/a.txt"])
        assert "Permission denied" in refusal(readings["coverage/b"])

    def test_names_that_are_no_utf_8_can_be_stored(self, coverage: Path) -> None:
        """A file's name in another encoding is written with escapes."""
        try:
            (coverage / os.fsdecode(b"\xe9t\xe9.txt")).write_text(TEXT, encoding="utf-8")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
        assert list(read(coverage)) == ["coverage/\\xe9t\\xe9.txt"]

    def test_nothing_to_read_gives_nothing(self, coverage: Path) -> None:
        """An empty folder has no readings."""
        assert read(coverage) == {}


class TestContents:
    """What is in the files."""

    @pytest.mark.parametrize(
        ("name", "data", "reason"),
        [
            ("a.txt", b"", "It is empty."),
            ("a.txt", b" \n\t\n", "It is empty."),
            ("a.txt", b"\xef\xbb\xbf", "It is empty."),
            ("a.txt", b"%PDF-1.7 ...", "binary"),
            ("a.html", b"\x89PNG\r\n\x1a\n", "binary"),
            ("a.txt", b"abc\x00def", "binary"),
            ("a.txt", "déjà ".encode() + b"vu \xe9t\xe9", "byte 10 (line 1)"),
            ("a.txt", b"\x81 never in Windows-1252", "neither UTF-8 nor Windows-1252"),
            ("a.txt", "Привет, мир".encode("cp1251"), "cannot be told"),
            ("a.txt", b"Bref.", "no text"),
            ("a.txt", b"x" * (LIMIT + 1), f"{LIMIT + 1} bytes where {LIMIT} bytes"),
            ("a.json", b'{"text": ', "not valid JSON"),
            ("a.json", b"[" * LIMIT, "nested too deeply"),
            ("a.jsonl", b"\n\n", "It is empty."),
            ("a.html", b"<html><body></body></html>", "no text"),
        ],
    )
    def test_what_cannot_be_cited_is_refused(
        self, coverage: Path, name: str, data: bytes, reason: str
    ) -> None:
        """Empty, binary, wrongly encoded, too large or malformed sources are refused and say why."""
        (coverage / name).write_bytes(data)
        assert reason in refusal(read(coverage)[f"coverage/{name}"])

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"]
    )
    def test_encodings_that_are_certain_are_read(self, coverage: Path, encoding: str) -> None:
        """Each of these encodings gives the same text."""
        (coverage / "a.txt").write_bytes(TEXT.encode(encoding))
        assert article_of(read(coverage)["coverage/a.txt"]).text == TEXT

    def test_a_file_s_time_is_no_date(self, coverage: Path) -> None:
        """When a file was written says nothing about the article."""
        (coverage / "a.txt").write_text(TEXT, encoding="utf-8")
        article = article_of(read(coverage)["coverage/a.txt"])
        assert (article.published_at, article.updated_at, article.collected_at) == (None, None, None)

    def test_the_digest_is_that_of_the_bytes(self, coverage: Path) -> None:
        """The digest changes with the file's bytes, and nothing else."""
        (coverage / "a.txt").write_text(TEXT, encoding="utf-8")
        first = article_of(read(coverage)["coverage/a.txt"]).source_sha256
        (coverage / "a.txt").write_text(f"{TEXT} ", encoding="utf-8")
        assert article_of(read(coverage)["coverage/a.txt"]).source_sha256 != first


class TestLines:
    """Records line by line."""

    def test_lines_are_numbered_as_an_editor_counts(self, coverage: Path) -> None:
        """Blank lines count, and a byte order mark is no part of the first record."""
        lines = [json.dumps({"text": f"{TEXT} {number}"}) for number in range(2)]
        (coverage / "a.jsonl").write_text("\ufeff" + lines[0] + "\n\n" + lines[1], encoding="utf-8")
        assert list(read(coverage)) == ["coverage/a.jsonl#1", "coverage/a.jsonl#3"]

    def test_the_limit_is_for_a_line_not_for_the_file(self, coverage: Path) -> None:
        """A file larger than the limit is read; a line larger than it is refused, and the next one read."""
        lines = [json.dumps({"text": f"{TEXT} {number}"}) for number in range(30)]
        lines[3] = json.dumps({"text": TEXT * 100})
        (coverage / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
        readings = read(coverage)
        assert len(readings) == 30
        assert "Line 4: It is too large" in refusal(readings["coverage/a.jsonl#4"])
        assert readings["coverage/a.jsonl#5"].status == "read"

    def test_a_badly_encoded_line_is_refused_alone(self, coverage: Path) -> None:
        """A line of mixed encodings is named, and the next one read."""
        good = json.dumps({"text": TEXT}, ensure_ascii=False).encode()
        (coverage / "a.jsonl").write_bytes(good.replace(b"lundi", b"\xe9") + b"\n" + good)
        readings = read(coverage)
        assert "Line 1: It mixes encodings" in refusal(readings["coverage/a.jsonl#1"])
        assert readings["coverage/a.jsonl#2"].status == "read"

    def test_wide_encodings_are_read_whole(self, coverage: Path) -> None:
        """UTF-16 has no lines of bytes: such a file is decoded before it is split."""
        lines = "\n".join(json.dumps({"text": f"{TEXT} {number}"}) for number in range(2))
        (coverage / "a.jsonl").write_bytes(lines.encode("utf-16"))
        assert [reading.status for reading in read(coverage).values()] == ["read", "read"]


def test_the_same_file_in_two_roots_is_read_once(tmp_path: Path) -> None:
    """A copy of an article is a duplicate that names the first one."""
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"Un titre de quelques mots ici\n{TEXT}", encoding="utf-8")
    readings = read(tmp_path / "x", tmp_path / "y")
    assert [reading.status for reading in readings.values()] == ["read", "duplicate"]
    assert "x/a.txt" in str(readings["y/a.txt"].reason)


def test_a_full_disk_is_no_fault_of_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that was refused for it would be taken out of the index."""

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "pont.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(files, "_read_file", no_room)
    with pytest.raises(OSError, match="space"):
        read(tmp_path)
