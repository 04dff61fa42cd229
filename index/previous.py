"""What a build can take over from the published generation, and why it cannot take over the rest."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.errors import IndexDamaged, IndexMissing, IndexStale
from index.passages import SPLITTER_VERSION
from index.storage.articles import SqliteArticles
from index.storage.layout import (
    file_sha256,
    published_files,
    size_fault,
    whole_generation,
)
from index.storage.publishing import SMALL
from index.storage.verification import faults
from index.words import WORDS_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from index.generation import Generation
    from index.storage.layout import GenerationFiles, IndexFiles
    from index.types import Article

# Where more than this share of the articles is new or changed, building from nothing is as quick, and its files
# hold no traces of what was there before.
_MOST_CHANGED = 1 / 3
# Of a large generation, these files are proved by their digests before they are copied. What was embedded is proved
# row by row when it is looked up, and what was read of the sources when it is taken over.
_BY_READING = ("articles.db", "chroma/")
_BY_LOOKING_UP = ("digest of words/", "digest of sources", "words", "passage", "sources")


@dataclass(frozen=True, slots=True)
class Previous:
    """The published generation, as far as a build can use it.

    Args:
        generation: its manifest; None where there is none.
        files: its files.
        articles: its articles, opened to read; None where they are damaged.
        unusable: why nothing of it can be used, a sentence for a person; None where it can.
    """

    generation: Generation | None = None
    files: GenerationFiles | None = None
    articles: SqliteArticles | None = None
    unusable: str | None = None

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Return the id of each article that it holds, and its row's digest, in order of id."""
        return self.articles.rows() if self.articles else iter(())

    def article(self, article_id: str) -> Article:
        """Return an article that it holds.

        Raises:
            ArticleNotFound: it holds none of that id.
            IndexDamaged: it holds none at all.
        """
        if self.articles is None:
            raise IndexDamaged(f"The published index does not hold article {article_id}.")
        return self.articles.article(article_id)

    def ledger(self) -> Path | None:
        """Return its file of what was read of each source, where there is a whole one."""
        if self.generation is None or self.files is None:
            return None
        facts = {fact.name: fact for fact in self.generation.files}
        fact = facts.get(self.files.sources.name)
        if fact is None or fact.sha256 is None or size_fault(self.files, fact):
            return None
        return self.files.sources if file_sha256(self.files.sources) == fact.sha256 else None

    def why_anew(self, embedder_id: str, settings_sha256: str, difference: Difference) -> str | None:
        """Return why the stores are built from nothing, a sentence for a person; None where a copy is changed.

        Args:
            embedder_id: the model of the build.
            settings_sha256: digest of its settings, see :func:`shaping_digest`.
            difference: what changes.
        """
        if self.generation is None:
            return self.unusable
        if self.generation.embedder_id != embedder_id:
            return (
                f"the model is {embedder_id}, it was {self.generation.embedder_id}: all passages are embedded"
            )
        if self.generation.settings_sha256 != settings_sha256:
            return (
                "the size of passages, the splitter or the words of full text changed: all articles are split"
            )
        if difference.share() > _MOST_CHANGED:
            return "more than a third of the articles is new or changed"
        return None


class Difference(NamedTuple):
    """Ids of articles: those that come, those that are stored otherwise, those that go; and how many stay."""

    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: int

    def share(self) -> float:
        """Return how much of the collection before changes, as a share of it."""
        before = len(self.changed) + len(self.removed) + self.unchanged
        return (len(self.added) + len(self.changed) + len(self.removed)) / max(1, before)


@contextmanager
def previous_of(index: IndexFiles) -> Iterator[Previous]:
    """Open what a build can take over from the published generation, and prove that it is as it was written."""
    try:
        files = published_files(index)
        generation = whole_generation(index, files, with_words=False)
        _refuse_alteration(files, generation)
        articles = SqliteArticles.open(files.articles)
    except IndexMissing:
        yield Previous(unusable="nothing was published before")
        return
    except (IndexDamaged, IndexStale) as error:
        yield Previous(unusable=str(error).rstrip("."))
        return
    with closing(articles):
        yield Previous(generation, files, articles)


def _refuse_alteration(files: GenerationFiles, generation: Generation) -> None:
    fault = _alteration(files, generation)
    if fault:
        raise IndexDamaged(f"generation {generation.generation_id} was altered ({fault})")


def _alteration(files: GenerationFiles, generation: Generation) -> str | None:
    """Return how a generation differs from what was written; a large one by its files, a small one by all it holds."""
    if generation.passages < SMALL:
        found = (fault for fault in faults(files, generation) if not fault.startswith(_BY_LOOKING_UP))
        return next(found, None)
    for fact in generation.files:
        altered = fact.sha256 is not None and file_sha256(files.folder / fact.name) != fact.sha256
        if altered and fact.name.startswith(_BY_READING):
            return f"digest of {fact.name}"
    return None


def compared(new: Iterable[tuple[str, bytes]], old: Iterable[tuple[str, bytes]]) -> Difference:
    """Compare two collections.

    Args:
        new: the id and the row's digest of each article, in order of id.
        old: the same of the collection before.
    """
    difference = Difference([], [], [], 0)
    unchanged = 0
    before = iter(old)
    there = next(before, None)
    for article_id, digest in new:
        while there and there[0] < article_id:
            difference.removed.append(there[0])
            there = next(before, None)
        if there and there[0] == article_id:
            unchanged += there[1] == digest
            if there[1] != digest:
                difference.changed.append(article_id)
            there = next(before, None)
        else:
            difference.added.append(article_id)
    while there:
        difference.removed.append(there[0])
        there = next(before, None)
    return difference._replace(unchanged=unchanged)


def shaping_digest(passage_characters: int) -> str:
    """Return the digest of what decides how articles are split and stored, hexadecimal."""
    shaping = {"passage_characters": passage_characters, "splitter": SPLITTER_VERSION, "words": WORDS_VERSION}
    return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()
