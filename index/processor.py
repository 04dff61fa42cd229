"""What this machine's processors can do for the model, so that a build can say what it runs on."""

from __future__ import annotations

import os
import platform
from pathlib import Path

# By the names that Linux gives them, best first: instructions that multiply and add bytes in one step.
_BYTE_PRODUCTS = {
    "amx_int8": "AMX",
    "avx512_vnni": "AVX-512 VNNI",
    "avx_vnni": "AVX VNNI",
    "i8mm": "Arm I8MM",
    "asimddp": "Arm dot products",
}
_CPUINFO = Path("/proc/cpuinfo")


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # what this process may use, as containers set it
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def byte_products(cpuinfo: Path = _CPUINFO) -> str:
    """Return how this processor multiplies bytes, in words that a maintainer may look up.

    Args:
        cpuinfo: lists its flags; a system without such a file is named, and nothing is guessed.
    """
    try:
        flags = set(cpuinfo.read_text(encoding="ascii", errors="ignore").split())
    except OSError:
        return f"int8 on {platform.machine() or 'an unknown processor'}"
    found = next((name for flag, name in _BYTE_PRODUCTS.items() if flag in flags), None)
    return f"int8 with {found}" if found else "int8 without instructions of its own"
