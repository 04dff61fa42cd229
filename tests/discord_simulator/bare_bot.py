"""A bot of bare sockets: what it sends is exactly what a test says, wrong or right."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, FormData, WSMsgType

from tests.discord_simulator import DiscordSimulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from aiohttp import ClientWebSocketResponse

    from tests.discord_simulator import Channel, Guild, Interaction, Message, Person

TOKEN = "bare.t0ken.of-nobody"  # noqa: S105  # nobody's
# What an unprivileged bot asks for: servers, their messages, direct messages, reactions.
INTENTS = 1 << 0 | 1 << 9 | 1 << 10 | 1 << 12
# The whole of a frame may take this many seconds on a busy machine.
PATIENCE = 20.0
ASK = {
    "name": "ask",
    "description": "Ask the coverage",
    "name_localizations": {"fr": "demander"},
    "options": [{"type": 3, "name": "question", "description": "What", "required": True}],
}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the REST API.

    Attributes:
        body: the JSON, text where it is none.
    """

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def refusal(self) -> tuple[int, int]:
        """Its status and Discord's code."""
        return self.status, self.body["code"]

    @property
    def faults(self) -> dict[str, str]:
        """The codes of what is wrong with the form, by the path of the field."""
        assert self.refusal == (400, 50035), self.body
        return dict(_flat(self.body["errors"]))


class Line:
    """A connection to the gateway."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        """Keep the socket."""
        self._socket = socket
        self.seq = 0

    async def send(self, op: int, data: Any = None) -> None:
        """Send a frame."""
        await self._socket.send_json({"op": op, "d": data})

    async def send_text(self, text: str) -> None:
        """Send what may be no frame."""
        await self._socket.send_str(text)

    async def identify(self, *, token: str = TOKEN, intents: int = INTENTS) -> dict[str, Any]:
        """Identify, and return READY's facts."""
        await self.hear(10)
        await self.send(2, {"token": token, "intents": intents, "properties": {}})
        return await self.event("READY")

    async def resume(self, session_id: str, seq: int) -> None:
        """Ask to go on after an event."""
        await self.hear(10)
        await self.send(6, {"token": TOKEN, "session_id": session_id, "seq": seq})

    async def hear(self, op: int) -> Any:
        """Return the facts of the next frame, which must be of a kind."""
        frame = await self._frame()
        assert frame["op"] == op, frame
        return frame["d"]

    async def event(self, name: str) -> dict[str, Any]:
        """Return the facts of the next event, which must have a name."""
        frame = await self._frame()
        assert frame["t"] == name, frame
        self.seq = frame["s"]
        facts: dict[str, Any] = frame["d"]
        return facts

    async def closed(self) -> int | None:
        """Return the code with which it is closed, whatever is still said before; None for a broken line."""
        while True:
            frame = await asyncio.wait_for(self._socket.receive(), PATIENCE)
            if frame.type is WSMsgType.CLOSE:
                return int(frame.data)
            if frame.type in (WSMsgType.CLOSED, WSMsgType.ERROR, WSMsgType.CLOSING):
                return None

    async def _frame(self) -> dict[str, Any]:
        frame = await asyncio.wait_for(self._socket.receive(), PATIENCE)
        assert frame.type is WSMsgType.TEXT, frame
        read: dict[str, Any] = json.loads(frame.data)
        return read


class BareBot:
    """Calls the API and opens lines to the gateway.

    Args:
        discord: where.
        session: for HTTP.
    """

    def __init__(self, discord: DiscordSimulator, session: ClientSession) -> None:
        """Keep both."""
        self._discord, self._session = discord, session

    async def call(
        self,
        method: str,
        path: str,
        payload: Any = None,
        *,
        token: str = TOKEN,
        files: Mapping[str, bytes] | None = None,
        body: bytes | None = None,
        content_type: str = "application/json",
    ) -> Answered:
        """Call the API.

        Args:
            method: HTTP's.
            path: after the version.
            payload: the JSON.
            token: the bot's, or another.
            files: bytes by their names, sent beside the payload.
            body: sent as it is, instead of a payload.
            content_type: what the body is said to be.
        """
        headers = {"Authorization": f"Bot {token}"}
        data: FormData | bytes | None = body
        if files is not None:
            data = _parts(payload, files)
        elif payload is not None:
            data = json.dumps(payload).encode()
        if isinstance(data, bytes):
            headers["Content-Type"] = content_type
        async with self._session.request(
            method, self._discord.api_url + path, data=data, headers=headers
        ) as answer:
            text = await answer.text()
            is_json = answer.headers.get("Content-Type") == "application/json"
            return Answered(answer.status, answer.headers, json.loads(text) if is_json else text)

    async def write(self, channel: Channel, **payload: Any) -> Answered:
        """Write a message."""
        return await self.call("POST", f"/channels/{channel.id}/messages", payload)

    async def sync(self, *commands: Mapping[str, Any]) -> Answered:
        """Sync the global commands."""
        return await self.call("PUT", f"/applications/{self._discord.bot.id}/commands", list(commands))

    async def respond(self, interaction: Interaction, kind: int, **data: Any) -> Answered:
        """Reply to an interaction for the first time, and ask for what came of it."""
        path = f"/interactions/{interaction.id}/{interaction.token}/callback?with_response=true"
        return await self.call("POST", path, {"type": kind, "data": data})

    async def edit_original(self, interaction: Interaction, **payload: Any) -> Answered:
        """Edit the first reply."""
        return await self.call("PATCH", f"{self.webhook(interaction)}/messages/@original", payload)

    async def follow_up(self, interaction: Interaction, **payload: Any) -> Answered:
        """Write one more message."""
        return await self.call("POST", self.webhook(interaction), payload)

    def webhook(self, interaction: Interaction) -> str:
        """Return the path of an interaction's webhook."""
        return f"/webhooks/{self._discord.bot.id}/{interaction.token}"

    async def download(self, url: str) -> tuple[int, bytes]:
        """Return the status and the bytes of a file."""
        async with self._session.get(url) as answer:
            return answer.status, await answer.read()

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """Open a line to the gateway."""
        async with self._session.ws_connect(self._discord.gateway_url) as socket:
            yield Line(socket)


@dataclass(frozen=True, slots=True)
class Stage:
    """A simulated Discord with a server, a channel, two people and a bare bot."""

    discord: DiscordSimulator
    bot: BareBot
    guild: Guild
    channel: Channel
    alice: Person
    bob: Person

    async def asked(self) -> Interaction:
        """Return a command that alice has used just now."""
        await self.bot.sync(ASK)
        return self.discord.use(self.alice, self.channel, "ask", question="Who?")

    async def written(self, **payload: Any) -> Message:
        """Return a message of the bot that was taken."""
        answered = await self.bot.write(self.channel, **payload)
        assert answered.status == 200, answered.body
        return self.channel.written[int(answered.body["id"])]


def on_stage(scenario: Callable[[Stage], Awaitable[None]], **settings: Any) -> None:
    """Play a scenario.

    Args:
        scenario: what happens.
        settings: of the simulator.
    """

    async def playing() -> None:
        async with DiscordSimulator(token=TOKEN, **settings) as discord, ClientSession() as session:
            guild = discord.add_guild("Newsroom")
            channel = guild.add_channel("general")
            alice = discord.add_person("alice", locale="fr", guilds=(guild,))
            bob = discord.add_person("bob", guilds=(guild,), manages=(guild,))
            await scenario(Stage(discord, BareBot(discord, session), guild, channel, alice, bob))

    asyncio.run(playing())


def _parts(payload: Any, files: Mapping[str, bytes]) -> FormData:
    form = FormData()
    form.add_field("payload_json", json.dumps(payload or {}), content_type="application/json")
    for number, (name, data) in enumerate(files.items()):
        form.add_field(
            f"files[{number}]", io.BytesIO(data), filename=name, content_type="application/octet-stream"
        )
    return form


def _flat(errors: Mapping[str, Any], path: str = "") -> list[tuple[str, str]]:
    found = [(path, each["code"]) for each in errors.get("_errors", ())]
    for name, below in errors.items():
        if name != "_errors":
            found += _flat(below, f"{path}.{name}" if path else name)
    return found
