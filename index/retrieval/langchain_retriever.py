"""The retriever as LangChain knows one, so that a researcher can put it into a chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from index.sources.language import detect_language
from index.types import Query

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun

    from index.types import Hit


class CoverageRetriever(BaseRetriever):
    """Finds passages of the coverage.

    Each document's ``page_content`` is the passage, verbatim; its metadata say where it stands:
    ``article_id``, ``version_sha256``, ``start`` and ``end`` (code points of the article's text),
    ``headline``, ``publisher``, ``published_at`` (ISO 8601), ``url``, ``source_path``, ``score``.

    Args:
        retriever: finds the passages.
        top_k: how many are wanted.
    """

    retriever: Any  # an index.protocols.Retriever; pydantic cannot check a protocol
    top_k: int = Field(10, ge=1, le=256)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager  # nothing below this reports to LangChain's callbacks
        hits = self.retriever.retrieve(Query(text=query, language=detect_language(query), top_k=self.top_k))
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> Document:
        passage = hit.passage
        article = self.retriever.article(passage.article_id)
        return Document(
            id=passage.passage_id,
            page_content=passage.text,
            metadata={
                "article_id": article.article_id,
                "version_sha256": article.version_sha256,
                "start": passage.span.start,
                "end": passage.span.end,
                "headline": article.headline,
                "publisher": article.publisher,
                "published_at": article.published_at.isoformat() if article.published_at else None,
                "url": article.url,
                "source_path": article.source_path,
                "score": hit.score,
            },
        )
