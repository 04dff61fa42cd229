"""Where a generation lies on disk, and how one is published.

<index dir>/CURRENT                         the published generation's id; replaced atomically
<index dir>/generations/<id>/manifest.json
<index dir>/generations/<id>/articles.db    SQLite: articles, passages, full text
<index dir>/generations/<id>/chroma/        Chroma, one collection, and in rows/ the same vectors row by row
<index dir>/generations/<id>/words/*.db     SQLite: vector and words of each text that was embedded; generations
                                            share these files by hard links
<index dir>/generations/<id>/sources.db     SQLite: what was read of each source, so that it need not be read again
<index dir>/generations/<id>/lease          locked by who reads the generation, so that no build removes it
<index dir>/vectors.db                      what a build embedded before it was published
<index dir>/scratch/                        what a build reads; there while one runs
<index dir>/build.lock                      held by the one build that runs
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shlex
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexDamaged, IndexMissing, IndexStale
from index.generation import FileFact, Generation
from index.storage.leases import NAME

if TYPE_CHECKING:
    from pathlib import Path

# Raise it when files of an older build can no longer be read, and with index.words.WORDS_VERSION: the full
# text of an older build holds other words.
LAYOUT_VERSION = 6
DRAFT = ".draft"

# Nothing else is ever joined to a path.
_GENERATION_ID = re.compile(r"[A-Za-z0-9-]+")
_GENERATION = TypeAdapter(Generation)
_LOG = logging.getLogger(__name__)


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
        """The folder of what was embedded: words in place, and the vectors once more."""
        return self.folder / "words"

    @property
    def sources(self) -> Path:
        """The SQLite file of what was read of each source."""
        return self.folder / "sources.db"

    @property
    def lease(self) -> Path:
        """The file that a reader of the generation locks."""
        return self.folder / NAME


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """The files of an index folder."""

    folder: Path

    @property
    def current(self) -> Path:
        """The pointer to the published generation."""
        return self.folder / "CURRENT"

    @property
    def generations(self) -> Path:
        """The folder of all generations and drafts."""
        return self.folder / "generations"

    @property
    def vector_cache(self) -> Path:
        """What was embedded and is in no generation yet."""
        return self.folder / "vectors.db"

    @property
    def scratch(self) -> Path:
        """A folder for what a build reads."""
        return self.folder / "scratch"

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
        return GenerationFiles(self.generations / generation_id)

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
    """Return the published generation and its files, or the newest whole one where that is damaged.

    Raises:
        IndexMissing: nothing is published.
        IndexDamaged: neither the published generation nor one before it is whole.
        IndexStale: another layout wrote it.
    """
    files = published_files(index)
    try:
        return whole_generation(index, files), files
    except IndexDamaged as error:
        instead = _instead_of(index, files)
        if instead is None:
            raise
        _LOG.warning("%s; until then, %s serves.", str(error).rstrip("."), instead[0].generation_id)
        return instead


def published_files(index: IndexFiles) -> GenerationFiles:
    """Return the files of the published generation, whole or not.

    Raises:
        IndexMissing: nothing is published.
        IndexDamaged: the pointer does not name a generation.
    """
    published = index.published_id()
    if published is None:
        msg = f"There is no index in {index.folder}: build it with {rebuild_command(index.folder)}"
        raise IndexMissing(msg)
    return index.generation(published)


def whole_generation(index: IndexFiles, files: GenerationFiles, *, with_words: bool = True) -> Generation:
    """Return the manifest of a generation whose files all have their size.

    Args:
        index: where it lies.
        files: the generation's.
        with_words: whether the files of words count; without them questions are answered more slowly.

    Raises:
        IndexDamaged: a file is missing or has another size.
        IndexStale: another layout wrote it.
    """
    generation = read_manifest(index, files)
    for fact in generation.files:
        if with_words or not fact.name.startswith(f"{files.words.name}/"):
            fault = size_fault(files, fact)
            if fault:
                again = f"build the index again with {rebuild_command(index.folder)}"
                raise IndexDamaged(f"Generation {generation.generation_id} is damaged ({fault}): {again}.")
    return generation


def size_fault(files: GenerationFiles, fact: FileFact) -> str | None:
    """Return what is wrong with a file's size, None where nothing is."""
    try:
        size = (files.folder / fact.name).stat().st_size
    except OSError as error:
        return f"{fact.name} is not there: {error.strerror}"
    if fact.size is not None and size != fact.size:
        return f"{fact.name} has {size} bytes instead of {fact.size}"
    return None


def _instead_of(index: IndexFiles, damaged: GenerationFiles) -> tuple[Generation, GenerationFiles] | None:
    """Return the newest generation that can serve; words alone are made anew when they are asked for."""
    others = [files for files in newest_first(index) if files.folder != damaged.folder]
    for with_words, candidates in ((True, others), (False, [damaged, *others])):
        for files in candidates:
            with suppress(IndexDamaged, IndexStale):
                return whole_generation(index, files, with_words=with_words), files
    return None


def newest_first(index: IndexFiles) -> list[GenerationFiles]:
    """Return the generations that were finished, by their serial numbers, not by a clock."""
    found = [
        (serial_of(index, index.generation(folder.name)), folder.name)
        for folder in index.generations.glob("*")
        if not folder.name.endswith(DRAFT)
    ]
    return [index.generation(name) for _, name in sorted(found, reverse=True)]


def serial_of(index: IndexFiles, files: GenerationFiles) -> int:
    """Return the serial number of a generation, 0 where it cannot be read."""
    try:
        return read_manifest(index, files).serial
    except (IndexDamaged, IndexStale):
        return 0


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
    write_durably(files.manifest, _GENERATION.dump_json(generation, indent=1).decode() + "\n")


def write_durably(path: Path, text: str) -> None:
    """Write a file and make sure that it is on the disk."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
