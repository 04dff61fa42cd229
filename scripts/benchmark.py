"""Measure speed and memory on this machine: indexing beside LangChain's quick-start, and questions by stage.

Every part runs in a process of its own, so that its memory is its own. Quote ratios, not seconds: no two
machines are equally fast.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from bot.progress import fail, shown_progress, speak
from bot.rendering.table import render_table
from bot.settings import BotSettings
from index.errors import DatelineError
from index.evaluation import working_folder
from index.sample_coverage import ARTICLES, judged_questions
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.types import Query

_ROOT = Path(__file__).resolve().parents[1]
_QUESTIONS = 40
# Hard days that tests/bot/discord_client/drills.py rehearses.
_DRILLS = ("crowd", "bad-day", "new-indexes", "hostile", "killed")
# What can happen to a build, see tests/index/faults.py.
_FAULTS = ("killed", "together", "full", "read-only", "changing", "damaged", "clock")
_EPILOG = """examples:
  python scripts/benchmark.py                                        the sample collection
  python scripts/benchmark.py --corpus realtimeqa/corpus.jsonl.gz    500 articles of a larger one,
                                                                     and questions at two sizes
  python scripts/benchmark.py discord                                five drills in a simulated Discord
  python scripts/benchmark.py scale --corpus realtimeqa/corpus.jsonl.gz
                                                                     1,000 to 1,000,000 passages
  python scripts/benchmark.py fuzz                                   20,000 hostile inputs of each kind of file
  python scripts/benchmark.py build --corpus corpus.jsonl.gz --sample 1000000
                                                                     a build from nothing beside the model alone
                                                                     and the quick-start, and ten articles more
  python scripts/benchmark.py faults                                 200 builds killed, and other faults

needs scripts/set_up benchmark; discord, fuzz and faults need scripts/set_up dev. --work keeps vectors, so that a second run is quick to the questions.

exit status: 0 measured, 1 an error"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts, or in a child process one of them, and print the tables."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        if options.part:
            print(json.dumps(_PARTS[options.part](options)))
            return 0
        tables = _MEASURES[options.what](options)
    except ModuleNotFoundError as error:
        return fail(DatelineError(f"{error.name} is not installed: run scripts/set_up benchmark first."))
    except (DatelineError, OSError, subprocess.CalledProcessError) as error:
        return fail(error)
    if options.json:
        print(json.dumps(tables))
        return 0
    for name, rows in tables.items():
        Console(width=150).print(render_table(_TITLES[name], rows))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what", nargs="?", choices=_MEASURES, default="speed", help="what is measured (speed)"
    )
    parser.add_argument(
        "--inputs", type=int, default=20_000, metavar="N", help="of each kind, for fuzz (20000)"
    )
    parser.add_argument(
        "--kills", type=int, default=200, metavar="N", help="builds that are killed, for faults (200)"
    )
    parser.add_argument("--kinds", nargs="*", metavar="SUFFIX", help="of files, for fuzz (all)")
    parser.add_argument("--corpus", type=Path, metavar="FILE", help="records, one a line; .gz is read too")
    parser.add_argument("--sample", type=int, default=500, metavar="N", help="articles to index (500)")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        metavar="N",
        help="passages of the corpus to ask among (1000 40000; for scale 1000 10000 100000 1000000)",
    )
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep what was built for the next run")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    return parser


def _speed(options: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    with working_folder(options.work) as work:
        return {"indexing": _indexing(options, work), "questions": _asking(options, work)}


def _discord(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Run the drills one after the other, each in a process and a folder of its own."""
    rows = []
    for drill in _DRILLS:
        print(f"dateline: benchmark: {drill} …", file=sys.stderr)
        with working_folder(options.work and options.work / drill) as folder:
            rows.append(_tested("tests.bot.discord_client.drills", drill, str(folder)))
    return rows


def _fuzz(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Read hostile inputs of each kind; a crash, a hang or an input unaccounted for ends with its bytes."""
    rows = []
    from index.sources.kinds import SUFFIXES

    for suffix in options.kinds or SUFFIXES:
        print(f"dateline: benchmark: {suffix} …", file=sys.stderr)
        rows.append(_tested("tests.index.sources.fuzzing", suffix, str(options.inputs)))
    return rows


def _scale(options: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    from bot.measuring.scale import SIZES, measure

    if options.corpus is None:
        raise DatelineError("Size is measured with real articles: name their file with --corpus.")
    with working_folder(options.work) as work:
        return measure(lambda: _lines(options.corpus), options.sizes or SIZES, work)


def _faults(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Do to builds whatever can happen to them; what does not stand it ends with a sentence."""
    rows = []
    for drill in _FAULTS:
        print(f"dateline: benchmark: {drill} …", file=sys.stderr)
        times = options.kills if drill == "killed" else max(1, options.kills // 40)
        with working_folder(options.work and options.work / drill) as folder:
            rows += _tested("tests.index.fault_run", drill, str(folder / "stage"), str(times), "real")
    return rows


def _build(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Build from nothing, beside the model alone and the quick-start on the same passages; then add ten articles."""
    with working_folder(options.work) as work:
        source, index = _articles(options.corpus, work, options.sample), work / "building" / "dateline"
        shutil.rmtree(work / "building", ignore_errors=True)
        rows = [_child(part, source, index) for part in ("dateline", "model", "quick-start")]
        for row in rows:
            row["share"] = round(rows[0]["passages/s"] / row["passages/s"], 2)
        rows += [_child(part, source, index) for part in ("nothing-new", "ten-more")]
    columns = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name, "") for name in columns} for row in rows]


def _tested(module: str, *arguments: str) -> Any:
    """Run a module of the tests in a process of its own, and return what its last line says."""
    command = [sys.executable, "-m", module, *arguments]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=_ROOT).stdout  # noqa: S603  # ourselves
    return json.loads(printed.splitlines()[-1])


def _indexing(options: argparse.Namespace, work: Path) -> list[dict[str, Any]]:
    """Index the same articles with Dateline and with the quick-start, each from nothing.

    A machine's speed drifts by more than what is measured, so Dateline runs before the quick-start and after it.
    """
    source, folder = _articles(options.corpus, work, options.sample), work / "indexing"
    shutil.rmtree(folder, ignore_errors=True)
    before, quick_start, after = (
        _child(part, source, folder / name)
        for part, name in (("dateline", "dateline"), ("quick-start", "dateline"), ("dateline", "again"))
    )
    both = {"what": "Dateline, both", "passages": before["passages"] + after["passages"]}
    both["seconds"] = round(before["seconds"] + after["seconds"], 1)
    both["passages/s"] = round(both["passages"] / both["seconds"], 1)
    both["peak MB"] = max(before["peak MB"], after["peak MB"])
    rows = [before, after, both, quick_start]
    for row in rows:
        row["ratio"] = round(row["passages/s"] / quick_start["passages/s"], 2)
    return rows


def _asking(options: argparse.Namespace, work: Path) -> list[dict[str, Any]]:
    if options.corpus is None:
        print("dateline: benchmark: no --corpus, so the small sample collection is measured", file=sys.stderr)
        return [_child("ask", ARTICLES, work / "indexing" / "dateline")]
    rows = []
    for size in options.sizes or (1_000, 40_000):
        index = work / f"asking-{size}"
        _child(
            "fill",
            _articles(options.corpus, work, _articles_for(size, work / "indexing" / "dateline")),
            index,
        )
        rows.append(_child("ask", ARTICLES, index))
    return rows


def _articles_for(size: int, indexed: Path) -> int:
    """Return how many articles give about so many passages, by what the indexed sample gave."""
    from index.storage.layout import IndexFiles, open_published

    generation, _ = open_published(IndexFiles(indexed))
    return max(1, round(size * generation.articles / generation.passages))


def _child(part: str, source: Path, index: Path) -> dict[str, Any]:
    """Run one part in a process of its own."""
    print(f"dateline: benchmark: {part} …", file=sys.stderr)
    command = [sys.executable, __file__, "--part", part, "--source", str(source), "--index", str(index)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603  # ourselves
    row: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return row


def _dateline(options: argparse.Namespace) -> dict[str, Any]:
    """Index from nothing, as ``rebuild_index.py`` does; the model is unpacked before the clock starts."""
    from index.build_wiring import build_index
    from index.wiring import make_embedder

    settings = load_settings(BotSettings, index_dir=options.index)
    make_embedder(settings)
    started = time.perf_counter()
    with shown_progress() as progress:
        summary = build_index(settings, [options.source], progress)
    return _rate("Dateline", summary.generation.passages, time.perf_counter() - started)


def _quick_start(options: argparse.Namespace) -> dict[str, Any]:
    """Embed and store the passages of the index beside, as LangChain's pages show it."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings

    from index.embedding.bundled_model import unpacked_for_sentence_transformers
    from index.passages import embedded_text
    from index.wiring import open_articles

    settings = load_settings(BotSettings, index_dir=options.index)
    store = open_articles(settings)
    documents = [
        Document(embedded_text(store.article(passage.article_id), passage))
        for passage in store.all_passages()
    ]
    folder = unpacked_for_sentence_transformers(settings.cache_dir)
    started = time.perf_counter()
    embeddings = HuggingFaceEmbeddings(model_name=str(folder))
    Chroma.from_documents(documents, embeddings, persist_directory=str(options.index.parent / "quick-start"))
    return _rate("LangChain quick-start", len(documents), time.perf_counter() - started)


def _built(what: str, options: argparse.Namespace) -> dict[str, Any]:
    """Run a part of the measure of builds, and say how much memory it took."""
    from index.build_benchmark import MEASURES

    settings = load_settings(BotSettings, index_dir=options.index)
    return {"what": what, **MEASURES[what](settings, options.source), "peak MB": _peak_megabytes()}


def _fill(options: argparse.Namespace) -> dict[str, Any]:
    """Index for the questions, unless an earlier run did."""
    from index.build_wiring import build_index
    from index.storage.layout import IndexFiles

    settings = load_settings(BotSettings, index_dir=options.index)
    if IndexFiles(settings.index_dir).published_id() is None:
        with shown_progress() as progress:
            build_index(settings, [options.source], progress)
    return {}


def _ask(options: argparse.Namespace) -> dict[str, Any]:
    """Time each stage of a question over the sample's questions, one after the other."""
    import asyncio

    from bot.answering.answerer import TOP_K, Answerer
    from bot.answering.question import read_question
    from index.wiring import open_retriever

    settings = load_settings(BotSettings, index_dir=options.index)
    retriever = open_retriever(settings)
    # One plain loop for all, as the bot has: a Runner prepares for Ctrl-C before each call, and in doing so writes out
    # the answer before, which takes longer than finding the next one's words.
    answerer, loop = Answerer(retriever), asyncio.new_event_loop()

    def bare(query: Query) -> None:
        vector = retriever.embedder.embed_questions([query.text])[0]
        retriever.vectors.nearest(vector, settings.candidates, query)

    stages: dict[str, Callable[[Query], object]] = {
        "encode": lambda query: retriever.embedder.embed_questions([query.text]),
        "encode, ask Chroma": bare,
        "lexical": lambda query: retriever.articles.search(query, settings.candidates),
        "retrieve": retriever.retrieve,
        "answer": lambda query: loop.run_until_complete(answerer.answer(query)),
    }
    questions = [question.text for _, question in islice(judged_questions(), _QUESTIONS + 1)]
    queries = [read_question(text, top_k=TOP_K) for text in questions]
    times: dict[str, list[float]] = {}
    spent: dict[str, list[float]] = {}
    for place in range(len(queries)):
        # Each stage has another question, so that what is kept of the last one helps none.
        for step, (stage, work) in enumerate(stages.items()):
            query = queries[(place + 7 * step) % len(queries)]
            started, on_processors = time.perf_counter(), time.process_time()
            work(query)
            times.setdefault(stage, []).append(1000 * (time.perf_counter() - started))
            spent.setdefault(stage, []).append(1000 * (time.process_time() - on_processors))
    loop.close()
    warm = {stage: each[1:] for stage, each in times.items()}  # the first question loads the model
    return {
        "passages": retriever.generation.passages,
        **{stage: round(statistics.median(each), 1) for stage, each in warm.items()},
        "times Chroma": _ratio(times),
        "in CPU time": _ratio(spent),
        "answer p95": round(statistics.quantiles(warm["answer"], n=20)[-1], 1),
        "peak MB": _peak_megabytes(),
    }


def _ratio(times: dict[str, list[float]]) -> float:
    """Return what a whole question costs in questions that are encoded and put to Chroma, and no more."""
    return round(statistics.median(times["answer"]) / statistics.median(times["encode, ask Chroma"]), 2)


def _rate(name: str, passages: int, seconds: float) -> dict[str, Any]:
    rate = round(passages / seconds, 1)
    return {
        "what": name,
        "passages": passages,
        "seconds": round(seconds, 1),
        "passages/s": rate,
        "peak MB": _peak_megabytes(),
    }


def _peak_megabytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3))


def _articles(corpus: Path | None, work: Path, count: int) -> Path:
    """Return a file of the first articles of a corpus, or the sample collection."""
    if corpus is None:
        return ARTICLES
    part = work / f"articles-{count}.jsonl"
    part.write_text("".join(islice(_lines(corpus), count)), encoding="utf-8")
    return part


def _lines(corpus: Path) -> Iterator[str]:
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        yield from lines


_MEASURES: dict[str, Callable[[argparse.Namespace], dict[str, list[dict[str, Any]]]]] = {
    "speed": _speed,
    "scale": _scale,
    "discord": lambda options: {"discord": _discord(options)},
    "fuzz": lambda options: {"fuzz": _fuzz(options)},
    "build": lambda options: {"build": _build(options)},
    "faults": lambda options: {"faults": _faults(options)},
}
_TITLES = {
    "indexing": "Indexing, end to end: the same passages, the same model",
    "questions": "A question, milliseconds: median of each stage, and of the whole",
    "scale": "What a collection of a size costs: building, memory, disk, and the first question of all",
    "scale questions": "A question at a size, milliseconds (median; CPU is time on all processors)",
    "discord": "The bot in a simulated Discord",
    "build": "A build; share: how fast it is beside the model alone, and beside the quick-start",
    "faults": "What happened to builds: each time the old or the new answered, and the next build was whole",
    "fuzz": "Hostile inputs: none crashed, hung or was unaccounted for",
}
_PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "dateline": _dateline,
    "model": lambda options: _built("model alone", options),
    "nothing-new": lambda options: _built("nothing new", options),
    "ten-more": lambda options: _built("ten articles more", options),
    "quick-start": _quick_start,
    "fill": _fill,
    "ask": _ask,
}

if __name__ == "__main__":
    sys.exit(main())
