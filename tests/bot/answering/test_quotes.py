"""Which sentences are quoted: the best, and others that add something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.quotes import MOST_QUOTES, choose, quote_score, state, untold
from index.passages import sentences
from tests.bot.asking import article_saying, make_candidate, make_citation
from tests.factories import make_article

if TYPE_CHECKING:
    from bot.answering.evidence import Candidate

WIRE = "Le ferry « Alcyon » a heurté la jetée de Port-Blanc mardi soir, faisant sept blessés légers."
COPY = "Le ferry Alcyon a heurté la jetée de Port-Blanc mardi soir, faisant sept blessés légers, selon l'AFI."
MORE = "La capitaine avait signalé une panne de gouvernail une heure plus tôt, dit la préfecture."
THIRD = "Les passagers ont été conduits à la salle des fêtes de la commune."
FOURTH = "Une enquête est ouverte par le parquet maritime de la région."


def _single(name: str, text: str, cosine: float) -> Candidate:
    return make_candidate(article_saying(name, text, "fr"), text, cosine)


def _texts(chosen: tuple[Candidate, ...]) -> list[str]:
    return [candidate.text for candidate in chosen]


class TestChoose:
    """One to three sentences, each of which adds something."""

    def test_the_best_sentence_comes_first_whatever_the_order(self) -> None:
        """The first quote is what most readers take for the answer."""
        assert _texts(choose([_single("b", MORE, 0.80), _single("a", WIRE, 0.82)], None))[0] == WIRE

    def test_at_most_three_are_quoted(self) -> None:
        """An answer is not a list of everything."""
        sentences = [WIRE, MORE, THIRD, FOURTH]
        chosen = choose([_single(text[:9], text, 0.8) for text in sentences], None)
        assert len(chosen) == MOST_QUOTES == 3

    def test_one_sentence_is_enough(self) -> None:
        """Nothing is added where nothing else is there."""
        assert _texts(choose([_single("a", WIRE, 0.8)], None)) == [WIRE]

    def test_near_identical_wire_copy_is_quoted_once(self) -> None:
        """Three outlets that print one wire story are one source, said once."""
        copies = [_single("a", WIRE, 0.82), _single("b", COPY, 0.81), _single("c", WIRE, 0.82)]
        assert _texts(choose(copies, None)) == [WIRE]

    def test_the_same_words_of_one_article_are_quoted_once(self) -> None:
        """A sentence that an article repeats, in its dek and its lede, adds nothing the second time."""
        article = article_saying("a", f"{WIRE}\n{WIRE}", "fr")
        again = make_candidate(article, WIRE, 0.8)
        assert len(choose([again, again], None)) == 1

    def test_another_article_that_adds_something_is_quoted(self) -> None:
        """Four outlets tell one event: what the second knows more is worth its quote."""
        chosen = choose([_single("a", WIRE, 0.82), _single("b", COPY, 0.815), _single("c", MORE, 0.81)], None)
        assert _texts(chosen) == [WIRE, MORE]

    def test_a_correction_is_quoted_beside_what_it_corrects(self) -> None:
        """Two sentences that contradict each other do not say the same."""
        first = "Sept personnes ont été légèrement blessées lors de l'accident du ferry, selon la préfecture."
        other = "Onze passagers souffraient de contusions mercredi, indique l'hôpital de Port-Blanc."
        assert _texts(choose([_single("a", first, 0.82), _single("b", other, 0.81)], None)) == [first, other]

    def test_what_trails_far_behind_is_not_quoted(self) -> None:
        """A sentence beside the point must not pad the answer."""
        assert _texts(choose([_single("a", WIRE, 0.86), _single("b", MORE, 0.70)], None)) == [WIRE]

    def test_a_sentence_with_the_kind_of_fact_goes_before_a_nearer_one(self) -> None:
        """“How many injured?” is answered by the sentence that counts them."""
        chosen = choose([_single("a", THIRD, 0.82), _single("b", WIRE, 0.815)], "number")
        assert chosen[0].text == WIRE
        assert choose([_single("a", THIRD, 0.82), _single("b", WIRE, 0.815)], None)[0].text == THIRD

    @pytest.mark.parametrize("kind", ["amount", "number", "date", None])
    def test_a_score_never_falls_for_holding_the_fact(self, kind: str | None) -> None:
        """The bonus is one: it must not turn against the sentence."""
        candidate = _single("a", "Les travaux coûteront 3 millions d'euros en mars.", 0.8)
        assert quote_score(candidate, kind) >= candidate.cosine  # type: ignore[arg-type]

    @given(
        st.lists(
            st.tuples(st.sampled_from([WIRE, COPY, MORE, THIRD, FOURTH]), st.floats(0.5, 0.95)), min_size=1
        )
    )
    def test_one_to_three_different_ones_are_chosen_best_first(self, found: list[tuple[str, float]]) -> None:
        """Whatever was found, the answer is short, ordered, and says nothing twice."""
        ranked = [_single(str(place), text, cosine) for place, (text, cosine) in enumerate(found)]
        chosen = choose(ranked, None)
        assert 1 <= len(chosen) <= MOST_QUOTES
        assert chosen[0].cosine == max(cosine for _, cosine in found)
        assert len(set(_texts(chosen))) == len(chosen)
        assert not {WIRE, COPY} <= set(_texts(chosen))
        assert [c.cosine for c in chosen] == sorted((c.cosine for c in chosen), reverse=True)


class TestUntold:
    """What is left to tell."""

    def test_what_was_quoted_is_not_left_nor_what_says_the_same(self) -> None:
        """Wherever it stands: in another outlet, or in the same article as it was published anew."""
        told = [make_citation(article_saying("a", f"Mis à jour. {WIRE}", "fr"), WIRE)]
        ranked = [_single("a", WIRE, 0.8), _single("b", COPY, 0.8), _single("c", MORE, 0.8)]
        assert _texts(untold(ranked, told)) == [MORE]

    def test_a_question_is_never_left(self) -> None:
        """It tells nothing."""
        assert untold([_single("a", "Combien coûtera le pont ?", 0.9)], []) == ()

    def test_a_sentence_without_words_is_told_once(self) -> None:
        """Nothing can be compared of it but its signs."""
        told = [make_citation(article_saying("a", "« … ! »", "fr"))]
        assert untold([_single("b", "« … ! »", 0.8)], told) == ()


class TestState:
    """Chosen sentences become statements and citations."""

    def test_a_statement_is_its_quote_and_names_its_citation(self) -> None:
        """In this mode nothing is said that is not quoted."""
        statements, citations = state([_single("a", WIRE, 0.8), _single("b", MORE, 0.8)])
        assert [statement.text for statement in statements] == [WIRE, MORE]
        assert [statement.citations for statement in statements] == [(1,), (2,)]
        assert [citation.label for citation in citations] == [1, 2]

    @given(st.text(min_size=1, max_size=200), st.sampled_from(["fr", "en", "de", "ja", "xx"]))
    def test_every_sentence_of_any_text_can_be_cited(self, text: str, language: str) -> None:
        """No text may exist whose sentences are not slices of it: that answer would be a Misquoted."""
        article = make_article(text=text, language=language)
        spans = sentences(article.text, article.language)
        if not spans:
            return
        found = [make_candidate(article, span.of(text), 0.8) for span in spans[:3]]
        for citation in state(found)[1]:
            assert article.text[citation.span.start : citation.span.end] == citation.quote
