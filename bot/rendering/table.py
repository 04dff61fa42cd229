"""Measures as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def render_table(title: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return rows that share their keys as a table: shares with three decimals, figures to the right."""
    table = Table(title=title, title_justify="left")
    for name, cell in rows[0].items():
        table.add_column(name, justify="left" if isinstance(cell, str) else "right")
    for row in rows:
        table.add_row(*(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row.values()))
    return table
