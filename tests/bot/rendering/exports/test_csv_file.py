"""The table holds every quote character for character, and no spreadsheet runs any of it."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rendering.exports import export
from bot.rendering.exports.csv_file import COLUMNS, DEFUSED
from tests.bot.asking import make_answer, make_citation, make_not_covered
from tests.bot.keeping.making import ASKED_AT, answers, kepts, make_kept
from tests.bot.rendering.exports.reading import COST, LANGUAGES, disputed, files, hostile, quotes, unanswered
from tests.factories import FRENCH_TEXT, make_article, make_english_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.types import Kept

SEPARATORS = {"fr": ";", "en": ","}


@given(kepts(answers()), st.sampled_from(LANGUAGES))
@example(hostile(), "fr")
def test_every_quote_can_be_read_back(kept: Kept, language: str) -> None:
    """A quote that a spreadsheet changed is evidence of nothing."""
    rows = list(_rows(kept, language))
    assert [_undone(row)["quote"] for row in rows] == quotes(kept)


@given(kepts(answers()), st.sampled_from(LANGUAGES))
@example(hostile(), "fr")
def test_no_cell_is_a_formula(kept: Kept, language: str) -> None:
    """“=HYPERLINK(…)” in a headline would run in the spreadsheet of whoever opens the file."""
    for row in _rows(kept, language):
        for cell in row.values():
            assert not re.match("[\t\r\n]|\\s*[=+@＝＋－＠-]", cell)


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+33 1 23", "-2 %", "@afi", "\t=1", " =1", "\u200b=1", "\ufeff=1", "＝1", "\r=1", "\n-"],
)
def test_a_risky_cell_is_marked_and_named(words: str) -> None:
    """Who reads the table must know which apostrophes are not the outlet's."""
    article = make_article(text=words, headline="'tis", publisher="+ pont")
    (row,) = _rows(make_kept(make_answer(make_citation(article))), "en")
    assert row["quote"] == f"'{words}"
    assert row["headline"] == "'tis"
    assert row[DEFUSED] == "quote publisher"


def test_spreadsheets_read_the_accents_and_the_columns() -> None:
    """Without the mark accents break; with the wrong separator everything is in one column."""
    for language, separator in SEPARATORS.items():
        data = next(f.data for f in export(make_kept(), language) if f.name.endswith(".csv"))
        assert data.startswith(b"\xef\xbb\xbflabel" + separator.encode())


def test_the_facts_are_those_of_the_json_contract() -> None:
    """Offsets, digest and the rest stand under the names that programs know, exactly."""
    citation = make_citation(words=COST)
    (row,) = _rows(make_kept(make_answer(citation)), "fr")
    assert FRENCH_TEXT[int(row["start"]) : int(row["end"])] == row["quote"] == COST
    assert row == {
        "label": "1", "quote": COST, "start": str(citation.span.start), "end": str(citation.span.end),
        "headline": "Orvanne rénove son pont", "publisher": "Le Courrier d'Orvanne", "byline": "Lise Aubrac",
        "published_at": "2022-12-09T00:00:00+00:00", "url": "", "source_path": "coverage/pont.txt",
        "article_id": citation.article.article_id, "version_sha256": citation.article.version_sha256,
        "speaker": "", "differing": "false", "corrected": "false", "replaces": "", "also_in": "",
        "question": "Combien coûteront les travaux du pont ?",
        "searched": "Combien coûteront les travaux du pont ?", "filters": "", "set_aside": "",
        "undated_left_out": "", "asked_at": ASKED_AT.isoformat(), "status": "answered", "reason": "", "gap": "",
        "generation_id": "20230301T083000Z-abc123",
        "built_at": "2023-03-01T08:30:00+00:00", "apostrophe_added_to": "",
    }  # fmt: skip


def test_a_silence_lists_the_nearest_without_a_quote() -> None:
    """A row without a quote must not look like a citation."""
    rows = list(_rows(make_kept(make_not_covered(make_article(), make_english_article())), "fr"))
    assert [(row["status"], row["label"], row["quote"]) for row in rows] == [("not_covered", "", "")] * 2
    assert [row["headline"] for row in rows] == ["Orvanne rénove son pont", "Saltmere harbour to close"]


def test_disagreement_corrections_reprints_and_what_was_set_aside_have_columns() -> None:
    """Who counts voices must not count a reprint twice, nor an outdated version at all."""
    first, second = _rows(disputed(), "fr")
    older, other = make_article("avant"), make_article("reprise")
    assert (first["differing"], second["differing"]) == ("true", "true")
    assert (first["corrected"], second["corrected"]) == ("true", "false")
    assert first["replaces"] == (
        f"Le Courrier d'Orvanne · 8 décembre 2022 · Orvanne rénove son pont · {older.article_id}"
    )
    assert (first["also_in"], second["replaces"]) == ("", "")
    assert second["also_in"] == (
        f"Le Courrier d'Orvanne · 9 décembre 2022 · Orvanne rénove son pont · {other.article_id}"
    )
    for row in (first, second):
        assert (row["filters"], row["undated_left_out"]) == ("AFI", "2")
        assert row["set_aside"] == "du 1er décembre 2022 au 31 décembre 2022"


def test_a_silence_says_why_and_what_comes_near() -> None:
    """That nothing answers is a finding too."""
    (row,) = _rows(unanswered(), "en")
    assert row["reason"] == "No passage comes near enough to what is asked."
    assert (
        row["gap"]
        == "3 articles come near, by AFI, from 1 December 2022 to 9 December 2022, 1 of them undated."
    )
    assert (row["differing"], row["also_in"]) == ("", "")


def _rows(kept: Kept, language: str) -> Iterator[dict[str, str]]:
    table = files(kept, language)["csv"].removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(table, newline=""), delimiter=SEPARATORS[language]))
    assert rows[0] == list(COLUMNS)
    for row in rows[1:]:
        yield dict(zip(COLUMNS, row, strict=True))


def _undone(row: dict[str, str]) -> dict[str, str]:
    marked = row[DEFUSED].split()
    return {name: cell.removeprefix("'") if name in marked else cell for name, cell in row.items()}
