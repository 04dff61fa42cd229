"""Measures over answers: was the right sentence quoted, was silence kept where nothing is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.answering.answerer import TOP_K
from bot.answering.evidence import candidates, find, gather
from bot.answering.kinds import kind_asked
from bot.answering.question import read_question
from bot.answering.quotes import MOST_QUOTES, choose
from bot.types import Answer
from index.retrieval.duplicates import is_reprint, shingles
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.types import Evidence, NotCovered
    from index.evaluation import JudgedQuestion
    from index.protocols import AllArticles, Retriever
    from index.retrieval.retriever import HybridRetriever

Outcome = Literal["right", "wrong", "silent"]


@dataclass(frozen=True, slots=True)
class AnswerMeasures:
    """Shares of the questions, 0 to 1.

    Args:
        questions: how many were asked.
        right: an expected quote stands in one of the quoted sentences; or, where nothing is
            expected, nothing was answered.
        first: an expected quote stands in the first quoted sentence.
        wrong: something else was quoted.
        silent: "not covered" although the coverage answers.
    """

    questions: int
    right: float
    first: float
    wrong: float
    silent: float


def outcome(answer: Answer | NotCovered, question: JudgedQuestion, *, quotes: int | None = None) -> Outcome:
    """Judge one answer.

    Args:
        answer: what was answered.
        question: with the words that an answer holds; without any, silence is right.
        quotes: how many of the quotes count, None for all.
    """
    if not isinstance(answer, Answer):
        return "silent" if question.quotes else "right"
    found = any(_holds(citation.quote, question) for citation in answer.citations[:quotes])
    return "right" if found else "wrong"


def _holds(quote: str, question: JudgedQuestion) -> bool:
    quoted = _plain(quote)
    return any(expected in quoted or quoted in expected for expected in map(_plain, question.quotes))


def measure_answers(pairs: Iterable[tuple[JudgedQuestion, Answer | NotCovered]]) -> AnswerMeasures:
    """Measure answers to judged questions."""
    judged = list(pairs)
    count = max(1, len(judged))
    outcomes = [outcome(answer, question) for question, answer in judged]
    first = [outcome(answer, question, quotes=1) for question, answer in judged]
    return AnswerMeasures(
        questions=len(judged),
        right=outcomes.count("right") / count,
        first=first.count("right") / count,
        wrong=outcomes.count("wrong") / count,
        silent=outcomes.count("silent") / count,
    )


@dataclass(frozen=True, slots=True)
class GeneratedMeasures:
    """What became of answers that a chat model was asked for.

    Args:
        answered: how many there are.
        generated: of these, in its words; the others fell back to quotes.
        sentences: of its sentences, shown.
        dropped: of its sentences, not shown.
        quotes: citations of all answers.
        verbatim: share of these that equal their span, 0 to 1.
    """

    answered: int
    generated: int
    sentences: int
    dropped: int
    quotes: int
    verbatim: float


def measure_generated(answers: Sequence[Answer]) -> GeneratedMeasures:
    """Measure answers that a chat model was asked for."""
    generated = [answer for answer in answers if answer.mode == "generated"]
    cited = [citation for answer in answers for citation in answer.citations]
    verbatim = sum(citation.span.of(citation.article.text) == citation.quote for citation in cited)
    return GeneratedMeasures(
        answered=len(answers),
        generated=len(generated),
        sentences=sum(len(answer.statements) for answer in generated),
        dropped=sum(dropped.sentences for answer in answers for dropped in answer.dropped),
        quotes=len(cited),
        verbatim=verbatim / max(1, len(cited)),
    )


def evidence_for(
    question: JudgedQuestion, retriever: Retriever, *, without_its_article: bool = False
) -> tuple[Evidence, ...]:
    """Return what is found for a question.

    Args:
        question: what is asked.
        retriever: finds the passages.
        without_its_article: take away what answers it: the hardest question that the coverage does
            not answer is one whose topic it knows.
    """
    query = read_question(question.text, top_k=2 * TOP_K)
    found = find(query, retriever)
    if without_its_article:
        found = tuple(e for e in found if e.article.source_path not in question.relevant)
    return found[:TOP_K]


def evidence_among(
    question: JudgedQuestion, passage_ids: Sequence[str], retriever: HybridRetriever
) -> tuple[Evidence, ...]:
    """Return the best of given passages, for sets that judge a question against its own few.

    Args:
        question: what is asked.
        passage_ids: all that counts.
        retriever: its index holds them.
    """
    query = read_question(question.text, top_k=TOP_K)
    return gather(retriever.rank(query, passage_ids), retriever)


@dataclass(frozen=True, slots=True)
class QuoteMeasures:
    """Shares of the questions whose answer stands in the one best sentence, in the best three; quotes each."""

    questions: int
    in_one: float
    in_three: float
    quotes: float


def quotes_for(question: JudgedQuestion, retriever: HybridRetriever) -> dict[str, tuple[str, ...]]:
    """Return the sentences that each way of choosing would quote, best first.

    Returns:
        By "vector": each sentence encoded by itself, as one vector; "words": by its words in place; "all
        signs": as an answer quotes them.
    """
    query = read_question(question.text, top_k=TOP_K)
    found = candidates(gather(retriever.retrieve(query), retriever), query, retriever)
    if not found:
        return dict.fromkeys(("vector", "words", "all signs"), ())
    texts = [candidate.text for candidate in found]
    (asked,) = retriever.embedder.embed_questions([query.text])
    cosines = (retriever.embedder.embed_passages(texts) @ asked).tolist()
    by_vector = [text for _, text in sorted(zip(cosines, texts, strict=True), reverse=True)]
    chosen = choose(found, kind_asked(query.text))
    return {
        "vector": tuple(by_vector[:MOST_QUOTES]),
        "words": tuple(texts[:MOST_QUOTES]),
        "all signs": tuple(candidate.text for candidate in chosen),
    }


def measure_quotes(pairs: Sequence[tuple[JudgedQuestion, tuple[str, ...]]]) -> QuoteMeasures:
    """Measure the sentences quoted for judged questions."""
    held = [[_holds(quote, question) for quote in quotes] for question, quotes in pairs]
    count = max(1, len(pairs))
    return QuoteMeasures(
        questions=len(pairs),
        in_one=sum(any(each[:1]) for each in held) / count,
        in_three=sum(any(each) for each in held) / count,
        quotes=sum(map(len, held)) / count,
    )


@dataclass(frozen=True, slots=True)
class ReprintMeasures:
    """What reprints do to the ten passages that a question finds.

    Args:
        questions: how many were asked.
        stories: how many different articles the ten passages are of, reprints counted as their original.
        repeated: how many of the ten repeat an earlier one, all but the original being reprints.
        named: share of the reprints of the article that answers which the passages name as "also in".
    """

    questions: int
    stories: float
    repeated: float
    named: float


def measure_reprints(
    found: Sequence[tuple[JudgedQuestion, Sequence[Evidence]]], originals: Mapping[str, str], copies: int
) -> ReprintMeasures:
    """Measure what was found among planted reprints.

    Args:
        found: questions with their evidence.
        originals: source path of each document to that of its original.
        copies: how many reprints each relevant article has.
    """
    stories = repeated = named = 0.0
    for question, evidence in found:
        places = [(originals[e.article.source_path], e.passage.text) for e in evidence]
        stories += len({story for story, _ in places})
        pairs = [(story, shingles(text)) for story, text in places]
        repeated += sum(
            any(story == other and is_reprint(mine, theirs) for other, theirs in pairs[:place])
            for place, (story, mine) in enumerate(pairs)
        )
        also = {
            a.article_id for e in evidence for a in e.also_in if originals[a.source_path] in question.relevant
        }
        quoted = {
            e.article.article_id for e in evidence if originals[e.article.source_path] in question.relevant
        }
        named += min(1.0, len(also | quoted) / (copies + 1)) if also else 0.0
    count = max(1, len(found))
    return ReprintMeasures(len(found), stories / count, repeated / count, named / count)


def passages_by_source(articles: AllArticles) -> dict[str, tuple[str, ...]]:
    """Return the ids of the passages of each source."""
    sources = {article.article_id: article.source_path for article in articles.articles()}
    found: dict[str, tuple[str, ...]] = {}
    for passage in articles.all_passages():
        source = sources[passage.article_id]
        found[source] = (*found.get(source, ()), passage.passage_id)
    return found


def _plain(quote: str) -> str:
    """Fold what typography varies: expected words may end inside a sentence, so words are compared."""
    return f" {' '.join(words(quote))} "
