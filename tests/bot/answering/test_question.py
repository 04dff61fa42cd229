"""What a person types becomes a query, or a refusal that says how to put it."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.question import LONGEST_QUESTION, read_day, read_question
from bot.errors import FilterRefused, QuestionEmpty, QuestionRefused, QuestionTooLong, QuestionWithoutWords
from index.generation import Extent

if TYPE_CHECKING:
    from index.types import Query

EXTENT = Extent(
    publishers=(),
    unnamed=1,
    languages=(("fr", 2), ("en", 1)),
    oldest_published_at=datetime(2021, 8, 17, tzinfo=UTC),
    newest_published_at=datetime(2023, 1, 1, tzinfo=UTC),
    undated=0,
)
OUTLETS = ("Le Courrier d'Orvanne", "The Saltmere Gazette", "Züricher Bote", "L’Écho")


def _read(text: str = "Qui a voté ?", *, since: str | None = None, until: str | None = None) -> Query:
    return read_question(text, since=since, until=until, top_k=10)


def _publisher(name: str) -> tuple[str, ...]:
    return read_question("Qui a voté ?", publisher=name, publishers=OUTLETS, top_k=10).publishers


class TestWords:
    """The question itself."""

    def test_a_question_is_searched_as_it_was_asked(self) -> None:
        """Nothing is lost or added but blank space."""
        query = read_question("  Qui\ta voté\n\nla rénovation ? ", top_k=7)
        assert (query.text, query.language, query.top_k) == ("Qui a voté la rénovation ?", "fr", 7)
        assert not query.is_filtered

    @pytest.mark.parametrize(
        ("question", "language"),
        [
            ("Quels avions l'Iran pourrait-il recevoir ?", "fr"),
            ("Who will the United States sanction?", "en"),
            ("Wer hat die Brücke gebaut?", "de"),
            ("¿Quién construyó el puente?", "es"),
            ("Кто построил мост?", "ru"),
        ],
    )
    def test_the_language_is_the_questions(self, question: str, language: str) -> None:
        """The words around the quotes are in the language that was asked in."""
        assert _read(question).language == language

    @pytest.mark.parametrize(
        ("question", "language"),
        [
            ("Qui dirige l'OTAN ?", "fr"),
            ("Qui finance le port ?", "fr"),
            ("Qui menace l'Iran ?", "fr"),
            ("Who died?", "en"),
        ],
    )
    def test_the_language_of_a_short_question_is_the_questions(self, question: str, language: str) -> None:
        """A French question is answered in English words, and its own language's articles count for less."""
        assert _read(question).language == language

    @pytest.mark.parametrize(
        ("question", "language"),
        [("COMBIEN DE PERSONNES ONT VOTÉ ?", "fr"), ("HOW MANY PEOPLE VOTED ON THE BRIDGE?", "en")],
    )
    def test_the_language_of_a_question_in_capitals_is_the_questions(
        self, question: str, language: str
    ) -> None:
        """Capitals are a way of typing, not a language."""
        assert _read(question).language == language

    @pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u00a0\u2003"])
    def test_nothing_is_refused_with_an_example(self, nothing: str) -> None:
        """An empty question searches nothing, and the reader is shown a question."""
        with pytest.raises(QuestionEmpty, match="for example"):
            _read(nothing)

    @pytest.mark.parametrize(
        "signs", ["🌉", "🌉🚢 🇫🇷", "?!", "…", "« »", '" * ( ) : ^ -', "___", "\u200d\ufe0f"]
    )
    def test_signs_are_refused(self, signs: str) -> None:
        """Emoji and operators hold no word: whatever they find would be chance."""
        with pytest.raises(QuestionWithoutWords, match="no word"):
            _read(signs)

    def test_the_longest_question_is_asked_and_one_more_character_is_not(self) -> None:
        """A pasted article must be refused with its length, a long question must not."""
        assert _read("m" * LONGEST_QUESTION).text
        with pytest.raises(QuestionTooLong, match=f"{LONGEST_QUESTION + 1} .*{LONGEST_QUESTION}"):
            _read("m" * (LONGEST_QUESTION + 1))

    def test_twenty_thousand_characters_are_refused(self) -> None:
        """The refusal is one short sentence, not the question said again."""
        with pytest.raises(QuestionTooLong) as refused:
            _read("pont " * 4000)
        assert len(str(refused.value)) < 200

    def test_blank_space_does_not_make_a_question_long(self) -> None:
        """Only what is asked counts."""
        assert _read("Qui" + " " * 5000 + "a voté ?").text == "Qui a voté ?"

    @given(st.text(max_size=200))
    @example("\x00")
    @example("①")
    @example("\ud800")
    @example("NEAR(pont, 5) OR * AND NOT \" ' ) -- ;")
    def test_no_text_breaks_reading(self, text: str) -> None:
        """Whatever is typed gets a query or a refusal that a person can read."""
        try:
            query = read_question(text, top_k=3)
        except QuestionRefused as refused:
            assert str(refused)  # noqa: PT017  # either end is right
        else:
            assert query.text == " ".join(text.split())


class TestDates:
    """A period is given as people write it."""

    @pytest.mark.parametrize(
        ("written", "first", "last"),
        [
            ("2022", (2022, 1, 1), (2022, 12, 31)),
            ("2022-02", (2022, 2, 1), (2022, 2, 28)),
            ("2024-02", (2024, 2, 1), (2024, 2, 29)),
            ("2022-2", (2022, 2, 1), (2022, 2, 28)),
            ("2022-12", (2022, 12, 1), (2022, 12, 31)),
            ("2022-12-09", (2022, 12, 9), (2022, 12, 9)),
            (" 2022-12-09 ", (2022, 12, 9), (2022, 12, 9)),
            ("0001", (1, 1, 1), (1, 12, 31)),
        ],
    )
    def test_a_year_a_month_and_a_day_count_whole(
        self, written: str, first: tuple[int, int, int], last: tuple[int, int, int]
    ) -> None:
        """“--until 2022” must keep an article of New Year's Eve, to its last second."""
        query = _read(since=written, until=written)
        assert query.published_from == datetime(*first, tzinfo=UTC)
        assert query.published_to == datetime(*last, 23, 59, 59, 999999, tzinfo=UTC)

    @pytest.mark.parametrize(
        "written",
        ["hier", "09/12/2022", "2022-13", "2022-02-30", "2022-1-32", "22", "20221209", "0000", "-2022", "2022-",
         "2022-12-", "2022-12-09T10:00", "12022", "2022--1", "2022 12"],
    )  # fmt: skip
    @pytest.mark.parametrize("side", ["since", "until"])
    def test_what_is_no_date_is_refused_with_the_forms(self, side: str, written: str) -> None:
        """A date that was misread would hide articles without a word."""
        with pytest.raises(FilterRefused, match="is not a date: write 2022, 2022-12 or 2022-12-09"):
            _read(**{side: written})

    @pytest.mark.parametrize("written", ["2022-00", "2022-12-00", "2022-0", "2022-00-05"])
    @pytest.mark.parametrize("side", ["since", "until"])
    def test_month_and_day_nought_are_no_dates(self, side: str, written: str) -> None:
        """“--until 2022-12-00” must not silently mean all of December."""
        with pytest.raises(FilterRefused):
            _read(**{side: written})

    def test_the_first_moment_of_the_last_year_is_a_moment(self) -> None:
        """9999 is a date that nothing is later than: no error, just nothing found."""
        assert _read(since="9999").published_from == datetime(9999, 1, 1, tzinfo=UTC)

    @pytest.mark.parametrize("written", ["9999", "9999-12", "9999-12-31"])
    def test_the_last_moment_of_the_last_year_is_a_moment(self, written: str) -> None:
        """“--until 9999” is how a program says “no end”, and must not end in a traceback."""
        assert _read(until=written).published_to == datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

    def test_a_reversed_period_is_refused(self) -> None:
        """Nothing lies between: saying so beats finding nothing."""
        with pytest.raises(FilterRefused, match="2023-01-01 is later than --until 2022"):
            _read(since="2023-01-01", until="2022")

    def test_one_day_is_a_period(self) -> None:
        """The same day as begin and end is that day."""
        query = _read(since="2022-12-09", until="2022-12-09")
        assert query.published_from is not None
        assert query.published_to is not None
        assert query.published_from < query.published_to

    @given(st.text(alphabet="0123456789-/ T:٠９x", max_size=12))
    @example("99999")
    def test_no_date_breaks_reading(self, written: str) -> None:
        """A date from a stranger's script gets a moment or a refusal."""
        try:
            query = read_question("Qui a voté ?", since=written, top_k=1)
        except FilterRefused as refused:
            assert "\n" not in str(refused)  # noqa: PT017  # either end is right
        else:
            assert not written or query.published_from


class TestPeriodInWords:
    """A period that the question names narrows the search, unless another was given."""

    TODAY = date(2022, 12, 14)

    def test_its_first_and_last_moment_count(self) -> None:
        """An article of New Year's Eve is one of December, to its last second."""
        query = read_question("Qui a voté en décembre 2021 ?", today=self.TODAY, top_k=1)
        assert query.published_from == datetime(2021, 12, 1, tzinfo=UTC)
        assert query.published_to == datetime(2021, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
        assert (query.period_words, query.days_after) == ("décembre 2021", 0)
        assert query.is_understood

    def test_what_happened_on_a_day_is_looked_for_in_the_next_days_too(self) -> None:
        """The accident of the evening stands in the paper of the next morning."""
        query = read_question("Qui a voté le 9 décembre ?", today=self.TODAY, top_k=1)
        assert query.published_from == datetime(2022, 12, 9, tzinfo=UTC)
        assert query.published_to == datetime(2022, 12, 11, 23, 59, 59, 999999, tzinfo=UTC)
        assert query.days_after == 2

    def test_the_article_of_a_day_is_of_that_day(self) -> None:
        """Who asks for the articles of the 9th wants no others."""
        query = read_question("Que disent les articles du 9 décembre ?", today=self.TODAY, top_k=1)
        assert query.published_to == datetime(2022, 12, 9, 23, 59, 59, 999999, tzinfo=UTC)
        assert query.days_after == 0

    @pytest.mark.parametrize("options", [{}, {"today": date(2022, 12, 14), "any_date": True}])
    def test_it_can_be_left_unread(self, options: dict[str, Any]) -> None:
        """``--any-date`` searches all dates."""
        query = read_question("Qui a voté en décembre 2021 ?", top_k=1, **options)
        assert not query.is_filtered
        assert not query.is_understood

    def test_a_period_that_was_given_holds(self) -> None:
        """``--since`` is never overruled by a word."""
        query = read_question("Qui a voté en décembre 2021 ?", since="2022", today=self.TODAY, top_k=1)
        assert (query.published_from, query.published_to) == (datetime(2022, 1, 1, tzinfo=UTC), None)
        assert query.period_words == ""

    def test_the_collections_dates_say_what_can_be_meant(self) -> None:
        """A year before the first article is part of the question."""
        query = read_question("Qui a voté en 1996 ?", today=self.TODAY, extent=EXTENT, top_k=1)
        assert not query.is_filtered

    def test_as_given_it_is_the_query_without_what_was_read(self) -> None:
        """The search that a reader gets when a date is set aside."""
        question = "Qui a voté en décembre 2021 ?"
        read = read_question(question, publisher="l'echo", publishers=OUTLETS, today=self.TODAY, top_k=1)
        assert read.is_understood
        assert read.as_given() == read_question(question, publisher="l'echo", publishers=OUTLETS, top_k=1)


class TestSourcesInWords:
    """Outlets and languages that the question names, and those that are given apart."""

    TODAY = date(2022, 12, 14)

    def test_an_outlet_in_words_narrows(self) -> None:
        """“Selon L’Écho” is what ``--publisher`` is."""
        query = read_question("Qui a voté selon l’Écho ?", publishers=OUTLETS, today=self.TODAY, top_k=1)
        assert (query.publishers, query.source_words) == (("L’Écho",), "l’Écho")
        assert query.as_given().publishers == ()

    def test_one_that_was_given_holds(self) -> None:
        """``--publisher`` is never overruled by a word, and never set aside."""
        query = read_question(
            "Qui a voté selon l’Écho ?",
            publisher="Züricher Bote",
            publishers=OUTLETS,
            today=self.TODAY,
            top_k=1,
        )
        assert query.publishers == query.as_given().publishers == ("Züricher Bote",)

    @pytest.mark.parametrize("options", [{}, {"today": date(2022, 12, 14), "any_source": True}])
    def test_they_can_be_left_unread(self, options: dict[str, Any]) -> None:
        """``--any-source`` searches all."""
        assert not read_question(
            "Qui a voté selon l’Écho ?", publishers=OUTLETS, top_k=1, **options
        ).is_filtered

    @pytest.mark.parametrize("language", ["fr", "FR", "français", "French"])
    def test_a_language_is_given_by_code_or_name(self, language: str) -> None:
        """``--language`` takes whichever a person knows."""
        assert read_question("Qui a voté ?", language=language, extent=EXTENT, top_k=1).languages == ("fr",)

    @pytest.mark.parametrize("language", ["Klingon", "de", " "])
    def test_a_language_that_is_not_there_is_refused_with_those_that_are(self, language: str) -> None:
        """An empty result would read as "the coverage does not say"."""
        with pytest.raises(FilterRefused, match="Languages that are there: fr, en"):
            read_question("Qui a voté ?", language=language, extent=EXTENT, top_k=1)


class TestReadDay:
    """The day of ``--as-of``."""

    @pytest.mark.parametrize(
        ("written", "day"),
        [("2022-12-09", date(2022, 12, 9)), ("2022-02", date(2022, 2, 28)), ("2022", date(2022, 12, 31))],
    )
    def test_a_month_or_year_is_seen_from_its_end(self, written: str, day: date) -> None:
        """“As of 2022” has all of 2022 behind it."""
        assert read_day(written) == day

    def test_what_is_no_date_is_refused(self) -> None:
        """A misread day would move every “last week”."""
        with pytest.raises(FilterRefused, match="write 2022"):
            read_day("yesterday")


class TestPublishers:
    """An outlet is named as people type it."""

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Le Courrier d'Orvanne", OUTLETS[0]),
            ("le courrier d’orvanne", OUTLETS[0]),
            ("  LE COURRIER D'ORVANNE ", OUTLETS[0]),
            ("the saltmere gazette", OUTLETS[1]),
            ("zuricher bote", OUTLETS[2]),
            ("l'echo", OUTLETS[3]),
            (unicodedata.normalize("NFD", "L’Écho"), OUTLETS[3]),
        ],
    )
    def test_case_accents_and_apostrophes_do_not_matter(self, typed: str, meant: str) -> None:
        """The query must carry the outlet exactly as the articles write it, or it finds nothing."""
        assert _publisher(typed) == (meant,)

    def test_a_near_name_is_offered(self) -> None:
        """A misspelt outlet is answered with the one that was meant."""
        with pytest.raises(FilterRefused, match="The Saltmere Gazette") as refused:
            _publisher("Saltmere Gazete")
        assert "Züricher" not in str(refused.value)

    @pytest.mark.parametrize("typed", ["Nobody's News", "🌉", "%", "' OR 1=1 --", "x" * 5000])
    def test_an_unknown_outlet_is_refused_with_those_that_are_there(self, typed: str) -> None:
        """An empty result would read as "the coverage does not say"."""
        with pytest.raises(FilterRefused, match=r"Outlets that are there: .*Gazette") as refused:
            _publisher(typed)
        assert len(str(refused.value)) < 400

    def test_without_any_outlet_that_is_said(self) -> None:
        """A collection of unnamed pages cannot be narrowed by outlet."""
        with pytest.raises(FilterRefused, match="none is named"):
            read_question("Qui ?", publisher="Le Courrier", publishers=(), top_k=1)

    def test_every_spelling_of_an_outlet_counts(self) -> None:
        """Articles that write "LE COURRIER" must not vanish because others write "Le Courrier"."""
        both = ("LE COURRIER", "Le Courrier")
        query = read_question("Qui ?", publisher="le courrier", publishers=both, top_k=1)
        assert set(query.publishers) == set(both)

    @given(st.text(max_size=80))
    def test_no_outlet_breaks_reading(self, typed: str) -> None:
        """Whatever is typed gets a query or a refusal."""
        try:
            query = read_question("Qui a voté ?", publisher=typed, publishers=OUTLETS, top_k=1)
        except FilterRefused:
            return
        assert set(query.publishers) <= set(OUTLETS)
