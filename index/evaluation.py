"""Measures over questions and judgements."""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with the articles that answer it (none: the collection does not).

    Args:
        question_id: its name in the set.
        text: the words.
        language: ISO 639-1 code.
        relevant: source paths of the articles that answer it.
        quotes: words that an answer holds, verbatim.
        candidates: documents that the question is judged against, where the set names them.
        answerable: whether the collection, or else the candidates, answer it.
    """

    question_id: str
    text: str
    language: str
    relevant: frozenset[str]
    quotes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class RunMeasures:
    """Shares of all judged questions, 0 to 1: the right article first, among ten; mean reciprocal rank."""

    questions: int
    hit_at_1: float
    hit_at_10: float
    mrr_at_10: float


def measure_run(run: Mapping[str, Sequence[str]], questions: Sequence[JudgedQuestion]) -> RunMeasures:
    """Measure a run.

    Args:
        run: question id to articles found, best first, each once.
        questions: those without a relevant article do not count.

    Returns:
        hit@1, hit@10 and the reciprocal rank of the first relevant article, cut at ten
        (Voorhees, TREC-8 question answering track, 1999).
    """
    judged = [question for question in questions if question.relevant]
    ranks = [first_rank(run.get(q.question_id, ()), q.relevant) for q in judged]
    count = max(1, len(judged))
    return RunMeasures(
        questions=len(judged),
        hit_at_1=sum(rank == 1 for rank in ranks) / count,
        hit_at_10=sum(rank is not None and rank <= 10 for rank in ranks) / count,
        mrr_at_10=sum(1 / rank for rank in ranks if rank is not None and rank <= 10) / count,
    )


def first_rank(found: Sequence[str], relevant: frozenset[str]) -> int | None:
    """Return the rank, from 1, of the first relevant article; None when there is none."""
    return next((rank for rank, name in enumerate(found, start=1) if name in relevant), None)


def read_records(file: Path) -> Iterator[dict[str, Any]]:
    """Return the objects of a file that holds one a line; ``.gz`` is read too.

    Raises:
        SourceRefused: a line is no JSON object.
    """
    open_file = gzip.open if file.suffix == ".gz" else open
    with open_file(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield dict(json.loads(line))
            except (ValueError, TypeError) as error:
                msg = f"{file}, line {number} is not a JSON object ({error})."
                raise SourceRefused(msg) from error


def corpus_source_paths(corpus: Path) -> dict[str, str]:
    """Return the source path that each document of a corpus gets when its file is indexed: its line.

    Raises:
        SourceRefused: a document has no doc_id.
    """
    name = corpus.name.removesuffix(".gz")
    records = enumerate(read_records(corpus), start=1)
    try:
        return {record["doc_id"]: f"{name}#{line}" for line, record in records}
    except KeyError as error:
        msg = f"{corpus}: every document needs a doc_id."
        raise SourceRefused(msg) from error


def read_judged_questions(file: Path, source_paths: Mapping[str, str]) -> Iterator[JudgedQuestion]:
    """Return the questions of a file with qid, question, lang, relevant_doc_ids and answerable.

    Args:
        file: one object a line.
        source_paths: from :func:`corpus_source_paths`.

    Raises:
        SourceRefused: a line is not of that shape.
    """
    for line, record in enumerate(read_records(file), start=1):
        try:
            yield _judged(record, source_paths)
        except (KeyError, TypeError) as error:
            msg = f"{file}, line {line}: a question needs qid, question, lang and relevant_doc_ids ({error})."
            raise SourceRefused(msg) from error


def _judged(record: Mapping[str, Any], source_paths: Mapping[str, str]) -> JudgedQuestion:
    relevant = (source_paths[name] for name in record["relevant_doc_ids"] or () if name in source_paths)
    return JudgedQuestion(
        question_id=record["qid"],
        text=record["question"],
        language=record["lang"],
        relevant=frozenset(relevant),
        quotes=tuple(record.get("answers") or ()),
        candidates=tuple(record.get("candidate_doc_ids", ())),
        answerable=record.get("answerable", True),
    )


def with_reprints(
    records: Iterable[Mapping[str, Any]], reprinted: Collection[str], copies: int
) -> Iterator[dict[str, Any]]:
    """Return documents of a corpus, some of them followed by reprints as other outlets would print them.

    Args:
        records: the documents.
        reprinted: doc_ids of those that are reprinted.
        copies: how many times.

    Returns:
        The documents in order; a reprint has the doc_id of its original with a plus and a number behind it.
    """
    for record in records:
        yield dict(record)
        for number in range(1, copies + 1 if record["doc_id"] in reprinted else 1):
            yield _reprint(record, number)


def _reprint(record: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return a document as the ``number``-th outlet prints it: with a dateline, its last paragraphs cut."""
    paragraphs = str(record["text"]).split("\n")
    kept = paragraphs[: max(1, len(paragraphs) - number + 1)]
    return {
        **record,
        "doc_id": f"{record['doc_id']}+{number}",
        "url": None,
        "source": f"Reprinting Outlet {number}",
        "text": "\n".join(("BRACKLEY (AFI) - " if number % 2 else "") + line if not n else line
                          for n, line in enumerate(kept)),
    }  # fmt: skip


def sample_questions(questions: Sequence[JudgedQuestion], count: int) -> list[JudgedQuestion]:
    """Return at most ``count`` questions, always the same of the same set."""
    return random.Random(count).sample(questions, min(count, len(questions)))  # noqa: S311  # no secret


@contextmanager
def working_folder(given: Path | None) -> Iterator[Path]:
    """Yield the folder to work in: the one that was given, or one that goes when the work is done."""
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given
    else:
        with tempfile.TemporaryDirectory(prefix="dateline-") as made:
            yield Path(made)
