"""The parts of the runs of speed, each for a process of its own: an index folder and a source in, a row out."""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.answering.answerer import TOP_K, Answerer
from bot.answering.question import read_question
from bot.measuring.opening import timed_build
from bot.measuring.own_process import peak_megabytes
from bot.progress import shown_progress
from bot.settings import BotSettings
from index import build_benchmark
from index.build_wiring import build_index
from index.embedding.bundled_model import unpacked_for_sentence_transformers
from index.passages import embedded_text
from index.sample_coverage import judged_questions
from index.settings import load_settings
from index.storage.layout import IndexFiles
from index.wiring import open_articles, open_retriever

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from index.retrieval.retriever import HybridRetriever
    from index.settings import IndexSettings
    from index.types import Query

_QUESTIONS = 40


def dateline(index: Path, source: Path) -> dict[str, Any]:
    """Index from nothing, as ``rebuild_index.py`` does."""
    summary, seconds = timed_build(index, source)
    return _rate("Dateline", summary.generation.passages, seconds)


def quick_start(index: Path, _: Path) -> dict[str, Any]:
    """Embed and store the passages of the index beside, as LangChain's pages show it."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings

    settings = load_settings(BotSettings, index_dir=index)
    store = open_articles(settings)
    documents = [
        Document(embedded_text(store.article(passage.article_id), passage))
        for passage in store.all_passages()
    ]
    folder = unpacked_for_sentence_transformers(settings.cache_dir)
    started = time.perf_counter()
    embeddings = HuggingFaceEmbeddings(model_name=str(folder))
    Chroma.from_documents(documents, embeddings, persist_directory=str(index.parent / "quick-start"))
    return _rate("LangChain quick-start", len(documents), time.perf_counter() - started)


def model_alone(index: Path, source: Path) -> dict[str, Any]:
    """Read the passages of the index with the model, and keep nothing."""
    return _built("model alone", index, source, build_benchmark.model_alone)


def nothing_new(index: Path, source: Path) -> dict[str, Any]:
    """Build again from sources that are as they were."""
    return _built("nothing new", index, source, build_benchmark.nothing_new)


def ten_more(index: Path, source: Path) -> dict[str, Any]:
    """Build from the same sources and ten articles more."""
    return _built("ten articles more", index, source, build_benchmark.ten_more)


def _built(
    what: str, index: Path, source: Path, measure: Callable[[IndexSettings, Path], dict[str, Any]]
) -> dict[str, Any]:
    settings = load_settings(BotSettings, index_dir=index)
    return {"what": what, **measure(settings, source), "peak MB": peak_megabytes()}


def fill(index: Path, source: Path) -> dict[str, Any]:
    """Index for the questions, unless an earlier run did."""
    settings = load_settings(BotSettings, index_dir=index)
    if IndexFiles(settings.index_dir).published_id() is None:
        with shown_progress() as progress:
            build_index(settings, [source], progress)
    return {}


def ask(index: Path, _: Path) -> dict[str, Any]:
    """Time each stage of a question over the sample's questions, one after the other."""
    settings = load_settings(BotSettings, index_dir=index)
    retriever = open_retriever(settings)
    questions = [question.text for _, question in islice(judged_questions(), _QUESTIONS + 1)]
    queries = [read_question(text, top_k=TOP_K) for text in questions]
    # One plain loop for all, as the bot has: a Runner prepares for Ctrl-C before each call, and in doing so writes out
    # the answer before, which takes longer than finding the next one's words.
    with closing(asyncio.new_event_loop()) as loop:
        times, spent = _timed(_stages(retriever, settings.candidates, loop), queries)
    warm = {stage: each[1:] for stage, each in times.items()}  # the first question loads the model
    return {
        "passages": retriever.generation.passages,
        **{stage: round(statistics.median(each), 1) for stage, each in warm.items()},
        "times Chroma": _ratio(times),
        "in CPU time": _ratio(spent),
        "answer p95": round(statistics.quantiles(warm["answer"], n=20)[-1], 1),
        "peak MB": peak_megabytes(),
    }


def _stages(
    retriever: HybridRetriever, candidates: int, loop: asyncio.AbstractEventLoop
) -> dict[str, Callable[[Query], object]]:
    answerer = Answerer(retriever)

    def bare(query: Query) -> None:
        vector = retriever.embedder.embed_questions([query.text])[0]
        retriever.vectors.nearest(vector, candidates, query)

    return {
        "encode": lambda query: retriever.embedder.embed_questions([query.text]),
        "encode, ask Chroma": bare,
        "lexical": lambda query: retriever.articles.search(query, candidates),
        "retrieve": retriever.retrieve,
        "answer": lambda query: loop.run_until_complete(answerer.answer(query)),
    }


def _timed(
    stages: Mapping[str, Callable[[Query], object]], queries: Sequence[Query]
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return by stage the milliseconds that each question took, and those of processor time."""
    times: dict[str, list[float]] = {stage: [] for stage in stages}
    spent: dict[str, list[float]] = {stage: [] for stage in stages}
    for place in range(len(queries)):
        # Each stage has another question, so that what is kept of the last one helps none.
        for step, (stage, work) in enumerate(stages.items()):
            query = queries[(place + 7 * step) % len(queries)]
            started, on_processors = time.perf_counter(), time.process_time()
            work(query)
            times[stage].append(1000 * (time.perf_counter() - started))
            spent[stage].append(1000 * (time.process_time() - on_processors))
    return times, spent


def _ratio(times: Mapping[str, Sequence[float]]) -> float:
    """Return what a whole question costs in questions that are encoded and put to Chroma, and no more."""
    return round(statistics.median(times["answer"]) / statistics.median(times["encode, ask Chroma"]), 2)


def _rate(name: str, passages: int, seconds: float) -> dict[str, Any]:
    rate = round(passages / seconds, 1)
    return {
        "what": name,
        "passages": passages,
        "seconds": round(seconds, 1),
        "passages/s": rate,
        "peak MB": peak_megabytes(),
    }
