"""The values of a generation: its manifest, its files, and what it holds in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  # pydantic reads the annotations


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file of a generation as it was written.

    Args:
        name: its place in the generation's folder, with ``/``.
        size: its bytes; None where reading may change them.
        sha256: its digest, hexadecimal; None likewise.
    """

    name: str
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What one published index is: its manifest.

    The digests tell what a generation holds, not how it came about: one that was changed article by article has
    those of one that was built from nothing. Only ``files`` differ.

    Args:
        generation_id: name of its folder.
        serial: counts the generations of an index folder, whatever the clock says.
        built_at: aware, UTC.
        layout: version of the files' layout; another one is refused.
        embedder_id: the model and its precision; another one is refused.
        dimension: length of a vector.
        articles, passages: counts that equal what the stores hold.
        newest_published_at: of all articles; None when none is dated.
        settings_sha256: digest of the settings, cleaner and splitter versions that shaped it.
        corpus_sha256: digest of all article versions and passage spans.
        rows_sha256: digest of all articles as they are stored, their sources included.
        vectors_sha256: digest of all vectors in order of article and passage.
        words_sha256: digest of all words in place, in the same order.
        files: the files as they were written.
    """

    generation_id: str
    serial: int
    built_at: datetime
    layout: int
    embedder_id: str
    dimension: int
    articles: int
    passages: int
    newest_published_at: datetime | None
    settings_sha256: str
    corpus_sha256: str
    rows_sha256: str
    vectors_sha256: str
    words_sha256: str
    files: tuple[FileFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What a generation holds, in figures.

    Args:
        publishers: each outlet with its number of articles, most first; articles that name none count
            in ``unnamed``.
        languages: each ISO 639-1 code with its number of articles, most first.
        oldest_published_at, newest_published_at: None when no article is dated.
        undated: articles without a date.
    """

    publishers: tuple[tuple[str, int], ...]
    unnamed: int
    languages: tuple[tuple[str, int], ...]
    oldest_published_at: datetime | None
    newest_published_at: datetime | None
    undated: int
