"""Tables with a row of names on top (CSV, TSV, Parquet) -> records -> articles."""

from __future__ import annotations

import csv
import io
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from index.sources.drafts import Origin, refusal
from index.sources.records import FIELDS, RepeatedIds, parse_record, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.types import Reading

_DELIMITERS = ",;\t|"
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
        is_tabbed: whether tabs part the cells; else the sign that is most frequent in the first line.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    delimiter = "\t" if is_tabbed else _delimiter(text)
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(rows, [])]
        records = (
            dict(zip(names, row, strict=False)) if len(row) <= len(names) else None for row in rows if row
        )
        yield from read_rows(records, names, origin, fields)
    except csv.Error as error:
        yield refusal(origin, f"It is not a table: {error} at line {rows.line_num}.")


def read_rows(
    rows: Iterable[dict[str, Any] | None], names: Sequence[str], origin: Origin, fields: Mapping[str, str]
) -> Iterator[Reading]:
    """Read the rows of a table; a bad one is refused and the others go on.

    Args:
        rows: each with its cells by name, None where it does not fit the names.
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
        if row is None:
            yield refusal(place, f"Row {number} has more cells than there are names.")
        else:
            yield parse_record(row, place, ids, named)
    if not number:
        yield refusal(origin, "It holds no row under its names.")


def _guessed(names: Sequence[str], sample: Sequence[dict[str, Any] | None]) -> dict[str, str]:
    """Take the column with the longest cells for the text where no name says which it is."""
    if any(plain_name(name) in FIELDS["text"] for name in names):
        return {}
    rows = [row for row in sample if row is not None]
    lengths = {name: sum(_length(row.get(name)) for row in rows) / max(1, len(rows)) for name in names}
    longest = max(lengths, key=lambda name: lengths[name], default=None)
    return {"text": longest} if longest and lengths[longest] >= _LONG_ON_AVERAGE else {}


def _length(cell: object) -> int:
    return len(cell) if isinstance(cell, str) else 0


def _delimiter(text: str) -> str:
    first = text[: text.find("\n")] if "\n" in text else text
    return max(_DELIMITERS, key=first.count)
