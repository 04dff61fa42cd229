"""The objects that other programs rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.rendering.as_json import answer_object, article_object, index_object
from bot.types import Reason
from index.types import Foreign, Quotation, Span
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.factories import FRENCH_TEXT, make_article, make_english_article, make_generation

# As ../shared/guides/design.md and the README write them.
ANSWER_KEYS = [
    "question", "language", "status", "reason", "mode", "model", "statements", "citations", "nearest", "index",
    "elapsed_ms", "search", "differing", "gap",
]  # fmt: skip
CITATION_KEYS = [
    "label", "article_id", "version_sha256", "headline", "publisher", "byline", "published_at", "url",
    "source_path", "start", "end", "quote", "speaker", "also_in", "corrected", "replaces",
]  # fmt: skip
INDEX_KEYS = ["generation_id", "built_at", "articles", "passages", "newest_published_at"]
COST = "Les travaux coûteront 3,5 millions d'euros et dureront quatorze mois."


class TestAnswered:
    """An answer as an object."""

    def test_keys_and_their_order_are_the_contracts(self) -> None:
        """Programs read these names, and people read them in this order."""
        found = answer_object(make_answer(), 12)
        assert list(found) == ANSWER_KEYS
        assert list(found["citations"][0]) == CITATION_KEYS
        assert list(found["statements"][0]) == ["text", "citations"]
        assert list(found["index"]) == INDEX_KEYS

    def test_the_quote_is_the_slice(self) -> None:
        """Offsets count code points of the article's text."""
        citation = answer_object(make_answer(make_citation(words=COST)), 0)["citations"][0]
        assert FRENCH_TEXT[citation["start"] : citation["end"]] == citation["quote"] == COST

    def test_values_are_said_as_they_are(self) -> None:
        """Every value must arrive: nothing is formatted for people here."""
        article = make_article(byline=("Lise Aubrac", "Paul Nerin"), url="https://courrier.example/pont")
        found = answer_object(make_answer(make_citation(article, COST)), 12)
        assert (found["status"], found["reason"], found["mode"], found["model"]) == (
            "answered", None, "quotes", None,
        )  # fmt: skip
        assert found["statements"] == [{"text": COST, "citations": [1]}]
        assert found["nearest"] == []
        assert found["elapsed_ms"] == 12
        citation = found["citations"][0]
        assert citation["byline"] == ["Lise Aubrac", "Paul Nerin"]
        assert citation["published_at"] == "2022-12-09T00:00:00+00:00"
        assert citation["version_sha256"] == article.version_sha256
        assert citation["url"] == "https://courrier.example/pont"
        assert citation["source_path"] == "coverage/pont.txt"

    def test_what_is_not_known_is_null(self) -> None:
        """Absent is null, never an empty string and never a missing key."""
        article = make_article(headline=None, publisher=None, byline=(), published_at=None)
        citation = answer_object(make_answer(make_citation(article)), 0)["citations"][0]
        for name in ("headline", "publisher", "published_at", "url"):
            assert citation[name] is None
        assert citation["byline"] == []

    def test_every_citation_of_a_statement_is_there(self) -> None:
        """A label in a statement that no citation has leads nowhere."""
        answer = make_answer(make_citation(words=COST), make_citation(make_english_article(), label=2))
        found = answer_object(answer, 0)
        labels = [citation["label"] for citation in found["citations"]]
        assert labels == [1, 2]
        assert {label for s in found["statements"] for label in s["citations"]} == set(labels)

    def test_article_text_is_not_cleaned_for_the_terminal(self) -> None:
        """Programs compare the quote with the slice: replacing control characters would break it."""
        text = "Le pont \x1b[31m \u202e est fermé."
        found = answer_object(make_answer(make_citation(make_article(text=text))), 0)
        assert json.loads(json.dumps(found))["citations"][0]["quote"] == text


class TestNotCovered:
    """Silence as an object."""

    def test_the_keys_are_the_same(self) -> None:
        """A program must not need to know the status before it reads a key."""
        assert list(answer_object(make_not_covered(make_article()), 12)) == ANSWER_KEYS

    def test_the_reason_is_a_sentence_in_the_questions_language(self) -> None:
        """The reason goes on to a person."""
        reason = Reason("kind-missing", ("amount",))
        assert (
            answer_object(make_not_covered(reason=reason, language="en"), 0)["reason"]
            == "The nearest articles do not give an amount of money."
        )
        assert (
            answer_object(make_not_covered(reason=reason), 0)["reason"]
            == "Les articles les plus proches ne donnent pas de montant."
        )

    def test_nearest_are_headlines_or_else_files(self) -> None:
        """An article without a headline must still be findable."""
        found = answer_object(make_not_covered(make_article(), make_article("x", headline=None)), 0)
        assert found["status"] == "not_covered"
        assert found["nearest"] == ["Orvanne rénove son pont", "coverage/x.txt"]
        assert (found["statements"], found["citations"]) == ([], [])


class TestIndex:
    """Which index answered."""

    def test_moments_carry_their_zone(self) -> None:
        """A date without a zone is read as local time by half of the programs."""
        found = index_object(make_generation())
        assert found["built_at"] == "2023-03-01T08:30:00+00:00"
        assert found["newest_published_at"] == "2023-02-14T17:05:00+00:00"

    def test_an_index_without_dates_has_null(self) -> None:
        """None dated is null."""
        assert index_object(make_generation(newest_published_at=None))["newest_published_at"] is None


class TestArticle:
    """An article whole, so that a citation can be checked."""

    def test_offsets_of_a_citation_slice_its_text(self) -> None:
        """This is what ``show --json`` is for."""
        article = make_article(text="🌉 Le pont. Il est fermé.")
        citation = answer_object(make_answer(make_citation(article, "Il est fermé.")), 0)["citations"][0]
        text = article_object(article)["text"]
        assert text[citation["start"] : citation["end"]] == "Il est fermé."

    def test_quotations_and_paragraphs_in_other_languages_are_there(self) -> None:
        """Whoever checks an article finds who says what where, and which paragraph is in which language."""
        article = make_article(text="« Rien ne change », a dit Anne Roy.\nNothing changes, she said.")
        article = replace(
            article, quotations=(Quotation(Span(2, 16), "Anne Roy"),), foreign=(Foreign(Span(36, 62), "en"),)
        )
        found = article_object(article)
        assert found["quotations"] == [{"name": "Anne Roy", "start": 2, "end": 16}]
        assert found["foreign"] == [{"start": 36, "end": 62, "language": "en"}]

    def test_every_fact_is_there_and_can_be_written(self) -> None:
        """A fact that cannot be serialised breaks ``show`` for that article only, and is found late."""
        article = make_article(
            text="Titre\nTexte",
            dek="Titre",
            dateline="ORVANNE (AFI)",
            section="Région",
            updated_at=datetime(2022, 12, 10, 6, tzinfo=timezone(timedelta(hours=1))),
            collected_at=datetime(2022, 12, 11, tzinfo=UTC),
            headings=(Span(0, 5),),
            kept=(Span(3, 9), Span(20, 25)),
        )
        found = json.loads(json.dumps(article_object(article)))
        assert found["updated_at"] == "2022-12-10T06:00:00+01:00"
        assert found["collected_at"] == "2022-12-11T00:00:00+00:00"
        assert found["headings"] == [{"start": 0, "end": 5}]
        assert found["kept"] == [{"start": 3, "end": 9}, {"start": 20, "end": 25}]
        assert found["version_sha256"] == article.version_sha256
        assert found["source_sha256"] == article.source_sha256
        for name in ("dek", "dateline", "section", "language", "text"):
            assert found[name] == getattr(article, name)

    @pytest.mark.parametrize("name", CITATION_KEYS[1:9])
    def test_a_citations_facts_are_the_articles(self, name: str) -> None:
        """Citation and article must not contradict each other."""
        article = make_article(url="https://courrier.example/pont")
        citation = answer_object(make_answer(make_citation(article)), 0)["citations"][0]
        assert citation[name] == article_object(article)[name]
