"""The bot's commands as it has synced them: Discord's limits, and how many creations it has cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.discord_simulator.errors import Refusal, unknown
from tests.discord_simulator.form import Form
from tests.discord_simulator.rest import Asked, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.discord_simulator.form import Path
    from tests.discord_simulator.world import Json, World

SLASH, ON_USER, ON_MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(1, 12)
_LOCALES = """
    id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja
    zh-TW ko
"""
LOCALES = frozenset(_LOCALES.split())
_MOST = {SLASH: 100, ON_USER: 15, ON_MESSAGE: 15}
_CREATIONS_A_DAY, _LETTERS = 200, 8000
# Letters of any script without an upper case form that differs, digits, and - _ '
_NAME = re.compile(r"[-_'\w]{1,32}")


class Commands:
    """The bot's commands, global and of single servers.

    Args:
        world: makes the ids.

    Attributes:
        writes: how often the bot has synced.
        created: how many commands were new: Discord allows 200 a day and server.
    """

    def __init__(self, world: World) -> None:
        """Begin without commands."""
        self._world = world
        self._synced: dict[int | None, list[Json]] = {}
        self._created: dict[int | None, int] = {}
        self.writes = 0

    @property
    def created(self) -> int:
        """How many commands were created, everywhere."""
        return sum(self._created.values())

    def everywhere(self) -> list[Json]:
        """Return the global commands."""
        return list(self._synced.get(None, ()))

    def offered(self, guild_id: int | None) -> list[Json]:
        """Return the commands that are there in a server, its own first; None for direct messages."""
        own = self._synced.get(guild_id, []) if guild_id else []
        return [*own, *self._synced.get(None, ())]

    def routes(self) -> Iterator[Route]:
        """Yield the routes of syncing."""
        for path in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}"):
            yield Route("GET", f"{path}/commands", self._list)
            yield Route("PUT", f"{path}/commands", self._overwrite)
            yield Route("GET", f"{path}/commands/{{command_id}}", self._one)

    def _where(self, asked: Asked) -> int | None:
        if asked.id("application_id") != self._world.bot.id:
            raise unknown("Application")
        if "guild_id" not in asked.ids:
            return None
        if asked.id("guild_id") not in self._world.guilds:
            raise Refusal(403, 50001, "Missing Access")
        return asked.id("guild_id")

    def _list(self, asked: Asked) -> list[Json]:
        found = self._synced.get(self._where(asked), [])
        return found if asked.says("with_localizations") else [_without_localizations(each) for each in found]

    def _one(self, asked: Asked) -> Json:
        for command in self._synced.get(self._where(asked), []):
            if command["id"] == asked.ids["command_id"]:
                return command
        raise unknown("application command")

    def _overwrite(self, asked: Asked) -> list[Json]:
        where = self._where(asked)
        form = Form()
        if form.is_list(asked.payload, ()):
            check_commands(form, asked.payload)
        form.refuse_if_wrong()
        known = {(each["type"], each["name"]): each for each in self._synced.get(where, [])}
        wanted = [{"type": SLASH, **each} for each in asked.payload]
        new = [each for each in wanted if (each["type"], each["name"]) not in known]
        if self._created.get(where, 0) + len(new) > _CREATIONS_A_DAY:
            message = f"Max number of daily application command creates has been reached ({_CREATIONS_A_DAY})"
            raise Refusal(429, 30034, message)
        self._synced[where] = [self._kept(where, each, known) for each in wanted]
        self._created[where] = self._created.get(where, 0) + len(new)
        self.writes += 1
        return self._synced[where]

    def _kept(self, where: int | None, wanted: Json, known: Mapping[tuple[int, str], Json]) -> Json:
        before = known.get((wanted["type"], wanted["name"]))
        ours = {
            "id": before["id"] if before else str(self._world.ids.new()),
            "application_id": str(self._world.bot.id),
            "version": str(self._world.ids.new()),
            **({"guild_id": str(where)} if where else {}),
        }
        usual = {
            "description": "",
            "default_member_permissions": None,
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
            "name_localizations": None,
            "description_localizations": None,
        }
        return {**usual, **wanted, **ours}


def check_commands(form: Form, commands: Sequence[Any]) -> None:
    """Find what is wrong with a list of commands that is to replace all others."""
    whole = [(number, each) for number, each in enumerate(commands) if form.is_object(each, (number,))]
    for number, command in whole:
        _check_command(form, command, (number,))
    kinds = [command.get("type", SLASH) for _, command in whole]
    for kind, most in _MOST.items():
        if kinds.count(kind) > most:
            form.wrong((), "APPLICATION_COMMANDS_MAX", f"Maximum number of commands of type {kind}: {most}")
    _check_unique(
        form, [(kind, command.get("name")) for kind, (_, command) in zip(kinds, whole, strict=True)]
    )


def _check_unique(form: Form, names: Sequence[Any], path: Path = ()) -> None:
    for number, name in enumerate(names):
        if name in names[:number]:
            message = "Command name must be unique"
            form.wrong((*path, number), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)


def _check_command(form: Form, command: Mapping[str, Any], path: Path) -> None:
    kind = command.get("type", SLASH)
    if not form.choice((*path, "type"), kind, tuple(_MOST)):
        return
    _check_name(form, command, path, slash=kind == SLASH)
    if kind == SLASH:
        _check_texts(form, command, path, "description", least=1, most=100)
        _check_options(form, command.get("options") or [], (*path, "options"))
    elif command.get("description"):
        form.wrong((*path, "description"), "APPLICATION_COMMAND_INVALID_DESCRIPTION", "Must be empty")
    if _letters(command) > _LETTERS:
        form.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({_LETTERS})")


def _check_options(form: Form, options: Sequence[Any], path: Path, depth: int = 0) -> None:
    form.count(path, options, most=25)
    whole = [(number, each) for number, each in enumerate(options) if form.is_object(each, (*path, number))]
    for number, option in whole:
        _check_option(form, option, (*path, number), depth)
    _check_unique(form, [option.get("name") for _, option in whole], path)
    needed = [bool(option.get("required")) for _, option in whole]
    if needed != sorted(needed, reverse=True):
        message = "Required options must be placed before non-required options"
        form.wrong(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
    grouped = {option.get("type") in (SUBCOMMAND, GROUP) for _, option in whole}
    if len(grouped) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive to all others"
        form.wrong(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _check_option(form: Form, option: Mapping[str, Any], path: Path, depth: int) -> None:
    kind = option.get("type")
    allowed = range(1, 12) if depth == 0 else (SUBCOMMAND, *range(3, 12)) if depth == 1 else range(3, 12)
    if not form.choice((*path, "type"), kind, tuple(allowed)):
        return
    _check_name(form, option, path, slash=True)
    _check_texts(form, option, path, "description", least=1, most=100)
    form.number((*path, "min_length"), option.get("min_length"), least=0, most=6000)
    form.number((*path, "max_length"), option.get("max_length"), least=1, most=6000)
    choices = option.get("choices") or []
    form.count((*path, "choices"), choices, most=25)
    if choices and option.get("autocomplete"):
        message = "Choices and autocomplete are mutually exclusive"
        form.wrong((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message)
    for number, choice in enumerate(choices):
        _check_texts(form, choice, (*path, "choices", number), "name", least=1, most=100)
        if kind == STRING:
            form.text((*path, "choices", number, "value"), choice.get("value"), least=1, most=100)
    if kind in (SUBCOMMAND, GROUP):
        _check_options(
            form, option.get("options") or [], (*path, "options"), depth + (2 if kind == SUBCOMMAND else 1)
        )


def _check_name(form: Form, named: Mapping[str, Any], path: Path, *, slash: bool) -> None:
    _check_texts(form, named, path, "name", least=1, most=32)
    for where, name in _localized(named, "name"):
        if slash and isinstance(name, str) and (not _NAME.fullmatch(name) or name != name.lower()):
            form.wrong((*path, *where), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_texts(
    form: Form, told: Mapping[str, Any], path: Path, field: str, *, least: int, most: int
) -> None:
    for where, text in _localized(told, field):
        form.text((*path, *where), text, least=least, most=most)
    for locale in told.get(f"{field}_localizations") or {}:
        form.choice((*path, f"{field}_localizations", locale), locale, LOCALES)


def _localized(told: Mapping[str, Any], field: str) -> Iterator[tuple[Path, Any]]:
    yield (field,), told.get(field)
    for locale, text in (told.get(f"{field}_localizations") or {}).items():
        yield (f"{field}_localizations", locale), text


def _letters(told: Mapping[str, Any]) -> int:
    own = sum(
        max((len(text) for _, text in _localized(told, field) if isinstance(text, str)), default=0)
        for field in ("name", "description", "value")
    )
    return own + sum(_letters(each) for part in ("options", "choices") for each in told.get(part) or ())


def _without_localizations(command: Json) -> Json:
    return {name: value for name, value in command.items() if not name.endswith("_localizations")}
