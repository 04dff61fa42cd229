"""Fit what counts as support, on claims made of public questions and their answers; print the weights."""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.alignment import wording
from bot.answering.verification.comparison import compare
from bot.answering.verification.sources import DraftVectors, Sources, sentences_of
from bot.answering.verification.support import Signs, signs_of
from bot.answering.verification.types import Draft
from bot.progress import fail, shown_progress, speak
from bot.settings import BotSettings
from bot.types import Evidence
from index.errors import DatelineError
from index.passages import split
from index.settings import load_settings
from index.types import Article
from index.wiring import make_embedder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.embedding.words_in_place import WordsInPlace
    from index.protocols import Embedder, Vectors

_SEED = 20261124
_PASSAGE_CHARACTERS = 400
_BESIDE = 1
# Claims made of a question: they stay in one half.
_OF_A_QUESTION = 8
_EPILOG = """example:
  python scripts/fit_support.py --corpus piaf_v1/corpus.jsonl --queries piaf_v1/queries.jsonl \\
    --corpus xquad/corpus.en.jsonl --queries xquad/queries.en.jsonl

exit status: 0 fitted, 1 an error"""
_AND = {"fr": " et ", "en": " and ", "de": " und ", "es": " y "}


@dataclass(frozen=True, slots=True)
class _Claim:
    """A statement, the articles that it cites, and whether they carry it."""

    text: str
    language: str
    articles: tuple[Article, ...]
    is_carried: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Gather signs, fit, print; return the exit status."""
    options = _parser().parse_args(arguments)
    speak()
    try:
        claims = [
            claim
            for corpus, queries in zip(options.corpus, options.queries, strict=True)
            for claim in _claims(corpus, queries, options.sample)
        ]
        rows = _rows(claims, make_embedder(load_settings(BotSettings)))
    except (DatelineError, OSError) as error:
        return fail(error)
    _report(rows, np.array([claim.is_carried for claim in claims]))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--corpus", type=Path, action="append", required=True, metavar="FILE", help="may be given again"
    )
    parser.add_argument(
        "--queries", type=Path, action="append", required=True, metavar="FILE", help="one for each corpus"
    )
    parser.add_argument("--sample", type=int, default=80, metavar="N", help="questions of each file (80)")
    return parser


def _rows(claims: Sequence[_Claim], embedder: Embedder) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the signs of each claim, a row each."""
    rows = []
    with shown_progress() as progress:
        for done, claim in enumerate(claims, start=1):
            rows.append(astuple(_signs(claim, embedder)))
            progress("measure", done, len(claims))
    return np.array(rows)


def _claims(corpus: Path, queries: Path, sample: int) -> Iterator[_Claim]:
    """Yield for each question: its claim with its paragraph, with another one, with another answer, and with a second one.

    Each with what it cites alone and with others beside it: the more is cited, the more words are found somewhere.
    """
    articles = [_article(json.loads(line)) for line in corpus.read_text(encoding="utf-8").splitlines()]
    places = {article.article_id: place for place, article in enumerate(articles)}
    asked = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    chosen = random.Random(_SEED).sample(asked, min(sample, len(asked)))  # noqa: S311  # a sample, no secret
    for question, other in pairwise(chosen):
        place = places[question["relevant_doc_ids"][0]]
        near = articles[max(0, place - _BESIDE) : place + _BESIDE + 1]
        beside = [article for article in near if article is not articles[place]]
        text, language = _statement(question), question["lang"]
        other_text = f"{_asked(question)} {other['answers'][0]}."
        longer = f"{text},{_AND.get(language, ' ')}{_statement(other)}."
        is_other = other["relevant_doc_ids"] != question["relevant_doc_ids"]
        for more in ([], beside[1:]):
            cited = (articles[place], *(beside if more else ()))
            yield _Claim(f"{text}.", language, cited, is_carried=True)
            yield _Claim(f"{text}.", language, (beside[0], *more), is_carried=False)
            if is_other:
                yield _Claim(longer, language, cited, is_carried=False)
                yield _Claim(other_text, language, cited, is_carried=False)


def _statement(question: dict[str, str]) -> str:
    return f"{_asked(question)} {question['answers'][0]}"


def _asked(question: dict[str, str]) -> str:
    return question["question"].rstrip(" ?¿")


def _article(record: dict[str, str]) -> Article:
    return Article(article_id=record["doc_id"], source_path="", text=record["text"], language=record["lang"])


def _signs(claim: _Claim, embedder: Embedder) -> Signs:
    places = [
        (article, passage)
        for article in claim.articles
        for passage in split(article, target=_PASSAGE_CHARACTERS)
    ]
    evidence = [
        Evidence(label, passage, article, 1.0, 1.0)
        for label, (article, passage) in enumerate(places, start=1)
    ]
    cited = tuple(e.label for e in evidence)
    draft = Draft(claim.text, cited, (), claim.language)
    found = sentences_of(evidence)
    read = _read([*(sentence.text for sentence in found), draft.text], embedder)
    rows = np.array([vector for vector, _ in read[:-1]])
    wordings = tuple(
        wording(s.text, s.article.language, words) for s, (_, words) in zip(found, read[:-1], strict=True)
    )
    sources = Sources(tuple(evidence), found, rows, wordings)
    vectors = DraftVectors(read[-1][0], wording(draft.text, draft.language, read[-1][1]))
    return signs_of(compare(draft, vectors, sources, sources.cited(cited)))


_KNOWN: dict[str, tuple[Vectors, WordsInPlace]] = {}


def _read(texts: Sequence[str], embedder: Embedder) -> list[tuple[Vectors, WordsInPlace]]:
    """Encode each text once: claims share their paragraphs."""
    new = list(dict.fromkeys(text for text in texts if text not in _KNOWN))
    if new:
        _KNOWN.update(zip(new, zip(*embedder.read_passages(new), strict=True), strict=True))
    return [_KNOWN[text] for text in texts]


def _report(
    rows: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    carried: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> None:
    from sklearn.linear_model import LogisticRegression

    train = np.arange(len(rows)) // _OF_A_QUESTION % 2 == 0
    model = LogisticRegression(C=1000.0, class_weight="balanced", max_iter=5000).fit(
        rows[train], carried[train]
    )
    names = [field.name for field in fields(Signs)]
    print(
        "WEIGHTS",
        dict(zip(names, model.coef_[0].round(2).tolist(), strict=True)),
        "BIAS",
        round(float(model.intercept_[0]), 2),
    )
    guessed = model.predict(rows[~train])
    truth = carried[~train]
    print(
        f"of the other half, carried and shown {np.mean(guessed[truth]):.3f}, not carried and shown {np.mean(guessed[~truth]):.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
