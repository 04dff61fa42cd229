"""Values with sensible defaults; the outlets are invented and the sentences are our own."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.generation import FileFact, Generation
from index.storage.layout import LAYOUT_VERSION
from index.types import Article, Passage, Query, Reading, Span

if TYPE_CHECKING:
    from index.types import ReadingStatus, Removal

NOW = datetime(2023, 3, 1, 8, 30, tzinfo=UTC)

FRENCH_TEXT = (
    "Le conseil municipal d'Orvanne a voté lundi la rénovation du vieux pont. "
    "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois.\n"
    "« Nous ne pouvions plus attendre », a déclaré M. Delmas, l'adjoint aux routes. "
    "Les camions seront détournés par la vallée dès le 9 janvier."
)
ENGLISH_TEXT = (
    "The harbour at Saltmere will close for six weeks from May, the port authority said on Tuesday. "
    "Ferries to the islands will leave from Brackley instead.\n"
    "“Nobody likes it, but the quay is sinking,” said Dr. Orla Finch, who led the survey. "
    "Repairs will cost $2.4 million, most of it paid by the county."
)


def day(text: str) -> datetime:
    """Return the moment that an ISO 8601 text names; UTC where it does not say."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def make_article(
    name: str = "pont",
    *,
    text: str = FRENCH_TEXT,
    language: str = "fr",
    headline: str | None = "Orvanne rénove son pont",
    dek: str | None = None,
    byline: tuple[str, ...] = ("Lise Aubrac",),
    dateline: str | None = None,
    section: str | None = None,
    publisher: str | None = "Le Courrier d'Orvanne",
    published_at: datetime | None = datetime(2022, 12, 9, tzinfo=UTC),
    updated_at: datetime | None = None,
    collected_at: datetime | None = None,
    url: str | None = None,
    source_path: str | None = None,
    headings: tuple[Span, ...] = (),
    kept: tuple[Span, ...] | None = None,
) -> Article:
    """Return an article; as if all of a plain file had been kept unless ``kept`` says otherwise."""
    return Article(
        article_id=hashlib.sha256(name.encode()).hexdigest()[:16],
        source_path=source_path or f"coverage/{name}.txt",
        text=text,
        language=language,
        publisher=publisher,
        headline=headline,
        dek=dek,
        byline=byline,
        dateline=dateline,
        section=section,
        published_at=published_at,
        updated_at=updated_at,
        collected_at=collected_at,
        url=url,
        headings=headings,
        kept=((Span(0, len(text)),) if text else ()) if kept is None else kept,
        source_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def make_english_article(name: str = "harbour") -> Article:
    """Return an article in English, by another outlet, on another day."""
    return make_article(
        name,
        text=ENGLISH_TEXT,
        language="en",
        headline="Saltmere harbour to close",
        byline=("Tom Reddick",),
        publisher="The Saltmere Gazette",
        published_at=datetime(2023, 2, 14, 17, 5, tzinfo=UTC),
    )


def make_passage(article: Article | None = None, *, span: Span | None = None, ordinal: int = 0) -> Passage:
    """Return a passage of an article, the whole text unless ``span`` says otherwise."""
    article = article or make_article()
    span = span or Span(0, len(article.text))
    return Passage(
        passage_id=f"{article.article_id}.{article.version_sha256[:8]}.{ordinal}",
        article_id=article.article_id,
        ordinal=ordinal,
        span=span,
        text=span.of(article.text),
    )


def make_reading(
    article: Article | None = None,
    *,
    status: ReadingStatus = "read",
    reason: str | None = None,
    source_path: str | None = None,
    removals: tuple[Removal, ...] = (),
) -> Reading:
    """Return what became of a source: read, unless ``status`` says otherwise."""
    if article is None and status != "refused":
        article = make_article()
    return Reading(
        source_path=source_path or (article.source_path if article else "coverage/vide.txt"),
        status=status,
        article=article,
        reason=reason or ("It is empty." if status == "refused" else None),
        removals=removals,
    )


def make_query(
    text: str = "Combien coûteront les travaux du pont ?",
    *,
    language: str = "fr",
    published_from: datetime | None = None,
    published_to: datetime | None = None,
    publishers: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    top_k: int = 10,
) -> Query:
    """Return a query without filters unless they are given."""
    return Query(
        text=text,
        language=language,
        published_from=published_from,
        published_to=published_to,
        publishers=publishers,
        languages=languages,
        top_k=top_k,
    )


def make_generation(
    generation_id: str = "20230301T083000Z-abc123",
    *,
    built_at: datetime = NOW,
    layout: int = LAYOUT_VERSION,
    embedder_id: str = "fake:words:64",
    dimension: int = 64,
    articles: int = 2,
    passages: int = 4,
    newest_published_at: datetime | None = datetime(2023, 2, 14, 17, 5, tzinfo=UTC),
    corpus_sha256: str = "c" * 64,
    vectors_sha256: str = "e" * 64,
    rows_sha256: str = "a" * 64,
    words_sha256: str = "d" * 64,
    serial: int = 1,
    files: tuple[FileFact, ...] = (),
) -> Generation:
    """Return a manifest."""
    return Generation(
        generation_id=generation_id,
        built_at=built_at,
        layout=layout,
        embedder_id=embedder_id,
        dimension=dimension,
        articles=articles,
        passages=passages,
        newest_published_at=newest_published_at,
        settings_sha256="5" * 64,
        corpus_sha256=corpus_sha256,
        vectors_sha256=vectors_sha256,
        rows_sha256=rows_sha256,
        words_sha256=words_sha256,
        serial=serial,
        files=files,
    )
