"""Progress is said on standard error, and never among the answers."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from bot.progress import shown_progress, speak


class _Terminal(io.StringIO):
    """Standard error as a terminal has it."""

    def isatty(self) -> bool:
        """Say that a person looks."""
        return True


class _Clock:
    """Seconds that pass only when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    """Return the clock that the plain lines go by."""
    made = _Clock()
    monkeypatch.setattr("bot.progress.time", made)
    return made


def test_a_pipe_gets_a_line_when_a_stage_ends(capsys: pytest.CaptureFixture[str], clock: _Clock) -> None:
    """A log must not be flooded by a bar, and must tell that a stage is done."""
    with shown_progress() as progress:
        for done in range(1, 501):
            progress("embed", done, 500)
    assert capsys.readouterr() == ("", "dateline: embedding passages: 500 of 500\n")


def test_a_long_stage_is_heard_of_every_few_seconds(
    capsys: pytest.CaptureFixture[str], clock: _Clock
) -> None:
    """Minutes of silence look like a program that hangs."""
    with shown_progress() as progress:
        for done in range(1, 13):
            progress("read", done, None)
            clock.now += 1
    assert capsys.readouterr().err.splitlines() == [
        "dateline: reading sources: 6, 1 a second",
        "dateline: reading sources: 11, 1 a second",
    ]


def test_stages_do_not_silence_each_other(capsys: pytest.CaptureFixture[str], clock: _Clock) -> None:
    """Each stage has its own pace: one that just spoke must not hide another."""
    with shown_progress() as progress:
        progress("read", 3, 3)
        progress("embed", 9, 9)
    assert capsys.readouterr().err.splitlines() == [
        "dateline: reading sources: 3 of 3",
        "dateline: embedding passages: 9 of 9",
    ]


def test_a_stage_without_a_name_of_its_own_is_shown(
    capsys: pytest.CaptureFixture[str], clock: _Clock
) -> None:
    """A stage that is added later must not break the build that it tells of."""
    with shown_progress() as progress:
        progress("ask", 2, 2)
    assert capsys.readouterr().err == "dateline: ask: 2 of 2\n"


def test_a_terminal_gets_bars(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A person sees what is done and how far it is, and standard output stays free."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    with shown_progress() as progress:
        progress("read", 1, None)
        progress("embed", 3, 7)
    assert "embedding passages" in terminal.getvalue()
    assert "3/7" in terminal.getvalue()
    assert capsys.readouterr().out == ""


def test_our_own_log_lines_are_heard_and_others_are_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """“Unpacking the model, once” must be read; a library's chatter must not."""
    for name in ("index", "bot"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.WARNING)
    speak()
    logging.getLogger("index.embedding").info("unpacking …")
    logging.getLogger("chromadb.telemetry").info("chatter")
    logging.getLogger("chromadb").warning("heard")
    assert capsys.readouterr() == ("", "dateline: unpacking …\ndateline: heard\n")


def test_the_rate_the_time_left_and_the_refusals_are_told(
    capsys: pytest.CaptureFixture[str], clock: _Clock
) -> None:
    """Whoever waits wants to know for how long."""
    with shown_progress() as progress:
        progress("embed", 0, 400, articles=0)
        clock.now += 10
        progress("embed", 100, 400, articles=20, refused=3)
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "dateline: embedding passages: 100 of 400, 20 articles, 3 refused, 10 a second, 30 s left"
    )


def test_a_program_is_told_in_objects(capsys: pytest.CaptureFixture[str], clock: _Clock) -> None:
    """Each line is one event, with figures and not with words."""
    with shown_progress(as_json=True) as progress:
        progress("embed", 0, 400, articles=0)
        clock.now += 10
        progress("embed", 100, 400, articles=20, refused=3)
    assert [json.loads(line) for line in capsys.readouterr().err.splitlines()] == [
        {
            "event": "progress", "stage": "embed", "done": 100, "total": 400, "articles": 20, "refused": 3,
            "seconds": 10.0, "per_second": 10.0, "seconds_left": 30.0,
        }
    ]  # fmt: skip
