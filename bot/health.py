"""A small file that a supervisor reads: is the bot connected, and when did it last say so?"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_log = logging.getLogger(__name__)
SECONDS = 10.0


async def report_health(file: Path, facts: Callable[[], Mapping[str, object]]) -> None:
    """Write the file every few seconds until cancelled; then remove it: a bot that left is not well.

    That it cannot be written is said once: the bot answers people although nobody can watch it.

    Args:
        file: replaced atomically, so that a reader never sees half of it.
        facts: what is true now.
    """
    trouble: str | None = None
    try:
        while True:
            now = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **facts()}
            trouble = _told(file, trouble, partial(_write, file, now))
            await asyncio.sleep(SECONDS)
    finally:
        _told(file, trouble, partial(file.unlink, missing_ok=True))


def _told(file: Path, trouble: str | None, work: Callable[[], None]) -> str | None:
    """Do something to the file; return what stood in the way, which is logged when it is new."""
    try:
        work()
    except OSError as error:
        if error.strerror != trouble:
            _log.warning("the health file %s cannot be written: %s", file, error.strerror)
        return error.strerror
    return None


def _write(file: Path, facts: Mapping[str, object]) -> None:
    aside = file.with_name(file.name + ".new")
    aside.write_text(json.dumps(facts) + "\n", encoding="utf-8")
    os.replace(aside, file)
