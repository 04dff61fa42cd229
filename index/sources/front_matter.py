"""What stands above a Markdown text between two rules -> facts: YAML or TOML, else its lines one by one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from index.sources.drafts import Draft
from index.sources.records import FIELDS, facts_of, fields_of, plain_name, unread_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK = r"(?:\r\n|[\n\r])"
_FRONT_MATTER = re.compile(
    rf"\A\ufeff?(?:[ \t]*{_BREAK})*(?P<rule>---|\+\+\+)[ \t]*{_BREAK}(?P<facts>.*?){_BREAK}?"
    r"^(?:(?P=rule)|\.\.\.)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
# Its second rule was forgotten: it ends where a line is blank.
_UNCLOSED = re.compile(
    rf"\A\ufeff?(?P<rule>---)[ \t]*{_BREAK}(?P<facts>(?:\w[\w -]{{0,40}}?[ \t]*:[ \t][^\n\r]*{_BREAK})+)(?=[ \t]*{_BREAK})"
)
# "date: 2023-01-01", "“titre” = …", a comment, a directive: prose between two rules begins otherwise.
_BEGINS_FACTS = re.compile(r"\s*(?:[\"']?\w[\w -]{0,40}[\"']?\s*[:=]|[#%])")
_KEY = re.compile(r"[\"']?(?P<key>\w[\w -]{0,40}?)[\"']?\s*[:=](?=\s|$)[ \t]*(?P<value>.*)", re.DOTALL)
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)")
_QUOTED = re.compile(r"([\"'])(?P<inner>.*)\1$", re.DOTALL)
_NO_WORDS = re.compile(r"[&*]\w+(?:\s|$)|[|>]")  # an anchor, an alias, a block that is not understood
_CLOSING = {"[": "]", "{": "}"}
_KNOWN = {name for names in FIELDS.values() for name in names}
_LONGEST = 50_000  # characters
_LONGEST_NAMED = 40  # characters of a line that a sentence repeats
_MOST_NAMED = 5  # lines that cannot be read


def read_front_matter(text: str) -> tuple[Draft, int]:
    """Return what the front matter says and where it ends.

    Args:
        text: the decoded file.

    Returns:
        The facts, with a doubt for each line that gives none because it is malformed; and the number of
        characters before the text, 0 where there is no front matter.
    """
    found = _FRONT_MATTER.match(text) or _UNCLOSED.match(text)
    if not found:
        return Draft(), 0
    wording = found["facts"]
    if len(wording) > _LONGEST:
        return Draft(doubts=("Its front matter is too long and was left out.",)), found.end()
    fields = _toml(wording) if found["rule"] == "+++" else _yaml(wording)
    doubts: tuple[str, ...] = ()
    if fields is None:
        if not _BEGINS_FACTS.match(wording):
            return Draft(), 0
        fields, doubts = _by_lines(wording)
        if not doubts and not fields_of(fields):
            return Draft(), 0
    facts = fields_of(fields)
    draft = facts_of(facts, text[found.end() :])
    return replace(draft, doubts=draft.doubts + unread_of(facts) + doubts), found.end()


def _yaml(wording: str) -> dict[str, Any] | None:
    """Return the facts of YAML, None where its lines must be read one by one."""
    import yaml  # here: most sources have no front matter

    try:
        # Strings only: what is a date is for our own reading to decide, and no object is ever made.
        fields = yaml.load(wording, Loader=yaml.BaseLoader)  # noqa: S506
        # A few lines of aliases may stand for more names than fit into memory.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(wording, yaml.BaseLoader)):
            return None
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):  # an escape that is no character
        return None
    if isinstance(fields, dict):
        return {str(key): value for key, value in fields.items()}
    return None if fields else {}


def _toml(wording: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(re.sub(_BREAK, "\n", wording))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):  # a number of more digits than are read
        return None


def _by_lines(wording: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Read each key with what belongs to it by itself, the value as it is printed.

    « title: Pont de Vaubrun : la facture double » is what people write, and no YAML.
    """
    fields: dict[str, Any] = {}
    unread: list[str] = []
    for entry in _entries(wording):
        found = _KEY.match(entry)
        value = _value(entry, found["value"]) if found else None
        if found and value is not None:
            fields[found["key"]] = value
        elif not found or plain_name(found["key"]) in _KNOWN:
            unread.append(entry)
    doubts = (
        f"{entry.strip()[:_LONGEST_NAMED]!r} in its front matter cannot be read and was left out."
        for entry in unread
    )
    return fields, tuple(islice(doubts, _MOST_NAMED))


def _entries(wording: str) -> Iterator[str]:
    """Yield each line that begins at the margin with the lines under it that do not, or that are items."""
    lines = [line for line in re.split(_BREAK, wording) if line.strip() and not line.startswith("#")]
    starts = [number for number, line in enumerate(lines) if not number or line[0] not in " \t-"]
    for start, end in pairwise([*starts, len(lines)]):
        yield "\n".join(lines[start:end])


def _value(entry: str, value: str) -> Any:
    """Return what a key stands for, None where no reader could tell."""
    fields = _yaml(entry)
    if fields and len(fields) == 1:
        return next(iter(fields.values()))
    value = value.strip()
    quoted = _QUOTED.match(value)
    if quoted and quoted[1] not in quoted["inner"] and "\\" not in quoted["inner"]:
        return quoted["inner"]
    if _NO_WORDS.match(value) or not re.search(r"\w", value) or "\\" in value or not _is_closed(value):
        return None
    items = [_ITEM.match(line) for line in value.split("\n")]
    if all(items):
        return [item[1].strip() for item in items if item]
    return re.sub(r"\s*\n\s*", " ", value)


def _is_closed(value: str) -> bool:
    """Tell whether an opening bracket or quotation mark at the start has its counterpart further on."""
    first = value[:1]
    if first in _CLOSING:
        return value.count(first) == value.count(_CLOSING[first])
    return first not in "\"'" or not first or first in value[1:]
