"""Our own sentences exist in every language that we speak, and say the same."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.kinds import Kind
from bot.rendering.catalogue import (
    LANGUAGES,
    TEXTS,
    counted_articles,
    day,
    quoted,
    spoken,
    text,
    why,
)
from bot.types import Reason, ReasonKind

OTHERS = ("de", "es", "ru", "ar", "zh", "xx", "")


def _placeholders(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("key", TEXTS)
def test_every_entry_is_in_every_language(key: str) -> None:
    """A sentence that is missing in French is a KeyError in front of a French reader."""
    assert set(TEXTS[key]) == set(LANGUAGES)
    assert all(sentence.strip() == sentence != "" for sentence in TEXTS[key].values())


@pytest.mark.parametrize("key", TEXTS)
def test_placeholders_are_the_same_in_all_languages(key: str) -> None:
    """A name that only one language shows is a fact that half of the readers miss."""
    assert len({frozenset(_placeholders(sentence)) for sentence in TEXTS[key].values()}) == 1


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("key", TEXTS)
def test_other_languages_get_english(key: str, language: str) -> None:
    """A question in a language that we do not write must be answered, not refused."""
    values = {str(name): "7" for name in _placeholders(TEXTS[key]["en"])}
    assert text(key, language, **values) == text(key, "en", **values)
    assert spoken(language) == "en"


def test_an_unknown_entry_is_an_error() -> None:
    """A misspelt entry must fail in a test, not print its own name."""
    with pytest.raises(KeyError):
        text("acording-to", "fr")


@pytest.mark.parametrize("kind", get_args(ReasonKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence(kind: ReasonKind, language: str) -> None:
    """Whatever the ask line refuses for, the reader must be told why."""
    details = get_args(Kind) if kind == "kind-missing" else ("Emmanuel Macron", "Nice")
    said = why(Reason(kind, details), language)
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_fact_has_a_name(kind: Kind, language: str) -> None:
    """The kinds are listed in another module: one that is added there must be sayable here."""
    said = why(Reason("kind-missing", (kind,)), language)
    assert text(f"kind:{kind}", language) in said


def test_missing_names_are_said() -> None:
    """The reader must see which name the coverage never mentions, even one with braces."""
    reason = Reason("name-missing", ("Emmanuel Macron", "{details}"))
    assert (
        why(reason, "fr") == "Les articles les plus proches ne mentionnent pas : Emmanuel Macron, {details}."
    )


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        (datetime(2022, 12, 9, tzinfo=UTC), "9 décembre 2022", "9 December 2022"),
        (datetime(2023, 8, 31, 23, 59, tzinfo=UTC), "31 août 2023", "31 August 2023"),
        (datetime(9999, 12, 31, tzinfo=UTC), "31 décembre 9999", "31 December 9999"),
        (datetime(1815, 6, 18, tzinfo=UTC), "18 juin 1815", "18 June 1815"),
    ],
)
def test_dates_read_as_people_write(moment: datetime, french: str, english: str) -> None:
    """“2022-12-09T00:00:00+00:00” is no date for a reader."""
    assert (day(moment, "fr"), day(moment, "en"), day(moment, "de")) == (french, english, english)


def test_a_day_is_the_outlets_own() -> None:
    """An article of half past midnight in Paris must not be dated to the day before."""
    paris = timezone(timedelta(hours=1))
    assert day(datetime(2022, 12, 9, 0, 30, tzinfo=paris), "fr") == "9 décembre 2022"


def test_the_first_of_a_month_is_written_as_french_does() -> None:
    """« 1 mars » is no French; the footer of every answer of that day would say it."""
    assert day(datetime(2023, 3, 1, tzinfo=UTC), "fr") == "1er mars 2023"


@pytest.mark.parametrize(
    ("count", "language", "written"),
    [
        (1, "fr", "1 article"),
        (2, "fr", "2 articles"),
        (0, "fr", "0 article"),
        (0, "en", "0 articles"),
        (1, "en", "1 article"),
        (43500, "en", "43,500 articles"),
        (1, "de", "1 article"),
    ],
)
def test_one_article_is_not_plural(count: int, language: str, written: str) -> None:
    """“1 articles” under an answer makes a reader doubt the rest."""
    assert counted_articles(count, language) == written


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        ("Le pont ferme.", "«\u00a0Le pont ferme.\u00a0»", "“Le pont ferme.”"),
        ("«\u00a0Rien ne change.\u00a0»", "«\u00a0Rien ne change.\u00a0»", "«\u00a0Rien ne change.\u00a0»"),
        ("« Rien ne change ».", "« Rien ne change ».", "« Rien ne change »."),
        ("“Nothing changes.”", "“Nothing changes.”", "“Nothing changes.”"),
        ('"Nothing changes."', '"Nothing changes."', '"Nothing changes."'),
        ("« Non », dit-elle.", "“« Non », dit-elle.”", "“« Non », dit-elle.”"),
        ("Elle a dit « non ».", "“Elle a dit « non ».”", "“Elle a dit « non ».”"),
        ("“We can’t,” she said.", "«\u00a0“We can’t,” she said.\u00a0»", "‘“We can’t,” she said.’"),
        ("« Oui », puis « non »", "“« Oui », puis « non »”", "“« Oui », puis « non »”"),
        ("« Un “oui” », dit-il.", "«\u00a0« Un “oui” », dit-il.\u00a0»", "‘« Un “oui” », dit-il.’"),
    ],
)
def test_no_mark_stands_beside_its_like(words: str, french: str, english: str) -> None:
    """What a person is quoted saying is shown with one pair of marks, not with « « … » »."""
    assert quoted(words, "fr") == french
    assert quoted(words, "en") == english


@given(st.text('a« »“”„"’.\n'), st.sampled_from(LANGUAGES))
def test_quoted_words_stay_as_they_are(words: str, language: str) -> None:
    """Whatever marks an article has, the words between ours are the article's, and something marks where they end."""
    shown = quoted(words, language)
    assert words in shown
    around = shown.replace(words, "", 1) if words else shown
    assert around or words.strip()[:1] in set('«“„"')
