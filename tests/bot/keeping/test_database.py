"""The file of what the bot remembers: for its owner alone, whole after a kill, and never replaced in silence."""

from __future__ import annotations

import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.keeping.database import SCHEMA_VERSION, open_database, read_database, salt
from bot.keeping.marks import KeptMarks

ROOT = Path(__file__).resolve().parents[3]
_KILLED = """
import os, signal, sys
from pathlib import Path
from bot.keeping.database import open_database
from bot.keeping.marks import KeptMarks

database = open_database(Path(sys.argv[1]))
KeptMarks(database).set("written", "yes")
database.execute("INSERT INTO marks VALUES ('half', 'written')")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a file can be made, in a folder that is not there yet."""
    return tmp_path / "state" / "bot.db"


def test_the_file_is_made_for_its_owner_alone(file: Path) -> None:
    """Questions are people's own: nobody else on the machine reads them, in none of the three files."""
    with closing(open_database(file)) as database:
        KeptMarks(database).set("name", "value")
        made = list(file.parent.iterdir())
        assert {found.name for found in made} == {"bot.db", "bot.db-wal", "bot.db-shm"}
        assert {stat.S_IMODE(found.stat().st_mode) for found in made} == {0o600}


def test_what_is_kept_is_there_when_it_is_opened_again(file: Path) -> None:
    """A restart must not make the bot forget, nor make its salt anew."""
    with closing(open_database(file)) as database:
        KeptMarks(database).set("name", "value")
        before = salt(database)
    with closing(open_database(file)) as database:
        assert KeptMarks(database).mark("name") == "value"
        assert salt(database) == before
        assert len(before) == 32


def test_two_files_have_two_salts(tmp_path: Path) -> None:
    """With one salt for all, a person's digest could be looked up in another bot's file."""
    with closing(open_database(tmp_path / "1.db")) as one, closing(open_database(tmp_path / "2.db")) as other:
        assert salt(one) != salt(other)


def test_a_kill_loses_nothing_that_was_written_and_keeps_nothing_by_halves(file: Path) -> None:
    """A bot that is killed finds what it had said, without what it was about to say."""
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(file)], cwd=ROOT, check=False, timeout=60)  # noqa: S603  # ourselves
    assert ended.returncode == -signal.SIGKILL
    with closing(open_database(file)) as database:
        assert KeptMarks(database).mark("written") == "yes"
        assert KeptMarks(database).mark("half") is None


def test_a_file_that_a_kill_left_empty_is_taken_up(file: Path) -> None:
    """A kill between making the file and its tables must not lock the bot out for good."""
    file.parent.mkdir()
    file.touch()
    with closing(open_database(file)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_an_older_file_is_given_what_it_has_not_yet(file: Path) -> None:
    """A bot that is brought up to date goes on with its memory, a damaged answer in it or not."""
    with closing(open_database(file)) as database:
        database.execute("DROP INDEX answers_by_follows")
        with database:
            database.execute("INSERT INTO answers VALUES ('key', 1.0, ?)", (b"\xff no record",))
    with closing(open_database(file)) as database:
        named = database.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
        assert ("answers_by_follows",) in named


@pytest.mark.parametrize("opening", [open_database, read_database])
class TestRefused:
    """What cannot be used is named with the way out, and left as it is."""

    def test_a_newer_schema(self, file: Path, opening: object) -> None:
        """An older bot would misread what a newer one wrote: it says so instead."""
        with closing(open_database(file)) as database:
            database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        with pytest.raises(StateError, match=r"bot\.db was written by a newer Dateline .*move the file away"):
            opening(file)  # type: ignore[operator]  # one of two functions of a path

    def test_another_programs_database(self, file: Path, opening: object) -> None:
        """A mistyped path must not put our tables among somebody's mail."""
        file.parent.mkdir()
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE letters (words TEXT)")
        before = file.read_bytes()
        with pytest.raises(StateError, match=r"bot\.db belongs to another program: set DATELINE_STATE_FILE"):
            opening(file)  # type: ignore[operator]  # one of two functions of a path
        assert file.read_bytes() == before

    def test_what_is_no_database(self, file: Path, opening: object) -> None:
        """A damaged file is the maintainer's to look at: it must never be replaced in silence."""
        file.parent.mkdir()
        file.write_bytes(b"garbage" * 1000)
        with pytest.raises(StateError, match=r"bot\.db, is damaged .*move the file away"):
            opening(file)  # type: ignore[operator]  # one of two functions of a path
        assert file.read_bytes() == b"garbage" * 1000

    def test_a_page_that_was_overwritten(self, file: Path, opening: object) -> None:
        """Damage in the middle is found when the bot starts, not at somebody's question."""
        with closing(open_database(file)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = bytearray(file.read_bytes())
        whole[4096:8192] = b"\xff" * 4096
        file.write_bytes(whole)
        with pytest.raises(StateError, match="is damaged"):
            opening(file)  # type: ignore[operator]  # one of two functions of a path

    def test_a_folder_in_its_place(self, file: Path, opening: object) -> None:
        """What the disk refuses is one of our errors, so that the command ends in one line."""
        file.mkdir(parents=True)
        with pytest.raises(StateError, match=r"bot\.db, cannot be opened or written"):
            opening(file)  # type: ignore[operator]  # one of two functions of a path


class TestReading:
    """Reading changes nothing, beside a running bot and after it."""

    def test_what_a_running_bot_wrote_is_read(self, file: Path) -> None:
        """A maintainer must not have to stop the bot for a report."""
        with closing(open_database(file)) as written:
            KeptMarks(written).set("name", "value")
            found = read_database(file)
            assert found is not None
            with closing(found):
                assert KeptMarks(found).mark("name") == "value"

    def test_nothing_can_be_written(self, file: Path) -> None:
        """A report that could change feedback would not be one."""
        open_database(file).close()
        found = read_database(file)
        assert found is not None
        with closing(found), pytest.raises(StateError, match="readonly"):
            KeptMarks(found).set("name", "value")

    def test_a_missing_or_empty_file_is_nothing_yet_and_is_not_made(self, file: Path) -> None:
        """Before the first start there is nothing to report, which is no error."""
        assert read_database(file) is None
        assert not file.parent.exists()
        file.parent.mkdir()
        file.touch()
        assert read_database(file) is None
        assert file.read_bytes() == b""


def test_errors_while_it_runs_name_the_setting(file: Path) -> None:
    """Whatever SQLite says in the middle of a question reaches people as our sentence."""
    database = open_database(file)
    database.close()
    with pytest.raises(StateError, match="DATELINE_STATE_FILE"):
        KeptMarks(database).mark("name")


def test_a_file_whose_salt_was_removed_is_damaged(file: Path) -> None:
    """A salt made anew in silence would let everybody vote twice."""
    with closing(open_database(file)) as database:
        database.execute("DELETE FROM salt")
        with pytest.raises(StateError, match="no salt"):
            salt(database)
