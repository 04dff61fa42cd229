"""Discord's markdown in the terminal: readable, with link targets told, and harmless."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tests.discord_simulator.bare_bot import Stage, on_stage
from tests.discord_simulator.shown import message, readable


def _names(mention: str) -> str:
    return {"<@7>": "@alice", "<#8>": "#general"}.get(mention, mention)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**bold** and *slanted* and _slanted_", "bold and slanted and slanted"),
        ("__under__ ~~struck~~ `code`", "under struck code"),
        (r"\*not slanted\* \_nor this\_", "*not slanted* _nor this_"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("[Headline](https://a.example/x)", "Headline ‹https://a.example/x›"),
        ("[Headline](<https://a.example/x>)", "Headline ‹https://a.example/x›"),
        (r"[a \[b\] **c**](https://a.example)", "a [b] c ‹https://a.example›"),
        ("<https://a.example>", "https://a.example"),
        ("# Title\n-# small\n> quoted\n- item", "Title\nsmall\n│ quoted\n• item"),
        ("#general is no title", "#general is no title"),
        ("<@7> in <#8> and <@9>", "@alice in #general and <@9>"),
        ("**bold `code`**", "bold code"),
        ("[bold red]x[/]", "[bold red]x[/]"),
    ],
)
def test_markdown_is_made_readable(markdown: str, shown: str) -> None:
    """A newcomer sees what Discord would show, not its marks."""
    assert readable(markdown, _names).plain == shown


def test_bold_is_bold() -> None:
    """The quoted words of a passage have to stand out."""
    (span,) = readable("a **b** c", _names).spans
    assert (span.start, span.end, str(span.style)) == (2, 3, "bold")


@given(st.text())
def test_nothing_moves_the_cursor_or_turns_the_writing(markdown: str) -> None:
    """Whatever an article holds, and nothing is lost but marks."""
    plain = readable(markdown, _names).plain
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain)
    letters = "".join(re.findall(r"[^\W_]", markdown))
    assert "".join(re.findall(r"[^\W_]", plain)) == letters


def test_a_message_is_shown_with_all_that_a_person_sees() -> None:
    """Who, for whom, the words, the buttons row by row, the files."""

    async def scenario(stage: Stage) -> None:
        row = [{"type": 2, "style": 2, "label": str(each), "custom_id": str(each)} for each in (1, 2)]
        link = [{"type": 2, "style": 5, "label": "Read", "url": "https://a.example"}]
        rows = [{"type": 1, "components": row}, {"type": 1, "components": link}]
        interaction = await stage.asked()
        await stage.bot.respond(interaction, 4, content="**Here**", flags=1 << 6, components=rows)
        (seen,) = stage.discord.seen_by(stage.alice, stage.channel)
        console = Console(file=io.StringIO(), width=80)
        console.print(message(seen, _names, []))
        assert isinstance(console.file, io.StringIO)
        lines = [line.rstrip() for line in console.file.getvalue().splitlines()]
        assert lines == [
            "Dateline  (only you can see this)",
            "  Here",
            "  [1] [2]",
            "  [Read] https://a.example",
        ]

    on_stage(scenario)
