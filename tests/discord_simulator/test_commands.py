"""Commands as they are synced: Discord's limits on them, and that few are created."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_simulator.bare_bot import ASK, Stage, on_stage

Json = dict[str, Any]
_OPTION: Json = {"type": 3, "name": "words", "description": "d"}


def _command(**facts: Any) -> Json:
    return {"name": "search", "description": "d", **facts}


def _with(**facts: Any) -> Json:
    return _command(options=[{**_OPTION, **facts}])


def _options(count: int) -> list[Json]:
    return [{**_OPTION, "name": f"o{number}"} for number in range(count)]


def _choices(count: int) -> list[Json]:
    return [{"name": str(number), "value": str(number)} for number in range(count)]


_CASES = [
    (_command(name="x" * 32), _command(name="x" * 33), "0.name"),
    (_command(name="chercher-là"), _command(name="Search"), "0.name"),
    (_command(), _command(name="two words"), "0.name"),
    (
        _command(name_localizations={"fr": "chercher"}),
        _command(name_localizations={"fr": "Cher"}),
        "0.name_localizations.fr",
    ),
    (_command(), _command(name_localizations={"xx": "x"}), "0.name_localizations.xx"),
    (_command(description="x" * 100), _command(description="x" * 101), "0.description"),
    (_command(), _command(description=""), "0.description"),
    (
        _command(description_localizations={"fr": "x" * 100}),
        _command(description_localizations={"fr": "x" * 101}),
        "0.description_localizations.fr",
    ),
    (_command(options=_options(25)), _command(options=_options(26)), "0.options"),
    (_with(), _with(description="x" * 101), "0.options.0.description"),
    (_with(), _with(type=99), "0.options.0.type"),
    (_with(choices=_choices(25)), _with(choices=_choices(26)), "0.options.0.choices"),
    (_with(), _with(choices=[{"name": "x" * 101, "value": "v"}]), "0.options.0.choices.0.name"),
    (_with(autocomplete=True), _with(autocomplete=True, choices=_choices(1)), "0.options.0.autocomplete"),
    (_with(max_length=6000), _with(max_length=6001), "0.options.0.max_length"),
    (
        _command(options=[{**_OPTION, "required": True}, {**_OPTION, "name": "b"}]),
        _command(options=[_OPTION, {**_OPTION, "name": "b", "required": True}]),
        "0.options",
    ),
    (_command(), _command(options=[_OPTION, _OPTION]), "0.options.1"),
    ({"type": 3, "name": "Check this"}, {"type": 3, "name": "Check", "description": "d"}, "0.description"),
    (_command(type=1), _command(type=9), "0.type"),
]


@pytest.mark.parametrize(("taken", "refused", "path"), _CASES)
def test_a_limit_is_exact_and_named(taken: Json, refused: Json, path: str) -> None:
    """A command that Discord refuses stops the bot at its start."""

    async def scenario(stage: Stage) -> None:
        answered = await stage.bot.sync(taken)
        assert answered.status == 200, answered.body
        assert set((await stage.bot.sync(refused)).faults) == {path}
        assert [each["name"] for each in stage.discord.commands.everywhere()] == [taken["name"]]

    on_stage(scenario)


def test_names_are_unique_and_not_too_many() -> None:
    """A hundred slash commands, fifteen of a menu, no two of one name and kind."""

    async def scenario(stage: Stage) -> None:
        twice = await stage.bot.sync(_command(), _command())
        assert twice.faults == {"1": "APPLICATION_COMMANDS_DUPLICATE_NAME"}
        assert (await stage.bot.sync(_command(), {"type": 3, "name": "search"})).status == 200
        menus = await stage.bot.sync(*({"type": 3, "name": str(number)} for number in range(16)))
        assert menus.faults == {"": "APPLICATION_COMMANDS_MAX"}

    on_stage(scenario)


def test_a_command_keeps_its_id_and_is_created_once() -> None:
    """Syncing what is there costs nothing of the 200 creations a day."""

    async def scenario(stage: Stage) -> None:
        first = await stage.bot.sync(ASK)
        second = await stage.bot.sync({**ASK, "description": "Other"})
        assert first.body[0]["id"] == second.body[0]["id"]
        assert (stage.discord.commands.writes, stage.discord.commands.created) == (2, 1)

    on_stage(scenario)


def test_two_hundred_creations_a_day_are_enough() -> None:
    """A bot that renames its commands at every start is stopped."""

    async def scenario(stage: Stage) -> None:
        for day in range(2):
            names = [f"n{number + 100 * day}" for number in range(100)]
            assert (await stage.bot.sync(*(_command(name=each) for each in names))).status == 200
        assert (await stage.bot.sync(_command(name="late"))).refusal == (429, 30034)

    on_stage(scenario)


def test_a_servers_own_commands_stand_beside_the_global_ones() -> None:
    """In that server only."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.sync(ASK)
        other = stage.discord.add_guild("Elsewhere")
        path = f"/applications/{stage.discord.bot.id}/guilds/{stage.guild.id}/commands"
        await stage.bot.call("PUT", path, [_command()])
        names = [
            [each["name"] for each in stage.discord.commands.offered(where)]
            for where in (stage.guild.id, other.id, None)
        ]
        assert names == [["search", "ask"], ["ask"], ["ask"]]
        listed = await stage.bot.call("GET", path)
        assert [each["name"] for each in listed.body] == ["search"]

    on_stage(scenario)
