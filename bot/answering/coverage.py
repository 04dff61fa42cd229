"""Does the coverage say? The decision to answer, or the reason not to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.kinds import holds, kind_asked
from bot.answering.names import mentions, names_in
from bot.types import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate
    from bot.types import Evidence
    from index.types import Query


def judge(
    query: Query, ranked: Sequence[Candidate], evidence: Sequence[Evidence]
) -> tuple[Candidate, ...] | Reason:
    names = names_in(query.text, query.language)
    missing = tuple(
        name
        for name in names
        if not any(mentions(e.article, name, question_language=query.language) for e in evidence)
    )
    if missing:
        return Reason("name-missing", missing)
    named = tuple(
        c
        for c in ranked
        if all(mentions(c.article, name, question_language=query.language) for name in names)
    ) or tuple(ranked)
    kind = kind_asked(query.text)
    if kind in ("amount", "number"):
        named = tuple(c for c in named if holds(kind, c.text))
        if not named:
            return Reason("kind-missing", (kind,))
    return named
