"""The rows of a table in text; a quotation mark that nobody closed costs its row at most, not those below it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_REREAD = 500_000  # lines that are looked at twice; then each line is a row
_BEYOND = "-"  # a line that an open quotation mark takes into its row, and that is a row by itself otherwise


def table_rows(text: str, delimiter: str) -> Iterator[list[str] | str]:
    """Return the rows of a table, the names on top included, blank lines left out.

    A row is read strictly first. Where its quotation marks do not fit, they may be words of the text
    (« 12 <tab> "Oui", dit-elle »): if the line alone, marks kept, has as many cells as there are names, it is
    taken so; then the row with its marks read loosely; else it is named, and the next line is the next row.

    Args:
        text: the decoded file.
        delimiter: what parts the cells.

    Yields:
        The cells of a row, or the end of the sentence that says what is wrong with it.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = io.StringIO(text, newline="").readlines()
    position, reread, width = 0, 0, 0
    while position < len(lines):
        end = len(lines) if reread < _MOST_REREAD else position + 1
        reader = csv.reader((lines[n] for n in range(position, end)), delimiter=delimiter, strict=True)
        whole = 0
        try:
            for row in reader:
                whole = reader.line_num
                if row:
                    width = width or len(row)
                    yield row
            position = end
        except csv.Error:
            spanned = lines[position + whole : position + reader.line_num]
            row_or_fault, used = _repaired(spanned, delimiter, width)
            width = width or len(row_or_fault)
            yield row_or_fault
            position += whole + used
            reread += len(spanned)


def _repaired(lines: Sequence[str], delimiter: str, width: int) -> tuple[list[str] | str, int]:
    """Return the best that can be made of a row that is not well-formed, and of how many lines it is made."""
    literal = next(csv.reader(lines[:1], delimiter=delimiter, quoting=csv.QUOTE_NONE))
    if len(literal) == width:
        return literal, 1
    loose, *beyond = csv.reader([*lines, _BEYOND], delimiter=delimiter)
    if beyond and (len(loose) == width or len(lines) == 1):
        return loose, len(lines)
    return "holds a quotation mark that is not closed", 1
