"""Where a generation lies on disk, and how one is published.

<index dir>/CURRENT                         the published generation's id; replaced atomically
<index dir>/generations/<id>/manifest.json
<index dir>/generations/<id>/articles.db    SQLite: articles, passages, full text
<index dir>/generations/<id>/chroma/        Chroma, one collection, and in rows/ the same vectors row by row
<index dir>/generations/<id>/words.db       SQLite: the words of each passage as the model understands them
<index dir>/vectors.db                      cache of vectors and words
<index dir>/build.lock                      held by the one build that runs
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexDamaged, IndexMissing, IndexStale

if TYPE_CHECKING:
    from pathlib import Path

from index.types import Generation

# Raise it when files of an older build can no longer be read, and with index.words.WORDS_VERSION: the full
# text of an older build holds other words.
LAYOUT_VERSION = 4
DRAFT = ".draft"

# Nothing else is ever joined to a path.
_GENERATION_ID = re.compile(r"[A-Za-z0-9-]+")
_GENERATION = TypeAdapter(Generation)


@dataclass(frozen=True, slots=True)
class GenerationFiles:
    """The files of one generation."""

    folder: Path

    @property
    def manifest(self) -> Path:
        """The manifest: counts, digests, model, versions."""
        return self.folder / "manifest.json"

    @property
    def articles(self) -> Path:
        """The SQLite file of articles, passages and full text."""
        return self.folder / "articles.db"

    @property
    def vectors(self) -> Path:
        """The Chroma folder."""
        return self.folder / "chroma"

    @property
    def words(self) -> Path:
        """The SQLite file of words in place."""
        return self.folder / "words.db"


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """The files of an index folder."""

    folder: Path

    @property
    def current(self) -> Path:
        """The pointer to the published generation."""
        return self.folder / "CURRENT"

    @property
    def vector_cache(self) -> Path:
        """The cache of vectors, shared by all generations."""
        return self.folder / "vectors.db"

    @property
    def past_versions(self) -> Path:
        """Every version of every article that was ever read, whatever generation it was in."""
        return self.folder / "versions.db"

    @property
    def fetched_pages(self) -> Path:
        """What was fetched from the web, so that it is not asked for again."""
        return self.folder / "fetched.db"

    @property
    def build_lock(self) -> Path:
        """The file that the one running build holds."""
        return self.folder / "build.lock"

    def generation(self, generation_id: str) -> GenerationFiles:
        """Return the files of a generation, whether or not they are there."""
        return GenerationFiles(self.folder / "generations" / generation_id)

    def draft(self, generation_id: str) -> GenerationFiles:
        """Return the files of a generation that is being written."""
        return self.generation(generation_id + DRAFT)

    def published_id(self) -> str | None:
        """Return the id of the published generation, None when nothing was ever published.

        Raises:
            IndexDamaged: the pointer does not name a generation.
        """
        try:
            published = self.current.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValueError:
            published = ""
        if not _GENERATION_ID.fullmatch(published):
            msg = f"{self.current} does not name a generation: build it again with {rebuild_command(self.folder)}"
            raise IndexDamaged(msg)
        return published


def rebuild_command(folder: Path) -> str:
    """Return the command that makes the index anew."""
    return f"python scripts/rebuild_index.py SOURCE… --index {shlex.quote(str(folder))}"


def file_sha256(path: Path) -> str:
    """Return the digest of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_published(index: IndexFiles) -> tuple[Generation, GenerationFiles]:
    """Return the published generation and its files.

    Raises:
        IndexMissing: nothing is published.
        IndexDamaged: the manifest is missing or unreadable.
        IndexStale: another layout wrote it.
    """
    published = index.published_id()
    if published is None:
        msg = f"There is no index in {index.folder}: build it with {rebuild_command(index.folder)}"
        raise IndexMissing(msg)
    files = index.generation(published)
    return read_manifest(index, files), files


def read_manifest(index: IndexFiles, files: GenerationFiles) -> Generation:
    """Read the manifest of a generation. Raises what :func:`open_published` raises."""
    try:
        written = files.manifest.read_bytes()
        layout = json.loads(written)["layout"]
        if layout == LAYOUT_VERSION:
            return _GENERATION.validate_json(written)
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        msg = (
            f"The manifest of generation {files.folder.name} cannot be read ({type(error).__name__}): "
            f"build the index again with {rebuild_command(index.folder)}"
        )
        raise IndexDamaged(msg) from error
    msg = (
        f"The index in {index.folder} has layout {layout}, this version reads {LAYOUT_VERSION}: "
        f"build it again with {rebuild_command(index.folder)}"
    )
    raise IndexStale(msg)


def write_manifest(files: GenerationFiles, generation: Generation) -> None:
    """Write a generation's manifest and make sure that it is on the disk."""
    _write_durably(files.manifest, _GENERATION.dump_json(generation, indent=1).decode() + "\n")


def publish(index: IndexFiles, generation_id: str) -> None:
    """Turn a finished draft into the published generation, and drop what is older than the one before.

    The pointer moves in one atomic step: a reader sees the old generation or the new one.
    """
    previous = _previous_id(index)
    os.replace(index.draft(generation_id).folder, index.generation(generation_id).folder)
    aside = index.current.with_suffix(".new")
    _write_durably(aside, generation_id + "\n")
    os.replace(aside, index.current)
    sweep(index, keep={generation_id, previous})


def _previous_id(index: IndexFiles) -> str | None:
    try:
        return index.published_id()
    except IndexDamaged:  # publishing is what mends the pointer
        return None


def sweep(index: IndexFiles, keep: set[str | None]) -> None:
    """Remove the generations and dead drafts that are not kept."""
    for folder in sorted((index.folder / "generations").glob("*")):
        if folder.name not in keep:
            # A folder that a reader of Windows still holds open goes with the next build.
            shutil.rmtree(folder, ignore_errors=True)


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
