"""The front of the REST API: who calls, how it is read, what goes wrong on demand, what is answered and logged."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from tests.discord_simulator.errors import Refusal, not_found
from tests.discord_simulator.faults import Fault
from tests.discord_simulator.form import malformed
from tests.discord_simulator.messaging import Draft, Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from tests.discord_simulator.allowance import Allowance
    from tests.discord_simulator.faults import Faults
    from tests.discord_simulator.world import World

VERSION = "/api/v10"
# Calls that show a token in their path instead of the bot's own.
_OPEN = re.compile(r"^/(?:interactions/[^/]+/[^/]+/callback|webhooks/[^/]+/[^/]+(?:/.*)?)$")
_FILE = re.compile(r"^files\[(\d{1,2})\]$")
_INVALID = (401, 403, 429)
# More than ten files of ten megabytes are refused before they are read.
MOST_BYTES = 101 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was answered.

    Attributes:
        method: such as "POST".
        path: after the version, such as "/users/@me".
        status: of the answer.
        at: when it came, in the simulated Discord's time.
        payload: what was sent, None for nothing.
        answer: what was answered, None for nothing.
    """

    method: str
    path: str
    status: int
    at: datetime
    payload: Any = field(repr=False)
    answer: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A call as a route reads it.

    Attributes:
        ids: the variable parts of the path.
        query: what stands after "?".
        payload: the JSON.
        uploads: files by their number.
    """

    ids: Mapping[str, str]
    query: Mapping[str, str]
    payload: Any
    uploads: Mapping[int, Upload]

    def id(self, name: str) -> int:
        """Return a part of the path as a snowflake.

        Raises:
            Refusal: 50035, it is none.
        """
        value = self.ids[name]
        if not value.isdecimal():
            raise malformed((name,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return int(value)

    def form(self) -> Mapping[str, Any]:
        """Return the JSON, which has to be an object.

        Raises:
            Refusal: 50035, it is none.
        """
        if self.payload is None:
            return {}
        if not isinstance(self.payload, dict):
            raise malformed((), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return self.payload

    def draft(self) -> Draft:
        """Return the message that is sent."""
        return Draft(payload=self.form(), uploads=self.uploads)

    def says(self, name: str) -> bool:
        """Tell whether the query says yes to something."""
        return self.query.get(name, "").lower() in ("1", "true")


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path, with {names} for what varies, and what answers: JSON, or None for an empty answer."""

    method: str
    path: str
    answer: Callable[[Asked], Any]


class Front:
    """Takes every call.

    Args:
        world: knows the token.
        faults: what goes wrong on demand.
        allowance: how many calls are taken.
        routes: answer the calls.

    Attributes:
        calls: all that were answered, in order.
    """

    def __init__(self, world: World, faults: Faults, allowance: Allowance, routes: Iterable[Route]) -> None:
        """Lay the routes."""
        self._world, self._faults, self._allowance = world, faults, allowance
        self.calls: list[Call] = []
        self._routes = [(route.method, _pattern(route.path), route.answer) for route in routes]

    @property
    def invalid_calls(self) -> int:
        """How many answers counted towards Discord's ban: 10,000 in ten minutes are too many."""
        return sum(call.status in _INVALID for call in self.calls)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one call."""
        path = request.rel_url.raw_path.removeprefix(VERSION)
        at, asked = self._world.clock.now(), None
        if self._allowance.is_banned(at):  # by the proxy, which says no "Via" and no JSON
            return web.Response(status=429, text="error code: 1015", headers={"Retry-After": "3600"})
        fault = self._faults.strike(f"{request.method} {path}") or self._hurry(path)
        try:
            asked = await _read(request)  # read even what is not carried out: the socket is used again
            status, answer = self._carry_out(request, path, asked, fault)
        except Refusal as refusal:
            status, answer = refusal.status, refusal.body()
        if status in _INVALID:
            self._allowance.note_invalid(at)
        self.calls.append(Call(request.method, path, status, at, asked and asked.payload, answer))
        self._world.bell.ring()
        return _response(status, answer, fault)

    def _hurry(self, path: str) -> Fault | None:
        """Return a global 429 where calls come too fast; replies to interactions may come as fast as they can."""
        seconds = 0.0 if _OPEN.match(path) else self._allowance.take(self._world.clock.tick())
        return Fault(status=429, retry_after=seconds, is_global=True) if seconds else None

    def _carry_out(
        self, request: web.Request, path: str, asked: Asked, fault: Fault | None
    ) -> tuple[int, Any]:
        if fault and not fault.carried_out:
            return fault.status, fault.body()
        if not _OPEN.match(path) and request.headers.get("Authorization") != f"Bot {self._world.token}":
            raise Refusal(401, 0, "401: Unauthorized")
        answerer, ids = self._find(request.method, path)
        answer = answerer(Asked(ids, asked.query, asked.payload, asked.uploads))
        if fault:
            return fault.status, None
        return (204 if answer is None else 200), answer

    def _find(self, method: str, path: str) -> tuple[Callable[[Asked], Any], Mapping[str, str]]:
        found = [(m, match, answer) for m, route, answer in self._routes if (match := route.fullmatch(path))]
        if not found:
            raise not_found()
        for allowed, match, answer in found:
            if allowed == method:
                return answer, match.groupdict()
        raise Refusal(405, 0, "405: Method Not Allowed")


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _response(status: int, answer: Any, fault: Fault | None) -> web.Response:
    headers = fault.headers() if fault else {}
    if answer is None:
        return web.Response(status=status, headers=headers)
    # Exactly this: discord.py takes JSON with a charset for text.
    return web.Response(
        status=status,
        body=json.dumps(answer).encode(),
        headers={**headers, "Content-Type": "application/json"},
    )


async def _read(request: web.Request) -> Asked:
    query = dict(request.query)
    if request.content_type == "multipart/form-data":
        payload, uploads = await _read_parts(request)
        return Asked({}, query, payload, uploads)
    if (request.content_length or 0) > MOST_BYTES:
        raise Refusal(413, 40005, "Request entity too large")
    body = await request.read()
    if body and request.content_type != "application/json":
        expected = 'Expected "Content-Type" header to be one of {"application/json"}.'
        raise malformed((), "CONTENT_TYPE_INVALID", expected)
    return Asked({}, query, _json(body) if body else None, {})


async def _read_parts(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    payload: Any = None
    uploads: dict[int, Upload] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)  # no multipart within a multipart
        data = bytes(await part.read(decode=False))
        numbered = _FILE.match(part.name or "")
        if part.name == "payload_json":
            payload = _json(data)
        elif numbered:
            uploads[int(numbered[1])] = Upload(part.filename or "unknown", data)
    return payload, uploads


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise Refusal(400, 50109, "The request body contains invalid JSON.") from None
