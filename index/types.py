"""The values of the collection: frozen, small, and true from the moment they are made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import datetime  # noqa: TC003  # pydantic reads the annotations when values are stored
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    Args:
        start: first character, counted from 0.
        end: one past the last character; always greater than ``start``.

    Raises:
        ValueError: the range is empty, reversed or negative.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that names no character."""
        if not 0 <= self.start < self.end:
            msg = f"a span needs 0 <= start < end, not {self.start}:{self.end}"
            raise ValueError(msg)

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that this span covers.

        Raises:
            ValueError: the span reaches past the end of ``text``.
        """
        if self.end > len(text):
            msg = f"span {self.start}:{self.end} reaches past {len(text)} characters"
            raise ValueError(msg)
        return text[self.start : self.end]

    def shifted(self, offset: int) -> Span:
        """Return the same range ``offset`` characters further on."""
        return Span(self.start + offset, self.end + offset)

    def within(self, other: Span) -> bool:
        """Tell whether every character of this span lies in ``other``."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that an article quotes, with who says them.

    Args:
        span: of the article's text, the words between the marks.
        speaker: the name, as the article prints it in some place.
    """

    span: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A paragraph of an article in another language: its span of the text, and its ISO 639-1 code."""

    span: Span
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read.

    ``text`` is final: it is the concatenation of ``kept``, stretches of the source's characters,
    so every span of it maps back to the source. ``kept`` is empty where the source is not plain
    text (a saved page), and then only ``text`` itself can be cited.

    Args:
        article_id: stable name of the article, the same for each of its versions.
        publisher: the outlet's name, None where the source does not say.
        headline: the title above the article, verbatim.
        dek: the summary under the headline, verbatim.
        byline: the authors' names in order.
        agencies: the press agencies that the report is credited to, beside its authors.
        dateline: place (and agency) that opens the report, for example "PARIS (AFI)".
        section: the outlet's section, for example "International".
        published_at: aware; midnight UTC where the source gives a day only.
        updated_at: aware; when the outlet says that it changed the article.
        collected_at: aware; when the source says that it was collected. Never a publishing time.
        language: ISO 639-1 code of most of it.
        foreign: its paragraphs in another language.
        url: where the article was published.
        source_path: the source it was read from, with ``#n`` for the n-th record of a file.
        text: what can be cited: the dek where there is one, the body and its section headings.
        headings: spans of ``text`` that are section headings.
        quotations: who is quoted saying what, where the text names a speaker.
        kept: spans of the source whose concatenation is ``text``.
        source_sha256: digest of the source's bytes, hexadecimal.
    """

    article_id: str
    source_path: str
    text: str
    language: str
    publisher: str | None = None
    headline: str | None = None
    dek: str | None = None
    byline: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dateline: str | None = None
    section: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    collected_at: datetime | None = None
    url: str | None = None
    headings: tuple[Span, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    kept: tuple[Span, ...] = ()
    source_sha256: str = ""
    version_sha256: str = field(init=False)

    def __post_init__(self) -> None:
        """Derive the version: it changes exactly when what a reader sees changes."""
        seen_by_reader = [
            self.publisher,
            self.headline,
            self.dek,
            list(self.byline),
            self.dateline,
            self.section,
            self.published_at.isoformat() if self.published_at else None,
            self.updated_at.isoformat() if self.updated_at else None,
            self.language,
            self.url,
            self.text,
            *([list(self.agencies)] if self.agencies else []),
        ]
        encoded = json.dumps(seen_by_reader, ensure_ascii=False).encode("utf-8", "surrogatepass")
        object.__setattr__(self, "version_sha256", hashlib.sha256(encoded).hexdigest())

    def language_of(self, span: Span) -> str:
        """Return the language of a passage: that of the paragraph that it lies in."""
        return next((part.language for part in self.foreign if span.within(part.span)), self.language)

    def quoted_in(self, span: Span) -> tuple[Quotation, ...]:
        """Return the quotations, with who speaks, of which a stretch of the text holds a part, in order."""
        return tuple(q for q in self.quotations if q.span.start < span.end and span.start < q.span.end)

    def source_spans(self, span: Span) -> tuple[Span, ...]:
        """Map a span of ``text`` back to the source's characters.

        Returns:
            The stretches of the source, in order, whose concatenation is ``span.of(text)``; empty
            where the source is not plain text.
        """
        found: list[Span] = []
        position = 0
        for stretch in self.kept:
            length = stretch.end - stretch.start
            start = max(span.start, position)
            end = min(span.end, position + length)
            if start < end:
                found.append(Span(start, end).shifted(stretch.start - position))
            position += length
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that is embedded and found as one: ``article.text[span] == text``."""

    passage_id: str
    article_id: str
    ordinal: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched.

    Args:
        text: the words.
        language: ISO 639-1 code of the words.
        published_from: first moment of publishing that counts, aware, inclusive.
        published_to: last moment of publishing that counts, aware, inclusive.
        publishers: outlets that count; empty for all.
        languages: ISO 639-1 codes of passages that count; empty for all.
        days_after: days at the end of the period that count because what happens on a day is told on the next.
        period_words: the words of the question that the period was read from; empty where it was given
            apart, or there is none.
        source_words: the same for outlets and languages.
        publishers_given: outlets that count whatever the words say; empty for all.
        top_k: how many passages are wanted.
    """

    text: str
    language: str
    published_from: datetime | None = None
    published_to: datetime | None = None
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days_after: int = 0
    period_words: str = ""
    source_words: str = ""
    publishers_given: tuple[str, ...] = ()
    top_k: int = 10

    @property
    def has_period(self) -> bool:
        """Whether only articles of a period count."""
        return self.published_from is not None or self.published_to is not None

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the words narrows the search."""
        return bool(self.has_period or self.publishers or self.languages)

    @property
    def is_understood(self) -> bool:
        """Whether a filter was read from the words, and so may be none that was meant."""
        return bool(self.period_words or self.source_words)

    def in_period(self, moment: datetime | None) -> bool:
        """Tell whether a moment lies in the period that is asked for; nothing does where none is."""
        if not self.has_period or moment is None:
            return False
        since, until = self.published_from or moment, self.published_to or moment
        return since <= moment <= until

    def as_given(self) -> Query:
        """Return the query with those filters alone that were not read from its words."""
        query = self
        if query.period_words:
            query = replace(query, published_from=None, published_to=None, days_after=0, period_words="")
        if query.source_words:
            query = replace(query, publishers=self.publishers_given, languages=(), source_words="")
        return query


FoundBy = Literal["dense", "lexical", "fused"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Args:
        passage: where the words stand.
        score: higher is better; only scores of one search compare.
        rank: from 1.
        found_by: the way of finding that ranked it.
        cosine: nearness to the question in meaning, -1 to 1, whatever found it.
        also_in: passages that say the same nearly word for word, where they were folded into this one.
    """

    passage: Passage
    score: float
    rank: int
    found_by: FoundBy
    cosine: float
    also_in: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the source that cleaning took out, with the rule that took it.

    ``span`` counts the characters of the decoded source; None where the source is not plain text.
    """

    reason: str
    text: str
    span: Span | None = None


ReadingStatus = Literal["read", "duplicate", "superseded", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one source: the article, or why there is none, and what was removed.

    Args:
        source_path: the file, with ``#n`` for its n-th record.
        status: ``read``; ``duplicate`` of an article that is already there; ``superseded`` by a
            newer version of the same article; ``refused``, which the exit code tells.
        article: the article; None when it was refused.
        reason: the sentence for a person; None when it was simply read.
        removals: what cleaning took out, in order.
    """

    source_path: str
    status: ReadingStatus
    article: Article | None = None
    reason: str | None = None
    removals: tuple[Removal, ...] = ()
