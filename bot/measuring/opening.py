"""What every run begins with: an index of a judged set, and its questions."""

from __future__ import annotations

import gzip
import shutil
import time
from typing import TYPE_CHECKING

from bot.progress import shown_progress
from bot.settings import BotSettings
from index.build_wiring import build_index
from index.evaluation import corpus_source_paths, read_judged_questions, sample_questions
from index.settings import load_settings
from index.wiring import make_embedder, open_retriever

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from index.build import BuildSummary
    from index.evaluation import JudgedQuestion
    from index.retrieval.retriever import HybridRetriever


def open_sources(work: Path, sources: Sequence[Path]) -> HybridRetriever:
    """Build what is new of the index in a working folder, and open it.

    Args:
        work: its folder ``index`` is the index; what an earlier run left there is taken up.
        sources: files and folders.

    Raises:
        CollectionError: it cannot be built or opened.
    """
    settings = load_settings(BotSettings, index_dir=work / "index")
    with shown_progress() as progress:
        build_index(settings, sources, progress)
    return open_retriever(settings)


def timed_build(index: Path, source: Path) -> tuple[BuildSummary, float]:
    """Build as ``rebuild_index.py`` does; the model is unpacked before the clock starts.

    Args:
        index: folder of the index.
        source: what is read.

    Returns:
        What the build did, and the seconds that it took.
    """
    settings = load_settings(BotSettings, index_dir=index)
    make_embedder(settings)
    started = time.perf_counter()
    with shown_progress() as progress:
        summary = build_index(settings, [source], progress)
    return summary, time.perf_counter() - started


def open_corpus(file: Path, work: Path) -> tuple[dict[str, str], HybridRetriever]:
    """Index a corpus, one object a line, and open it.

    Args:
        file: the corpus; it may end in ``.gz``.
        work: where it is unpacked and indexed.

    Returns:
        The source path that each of its documents got, by its doc_id; and the index.

    Raises:
        CollectionError: it cannot be read, built or opened.
    """
    plain = _unpacked(file, work)
    return corpus_source_paths(plain), open_sources(work, [plain])


def answerable(file: Path, source_paths: Mapping[str, str], count: int) -> list[JudgedQuestion]:
    """Return at most ``count`` questions of a file that its collection answers.

    Args:
        file: one object a line.
        source_paths: of the documents, by doc_id.
        count: always the same questions of the same file.

    Raises:
        SourceRefused: a line is no question.
    """
    questions = [q for q in read_judged_questions(file, source_paths) if q.answerable]
    return sample_questions(questions, count)


def _unpacked(file: Path, work: Path) -> Path:
    if file.suffix != ".gz":
        return file
    plain = work / file.stem
    with gzip.open(file) as packed, plain.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    return plain
