"""A follow-up question made one that can be understood alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.answering.prompts import rewrite_messages
from bot.answering.question import LONGEST_QUESTION
from bot.chat_model import Spent
from bot.errors import ChatModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chat_model import ChatModel

_log = logging.getLogger(__name__)
# Earlier questions that a model is told of.
MOST_TURNS = 3
_LONGEST_TURN = 600
_MOST_TOKENS = 3000


async def rewritten(question: str, turns: Sequence[tuple[str, str]], model: ChatModel) -> str:
    """Return a question that can be understood alone; as it is where there is nothing to add or the model is away.

    What it became is for the reader to see: it is the text of the query, and is shown where it differs.

    Args:
        question: the last question.
        turns: earlier questions with their answers, oldest first; only the last few are sent.
        model: rewrites.
    """
    if not turns:
        return question
    sent = [(asked[:_LONGEST_TURN], answered[:_LONGEST_TURN]) for asked, answered in turns[-MOST_TURNS:]]
    try:
        pieces = [piece async for piece in model.write(rewrite_messages(question, sent), Spent(_MOST_TOKENS))]
    except ChatModelUnavailable as error:
        _log.warning("The follow-up is searched as it was asked: %s", error)
        return question
    line = " ".join("".join(pieces).split()).strip('“”«»" ')
    return line if _is_question_like(line, question) else question


def _is_question_like(line: str, question: str) -> bool:
    """Tell whether a rewriting is one: a model may answer instead, or go on for pages."""
    return 0 < len(line) <= min(LONGEST_QUESTION, 4 * len(question) + 200) and ("?" in line) >= (
        "?" in question
    )
