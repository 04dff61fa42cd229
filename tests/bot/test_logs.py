"""Log lines: one object each, and nothing in them that must stay hidden."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import JsonLines, log_as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "rehearsal.t0ken.of-nobody"  # noqa: S105  # nobody's


@pytest.fixture
def _loggers_as_they_were() -> Iterator[None]:
    """Put back what a test sets for the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("index", "bot")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def written(message: str, *arguments: object, secrets: tuple[str, ...] = (TOKEN,), **facts: object) -> str:
    """Return a line as it is written."""
    record = logging.getLogger("bot.desk").makeRecord(
        "bot.desk", logging.INFO, "desk.py", 1, message, arguments, None, extra=facts
    )
    return JsonLines(secrets).format(record)


def test_a_line_says_when_how_grave_where_and_what() -> None:
    """A machine reads it."""
    line: dict[str, Any] = json.loads(written("question %s", "answered", milliseconds=12))
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "info", "logger": "bot.desk", "message": "question answered", "milliseconds": 12}


@given(st.text(max_size=80))
def test_whatever_is_logged_is_one_line_and_one_object(text: str) -> None:
    """An article's or a person's line breaks must not forge a line of ours."""
    line = written("%s", text, fact=text)
    assert "\n" not in line
    assert "\r" not in line
    assert json.loads(line)["message"] == json.loads(line)["fact"] == text


def test_the_token_is_hidden_wherever_it_stands() -> None:
    """In the message, in a fact, and in what an error says."""
    error = ValueError(TOKEN)
    record = logging.getLogger("bot").makeRecord(
        "bot", logging.ERROR, "x.py", 1, f"login with {TOKEN}", (), (ValueError, error, None)
    )
    line = JsonLines((TOKEN,)).format(record)
    assert TOKEN not in line
    assert "[token]" in line
    assert "ValueError" in json.loads(line)["fault"]
    assert TOKEN not in written("x", fact={"headers": f"Bot {TOKEN}"})


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb24/messages/@original",
        "https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24/callback?with_response=true",
        "http://127.0.0.1:8080/api/webhooks/123/aW50ZXJhY3Rpb24",
    ],
)
def test_the_token_of_an_interaction_is_hidden_too(address: str) -> None:
    """For a quarter of an hour anybody could speak for the bot with it, and discord.py warns with addresses."""
    line = json.loads(written("We are being rate limited. %s %s responded with 429.", "POST", address))
    assert "aW50ZXJhY3Rpb24" not in line["message"]
    assert "/123/[token]" in line["message"]


def test_an_empty_secret_hides_nothing() -> None:
    """Or every line would be made of nothing else."""
    assert json.loads(written("answered", secrets=("",)))["message"] == "answered"


def test_no_fact_passes_itself_off_as_something_else() -> None:
    """The level, the moment and the logger are ours to say."""
    line = json.loads(written("answered", level="critical", at="yesterday", logger="root"))
    assert (line["level"], line["logger"]) == ("info", "bot.desk")
    assert line["at"] != "yesterday"


@pytest.mark.usefixtures("_loggers_as_they_were")
def test_other_libraries_keep_to_warnings(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the level of a debugger they log whole messages with their authors."""
    heard = io.StringIO()
    monkeypatch.setattr("sys.stderr", heard)
    log_as_json((TOKEN,))
    logging.getLogger("discord.gateway").info("a message of alice")
    logging.getLogger("discord.http").warning("slow")
    logging.getLogger("bot.desk").info("answered")
    logging.getLogger("bot.desk").debug("detail")
    assert [json.loads(line)["message"] for line in heard.getvalue().splitlines()] == ["slow", "answered"]
