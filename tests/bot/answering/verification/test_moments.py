"""When: dates, weekdays, seasons and times in both languages, and what "hier" comes to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.verification.moments import (
    is_when,
    missing_moments,
    moments_in,
    relative_moments,
    resolved,
)

PUBLISHED = date(2022, 12, 9)  # a Friday


def carried(
    drafted: str, there: str, languages: tuple[str, str] = ("en", "fr"), published: date | None = PUBLISHED
) -> bool:
    """Tell whether everything that a draft says of when is said by a source of that day."""
    mine = moments_in(drafted, languages[0])
    assert mine
    return not missing_moments(mine, resolved(there, moments_in(there, languages[1]), published))


class TestMoments:
    """The same moment in its forms, another never."""

    @pytest.mark.parametrize(
        ("english", "french"),
        [
            ("December 9, 2022", "le 9 décembre 2022"),
            ("9 December", "le vendredi 9 décembre"),
            ("on Dec. 9, 2022", "vendredi 9 décembre"),
            ("on December 9", "ce vendredi"),
            ("on Thursday", "hier"),
            ("in 2023", "dès l’an prochain"),
            ("in 2021", "l’an passé"),
            ("in April 2023", "en avril 2023"),
            ("in April", "en avril 2023"),
            ("in 2023", "en avril 2023"),
            ("at 7:52 a.m.", "à 7 h 52"),
            ("from 8 p.m. to 8 a.m.", "de 20 heures à 8 heures"),
            ("in the spring", "au printemps"),
            ("August 17 to 20", "du 17 au 20 août 2023"),
            ("before Christmas", "avant Noël"),
        ],
    )
    def test_a_moment_is_known_in_its_other_form(self, english: str, french: str) -> None:
        """A true date in the asker's form would be dropped."""
        assert carried(english, french)

    @pytest.mark.parametrize(
        ("english", "french"),
        [
            ("December 9, 2022", "le 8 décembre 2022"),
            ("December 9, 2021", "le 9 décembre"),
            ("on Sunday", "vendredi"),
            ("in 2024", "l’an prochain"),
            ("in October 2023", "en avril 2023"),
            ("April 12", "en avril 2023"),
            ("at 8:52 a.m.", "à 7 h 52"),
            ("in the autumn", "au printemps"),
            ("in 1878", "construit en 1887"),
        ],
    )
    def test_another_moment_is_another(self, english: str, french: str) -> None:
        """A changed date would be shown."""
        assert not carried(english, french)

    def test_without_a_day_of_publishing_nothing_is_counted_from_it(self) -> None:
        """A year that nobody wrote would be made up."""
        assert not carried("in 2023", "dès l’an prochain", published=None)

    @pytest.mark.parametrize(
        "text", ["il a été élu", "sept personnes", "pendant quatre heures", "2 000 euros", "it may rain"]
    )
    def test_words_that_only_look_like_a_moment_are_none(self, text: str) -> None:
        """Words like "été", "sept" and "may" are everywhere."""
        assert moments_in(text, "en" if text.startswith("it") else "fr") == ()


class TestRelativeMoments:
    """What "last week" is, as seen from the day of publishing."""

    @pytest.mark.parametrize(
        ("drafted", "there", "languages"),
        [
            ("it closed last week", "il a fermé la semaine dernière", "enfr"),
            ("il a fermé la semaine précédente", "it closed last Wednesday", "fren"),
            ("la récolte de l’an dernier", "la vendimia del año pasado", "fres"),
            ("it could open next month", "il pourrait ouvrir en avril 2024", "enfr"),
            ("he resigned the day before", "il a démissionné dimanche", "enfr"),
            ("it closed this morning", "cela a fermé ce matin", "enfr"),
        ],
    )
    def test_the_same_time_in_other_words_is_found(self, drafted: str, there: str, languages: str) -> None:
        """The article's day tells which week, month or year it is: here Monday, 11 March 2024."""
        assert self._holds(drafted, there, languages)

    @pytest.mark.parametrize(
        ("drafted", "there", "languages"),
        [
            ("it closed last month", "il a fermé la semaine dernière", "enfr"),
            ("il a fermé hier", "it closed last Wednesday", "fren"),
            ("it could open next week", "il pourrait ouvrir le mois prochain", "enfr"),
            ("the harvest of last month", "la vendimia del año pasado", "enes"),
            ("it opens next month", "il ouvrira en septembre", "enfr"),
        ],
    )
    def test_another_time_is_not(self, drafted: str, there: str, languages: str) -> None:
        """A week that has become a month has no number that could be looked up."""
        assert not self._holds(drafted, there, languages)

    def test_without_a_day_of_publishing_only_the_same_words_count(self) -> None:
        """An undated article knows no last week."""
        (mine,) = relative_moments("it closed last week")
        assert is_when(mine, resolved("la semaine dernière", (), None), None)
        assert not is_when(
            mine, resolved("mercredi dernier", moments_in("mercredi dernier", "fr"), None), None
        )

    @staticmethod
    def _holds(drafted: str, there: str, languages: str) -> bool:
        published = date(2024, 3, 11)
        found = resolved(there, moments_in(there, languages[2:]), published)
        return all(is_when(moment, found, published) for moment in relative_moments(drafted))
