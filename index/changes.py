"""What changed between two versions of an article, in lines that a person reads at a glance."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.types import Article

_FACTS = (
    "headline",
    "dek",
    "byline",
    "agencies",
    "publisher",
    "section",
    "published_at",
    "updated_at",
    "url",
)


def changes(old: Article, new: Article) -> tuple[str, ...]:
    """Return the difference: facts by name, then paragraphs, "-" before what went and "+" before what came.

    Args:
        old: a version of an article.
        new: a later one.
    """
    return (*_changed_facts(old, new), *_changed_paragraphs(old.text.split("\n"), new.text.split("\n")))


def _changed_facts(old: Article, new: Article) -> Iterator[str]:
    for name in _FACTS:
        before, after = _shown(getattr(old, name)), _shown(getattr(new, name))
        if before != after:
            yield f"{name}: {before or '–'} → {after or '–'}"


def _changed_paragraphs(old: list[str], new: list[str]) -> Iterator[str]:
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (f"- {line}" for line in old[start:end] if line.strip())
            yield from (f"+ {line}" for line in new[new_start:new_end] if line.strip())


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
