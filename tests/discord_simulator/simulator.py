"""A Discord on loopback for one bot: its servers and people, what goes wrong in it, and what came of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from tests.discord_simulator.account import Account
from tests.discord_simulator.allowance import Allowance
from tests.discord_simulator.bell import Bell
from tests.discord_simulator.clock import Clock, Snowflakes
from tests.discord_simulator.commands import Commands
from tests.discord_simulator.faults import Faults
from tests.discord_simulator.gateway import Gateway
from tests.discord_simulator.people import People
from tests.discord_simulator.permissions import NOTHING
from tests.discord_simulator.posts import Posts
from tests.discord_simulator.reactions import Reactions
from tests.discord_simulator.replies import Replies
from tests.discord_simulator.rest import MOST_BYTES, VERSION, Call, Front
from tests.discord_simulator.threads import Threads
from tests.discord_simulator.world import Guild, User, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from types import TracebackType

    from tests.discord_simulator.interactions import Interaction
    from tests.discord_simulator.permissions import Intent
    from tests.discord_simulator.world import Json, Message

_HOST = "127.0.0.1"


class DiscordSimulator(People):
    """A Discord that listens while it is entered: ``async with DiscordSimulator(token=…) as discord``.

    Args:
        token: the bot's.
        bot_name: the bot's name.
        granted: privileged intents that its owner has switched on.
        heartbeat_seconds: how often the bot shall beat.
        calls_a_second: that are taken; more are answered with a global 429.
        invalid_calls_in_ten_minutes: from which on the bot's address is banned.

    Attributes:
        clock: the time there; moving it lets tokens die.
        faults: what shall go wrong.
        gateway: can be cut off, and says how often the bot came back.
        commands: that the bot has synced.
        bot: its user.
    """

    def __init__(
        self,
        *,
        token: str,
        bot_name: str = "Dateline",
        granted: Intent = NOTHING,
        heartbeat_seconds: float = 41.25,
        calls_a_second: int = 50,
        invalid_calls_in_ten_minutes: int = 10_000,
    ) -> None:
        """Put the parts together; nothing listens yet."""
        self.clock, self.faults, self._bell = Clock(), Faults(), Bell()
        ids = Snowflakes(self.clock)
        self.bot = User(id=ids.new(), name=bot_name, is_bot=True)
        world = World(
            token=token,
            granted=granted,
            clock=self.clock,
            ids=ids,
            bell=self._bell,
            bot=self.bot,
            announce=self._announce,
        )
        self.commands = Commands(world)
        super().__init__(world, self.commands)
        self.gateway = Gateway(world, heartbeat_seconds)
        allowance = Allowance(calls_a_second, invalid_calls_in_ten_minutes)
        rooms = (
            Account(world),
            self.commands,
            Replies(world),
            Posts(world),
            Threads(world),
            Reactions(world),
        )
        routes = [route for room in rooms for route in room.routes()]
        self._front = Front(world, self.faults, allowance, routes)
        self._broken: list[Exception] = []
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=MOST_BYTES, middlewares=[self._note_faults()])
        application.router.add_get("/gateway", self.gateway.serve)
        application.router.add_get("/attachments/{channel}/{id}/{name}", self._download)
        application.router.add_route("*", f"{VERSION}/{{path:.*}}", self._front.serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        self._world.address = f"http://{_HOST}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening.

        Raises:
            ExceptionGroup: the simulator itself was at fault: what a test has seen means nothing.
        """
        await self.gateway.close()
        if self._runner:
            await self._runner.cleanup()
        if self._broken and error is None:
            msg = "the simulated Discord is at fault"
            raise ExceptionGroup(msg, self._broken)

    @property
    def api_url(self) -> str:
        """Where the bot finds the API."""
        return f"{self._world.address}{VERSION}"

    @property
    def gateway_url(self) -> str:
        """Where the bot finds the gateway."""
        return self._world.gateway_address

    @property
    def calls(self) -> list[Call]:
        """The bot's calls that were answered, in order."""
        return self._front.calls

    @property
    def invalid_calls(self) -> int:
        """How many of them count towards a ban."""
        return self._front.invalid_calls

    @property
    def interactions(self) -> tuple[Interaction, ...]:
        """All that people did by commands, buttons and menus, in order."""
        return tuple(self._world.interactions.values())

    def add_guild(self, name: str, *, locale: str = "en-US", features: Iterable[str] = ()) -> Guild:
        """Add a server with the bot in it.

        Args:
            name: its name.
            locale: ``preferred_locale``, which only a server with the feature "COMMUNITY" can set.
            features: Discord's names for them.
        """
        has = tuple(features)
        if locale != "en-US" and "COMMUNITY" not in has:
            msg = "only a server with the feature COMMUNITY has a language of its own"
            raise ValueError(msg)
        ids = self._world.ids
        guild = Guild(
            id=ids.new(), owner_id=ids.new(), name=name, locale=locale, features=has, world=self._world
        )
        self._world.guilds[guild.id] = guild
        self.gateway.tell_of_guild(guild)
        return guild

    def add_person(
        self, name: str, *, locale: str = "en-US", guilds: Iterable[Guild] = (), manages: Iterable[Guild] = ()
    ) -> User:
        """Add a person.

        Args:
            name: theirs.
            locale: the language of their Discord.
            guilds: servers that they are in.
            manages: those of them that they may manage.
        """
        person = User(id=self._world.ids.new(), name=name, locale=locale)
        self._world.people[person.id] = person
        for guild in (*guilds, *manages):
            guild.members[person.id] = person
        for guild in manages:
            guild.managers.add(person.id)
        return person

    async def ready(self, timeout: float = 10) -> None:  # noqa: ASYNC109  # the caller reads better
        """Wait until the bot is connected and has been told of its servers.

        Raises:
            TimeoutError: it did not come in time.
        """
        await self.until(lambda: self.gateway.connected, timeout)

    async def reply_to(self, message: Message, timeout: float = 10) -> Message:  # noqa: ASYNC109  # as above
        """Wait for the first message of the bot that replies to a message, or stands in a thread opened at it.

        Raises:
            TimeoutError: none came in time; the message says to what.
        """
        try:
            await self.until(lambda: self.replies_to(message), timeout)
        except TimeoutError:
            msg = f"no reply in {timeout} s to {message!r}"
            raise TimeoutError(msg) from None
        return self.replies_to(message)[0]

    def replies_to(self, message: Message) -> tuple[Message, ...]:
        """Return what the bot has written to a message: its replies, what follows each at once, and in its thread."""
        found, follows = [], False
        for each in message.channel.messages:
            is_own = each.author is self.bot and each.interaction is None
            follows = is_own and (each.reply_to is message or (follows and each.reply_to is None))
            if follows:
                found.append(each)
        in_thread = message.thread.messages if message.thread else ()
        return (*found, *(each for each in in_thread if each.author is self.bot))

    async def until(self, condition: Callable[[], Any], timeout: float = 10) -> Any:  # noqa: ASYNC109  # as above
        """Wait until a condition about this Discord holds, and return what it returned.

        Raises:
            TimeoutError: it did not hold in time.
        """
        return await self._bell.wait_for(condition, timeout)

    def _announce(self, event: str, intent: Intent | None, data: Json) -> None:
        self.gateway.dispatch(event, intent, data)

    def _note_faults(self) -> Any:
        @web.middleware
        async def noting(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            try:
                return await handler(request)
            except (web.HTTPException, ConnectionError):
                raise
            except Exception as error:
                self._broken.append(error)
                raise

        return noting

    async def _download(self, request: web.Request) -> web.Response:
        number = request.match_info["id"]
        file = self._world.files.get(int(number)) if number.isdecimal() else None
        if file is None or file.url != f"{self._world.address}{request.path}":
            raise web.HTTPNotFound
        return web.Response(body=file.data, content_type=file.content_type)
