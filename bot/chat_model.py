"""The only place that speaks to a chat model: LangChain's models behind one small seam."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.errors import ChatModelDown, ChatModelRefused, ChatModelSlow, ChatModelUnusable, OverBudget

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessageChunk
    from pydantic import SecretStr

# A token is three characters or more in the languages of the coverage, so this never counts too few by much.
_CHARACTERS_PER_TOKEN = 3
# Seconds before a failed request is sent again.
_PAUSE = 0.5
# Their packages send nothing again: one has no setting for it, the other does not mind it while streaming.
_WITHOUT_RETRIES = ("ollama:", "mistralai:")
_REFUSALS = ("content_filter", "refusal", "safety")


class ChatModel(Protocol):
    """Writes text for messages, piece by piece."""

    @property
    def name(self) -> str:
        """Provider and model, as configured."""

    def write(self, messages: Sequence[tuple[str, str]], spent: Spent) -> AsyncIterator[str]:
        """Yield what the model writes, as it comes.

        Raises:
            ChatModelUnavailable: it is down, slow, refuses, or the tokens are spent.
        """


@dataclass(slots=True)
class Spent:
    """Tokens that one answer has used, counted as they come; the one value here that changes.

    Args:
        budget: tokens that it may use, messages and answers together.
        tokens: those used so far.
    """

    budget: int
    tokens: int = 0

    def add(self, text: str) -> None:
        """Count some text.

        Raises:
            OverBudget: more is used than may be.
        """
        self.tokens += -(-len(text) // _CHARACTERS_PER_TOKEN)
        if self.tokens > self.budget:
            msg = f"The answer would use more than {self.budget} tokens (DATELINE_CHAT_TOKENS)."
            raise OverBudget(msg)


class LangChainModel:
    """One of LangChain's chat models.

    Args:
        name: provider and model, as configured.
        model: the model.
        seconds: the longest that a whole answer may take.
        retries: how often a request is sent again that failed before its first word came; for the providers whose
            packages do not do it themselves.
    """

    def __init__(self, name: str, model: BaseChatModel, *, seconds: float, retries: int = 0) -> None:
        """Keep the model; nothing is sent here."""
        self.name = name
        self._model = model
        self._seconds = seconds
        self._retries = retries

    async def write(self, messages: Sequence[tuple[str, str]], spent: Spent) -> AsyncIterator[str]:
        """Yield what the model writes, as it comes.

        What goes wrong is told in our own words: a provider's message may hold a key or an address.
        """
        for _, text in messages:
            spent.add(text)
        try:
            async with asyncio.timeout(self._seconds):
                async for piece in self._tried(messages, self._retries):
                    spent.add(piece)
                    yield piece
        except TimeoutError:
            msg = f"The chat model took more than {self._seconds:g} s (DATELINE_CHAT_SECONDS)."
            raise ChatModelSlow(msg) from None
        except (ChatModelRefused, OverBudget):
            raise
        except Exception as error:  # noqa: BLE001  # each provider's package has errors of its own
            msg = f"The chat model does not answer ({type(error).__name__}): check DATELINE_CHAT_MODEL and its key."
            raise ChatModelDown(msg) from None

    async def _tried(self, messages: Sequence[tuple[str, str]], retries: int) -> AsyncIterator[str]:
        has_begun = False
        try:
            async for piece in self._pieces(messages):
                has_begun = True
                yield piece
        except ChatModelRefused:
            raise
        except Exception:  # each provider's package has errors of its own; the last of them is raised
            if has_begun or not retries:
                raise
            await asyncio.sleep(_PAUSE)
            async for piece in self._tried(messages, retries - 1):
                yield piece

    async def _pieces(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator[str]:
        from langsmith import tracing_context

        # Whatever the environment says: what is asked goes to the configured provider and nowhere else.
        with tracing_context(enabled=False):
            async for chunk in self._model.astream([*messages]):
                _refuse_refusal(chunk)
                if chunk.text:
                    yield str(chunk.text)


def make_langchain_model(  # each is a setting
    name: str,
    *,
    base_url: str | None,
    key: SecretStr | None,
    seconds: float,
    retries: int,
    answer_tokens: int,
) -> LangChainModel:
    """Return the configured chat model; nothing is sent yet.

    Args:
        name: LangChain's ``provider:model``.
        base_url: another server of the same protocol; None for the provider's own.
        key: the provider's key; None where its package reads its own variable or none is needed.
        seconds: the longest that a whole answer may take.
        retries: how often a failed request is sent again.
        answer_tokens: the most that one answer may have.

    Raises:
        ChatModelUnusable: the provider is unknown, or its package or key is missing.
    """
    try:
        from langchain.chat_models import init_chat_model
    except ImportError:
        raise ChatModelUnusable(_missing(name)) from None
    settings: dict[str, Any] = {"temperature": 0}
    if base_url:
        settings["base_url"] = base_url
    if name.startswith(
        "ollama:"
    ):  # its package names two of them differently, and has neither key nor retries
        settings |= {"num_predict": answer_tokens, "client_kwargs": {"timeout": seconds}}
    else:
        settings |= {"timeout": seconds, "max_retries": retries, "max_tokens": answer_tokens}
        settings |= _key(key, base_url)
    try:
        model = init_chat_model(name, **settings)
    except ImportError:
        raise ChatModelUnusable(_missing(name)) from None
    except Exception as error:  # noqa: BLE001  # a missing key has another error in each package
        msg = f"DATELINE_CHAT_MODEL={name} cannot be used ({type(error).__name__}): check the name and DATELINE_CHAT_KEY."
        raise ChatModelUnusable(msg) from None
    own = retries if name.startswith(_WITHOUT_RETRIES) else 0
    return LangChainModel(name, model, seconds=seconds, retries=own)


def _key(key: SecretStr | None, base_url: str | None) -> dict[str, object]:
    """Return the key; for another server without one a word that is none, so that no variable's key goes there."""
    if key is None:
        return {"api_key": "none"} if base_url else {}
    return {"api_key": key.get_secret_value()}


def _missing(name: str) -> str:
    provider = name.split(":", 1)[0]
    return f"DATELINE_CHAT_MODEL={name} needs its package: pip install 'dateline[{provider}]'."


def _refuse_refusal(chunk: BaseMessageChunk) -> None:
    facts = (*chunk.response_metadata.values(), chunk.additional_kwargs.get("refusal"))
    refused = chunk.additional_kwargs.get("refusal") or any(
        fact in _REFUSALS for fact in facts if isinstance(fact, str)
    )
    if refused:
        msg = "The chat model refuses to answer."
        raise ChatModelRefused(msg)
