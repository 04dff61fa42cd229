"""What kind of page a page is, where that changes how its text is to be taken: live, gallery, video, closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from index.sources.page_facts import types_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from index.sources.page_lines import PageLine

LIVE = "It is a live blog: reports of different hours, each under its own time."
GALLERY = "It is a picture gallery: its text is mostly captions."
VIDEO = "It is a video's page: what is said in the video is not read."
CLOSED = "The page says that it is not free to read: what was saved may be only its beginning."
CONSENT_ONLY = "It holds a consent dialogue and no article."
OFFER_ONLY = "It holds a request to subscribe and no article."

_PICTURES = 8  # figures from which a page with little text is a gallery
_LITTLE_TEXT = 800  # characters
_SHORT = 2500  # characters: no longer text is a dialogue alone
_MOSTLY = 0.5
_RUNNING = 60  # characters of a line that is more than a title
_CONSENT = re.compile(
    r"\bcookies?\b|traceurs?\b|consent(?:ement|imiento|imento)?\b|vie privée|your privacy|données personnelles"
    r"|personal data|datos personales|datenschutz|einwillig|dati personali|partenaires|partners|privacidad",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\babonn|subscri|suscri|essai gratuit|free trial|sans engagement|cancel any ?time|already (?:a )?(?:member"
    r"|registered)|déjà (?:abonné|inscrit)|réservé aux|log in|sign in|connectez-vous|abonnieren|abbonat",
    re.IGNORECASE,
)


def kinds_of_page(tree: _Element, linked: Sequence[dict[str, Any]], text: str) -> tuple[str, ...]:
    """Return what a reader must know of a page's kind, in sentences.

    Args:
        tree: the page.
        linked: every object in its JSON-LD.
        text: what was read from it.
    """
    types = {kind for item in linked for kind in types_of(item)} | {_open_graph_type(tree)}
    found = (
        ("LiveBlogPosting" in types, LIVE),
        (_is_gallery(tree, types, text), GALLERY),
        (_is_video(types), VIDEO),
        (any(_is_closed(item) for item in linked), CLOSED),
    )
    return tuple(sentence for holds, sentence in found if holds)


def dialogue_alone(lines: Iterable[PageLine], text: str) -> str | None:
    """Return why a page is no article where a dialogue is all that it holds, None where it may be one.

    Args:
        lines: the page's visible lines, asked where nothing was read.
        text: what was read from it.
    """
    has_text = any(len(words) >= _RUNNING for words in text.split("\n"))
    read = text.split("\n") if has_text else [line.words for line in lines]
    if len(text) > _SHORT or not read:
        return None
    for pattern, sentence in ((_CONSENT, CONSENT_ONLY), (_OFFER, OFFER_ONLY)):
        spoken = sum(len(words) for words in read if pattern.search(words))
        if spoken > _MOSTLY * sum(map(len, read)):
            return sentence
    return None


def _open_graph_type(tree: _Element) -> str:
    given = (meta.get("content") for meta in tree.iter("meta") if meta.get("property") == "og:type")
    return next((kind.lower() for kind in given if kind), "")


def _is_gallery(tree: _Element, types: set[str], text: str) -> bool:
    if types & {"ImageGallery", "MediaGallery", "gallery"}:
        return True
    return len(text) < _LITTLE_TEXT and sum(1 for _ in tree.iter("figure")) >= _PICTURES


def _is_video(types: set[str]) -> bool:
    """Whether a video is the page's own subject, not a picture in its article."""
    has_article = any(kind.endswith(("Article", "Posting", "Report")) or kind == "article" for kind in types)
    return not has_article and any(kind == "VideoObject" or kind.startswith("video") for kind in types)


def _is_closed(item: dict[str, Any]) -> bool:
    return str(item.get("isAccessibleForFree", "")).rpartition("/")[2].lower() == "false"
