"""From what was found in a source to an article, or to the reason why there is none."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from index.sources.bylines import agencies_in
from index.sources.dates import is_believable
from index.sources.language import detect_language, foreign_paragraphs, is_plausible
from index.sources.quotations import quotations_in
from index.types import Article, Reading, Removal, Span

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST_SENTENCE = 20  # characters: nothing shorter is worth citing
_SENTENCE = re.compile(
    rf"[^.!?…。！？\n]{{{SHORTEST_SENTENCE - 1},}}[.!?…。！？]"
    r"|[^\n]{80,}|[\u3040-\u30ff\u4e00-\u9fff]{10,}"  # cut off, or in a script without blanks
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|xtor|ref_src|at_\w+|cmpid|ns_\w+|_ga)$"
)
_WORD = r"[A-ZÀ-Þ][\w'’-]+"
_DATELINE = re.compile(
    r"^\s*((?:[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,34}(?:, [A-ZÀ-Þ][\w'’. -]{2,24})?"
    rf"|{_WORD}(?:[ -]{_WORD}){{0,3}}(?:, {_WORD})?(?=[^\n]{{0,24}}\())"  # in small letters only with an agency
    r"(?:,? (?:le )?\d{1,2}(?:er)? [^\W\d_]+\.?(?: \d{4})?)?(?:,? ?\([^()\n]{2,40}\))?)\s?(?:[–—]|--?)\s"
)
_DATELINE_LENGTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a text comes from.

    Args:
        source_path: the file, with ``#n`` for its n-th record.
        sha256: digest of its bytes; of a line's bytes for a record of a ``.jsonl``.
        now: what time it is, aware: nothing was published later.
    """

    source_path: str
    sha256: str
    now: datetime

    @property
    def folder(self) -> str:
        """The folder or archive that the source lies in."""
        return self.source_path.rpartition("/")[0]

    def record(self, number: int) -> Origin:
        """Return where the n-th record of this source comes from."""
        return replace(self, source_path=f"{self.source_path}#{number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was found in one source; what is not there is None or empty. See ``Article``.

    Args:
        stated_language: what the source says of its language; believed where it is plausible.
        own_id: the record's own name within its file.
        doubts: sentences on what was there and could not be believed.
    """

    text: str = ""
    headline: str | None = None
    dek: str | None = None
    byline: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    collected_at: datetime | None = None
    stated_language: str | None = None
    url: str | None = None
    own_id: str | None = None
    headings: tuple[Span, ...] = ()
    kept: tuple[Span, ...] = ()
    removals: tuple[Removal, ...] = ()
    doubts: tuple[str, ...] = ()

    def or_else(self, known: Draft) -> Draft:
        """Return this draft with every fact that ``known`` has in place of its own."""
        given = {item.name: getattr(known, item.name) for item in fields(known)}
        return replace(self, **{name: value for name, value in given.items() if value})


def refusal(origin: Origin, reason: str) -> Reading:
    """Return the reading of a source that gives no article, and why."""
    return Reading(source_path=origin.source_path, status="refused", reason=reason)


def finish(draft: Draft, origin: Origin) -> Reading:
    """Make the article, unless nothing in it can be cited or stored."""
    fault = _fault(draft)
    if fault:
        return Reading(
            source_path=origin.source_path, status="refused", reason=fault, removals=draft.removals
        )
    draft = _without_unbelievable_dates(draft, origin.now)
    return Reading(
        source_path=origin.source_path,
        status="read",
        article=_article(draft, origin),
        reason=" ".join(draft.doubts) or None,
        removals=draft.removals,
    )


def canonical_url(url: str) -> str:
    """Return the address that stays the same however an article was come by: no fragment, no tracking."""
    try:
        parts = urlsplit(url.strip())
        query = [
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(key)
        ]
    except ValueError:  # "http://[broken": as good a name as any
        return url.strip()
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, urlencode(query), ""))


def dateline_of(text: str, dek: str | None) -> str | None:
    """Return place and agency where they open the report, "PARIS (AFI)" of "PARIS (AFI) — …", verbatim."""
    body = text[len(dek) :].lstrip() if dek and text.startswith(dek) else text
    found = _DATELINE.match(body[: _DATELINE_LENGTH + 20])
    return found.group(1).strip() if found and len(found.group(1)) <= _DATELINE_LENGTH else None


def _fault(draft: Draft) -> str | None:
    facts = (
        draft.text,
        draft.headline,
        draft.dek,
        draft.publisher,
        draft.section,
        draft.url,
        draft.own_id,
        *draft.byline,
    )
    if any(_UNSTORABLE.search(fact) for fact in facts if fact):
        return "It holds characters that no file can store (NUL or half a surrogate pair)."
    if not _SENTENCE.search(draft.text):
        return "It holds no text: no sentence that could be cited."
    return None


def _without_unbelievable_dates(draft: Draft, now: datetime) -> Draft:
    published, updated, collected = draft.published_at, draft.updated_at, draft.collected_at
    dates = (("published", published), ("updated", updated), ("collected", collected))
    doubts = tuple(
        f"{event} date {moment.date()} is not believable; read as undated."
        for event, moment in dates
        if moment and not is_believable(moment, now)
    )
    return replace(
        draft,
        published_at=_believed(published, now),
        updated_at=_believed(updated, now),
        collected_at=_believed(collected, now),
        doubts=draft.doubts + doubts,
    )


def _believed(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment and is_believable(moment, now) else None


def _article(draft: Draft, origin: Origin) -> Article:
    dateline = dateline_of(draft.text, draft.dek)
    language = _language(draft)
    return Article(
        article_id=_article_id(draft, origin),
        source_path=origin.source_path,
        text=draft.text,
        language=language,
        foreign=foreign_paragraphs(draft.text, language),
        publisher=draft.publisher,
        headline=draft.headline,
        dek=draft.dek,
        byline=draft.byline,
        agencies=tuple(dict.fromkeys((*draft.agencies, *agencies_in(dateline or "")))),
        dateline=dateline,
        quotations=quotations_in(draft.text),
        section=draft.section,
        published_at=draft.published_at,
        updated_at=draft.updated_at,
        collected_at=draft.collected_at,
        url=draft.url,
        headings=draft.headings,
        kept=draft.kept,
        source_sha256=origin.sha256,
    )


def _article_id(draft: Draft, origin: Origin) -> str:
    identity = origin.source_path
    if draft.url:
        identity = canonical_url(draft.url)
    elif draft.own_id:
        identity = f"{origin.source_path.rpartition('#')[0]}#{draft.own_id}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def _language(draft: Draft) -> str:
    if draft.stated_language and is_plausible(draft.stated_language, draft.text):
        return draft.stated_language[:2].lower()
    return detect_language(draft.text)
