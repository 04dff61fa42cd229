"""How a draft becomes the published generation, and what is removed then."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from index.generation import FileFact
from index.storage.layout import DRAFT, GenerationFiles, file_sha256, newest_first, write_durably
from index.storage.leases import is_leased
from index.storage.segments import segments_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.storage.layout import IndexFiles

# Of fewer vectors Chroma keeps some in its database, and writes its other files anew whenever it is opened.
SMALL = 5000
_CHANGED_BY_READING = ("chroma.sqlite3", "chroma.sqlite3-wal", "chroma.sqlite3-shm")


def publish(index: IndexFiles, generation_id: str, *, keep: int = 2) -> tuple[str, ...]:
    """Turn a finished draft into the published generation, and drop old ones.

    The pointer moves in one atomic step: a reader sees the old generation or the new one. What the draft
    holds is on the disk before.

    Args:
        index: the index folder's files.
        generation_id: the draft's.
        keep: generations that stay, the published one included; those in use stay beside them.

    Returns:
        The ids of the generations that are there now.
    """
    draft = index.draft(generation_id).folder
    for path in sorted(draft.rglob("*")):
        _sync(path)
    _sync(draft)
    os.replace(draft, index.generation(generation_id).folder)
    _sync(index.generations)
    aside = index.current.with_suffix(".new")
    write_durably(aside, generation_id + "\n")
    os.replace(aside, index.current)
    _sync(index.folder)
    return sweep(index, generation_id, keep)


def sweep(index: IndexFiles, published: str, keep: int) -> tuple[str, ...]:
    """Remove drafts, and generations but for the newest ones and those in use; return what stays."""
    others = [files.folder for files in newest_first(index) if files.folder.name != published]
    gone = [folder for folder in others[max(0, keep - 1) :] if not is_leased(folder)]
    gone += [folder for folder in index.generations.glob("*") if folder.name.endswith(DRAFT)]
    for folder in gone:
        # A folder that a reader of Windows still holds open goes with the next build.
        shutil.rmtree(folder, ignore_errors=True)
    return (published, *(folder.name for folder in others if folder not in gone))


def empty_drafts(index: IndexFiles) -> None:
    """Remove what builds that were killed had copied and written; what they had embedded stays."""
    for draft in index.generations.glob("*" + DRAFT):
        files = GenerationFiles(draft)
        for path in draft.iterdir():
            if path.is_dir() and path != files.words:
                shutil.rmtree(path, ignore_errors=True)
            elif path.is_file():
                path.unlink(missing_ok=True)
    shutil.rmtree(index.scratch, ignore_errors=True)


def known_segments(index: IndexFiles) -> list[Path]:
    """Return every segment that is there, the newest first, those of builds that were killed included."""
    folders = sorted(index.generations.glob("*"), reverse=True)
    return [path for folder in folders for path in reversed(segments_in(GenerationFiles(folder).words))]


def file_facts(files: GenerationFiles, known: Mapping[str, str], passages: int) -> tuple[FileFact, ...]:
    """Return what a manifest says of a generation's files.

    Args:
        files: a finished draft.
        known: digests of files that were taken over from another generation, by name.
        passages: how many the draft holds.
    """
    found: list[FileFact] = []
    for path in sorted(path for path in files.folder.rglob("*") if path.is_file()):
        name = path.relative_to(files.folder).as_posix()
        if path.name in _CHANGED_BY_READING:
            found.append(FileFact(name))
        elif name.startswith(f"{files.vectors.name}/") and passages < SMALL:
            found.append(FileFact(name, path.stat().st_size))
        elif path not in (files.manifest, files.lease):
            found.append(FileFact(name, path.stat().st_size, known.get(name) or file_sha256(path)))
    return tuple(found)


def _sync(path: Path) -> None:
    """Have a file or a folder written to the disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
