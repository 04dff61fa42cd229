"""Dates as outlets print them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.date_lines import events_in, is_date_line
from index.sources.dates import dates_in, is_believable, parse_date

HALF_PAST_TWO = "2022-12-09T14:30:00+00:00"
MIDNIGHT = "2022-12-09T00:00:00+00:00"


@pytest.mark.parametrize(
    ("printed", "language", "expected"),
    [
        ("9 décembre 2022", "fr", MIDNIGHT),
        ("vendredi 9 décembre 2022 à 14 h 30", "fr", HALF_PAST_TWO),
        ("09/12/2022 - 14:30", "fr", HALF_PAST_TWO),
        ("9 déc. 2022 à 14h30", "fr", HALF_PAST_TWO),
        ("1er mars 2021", "fr", "2021-03-01T00:00:00+00:00"),
        ("Dec. 9, 2022", "en", MIDNIGHT),
        ("9th December 2022", "en", MIDNIGHT),
        ("Dec. 9, 2022 at 2:30 p.m. ET", "en", "2022-12-09T14:30:00-05:00"),
        ("2:30 PM EDT, Thu June 23, 2022", "en", "2022-06-23T14:30:00-04:00"),
        ("12:05 a.m., December 9, 2022", "en", "2022-12-09T00:05:00+00:00"),
        ("9. Dezember 2022, 14:30 Uhr", "de", HALF_PAST_TWO),
        ("9 de diciembre de 2022, 14:30h", "es", HALF_PAST_TWO),
        ("2022-12-09", "", MIDNIGHT),
        ("2022-12-09T14:30:00", "", HALF_PAST_TWO),
        ("2022-12-09T14:30:00Z", "", HALF_PAST_TWO),
        ("2022-12-09T14:30:00+01:00", "", "2022-12-09T14:30:00+01:00"),
        ("Fri, 09 Dec 2022 14:30:00 GMT", "", HALF_PAST_TWO),
        ("12/09/2022", "fr", "2022-09-12T00:00:00+00:00"),
        ("12/09/2022", "en-US", MIDNIGHT),
        ("12/09/2022", "en-GB", "2022-09-12T00:00:00+00:00"),
        ("12/09/2022 2:30 PM EST", "en", "2022-12-09T14:30:00-05:00"),
        ("09.12.2022", "en", MIDNIGHT),
    ],
)
def test_printed_dates_are_read(printed: str, language: str, expected: str) -> None:
    """Each form that outlets print is read, with its zone where one is printed and UTC where none is."""
    moment = parse_date(printed, language)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize(
    "printed",
    [
        "12/09/2022",
        "9 décembre",
        "2022",
        "31/02/2022",
        "2022-13-01",
        "hier",
        "il y a 3 heures",
        "",
        "14 h 30",
    ],
)
def test_what_is_no_date_for_certain_is_none(printed: str) -> None:
    """An ambiguous, partial, impossible or relative date is not filled in."""
    assert parse_date(printed, "en") is None


@given(st.text(alphabet=st.sampled_from("0123456789/.-: hHàaptTZ+décmbrDGM"), max_size=60))
def test_any_line_can_be_asked(line: str) -> None:
    """Whatever stands in a line, every date found is aware and stands inside it."""
    for found in dates_in(line, "fr"):
        assert found.moment.tzinfo is not None
        assert 0 <= found.start < found.end <= len(line)


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("Publié le 9 décembre 2022", {"published": 9}),
        ("Publié le 9 décembre 2022, mis à jour le 10 décembre 2022", {"published": 9, "updated": 10}),
        ("Mis à jour le 10/12/2022 | Publié le 09/12/2022", {"published": 9, "updated": 10}),
        ("Publié le 9 décembre 2022 à 9 h, mis à jour à 11 h 30", {"published": 9, "updated": 9}),
        ("Consulté le 9 décembre 2022", {"collected": 9}),
        ("9 décembre 2022", {"published": 9}),
    ],
)
def test_each_date_is_what_its_words_say(line: str, events: dict[str, int]) -> None:
    """Published, updated and collected are told apart by the words before each date."""
    assert is_date_line(line)
    assert {found.event: found.moment.day for found in events_in(line, "fr")} == events


@pytest.mark.parametrize(
    "line",
    [
        "Le 9 décembre 2022, le pont a été fermé.",
        "Publié en 2022, son premier roman a été traduit dans douze langues",
        "Mise à jour : le ministre a réagi dans la soirée",
        "USA TODAY",
        "2022, une année noire",
    ],
)
def test_sentences_are_no_date_lines(line: str) -> None:
    """A line that says anything else is not taken for the date of the article."""
    assert not is_date_line(line)


def test_belief_ends_two_days_ahead_and_in_1700() -> None:
    """Nothing was published before 1700, nor later than clocks and zones can differ."""
    now = datetime(2024, 6, 1, tzinfo=UTC)
    assert is_believable(datetime(2024, 6, 2, tzinfo=UTC), now)
    assert not is_believable(datetime(2024, 6, 4, tzinfo=UTC), now)
    assert not is_believable(datetime(1699, 1, 1, tzinfo=UTC), now)


IN_OTHER_LANGUAGES = [
    (
        "es",
        "Publicado el viernes 9 de diciembre de 2022 a las 14:30 | Actualizado el 10 de diciembre de 2022",
    ),
    ("de", "Veröffentlicht am Freitag, 9. Dezember 2022, 14:30 Uhr, zuletzt aktualisiert am 10.12.2022"),
    ("it", "Pubblicato venerdì 9 dicembre 2022 alle ore 14:30 - Aggiornato il 10 dicembre 2022"),
    ("pt", "Publicado em 9 de dezembro de 2022 às 14h30 | Atualizado em 10 de dezembro de 2022"),
    ("nl", "Gepubliceerd op vrijdag 9 december 2022 om 14:30 uur, laatst bijgewerkt op 10 december 2022"),
    ("ca", "Publicat el 9 de desembre de 2022 a les 14:30 | Actualitzat el 10 de desembre de 2022"),
    ("pl", "Opublikowano 9 grudnia 2022 r. o godz. 14:30, aktualizacja 10 grudnia 2022"),
    ("ru", "Опубликовано 9 декабря 2022 г. в 14:30, обновлено 10 декабря 2022 г."),
    ("uk", "Опубліковано 9 грудня 2022 року о 14:30, оновлено 10 грудня 2022"),
]


@pytest.mark.parametrize(("language", "line"), IN_OTHER_LANGUAGES)
def test_other_languages_date_as_well(language: str, line: str) -> None:
    """Publishing, with its time, and update are told apart in the words of each language."""
    assert is_date_line(line)
    published, updated = events_in(line, language)
    assert (published.event, published.moment.isoformat()) == ("published", HALF_PAST_TWO)
    assert (updated.event, updated.moment.date().isoformat()) == ("updated", "2022-12-10")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Consultado el 9 de diciembre de 2022"),
        ("de", "Abgerufen am 9. Dezember 2022"),
        ("it", "Archiviato il 9 dicembre 2022"),
        ("pt", "Acedido em 9 de dezembro de 2022"),
        ("nl", "Geraadpleegd op 9 december 2022"),
        ("ru", "Дата обращения: 9 декабря 2022"),
    ],
)
def test_collecting_is_no_publishing_in_any_language(language: str, line: str) -> None:
    """The day on which somebody saved a page is never passed off as the day on which it appeared."""
    assert is_date_line(line)
    assert [found.event for found in events_in(line, language)] == ["collected"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("9. Dezember 2022, 14:30 Uhr MEZ", "2022-12-09T14:30:00+01:00"),
        ("9 de dezembro de 2022 às 14h30 (hora de Brasília)", "2022-12-09T14:30:00-03:00"),
        ("9 декабря 2022, 14:30 по московскому времени", "2022-12-09T14:30:00+03:00"),
        ("9 dicembre 2022, 14:30 ora italiana", "2022-12-09T14:30:00+01:00"),
        ("December 9, 2022 2:30 PM AEDT", "2022-12-09T14:30:00+11:00"),
    ],
)
def test_zones_are_read_in_the_words_of_the_language(line: str, expected: str) -> None:
    """A zone that is printed behind the time counts."""
    assert [found.moment.isoformat() for found in dates_in(line, "de")] == [expected]


@pytest.mark.parametrize(
    ("line", "event"),
    [("Updated14:30, 9 December 2022", "updated"), ("Calvières - 9 déc. 2022 - 14:30", "published")],
)
def test_marks_of_a_page_that_stood_apart_are_read(line: str, event: str) -> None:
    """A word glued to a time, and a place before a date, keep no date from being read."""
    assert is_date_line(line)
    assert [(found.event, found.moment.isoformat()) for found in events_in(line, "en")] == [
        (event, HALF_PAST_TWO)
    ]
