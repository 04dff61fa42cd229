"""Drafts, evidence and verdicts for tests, over articles made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.answering.verification.labels import read_labels
from bot.answering.verification.sources import encode, prepare
from bot.answering.verification.verify import verify
from bot.types import Evidence
from index.passages import split
from index.words import words
from tests.factories import make_article, make_english_article
from tests.fakes import FakeEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.verification.types import Fault, Verified
    from index.protocols import Vectors
    from index.types import Article


# Words that mean the same, for the sentences of these tests: French, English, German and Spanish.
_ALIKE = (
    "travaux works chantier arbeiten", "coûteront cost coûtera coûter costs kosten", "dureront last durera dauert",
    "quatorze fourteen", "mois months monate", "port harbour", "fermera close closes ferme", "six six", "semaines weeks",
    "réparations repairs", "maire mayor bürgermeister alcalde", "déclaré said dit sagte", "battu beat beaten schlug",
    "vendu sold verkauft vendió acheté bought gekauft compró", "accusé accused", "remplacé replaced", "arbitre referee",
    "expulsé sent", "samedi saturday", "juge judge", "condamné ordered", "payer pay", "pont bridge brücke", "refusé refused",
    "boutique shop", "ferme farm", "laiterie dairy", "navires ships", "bateaux boats", "tunnel tunnel", "prévenu warned",
    "police police", "gardien guard", "pourrait could", "ouvrir open", "ouvrira opens",
)  # fmt: skip
_MEANING = {" ".join(words(word)): group for group in _ALIKE for word in group.split()}


class _Polyglot(FakeEmbedder):
    """Knows what a few words mean, and that all texts are about the same: only the other checks decide."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the same row for each text."""
        return np.tile(super().embed_passages(["the same"]), (len(texts), 1))

    def _direction(self, word: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return super()._direction(_MEANING.get(word, word[:6]))


def evidence_of(*articles: Article, target: int = 150) -> tuple[Evidence, ...]:
    """Return the passages of articles, labelled from 1."""
    passages = [(article, passage) for article in articles for passage in split(article, target=target)]
    return tuple(
        Evidence(label, passage, article, 1.0, 1.0)
        for label, (article, passage) in enumerate(passages, start=1)
    )


def checked(sentence: str, *articles: Article, language: str = "fr", target: int = 2000) -> Verified | Fault:
    """Return what verification makes of a labelled sentence; by default over the two articles of the factories.

    The model knows few words of another language, and finds every text as near as every other.
    """
    evidence = evidence_of(*(articles or (make_article(), make_english_article())), target=target)
    embedder = _Polyglot()
    sources = prepare(evidence, embedder)
    draft = read_labels(sentence, sources.labels, language)
    return verify(draft, encode(draft, embedder), sources, threshold=0)
