"""Pages that are no plain article: live, gallery, video, closed, or a dialogue alone."""

from __future__ import annotations

import pytest

from index.sources.drafts import Origin
from index.sources.page_kinds import CLOSED, CONSENT_ONLY, GALLERY, LIVE, OFFER_ONLY, VIDEO
from index.sources.pages import parse_html
from tests.index.sources.conftest import NOW

ORIGIN = Origin(source_path="coverage/page.html", sha256="0" * 64, now=NOW)
SENTENCE = "La digue de Saltmere a cédé mardi soir sur une longueur de quarante mètres, selon la préfecture."


def page(*, linked: str = "{}", meta: str = "", body: str = f"<p>{SENTENCE}</p>") -> str:
    """Return a page with these marks."""
    script = f'<script type="application/ld+json">{linked}</script>'
    return f'<html lang="fr"><head>{script}{meta}</head><body><h1>La digue a cédé</h1>{body}</body></html>'


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (page(linked='{"@type": "LiveBlogPosting"}'), LIVE),
        (page(linked='{"@type": ["ImageGallery"]}'), GALLERY),
        (page(body=f"<p>{SENTENCE}</p>" + "<figure><img></figure>" * 8), GALLERY),
        (page(linked='{"@type": "VideoObject"}'), VIDEO),
        (page(meta='<meta property="og:type" content="video.other">'), VIDEO),
        (page(linked='{"@type": "NewsArticle", "isAccessibleForFree": false}'), CLOSED),
        (page(linked='{"@type": "NewsArticle", "isAccessibleForFree": "http://schema.org/False"}'), CLOSED),
    ],
)
def test_a_page_s_kind_is_reported(html: str, said: str) -> None:
    """What the markup says of a page's kind stands beside its article."""
    reading = parse_html(html, ORIGIN)
    assert (reading.status, reading.reason) == ("read", said)


def test_a_plain_article_is_not_remarked_upon() -> None:
    """An article with a video in it and free to read needs no sentence."""
    linked = '[{"@type": "NewsArticle", "isAccessibleForFree": true}, {"@type": "VideoObject"}]'
    assert parse_html(page(linked=linked), ORIGIN).reason is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Avec votre accord, nos partenaires et nous utilisons des cookies pour stocker des informations.",
            CONSENT_ONLY,
        ),
        (
            "Cet article est réservé aux abonnés. Abonnez-vous pour un euro par mois, sans engagement aucun.",
            OFFER_ONLY,
        ),
        (
            "We and our partners store cookies on your device to read personal data with your consent.",
            CONSENT_ONLY,
        ),
    ],
)
def test_a_dialogue_alone_is_refused(words: str, said: str) -> None:
    """A page saved behind a dialogue holds none of the article, and what it asks is no evidence."""
    reading = parse_html(page(body=f"<p>{words}</p>"), ORIGIN)
    assert (reading.status, reading.reason) == ("refused", said)
