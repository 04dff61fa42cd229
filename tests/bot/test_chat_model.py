"""The real client of a real protocol, against a scripted server on loopback."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest
from langchain_core.messages import AIMessageChunk
from pydantic import SecretStr

from bot.chat_model import LangChainModel, Spent, make_langchain_model
from bot.errors import ChatModelDown, ChatModelRefused, ChatModelUnusable
from tests.bot.chat_server import ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langchain_core.language_models import BaseChatModel

pytest.importorskip("langchain_openai")


def _model(base_url: str, *, retries: int = 0) -> LangChainModel:
    return make_langchain_model(
        "openai:any",
        base_url=base_url,
        key=SecretStr("sk-secret"),
        seconds=20,
        retries=retries,
        answer_tokens=100,
    )


def _asked(server: ScriptedServer, *, retries: int = 0) -> str:
    """Return what a model behind the server writes."""

    async def ask() -> str:
        async with serving(server) as base_url:
            pieces = _model(base_url, retries=retries).write([("human", "Où ?")], Spent(1000))
            return "".join([piece async for piece in pieces])

    return asyncio.run(ask())


class TestOverTheProtocol:
    """langchain-openai against a server of the protocol."""

    def test_the_text_comes_through_and_the_settings_arrive(self) -> None:
        """A budget that the provider is not told of is none."""
        server = ScriptedServer("Le pont est fermé [1].")
        assert _asked(server).strip() == "Le pont est fermé [1]."
        body, authorization = server.asked[0]
        assert authorization == "Bearer sk-secret"
        assert body["stream"] is True
        assert 100 in (body.get("max_tokens"), body.get("max_completion_tokens"))

    def test_a_passing_failure_is_tried_again(self) -> None:
        """One lost request must not cost the answer."""
        server = ScriptedServer("Oui [1].", failures=1)
        assert _asked(server, retries=2).strip() == "Oui [1]."

    @pytest.mark.parametrize("status", [401, 429, 500])
    def test_an_error_is_told_without_the_key(self, status: int) -> None:
        """The line goes to the log and to the reader."""
        with pytest.raises(ChatModelDown) as caught:
            _asked(ScriptedServer(status=status))
        assert "sk-secret" not in str(caught.value)

    def test_a_refusal_is_one(self) -> None:
        """A filtered answer breaks off in the middle of a sentence."""
        with pytest.raises(ChatModelRefused):
            _asked(ScriptedServer("Je", finish="content_filter"))

    def test_nobody_there_is_said(self) -> None:
        """An address without a server is the most frequent mistake."""

        async def ask() -> None:
            async for _ in _model("http://127.0.0.1:9/v1").write([("human", "Où ?")], Spent(1000)):
                pass

        with pytest.raises(ChatModelDown):
            asyncio.run(ask())


class TestMakeLangChainModel:
    """A model that cannot be made is refused by name, before anything is asked."""

    def test_an_unknown_provider_is_refused_by_name(self) -> None:
        """The sentence says which setting to change, and holds no key."""
        with pytest.raises(ChatModelUnusable, match="DATELINE_CHAT_MODEL") as caught:
            make_langchain_model(
                "nobody:x", base_url=None, key=SecretStr("sk-secret"), seconds=1, retries=0, answer_tokens=10
            )
        assert "sk-secret" not in str(caught.value)


class _Shaky:
    """Fails so many times before it says a word."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.asked = 0

    async def astream(self, messages: object) -> AsyncIterator[AIMessageChunk]:
        """Fail, or say one word."""
        self.asked += 1
        if self.asked <= self.failures:
            raise ConnectionError
        yield AIMessageChunk(content="Oui.")


@pytest.mark.parametrize(("retries", "asked", "says"), [(1, 2, "Oui."), (0, 1, None)])
def test_a_failed_request_is_sent_again_where_the_package_does_not(
    retries: int, asked: int, says: str | None
) -> None:
    """Two of the providers' packages send nothing again."""
    shaky = _Shaky(failures=1)
    model = LangChainModel("ollama:x", cast("BaseChatModel", shaky), seconds=5, retries=retries)

    async def write() -> str | None:
        try:
            return "".join([piece async for piece in model.write([("human", "?")], Spent(100))])
        except ChatModelDown:
            return None

    assert asyncio.run(write()) == says
    assert shaky.asked == asked
