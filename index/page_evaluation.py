"""Measures over saved pages and what people found in them: headline, authors, date, words of the text."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from index.errors import SourceRefused
from index.sources.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.types import Reading

_TOKEN = re.compile(r"\w+")
_MOSTLY = 0.85  # share of words from which a text counts as read
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page and what is in it.

    Args:
        name: folder and file, for a person.
        html: the decoded page.
        headline: its title, None where nobody said.
        authors: who wrote it.
        published_at: aware, None where nobody said.
        text: summary, section headings and paragraphs.
    """

    name: str
    html: str
    headline: str | None
    authors: frozenset[str]
    published_at: datetime | None
    text: str

    @property
    def is_for_tuning(self) -> bool:
        """Whether rules may be tuned on it: one half, by the digest of its name."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What a reader found in a page; the day and, where it says so, the moment of publishing."""

    headline: str | None = None
    authors: frozenset[str] = frozenset()
    published_on: str | None = None
    published_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """Shares of all pages, 0 to 1, and means over them."""

    pages: int
    headline: float
    date: float
    moment: float
    authors_f1: float
    text_f1: float
    text_over_85: float


def read_gold_pages(folder: Path) -> Iterator[GoldPage]:
    """Read pages (``NAME_DATE.html.gz``) beside their gold files (``NAME.json``, one version for each page).

    Raises:
        SourceRefused: the folder holds none, or a page cannot be decoded.
    """
    pages: dict[Path, list[Path]] = defaultdict(list)
    for page in sorted(folder.glob("*/*.html.gz")):
        pages[page.parent / f"{page.name.split('_')[0]}.json"].append(page)
    if not pages:
        raise SourceRefused(f"There is no */*.html.gz in {folder}.")
    for gold_file, same_outlet in pages.items():
        versions = json.loads(gold_file.read_text(encoding="utf-8")).values()
        for page, gold in zip(same_outlet, versions, strict=True):
            yield _gold_page(page, gold)


def found_by_dateline(reading: Reading) -> FoundPage:
    """Return what a reading says, in the shape that is measured."""
    article = reading.article
    if article is None:
        return FoundPage()
    moment = article.published_at
    return FoundPage(
        headline=article.headline,
        authors=frozenset(article.byline),
        published_on=moment.date().isoformat() if moment else None,
        published_at=moment,
        text=article.text,
    )


def found_by_trafilatura(html: str) -> FoundPage:
    """Return what trafilatura alone finds with its own settings: the baseline."""
    import trafilatura  # the measures above need none of it

    document: Any = trafilatura.bare_extraction(html, with_metadata=True)
    if document is None:
        return FoundPage()
    authors = (document.author or "").split(";")
    return FoundPage(
        headline=document.title,
        authors=frozenset(name.strip() for name in authors if name.strip()),
        published_on=document.date,
        text=document.text or "",
    )


def found_in_text(html: str, read: Callable[[str], Reading]) -> FoundPage:
    """Return what is found where only a page's visible lines are left, as scrapers save them.

    Args:
        html: the page.
        read: reads a page saved as text.
    """
    from lxml.etree import strip_elements  # the measures below need none of it

    from index.sources.page_lines import page_lines
    from index.sources.page_pruning import UNSEEN, without_hidden
    from index.sources.pages import tree_of

    tree = tree_of(html)
    if tree is None:
        return FoundPage()
    strip_elements(tree, *UNSEEN, with_tail=False)
    without_hidden(tree, None)
    return found_by_dateline(read("\n".join(line.words for line in page_lines(tree))))


def measure_pages(pairs: Sequence[tuple[GoldPage, FoundPage]]) -> PageMeasures:
    """Measure what was found.

    A headline is right when all its characters are, blanks and the look of quotation marks apart; a date when
    the day is right where the page was published or in universal time; a moment to the second. Authors are
    compared as sets. Texts are compared as bags of words, in small letters. F1 is the harmonic mean of
    precision and recall (van Rijsbergen, Information Retrieval, 1979), 1 where both sides are empty.
    """
    texts = [f1(_tokens(gold.text), _tokens(found.text)) for gold, found in pairs]
    count = max(1, len(pairs))
    return PageMeasures(
        pages=len(pairs),
        headline=sum(_same_words(gold.headline, found.headline) for gold, found in pairs) / count,
        date=sum(_same_day(gold, found) for gold, found in pairs) / count,
        moment=sum(gold.published_at == found.published_at for gold, found in pairs) / count,
        authors_f1=sum(f1(Counter(gold.authors), Counter(found.authors)) for gold, found in pairs) / count,
        text_f1=sum(texts) / count,
        text_over_85=sum(text >= _MOSTLY for text in texts) / count,
    )


def f1(gold: Counter[_Item], found: Counter[_Item]) -> float:
    """Return the harmonic mean of precision and recall of two bags; 1 where both are empty."""
    size = gold.total() + found.total()
    return 2 * (gold & found).total() / size if size else 1.0


def _gold_page(page: Path, gold: dict[str, Any]) -> GoldPage:
    body = gold.get("body") or {}
    lines = list(body.get("summary", []))
    for section in body.get("sections", []):
        lines += [*section["headline"], *section["paragraphs"]]
    published = gold.get("publishing_date")
    return GoldPage(
        name=f"{page.parent.name}/{page.name}",
        html=decode(gzip.decompress(page.read_bytes())),
        headline=gold.get("title"),
        authors=frozenset(gold.get("authors") or ()),
        published_at=datetime.fromisoformat(published) if published else None,
        text="\n".join(lines),
    )


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text.lower()))


def _same_words(gold: str | None, found: str | None) -> bool:
    return _comparable(gold) == _comparable(found)


def _comparable(words: str | None) -> str:
    straight = (words or "").translate(str.maketrans("‘’“”", "''\"\""))
    return " ".join(straight.split())


def _same_day(gold: GoldPage, found: FoundPage) -> bool:
    if gold.published_at is None or found.published_on is None:
        return gold.published_at is None and found.published_on is None
    days = {gold.published_at.date().isoformat(), gold.published_at.astimezone(UTC).date().isoformat()}
    return found.published_on in days
