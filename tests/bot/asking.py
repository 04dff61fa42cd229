"""Questions to articles in memory, and answers made by hand."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.answerer import Answerer
from bot.answering.evidence import Candidate
from bot.answering.question import read_question
from bot.types import Answer, Citation, Evidence, NotCovered, Reason, Statement
from index.passages import split
from index.types import Quotation, Span
from tests.factories import make_article, make_generation, make_passage
from tests.fakes import FakeRetriever

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.types import Dropped, Fallback, Mode, Search
    from index.generation import Generation
    from index.types import Article

PASSAGE_CHARACTERS = 150


def retriever_over(*articles: Article) -> FakeRetriever:
    """Return a retriever over articles, split as a build splits them."""
    return FakeRetriever(
        make_generation(articles=len(articles)),
        [(article, split(article, target=PASSAGE_CHARACTERS)) for article in articles],
    )


def ask(
    question: str,
    *articles: Article,
    since: str | None = None,
    until: str | None = None,
    publisher: str | None = None,
    today: date | None = None,
    any_date: bool = False,
    told: Sequence[Citation] = (),
) -> Answer | NotCovered:
    """Return what the articles answer; filters are read from the words where ``today`` is given."""
    retriever = retriever_over(*articles)
    query = read_question(
        question,
        since=since,
        until=until,
        publisher=publisher,
        publishers=retriever.publishers(),
        today=today,
        any_date=any_date,
        extent=retriever.extent(),
        top_k=10,
    )
    return asyncio.run(Answerer(retriever).answer(query, told=told))


def reason_for(question: str, *articles: Article) -> Reason | None:
    """Return why the articles do not answer; None when they do."""
    answer = ask(question, *articles)
    return answer.reason if isinstance(answer, NotCovered) else None


def article_saying(name: str, text: str, language: str = "en") -> Article:
    """Return an article of which only the text says anything."""
    return make_article(name, text=text, language=language, headline=None, publisher=None, byline=())


def make_citation(article: Article | None = None, words: str | None = None, *, label: int = 1) -> Citation:
    """Return a citation of words of an article: all of its text unless they are given."""
    article = article or make_article()
    words = words or article.text
    start = article.text.index(words)
    return Citation(label, article, Span(start, start + len(words)), words)


SPOKEN = "«\u00a0Le pont ne rouvrira pas cet hiver. La rampe est fendue.\u00a0», a déclaré Odile Marchais."


def make_spoken(words: str | None = None, *, name: str = "Odile Marchais", text: str = SPOKEN) -> Citation:
    """Return a citation of words of an article that quotes a person: all of its text unless they are given."""
    start, end = text.index("Le pont"), text.index("\u00a0»")
    article = replace(make_article("parole", text=text), quotations=(Quotation(Span(start, end), name),))
    return make_citation(article, words)


def make_answer(
    *citations: Citation,
    question: str = "Combien coûteront les travaux du pont ?",
    language: str = "fr",
    generation: Generation | None = None,
    mode: Mode = "quotes",
    model: str | None = None,
    dropped: tuple[Dropped, ...] = (),
    fallback: Fallback | None = None,
    search: Search | None = None,
) -> Answer:
    """Return an answer that quotes; by default one sentence of the article of the factories."""
    cited = citations or (make_citation(),)
    return Answer(
        question=question,
        language=language,
        statements=tuple(Statement(citation.quote, (citation.label,)) for citation in cited),
        citations=cited,
        generation=generation or make_generation(),
        mode=mode,
        model=model,
        dropped=dropped,
        fallback=fallback,
        search=search,
    )


def make_not_covered(
    *nearest: Article,
    reason: Reason | None = None,
    question: str = "Qui a volé la cloche ?",
    language: str = "fr",
    search: Search | None = None,
) -> NotCovered:
    """Return that nothing is said of it."""
    return NotCovered(
        question=question,
        language=language,
        reason=reason or Reason("not-said"),
        nearest=nearest,
        generation=make_generation(),
        search=search,
    )


def make_candidate(article: Article, words: str, cosine: float, *, label: int = 1) -> Candidate:
    """Return a sentence of an article that could be quoted."""
    start = article.text.index(words)
    evidence = Evidence(label, make_passage(article), article, score=cosine, cosine=cosine)
    return Candidate(evidence, Span(start, start + len(words)), words, cosine, cosine)
