"""The front of the API: who calls, what goes wrong on demand, and how it is answered."""

from __future__ import annotations

import asyncio

import pytest

from tests.discord_simulator.bare_bot import Stage, on_stage


def test_a_call_needs_the_bots_token() -> None:
    """Any other is refused, and counts towards a ban."""

    async def scenario(stage: Stage) -> None:
        answered = await stage.bot.call("GET", "/users/@me", token="wrong")  # noqa: S106  # nobody's
        assert answered.refusal == (401, 0)
        assert stage.discord.invalid_calls == 1

    on_stage(scenario)


def test_json_is_answered_as_discord_py_needs_it() -> None:
    """A charset behind the type would make discord.py read text."""

    async def scenario(stage: Stage) -> None:
        answered = await stage.bot.call("GET", "/users/@me")
        assert answered.headers["Content-Type"] == "application/json"
        assert answered.body["id"] == str(stage.discord.bot.id)

    on_stage(scenario)


@pytest.mark.parametrize("path", ["/applications/@me", "/oauth2/applications/@me"])
def test_the_application_is_the_bots(path: str) -> None:
    """A client asks for it before it connects."""

    async def scenario(stage: Stage) -> None:
        answered = await stage.bot.call("GET", path)
        assert answered.body["id"] == answered.body["bot"]["id"] == str(stage.discord.bot.id)

    on_stage(scenario)


def test_the_gateways_address_is_told() -> None:
    """A client that asks where the gateway is must come back here."""

    async def scenario(stage: Stage) -> None:
        answered = await stage.bot.call("GET", "/gateway/bot")
        assert answered.body["url"] == stage.discord.gateway_url

    on_stage(scenario)


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("GET", "/nowhere", (404, 0)),
        ("PUT", "/users/@me", (405, 0)),
        ("GET", "/channels/1", (404, 10003)),
        ("GET", "/channels/general", (400, 50035)),
        ("GET", "/users/1", (404, 10013)),
        ("GET", "/guilds/1", (403, 50001)),
        ("GET", "/applications/1/commands", (404, 10002)),
    ],
)
def test_what_is_not_there_is_refused(method: str, path: str, refusal: tuple[int, int]) -> None:
    """Each with Discord's own code."""

    async def scenario(stage: Stage) -> None:
        assert (await stage.bot.call(method, path)).refusal == refusal

    on_stage(scenario)


def test_what_is_no_form_is_refused() -> None:
    """No JSON, another type of content, a list where an object belongs."""

    async def scenario(stage: Stage) -> None:
        path = f"/channels/{stage.channel.id}/messages"
        assert (await stage.bot.call("POST", path, body=b"{")).refusal == (400, 50109)
        typed = await stage.bot.call("POST", path, body=b"a=b", content_type="text/plain")
        assert typed.faults == {"": "CONTENT_TYPE_INVALID"}
        assert (await stage.bot.call("POST", path, [1])).faults == {"": "MODEL_TYPE_CONVERT"}

    on_stage(scenario)


def test_a_429_of_one_route_leaves_the_others_alone() -> None:
    """It says when to come back, and through which proxy it came."""

    async def scenario(stage: Stage) -> None:
        stage.discord.faults.add(429, routes=("POST /channels/*/messages",), times=1, retry_after=0.25)
        assert (await stage.bot.call("GET", "/users/@me")).status == 200
        answered = await stage.bot.write(stage.channel, content="x")
        assert answered.status == 429
        assert answered.body["retry_after"] == 0.25
        assert answered.body["global"] is False
        assert answered.headers["Retry-After"] == "1"
        assert "Via" in answered.headers
        assert stage.channel.messages == ()
        assert (await stage.bot.write(stage.channel, content="x")).status == 200

    on_stage(scenario)


def test_a_global_429_says_so() -> None:
    """A client has to hold all its calls then."""

    async def scenario(stage: Stage) -> None:
        stage.discord.faults.add(429, is_global=True, every=2)
        statuses = [(await stage.bot.call("GET", "/users/@me")).status for _ in range(4)]
        assert statuses == [200, 429, 200, 429]
        answered = stage.discord.calls[-1]
        assert answered.answer["global"] is True

    on_stage(scenario)


@pytest.mark.parametrize("carried_out", [True, False])
def test_a_5xx_may_hide_a_call_that_was_carried_out(carried_out: bool) -> None:
    """What a bot does twice then shows here."""

    async def scenario(stage: Stage) -> None:
        stage.discord.faults.add(502, times=1, carried_out=carried_out)
        assert (await stage.bot.write(stage.channel, content="x")).status == 502
        assert len(stage.channel.messages) == int(carried_out)

    on_stage(scenario)


def test_calls_that_come_too_fast_are_answered_with_a_global_429() -> None:
    """Replies to interactions alone may come as fast as they can."""

    async def scenario(stage: Stage) -> None:
        interaction = await stage.asked()
        await stage.bot.respond(interaction, 5)
        calls = await asyncio.gather(*(stage.bot.call("GET", "/users/@me") for _ in range(12)))
        assert 429 in {each.status for each in calls}
        edits = [await stage.bot.edit_original(interaction, content=str(each)) for each in range(12)]
        assert {each.status for each in edits} == {200}

    on_stage(scenario, calls_a_second=4)


def test_too_many_invalid_calls_ban_the_address() -> None:
    """Everything is refused then, without JSON and without a "Via", until ten minutes have passed."""

    async def scenario(stage: Stage) -> None:
        for _ in range(3):
            await stage.bot.call("GET", "/users/@me", token="wrong")  # noqa: S106  # nobody's
        banned = await stage.bot.call("GET", "/users/@me")
        assert (banned.status, banned.headers.get("Via"), banned.body) == (429, None, "error code: 1015")
        stage.discord.clock.advance(seconds=601)
        assert (await stage.bot.call("GET", "/users/@me")).status == 200

    on_stage(scenario, invalid_calls_in_ten_minutes=3)


def test_calls_are_recorded_with_what_was_sent_and_answered() -> None:
    """Tests read there what a bot did, and that no call was refused."""

    async def scenario(stage: Stage) -> None:
        await stage.bot.write(stage.channel, content="x")
        (call,) = stage.discord.calls
        assert (call.method, call.status, call.payload) == ("POST", 200, {"content": "x"})
        assert call.answer["content"] == "x"

    on_stage(scenario)


def test_a_fault_of_the_simulators_own_is_not_taken_for_discords() -> None:
    """A test that met one must not pass."""

    async def scenario(stage: Stage) -> None:
        stage.discord.faults.strike = None  # type: ignore[assignment,method-assign]  # broken on purpose
        assert (await stage.bot.call("GET", "/users/@me")).status == 500

    with pytest.raises(ExceptionGroup, match="the simulated Discord is at fault"):
        on_stage(scenario)
