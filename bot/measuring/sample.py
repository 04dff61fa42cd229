"""Runs over the sample collection: its questions asked for real, as people type them, and of a chat model."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.answering.answerer import TOP_K, Answerer
from bot.answering.question import read_question
from bot.chat_wiring import make_composer
from bot.errors import ChatModelUnusable
from bot.evaluation import measure_answers, measure_generated
from bot.measuring.collections import articles_of
from bot.measuring.opening import open_sources
from bot.progress import shown_progress
from bot.settings import BotSettings
from bot.types import Answer
from bot.typing_habits import HABITS
from index.evaluation import working_folder
from index.sample_coverage import ARTICLES, judged_questions
from index.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path


def sample(work: Path | None) -> list[dict[str, Any]]:
    """Ask the questions of every kind.

    Args:
        work: keeps the index for the next run, where it is given.

    Returns:
        A row for each kind.
    """
    with working_folder(work) as folder:
        retriever = open_sources(folder, [ARTICLES])
        answerer, extent = Answerer(retriever), retriever.extent()
        newest = extent.newest_published_at
        today = newest.date() if newest else None  # the day on which the last article could be asked about
        by_kind: dict[str, list[Any]] = {}
        for kind, question in judged_questions():
            query = read_question(question.text, today=today, extent=extent, top_k=TOP_K)
            answer = asyncio.run(answerer.answer(query))
            by_kind.setdefault(kind, []).append((question, answer))
    return [{"kind": kind, **asdict(measure_answers(pairs))} for kind, pairs in by_kind.items()]


def typed(work: Path | None) -> list[dict[str, Any]]:
    """Ask the questions that the collection answers, as people type in a hurry.

    Args:
        work: keeps the index for the next run, where it is given.

    Returns:
        A row for each habit of typing.
    """
    questions = [question for _, question in judged_questions() if question.relevant]
    rows = []
    with working_folder(work) as folder:
        retriever = open_sources(folder, [ARTICLES])
        answerer = Answerer(retriever)
        for habit, type_it in HABITS.items():
            queries = [read_question(type_it(question.text), top_k=TOP_K) for question in questions]
            found = [
                bool(question.relevant & set(articles_of(retriever.retrieve(query), retriever)))
                for question, query in zip(questions, queries, strict=True)
            ]
            answers = [asyncio.run(answerer.answer(query)) for query in queries]
            measures = measure_answers(zip(questions, answers, strict=True))
            rows.append({"typed": habit, "found_in_ten": sum(found) / len(found), **asdict(measures)})
    return rows


def generated(count: int | None, work: Path | None) -> list[dict[str, Any]]:
    """Have the configured chat model answer the questions.

    Args:
        count: only the first so many; None for all.
        work: keeps the index for the next run, where it is given.

    Returns:
        One row.

    Raises:
        ChatModelUnusable: none is configured.
    """
    with working_folder(work) as folder:
        retriever = open_sources(folder, [ARTICLES])
        composer = make_composer(load_settings(BotSettings), retriever.embedder)
        if composer is None:
            msg = "No chat model is configured: set DATELINE_CHAT_MODEL."
            raise ChatModelUnusable(msg)
        answerer, answers = Answerer(retriever, composer), []
        questions = [question for _, question in judged_questions()][:count]
        with shown_progress() as progress:
            for done, question in enumerate(questions, start=1):
                answer = asyncio.run(answerer.answer(read_question(question.text, top_k=TOP_K)))
                answers.extend([answer] if isinstance(answer, Answer) else [])
                progress("ask", done, len(questions))
    return [{"model": composer.model_name, "questions": len(questions), **asdict(measure_generated(answers))}]
