"""Lines that a person types at the page, read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_simulator.typed import Act, Press, Say, Speak, Use, Write, filled_in, read, truth, typeable

_NAMES = ("question", "since", "until", "publisher", "média", "private")


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("", None),
        ("   ", None),
        ("Who spoke?", Use("ask", "Who spoke?")),
        ("/search ferry accident", Use("search", "ferry accident")),
        ("/coverage", Use("coverage", "")),
        ("@ Who spoke?", Write("mention", "Who spoke?")),
        ("dm Who spoke?", Write("direct", "Who spoke?")),
        ("reply Et l’Ukraine ?", Write("reply", "Et l’Ukraine ?")),
        ("say The earth is flat", Write("channel", "The earth is flat")),
        ("[1]", Press("1")),
        ("[En savoir plus]", Press("En savoir plus")),
        ("2", Press("2")),
        ("press 1", Press("1")),
        ("press [More]", Press("More")),
        ("check", Say("check")),
        ("HELP", Say("help")),
        ("quit", Say("quit")),
        ("as fr", Speak("fr")),
        ("as en", Speak("en-US")),
        ("as en-GB", Speak("en-GB")),
        ("as far as we know, who spoke?", Use("ask", "as far as we know, who spoke?")),
        ("check the dates", Use("ask", "check the dates")),
        ("reply", Use("ask", "reply")),
        ("pressing matters?", Use("ask", "pressing matters?")),
    ],
)
def test_a_line_is_read(line: str, act: Act | None) -> None:
    """What looks like no gesture is a question."""
    assert read(line) == act


@given(st.text())
def test_every_line_is_something_or_nothing(line: str) -> None:
    """Nothing that is typed stops the page, and only blanks are nothing."""
    assert (read(line) is None) == (not line.strip())


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("", {}),
        ("who spoke?", {"question": "who spoke?"}),
        ("who? since:2022 private:yes", {"question": "who?", "since": "2022", "private": "yes"}),
        ("publisher:Le Fil question:who?", {"publisher": "Le Fil", "question": "who?"}),
        ("média:Méridia 24 question: qui ?", {"média": "Méridia 24", "question": "qui ?"}),
        ("colour:red", {"question": "colour:red"}),
        ("unsince:2022", {"question": "unsince:2022"}),
        ("who? since:", {"question": "who?"}),
    ],
)
def test_words_fill_in_options(words: str, options: dict[str, str]) -> None:
    """What is no option's name before a colon is text."""
    assert filled_in(words, _NAMES) == options


def test_a_command_without_options_takes_no_words() -> None:
    """Discord has no place for them."""
    assert filled_in("anything", ()) == {}


@given(st.text())
def test_words_never_fill_in_what_is_no_option(words: str) -> None:
    """Whatever is typed."""
    assert set(filled_in(words, _NAMES)) <= set(_NAMES)


def test_a_label_can_be_typed() -> None:
    """Nobody types the space that French puts before a question mark."""
    assert typeable("Pourquoi\u00a0?") == "Pourquoi ?"


def test_yes_and_no_in_two_languages() -> None:
    """Anything else is neither."""
    assert [truth(each) for each in ("Oui", "yes", "non", "FALSE", "peut-être")] == [
        True,
        True,
        False,
        False,
        None,
    ]
