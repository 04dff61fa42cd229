"""The part of the wiring that chat models need: a command that answers one question loads nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answering.generation import Composer
    from bot.settings import BotSettings
    from index.protocols import Embedder


def make_composer(settings: BotSettings, embedder: Embedder) -> Composer | None:
    """Return what has the configured chat model answer; None where none is configured: then nothing is ever sent.

    Args:
        settings: the model and what it may use.
        embedder: the index's; verification uses it too.

    Raises:
        ChatModelUnusable: the setting names no chat model that can be made here.
    """
    if settings.chat_model is None:
        return None
    from bot.answering.generation import Composer
    from bot.chat_model import make_langchain_model

    model = make_langchain_model(
        settings.chat_model,
        base_url=settings.chat_base_url,
        key=settings.chat_key,
        seconds=settings.chat_seconds,
        retries=settings.chat_retries,
        answer_tokens=settings.chat_answer_tokens,
    )
    return Composer(model, embedder, tokens=settings.chat_tokens)
