"""Values are true from the moment they are made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Span
from tests.factories import NOW, day, make_article, make_query

if TYPE_CHECKING:
    from index.types import Query


@st.composite
def spans(draw: st.DrawFn, most: int = 200) -> Span:
    """Return any span up to ``most``."""
    start = draw(st.integers(0, most - 1))
    return Span(start, draw(st.integers(start + 1, most)))


@st.composite
def kept_articles(draw: st.DrawFn) -> tuple[str, Article]:
    """Return a source and an article that keeps some stretches of it, in order."""
    source = draw(st.text(min_size=1, max_size=80))
    borders = sorted(draw(st.sets(st.integers(0, len(source)), min_size=2, max_size=12)))
    stretches = [Span(a, b) for a, b in pairwise(borders)]
    chosen = draw(st.lists(st.sampled_from(stretches), min_size=1, unique=True))
    kept = tuple(sorted(chosen))
    return source, make_article(text="".join(span.of(source) for span in kept), kept=kept)


class TestSpan:
    """A span names at least one character."""

    @pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (5, 4), (-1, 3), (-3, -1)])
    def test_a_span_of_nothing_is_refused(self, start: int, end: int) -> None:
        """A citation of no character, or of characters before the text, must not be made."""
        with pytest.raises(ValueError, match="0 <= start < end"):
            Span(start, end)

    def test_a_span_past_the_end_is_refused(self) -> None:
        """Python would slice short in silence; a citation of words that are not there must fail."""
        with pytest.raises(ValueError, match="reaches past 4 characters"):
            Span(1, 5).of("pont")

    def test_offsets_count_code_points(self) -> None:
        """A character outside the basic plane is one, as it is for every reader of the JSON."""
        assert Span(1, 2).of("🌉é") == "é"

    def test_a_span_cannot_be_changed(self) -> None:
        """A passage never changes once it is built."""
        with pytest.raises(FrozenInstanceError):
            Span(0, 1).start = 5  # type: ignore[misc]

    @given(st.text(min_size=1), st.text(), st.data())
    def test_shifting_follows_the_text(self, text: str, before: str, data: st.DataObject) -> None:
        """A span of a paragraph, shifted by its place, must be the same words of the article."""
        span = data.draw(spans(most=len(text)))
        assert span.shifted(len(before)).of(before + text) == span.of(text)

    @given(spans(), st.integers(-200, 200))
    def test_shifting_back_gives_the_span_again(self, span: Span, offset: int) -> None:
        """Shifts must neither stretch nor shrink, and must not go below zero."""
        if span.start + offset < 0:
            with pytest.raises(ValueError, match="0 <= start"):
                span.shifted(offset)
        else:
            assert span.shifted(offset).shifted(-offset) == span

    @given(spans(most=12), spans(most=12))
    def test_within_means_that_every_character_is(self, one: Span, other: Span) -> None:
        """A sentence is in a passage exactly when all of its characters are."""
        inside = set(range(one.start, one.end)) <= set(range(other.start, other.end))
        assert one.within(other) is inside

    @given(st.lists(spans()))
    def test_spans_sort_in_reading_order(self, found: list[Span]) -> None:
        """Statements and removals are put in order by sorting their spans."""
        assert sorted(found) == sorted(found, key=lambda span: (span.start, span.end))


class TestArticleVersion:
    """The version changes exactly when what a reader sees changes."""

    @pytest.mark.parametrize(
        "change",
        [
            {"text": "Un autre texte."},
            {"headline": "Un autre titre"},
            {"headline": None},
            {"dek": "Un chapô"},
            {"byline": ()},
            {"byline": ("Lise Aubrac", "Paul Vernay")},
            {"dateline": "ORVANNE (AFI)"},
            {"section": "Régions"},
            {"publisher": "La Sorgue libre"},
            {"published_at": day("2022-12-10")},
            {"published_at": None},
            {"updated_at": day("2022-12-10")},
            {"language": "en"},
            {"url": "https://courrier.example/pont"},
        ],
    )
    def test_what_a_reader_sees_is_in_it(self, change: dict[str, Any]) -> None:
        """A correction that left the version alone would keep old citations looking right."""
        assert replace(make_article(), **change).version_sha256 != make_article().version_sha256

    @pytest.mark.parametrize(
        "change",
        [
            {"source_path": "elsewhere/pont.txt"},
            {"collected_at": NOW},
            {"source_sha256": "0" * 64},
            {"article_id": "another"},
            {"kept": ()},
        ],
    )
    def test_where_it_was_read_from_is_not_in_it(self, change: dict[str, Any]) -> None:
        """Moving the folder must not make every article a new version."""
        assert replace(make_article(), **change).version_sha256 == make_article().version_sha256

    def test_neighbouring_fields_do_not_run_together(self) -> None:
        """A name that moves from dek to headline is a change although the same letters are there."""
        one = make_article(headline="Le pont", dek=None)
        other = make_article(headline=None, dek="Le pont")
        assert one.version_sha256 != other.version_sha256

    def test_half_a_surrogate_pair_does_not_stop_it(self) -> None:
        """A broken record must be refused with a reason, not by a traceback from the digest."""
        assert len(make_article(headline="\ud83d").version_sha256) == 64

    def test_it_is_a_digest_in_hexadecimal(self) -> None:
        """It stands in file names and in JSON, the same from one run to the next."""
        assert make_article("a").version_sha256 == make_article("b").version_sha256
        assert set(make_article().version_sha256) <= set("0123456789abcdef")


class TestSourceSpans:
    """Every span of the text maps back to the source."""

    @given(kept_articles(), st.data())
    def test_the_source_stretches_are_the_quoted_words(
        self, kept: tuple[str, Article], data: st.DataObject
    ) -> None:
        """A quote that is looked up in the source file must be found there, character by character."""
        source, article = kept
        span = data.draw(spans(most=len(article.text)))
        found = article.source_spans(span)
        assert "".join(stretch.of(source) for stretch in found) == span.of(article.text)

    @given(kept_articles())
    def test_the_whole_text_maps_to_all_that_was_kept(self, kept: tuple[str, Article]) -> None:
        """Nothing of what was kept may be lost or doubled on the way back."""
        _, article = kept
        assert article.source_spans(Span(0, len(article.text))) == article.kept

    def test_a_span_inside_one_stretch_is_one_stretch(self) -> None:
        """A border that the span only touches must not give an empty stretch."""
        article = make_article(text="abcdef", kept=(Span(10, 13), Span(20, 23)))
        assert article.source_spans(Span(0, 3)) == (Span(10, 13),)
        assert article.source_spans(Span(3, 6)) == (Span(20, 23),)
        assert article.source_spans(Span(2, 4)) == (Span(12, 13), Span(20, 21))

    def test_a_page_has_no_source_characters(self) -> None:
        """Where the source is not plain text nothing may be claimed about its characters."""
        assert make_article(kept=()).source_spans(Span(0, 5)) == ()


class TestQuery:
    """A query knows whether it is narrowed."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            (make_query(), False),
            (make_query(published_from=NOW), True),
            (make_query(published_to=NOW), True),
            (make_query(publishers=("La Sorgue libre",)), True),
        ],
    )
    def test_any_filter_narrows(self, query: Query, expected: bool) -> None:
        """An empty finding is explained differently when a filter was on."""
        assert query.is_filtered is expected


def test_the_same_moment_elsewhere_is_another_version() -> None:
    """A reader sees the hour as the outlet printed it, so another offset is another version."""
    paris = datetime(2022, 12, 9, 1, tzinfo=timezone(timedelta(hours=1)))
    utc = datetime(2022, 12, 9, 0, tzinfo=UTC)
    assert paris == utc
    assert make_article(published_at=paris).version_sha256 != make_article(published_at=utc).version_sha256
