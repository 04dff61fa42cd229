"""Periods in questions: what is read as a filter, which days it names, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.dates import asked_period, years_in

# A Wednesday.
TODAY = date(2022, 12, 14)


def _days(question: str, today: date = TODAY, oldest: date | None = None, newest: date | None = None) -> str:
    """Return the days of a question as "first..last", an open end empty; "" for no period."""
    asked = asked_period(question, today=today, oldest=oldest, newest=newest)
    return f"{asked.period.first or ''}..{asked.period.last or ''}" if asked else ""


FRENCH = [
    ("Que s'est-il passé hier ?", "2022-12-13..2022-12-13"),
    ("Que s'est-il passé hier soir ?", "2022-12-13..2022-12-13"),
    ("Qui a parlé avant-hier ?", "2022-12-12..2022-12-12"),
    ("Quels accidents aujourd’hui ?", "2022-12-14..2022-12-14"),
    ("Quel accident ce matin ?", "2022-12-14..2022-12-14"),
    ("La nuit dernière, qui a été blessé ?", "2022-12-13..2022-12-13"),
    ("Qu'a fait Orvane la semaine dernière ?", "2022-12-05..2022-12-11"),
    ("Qu'a fait Orvane la semaine passée ?", "2022-12-05..2022-12-11"),
    ("Qu'a fait Orvane cette semaine ?", "2022-12-08..2022-12-14"),
    ("Qui a démissionné le mois dernier ?", "2022-11-01..2022-11-30"),
    ("Qui a démissionné ce mois-ci ?", "2022-12-01..2022-12-31"),
    ("Combien de brebis l’an passé ?", "2021-01-01..2021-12-31"),
    ("Combien de brebis l'année dernière ?", "2021-01-01..2021-12-31"),
    ("Combien de brebis cette année ?", "2022-01-01..2022-12-31"),
    ("Qui a parlé lundi dernier ?", "2022-12-12..2022-12-12"),
    ("Qui a parlé mercredi dernier ?", "2022-12-07..2022-12-07"),
    ("Qui a parlé ce mercredi ?", "2022-12-14..2022-12-14"),
    ("Quels matchs le week-end dernier ?", "2022-12-10..2022-12-11"),
    ("Orvane a perdu combien le trimestre dernier ?", "2022-07-01..2022-09-30"),
    ("Que disait-on il y a deux semaines ?", "2022-11-28..2022-12-04"),
    ("Que disait-on il y a 3 jours ?", "2022-12-11..2022-12-11"),
    ("Que disait-on il y a quinze jours ?", "2022-11-29..2022-11-29"),
    ("Que disait-on il y a six mois ?", "2022-06-01..2022-06-30"),
    ("Ces trois derniers mois, combien d'accidents ?", "2022-09-14..2022-12-14"),
    ("Qui a parlé au cours des six derniers mois ?", "2022-06-14..2022-12-14"),
    ("Quoi de neuf ces derniers jours ?", "2022-12-07..2022-12-14"),
    ("Quoi de neuf ces dernières semaines ?", "2022-11-16..2022-12-14"),
    ("Que s'est-il passé en décembre 2022 ?", "2022-12-01..2022-12-31"),
    ("EN DECEMBRE 2022, QUI A GAGNE ?", "2022-12-01..2022-12-31"),
    ("Que s'est-il passé en aout 2021 ?", "2021-08-01..2021-08-31"),
    ("Que s'est-il passé en août ?", "2022-08-01..2022-08-31"),
    ("Que s'est-il passé en décembre ?", "2022-12-01..2022-12-31"),
    ("Qu'a-t-on écrit au mois de mars ?", "2022-03-01..2022-03-31"),
    ("Qu'a-t-on écrit au mois d'avril 2021 ?", "2021-04-01..2021-04-30"),
    ("Qui a été élu en mars dernier ?", "2022-03-01..2022-03-31"),
    ("Qui a été élu en mars de l'année dernière ?", "2021-03-01..2021-03-31"),
    ("Qui a été élu en déc. 2021 ?", "2021-12-01..2021-12-31"),
    ("Qui a voté en janvier-février 2022 ?", "2022-01-01..2022-02-28"),
    ("Que s'est-il passé le 9/12 ?", "2022-12-09..2022-12-09"),
    ("Que s'est-il passé le 20/12 ?", "2021-12-20..2021-12-20"),
    ("Que s'est-il passé le 9/12/2021 ?", "2021-12-09..2021-12-09"),
    ("Que s'est-il passé le 09.12.2021 ?", "2021-12-09..2021-12-09"),
    ("Que s'est-il passé le 9/12/21 ?", "2021-12-09..2021-12-09"),
    ("Que s'est-il passé le 9 décembre ?", "2022-12-09..2022-12-09"),
    ("Que s'est-il passé le 24 décembre ?", "2021-12-24..2021-12-24"),
    ("Que s'est-il passé le vendredi 9 décembre 2022 ?", "2022-12-09..2022-12-09"),
    ("Qui est mort le 1er mars 2021 ?", "2021-03-01..2021-03-01"),
    ("Qui est mort le 2021-03-01 ?", "2021-03-01..2021-03-01"),
    ("Qui est mort en 2021-03 ?", "2021-03-01..2021-03-31"),
    ("Combien de postes Orvane a-t-il supprimés en 2021 ?", "2021-01-01..2021-12-31"),
    ("Combien de postes au cours de l'année 2021 ?", "2021-01-01..2021-12-31"),
    ("Combien de postes tout au long de 2021 ?", "2021-01-01..2021-12-31"),
    ("Qui a gagné au printemps 2022 ?", "2022-03-01..2022-05-31"),
    ("Qui a gagné pendant l'été 2021 ?", "2021-06-01..2021-08-31"),
    ("Combien d'entrées l’été dernier ?", "2022-06-01..2022-08-31"),
    ("Qui a gagné cet automne ?", "2022-09-01..2022-11-30"),
    ("Combien de neige à l'hiver 2021-2022 ?", "2021-12-01..2022-02-28"),
    ("Combien de neige en hiver 2022 ?", "2021-12-01..2022-02-28"),
    ("Quels résultats au premier trimestre 2022 ?", "2022-01-01..2022-03-31"),
    ("Quels résultats au 3e trimestre ?", "2022-07-01..2022-09-30"),
    ("Combien de grèves au second semestre 2021 ?", "2021-07-01..2021-12-31"),
    ("Quels résultats au T2 2022 ?", "2022-04-01..2022-06-30"),
    ("Que s'est-il passé dans la première moitié de mars 2022 ?", "2022-03-01..2022-03-15"),
    ("Qui a démissionné à la mi-mars ?", "2022-03-11..2022-03-20"),
    ("Qui a démissionné début mars 2021 ?", "2021-03-01..2021-03-10"),
    ("Qui a démissionné fin février 2021 ?", "2021-02-21..2021-02-28"),
    ("Qui a démissionné fin 2021 ?", "2021-09-01..2021-12-31"),
    ("Qui a démissionné en début d'année ?", "2022-01-01..2022-04-30"),
    ("Qui a démissionné à la fin de l'année dernière ?", "2021-09-01..2021-12-31"),
    ("Que dit-on depuis mars ?", "2022-03-01.."),
    ("Que dit-on depuis le 9 décembre ?", "2022-12-09.."),
    ("Que dit-on depuis le début de l'année ?", "2022-01-01.."),
    ("Que dit-on depuis lundi dernier ?", "2022-12-12.."),
    ("Qui a protesté dès mars ?", "2022-03-01.."),
    ("Dès 2021, qui a averti ?", "2021-01-01.."),
    ("Qui a protesté à partir de juin 2022 ?", "2022-06-01.."),
    ("Que disait-on après décembre 2021 ?", "2022-01-01.."),
    ("Que disait-on après le 9 décembre ?", "2022-12-10.."),
    ("Que disait-on avant l’été ?", "..2022-05-31"),
    ("Que disait-on avant 2022 ?", "..2021-12-31"),
    ("Que disait-on jusqu’en juin ?", "..2022-06-30"),
    ("Que disait-on jusqu'au 9 mars 2022 ?", "..2022-03-09"),
    ("Que disait-on jusqu'à la fin de mars 2022 ?", "..2022-03-31"),
    ("Que s'est-il passé entre mars et mai 2022 ?", "2022-03-01..2022-05-31"),
    ("Que s'est-il passé entre novembre et février 2022 ?", "2021-11-01..2022-02-28"),
    ("Que s'est-il passé entre novembre 2021 et février ?", "2021-11-01..2022-02-28"),
    ("Qui a voté de mars à mai ?", "2022-03-01..2022-05-31"),
    ("Que s'est-il passé du 3 au 9 mars 2022 ?", "2022-03-03..2022-03-09"),
    ("Que s'est-il passé dans la nuit du 13 au 14 mars ?", "2022-03-13..2022-03-14"),
    ("Que s'est-il passé entre le 9 et le 12 décembre 2022 ?", "2022-12-09..2022-12-12"),
    ("Que s'est-il passé entre le 9/12 et le 12/12 ?", "2022-12-09..2022-12-12"),
    ("Que s'est-il passé entre le 9 décembre et le 3 janvier ?", "2021-12-09..2022-01-03"),
    ("Qui était maire de 2019 à 2021 ?", "2019-01-01..2021-12-31"),
    ("Qui a joué en 2020-2021 ?", "2020-01-01..2021-12-31"),
    ("Depuis le 3 janvier et jusqu'au 5 mars 2022, qui a parlé ?", "2022-01-03..2022-03-05"),
    ("Quels articles de décembre 2021 parlent du ferry ?", "2021-12-01..2021-12-31"),
    ("Que disait la presse de la semaine dernière ?", "2022-12-05..2022-12-11"),
    ("Que dit l'article du 9 décembre 2022 ?", "2022-12-09..2022-12-09"),
]
ENGLISH = [
    ("What happened yesterday?", "2022-12-13..2022-12-13"),
    ("What happened last night?", "2022-12-13..2022-12-13"),
    ("Who spoke the day before yesterday?", "2022-12-12..2022-12-12"),
    ("Who spoke today?", "2022-12-14..2022-12-14"),
    ("Who spoke this morning?", "2022-12-14..2022-12-14"),
    ("Who resigned last week?", "2022-12-05..2022-12-11"),
    ("Who resigned this week?", "2022-12-08..2022-12-14"),
    ("Who resigned last month?", "2022-11-01..2022-11-30"),
    ("Who resigned this month?", "2022-12-01..2022-12-31"),
    ("How many sheep did wolves kill last year?", "2021-01-01..2021-12-31"),
    ("How many sheep did wolves kill this year?", "2022-01-01..2022-12-31"),
    ("What did he say on Monday?", "2022-12-12..2022-12-12"),
    ("What did he say last Wednesday?", "2022-12-07..2022-12-07"),
    ("Who won this weekend?", "2022-12-10..2022-12-11"),
    ("Who won last weekend?", "2022-12-10..2022-12-11"),
    ("What did Orvane lose last quarter?", "2022-07-01..2022-09-30"),
    ("What happened two weeks ago?", "2022-11-28..2022-12-04"),
    ("What happened 3 days ago?", "2022-12-11..2022-12-11"),
    ("What happened these last three months?", "2022-09-14..2022-12-14"),
    ("What happened over the past two weeks?", "2022-11-30..2022-12-14"),
    ("What happened in recent weeks?", "2022-11-16..2022-12-14"),
    ("What happened over the past year?", "2021-12-14..2022-12-14"),
    ("What happened over the last year?", "2021-12-14..2022-12-14"),
    ("What happened in December 2022?", "2022-12-01..2022-12-31"),
    ("what happened in may 2022?", "2022-05-01..2022-05-31"),
    ("What happened in May?", "2022-05-01..2022-05-31"),
    ("What happened in the month of March?", "2022-03-01..2022-03-31"),
    ("Who resigned last March?", "2022-03-01..2022-03-31"),
    ("Who resigned in March of last year?", "2021-03-01..2021-03-31"),
    ("Who resigned in Sept. 2021?", "2021-09-01..2021-09-30"),
    ("What happened on December 9, 2022?", "2022-12-09..2022-12-09"),
    ("What happened on Dec. 9?", "2022-12-09..2022-12-09"),
    ("What happened on 9 December?", "2022-12-09..2022-12-09"),
    ("What happened on Friday, December 9th?", "2022-12-09..2022-12-09"),
    ("What happened on the 9th of December 2021?", "2021-12-09..2021-12-09"),
    ("What happened on 2021-12-09?", "2021-12-09..2021-12-09"),
    ("What happened on 12/31/2021?", "2021-12-31..2021-12-31"),
    ("How many jobs were cut in 2021?", "2021-01-01..2021-12-31"),
    ("How many jobs were cut during the year 2021?", "2021-01-01..2021-12-31"),
    ("Who won in the spring of 2022?", "2022-03-01..2022-05-31"),
    ("Who won last summer?", "2022-06-01..2022-08-31"),
    ("Who won in the fall of 2021?", "2021-09-01..2021-11-30"),
    ("What was decided in the first half of 2021?", "2021-01-01..2021-06-30"),
    ("What was decided in the second quarter of 2022?", "2022-04-01..2022-06-30"),
    ("What were the results in Q3 2022?", "2022-07-01..2022-09-30"),
    ("What was decided in the second half of March 2022?", "2022-03-16..2022-03-31"),
    ("What happened in early March 2022?", "2022-03-01..2022-03-10"),
    ("What happened in mid-March?", "2022-03-11..2022-03-20"),
    ("What happened in mid-2021?", "2021-05-01..2021-08-31"),
    ("What happened in late 2021?", "2021-09-01..2021-12-31"),
    ("What happened at the end of last year?", "2021-09-01..2021-12-31"),
    ("What has been said since June?", "2022-06-01.."),
    ("What has been said since yesterday?", "2022-12-13.."),
    ("What has been said since the start of the year?", "2022-01-01.."),
    ("What was said from March 2022 onwards?", "2022-03-01.."),
    ("What was said after 9 December 2022?", "2022-12-10.."),
    ("What was said before 2022?", "..2021-12-31"),
    ("What was said before March 2022?", "..2022-02-28"),
    ("What was said until June?", "..2022-06-30"),
    ("What was said until the end of 2021?", "..2021-12-31"),
    ("What happened between March and May 2022?", "2022-03-01..2022-05-31"),
    ("What happened between Dec. 9 and Jan. 3?", "2021-12-09..2022-01-03"),
    ("What happened between 9 and 12 December 2022?", "2022-12-09..2022-12-12"),
    ("What happened from 3 to 9 March?", "2022-03-03..2022-03-09"),
    ("What happened from November 2021 to January?", "2021-11-01..2022-01-31"),
    ("March 3-9, 2022: what happened?", "2022-03-03..2022-03-09"),
    ("What happened between 2020 and 2021?", "2020-01-01..2021-12-31"),
    ("Which articles published in March 2022 name Orvane?", "2022-03-01..2022-03-31"),
    ("What was the news from last month?", "2022-11-01..2022-11-30"),
]


@pytest.mark.parametrize(("question", "days"), FRENCH)
def test_french(question: str, days: str) -> None:
    """Each way in which a French question names a period must narrow to exactly these days."""
    assert _days(question) == days


@pytest.mark.parametrize(("question", "days"), ENGLISH)
def test_english(question: str, days: str) -> None:
    """Each way in which an English question names a period must narrow to exactly these days."""
    assert _days(question) == days


def test_of_two_periods_one_within_the_other_the_narrower_counts() -> None:
    """A lawsuit "of recent years" that is in court "this week" is this week's news."""
    question = "Who was in court this week for a lawsuit brought in recent years?"
    assert _days(question) == "2022-12-08..2022-12-14"


@pytest.mark.parametrize(
    ("question", "is_of_event"),
    [
        ("Que s'est-il passé le 9 décembre ?", True),
        ("Que disent les articles du 9 décembre ?", False),
        ("What did the press of December 9 say?", False),
    ],
)
def test_when_it_happened_is_told_from_when_it_was_published(question: str, is_of_event: bool) -> None:
    """What happened on a day stands in the next day's paper too; "the article of that day" does not."""
    asked = asked_period(question, today=TODAY)
    assert asked is not None
    assert asked.is_of_event is is_of_event


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Que sait-on de l'accident du 9 décembre 2022 ?", "2022-12-09.."),
        ("Que sait-on de l'accident du 9 décembre ?", "2022-12-09.."),
        ("Combien de victimes ont fait les inondations de mars 2022 ?", "2022-03-01.."),
        ("Qui menait la grève de la semaine dernière ?", "2022-12-05.."),
        ("Who led last week's strike?", "2022-12-05.."),
        ("What caused the fire of August 17, 2021?", "2021-08-17.."),
    ],
)
def test_a_date_that_names_an_event_opens_a_period(question: str, days: str) -> None:
    """What is written of an accident is written from its day on, and mostly later."""
    assert _days(question) == days


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le budget 2024 ?",
        "Quel était le budget 2021 de la ville ?",
        "Quel était le budget 2021-2022 de la ville ?",
        "Que prévoit le plan 2030 ?",
        "Que prévoit l'Agenda 2030 ?",
        "Combien coûtent les Su-35 que l'Iran pourrait recevoir en 2023 ?",
        "Combien gagne-t-on pour 35 heures ?",
        "Combien d'heures en 24/7 ?",
        "Qui a gagné la Coupe du monde de 2018 ?",
        "Qui a gagné les JO 2020 ?",
        "Who won the 2018 World Cup?",
        "How did the 2008 crisis begin?",
        "Who won the election of 2020?",
        "D'ici à 2030, combien d'emplois ?",
        "Combien d'emplois à l'horizon 2021 ?",
        "How many houses will be built by 2025?",
        "How many houses were to be built by June 2021?",
        "Quel est le budget pour 2021 ?",
        "A-t-il plus plu qu'en 2021 ?",
        "Did more people vote than in 2020?",
        "Are prices higher than they were a year ago?",
        "Combien par rapport à mars 2021 ?",
        "La pire sécheresse depuis 2021 ?",
        "What was the worst flood since March 2021?",
        "Qu'a dit Theresa May ?",
        "What did Theresa May say?",
        "May the mayor resign?",
        "Who will march?",
        "Who led the march on the town hall?",
        "Qu'a trouvé le rover sur Mars ?",
        "Que sait-on de Mars ?",
        "Qui manifestait en mai 68 ?",
        "Pourquoi le festival d'été a-t-il été annulé ?",
        "Combien d'entrées ont été vendues ?",
        "Combien coûtent les colonies d'été ?",
        "What was said about summer camps?",
        "Qui chantait dans les années 2010 ?",
        "Who sang in the 2010s?",
        "Que dit « En mars 2021 », le roman ?",
        "What is “December 2021” about?",
        "Quel accident rue du 4 septembre ?",
        "Combien ont coûté les trois mois de travaux ?",
        "How long do the two weeks of training last?",
        "Combien de mois dure le chantier ?",
        "How many years did the keeper work?",
        "Who runs the Sunday market?",
        "Où est passé le train de 9 h 12 ?",
        "Combien font 3/4 de 2021 euros ?",
        "Que dit l'article 2021-1 du code ?",
        "What is in room 2021?",
        "Quand le pont ouvrira-t-il ?",
        "When does the library open again?",
    ],
)
def test_a_date_that_is_part_of_what_is_asked_is_no_filter(question: str) -> None:
    """A plan for 2030 was written of long before: a filter would hide every answer."""
    assert _days(question) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Que se passera-t-il en mars 2024 ?",
        "Quand ouvrira le pont en 2023 ?",
        "What will happen in June 2023?",
        "Le site sera-t-il fermé jusqu'au 31 janvier 2023 ?",
    ],
)
def test_what_lies_ahead_is_no_filter(question: str) -> None:
    """Nothing has been published there yet; what is planned was written before."""
    assert _days(question) == ""


@pytest.mark.parametrize(
    "question",
    ["Qui est mort le 30 février 2022 ?", "Who died on February 30?", "Qui est mort le 31/02/2022 ?",
     "Qui est mort le 9/13 ?", "Qui est mort le 2022-13-01 ?", "Who died in Q7 2022?"],
)  # fmt: skip
def test_what_is_no_date_is_no_filter(question: str) -> None:
    """A day that the calendar does not have must not become another."""
    assert _days(question) == ""


class TestAmongTheCollection:
    """What the collection's own dates say about a date in a question."""

    OLDEST, NEWEST = date(2021, 8, 17), date(2022, 12, 12)

    def _days(self, question: str) -> str:
        return _days(question, oldest=self.OLDEST, newest=self.NEWEST)

    @pytest.mark.parametrize(
        "question",
        [
            "Que s'est-il passé le 11 septembre 2001 ?",
            "What happened at the lighthouse in 1996?",
            "Que s'est-il passé avant 1990 ?",
            "Qui était ministre de 2017 à 2020 ?",
        ],
    )
    def test_what_was_over_before_the_first_article_is_content(self, question: str) -> None:
        """An article of 2023 tells what happened in 1996; none of 1996 is there to tell it."""
        assert self._days(question) == ""

    @pytest.mark.parametrize("question", ["Que dit-on depuis 2019 ?", "Que disait-on jusqu'au 13 décembre ?"])
    def test_an_open_end_that_leaves_nothing_out_is_no_filter(self, question: str) -> None:
        """It would only leave out the undated."""
        assert self._days(question) == ""

    def test_what_came_after_the_last_article_is_a_filter(self) -> None:
        """“Hier” in a collection that ends before must be answered by “nothing of that day”."""
        assert self._days("Que s'est-il passé hier ?") == "2022-12-13..2022-12-13"


class TestAsOf:
    """The day that a question is asked on."""

    @pytest.mark.parametrize(
        ("today", "days"),
        [
            ("2022-03-01", "2022-03-01.."),
            ("2022-02-28", "2021-03-01.."),
            ("2022-12-31", "2022-03-01.."),
            ("2023-01-01", "2022-03-01.."),
        ],
    )
    def test_a_month_is_the_last_that_has_begun(self, today: str, days: str) -> None:
        """“Depuis mars”, asked in February, means last year's."""
        assert _days("Que dit-on depuis mars ?", date.fromisoformat(today)) == days

    @pytest.mark.parametrize(
        ("question", "today", "days"),
        [
            ("Qui a parlé la semaine dernière ?", "2023-01-02", "2022-12-26..2023-01-01"),
            ("Qui a parlé le mois dernier ?", "2023-01-31", "2022-12-01..2022-12-31"),
            ("Qui a parlé ces trois derniers mois ?", "2022-05-31", "2022-02-28..2022-05-31"),
            ("Who spoke last quarter?", "2023-02-01", "2022-10-01..2022-12-31"),
            ("Who spoke this winter?", "2023-01-15", "2022-12-01..2023-02-28"),
            ("Who spoke last winter?", "2022-12-14", "2021-12-01..2022-02-28"),
            ("Qui a parlé le 29 février ?", "2023-03-01", "2020-02-29..2020-02-29"),
            ("Qui a parlé hier ?", "2024-03-01", "2024-02-29..2024-02-29"),
            ("Who will pay more this winter?", "2022-09-29", ""),
            ("Who paid more this winter?", "2023-03-29", "2022-12-01..2023-02-28"),
            ("Who spoke this weekend?", "2022-12-11", "2022-12-10..2022-12-11"),
            ("Who spoke last weekend?", "2022-12-11", "2022-12-03..2022-12-04"),
        ],
    )
    def test_what_counts_from_today_counts_over_the_ends_of_years(
        self, question: str, today: str, days: str
    ) -> None:
        """January, leap days and the Mondays of a year are where such reckoning breaks."""
        assert _days(question, date.fromisoformat(today)) == days


def test_the_words_are_those_of_the_question() -> None:
    """The reader is shown which words were taken for a date, in their own spelling."""
    asked = asked_period("Que s’est-il passé entre le 9 et le 12 Décembre 2022 ?", today=TODAY)
    assert asked is not None
    assert asked.words == "9 et le 12 Décembre 2022"


@given(
    st.text(alphabet="0123456789/-. ,'’éèû marsjuinfinlastweekthofMayentre", max_size=60),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
@example("il y a 99 ans", date(1, 1, 1))
@example("le mois dernier", date(1, 1, 1))
@example("hier", date(1, 1, 1))
@example("9/12", date(9999, 12, 31))
@example("hiver 2022-2023 en mars 0000", date(9999, 12, 31))
@example("cet hiver", date(9999, 12, 31))
@example("à la fin de décembre", date(1, 1, 1))
def test_no_question_breaks_reading(question: str, today: date) -> None:
    """Whatever is typed, on whatever day, gets a period that holds a day, or none."""
    asked = asked_period(question, today=today)
    if asked is not None:
        assert asked.period.first or asked.period.last
        assert asked.words in question
        assert asked.period.first is None or asked.period.first <= today


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Que s'est-il passé en 2022 et en 2021 ?", ("2022", "2021")),
        ("Le 9/12/2022 et décembre 2022", ("2022",)),
        ("En 1938 et en 12345 ?", ("1938",)),
        ("Su-35, 35 heures", ()),
    ],
)
def test_years_are_found_each_once(question: str, years: tuple[str, ...]) -> None:
    """An article that answers speaks of each of them."""
    assert years_in(question) == years
