"""Measure Dateline on judged questions; every row of a table comes from the same run."""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from rich.console import Console

from bot.errors import ChatModelUnusable
from bot.progress import fail, shown_progress, speak
from bot.rendering.table import render_table
from bot.settings import BotSettings
from index.errors import DatelineError
from index.evaluation import working_folder
from index.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.abstention_evaluation import Asked, Verdict
    from index.evaluation import JudgedQuestion, RunMeasures
    from index.retrieval.retriever import HybridRetriever
    from index.types import Hit, Query

# Passages asked for, so that ten different articles are among them.
_DEPTH = 50

_EPILOG = """examples:
  python scripts/evaluate.py retrieval --corpus piaf/corpus.jsonl --queries piaf/queries.jsonl
  python scripts/evaluate.py retrieval --corpus xquad/corpus.en.jsonl --queries xquad/queries.{de,es,ru}.jsonl
  python scripts/evaluate.py sample
  python scripts/evaluate.py typed
  python scripts/evaluate.py pages --data html_pages
  python scripts/evaluate.py scraped --data tests/index/sources/scraped_pages/{tuned,single_set_aside}
  python scripts/evaluate.py answers

corpus: one object a line with doc_id, title, text, lang; queries: qid, question, lang, relevant_doc_ids.
.gz is read too. --work DIR keeps the index for the next run.

exit status: 0 measured, 1 an error"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one evaluation and return the exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        rows: list[dict[str, Any]] = options.run(options)
    except (DatelineError, OSError) as error:
        return fail(error)
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        Console(width=140).print(render_table(options.title, rows))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    retrieval = commands.add_parser("retrieval", help="is the right article found, by each way of finding")
    retrieval.add_argument("--corpus", type=Path, required=True, metavar="FILE")
    retrieval.add_argument("--queries", type=Path, required=True, nargs="+", metavar="FILE")
    retrieval.add_argument("--sample", type=int, metavar="N", help="questions of each file (all)")
    retrieval.set_defaults(run=_retrieval, title="Retrieval: share of questions whose article is found")
    sample = commands.add_parser("sample", help="the sample collection's questions, asked for real")
    sample.set_defaults(run=_sample, title="Sample collection: what was answered")
    typed = commands.add_parser("typed", help="the sample collection's questions, as people type in a hurry")
    typed.set_defaults(
        run=_typed, title="Sample collection: what was found and answered, by how it was typed"
    )
    quotes = commands.add_parser("quotes", help="does the expected answer stand in what would be quoted")
    quotes.add_argument("--corpus", type=Path, required=True, metavar="FILE")
    quotes.add_argument("--queries", type=Path, required=True, nargs="+", metavar="FILE")
    quotes.add_argument("--sample", type=int, metavar="N", help="questions of each file (all)")
    quotes.set_defaults(run=_quotes, title="Quotes: share of questions whose answer stands in them")
    abstention = commands.add_parser("abstention", help="is it known when the coverage does not say")
    abstention.add_argument("--corpus", type=Path, metavar="FILE", help="a collection, with --queries")
    abstention.add_argument(
        "--queries", type=Path, nargs="*", default=[], metavar="FILE", help="questions that it answers"
    )
    abstention.add_argument(
        "--foreign", type=Path, nargs="*", default=[], metavar="FILE", help="questions of other collections"
    )
    abstention.add_argument(
        "--labelled",
        type=Path,
        nargs="*",
        default=[],
        metavar="CORPUS",
        help="with queries.* beside corpus.*: each question is judged against its own candidates",
    )
    abstention.add_argument(
        "--sample", type=int, default=300, metavar="N", help="questions of each file (300)"
    )
    abstention.set_defaults(run=_abstention, title="Abstention: share of questions that were answered")
    pages = commands.add_parser("pages", help="saved pages beside what people found in them")
    pages.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="*/NAME_DATE.html.gz, */NAME.json"
    )
    pages.set_defaults(run=_pages, title="Saved pages: shares that are right, F1 of authors and words")
    scraped = commands.add_parser("scraped", help="pages saved as text beside their gold files")
    scraped.add_argument(
        "--data", type=Path, required=True, nargs="+", metavar="DIR", help="NAME.txt, NAME.json"
    )
    scraped.set_defaults(
        run=_scraped, title="Pages saved as text: shares of characters, and of pages that are right"
    )
    answers = commands.add_parser("answers", help="drafts with planted faults: which would be shown, by kind")
    answers.add_argument(
        "--half",
        choices=("figures", "fresh", "held-out", "latest", "learnt", "rules", "study", "unseen"),
        default="held-out",
        help="which drafts (held-out)",
    )
    answers.set_defaults(run=_answers, title="Verification: drafts that a reader would see, by kind")
    generated = commands.add_parser(
        "generated", help="the sample collection's questions, answered by the configured chat model"
    )
    generated.add_argument("--sample", type=int, metavar="N", help="only the first N questions")
    generated.set_defaults(
        run=_generated, title="Chat model: what was shown, and whether quotes are verbatim"
    )
    support = commands.add_parser(
        "support", help="against people's labels: is a machine's sentence supported"
    )
    support.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="corpus.LANG and queries.LANG"
    )
    support.set_defaults(run=_support, title="Support: agreement with people's labels")
    reprints = commands.add_parser("reprints", help="do reprints take the places of other voices")
    reprints.add_argument("--corpus", type=Path, required=True, metavar="FILE")
    reprints.add_argument("--queries", type=Path, required=True, metavar="FILE")
    reprints.add_argument(
        "--copies", type=int, default=5, metavar="N", help="reprints of each gold article (5)"
    )
    reprints.add_argument("--sample", type=int, default=300, metavar="N", help="questions (300)")
    reprints.set_defaults(run=_reprints, title="Planted reprints: what the first ten passages are")
    for command in (
        retrieval,
        sample,
        typed,
        quotes,
        abstention,
        reprints,
        pages,
        scraped,
        answers,
        generated,
        support,
    ):
        command.add_argument("--json", action="store_true", help="print the rows as JSON")
    for command in (retrieval, sample, typed, quotes, abstention, reprints, answers, generated):
        command.add_argument("--work", type=Path, metavar="DIR", help="keep the index here for the next run")
    return parser


def _retrieval(options: argparse.Namespace) -> list[dict[str, Any]]:
    from index.evaluation import (  # --help answers at once
        corpus_source_paths,
        read_judged_questions,
        sample_questions,
    )

    with working_folder(options.work) as work:
        corpus = _plain(options.corpus, work)
        names = corpus_source_paths(corpus)
        retriever = _open(work, [corpus])
        rows = []
        for file in options.queries:
            questions = [q for q in read_judged_questions(file, names) if q.relevant]
            questions = sample_questions(questions, options.sample or len(questions))
            for found_by, measures in _measured(retriever, questions).items():
                rows.append({"questions from": file.name, "found by": found_by, **asdict(measures)})
    return rows


def _measured(retriever: HybridRetriever, questions: Sequence[JudgedQuestion]) -> dict[str, RunMeasures]:
    from index.evaluation import measure_run  # --help answers at once

    ways: dict[str, Callable[[Query], tuple[Hit, ...]]] = {
        "dense": retriever.dense,
        "lexical": retriever.lexical,
        "fused": retriever.fused,
        "compared": retriever.retrieve,
    }
    runs: dict[str, dict[str, list[str]]] = {way: {} for way in ways}
    source_paths: dict[str, str] = {}
    with shown_progress() as progress:
        for done, question in enumerate(questions, start=1):
            query = _query(question)
            for way, find in ways.items():
                runs[way][question.question_id] = _articles(find(query), retriever, source_paths)
            progress("ask", done, len(questions))
    return {way: measure_run(run, questions) for way, run in runs.items()}


def _query(question: JudgedQuestion) -> Query:
    from bot.answering.question import read_question

    return read_question(question.text, top_k=_DEPTH)


def _articles(hits: Sequence[Hit], retriever: HybridRetriever, source_paths: dict[str, str]) -> list[str]:
    """Return the source paths of the articles found, best first, each once."""
    found = dict.fromkeys(hit.passage.article_id for hit in hits)
    for article_id in found:
        if article_id not in source_paths:
            source_paths[article_id] = retriever.article(article_id).source_path
    return [source_paths[article_id] for article_id in found]


def _sample(options: argparse.Namespace) -> list[dict[str, Any]]:
    import asyncio  # --help answers at once

    from bot.answering.answerer import TOP_K, Answerer
    from bot.answering.question import read_question
    from bot.evaluation import measure_answers
    from index.sample_coverage import ARTICLES, judged_questions

    with working_folder(options.work) as work:
        retriever = _open(work, [ARTICLES])
        answerer, extent = Answerer(retriever), retriever.extent()
        newest = extent.newest_published_at
        today = newest.date() if newest else None  # the day on which the last article could be asked about
        by_kind: dict[str, list[Any]] = {}
        for kind, question in judged_questions():
            query = read_question(question.text, today=today, extent=extent, top_k=TOP_K)
            answer = asyncio.run(answerer.answer(query))
            by_kind.setdefault(kind, []).append((question, answer))
    return [{"kind": kind, **asdict(measure_answers(pairs))} for kind, pairs in by_kind.items()]


def _typed(options: argparse.Namespace) -> list[dict[str, Any]]:
    import asyncio  # --help answers at once

    from bot.answering.answerer import TOP_K, Answerer
    from bot.answering.question import read_question
    from bot.evaluation import measure_answers
    from bot.typing_habits import HABITS
    from index.sample_coverage import ARTICLES, judged_questions

    questions = [question for _, question in judged_questions() if question.relevant]
    rows = []
    with working_folder(options.work) as work:
        retriever = _open(work, [ARTICLES])
        answerer = Answerer(retriever)
        for habit, type_it in HABITS.items():
            queries = [read_question(type_it(question.text), top_k=TOP_K) for question in questions]
            found = [
                bool(question.relevant & set(_articles(retriever.retrieve(query), retriever, {})))
                for question, query in zip(questions, queries, strict=True)
            ]
            answers = [asyncio.run(answerer.answer(query)) for query in queries]
            measures = measure_answers(zip(questions, answers, strict=True))
            rows.append({"typed": habit, "found_in_ten": sum(found) / len(found), **asdict(measures)})
    return rows


def _quotes(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Quote for every question, whether or not the coverage would be judged to answer it."""
    from index.evaluation import (  # --help answers at once
        corpus_source_paths,
        read_judged_questions,
        sample_questions,
    )

    with working_folder(options.work) as work:
        corpus = _plain(options.corpus, work)
        names = corpus_source_paths(corpus)
        retriever = _open(work, [corpus])
        rows = []
        for file in options.queries:
            questions = [q for q in read_judged_questions(file, names) if q.quotes and q.relevant]
            questions = sample_questions(questions, options.sample or len(questions))
            rows += [{"questions from": file.name, **row} for row in _quoted(questions, retriever)]
        return rows


def _quoted(questions: Sequence[JudgedQuestion], retriever: HybridRetriever) -> list[dict[str, Any]]:
    from bot.evaluation import measure_quotes, quotes_for

    runs: dict[str, list[tuple[JudgedQuestion, tuple[str, ...]]]] = {}
    with shown_progress() as progress:
        for done, question in enumerate(questions, start=1):
            for way, quoted in quotes_for(question, retriever).items():
                runs.setdefault(way, []).append((question, quoted))
            progress("ask", done, len(questions))
    return [{"chosen by": way, **asdict(measure_quotes(run))} for way, run in runs.items()]


def _abstention(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Ask questions that the collection answers, the same without their article, and foreign ones."""
    with working_folder(options.work) as work:
        rows = _abstained(options, work) if options.corpus else []
        return [*rows, *(_labelled(file, options.sample, work) for file in options.labelled)]


def _abstained(options: argparse.Namespace, work: Path) -> list[dict[str, Any]]:
    from bot.abstention_evaluation import asked_abroad, asked_at_home, asked_without_its_article
    from index.evaluation import corpus_source_paths

    corpus = _plain(options.corpus, work)
    names, retriever = corpus_source_paths(corpus), _open(work, [corpus])
    rows, answered = [], []
    for file in options.queries:
        questions = _answerable(file, names, options.sample)
        own = _verdicts(asked_at_home(questions, retriever), retriever)
        rows.append(_abstention_row(file, "its own", own))
        without = _verdicts(asked_without_its_article(questions, retriever), retriever)
        rows.append(_abstention_row(file, "its own, the answering article taken away", without, own))
        answered += own
    for file in options.foreign:
        abroad = _verdicts(asked_abroad(_answerable(file, {}, options.sample), retriever), retriever)
        rows.append(_abstention_row(file, "another collection's", abroad, answered))
    return rows


def _labelled(file: Path, count: int, work: Path) -> dict[str, Any]:
    from bot.abstention_evaluation import asked_of_candidates
    from index.evaluation import corpus_source_paths, read_judged_questions, sample_questions
    from index.wiring import open_articles

    folder = work / file.name
    folder.mkdir(exist_ok=True)
    corpus = _plain(file, folder)
    names, retriever = corpus_source_paths(corpus), _open(folder, [corpus])
    articles = open_articles(load_settings(BotSettings, index_dir=folder / "index"))
    queries = file.with_name(file.name.replace("corpus", "queries"))
    questions = sample_questions(list(read_judged_questions(queries, names)), count)
    asked = asked_of_candidates(questions, names, retriever, articles)
    return _abstention_row(queries, "judged against its candidates", _verdicts(asked, retriever))


def _answerable(file: Path, names: dict[str, str], count: int) -> list[JudgedQuestion]:
    from index.evaluation import read_judged_questions, sample_questions

    return sample_questions([q for q in read_judged_questions(file, names) if q.answerable], count)


def _verdicts(asked: Iterable[Asked], retriever: HybridRetriever) -> list[tuple[Verdict, bool]]:
    from bot.abstention_evaluation import verdict_on

    verdicts = []
    with shown_progress() as progress:
        for done, one in enumerate(asked, start=1):
            verdicts.append((verdict_on(one, retriever), one.answerable))
            progress("ask", done, None)
    return verdicts


def _abstention_row(
    file: Path,
    which: str,
    verdicts: list[tuple[Verdict, bool]],
    answered: Sequence[tuple[Verdict, bool]] = (),
) -> dict[str, Any]:
    from bot.abstention_evaluation import measure_abstention

    return {"questions from": file.name, "which": which, **asdict(measure_abstention(verdicts, answered))}


def _pages(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Read each page with trafilatura alone and with Dateline; half of them was never tuned on."""
    from index.page_evaluation import (
        found_by_dateline,
        found_by_trafilatura,
        found_in_text,
        measure_pages,
        read_gold_pages,
    )
    from index.sources.drafts import Origin
    from index.sources.language import detect_language
    from index.sources.pages import parse_html
    from index.sources.scraped import parse_scraped_text

    now = datetime.now(UTC)
    golds = list(read_gold_pages(options.data))
    parts = {"all": golds, "not tuned on": [gold for gold in golds if not gold.is_for_tuning]}
    for gold in golds:
        parts.setdefault(detect_language(gold.text), []).append(gold)
    readers: dict[str, Callable[[Any], Any]] = {
        "trafilatura alone": lambda gold: found_by_trafilatura(gold.html),
        "Dateline": lambda gold: found_by_dateline(
            parse_html(gold.html, Origin(source_path=gold.name, sha256="", now=now))
        ),
        "Dateline, from the lines alone": lambda gold: found_in_text(
            gold.html,
            lambda text: parse_scraped_text(text, Origin(source_path=gold.name, sha256="", now=now)),
        ),
    }
    found: dict[str, dict[str, Any]] = {}
    speed: dict[str, int] = {}
    for name, read in readers.items():
        begun = process_time()
        found[name] = {gold.name: read(gold) for gold in golds}
        speed[name] = round(len(golds) / (process_time() - begun))
    return [
        {
            "which": part,
            "read by": name,
            **asdict(measure_pages([(gold, found[name][gold.name]) for gold in some])),
            "pages/s": speed[name],
        }
        for part, some in parts.items()
        for name in readers
    ]


def _scraped(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Read each folder's pages together, so that what an outlet repeats is known."""
    from index.scraped_evaluation import measure_texts, read_gold_texts
    from index.sources import read_sources

    rows = []
    for folder in options.data:
        golds = read_gold_texts(folder)
        paths = [folder / gold.name for gold in golds]
        speed = _texts_a_second(paths)  # before any of their lines is known
        readings = {r.source_path: r for r in read_sources(paths, max_bytes=10**7, now=datetime.now(UTC))}
        pairs = [(gold, readings.get(gold.name)) for gold in golds]
        for language in ("all", *sorted({gold.language for gold in golds})):
            some = [pair for pair in pairs if language in ("all", pair[0].language)]
            measures = asdict(measure_texts(some))
            rows.append({"folder": folder.name, "language": language, **measures, "texts/s": speed})
    return rows


def _texts_a_second(paths: Sequence[Path]) -> int:
    """Return how many pages saved as text one processor reads in a second of its time, each page for itself."""
    from index.sources.drafts import Origin
    from index.sources.language import detect_language
    from index.sources.scraped import parse_scraped_text

    detect_language("bonjour")  # reads the identifier's model, once in a run
    origin = Origin(source_path="page.txt", sha256="", now=datetime.now(UTC))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    begun = process_time()
    for text in texts:
        parse_scraped_text(text, origin)
    return round(len(texts) / (process_time() - begun))


def _answers(options: argparse.Namespace) -> list[dict[str, Any]]:
    from bot.draft_evaluation import answer_times, check_drafts, judged_drafts, measure_kinds
    from index.sample_coverage import ARTICLES, DRAFT_ARTICLES
    from index.sources.files import read_sources
    from index.wiring import make_embedder

    settings = load_settings(BotSettings)
    readings = read_sources(
        [ARTICLES, DRAFT_ARTICLES], max_bytes=settings.max_source_bytes, now=datetime.now(UTC)
    )
    articles = {reading.article.source_path: reading.article for reading in readings if reading.article}
    drafts = list(judged_drafts(options.half))
    outcomes = []
    with shown_progress() as progress:
        for done, outcome in enumerate(check_drafts(drafts, articles, make_embedder(settings)), start=1):
            outcomes.append(outcome)
            progress("check", done, len(drafts))
    took, used = answer_times(outcomes)
    print(
        f"added to an answer of five sentences, encoding too: {took:.0f} ms, {used:.0f} ms of processor time",
        file=sys.stderr,
    )
    return [asdict(row) for row in measure_kinds(outcomes)]


def _generated(options: argparse.Namespace) -> list[dict[str, Any]]:
    import asyncio

    from bot.answering.answerer import TOP_K, Answerer
    from bot.answering.question import read_question
    from bot.chat_wiring import make_composer
    from bot.evaluation import measure_generated
    from bot.types import Answer
    from index.sample_coverage import ARTICLES, judged_questions

    with working_folder(options.work) as work:
        retriever = _open(work, [ARTICLES])
        composer = make_composer(load_settings(BotSettings), retriever.embedder)
        if composer is None:
            msg = "No chat model is configured: set DATELINE_CHAT_MODEL."
            raise ChatModelUnusable(msg)
        answerer, answers = Answerer(retriever, composer), []
        questions = [question for _, question in judged_questions()][: options.sample]
        with shown_progress() as progress:
            for done, question in enumerate(questions, start=1):
                answer = asyncio.run(answerer.answer(read_question(question.text, top_k=TOP_K)))
                answers.extend([answer] if isinstance(answer, Answer) else [])
                progress("ask", done, len(questions))
    return [{"model": composer.model_name, "questions": len(questions), **asdict(measure_generated(answers))}]


def _support(options: argparse.Namespace) -> list[dict[str, Any]]:
    from bot.support_evaluation import measure_support
    from index.wiring import make_embedder

    embedder = make_embedder(load_settings(BotSettings))
    rows = []
    with shown_progress() as progress:
        for queries in sorted(options.data.glob("queries.*.jsonl*")):
            corpus = queries.with_name(queries.name.replace("queries", "corpus"))
            measures = measure_support(_lines(corpus), _lines(queries), embedder, progress)
            rows.append({"language": queries.name.split(".")[1], **asdict(measures)})
    return rows


def _lines(file: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return [json.loads(line) for line in text.decode().splitlines()]


def _reprints(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Plant reprints of the articles that answer, and ask with reprints folded and as they are found."""
    from bot.answering.answerer import TOP_K
    from bot.answering.evidence import find, gather
    from bot.evaluation import measure_reprints
    from index.evaluation import corpus_source_paths

    with working_folder(options.work) as work:
        planted = _planted(options, work)
        names = corpus_source_paths(planted)
        originals = {path: names[name.rsplit("+", 1)[0]] for name, path in names.items()}
        retriever = _open(work, [planted])
        questions = [q for q in _answerable(options.queries, names, options.sample) if q.relevant]
        as_found, folded = [], []
        for question in questions:
            query = replace(_query(question), top_k=TOP_K)
            as_found.append((question, gather(retriever.retrieve(query), retriever)))
            folded.append((question, find(query, retriever)))
    ways = {"as found": as_found, "folded": folded}
    return [
        {"reprints": way, **asdict(measure_reprints(found, originals, options.copies))}
        for way, found in ways.items()
    ]


def _planted(options: argparse.Namespace, work: Path) -> Path:
    from index.evaluation import read_records, with_reprints

    asked = {name for record in read_records(options.queries) for name in record["relevant_doc_ids"] or ()}
    planted = work / "planted.jsonl"
    with planted.open("w", encoding="utf-8") as lines:
        for record in with_reprints(read_records(options.corpus), asked, options.copies):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return planted


def _open(work: Path, sources: Sequence[Path]) -> HybridRetriever:
    from index.build_wiring import build_index
    from index.wiring import open_retriever

    settings = load_settings(BotSettings, index_dir=work / "index")
    with shown_progress() as progress:
        build_index(settings, sources, progress)
    return open_retriever(settings)


def _plain(file: Path, work: Path) -> Path:
    """Return the file, unpacked where it is compressed."""
    if file.suffix != ".gz":
        return file
    unpacked = work / file.stem
    with gzip.open(file) as packed, unpacked.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return unpacked


if __name__ == "__main__":
    sys.exit(main())
