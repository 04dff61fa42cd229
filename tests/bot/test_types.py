"""Values of the ask line are true from the moment they are made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Misquoted
from bot.types import Citation, Statement
from index.errors import DatelineError
from index.types import Quotation, Span
from tests.bot.asking import make_citation, make_spoken
from tests.factories import make_article


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Span]:
    """Return any text and any stretch of it."""
    text = draw(st.text(min_size=1, max_size=60))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


class TestSpeaker:
    """Whose words a quote is."""

    def test_most_of_the_quote_must_be_that_person_s_words(self) -> None:
        """What a journalist tells around two borrowed words must not be laid into somebody's mouth."""
        told = (
            "La mairie, qui paie tout, juge «\u00a0Le pont trop cher\u00a0», a dit Odile Marchais lundi soir."
        )
        assert make_spoken(text=told).speaker is None
        assert make_spoken("La rampe est fendue.").speaker == "Odile Marchais"

    def test_two_speakers_are_none(self) -> None:
        """Words of two people are not either one's."""
        spoken = make_spoken()
        second = Quotation(Span(40, 58), "Paul Rivoire")
        article = replace(spoken.article, quotations=(Quotation(Span(2, 36), "Odile Marchais"), second))
        assert replace(spoken, article=article).speaker is None


class TestCitation:
    """The quoted words are the source's, character for character."""

    @given(texts_with_spans())
    def test_any_span_with_its_words_can_be_cited(self, place: tuple[str, Span]) -> None:
        """No sentence of any script may be refused that stands exactly where it is said to stand."""
        text, span = place
        citation = Citation(1, make_article(text=text), span, span.of(text))
        assert citation.article.text[citation.span.start : citation.span.end] == citation.quote

    @given(texts_with_spans(), st.text(max_size=60))
    def test_other_words_are_refused(self, place: tuple[str, Span], words: str) -> None:
        """A citation of words that the article does not hold there must be impossible to make."""
        text, span = place
        if words == span.of(text):
            return
        with pytest.raises(Misquoted):
            Citation(1, make_article(text=text), span, words)

    @pytest.mark.parametrize(
        "altered",
        [
            "le vieux pont, fermé",
            "Le vieux pont, fermé ",
            "Le vieux\u00a0pont, fermé",
            "Le vieux pont, ferme\u0301",
            "Le vieux pont fermé",
            "",
        ],
    )
    def test_words_that_only_look_alike_are_refused(self, altered: str) -> None:
        """Case, blanks, accents and commas are the source's own: a tidied quote is a misquote."""
        article = make_article(text="Le vieux pont, fermé.")
        with pytest.raises(Misquoted):
            Citation(1, article, Span(0, 20), altered)

    def test_words_of_another_place_are_refused(self) -> None:
        """The same words elsewhere in the text do not carry a citation of this place."""
        article = make_article(text="un pont et un port")
        with pytest.raises(Misquoted):
            Citation(1, article, Span(11, 13), "pont")

    def test_a_span_past_the_end_is_a_misquote(self) -> None:
        """A span of another version of the article must end as our error, not as a slice cut short."""
        with pytest.raises(Misquoted, match="1:9"):
            Citation(1, make_article(text="pont"), Span(1, 9), "ont")

    def test_the_refusal_names_article_and_place(self) -> None:
        """Whoever repairs a misquote must be told where to look."""
        article = make_article(text="Le pont.")
        with pytest.raises(DatelineError, match=rf"{article.article_id}.*0:4"):
            Citation(1, article, Span(0, 4), "Pont")

    def test_a_citation_cannot_be_changed(self) -> None:
        """What was checked when it was made must stay so."""
        with pytest.raises(FrozenInstanceError):
            make_citation().quote = "autre chose"  # type: ignore[misc]


class TestStatement:
    """Nothing is said that no citation carries."""

    def test_a_statement_without_citation_is_refused(self) -> None:
        """An answer without a source is what this project exists to avoid."""
        with pytest.raises(ValueError, match="needs a citation"):
            Statement("Le pont est fermé.", ())

    def test_a_statement_keeps_its_citations_in_order(self) -> None:
        """Labels are printed in the order in which they carry the sentence."""
        assert Statement("Le pont est fermé.", (2, 1)).citations == (2, 1)
