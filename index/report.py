"""What reading did, article by article, as lines that a person and a program can read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")

if TYPE_CHECKING:
    from index.types import Reading, Removal


def report_line(reading: Reading) -> str:
    """Return one JSON object on one line: the source, what became of it, why, and what was removed.

    Offsets count the characters of the decoded source; they are null where it is not plain text.
    """
    article = reading.article
    line = json.dumps(
        {
            "source_path": reading.source_path,
            "status": reading.status,
            "reason": reading.reason,
            "article_id": article.article_id if article else None,
            "headline": article.headline if article else None,
            "publisher": article.publisher if article else None,
            "published_at": article.published_at.isoformat() if article and article.published_at else None,
            "language": article.language if article else None,
            "characters": len(article.text) if article else 0,
            "removed": [_removal(removal) for removal in reading.removals],
        },
        ensure_ascii=False,
    )
    # What a file cannot hold, or would read as the end of a line, is escaped; JSON reads it back.
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def _removal(removal: Removal) -> dict[str, object]:
    span = removal.span
    return {
        "reason": removal.reason,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "text": removal.text,
    }
