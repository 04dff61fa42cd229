"""The values of verification: what was drafted, what carries it, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from index.types import Article, Span

FaultKind = Literal[
    "no-label",
    "not-verbatim",
    "other-source",
    "stitched",
    "number",
    "date",
    "name",
    "speaker",
    "negation",
    "modality",
    "roles",
    "instead",
    "order",
    "not-said",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence is not shown.

    ``no-label``: it names no source that was given. ``not-verbatim``: words in quotation marks stand in
    no source; ``other-source``: they stand in one that is not cited; ``stitched``: their parts stand in
    two places. ``number``, ``date``, ``name``: the cited passages do not hold ``detail``, or hold it of
    something else. ``speaker``: somebody else said it, or the speaker was left out. ``negation``: yes became no, or no
    yes. ``modality``: what may be became what is, or the other way round. ``roles``: somebody acts
    who is acted on. ``instead``: what was kept and what was left have changed places. ``order``: nothing carries it but a text
    that gives orders to its reader. ``not-said``: nothing in the cited passages comes near enough.

    Args:
        kind: the kind of fault.
        detail: the words of the sentence that it is about.
    """

    kind: FaultKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, without its labels.

    Args:
        text: the words.
        labels: the sources that it names and that were given, in order, each once.
        unknown: labels that were named and that no source has.
        language: ISO 639-1 code of the words.
    """

    text: str
    labels: tuple[int, ...]
    unknown: tuple[int, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Support:
    """Words that carry a sentence: ``span`` of ``article.text``."""

    article: Article
    span: Span


@dataclass(frozen=True, slots=True)
class Verified:
    """A sentence that the sources carry, with the words that do: at least one stretch."""

    text: str
    supports: tuple[Support, ...]
