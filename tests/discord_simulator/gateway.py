"""The gateway: where the bot hears what happens, is cut off, and takes up again where it was."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.discord_simulator import payloads
from tests.discord_simulator.permissions import ALL_INTENTS, PRIVILEGED, Intent

if TYPE_CHECKING:
    from tests.discord_simulator.world import Guild, Json, World

# Frames that the bot may send in a minute.
_FRAMES = 120
# Events that a session keeps for a bot that is cut off; one that missed more has to begin anew.
_KEPT_EVENTS = 20_000


class Op(IntEnum):
    """What a frame is."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Why the gateway closes."""

    UNKNOWN_OP = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQ = 4007
    RATE_LIMITED = 4008
    SESSION_TIMED_OUT = 4009
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class _Closed(Exception):
    """The gateway closes a connection."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.name)
        self.code = code


@dataclass(eq=False)
class Session:
    """What one identification hears, whatever connections come and go.

    Attributes:
        sent: the number of the last event.
        kept: events by their numbers, for a resumption.
        connection: None while the bot is cut off.
    """

    session_id: str
    intents: Intent
    sent: int = 0
    kept: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_KEPT_EVENTS), repr=False)
    connection: Connection | None = None


@dataclass(eq=False)
class Connection:
    """One socket. What is sent waits in a line of its own, so that nobody waits for a slow reader.

    Attributes:
        frames: when the bot sent the last ones.
        beaten: whether the bot has sent a heartbeat since somebody looked.
    """

    request: web.Request
    socket: web.WebSocketResponse
    session: Session | None = None
    line: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    frames: deque[float] = field(default_factory=lambda: deque(maxlen=_FRAMES))
    beaten: bool = False

    def send(self, op: Op, data: Any = None) -> None:
        """Send a frame that is no event."""
        self.line.put_nowait(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        """Send what waits, in order, until cancelled."""
        while True:
            try:
                await self.socket.send_str(await self.line.get())
            except ConnectionError:
                return  # the reading side notices as well, and ends the connection

    def cut(self) -> None:
        """Break the connection as a network does: no goodbye."""
        if self.request.transport:
            self.request.transport.abort()


class Gateway:
    """Keeps the sessions.

    Args:
        world: what the bot is told about.
        heartbeat_seconds: how often the bot shall beat.
    """

    def __init__(self, world: World, heartbeat_seconds: float) -> None:
        """Begin without a session."""
        self._world = world
        self._heartbeat = heartbeat_seconds
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self.identified = 0
        self.resumed = 0
        self.closed_with: list[int] = []

    @property
    def connected(self) -> bool:
        """Whether a bot has identified or resumed, and is there."""
        return any(connection.session for connection in self._connections)

    def dispatch(self, event: str, intent: Intent | None, data: Json) -> None:
        """Tell the bot of an event, later if it is cut off.

        Args:
            event: its name.
            intent: that the bot must have asked for, None for an event that needs none.
            data: its facts.
        """
        for session in self._sessions.values():
            if intent is None or session.intents & intent:
                self._say(session, event, data)

    def drop(self) -> None:
        """Cut every connection."""
        for connection in self._connections:
            connection.cut()

    def ask_to_reconnect(self) -> None:
        """Ask the bot to come back on another connection (op 7)."""
        for connection in self._connections:
            connection.send(Op.RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Tell the bot that its session is invalid (op 9), and forget it if it cannot be resumed."""
        for connection in self._connections:
            if connection.session and not resumable:
                self._sessions.pop(connection.session.session_id, None)
            connection.send(Op.INVALID_SESSION, resumable)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection from greeting to close."""
        socket = web.WebSocketResponse(max_msg_size=4096 * 4, timeout=0.5)
        await socket.prepare(request)
        connection = Connection(request, socket)
        self._connections.add(connection)
        beside = [asyncio.create_task(connection.write()), asyncio.create_task(self._feel_pulse(connection))]
        try:
            connection.send(Op.HELLO, {"heartbeat_interval": int(self._heartbeat * 1000), "_trace": []})
            await self._listen(connection)
        except _Closed as closed:
            await self._close(connection, closed.code)
        finally:
            for task in beside:
                task.cancel()
            self._leave(connection)
        return socket

    async def close(self) -> None:
        """Close every connection as Discord does when it goes down."""
        for connection in list(self._connections):
            await connection.socket.close(code=1001)

    async def _close(self, connection: Connection, code: Close) -> None:
        self.closed_with.append(code)
        await connection.socket.close(code=code, message=code.name.replace("_", " ").title().encode())

    async def _feel_pulse(self, connection: Connection) -> None:
        """Close a connection whose bot has stopped beating."""
        while True:
            connection.beaten = False
            await asyncio.sleep(2 * self._heartbeat)
            if not connection.beaten:
                await self._close(connection, Close.SESSION_TIMED_OUT)
                return

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.socket:
            if frame.type is WSMsgType.ERROR:
                return  # the network's, not the bot's
            if frame.type is not WSMsgType.TEXT:
                raise _Closed(Close.DECODE_ERROR)
            second = self._world.clock.tick()
            if len(connection.frames) == _FRAMES and second - connection.frames[0] < 60:
                raise _Closed(Close.RATE_LIMITED)
            connection.frames.append(second)
            try:
                message = json.loads(frame.data)
                op, data = Op(message["op"]), message.get("d")
            except (json.JSONDecodeError, KeyError, TypeError):
                raise _Closed(Close.DECODE_ERROR) from None
            except ValueError:
                raise _Closed(Close.UNKNOWN_OP) from None
            self._hear(connection, op, data)

    def _hear(self, connection: Connection, op: Op, data: Any) -> None:
        if op is Op.HEARTBEAT:
            connection.beaten = True
            connection.send(Op.HEARTBEAT_ACK)
        elif not isinstance(data, dict):
            raise _Closed(Close.DECODE_ERROR)
        elif op is Op.IDENTIFY:
            self._identify(connection, data)
        elif op is Op.RESUME:
            self._resume(connection, data)
        elif op not in (Op.PRESENCE, Op.VOICE_STATE, Op.REQUEST_MEMBERS):
            raise _Closed(Close.UNKNOWN_OP)
        elif connection.session is None:
            raise _Closed(Close.NOT_AUTHENTICATED)
        elif op is Op.REQUEST_MEMBERS:
            self._list_members(connection.session, data)

    def _identify(self, connection: Connection, data: Json) -> None:
        if connection.session:
            raise _Closed(Close.ALREADY_AUTHENTICATED)
        if data.get("token") != self._world.token:
            raise _Closed(Close.AUTHENTICATION_FAILED)
        wanted = data.get("intents")
        if not isinstance(wanted, int) or not 0 <= wanted <= ALL_INTENTS:
            raise _Closed(Close.INVALID_INTENTS)
        intents = Intent(wanted)
        if intents & PRIVILEGED & ~self._world.granted:
            raise _Closed(Close.DISALLOWED_INTENTS)
        self._forget_those_who_left()
        session = Session(secrets.token_hex(16), intents)
        self._sessions[session.session_id] = session
        self._world.reads_content = bool(intents & Intent.MESSAGE_CONTENT)
        self._attach(connection, session)
        self._say(session, "READY", self._ready(session, data))
        for guild in self._world.guilds.values():
            self.tell_of_guild(guild)
        self.identified += 1
        self._world.bell.ring()

    def tell_of_guild(self, guild: Guild) -> None:
        """Tell the bot of a server that it is in."""
        self.dispatch("GUILD_CREATE", Intent.GUILDS, payloads.guild(guild))

    def _ready(self, session: Session, identify: Json) -> Json:
        world = self._world
        return {
            "v": 10,
            "user": payloads.own_user(world),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in world.guilds.values()],
            "session_id": session.session_id,
            "session_type": "normal",
            "resume_gateway_url": world.gateway_address,
            "application": {"id": str(world.bot.id), "flags": payloads.application(world)["flags"]},
            "private_channels": [],
            "relationships": [],
            **({"shard": identify["shard"]} if "shard" in identify else {}),
        }

    def _resume(self, connection: Connection, data: Json) -> None:
        if connection.session:
            raise _Closed(Close.ALREADY_AUTHENTICATED)
        if data.get("token") != self._world.token:
            raise _Closed(Close.AUTHENTICATION_FAILED)
        session = self._sessions.get(data.get("session_id") or "")
        seen = data.get("seq") or 0
        if session is None or (session.kept and seen < session.kept[0][0] - 1):
            connection.send(Op.INVALID_SESSION, False)
            return
        if seen > session.sent:
            raise _Closed(Close.INVALID_SEQ)
        if session.connection:
            session.connection.cut()
        self._attach(connection, session)
        for number, event in session.kept:
            if number > seen:
                connection.line.put_nowait(event)
        self._say(session, "RESUMED", {"_trace": []})
        self.resumed += 1
        self._world.bell.ring()

    def _say(self, session: Session, event: str, data: Json) -> None:
        session.sent += 1
        frame = json.dumps({"op": Op.DISPATCH, "t": event, "s": session.sent, "d": data})
        session.kept.append((session.sent, frame))
        if session.connection:
            session.connection.line.put_nowait(frame)

    def _list_members(self, session: Session, data: Json) -> None:
        guild = self._world.guilds.get(int(data.get("guild_id") or 0))
        if guild is None:
            return
        wanted = {int(each) for each in data.get("user_ids") or ()}
        found = [each for each in guild.members.values() if not wanted or each.id in wanted]
        listed: Json = {
            "guild_id": str(guild.id),
            "members": [payloads.member(guild, each) for each in found],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [str(each) for each in wanted - set(guild.members)],
            "presences": [],
            "nonce": data.get("nonce"),
        }
        self._say(session, "GUILD_MEMBERS_CHUNK", listed)

    def _attach(self, connection: Connection, session: Session) -> None:
        connection.session, session.connection = session, connection

    def _leave(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if connection.session and connection.session.connection is connection:
            connection.session.connection = None
        self._world.bell.ring()

    def _forget_those_who_left(self) -> None:
        self._sessions = {key: each for key, each in self._sessions.items() if each.connection}
