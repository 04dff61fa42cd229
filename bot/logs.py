"""Log lines that a machine can read, without tokens and without who asked."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.types import Answer

if TYPE_CHECKING:
    from bot.types import Kept

_log = logging.getLogger(__name__)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_HIDDEN = "[token]"
# discord.py warns with whole addresses, and for a quarter of an hour these let anybody speak for the bot.
_IN_ADDRESSES = re.compile(r"(?<=/)(webhooks|interactions)/(\d+)/[^/?\s\"]+")


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how grave, where, what, and the facts given as ``extra``.

    Args:
        secrets: strings that never reach a line.
    """

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        """Keep what must stay hidden."""
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        # A library that marks every record does so under a name of its own: Ray as "_ray_timestamp_ns".
        facts = {k: v for k, v in vars(record).items() if k not in _STANDARD and not k.startswith("_")}
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        # No fact may pass itself off as the message, or as another moment.
        written = json.dumps({**line, **facts, **line}, ensure_ascii=False, default=str)
        for secret in self._secrets:
            written = written.replace(secret, _HIDDEN)
        return _IN_ADDRESSES.sub(rf"\1/\2/{_HIDDEN}", written)


def log_as_json(secrets: tuple[str, ...]) -> None:
    """Send log lines to standard error; other libraries keep to warnings, and to no more ever.

    Args:
        secrets: strings that never reach a line.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for ours in ("index", "bot"):
        logging.getLogger(ours).setLevel(logging.INFO)


def log_answer(kept: Kept, started: float) -> None:
    """Say what became of a question, without its words and without who asked.

    Args:
        kept: the answer.
        started: when it was asked, as :func:`time.perf_counter` tells.
    """
    answered = isinstance(kept.answer, Answer)
    _log.info(
        "question %s",
        "answered" if answered else "not covered",
        extra={
            "answer": kept.key,
            "generation": kept.answer.generation.generation_id,
            "milliseconds": round(1000 * (time.perf_counter() - started)),
        },
    )
