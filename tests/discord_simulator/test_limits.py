"""Every length and count of a message: at the limit it is taken, beyond it refused with the path of the field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_simulator.bare_bot import Stage, on_stage
from tests.discord_simulator.errors import Refusal
from tests.discord_simulator.messaging import Draft, check

Json = dict[str, Any]


def faults(payload: Json, flags: int = 0) -> set[str]:
    """Return the paths of what is wrong with a message."""
    try:
        check(Draft(payload=payload), flags)
    except Refusal as refusal:
        return set(_paths(refusal.errors or {})) if refusal.code == 50035 else {str(refusal)}
    return set()


def _paths(errors: Json, path: str = "") -> list[str]:
    found = [path] if "_errors" in errors else []
    for name, below in errors.items():
        found += [] if name == "_errors" else _paths(below, f"{path}.{name}".lstrip("."))
    return found


def _embed(**facts: Any) -> Json:
    return {"embeds": [facts]}


def _fields(count: int, name: int = 1, value: int = 1) -> Json:
    return _embed(fields=[{"name": "n" * name, "value": "v" * value} for _ in range(count)])


_CASES = [
    ({"content": "x" * 2000}, {"content": "x" * 2001}, "content"),
    ({"content": "😀" * 2000}, {"content": "😀" * 2001}, "content"),
    ({"content": "x", "nonce": "n" * 25}, {"content": "x", "nonce": "n" * 26}, "nonce"),
    (_embed(title="x" * 256), _embed(title="x" * 257), "embeds.0.title"),
    (_embed(description="x" * 4096), _embed(description="x" * 4097), "embeds.0.description"),
    (_embed(footer={"text": "x" * 2048}), _embed(footer={"text": "x" * 2049}), "embeds.0.footer.text"),
    (_embed(author={"name": "x" * 256}), _embed(author={"name": "x" * 257}), "embeds.0.author.name"),
    (_fields(25), _fields(26), "embeds.0.fields"),
    (_fields(1, name=256), _fields(1, name=257), "embeds.0.fields.0.name"),
    (_fields(2, value=1024), _fields(1, value=1025), "embeds.0.fields.0.value"),
    (_fields(1), _fields(1, name=0), "embeds.0.fields.0.name"),
    ({"embeds": [{"title": "x"}] * 10}, {"embeds": [{"title": "x"}] * 11}, "embeds"),
    (
        {"embeds": [{"description": "x" * 3000}] * 2},
        {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000, "title": "x"}]},
        "embeds",
    ),
    (_embed(title="x", url="https://a.example"), _embed(title="x", url="javascript:x"), "embeds.0.url"),
    (_embed(title="x", url="https://a.example"), _embed(title="x", url="https://"), "embeds.0.url"),
    ({"content": "x"}, {"content": 7}, "content"),
    ({"content": "x", "flags": 4}, {"content": "x", "flags": "4"}, "flags"),
    ({"content": "x", "embeds": []}, {"content": "x", "embeds": {}}, "embeds"),
    ({"content": "x", "embeds": []}, {"content": "x", "embeds": [7]}, "embeds.0"),
    ({"content": "x", "attachments": []}, {"content": "x", "attachments": [{}]}, "attachments.0.id"),
    ({"content": "x", "attachments": []}, {"content": "x", "attachments": [{"id": "0"}]}, "attachments.0.id"),
]


@pytest.mark.parametrize(("taken", "refused", "path"), _CASES)
def test_a_limit_is_exact_and_named(taken: Json, refused: Json, path: str) -> None:
    """One more than Discord takes would be lost in life; one fewer must not be refused here."""
    assert faults(taken) == set()
    assert faults(refused) == {path}


def test_everything_that_is_wrong_is_named_at_once() -> None:
    """Discord lists all fields at fault."""
    wrong = {"content": "x" * 2001, **_embed(title="x" * 257, description="x" * 4097)}
    assert faults(wrong) == {"content", "embeds.0.title", "embeds.0.description"}


def test_components_v2_excludes_content_and_embeds() -> None:
    """The flag says that the message is made of components alone."""
    text = {"type": 10, "content": "x"}
    assert faults({"components": [text]}, 1 << 15) == set()
    assert faults({"components": [text], "content": "x"}, 1 << 15) == {"content"}
    assert faults({"components": [text], **_embed(title="x")}, 1 << 15) == {"embeds"}


@given(st.integers(min_value=0, max_value=4100), st.integers(min_value=0, max_value=4100))
def test_all_embeds_share_six_thousand_characters(first: int, second: int) -> None:
    """However they are divided, and whatever each may hold."""
    embeds = [{"description": "x" * first}, {"description": "x" * second}]
    too_long = {f"embeds.{number}.description" for number, size in enumerate((first, second)) if size > 4096}
    assert faults({"embeds": embeds}) == too_long | ({"embeds"} if first + second > 6000 else set())


def test_the_answer_has_discords_form() -> None:
    """A client reads the code and the path there."""

    async def scenario(stage: Stage) -> None:
        answered = await stage.bot.write(stage.channel, content="x" * 2001)
        assert answered.body == {
            "message": "Invalid Form Body",
            "code": 50035,
            "errors": {
                "content": {
                    "_errors": [
                        {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}
                    ]
                }
            },
        }

    on_stage(scenario)


@pytest.mark.parametrize("payload", [{}, {"content": ""}, {"content": " \n"}, {"content": None}])
def test_a_message_that_shows_nothing_is_refused(payload: Json) -> None:
    """Buttons alone are no message either."""

    async def scenario(stage: Stage) -> None:
        row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}]}
        assert (await stage.bot.write(stage.channel, **payload)).refusal == (400, 50006)
        assert (await stage.bot.write(stage.channel, **payload, components=[row])).refusal == (400, 50006)

    on_stage(scenario)


def test_files_have_limits_in_number_and_size() -> None:
    """Ten files, ten megabytes each."""

    async def scenario(stage: Stage) -> None:
        path = f"/channels/{stage.channel.id}/messages"
        eleven = {f"{number}.txt": b"x" for number in range(11)}
        assert (await stage.bot.call("POST", path, {}, files=eleven)).faults == {
            "files": "BASE_TYPE_BAD_LENGTH"
        }
        large = {"large.bin": bytes(10 * 1024 * 1024 + 1)}
        assert (await stage.bot.call("POST", path, {}, files=large)).refusal == (413, 40005)
        assert (
            await stage.bot.call("POST", path, {}, files={"full.bin": bytes(10 * 1024 * 1024)})
        ).status == 200

    on_stage(scenario)
