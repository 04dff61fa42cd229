"""The articles that print the text of another one, the likely original first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.passages import sentences
from index.retrieval.duplicates import REPRINTED, containment, shingles
from index.types import Query
from index.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.protocols import ArticleStore
    from index.types import Article

# A reprint leaves sentences out, and hardly ever the three longest at once.
_ASKED = 3
_LOOKED_AT = 20  # passages that each of them brings
_LONGEST = 300  # characters of a sentence; more words find nothing else


def reprints_of(article: Article, store: ArticleStore) -> tuple[Article, ...]:
    """Return the other articles that print an article's text nearly word for word, by :func:`original_first`.

    Full text finds them by the longest sentences, and each is then compared whole: exact, and no index of sketches
    is to be kept.

    Args:
        article: the one that is looked for.
        store: the articles of a generation.
    """
    longest = sorted(sentences(article.text, article.language), key=lambda span: span.start - span.end)
    found: dict[str, None] = {}
    for span in longest[:_ASKED]:
        query = Query(text=span.of(article.text)[:_LONGEST], language=article.language, top_k=_LOOKED_AT)
        passages = store.passages(store.search(query, _LOOKED_AT))
        found |= dict.fromkeys(sorted(passage.article_id for passage in passages.values()))
    mine = shingles(article.text)
    others = (store.article(name) for name in found if name != article.article_id)
    return original_first([o for o in others if containment(mine, shingles(o.text)) >= REPRINTED])


def original_first(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return articles that print one text in the order in which they may have come about.

    The earliest day comes first, as many outlets give no more than a day; on one day an agency that the others
    credit, then the earliest moment, then the fullest text. What has no date comes last.

    Args:
        articles: they print nearly the same.
    """
    credited = {_name(agency) for article in articles for agency in (*article.agencies, *article.byline)}
    return tuple(sorted(articles, key=lambda article: _place(article, credited)))


def _place(article: Article, credited: set[str]) -> tuple[bool, str, bool, float, int, str]:
    moment = article.published_at
    is_agency = article.publisher is not None and _name(article.publisher) in credited
    return (
        moment is None,
        moment.date().isoformat() if moment else "",
        not is_agency,
        moment.timestamp() if moment else 0.0,
        -len(article.text),
        article.article_id,
    )


def _name(outlet: str) -> str:
    return " ".join(words(outlet))
