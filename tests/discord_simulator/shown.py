"""What a person sees, as the terminal can show it: markdown made readable, buttons as a row. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.discord_simulator.components import Button
    from tests.discord_simulator.sight import Seen
    from tests.discord_simulator.world import Json

    Names = Callable[[str], str]

# A message must not be able to move the cursor, colour the screen or turn the writing round.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INLINE = re.compile(
    r"\\(?P<escaped>[^\w\s]|_)"
    r"|`+(?P<code>[^`]+)`+"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|__(?P<underline>(?:\\.|[^\\])+?)__"
    r"|~~(?P<strike>(?:\\.|[^\\])+?)~~"
    r"|\*(?P<italic>(?:\\.|[^\\*\s])(?:\\.|[^\\*])*)\*"
    r"|(?<!\w)_(?P<italic_too>(?:\\.|[^\\_])+)_(?!\w)"
    r"|\[(?P<label>(?:\\.|[^\\\]])+)\]\(<?(?P<target>[^)>\s]+)>?\)"
    r"|<(?P<address>https?://[^>\s]+)>"
    r"|(?P<mention><(?:@!?|@&|\#)\d+>)"
)
_STYLES = {
    "bold": "bold",
    "underline": "underline",
    "strike": "strike",
    "italic": "italic",
    "italic_too": "italic",
}
_LINES = (
    (re.compile(r"#{1,3} +"), "", "bold underline"),
    (re.compile(r"-# +"), "", "dim"),
    (re.compile(r"> "), "│ ", ""),
    (re.compile(r"[-*] +"), "• ", ""),
)


def message(seen: Seen, names: Names, saved: Iterable[Path]) -> Text:
    """Return a message as a person sees it.

    Args:
        seen: by them.
        names: gives the name behind a mention, such as "<@7>".
        saved: where its files are.
    """
    lines = [line for part in _body(seen, names, saved) for line in part.split("\n", allow_blank=True)]
    return Text("\n").join([_head(seen), *(Text("  ").append(line) if line else line for line in lines)])


def readable(markdown: str, names: Names) -> Text:
    """Return Discord's markdown as styled text, with the target behind each link.

    Args:
        markdown: of a message.
        names: gives the name behind a mention.
    """
    lines = [_line(line, names) for line in harmless(markdown).split("\n")]
    return Text("\n").join(lines)


def harmless(words: str) -> str:
    """Return text in which control and direction characters are shown instead of obeyed."""
    return _UNSAFE.sub("�", words)


def _head(seen: Seen) -> Text:
    notes = [
        *(["only you can see this"] if seen.only_you else []),
        *(["in direct messages"] if seen.message.channel.guild is None else []),
        *(
            [f"in the thread “{harmless(seen.message.channel.name)}”"]
            if seen.message.channel.is_thread
            else []
        ),
        *(["edited"] if seen.edited else []),
        *(["this pings you"] if seen.pinged else []),
    ]
    head = Text(harmless(seen.author), style="bold cyan")
    return head.append(f"  ({', '.join(notes)})" if notes else "", style="dim not bold")


def _body(seen: Seen, names: Names, saved: Iterable[Path]) -> Iterator[Text]:
    if seen.thinking:
        yield Text("is thinking…", style="dim italic")
    if seen.content:
        yield readable(seen.content, names)
    for embed in seen.embeds:
        yield from _embed(embed, names)
    for path in saved:
        yield Text(f"file  {path}", style="green")
    rows = sorted({button.row for button in seen.buttons})
    for row in rows:
        yield _row(button for button in seen.buttons if button.row == row)


def _row(buttons: Iterable[Button]) -> Text:
    return Text(" ").join(
        Text(
            harmless(f"[{button.label}] {button.url}".rstrip()),
            style="dim" if button.disabled else "bold",
        )
        for button in buttons
    )


def _embed(embed: Json, names: Names) -> Iterator[Text]:
    for part in (embed.get("title"), embed.get("description"), embed.get("url")):
        if part:
            yield Text("┃ ").append(readable(str(part), names))
    for field in embed.get("fields") or ():
        yield Text("┃ ").append(readable(f"**{field['name']}** {field['value']}", names))


def _line(line: str, names: Names) -> Text:
    for pattern, shown, style in _LINES:
        if found := pattern.match(line):
            styled = _inline(line[found.end() :], names)
            styled.stylize(style)
            return Text(shown).append(styled)
    return _inline(line, names)


def _inline(words: str, names: Names) -> Text:
    shown, at = Text(), 0
    for found in _INLINE.finditer(words):
        shown.append(words[at : found.start()]).append(_marked(found, names))
        at = found.end()
    return shown.append(words[at:])


def _marked(found: re.Match[str], names: Names) -> Text:
    kind, inside = found.lastgroup or "", found[found.lastgroup or 0]
    if kind in _STYLES:
        styled = _inline(inside, names)
        styled.stylize(_STYLES[kind])
        return styled
    if kind == "target":
        return _inline(found["label"], names).append(f" ‹{inside}›", style="blue")
    if kind == "mention":
        return Text(harmless(names(inside)), style="bold")
    return Text(inside, style={"code": "reverse", "address": "blue"}.get(kind, ""))
