"""Whatever can happen to a build, done to real ones: run by ``benchmark.py faults``, and in short by the tests.

After each fault the published generation answers as before or the new one does, the next build finishes and equals an
undisturbed one, nothing that was kept is embedded again, and what is published is true.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import build_wiring, wiring
from index.errors import DatelineError
from index.settings import IndexSettings, load_settings
from index.storage.articles import SqliteArticles
from index.storage.layout import IndexFiles, open_published, published_files, read_manifest
from index.storage.publishing import known_segments
from index.storage.segments import EmbeddedRow, open_segment, row_digest
from index.storage.verification import faults
from tests.builds import no_progress
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess

_STREETS = ("du Moulin", "des Tanneurs", "du Port", "de la Halle", "du Vieux-Pont", "des Orfèvres")
_ARTICLES = 80
_EXIT_REFUSED = 7
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["tests.index.faults", "index.build", "index.coverage", "index.reading", "index.sources.web"]
)


class Unsound(AssertionError):
    """After a fault something is not as it must be."""


@dataclass(slots=True)
class Row:
    """One line of the table.

    Args:
        fault: what was done.
        times: how often.
        old, new: how often the old generation was published afterwards, and the new one.
        refused: how often the build ended with a sentence.
        kept: texts that the next builds need not embed, because a disturbed one had.
        again: texts that were kept and embedded again all the same.
        left_out: why it could not be done here.
    """

    fault: str
    times: int = 0
    old: int = 0
    new: int = 0
    refused: int = 0
    kept: int = 0
    again: int = 0
    left_out: str = ""


@dataclass(slots=True)
class Stage:
    """A collection made by rule, and an index of it.

    Args:
        folder: where all of it lies; it is this stage's own.
        real: whether the bundled model embeds, or the tests' own.
        random: decides what changes and when a build is killed.
        tell: told how many faults it has undergone.
    """

    folder: Path
    real: bool
    random: random.Random
    tell: Callable[[int], None] = lambda _undergone: None
    undergone: int = 0
    content: tuple[object, ...] = ()
    number: int = 0
    seconds: float = 1.0
    sources: Path = field(init=False)
    index: IndexFiles = field(init=False)

    def __post_init__(self) -> None:
        """Write the sources, and build the index."""
        self.sources, self.index = self.folder / "coverage", IndexFiles(self.folder / "index")
        self.sources.mkdir(parents=True)
        for _ in range(_ARTICLES):
            self.add()
        started = time.monotonic()
        self.build()
        self.seconds = time.monotonic() - started
        self.content = self.published()

    def add(self) -> None:
        """Write one article more."""
        self.number += 1
        street = _STREETS[self.number % len(_STREETS)]
        words = (
            f"La rue {street} sera fermée à hauteur du numéro {self.number} pendant {self.number % 17 + 2} semaines. "
            f"Les travaux coûteront {self.number * 37} euros à la commune, a dit l'adjoint numéro {self.number}.\n\n"
        )
        more = f"Le lot {self.number} sera livré le {self.number % 27 + 1} mars. " * 3
        path = self.sources / f"{self.number:05}.md"
        path.write_text(f"# Travaux {self.number} rue {street}\n\n{words * 2}{more}\n", encoding="utf-8")

    def change(self) -> None:
        """Add, change and remove some articles, so that a third of them is not touched by it."""
        there = sorted(self.sources.glob("*.md"))
        for path in self.random.sample(there, 6):
            path.unlink()
        for path in self.random.sample(sorted(self.sources.glob("*.md")), 3):
            path.write_text(
                path.read_text(encoding="utf-8") + "\nUne ligne de plus a été ajoutée hier.\n",
                encoding="utf-8",
            )
        for _ in range(6 if self.random.random() < 0.7 else 50):
            self.add()

    def settings(self, index: Path | None = None) -> IndexSettings:
        """Return the settings of a build."""
        return load_settings(IndexSettings, index_dir=index or self.index.folder)

    def build(self, index: Path | None = None, **limits: Any) -> BaseProcess:
        """Build to the end, in a process of its own."""
        child = self.start(index, **limits)
        child.join()
        return child

    def start(self, index: Path | None = None, **limits: Any) -> BaseProcess:
        """Start a build in a process of its own."""
        child = _FORKS.Process(
            target=run_build,
            args=(str(index or self.index.folder), str(self.sources), self.real, str(self.folder / "said")),
            kwargs=limits,
        )
        child.start()
        return child

    def published(self) -> tuple[object, ...]:
        """Return what the published generation holds, proved and opened as a bot does.

        Raises:
            Unsound: it is not true.
        """
        generation, files = open_published(self.index)
        found = next(faults(files, generation), None)
        if found:
            raise Unsound(f"generation {generation.generation_id}: {found}")
        with closing(SqliteArticles.open(files.articles)) as store:
            articles = store.counts()[0]
        return (
            articles,
            generation.passages,
            generation.corpus_sha256,
            generation.rows_sha256,
            generation.vectors_sha256,
            generation.words_sha256,
        )

    def undisturbed(self) -> tuple[object, ...]:
        """Return what a build from nothing of the sources as they are holds."""
        fresh = self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        for path in known_segments(
            self.index
        ):  # the same texts have the same vectors: that is proved elsewhere
            target = fresh / "generations" / "cache.draft" / "words" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copyfile(path, target)
        if self.build(fresh).exitcode:
            raise Unsound("an undisturbed build did not finish")
        here, self.index = self.index, IndexFiles(fresh)
        try:
            return self.published()
        finally:
            self.index = here

    def kept(self) -> set[bytes]:
        """Return the texts whose vectors are kept anywhere in the index folder."""
        found: set[bytes] = set()
        for path in (self.index.vector_cache, *known_segments(self.index)):
            if path.is_file():
                found |= _texts_in(path)
        return found

    def after(self, row: Row, *, changed: bool = True) -> None:
        """Check all that must be true after a fault, with the build that follows it.

        Raises:
            Unsound: something is not.
        """
        row.times += 1
        new = self.undisturbed()
        published = self.published()
        if published not in (self.content, new):
            raise Unsound(f"{row.fault}: what is published is neither the old nor the new")
        row.new += changed and published == new
        row.old += published == self.content
        before = self.kept()
        said = self.finish()
        row.kept += len(before)
        row.again += len(set(map(bytes.fromhex, said["embedded"])) & before)
        if self.published() != new:
            raise Unsound(f"{row.fault}: the next build does not equal an undisturbed one")
        if row.again:
            raise Unsound(f"{row.fault}: {row.again} texts were embedded again")
        self.content = new
        self.undergone += 1
        self.tell(self.undergone)

    def finish(self) -> dict[str, Any]:
        """Build to the end; return what the build said.

        Raises:
            Unsound: it did not finish.
        """
        child = self.build()
        if child.exitcode:
            raise Unsound(f"the next build ended with {child.exitcode}: {self.said()}")
        return self.said()

    def said(self) -> dict[str, Any]:
        """Return what the last build said."""
        found: dict[str, Any] = json.loads((self.folder / "said").read_text(encoding="utf-8"))
        return found


def run_build(
    index: str,
    sources: str,
    real: bool,
    said: str,
    *,
    file_bytes: int | None = None,
    years: int = 0,
    user: int | None = None,
) -> None:
    """Build in this process, and leave behind what was said.

    Args:
        index: its folder.
        sources: a folder.
        real: whether the bundled model embeds.
        said: a file for what is said.
        file_bytes: no file may grow larger: a full disk, as one process sees it.
        years: how far the clock is off.
        user: who builds.
    """
    embedder = wiring.make_embedder(load_settings(IndexSettings)) if real else FakeEmbedder()
    embedded: list[str] = []
    plain = embedder.read_passages

    def noted(texts: Any) -> Any:
        from index.storage.article_writing import text_digest

        found = plain(texts)
        embedded.extend(text_digest(text).hex() for text in texts)
        return found

    setattr(embedder, "read_passages", noted)  # noqa: B010  # to see what the model is given
    wiring.make_embedder = lambda settings: embedder  # noqa: ARG005  # named as the one it stands for
    if years:
        build_wiring.datetime = _clock_off_by(years)  # type: ignore[attr-defined]  # the clock as this process sees it
    told: dict[str, Any] = {}
    try:
        if file_bytes is not None:
            _limit(file_bytes)
        if user is not None:
            os.setuid(user)
        summary = build_wiring.build_index(
            load_settings(IndexSettings, index_dir=Path(index)), [Path(sources)], no_progress
        )
        told = {"embedded": embedded, "refused": [list(one) for one in summary.refused], "anew": summary.anew}
    except DatelineError as error:
        told = {"error": str(error)}
    if file_bytes is None and user is None:
        Path(said).write_text(json.dumps(told), encoding="utf-8")
    if "error" in told:
        sys.exit(_EXIT_REFUSED)


def _limit(file_bytes: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))


def _clock_off_by(years: int) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]  # a plain moment will do
            return datetime.now(tz or UTC) + timedelta(days=365 * years)

    return Clock


def _texts_in(path: Path) -> set[bytes]:
    """Return the texts that a file holds whole; none where it is no such file, or has only just been made."""
    is_cache = path.name == "vectors.db"
    with suppress(sqlite3.Error), closing(sqlite3.connect(path) if is_cache else open_segment(path)) as db:
        rows = db.execute("SELECT text_sha256, vector, words, row_digest FROM embedded")
        return {
            text for text, vector, words, found in rows if row_digest(EmbeddedRow(vector, words)) == found
        }
    return set()


def killed(stage: Stage, times: int) -> Iterator[Row]:
    """Kill a build at random moments."""
    row = Row("killed at a random moment")
    for _ in range(times):
        stage.change()
        child = stage.start()
        time.sleep(stage.random.uniform(0, 1.1 * stage.seconds))
        if child.pid and child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        stage.after(row)
    yield row


def together(stage: Stage, times: int) -> Iterator[Row]:
    """Start two builds at once."""
    row = Row("two builds at once")
    for _ in range(times):
        stage.change()
        children = [stage.start(), stage.start()]
        for child in children:
            child.join()
        if any(child.exitcode for child in children):
            raise Unsound("one of two builds did not finish")
        stage.after(row)
    yield row


def full(stage: Stage, times: int) -> Iterator[Row]:
    """Let the disk be full at some point: of one process's files, and a disk of its own."""
    row = Row("no file may grow further")
    for _ in range(times):
        stage.change()
        row.refused += (
            stage.build(file_bytes=int(10 ** stage.random.uniform(3, 5.8))).exitcode == _EXIT_REFUSED
        )
        stage.after(row)
    yield row
    row = Row("full disk")
    size = sum(path.stat().st_size for path in stage.index.folder.rglob("*") if path.is_file())
    for _ in range(times):
        stage.change()
        if not _mounted(
            "-t", "tmpfs", "-o", f"size={int(size * stage.random.uniform(0.9, 1.6))}", "tmpfs", _disk(stage)
        ):
            yield Row("full disk", left_out="no disk can be mounted here")
            return
        try:
            shutil.copytree(
                stage.index.folder, _disk(stage), dirs_exist_ok=True, copy_function=shutil.copyfile
            )
            child = stage.build(_disk(stage))
            row.refused += child.exitcode == _EXIT_REFUSED
            _same_elsewhere(stage, _disk(stage))
        except OSError:  # it is full before the build begins
            row.refused += 1
        finally:
            subprocess.run(["umount", str(_disk(stage))], check=True)  # noqa: S603, S607  # what we mounted
        stage.after(row)
    yield row


def read_only(stage: Stage, times: int) -> Iterator[Row]:
    """Build into a folder that cannot be written."""
    row = Row("read-only folder")
    for _ in range(times):
        stage.change()
        here = str(stage.index.folder)
        if not (_mounted("--bind", here, here) and _mounted("-o", "remount,bind,ro", here)):
            yield Row("read-only folder", left_out="no folder can be made read-only here")
            return
        try:
            if stage.build().exitcode != _EXIT_REFUSED:
                raise Unsound(f"a read-only folder was not refused: {stage.said()}")
            row.refused += 1
        finally:
            subprocess.run(["umount", here], check=True)  # noqa: S603, S607  # what we mounted
        stage.after(row)
    yield row


def changing(stage: Stage, times: int) -> Iterator[Row]:
    """Write to a source while it is read."""
    row = Row("a source changes while it is read")
    for _ in range(times):
        stage.change()
        ending, path = threading.Event(), sorted(stage.sources.glob("*.md"))[3]
        writer = threading.Thread(target=_write_until, args=(ending, path))
        writer.start()
        child = stage.build()
        ending.set()
        writer.join()
        if child.exitcode:
            raise Unsound(f"the build did not finish: {stage.said()}")
        row.refused += bool(stage.said()["refused"])
        row.times += 1
        new = stage.undisturbed()
        stage.finish()
        if stage.published() != new:
            raise Unsound("the next build does not equal an undisturbed one")
        stage.content = new
        row.new += 1
    yield row


def damaged(stage: Stage, times: int) -> Iterator[Row]:
    """Cut short, alter or remove each file of the published generation."""
    for how, damage in (("cut short", _cut_short), ("altered", _altered), ("removed", _removed)):
        row = Row(f"a file of the index is {how}")
        names = [path.relative_to(published_files(stage.index).folder) for path in _files(stage)]
        for place in range(min(times, len(names)) if times < len(names) else len(names)):
            _damage_one(stage, row, place, damage)
        yield row


def _damage_one(stage: Stage, row: Row, place: int, damage: Callable[[Path], None]) -> None:
    """Damage one file, and see that what is whole serves, and that the next build mends it."""
    stage.change()
    stage.finish()
    before, stage.content = stage.content, stage.published()
    victim = sorted(_files(stage))[place]
    name = victim.relative_to(published_files(stage.index).folder).as_posix()
    if name.endswith("lease"):
        return
    damage(victim)
    row.times += 1
    generation, files = open_published(stage.index)
    is_told = generation.generation_id != stage.index.published_id() or _is_untrue(stage)
    if not is_told and stage.published() != stage.content:  # bytes that hold nothing may be anything
        raise Unsound(f"{row.fault}: {name} is not told")
    if generation.generation_id != stage.index.published_id():
        row.refused += 1
        row.old += read_manifest(stage.index, files).passages == before[1]
    else:
        row.new += 1
    new = stage.undisturbed()
    stage.finish()
    if stage.published() != new:
        raise Unsound(f"{row.fault}: {name}: the next build does not equal an undisturbed one")
    stage.content = new


def clock(stage: Stage, times: int) -> Iterator[Row]:
    """Let the clock jump between builds."""
    row = Row("the clock jumps by ten years")
    for _ in range(times):
        for years in (10, -10):
            stage.change()
            if stage.build(years=years).exitcode:
                raise Unsound(f"the build did not finish: {stage.said()}")
            stage.after(row)
    yield row


def _is_untrue(stage: Stage) -> bool:
    try:
        files = published_files(stage.index)
        return next(faults(files, read_manifest(stage.index, files)), None) is not None
    except DatelineError:
        return True


def _same_elsewhere(stage: Stage, folder: Path) -> None:
    """Check what is published on another disk."""
    here, stage.index = stage.index, IndexFiles(folder)
    try:
        if stage.published() not in (stage.content, _content_of_sources(stage)):
            raise Unsound("what is published on a full disk is neither the old nor the new")
    finally:
        stage.index = here


def _content_of_sources(stage: Stage) -> tuple[object, ...]:
    return stage.undisturbed()


def _files(stage: Stage) -> list[Path]:
    return [path for path in published_files(stage.index).folder.rglob("*") if path.is_file()]


def _cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _altered(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        piece = file.read(64)
        file.seek(path.stat().st_size // 2)
        file.write(bytes(byte ^ 0x5A for byte in piece))


def _removed(path: Path) -> None:
    path.unlink()


def _write_until(ending: threading.Event, path: Path) -> None:
    number = 0
    while not ending.is_set():
        number += 1
        path.write_text(
            f"# Titre {number}\n\n" + f"La phrase numéro {number} est écrite à l'instant même. " * 9,
            encoding="utf-8",
        )


def _disk(stage: Stage) -> Path:
    folder = stage.folder / "disk"
    folder.mkdir(exist_ok=True)
    return folder


def _mounted(*arguments: str | Path) -> bool:
    command = ["mount", *map(str, arguments)]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603  # ours
    except OSError:
        return False


DRILLS: dict[str, Callable[[Stage, int], Iterator[Row]]] = {
    "killed": killed,
    "together": together,
    "full": full,
    "read-only": read_only,
    "changing": changing,
    "damaged": damaged,
    "clock": clock,
}


def run(
    name: str, folder: Path, times: int, *, real: bool, tell: Callable[[int], None] = lambda _undergone: None
) -> list[dict[str, Any]]:
    """Run a drill.

    Args:
        name: one of ``DRILLS``.
        folder: a folder of its own, which is emptied.
        times: how often each of its faults is done.
        real: whether the bundled model embeds, or the tests' own.
        tell: told how many faults were undergone.

    Raises:
        Unsound: after a fault something is not as it must be.
    """
    shutil.rmtree(folder, ignore_errors=True)
    stage = Stage(folder, real, random.Random(6), tell)  # noqa: S311  # moments, no secrets
    return [asdict(row) for row in DRILLS[name](stage, times)]
