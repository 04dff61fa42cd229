"""``feedback_report.py``: what it prints, what it returns, and that it changes nothing."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.keeping.answers import KeptAnswers
from bot.keeping.database import open_database
from bot.keeping.feedback import KeptFeedback
from scripts import feedback_report
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import make_kept
from tests.factories import make_article

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "[b]Où[/b] :bomb: [/] \x1b[31m\u202e ?"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder without ``.env``."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return what a bot remembers: an answer that one found helpful, and a silence that two did not."""
    file = tmp_path / "bot.db"
    with closing(open_database(file)) as database:
        answers, feedback = KeptAnswers(database), KeptFeedback(database)
        article = make_article(publisher="[b]AFI[/b]")
        answers.keep(make_kept(make_answer(make_citation(article)), key="1" * 16))
        answers.keep(make_kept(make_not_covered(language="en"), key="2" * 16, asked=HOSTILE))
        feedback.give("1" * 16, 7, "helpful")
        for person in (7, 8):
            feedback.give("2" * 16, person, "not-helpful")
    return file


def test_the_tables_say_what_to_mend(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals, divisions and the worst question with what became of it are all there."""
    assert feedback_report.main(["--state", str(state)]) == 0
    printed = capsys.readouterr().out
    for word in (
        "All answers", "By what was answered", "By language", "By outlet", "helped least", "0.333", "not_covered",
        "not_covered: not-said", "[b]AFI[/b]",
    ):  # fmt: skip
        assert word in printed


def test_text_of_strangers_is_shown_and_not_obeyed(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A question must not mark up, colour or turn the maintainer's terminal, nor stop the report."""
    assert feedback_report.main(["--state", str(state)]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert "[b]Où[/b] :bomb: [/]" in printed


def test_the_json_is_one_object(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs read the same figures, with the question as it was asked."""
    assert feedback_report.main(["--state", str(state), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["totals"] == [{"answers": 2, "helpful": 1, "not_helpful": 2, "share_helpful": 1 / 3}]
    assert report["least_helpful"][0]["question"] == HOSTILE
    assert report["by_publisher"][0]["publisher"] == "[b]AFI[/b]"


@pytest.mark.parametrize("arguments", [[], ["--since", "2999-01-01"]])
def test_no_feedback_is_said_and_is_no_error(
    arguments: list[str], state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the first verdict there is nothing wrong."""
    file = state if arguments else state.with_name("none.db")
    assert feedback_report.main(["--state", str(file), *arguments]) == 0
    assert "There is no feedback" in capsys.readouterr().out
    assert not state.with_name("none.db").exists()


def test_since_leaves_out_what_was_asked_before(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The day itself counts."""
    for since, answers in (("2026-11-24", 1), ("2026-11-25", 0)):
        assert feedback_report.main(["--state", str(state), "--json", "--since", since]) == 0
        assert len(json.loads(capsys.readouterr().out)["totals"]) == answers


def test_the_file_of_the_settings_is_read(
    state: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --state the report is of the bot that runs with the same settings."""
    monkeypatch.setenv("DATELINE_STATE_FILE", str(state))
    assert feedback_report.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--since", "hier"], "“hier” is not a date"), ([], "is damaged"), (["--json"], "is damaged")],
)
def test_an_error_is_one_line_with_the_way_out(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever runs it nightly reads one line on standard error, and status 1."""
    file = tmp_path / "damaged.db"
    file.write_bytes(b"garbage" * 1000)
    assert feedback_report.main(["--state", str(file), *arguments]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1


def test_an_unknown_setting_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt setting would report on another bot."""
    monkeypatch.setenv("DATELINE_STATE_FIL", "x")
    assert feedback_report.main([]) == 1
    assert "did you mean DATELINE_STATE_FILE?" in capsys.readouterr().err
