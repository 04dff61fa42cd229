"""What Discord's own program lets a person fill in: the commands as the bot has synced them, in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_simulator import payloads
from tests.discord_simulator.commands import (
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    NUMBER,
    STRING,
    SUBCOMMAND,
    USER,
)
from tests.discord_simulator.errors import NotOffered
from tests.discord_simulator.permissions import EVERYTHING, Permission
from tests.discord_simulator.world import Channel, User

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.discord_simulator.world import Json

Value = str | int | float | User | Channel
_LONGEST, _LARGEST = 6000, 2**53
_IN_GUILD, _DIRECT = 0, 1
_KINDS: Mapping[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    USER: (User,),
    CHANNEL: (Channel,),
    NUMBER: (int, float),
}


def shown_name(named: Json, locale: str) -> str:
    """Return the name of a command, an option or a choice as a person reads it."""
    return str((named.get("name_localizations") or {}).get(locale) or named["name"])


def commands_for(commands: Iterable[Json], person: User, place: Channel) -> list[Json]:
    """Return the commands that a person is shown in a place.

    Args:
        commands: those of the place.
        person: who looks.
        place: where.
    """
    may = place.guild.may(person) if place.guild else EVERYTHING
    return [each for each in commands if _stands_in(each, place) and _may_use(each, may, place)]


def command_named(commands: Sequence[Json], kind: int, name: str, locale: str) -> Json:
    """Return the command that somebody names, in their language or as the bot calls it.

    Raises:
        NotOffered: there is none.
    """
    of_kind = [each for each in commands if each["type"] == kind]
    found = _named(of_kind, name, locale)
    if found is None:
        there = ", ".join(shown_name(each, locale) for each in of_kind) or "none"
        msg = f"no command {name!r}; there: {there}"
        raise NotOffered(msg)
    return found


def part_named(command: Json, steps: Sequence[str], locale: str) -> tuple[Json, list[Json]]:
    """Return the subcommand that further words name, and the way to it.

    Raises:
        NotOffered: there is none, or one has to be named.
    """
    part, way = command, []
    for step in steps:
        below = [each for each in part.get("options") or () if each["type"] in (SUBCOMMAND, GROUP)]
        found = _named(below, step, locale)
        if found is None:
            msg = f"/{command['name']} has no subcommand {step!r}"
            raise NotOffered(msg)
        part = found
        way.append(part)
    if any(each["type"] in (SUBCOMMAND, GROUP) for each in part.get("options") or ()):
        msg = f"/{command['name']} is used with a subcommand"
        raise NotOffered(msg)
    return part, way


def fill_in(
    command: Json, values: Mapping[str, Value], locale: str, *, focused: str | None = None
) -> list[Json]:
    """Return the options as Discord sends them.

    Args:
        command: with its declared options.
        values: what somebody fills in, by the options' names in their language or as the bot calls them.
        locale: theirs.
        focused: the option that they are typing at: nothing is complete then.

    Raises:
        NotOffered: an unknown option, a value of the wrong kind, or one that is needed is not there.
    """
    declared = command.get("options") or []
    given: dict[str, Value] = {}
    for name, value in values.items():
        option = option_named(command, name, locale)
        given[option["name"]] = value
    sent = []
    for option in declared:
        if option["name"] == focused:
            sent.append(_focused(option, given.get(option["name"], "")))
        elif option["name"] in given:
            sent.append(_sent(option, given[option["name"]], locale))
        elif option.get("required") and focused is None:
            msg = f"/{command['name']} needs {shown_name(option, locale)!r}"
            raise NotOffered(msg)
    return sent


def option_named(command: Json, name: str, locale: str) -> Json:
    """Return an option by its name in a language or as the bot calls it.

    Raises:
        NotOffered: there is none.
    """
    declared = command.get("options") or []
    found = _named(declared, name, locale)
    if found is None:
        there = ", ".join(shown_name(each, locale) for each in declared) or "none"
        msg = f"/{command['name']} has no option {name!r}; there: {there}"
        raise NotOffered(msg)
    return found


def resolved(values: Iterable[Value], place: Channel) -> Json:
    """Return the facts about people and channels that were filled in, as Discord sends them beside the options."""
    told: Json = {}
    for value in values:
        if isinstance(value, User):
            told.setdefault("users", {})[str(value.id)] = payloads.user(value)
            if place.guild and value.id in place.guild.members:
                member = payloads.member(place.guild, value, whole=False) | {"permissions": "0"}
                told.setdefault("members", {})[str(value.id)] = member
        elif isinstance(value, Channel):
            told.setdefault("channels", {})[str(value.id)] = payloads.channel(value, permissions=0)
    return told


def _stands_in(command: Json, place: Channel) -> bool:
    contexts = command.get("contexts")
    here = _IN_GUILD if place.guild else _DIRECT
    return (
        here in contexts if contexts is not None else bool(place.guild or command.get("dm_permission", True))
    )


def _may_use(command: Json, may: Permission, place: Channel) -> bool:
    needed = command.get("default_member_permissions")
    if place.guild is None or needed is None:
        return True
    return int(needed) != 0 and not int(needed) & ~int(may)


def _named(declared: Sequence[Json], name: str, locale: str) -> Json | None:
    for each in declared:
        if name in (each["name"], shown_name(each, locale)):
            return each
    return None


def _focused(option: Json, typed: Value) -> Json:
    if not option.get("autocomplete"):
        msg = f"{option['name']!r} offers no completion"
        raise NotOffered(msg)
    return {"name": option["name"], "type": option["type"], "value": str(typed), "focused": True}


def _sent(option: Json, value: Value, locale: str) -> Json:
    kinds = _KINDS.get(option["type"], ())
    if not isinstance(value, kinds) or (isinstance(value, bool) and option["type"] != BOOLEAN):
        msg = f"{option['name']!r} takes no {value!r}"
        raise NotOffered(msg)
    if option.get("choices"):
        value = _chosen(option, value, locale)
    if isinstance(value, str):
        _check_length(option, value)
    elif isinstance(value, int | float):
        _check_size(option, value)
    sent = str(value.id) if isinstance(value, User | Channel) else value
    return {"name": option["name"], "type": option["type"], "value": sent}


def _chosen(option: Json, value: Value, locale: str) -> Any:
    for choice in option["choices"]:
        if value in (choice["value"], choice["name"], shown_name(choice, locale)):
            return choice["value"]
    msg = f"{option['name']!r} offers no {value!r}"
    raise NotOffered(msg)


def _check_length(option: Json, text: str) -> None:
    least, most = max(option.get("min_length") or 0, 1), option.get("max_length") or _LONGEST
    if not least <= len(text.strip()) <= most:
        msg = f"{option['name']!r} takes {least} to {most} characters, not {len(text.strip())}"
        raise NotOffered(msg)


def _check_size(option: Json, value: float) -> None:
    least, most = option.get("min_value", -_LARGEST), option.get("max_value", _LARGEST)
    if not isinstance(value, bool) and not least <= value <= most:
        msg = f"{option['name']!r} takes {least} to {most}, not {value}"
        raise NotOffered(msg)
