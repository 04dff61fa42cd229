"""Tables with a row of names on top (CSV, TSV, Parquet) -> records -> articles."""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from index.sources.drafts import Origin, refusal
from index.sources.record_ids import RepeatedIds
from index.sources.records import FIELDS, parse_record, plain_name
from index.sources.table_rows import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.types import Reading

_DELIMITERS = ",;\t|"
_STATED = re.compile(
    r"sep=([^\r\n])[ \t]*(?:\r\n|[\r\n])", re.IGNORECASE
)  # how Excel says what parts the cells
_KNOWN = {name for names in FIELDS.values() for name in names}
_TOO_LONG = "has more cells than there are names"
_SAMPLE = 50  # rows that a guess is made from
_LONG_ON_AVERAGE = 80  # characters of a column that may be the text


def parse_table(
    text: str, origin: Origin, fields: Mapping[str, str], *, is_tabbed: bool
) -> Iterator[Reading]:
    """Read a table, each row a record.

    Args:
        text: the decoded file.
        origin: where it comes from; the n-th row under the names gets ``#n``.
        fields: our name of a field with the name of its column.
        is_tabbed: whether tabs part the cells; else the sign that a line "sep=;" states, or that parts the
            first line into names. Where an article stands in the first line, the columns are named 1, 2, 3.
    """
    text = text.lstrip("\ufeff")
    stated = _STATED.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = "\t" if is_tabbed else (stated and stated[1]) or _delimiter(text)
    rows = table_rows(text, delimiter)
    first = next(rows, [])
    if isinstance(first, str):
        yield refusal(origin, f"Its first line {first}.")
        return
    names = [name.strip() for name in first]
    if not set(names) & set(fields.values()) and _is_row(names):
        rows, names = chain([first], rows), [str(number) for number, _ in enumerate(names, 1)]
    yield from read_rows((_record(row, names) for row in rows), names, origin, fields)


def _record(row: list[str] | str, names: Sequence[str]) -> dict[str, Any] | str:
    if isinstance(row, str):
        return row
    return dict(zip(names, row, strict=False)) if len(row) <= len(names) else _TOO_LONG


def read_rows(
    rows: Iterable[dict[str, Any] | str], names: Sequence[str], origin: Origin, fields: Mapping[str, str]
) -> Iterator[Reading]:
    """Read the rows of a table; a bad one is refused and the others go on.

    Args:
        rows: each with its cells by name, or the end of the sentence that says what is wrong with it.
        names: of the columns.
        origin: where the table comes from.
        fields: our name of a field with the name of its column.
    """
    coming = iter(rows)
    sample = list(islice(coming, _SAMPLE))
    named = {**_guessed(names, sample), **fields}
    ids = RepeatedIds()
    number = 0
    for number, row in enumerate(chain(sample, coming), 1):
        place = origin.record(number)
        if isinstance(row, str):
            yield refusal(place, f"Row {number} {row}.")
        else:
            yield parse_record(row, place, ids, named)
    if not number:
        yield refusal(origin, "It holds no row under its names.")


def _guessed(names: Sequence[str], sample: Sequence[dict[str, Any] | str]) -> dict[str, str]:
    """Take the column with the longest cells for the text where no name says which it is."""
    if any(plain_name(name) in FIELDS["text"] for name in names):
        return {}
    rows = [row for row in sample if not isinstance(row, str)]
    lengths = {name: sum(_length(row.get(name)) for row in rows) / max(1, len(rows)) for name in names}
    longest = max(lengths, key=lambda name: lengths[name], default=None)
    return {"text": longest} if longest and lengths[longest] >= _LONG_ON_AVERAGE else {}


def _length(cell: object) -> int:
    return len(cell) if isinstance(cell, str) else 0


def _is_row(names: Sequence[str]) -> bool:
    """Tell whether what stands on top is no row of names but an article, as its length shows."""
    is_named = any(plain_name(name) in _KNOWN for name in names)
    return not is_named and any(len(name) >= _LONG_ON_AVERAGE for name in names)


def _delimiter(text: str) -> str:
    """Return the sign that parts the first line into the most names that we know, else into the most."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(_DELIMITERS, key=lambda sign: _names_parted_by(sign, first))


def _names_parted_by(sign: str, line: str) -> tuple[int, int]:
    names = next(csv.reader([line], delimiter=sign), [])
    return sum(plain_name(name) in _KNOWN for name in names), len(names)
