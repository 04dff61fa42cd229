"""What a build says of the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.processor import byte_products, processors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("flags : fpu avx2 avx512_vnni amx_int8", "int8 with AMX"),
        ("flags : fpu avx2 avx512_vnni", "int8 with AVX-512 VNNI"),
        ("Features : fp asimd asimddp", "int8 with Arm dot products"),
        ("flags : fpu avx2", "int8 without instructions of its own"),
    ],
)
def test_the_best_instructions_are_named(tmp_path: Path, flags: str, said: str) -> None:
    """A maintainer who wonders why a build is slow sees what the processor lacks."""
    file = tmp_path / "cpuinfo"
    file.write_text(flags, encoding="ascii")
    assert byte_products(file) == said


def test_where_nothing_lists_them_nothing_is_guessed(tmp_path: Path) -> None:
    """Other systems than Linux have no such file."""
    assert byte_products(tmp_path / "none").startswith("int8 on ")


def test_there_is_a_processor() -> None:
    """Threads and processes are counted by it."""
    assert processors() >= 1
