"""The model that the tests of rendering rely on knows what Discord makes of a message."""

from __future__ import annotations

import pytest

from tests.bot.rendering.discord_markdown import Mark, read


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ("mot", set()),
        (r"\*\*mot\*\* \[1\] https\:\/\/a.example", set()),
        ("**mot**", {"bold"}),
        (r"**\*mot\***", {"bold"}),
        ("**mot", {"stray"}),
        ("# mot", {"heading"}),
        ("> # mot", {"quote", "heading"}),
        ("> - mot", {"quote", "list"}),
        ("-# mot", {"small"}),
        ("mot\n1. mot", {"list"}),
        ("mot - mot", set()),
        ("@everyone", {"ping"}),
        (r"\@everyone", {"ping"}),
        ("@\u2060everyone", set()),
        ("@\u200beveryone", {"unseen"}),
        ("<#1>", {"mention", "angle", "stray"}),
        ("https://a.example", {"address"}),
        ("discord.gg/abc", {"invite"}),
        (":smile:", {"shortcode"}),
        ("à 12:30", set()),
    ],
)
def test_each_construct_is_found(content: str, kinds: set[str]) -> None:
    """What the model does not find, a test of rendering lets through."""
    assert read(content).kinds() == kinds


def test_a_link_is_read_with_its_words_and_its_target() -> None:
    """A test must be able to compare what a link says with where it leads."""
    found = read("[Lire](<https://a.example/x>) · a.example")
    assert found.marks == [Mark("link", "Lire", "https://a.example/x")]
    assert found.seen == "Lire · a.example"


def test_brackets_that_are_escaped_alone_do_not_stop_a_link() -> None:
    """Discord's pattern for links knows no backslash: our own bracket before a stranger's would make one."""
    assert read(r"[1] mot \](https\:\/\/evil.example)").of("link")
    assert not read(r"\[1\] mot \]\(https\:\/\/evil.example)").of("link")


def test_what_is_seen_has_neither_marks_nor_backslashes() -> None:
    """Words are compared as a person sees them."""
    assert read(r"> « **\*mot\*** » \[1\]").seen == "« *mot* » [1]"
