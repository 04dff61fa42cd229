"""A server of the OpenAI protocol on loopback that says what it was told to."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.test_utils import TestServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass
class ScriptedServer:
    """What the server says, and what it was asked.

    Args:
        answer: the text that it streams, word by word.
        status: the status that it answers with.
        failures: so many requests are answered with 500 before one succeeds.
        finish: why it says that it stopped.
        asked: the requests' bodies and their Authorization headers.
    """

    answer: str = ""
    status: int = 200
    failures: int = 0
    finish: str = "stop"
    asked: list[tuple[dict[str, Any], str]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer ``POST /v1/chat/completions``."""
        self.asked.append((await request.json(), request.headers.get("Authorization", "")))
        if len(self.asked) <= self.failures or self.status != 200:
            status = 500 if len(self.asked) <= self.failures else self.status
            return web.json_response({"error": {"message": "key sk-secret is wrong"}}, status=status)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for piece in self.answer.split(" "):
            await response.write(_event({"content": f"{piece} "}, None))
        await response.write(_event({}, self.finish))
        await response.write(b"data: [DONE]\n\n")
        return response


@asynccontextmanager
async def serving(server: ScriptedServer) -> AsyncIterator[str]:
    """Serve on loopback; yields the base url."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.handle)
    async with TestServer(app) as running:
        yield str(running.make_url("/v1"))


def _event(delta: dict[str, Any], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "x", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n".encode()
